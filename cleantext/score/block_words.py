"""The words of a page's blocks: how many, and what the tables say of them, for all blocks at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleantext.document import Document
from cleantext.score.characters import CLASSES, COMMA, DIGIT, IDEOGRAPH, QUOTE, STOP, UPPER, class_table
from cleantext.score.tables import Tables
from cleantext.score.word_hashes import code_points, word_hashes

Floats = NDArray[np.float32]
SLOT_BITS = 16  # of the numbers of words: how many slots there are to tell them apart


class Joined(NamedTuple):
    """Lines with a line break between them, as a page's source is, and where each begins and ends."""

    source: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Joined:
        """These lines."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        ends = lengths.cumsum() + np.arange(len(texts))
        return cls("\n".join(texts), ends - lengths, ends)


class BlockWords:
    """The characters and words of a document by block, and what the tables say of them.

    ``codes`` and ``classes`` have an entry per code point of the source; ``table`` counts the characters of each class
    (classes x blocks). All else has an entry per block: ``length`` in code points, ``count`` of words, ``size`` in
    words, where the characters of scripts that write no spaces count half.
    """

    def __init__(self, document: Document | Joined, tables: Tables) -> None:
        self.starts, self.ends = np.asarray(document.starts), np.asarray(document.ends)
        lengths, blocks = self.ends - self.starts, len(self.starts)
        self.codes = code_points(document.source)
        plane = np.minimum(self.codes, 0xFFFF)
        self.classes = class_table().take(plane)
        owner = np.repeat(np.arange(blocks), lengths + 1)[:-1]
        table = np.bincount(self.classes * np.int64(blocks) + owner, minlength=blocks * CLASSES)
        self.table = table.reshape(CLASSES, blocks).astype(np.float32)
        self._words, begins = word_hashes(plane)
        self._bounds = np.append(begins.searchsorted(self.starts), len(begins))
        self.count = self._bounds[1:] - self._bounds[:-1]
        self.length = lengths.astype(np.float32)
        self.size = np.maximum(self.count + self.table[IDEOGRAPH] / 2, 1).astype(np.float32)
        numbers = tables.numbers_of(self._words)
        # One more for blocks of no words at the end.
        odds = np.append(tables.odds.take(numbers), np.float32(0))
        functional = tables.functional.take(numbers)
        self.functional = self._sums(functional)
        self._content = functional == 0
        self.odds = self._sums(odds[:-1])
        self.known = np.maximum(self._sums(numbers > 0), 1)
        said = self.count > 0
        self.low = np.minimum.reduceat(odds, self._bounds[:-1]) * said
        self.high = np.maximum.reduceat(odds, self._bounds[:-1]) * said

    def written(self) -> tuple[Floats, ...]:
        """How blocks are written: size, length, length of words, function words, stops, commas, digits and the like."""
        table, length, size = self.table, self.length, self.size
        return (
            np.log1p(size),
            np.log1p(length),
            length / size,
            self.functional / size,
            np.log1p(table[STOP]),
            table[STOP] / size,
            table[COMMA] / size,
            table[DIGIT] / length,
            table[UPPER] / length,
            table[QUOTE] / length,
        )

    def placed(self, long: NDArray[np.bool_]) -> tuple[Any, ...]:
        """Where blocks stand: their number from either end, what text and how many long ones are on each side."""
        count = len(self.starts)
        index = np.arange(count)
        chars, longs = cumulated(self.length, np.float64), long.cumsum()
        before, after = chars[:-1], chars[-1] - chars[1:]
        return (
            np.log1p(index),
            np.log1p(count - index),
            index / count,
            before / max(chars[-1], 1),
            np.log1p(before),
            np.log1p(after),
            np.log1p(longs - long),
            np.log1p(longs[-1] - longs),
        )

    def shares_in(self, claims: Sequence[str]) -> list[Floats]:
        """For each of `claims` the share of each block's words that it has too, -1 if the claim is empty."""
        words, begins = word_hashes(np.minimum(code_points("\n".join(claims)), 0xFFFF))
        starts = [0, *accumulate(len(claim) + 1 for claim in claims)]
        bounds = begins.searchsorted(starts).tolist()
        count = np.maximum(self.count, 1).astype(np.float32)
        shares = []
        for first, last in pairwise(bounds):
            if first == last:
                shares.append(np.full(len(count), -1, np.float32))
                continue
            claimed = np.sort(words[first:last])
            at = np.minimum(claimed.searchsorted(self._words), len(claimed) - 1)
            shares.append(self._sums(claimed.take(at) == self._words) / count)
        return shares

    def shared(self, chosen: NDArray[np.bool_]) -> Floats:
        """For each block the share of its words, function words aside, that others of the `chosen` blocks have too.

        -1 for blocks of function words alone.
        """
        block = np.repeat(np.arange(len(self.starts)), self.count)
        held = chosen.take(block)
        # A slot for each word; that two words of a text share one is rare, and does little harm.
        slot = (self._words >> np.uint64(64 - SLOT_BITS)).astype(np.intp)
        first, last = np.full((2, 1 << SLOT_BITS), -1, np.int32)
        last[slot[held]] = block[held]
        first[slot[held][::-1]] = block[held][::-1]
        holder, other = first.take(slot), last.take(slot)
        others = self._content & (holder >= 0) & ((holder != block) | (other != block))
        count = self._sums(self._content)
        return np.where(count > 0, self._sums(others) / np.maximum(count, 1), np.float32(-1))

    def _sums(self, values: NDArray[Any]) -> Floats:
        """By block, the sum over its words."""
        sums = cumulated(values, np.float64).take(self._bounds)
        found: Floats = (sums[1:] - sums[:-1]).astype(np.float32)
        return found


def cumulated(values: NDArray[Any], dtype: type) -> NDArray[Any]:
    """The sums of the first 0, 1, 2, ... values."""
    sums: NDArray[Any] = np.zeros(len(values) + 1, dtype)
    values.cumsum(out=sums[1:], dtype=dtype)
    return sums
