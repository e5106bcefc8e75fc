"""Filters of lines that pipelines for corpora use, written after their papers, to be timed beside the package."""

from __future__ import annotations

import re
from collections.abc import Callable

Filter = Callable[[str], str]

_COUNTER = re.compile(r"\W*[\d.,]+[kKmM]?\s+(?:likes?|shares?|comments?|retweets?|reposts?|views?|followers?)\W*")
_SHORT = re.compile(r"^(?:sign|log)[- ]?in\b|(?:read|see) more\W*$|continue reading\W*$|items in cart", re.IGNORECASE)
FEW_WORDS = 10  # of a line that may be a prompt


def refinedweb(text: str) -> str:
    """The line-wise corrections of RefinedWeb (Penedo et al. 2023, appendix G.2).

    Without lines mostly in capitals, of digits alone, of one word, that count likes, and short ones with a prompt.
    """
    kept = []
    for line in text.split("\n"):
        shown = line.strip()
        letters = [c for c in shown if c.isalpha()]
        words = shown.split()
        if len(words) < 2 or not letters or 2 * sum(map(str.isupper, letters)) > len(letters):
            continue
        if _COUNTER.fullmatch(shown) or (len(words) <= FEW_WORDS and _SHORT.search(shown)):
            continue
        kept.append(shown)
    return "\n".join(kept)


def c4(text: str) -> str:
    """The lines of C4 (Raffel et al. 2020, section 2.2): of three words, ended as sentences are, without JavaScript."""
    return "\n".join(
        line
        for line in text.split("\n")
        if line.rstrip().endswith((".", "!", "?", '"')) and line.count(" ") > 1 and "javascript" not in line.lower()
    )


LINE_FILTERS: dict[str, Filter] = {"refinedweb lines": refinedweb, "c4 lines": c4}
