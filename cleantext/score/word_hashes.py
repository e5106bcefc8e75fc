"""Words as numbers, so that those of a whole page are looked up at once."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from cleantext.score.characters import MARKS, lower_table, word_table

Hashes = NDArray[np.uint64]
_WORD = re.compile(rf"[^\s{re.escape(MARKS)}]+")
LONGEST = 64  # code points of a word that are told apart by their place
_FACTOR = 0x9E3779B97F4A7C15  # an odd number without pattern: 2^64 divided by the golden ratio (Knuth, TAOCP 6.4)
_POWERS = np.array([pow(_FACTOR, place, 2**64) for place in range(1, LONGEST + 1)], np.uint64)


def words_in(text: str) -> list[str]:
    """The words of a text in order, in lower case: what `word_hashes` tells apart. "Don't" is two."""
    return _WORD.findall(text.lower())


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def word_hashes(plane: NDArray[np.uint32]) -> tuple[Hashes, NDArray[np.int64]]:
    """For each word a number that is the same for the same word in upper and lower case, and where it begins.

    `plane` is code points, those beyond the basic plane counting as its last. Words are stretches without white space
    and punctuation. The number is a polynomial in the code points modulo 2^64: that two of 100,000 different words
    share one has a chance of one in a billion.
    """
    inside = word_table().take(plane)
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    if not len(begins):
        return np.zeros(0, np.uint64), begins
    lengths = ends - begins
    codes = lower_table().take(plane[inside])
    firsts = lengths.cumsum() - lengths
    place = np.minimum(np.arange(len(codes)) - np.repeat(firsts, lengths), LONGEST - 1)
    return np.add.reduceat(codes * _POWERS.take(place), firsts), begins


def hashes_in(text: str) -> Hashes:
    """The numbers of the words of a text, in order."""
    return word_hashes(np.minimum(code_points(text), 0xFFFF))[0]
