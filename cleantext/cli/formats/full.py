"""Each span with its lines and a mark under what goes, for people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

import click

from cleantext.cli.formats import Format
from cleantext.cli.problems import printable
from cleantext.cli.records import Record

LINES, BEFORE, WIDTH = 4, 1, 110  # lines of a span that are shown, lines above it, characters of a line
WIDE = frozenset("WF")  # East Asian widths that fill two columns


def items(records: Sequence[Record], source: str) -> list[str]:
    """What is shown of the spans of one file."""
    lines = source.splitlines()
    return ["\n".join(_item(record, lines)) for record in records]


def _item(record: Record, lines: Sequence[str]) -> Iterator[str]:
    head = click.style(f"{printable(record.path)}:{record.line}:{record.column}", bold=True)
    yield f"{head}: {click.style(record.rule, fg='red', bold=True)} ({record.group}): {printable(record.reason)}"
    last = min(record.end_line, record.line + LINES - 1)
    width = len(str(last))
    bar = click.style("|", fg="blue")
    for number in range(max(record.line - BEFORE, 1), record.line):
        yield f" {number:>{width}} {bar} {_cut(lines[number - 1], 0)[0]}".rstrip()
    for number in range(record.line, last + 1):
        line = lines[number - 1]
        begin = record.column - 1 if number == record.line else len(line) - len(line.lstrip())
        end = record.end_column - 1 if number == record.end_line else len(line.rstrip())
        text, skipped = _cut(line, begin)
        yield f" {number:>{width}} {bar} {text}".rstrip()
        visible = text[begin - skipped : end - skipped]
        if visible:
            margin = " " * _columns(text[: begin - skipped])
            yield f" {'':>{width}} {bar} {margin}{click.style('^' * max(_columns(visible), 1), fg='red')}"
    more = record.end_line - last
    if more > 0:
        yield f" {'':>{width}} {bar} {click.style(f'… {more} more line' + 's' * (more > 1), dim=True)}"
    yield ""


def _cut(line: str, begin: int) -> tuple[str, int]:
    """What is shown of a line so that the character at `begin` is, and how many are left out before it.

    Every character is one, whatever it is, so that marks stand below what they mark.
    """
    skipped = max(0, begin - WIDTH // 4) if len(line) > WIDTH else 0
    shown = line[skipped : skipped + WIDTH].replace("\t", " ")
    return "".join(c if c == " " or printable(c) == c else "\ufffd" for c in shown), skipped


def _columns(text: str) -> int:
    """The columns of a terminal that `text` fills."""
    wide = sum(unicodedata.east_asian_width(c) in WIDE for c in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


FORMAT = Format(items)
