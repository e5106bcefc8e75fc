"""``cleantext learn``: what repeats across the pages of a site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from cleantext.cli.files import Finder
from cleantext.cli.options import files_options, jobs_option, overwrite_option, reading_options, talk_options
from cleantext.cli.pool import Killed, ordered
from cleantext.cli.problems import STDIN, UNDONE, CannotRead, CannotWrite, complain, printable, undone
from cleantext.cli.progress import shown
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import Reading
from cleantext.cli.write import refuse_document, replace
from cleantext.site import Page, Profile, Site

BY = ("folder", "subfolder", "host")


@dataclass(slots=True)
class Read:
    """The page of a file and the name of its site, or (None) why there is none."""

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
    reading: Reading,
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
        for message in _learn(profile, finder, paths, reading, jobs, quiet):
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
            click.echo(
                f"{printable(name or 'all')}: {len(site.pages):,} pages, {count:,} lines of the template", err=True
            )
    raise SystemExit(2 if failed else 0)


def _learn(
    profile: Profile, finder: Finder, paths: tuple[str, ...], reading: Reading, jobs: int, quiet: bool
) -> Iterator[str]:
    """Fill a profile; yields what could not be read. Pages are read twice, so that none has to be held.

    First it is counted which lines stand on several pages, then how often those stand outside the body: where that
    begins is only known when the template's own prose is.
    """
    once: dict[str, set[int]] = {}
    frequents: dict[str, set[str]] = {}
    for round_ in (1, 2):
        seen: dict[str, set[str]] = {}
        done = ordered(Reader, (reading, profile.by), _found(finder, paths), jobs)
        for item in shown(done, lambda: finder.count(paths), quiet):
            if isinstance(item, CannotRead) or item.page is None:
                if round_ == 1:
                    yield str(item) if isinstance(item, CannotRead) else item.message
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


def _found(finder: Finder, paths: tuple[str, ...]) -> Iterator[tuple[str, str] | CannotRead]:
    """The files of `paths`, each with the path that leads to it."""
    for given in paths:
        for path in finder.find([given]):
            yield path if isinstance(path, CannotRead) else (given, path)


class Reader:
    """Reads pages, one by one."""

    def __init__(self, reading: Reading, by: str) -> None:
        self._reading, self._by = reading, by

    def __call__(self, job: tuple[str, str]) -> Read:
        """The page at a path that was found below another."""
        given, path = job
        try:
            source = self._reading.read(path)
            page = Page.of(source.text, source.kind)
        except UNDONE as error:
            return Read(message=undone(error, path))
        return Read(site_of(self._by, path, given, page), page)


def site_of(by: str, path: str, given: str, page: Page) -> str:
    """The name of the site of a page: "" for the one of all, a folder, or a host."""
    if by == "host":
        return page.host
    if by == "subfolder":
        inside = Path(path).relative_to(given).parts if path != given else ()
        return inside[0] if len(inside) > 1 else ""
    return ""
