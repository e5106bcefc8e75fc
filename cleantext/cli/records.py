"""What the reports say of a span: where it stands, by offset and by line, and why it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cleantext.document import Lines
from cleantext.span import Span

# Of the fields of a record, as docs/command.md has them. A change to it changes this number.
SCHEMA = 1


class Record(NamedTuple):
    """A span of a file.

    ``start`` and ``end`` are half-open code-point offsets into the text of the file, behind its byte order mark: what
    is cut. ``line`` and ``column`` count from 1, columns in code points, and are those of the first visible character
    of plain text or the first of the markup; ``end_line`` and ``end_column`` those behind the last one. ``text`` is
    what a reader saw, without white space around it.
    """

    path: str
    rule: str
    group: str
    reason: str
    score: float
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        """The record as plain values."""
        return self._asdict()


class Findings(NamedTuple):
    """What was found in a document: how it was read, what was removed, and which rules failed, each with a message."""

    kind: str
    removed: Sequence[Span]
    problems: Sequence[tuple[str, str]]


def records(path: str, source: str, kind: str, removed: Iterable[Span]) -> Iterator[Record]:
    """The records of what was removed from `source`, the text of the file that is shown as `path`."""
    lines = Lines(source)
    for span in removed:
        first, past = span.start, span.end
        if kind == "text":
            first += len(span.text) - len(span.text.lstrip())
            past -= len(span.text) - len(span.text.rstrip())
        line, column = lines.position(first)
        end_line, end_column = lines.position(max(past - 1, first))
        yield Record(
            path,
            span.rule,
            span.group,
            span.reason,
            span.score,
            span.start,
            span.end,
            line,
            column,
            end_line,
            end_column + (past > first),
            span.text.strip(),
        )
