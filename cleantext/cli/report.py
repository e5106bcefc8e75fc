"""``cleantext report``: a page on which people see what stays and what goes."""

from __future__ import annotations

import base64
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

import click

from cleantext.cli.files import Finder
from cleantext.cli.formats.json import dumped
from cleantext.cli.options import files_options, jobs_option, overwrite_option, reading_options, talk_options
from cleantext.cli.pool import Killed, ordered
from cleantext.cli.problems import STDIN, UNDONE, CannotRead, CannotWrite, complain, printable, show_path, undone
from cleantext.cli.progress import shown
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import Reading
from cleantext.cli.write import refuse_document, replacing
from cleantext.result import Result


@dataclass(slots=True)
class Shown:
    """What the page shows of one file: its entry in the index, the packed text, and what is to be said on stderr."""

    entry: dict[str, Any] | None = None
    text: str = ""
    groups: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The page.")
@overwrite_option
@files_options
@reading_options
@jobs_option
@talk_options
def report(
    paths: tuple[str, ...],
    asked: Asked,
    force: bool,
    output: Path,
    overwrite: bool,
    reading: Reading,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Make one page that shows the text of PATHS with what stays and what goes, by group and rule, and why.

    The page needs no network and unpacks each text when it is asked for.

    Exit status: 0, or 2 if something that was asked could not be done; all else is.
    """
    paths = paths or (".",)
    finder = Finder(AllSettings(asked).check(), force, complain if verbose else None)
    index: list[dict[str, Any]] = []
    groups: dict[str, str] = {}
    failed = False
    try:
        refuse_document(str(output), overwrite, paths, _part("page.html").partition("{css}")[0].encode("utf-8"))
        with replacing(str(output)) as page:
            style, script = _part("page.css"), _part("page.js")
            page.write(_part("page.html").replace("{css}", style).encode("utf-8"))
            found = _but(finder.find(paths), output)
            done = ordered(Worker, (asked, reading), found, 1 if STDIN in paths else jobs)
            for item in shown(done, lambda: finder.count(paths), quiet):
                if isinstance(item, CannotRead):
                    complain(item)
                    failed = True
                    continue
                for message in item.messages:
                    complain(message)
                    failed = True
                if item.entry is not None:
                    page.write(_block(f"file-{len(index)}", item.text))
                    index.append(item.entry)
                    groups |= item.groups
            page.write(_block("index", _packed({"files": index, "groups": groups})))
            page.write(f"<script>\n{script}</script>\n</body>\n</html>\n".encode())
    except CannotWrite as error:
        complain(error)
        raise SystemExit(2) from error
    except Killed as error:
        complain("a process was killed; the page was not written")
        raise SystemExit(2) from error
    if not quiet:
        click.echo(f"{printable(str(output))}: {len(index):,} {'file' if len(index) == 1 else 'files'}", err=True)
    raise SystemExit(2 if failed else 0)


class Worker:
    """Makes what is shown of files, one by one."""

    def __init__(self, asked: Asked, reading: Reading) -> None:
        self._reading = reading
        self._settings = AllSettings(asked)

    def __call__(self, path: str) -> Shown:
        """What is shown of the file at `path`. What cannot be done is said in what is returned."""
        item = Shown()
        try:
            source = self._reading.read(path)
            result = self._settings.cleaner(source).clean(source.text, kind=source.kind)
        except UNDONE as error:
            item.messages.append(undone(error, path))
            return item
        name = source.name
        item.messages += [f"{show_path(name)}: {p.rule} {p.message}" for p in result.problems]
        item.groups = {span.rule: span.group for span in result.removed}
        item.entry = {
            "path": printable(show_path(name)),
            "spans": len(result.removed),
            "removed": sum(len(span.text) for span in result.removed),
            "kept": len(result.text),
            "rules": Counter(span.rule for span in result.removed),
        }
        item.text = _packed({"pieces": pieces(result)})
        return item


def pieces(result: Result) -> list[tuple[str, dict[str, Any] | None]]:
    """The text of a document in the order of its source, in pieces that stay (None) or go (what is said of them).

    Of a page the pieces are blocks, with a line break behind each.
    """
    page = result.kind == "html"
    found = [(kept.start, result.text[kept.at : kept.until], None) for kept in result.kept]
    gone = [
        (span.start, span.text, {"rule": span.rule, "group": span.group, "reason": span.reason, "score": span.score})
        for span in result.removed
    ]
    every = sorted([*found, *gone], key=lambda piece: piece[0])
    return [(f"{text}\n" if page else text, said) for _, text, said in every]


def _but(found: Iterable[str | CannotRead], output: Path) -> Iterator[str | CannotRead]:
    """What was found, but for the page itself."""
    own = output.absolute()
    return (path for path in found if isinstance(path, CannotRead) or path == STDIN or Path(path).absolute() != own)


def _part(name: str) -> str:
    return (resources("cleantext.cli") / "page" / name).read_text(encoding="utf-8")


def _packed(value: object) -> str:
    """A value as JSON, compressed and in letters that mean nothing to a browser: whatever it holds, it is no markup."""
    return base64.b64encode(gzip.compress(dumped(value).encode("utf-8"), 6, mtime=0)).decode("ascii")


def _block(name: str, packed: str) -> bytes:
    return f'<script type="text/plain" id="{name}">{packed}</script>\n'.encode()
