"""``cleantext learn``: what repeats across the pages of a site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from cleantext.cli.files import Finder
from cleantext.cli.options import files_options, jobs_option, overwrite_option, reading_options, talk_options
from cleantext.cli.pool import Killed, ordered
from cleantext.cli.problems import STDIN, CannotRead, CannotWrite, complain
from cleantext.cli.progress import shown
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import read
from cleantext.cli.write import refuse_document, replace
from cleantext.read.html import is_html
from cleantext.site import Page, Profile, Site, host_of

BY = ("folder", "subfolder", "host")


@dataclass(frozen=True, slots=True)
class Task:
    """How files are read, and how the site of a page is known. Picklable."""

    kind: str
    encoding: str | None
    largest: int
    by: str


@dataclass(slots=True)
class Read:
    """The page of a file and the name of its site, or why there is none."""

    site: str = ""
    page: Page | None = None
    message: str = ""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=str), help="The profile.")
@overwrite_option
@click.option("--site", "by", type=click.Choice(BY), default="folder", help="What pages of one site have in common.")
@click.option(
    "--merge", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Add this profile."
)
@files_options
@reading_options
@jobs_option
@talk_options
def learn(
    paths: tuple[str, ...],
    output: str,
    overwrite: bool,
    by: str,
    merge: tuple[Path, ...],
    asked: Asked,
    force: bool,
    kind: str,
    encoding: str | None,
    largest: int,
    stdin_name: str | None,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Count which lines stand on how many pages of PATHS and write a profile, for `check --site-profile`.

    All pages are of one site; with --site subfolder those of one folder within a path are, with --site host those whose
    canonical link or og:url names one host. A page that is there twice counts once, and so does a line that a page
    repeats. Lines on one page alone are left out of the profile.

    Exit status: 0, or 2 if something that was asked could not be done; all else is.
    """
    if STDIN in paths:
        raise click.UsageError("pages are read twice, which stdin cannot be")
    finder = Finder(AllSettings(asked).check(), force, complain if verbose else None)
    profile = Profile(by)
    failed = False
    try:
        for message in _learn(profile, finder, paths, Task(kind, encoding, largest, by), jobs, quiet):
            complain(message)
            failed = True
        for path in merge:
            try:
                profile.merge(Profile.of_json(path.read_text(encoding="utf-8")))
            except (ValueError, OSError) as error:
                raise CannotWrite(f"{path}: {error}") from error
        refuse_document(output, overwrite, paths)
        replace(output, profile.as_json().encode("utf-8", "backslashreplace"))
    except CannotWrite as error:
        complain(error)
        raise SystemExit(2) from error
    except Killed as error:
        complain("a process was killed; no profile was written")
        raise SystemExit(2) from error
    if not quiet:
        for name, site in sorted(profile.sites.items()):
            count = len(site.template())
            click.echo(f"{name or 'all'}: {len(site.pages):,} pages, {count:,} lines of the template", err=True)
    raise SystemExit(2 if failed else 0)


def _learn(
    profile: Profile, finder: Finder, paths: tuple[str, ...], task: Task, jobs: int, quiet: bool
) -> Iterator[str]:
    """Fill a profile; yields what could not be read. Pages are read twice, so that none has to be held.

    First it is counted which lines stand on several pages, then how often those stand outside the body: where that
    begins is only known when the template's own prose is.
    """
    once: dict[str, set[int]] = {}
    frequents: dict[str, set[str]] = {}
    for round_ in (1, 2):
        seen: dict[str, set[str]] = {}
        for item in shown(_pages(finder, paths, task, jobs), lambda: sum(1 for _ in finder.find(paths)), quiet):
            if item.page is None:
                if round_ == 1:
                    yield item.message
                continue
            site = profile.sites.setdefault(item.site, Site())
            if item.page.digest in seen.setdefault(item.site, set()):
                continue
            seen[item.site].add(item.page.digest)
            if round_ == 1:
                site.add(item.page, once.setdefault(item.site, set()))
            else:
                frequent = frequents.get(item.site) or frequents.setdefault(item.site, {*site.frequent()})
                site.outside.update(site.carried.keys() & item.page.outside(frequent))


def _pages(finder: Finder, paths: tuple[str, ...], task: Task, jobs: int) -> Iterator[Read]:
    lost: list[CannotRead] = []

    def found() -> Iterator[tuple[str, str]]:
        for given in paths:
            for path in finder.find([given]):
                if isinstance(path, CannotRead):
                    lost.append(path)
                else:
                    yield given, path

    for item in ordered(Reader, (task,), found(), jobs):
        while lost:
            yield Read(message=str(lost.pop(0)))
        yield item
    while lost:
        yield Read(message=str(lost.pop(0)))


class Reader:
    """Reads pages, one by one."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def __call__(self, job: tuple[str, str]) -> Read:
        """The page at a path that was found below another."""
        given, path = job
        try:
            source = read(path, None, self._task.encoding, self._task.largest)
        except CannotRead as error:
            return Read(message=str(error))
        kind = source.kind if self._task.kind == "auto" else self._task.kind
        kind = kind if kind != "auto" else "html" if is_html(source.text) else "text"
        return Read(site_of(self._task.by, path, given, source.text, kind), Page.of(source.text, kind))


def site_of(by: str, path: str, given: str, text: str, kind: str) -> str:
    """The name of the site of a page: "" for the one of all, a folder, or a host."""
    if by == "host":
        return host_of(text) if kind == "html" else ""
    if by == "subfolder":
        inside = Path(path).relative_to(given).parts if path != given else ()
        return inside[0] if len(inside) > 1 else ""
    return ""
