"""Unified diffs of cuts: what is cut is known, so that nothing has to be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleantext.cli.problems import printable
from cleantext.span import Span

CONTEXT = 3  # lines around a change
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Change(NamedTuple):
    """Lines `first` to `last` (half-open, from 0) of the old text, and what stands in their place."""

    first: int
    last: int
    new: list[str]


def diff(path: str, source: str, spans: Iterable[Span]) -> list[str]:
    """The lines of a diff that takes disjoint, sorted `spans` out of `source`; empty without spans."""
    old = _LINE.findall(source)
    changes = list(_changes(old, spans))
    if not changes:
        return []
    shown = printable(path)
    lines = [f"--- {shown}\n", f"+++ {shown}\n"]
    moved = 0  # lines by which the new text is ahead of the old one
    for hunk in _hunks(changes):
        begin, end = max(hunk[0].first - CONTEXT, 0), min(hunk[-1].last + CONTEXT, len(old))
        body: list[str] = []
        at, grown = begin, 0
        for change in hunk:
            body += [f" {line}" for line in old[at : change.first]]
            body += [f"-{line}" for line in old[change.first : change.last]]
            body += [f"+{line}" for line in change.new]
            grown += len(change.new) - (change.last - change.first)
            at = change.last
        body += [f" {line}" for line in old[at:end]]
        lines.append(f"@@ -{_range(begin, end)} +{_range(begin + moved, end + moved + grown)} @@\n")
        lines += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in body]
        moved += grown
    return lines


def _changes(old: list[str], spans: Iterable[Span]) -> Iterator[Change]:
    """The lines that spans touch, those side by side as one change."""
    spans = list(spans)
    at = start = 0
    first: int | None = None
    kept = ""
    for number, line in enumerate(old):
        end = start + len(line)
        touched = False
        piece, position = "", start
        while at < len(spans) and spans[at].start < end:
            touched = True
            piece += line[position - start : max(spans[at].start, start) - start]
            position = min(spans[at].end, end)
            if spans[at].end > end:
                break
            at += 1
        if touched:
            first = number if first is None else first
            kept += piece + line[position - start :]
        elif first is not None:
            if kept and not kept.endswith("\n"):
                kept += line  # the break at its end went: the line below goes on with it
                start = end
                continue
            yield Change(first, number, _LINE.findall(kept))
            first, kept = None, ""
        start = end
    if first is not None:
        yield Change(first, len(old), _LINE.findall(kept))


def _hunks(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Changes whose context meets, together."""
    hunk: list[Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _range(begin: int, end: int) -> str:
    """Lines as the head of a hunk names them: from 1, and by the line before where there are none."""
    length = end - begin
    return f"{begin + 1}" if length == 1 else f"{begin + (length > 0)},{length}"
