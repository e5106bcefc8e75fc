"""What must hold of every result, checked on every call where the environment has ``CLEANTEXT_CHECK=1``.

For tests, fuzzing and the doubtful: a call takes several times as long.
"""

from __future__ import annotations

import itertools
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeAlias

from cleantext.document import Document
from cleantext.result import Result
from cleantext.span import Span, cut

Settle: TypeAlias = Callable[[str], Sequence[Span]]
# What shapes text: white space, the marks of items, bars and fences.
_MARKS = re.compile(r"(?:\s|[-|`~]|\d{1,9}\.)*+")


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
        other = again()
        _hold(other == result or bool(other.problems), "the same source gives another result")
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
    _hold(result.markdown == text, "Markdown of a text is another text")


def _whole_page(result: Result, page: Document) -> None:
    """Each line that the page shows is in the text or in one removed span, in its order; the text has no other words.

    Where spans and pieces stand in the markup is not asked: what a parser moves stands elsewhere. The tests ask it of
    pages without such markup.
    """
    text, shown = result.text, page.source.split("\n") if page.texts else []
    kept = [line for k in result.kept for line in text[k.at : k.until].split("\n")]
    removed = [line for span in result.removed for line in span.text.split("\n")]
    lost, doubled = Counter(shown) - Counter(kept + removed), Counter(kept + removed) - Counter(shown)
    _hold(not (lost or doubled), lambda: f"lost: {lost!r}, doubled: {doubled!r}")
    for lines in (kept, removed):
        rest = iter(shown)
        _hold(all(line in rest for line in lines), "in another order than on the page")
    ends = [0, *(k.until for k in result.kept)]
    begins = [*(k.at for k in result.kept), len(text)]
    for number, (end, begin) in enumerate(zip(ends, begins, strict=True)):
        between = text[end:begin]
        _hold(_MARKS.fullmatch(between) is not None, f"made up: {between!r}")
        _hold(bool(between) or number in (0, len(ends) - 1), f"glued together at {end}")
    _hold(bool(result.markdown.strip()) == bool(text.strip()), "Markdown and text differ in being empty")
