"""From probabilities to a decision: which blocks of a page stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# No page is so clear, or so unclear, that less or more than this is asked of a block.
LOWEST, HIGHEST = 0.25, 0.6
# Words from which a block that repeats one before it is a copy and not a refrain or a label.
COPIED_WORDS = 8


def sizes(texts: Sequence[str]) -> NDArray[np.float64]:
    """What blocks weigh: their words, and one more, for a label is not nothing."""
    return np.array([t.count(" ") + 2.0 for t in texts])


def decide(texts: Sequence[str], probabilities: NDArray[np.float32], strictness: float = 1.0) -> NDArray[np.bool_]:
    """Which blocks stay.

    One threshold does not fit all pages: where body and boilerplate are hard to tell apart, as on a product page,
    keeping an unlikely block costs less than on an article. The expected F1 of keeping the blocks above a threshold,
    weighed by their words, is greatest where the threshold is half of that F1 (Lipton, Elkan and Naryanaswamy 2014),
    so that one is taken, times `strictness`. Of long blocks with the same text the first stays.
    """
    if not len(texts):
        return np.zeros(0, bool)
    size = sizes(texts)
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum((size * probabilities)[order])
    best = (2 * right / (np.cumsum(size[order]) + right[-1])).max()
    stays: NDArray[np.bool_] = probabilities >= np.clip(best / 2 * strictness, LOWEST, HIGHEST)
    seen: set[str] = set()
    for index in np.flatnonzero(stays).tolist():
        text = texts[index]
        if text in seen:
            stays[index] = False
        elif text.count(" ") >= COPIED_WORDS - 1:
            seen.add(text)
    return stays
