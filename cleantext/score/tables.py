"""What words, and names of elements, say of the text they stand in: log odds learned from labelled pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleantext.names import words_of
from cleantext.page import Page
from cleantext.score.families import families
from cleantext.score.word_hashes import Hashes, hashes_in
from cleantext.score.words import FUNCTION_WORDS

NAMING = ("class", "id", "role", "itemprop")  # attributes that name an element
LONGEST, MOST = 80, 200  # code points of a name that are looked at, and names of an element
KNOWN, KNOWN_CHARS = 50_000, 400  # names that are remembered, and how long they may be
# What names say: their families, the strongest of the log odds of their tokens, their sum, and how many have some.
Names = tuple[int, float, float, int]
NOTHING: Names = (0, 0.0, 0.0, 0)


@dataclass(frozen=True)
class Tables:
    """Log odds that a word of the text, or a token of an element's names, stands in body text; positive for body.

    ``hashes`` (see `word_hashes`) of the words that are known are sorted; ``odds`` and ``functional``, whether it is a
    function word, have an entry for each of them behind a first one, which is for all other words.
    """

    hashes: Hashes
    odds: NDArray[np.float32]
    functional: NDArray[np.float32]
    tokens: Mapping[str, float]
    _names: dict[str, Names] = field(init=False, repr=False, default_factory=dict)
    _tags: dict[str, Names] = field(init=False, repr=False, default_factory=dict)

    @classmethod
    def of(cls, words: Mapping[str, float], tokens: Mapping[str, float]) -> Tables:
        """Tables of these log odds; of function words that are not among `words` only what they are is known."""
        every = [*words, *(w for w in sorted(FUNCTION_WORDS) if w not in words)]
        hashes = hashes_in("\n".join(every))
        order = np.argsort(hashes)
        odds = np.array([words.get(w, 0.0) for w in every], np.float32)
        functional = np.array([w in FUNCTION_WORDS for w in every], np.float32)
        nothing = np.zeros(1, np.float32)
        return cls(
            hashes[order], np.concatenate([nothing, odds[order]]), np.concatenate([nothing, functional[order]]), tokens
        )

    def numbers_of(self, words: Hashes) -> NDArray[np.int64]:
        """The entries of these words in ``odds`` and ``functional``."""
        if not len(self.hashes):
            return np.zeros(len(words), np.int64)
        at = self.hashes.searchsorted(words)
        np.minimum(at, len(self.hashes) - 1, out=at)
        numbers: NDArray[np.int64] = (at + 1) * (self.hashes.take(at) == words)
        return numbers

    def of_elements(self, page: Page) -> tuple[list[int], list[float], list[float]]:
        """What the tags and names of a page's elements say: their families, strongest log odds, and odds in all.

        The odds in all are the sum over the tokens that are known, divided by the root of their number.
        """
        every: list[int] = []
        strongest: list[float] = []
        odds: list[float] = []
        known, tags = self._names, self._tags
        for tag, attributes in zip(page.tags, page.attributes, strict=True):
            family, best, total, number = tags.get(tag) or self._look_up_tag(tag)
            for attribute in attributes:
                if attribute in NAMING and (names := attributes[attribute]):
                    more, peak, value, count = known.get(names) or self._look_up(names)
                    family |= more
                    total += value
                    number += count
                    if peak > best > -peak or peak < best < -peak:
                        best = peak
            every.append(family)
            strongest.append(best)
            odds.append(total / number**0.5 if number else 0.0)
        return every, strongest, odds

    def families(self, attributes: Mapping[str, Any]) -> int:
        """The families that the names of an element belong to, a bit for each."""
        found = 0
        for attribute in NAMING:
            if names := attributes.get(attribute):
                found |= (self._names.get(names) or self._look_up(names))[0]
        return found

    def _look_up(self, names: str) -> Names:
        """What names with blanks between them say."""
        family, found = 0, []
        for name in names.split(maxsplit=MOST)[:MOST]:
            tokens = tokens_of(name)
            family |= families(tokens[1:])
            found += [self.tokens[t] for t in tokens if t in self.tokens]
        said = family, max(found, key=abs, default=0.0), sum(found), len(found)
        if len(names) <= KNOWN_CHARS:
            if len(self._names) >= KNOWN:
                self._names.clear()
            self._names[names] = said
        return said

    def _look_up_tag(self, tag: str) -> Names:
        odds = self.tokens.get("<" + tag)
        said = (0, odds, odds, 1) if odds is not None else NOTHING
        if len(self._tags) < KNOWN and len(tag) <= KNOWN_CHARS:
            self._tags[tag] = said
        return said


def tokens_of(name: str) -> list[str]:
    """The tokens of a name as the tables know them: the name whole, then its words.

    Names that differ in a number alone are one: ``menu-item-17``, ``col-md-6``.
    """
    name = name[:LONGEST]
    return ["." + name.rstrip("0123456789").lower(), *words_of(name)]
