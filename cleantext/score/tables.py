"""What words, and names of elements, say of the text they stand in: log odds learned from labelled pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleantext.page import Page
from cleantext.score.families import LONGEST, families, words_of
from cleantext.score.words import FUNCTION_WORDS

PUNCTUATION = ".,:;!?…\"“”„«»‘’'()[]{}<>|•·–—-*/"


@dataclass(frozen=True)
class Tables:
    """Log odds that a word of the text, or of an element's names, stands in body text; positive for body.

    ``codes`` numbers the words of the text, 0 being every unknown one; ``odds`` and ``functional`` have an entry for
    each number.
    """

    words: Mapping[str, float]
    tokens: Mapping[str, float]
    codes: dict[str, int] = field(init=False, repr=False)
    odds: NDArray[np.float32] = field(init=False, repr=False)
    functional: NDArray[np.float32] = field(init=False, repr=False)
    known: dict[str, Name] = field(init=False, repr=False, default_factory=dict)
    known_tags: dict[str, Name] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        every = [*self.words, *(w for w in FUNCTION_WORDS if w not in self.words)]
        odds = np.array([0.0, *(self.words.get(w, 0.0) for w in every)], np.float32)
        functional = np.array([0.0, *(w in FUNCTION_WORDS for w in every)], np.float32)
        for name, value in {
            "codes": {w: i for i, w in enumerate(every, 1)},
            "odds": odds,
            "functional": functional,
        }.items():
            object.__setattr__(self, name, value)

    def of_elements(self, page: Page) -> tuple[list[int], list[float], list[float]]:
        """What the tags and names of a page's elements say: their families, strongest log odds, and odds in all.

        Elements without text say nothing: nobody asks. The odds in all are the sum over the tokens that are known,
        divided by the root of their number.
        """
        families: list[int] = []
        strongest: list[float] = []
        odds: list[float] = []
        known, tags = self.known, self.known_tags
        for tag, attributes, first, last in zip(page.tags, page.attributes, page.first, page.last, strict=True):
            if first == last:
                family, best, total, number = NOTHING
            else:
                family, best, total, number = tags.get(tag) or self._look_up_tag(tag)
                if attributes:
                    for name in names_of(attributes):
                        more, peak, value, count = known.get(name) or self._look_up(name)
                        family |= more
                        total += value
                        number += count
                        if peak > best > -peak or peak < best < -peak:
                            best = peak
            families.append(family)
            strongest.append(best)
            odds.append(total / number**0.5 if number else 0.0)
        return families, strongest, odds

    def families(self, attributes: Mapping[str, Any]) -> int:
        """The families that the names of an element belong to, a bit for each."""
        found = 0
        for name in names_of(attributes):
            found |= (self.known.get(name) or self._look_up(name))[0]
        return found

    def _look_up(self, name: str) -> Name:
        tokens = tokens_of(name)
        found = [self.tokens[t] for t in tokens if t in self.tokens]
        said = families(tokens[1:]), max(found, key=abs, default=0.0), sum(found), len(found)
        if len(self.known) >= KNOWN:
            self.known.clear()
        self.known[name] = said
        return said

    def _look_up_tag(self, tag: str) -> Name:
        odds = self.tokens.get("<" + tag)
        said = (0, odds, odds, 1) if odds is not None else NOTHING
        if len(self.known_tags) < KNOWN:
            self.known_tags[tag] = said
        return said


# What a name says: its families, the strongest of the log odds of its tokens, their sum, and how many have some.
Name = tuple[int, float, float, int]
NOTHING: Name = (0, 0.0, 0.0, 0)
KNOWN = 50_000  # names that are remembered


def names_of(attributes: Mapping[str, Any]) -> list[str]:
    """The names that an element goes by: classes, id, role, itemprop."""
    names = list(attributes.get("class") or ())
    for other in ("id", "role", "itemprop"):
        if other in attributes:
            names += str(attributes[other]).split()
    return names


def words_in(text: str) -> list[str]:
    """The words of a text as the tables know them, in order; one for each stretch between white space."""
    return [w.strip(PUNCTUATION) for w in text.lower().split()]


def tokens_of(name: str) -> list[str]:
    """The tokens of a name as the tables know them: the name whole, then its words.

    Names that differ in a number alone are one: ``menu-item-17``, ``col-md-6``.
    """
    name = name[:LONGEST].rstrip("0123456789")
    return ["." + name.lower(), *words_of(name)]
