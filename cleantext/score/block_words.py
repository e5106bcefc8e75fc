"""The words of a page's blocks: how many, and what the tables say of them, for all blocks at once."""

from __future__ import annotations

from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from cleantext.document import Document
from cleantext.score.characters import IDEOGRAPH, codes_of, count
from cleantext.score.tables import PUNCTUATION, Tables, words_in

Floats = NDArray[np.float32]


class BlockWords:
    """The words of a document by block: how many, and what the tables say of them."""

    def __init__(self, document: Document, tables: Tables) -> None:
        starts, ends = np.array(document.starts), np.array(document.ends)
        lengths = ends - starts
        self.codes, self.classes = codes_of(document.source)
        self.table, self.count = count(self.classes, lengths)
        self.starts, self.ends = starts, ends
        self.length = np.maximum(lengths, 1).astype(np.float32)
        # Each different word is looked at once.
        every = document.source.lower().split()
        different = dict.fromkeys(every)
        ids = dict(zip(different, range(len(different)), strict=True))
        self.ids = np.fromiter(map(ids.__getitem__, every), np.int64, len(every))
        self.different = [w.strip(PUNCTUATION) for w in different]
        codes = map(tables.codes.get, self.different, repeat(0))
        numbers = np.fromiter(codes, np.int64, len(different))[self.ids]
        self.bounds = np.concatenate([[0], np.cumsum(self.count)])
        odds = tables.odds[numbers]
        functional = np.concatenate([[0.0], np.cumsum(tables.functional[numbers])])
        self.functional = (functional[self.bounds[1:]] - functional[self.bounds[:-1]]).astype(np.float32)
        self.size = np.maximum(self.count + self.table[IDEOGRAPH] / 2, 1).astype(np.float32)
        sums = np.concatenate([[0.0], np.cumsum(odds, dtype=np.float64)])
        self.odds = (sums[self.bounds[1:]] - sums[self.bounds[:-1]]).astype(np.float32)
        known = np.concatenate([[0], np.cumsum(numbers > 0)])
        self.known = np.maximum(known[self.bounds[1:]] - known[self.bounds[:-1]], 1).astype(np.float32)
        self.low = np.minimum.reduceat(odds, self.bounds[:-1])
        self.high = np.maximum.reduceat(odds, self.bounds[:-1])

    def share_in(self, claim: str) -> Floats:
        """The share of each block's words that `claim` has too, -1 if there is no claim."""
        if not claim:
            return np.full(len(self.count), -1, np.float32)
        known = frozenset(words_in(claim))
        hits = np.fromiter(map(known.__contains__, self.different), bool, len(self.different))[self.ids]
        sums = np.concatenate([[0], np.cumsum(hits)])
        shares: Floats = ((sums[self.bounds[1:]] - sums[self.bounds[:-1]]) / np.maximum(self.count, 1)).astype(
            np.float32
        )
        return shares
