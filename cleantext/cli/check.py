"""``cleantext check``: report what would be removed."""

from __future__ import annotations

import click

from cleantext.cli.files import CannotRead, complain, find, kind_of, printable, read, show_path
from cleantext.cli.options import Cleaners, rule_options
from cleantext.document import Lines
from cleantext.result import Result

SHOWN = 100  # characters of a span that a line of the report shows


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@rule_options
def check(cleaners: Cleaners, paths: tuple[str, ...]) -> None:
    """Report what would be removed from PATHS: files, folders or - for stdin; the current folder by default.

    One line per span: path:line:column: rule: reason: text. Lines and columns count from 1, columns in code points.
    Nothing is changed.
    """
    files = spans = characters = 0
    failed = False
    for path in find(paths or (".",)):
        try:
            if isinstance(path, CannotRead):
                raise path
            result = cleaners.for_path(path).clean(read(path), kind=kind_of(path))
        except CannotRead as error:
            complain(error)
            failed = True
            continue
        for problem in result.problems:
            complain(f"{show_path(path)}: {problem.rule} {problem.message}")
            failed = True
        for line in report(path, result):
            click.echo(line)
        files += 1
        spans += len(result.removed)
        characters += sum(s.end - s.start for s in result.removed)
    if files:
        counts = f"{_count(files, 'file')}, {_count(spans, 'span')}, {_count(characters, 'character')}"
        click.echo(f"{counts} would be removed" if spans else f"{_count(files, 'file')}, nothing to remove", err=True)
    raise SystemExit(2 if failed else 1 if spans else 0)


def report(path: str, result: Result) -> list[str]:
    """The lines that say what went: ``path:line:column: rule: reason: text``."""
    lines = Lines(result.source)
    shown = show_path(path)
    report = []
    for span in result.removed:
        visible = span.text.lstrip()
        line, column = lines.position(span.start if result.kind == "html" else span.end - len(visible))
        text = printable(" ".join(visible.split()))
        text = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
        report.append(f"{shown}:{line}:{column}: {span.rule}: {span.reason}: {text}")
    return report


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
