"""Findings widened to whole lines, so that what is cut out leaves no hole; and what several passes found, as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from operator import attrgetter

from cleantext.document import LINE_BREAKS, Document
from cleantext.span import Finding, Span, gaps


def whole_lines(document: Document, findings: list[Finding], kept: Set[int]) -> Iterator[Span]:
    """Findings widened to the lines they stand on, without the blocks that are kept.

    Of the blank lines before and after a run of lines that go, the more are left: paragraphs stay apart, and no hole
    is left. At the end of the document those before go.
    """
    source, count = document.source, len(document.texts)
    for run in _runs(_extents(document, findings, kept)):
        first, last = run[0][1], run[-1][2]
        leaves_after = first > 0 and (last + 1 == count or document.gaps[last + 1] > document.gaps[first])
        for finding, begin, stop in run:
            start = _line_start(source, document.starts[begin]) if begin else 0
            if leaves_after and begin == first:
                start = _next_line(source, document.ends[first - 1])
            end = _line_start(source, document.starts[stop + 1]) if stop + 1 < count else len(source)
            if leaves_after and stop == last and stop + 1 < count:
                end = _next_line(source, document.ends[last])
            yield Span(start, end, source[start:end], finding.rule, finding.group, finding.reason, finding.score)


Extent = tuple[Finding, int, int]  # a finding, the first and the last block that it covers


def _extents(document: Document, findings: list[Finding], kept: Set[int]) -> Iterator[Extent]:
    """The blocks that disjoint, sorted findings cover, cut where one is kept."""
    index = 0
    for finding in findings:
        while index < len(document.texts) and document.starts[index] < finding.start:
            index += 1
        first = index
        while index < len(document.texts) and document.starts[index] < finding.end:
            if index in kept:
                if first < index:
                    yield finding, first, index - 1
                first = index + 1
            index += 1
        if first < index:
            yield finding, first, index - 1


def _runs(extents: Iterable[Extent]) -> Iterator[list[Extent]]:
    """Extents in runs with no block between them."""
    run: list[Extent] = []
    for extent in extents:
        if run and extent[1] != run[-1][2] + 1:
            yield run
            run = []
        run.append(extent)
    if run:
        yield run


def _line_start(source: str, offset: int) -> int:
    while offset and source[offset - 1] not in LINE_BREAKS:
        offset -= 1
    return offset


def _next_line(source: str, offset: int) -> int:
    while offset < len(source) and source[offset] not in LINE_BREAKS:
        offset += 1
    return offset + (2 if source[offset : offset + 2] == "\r\n" else 1 if offset < len(source) else 0)


def merge(source: str, removed: list[Span], again: list[Span]) -> list[Span]:
    """Add spans found in ``cut(source, removed)`` to `removed`, in offsets of the source.

    A new span that runs across a place where something was cut out before becomes a span on each side.
    """
    pieces, waiting = list(removed), iter(again)
    span = next(waiting, None)
    for kept in gaps(len(source), removed):
        shift, kept_end = kept.start - kept.at, kept.at + kept.end - kept.start
        while span is not None and span.start < kept_end:
            begin, stop = max(span.start, kept.at) + shift, min(span.end, kept_end) + shift
            pieces.append(replace(span, start=begin, end=stop, text=source[begin:stop]))
            if span.end > kept_end:
                break
            span = next(waiting, None)
    return _absorbed(source, sorted(pieces, key=attrgetter("start")))


def _absorbed(source: str, spans: list[Span]) -> list[Span]:
    """`spans` with those of mere white space joined to the span before or after them, which they touch."""
    joined: list[Span] = []
    start: int | None = None  # of white space that waits for the span after it
    for span in spans:
        if not span.text.isspace():
            if start is not None:
                span = replace(span, start=start, text=source[start : span.end])
                start = None
            joined.append(span)
        elif joined and joined[-1].end == span.start:
            joined[-1] = replace(joined[-1], end=span.end, text=source[joined[-1].start : span.end])
        else:
            start = span.start
    return joined
