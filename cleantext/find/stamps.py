"""Dates and times of day as they stand under a headline or beside a comment."""

from __future__ import annotations

from functools import cache

from cleantext.find.phrases import words

STAMP_WORDS = 10


@cache
def _time_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of months and times ago; and those of scripts that write no spaces, which stand inside a word."""
    every = words("months") | words("ago")
    return every, tuple(sorted(w for w in every if "\u0e00" <= w[0] <= "\u0eff" or "\u2e80" <= w[0] <= "\u9fff"))


def is_stamp(text: str, key: str, word_count: int) -> bool:
    """Whether a short line holds a date or a time: ``3 March 2026``, ``12.03.2026``, ``2 hours ago``, ``10:12``."""
    if word_count > STAMP_WORDS or "#" not in key:
        return False
    if "#:#" in key or sum(c in "./-" for c in text) >= 2 and sum(c.isdigit() for c in text) >= 4:
        return True
    spaced, unspaced = _time_words()
    return not spaced.isdisjoint(key.replace(",", " ").replace(".", " ").split()) or any(w in key for w in unspaced)
