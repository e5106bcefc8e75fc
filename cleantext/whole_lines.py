"""Findings widened to whole lines, so that what is cut out leaves no hole; and what several passes found, as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from cleantext.document import Document
from cleantext.span import Finding, Span, gaps

LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def whole_lines(document: Document, findings: list[Finding], kept: frozenset[int]) -> Iterator[Span]:
    """Findings widened to the lines they stand on, without the blocks that are kept.

    A span runs on to the next line that shows something, so that no hole is left; at the end of the document it
    begins right after the line break of the last kept line instead.
    """
    source = document.source
    taken: list[tuple[Finding, int, int]] = []  # finding, first and last block
    index = 0
    for finding in findings:
        while index < len(document.texts) and document.starts[index] < finding.start:
            index += 1
        first = index
        while index < len(document.texts) and document.starts[index] < finding.end:
            if index in kept:
                if first < index:
                    taken.append((finding, first, index - 1))
                first = index + 1
            index += 1
        if first < index:
            taken.append((finding, first, index - 1))
    runs_to_end = _runs_to_end([(first, last) for _, first, last in taken], len(document.texts))
    for number, (finding, first, last) in enumerate(taken):
        start = _line_start(source, document.starts[first]) if first else 0
        if number == runs_to_end and first:
            start = _next_line(source, document.ends[first - 1])
        end = _line_start(source, document.starts[last + 1]) if last + 1 < len(document.texts) else len(source)
        yield Span(start, end, source[start:end], finding.rule, finding.group, finding.reason, finding.score)


def _runs_to_end(extents: list[tuple[int, int]], length: int) -> int | None:
    """The number of the extent with which an unbroken run to the last block begins, None if there is none."""
    begin, expected = None, length - 1
    for number in range(len(extents) - 1, -1, -1):
        first, last = extents[number]
        if last != expected:
            break
        begin, expected = number, first - 1
    return begin


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
