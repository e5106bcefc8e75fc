"""What must hold of every result, checked on every call where the environment has ``CLEANTEXT_CHECK=1``.

For tests, fuzzing and the doubtful: a call takes several times as long.
"""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from cleantext.document import Document
from cleantext.result import Result
from cleantext.span import Span, cut

Settle: TypeAlias = Callable[[str], Sequence[Span]]


class BrokenInvariant(AssertionError):
    """A result that breaks a promise; the message says which, and where."""


def wanted() -> bool:
    """Whether the environment asks for checks."""
    return os.environ.get("CLEANTEXT_CHECK", "0") not in ("", "0")


def verify(result: Result, page: Document | None, again: Callable[[], Result], settle: Settle) -> None:
    """Raise BrokenInvariant if a promise about `result` is broken.

    `page` is what is read of a page, None for a text; `again` cleans the source once more; `settle` says what rules
    with names, which are all but the score, still remove of a text. Of a result with problems, whose rules ran out of
    time, no more is asked than that nothing is lost.
    """
    _spans(result)
    if page is None:
        _whole_text(result)
    else:
        _whole_page(result, page)
    if not result.problems:
        _hold(again() == result, "the same source gives another result")
        left = settle(result.text)
        _hold(not left, lambda: f"cleaning the cleaned text removes {left[0]!r}")


def _hold(holds: bool, otherwise: str | Callable[[], str]) -> None:
    if not holds:
        raise BrokenInvariant(otherwise if isinstance(otherwise, str) else otherwise())


def _spans(result: Result) -> None:
    """Spans and kept pieces are sorted, disjoint, inside the source, and say why."""
    length = len(result.source)
    for span in result.removed:
        _hold(0 <= span.start <= span.end <= length, f"outside the source: {span!r}")
        _hold(bool(span.text.strip() and span.rule and span.group and span.reason), f"says too little: {span!r}")
        _hold(0 <= span.score <= 1, f"no likelihood: {span!r}")
    for before, span in itertools.pairwise(result.removed):
        _hold(before.end <= span.start, f"overlap: {before!r}, {span!r}")
    for piece in result.kept:
        _hold(0 <= piece.start <= piece.end <= length, f"outside the source: {piece!r}")
        _hold(0 <= piece.at < piece.until <= len(result.text), f"outside the text: {piece!r}")
    for last, piece in itertools.pairwise(result.kept):
        _hold(last.until <= piece.at, f"overlap in the text: {last!r}, {piece!r}")


def _whole_text(result: Result) -> None:
    """Kept and removed together are the source, character for character."""
    source, text = result.source, result.text
    for span in result.removed:
        _hold(source[span.start : span.end] == span.text != "", f"other text in the source: {span!r}")
    _hold(cut(source, result.removed) == text, "the source without the spans is not the text")
    for piece in result.kept:
        same = source[piece.start : piece.end] == text[piece.at : piece.until]
        _hold(same and piece.end - piece.start == piece.until - piece.at, f"other text in the source: {piece!r}")
    _hold("".join(text[k.at : k.until] for k in result.kept) == text, "the kept pieces are not the text")


def _whole_page(result: Result, document: Document) -> None:
    """Every line that the page shows is in the text or in one removed span, and the text has no other words."""
    shown = Counter(document.source.split("\n"))
    kept = Counter(line for k in result.kept for line in result.text[k.at : k.until].split("\n"))
    removed = Counter(line for span in result.removed for line in span.text.split("\n"))
    if not document.texts:
        shown.clear()
    both = kept + removed
    _hold(both == shown, lambda: f"lost: {shown - both!r}, doubled: {both - shown!r}")
    at = 0
    for piece in result.kept:
        _hold(not any(map(_is_word, result.text[at : piece.at])), f"made up: {result.text[at : piece.at]!r}")
        at = piece.until
    _hold(not any(map(_is_word, result.text[at:])), f"made up: {result.text[at:]!r}")


def _is_word(sign: str) -> bool:
    """Whether a sign is more than what shapes text: bullets, the numbers of items, bars and fences."""
    return sign.isalpha()
