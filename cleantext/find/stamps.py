"""Dates and times of day as they stand under a headline or beside a comment."""

from __future__ import annotations

from functools import cache

from cleantext.find.patterns import Linear
from cleantext.find.phrases import words

STAMP_WORDS = 10
DATE = Linear(r"\b\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}\b")
# A time of day, or numbers with any one mark between them; two that a sign stands before are votes: "+21 −0 Reply".
CLOCK = Linear(r"(?<![+−\u2013-])\d\s?[^\w\s+−]\s?\d")
# "3 hours", "day 2": with more words around it, a unit of time needs a second word of its kind ("3 hours ago").
AGO_WORDS = 3


@cache
def _unspaced() -> dict[str, tuple[str, ...]]:
    """Months and times ago of scripts that write no spaces, which stand inside a word, by their first character."""
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(words("months") | words("ago")):
        if "\u0e00" <= word[0] <= "\u0eff" or "\u2e80" <= word[0] <= "\u9fff":
            found[word[0]] = (*found.get(word[0], ()), word)
    return found


def is_stamp(text: str, key: str, word_count: int) -> bool:
    """Whether a short line holds a date or a time: ``3 March 2026``, ``12.03.2026``, ``2 hours ago``, ``10:12``."""
    if word_count > STAMP_WORDS or "#" not in key:
        return False
    if ("#:#" in key and CLOCK.search(text)) or (sum(map(text.count, "./-")) > 1 and DATE.search(text)):
        return True
    months, ago = words("months"), words("ago")
    tokens = set(key.replace(",", " ").replace(".", " ").split())
    if not months.isdisjoint(tokens) or (not key.isascii() and _holds_unspaced(key)):
        return True
    return len(tokens & ago) > 1 or (word_count <= AGO_WORDS and not ago.isdisjoint(tokens))


def _holds_unspaced(key: str) -> bool:
    unspaced = _unspaced()
    return any(word in key for first in unspaced.keys() & set(key) for word in unspaced[first])
