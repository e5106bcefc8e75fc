"""From what is decided of each block of a page to spans of its markup: as few and as large elements as hold it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set

from cleantext.document import Document
from cleantext.page import Page, Places
from cleantext.render import Place
from cleantext.span import Finding, Kept, Span

Verdict = Finding | None  # why a block goes; None for one that stays
Piece = tuple[int, int, int, int, int]  # first and last block (half-open), the element around it, start, end


def spans_of(document: Document, verdicts: Sequence[Verdict]) -> list[Span]:
    """What goes of an HTML document, as spans of its source.

    Neighbouring blocks that the same rule takes are one span where they fill elements side by side, so that a menu is
    one span and cutting it out leaves whole markup. ``text`` is what a reader saw, a line per block.
    """
    page = document.page
    assert page is not None
    places = page.places(page)
    spans: list[Span] = []
    covered = 0
    for first, last in _runs(verdicts):
        for begin, stop, _, start, end in _joined(list(_pieces(page, places, first, last))):
            found = [v for v in verdicts[begin:stop] if v is not None]
            # Broken markup may put things elsewhere than where they were written.
            start = max(start, covered)
            end = covered = max(end, start)
            sizes = [len(t) for t in document.texts[begin:stop]]
            score = sum(f.score * size for f, size in zip(found, sizes, strict=True)) / sum(sizes)
            text = "\n".join(document.texts[begin:stop])
            spans.append(Span(start, end, text, found[0].rule, found[0].group, _reason(found), round(score, 2)))
    return spans


def kept_of(document: Document, rendered: Iterable[Place]) -> tuple[Kept, ...]:
    """Where the blocks that were rendered stand in the source, in the order of the text."""
    page = document.page
    assert page is not None
    places = page.places(page)
    return tuple(Kept(*places.block(place.block), place.start, place.end) for place in rendered)


def markup_of(document: Document) -> str:
    """The markup that spans of an HTML document count in."""
    page = document.page
    assert page is not None
    return page.places(page).source


def _reason(found: Sequence[Finding]) -> str:
    """One reason for all."""
    others = len({f.reason for f in found}) - 1
    return f"{found[0].reason}, and {others} more" if others else found[0].reason


def _runs(verdicts: Sequence[Verdict]) -> Iterator[tuple[int, int]]:
    """Stretches of blocks, half-open, that the same rule takes."""
    first = 0
    for index in range(1, len(verdicts) + 1):
        before = verdicts[index - 1]
        if index < len(verdicts):
            verdict = verdicts[index]
            if (verdict.rule if verdict else None) == (before.rule if before else None):
                continue
        if before is not None:
            yield first, index
        first = index


def _pieces(page: Page, places: Places, first: int, last: int) -> Iterator[Piece]:
    """The largest elements that hold nothing but blocks from `first` to `last`, and blocks that fill none."""
    while first < last:
        element = page.owners[first]
        largest = -1
        while page.first[element] == first and page.last[element] <= last:
            largest = element
            if not element:
                break
            element = page.parents[element]
        if largest >= 0:
            start, end = places.element(largest)
            yield first, page.last[largest], page.parents[largest], start, end
            first = page.last[largest]
        else:
            start, end = places.block(first)
            yield first, first + 1, page.owners[first], start, end
            first += 1


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Pieces side by side in the same element as one."""
    piece = pieces[0]
    for after in pieces[1:]:
        if after[2] == piece[2] and after[3] >= piece[4]:
            piece = (piece[0], after[1], piece[2], piece[3], after[4])
        else:
            yield piece
            piece = after
    yield piece


def judge_places(places: Sequence[Place], spans: Iterable[Span], verdicts: list[Verdict], keeping: Set[int]) -> bool:
    """Let what is found in the text of a page judge the blocks that stand there; whether that takes any."""
    starts = [place.start for place in places]
    gone = False
    for span in spans:
        finding = Finding(span.start, span.end, span.reason, span.score, span.rule, span.group)
        for place in places[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            if place.block not in keeping and place.end <= span.end:  # not for one line of code
                verdicts[place.block] = finding
                gone = True
    return gone
