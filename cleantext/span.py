"""Pieces of a source text: what rules find, what is removed, and what is left.

All offsets are code points into the string the caller passed in, half-open: ``source[start:end]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Finding(NamedTuple):
    """A piece of the source that a rule takes for boilerplate; rules yield these and edit nothing."""

    start: int
    end: int
    reason: str
    score: float
    rule: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A removed piece of the source.

    ``start`` and ``end`` are half-open code-point offsets. In plain text ``text`` is ``source[start:end]``, and a span
    takes its line break and the blank lines that its removal would leave doubled with it; of HTML ``text`` is what a
    reader saw, a line per block. ``reason`` is a short phrase with the measurement, ``score`` how likely the piece is
    boilerplate, 0 to 1.
    """

    start: int
    end: int
    text: str
    rule: str
    group: str
    reason: str
    score: float


class Kept(NamedTuple):
    """A piece of the source that stayed: ``text[at:until]`` is what ``source[start:end]`` shows.

    In plain text the two are the same; in HTML a piece is a block, and elements and entities are seen through.
    """

    start: int
    end: int
    at: int
    until: int


def resolve(findings: Iterable[Finding]) -> list[Finding]:
    """Make findings disjoint and sorted; the outermost wins.

    Of two that are equal in extent the one given first wins, so hand them over in order of stage and rule name.
    Of two that overlap in part the earlier keeps its extent and the later one what is left of it.
    """
    disjoint: list[Finding] = []
    covered = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.end <= covered or finding.end <= finding.start:
            continue
        start = max(finding.start, covered)
        disjoint.append(finding if start == finding.start else finding._replace(start=start))
        covered = finding.end
    return disjoint


def gaps(length: int, spans: Iterable[Span]) -> Iterator[Kept]:
    """The pieces of a source of `length` code points that disjoint, sorted `spans` leave."""
    position = at = 0
    for span in spans:
        if span.start > position:
            yield Kept(position, span.start, at, at := at + span.start - position)
        position = span.end
    if position < length:
        yield Kept(position, length, at, at + length - position)


def cut(source: str, spans: Iterable[Span]) -> str:
    """`source` without disjoint, sorted `spans`, character for character."""
    return "".join([source[kept.start : kept.end] for kept in gaps(len(source), spans)])
