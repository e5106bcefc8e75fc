"""From probabilities to a decision: which blocks of a page stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

# No page is so clear, or so unclear, that less or more than this is asked of a block.
LOWEST, HIGHEST = 0.25, 0.6
# The threshold is `ASKED` times the expected F1 to this power. The model is a little too sure of body text on clear
# pages: of factors from 0.5 to 0.6 and powers from 1 to 3 these fit the unseen sites of all three sets best.
ASKED, POWER = 0.6, 1.5
# Words from which blocks that repeat others one after the other are a copy and not a refrain, a quotation or bullets
# of two plans. Of 8 to 30 words it fits unseen sites best.
COPIED_WORDS = 20


def sizes(texts: Sequence[str]) -> NDArray[np.float64]:
    """What blocks weigh: their words, and one more, for a label is not nothing."""
    return np.array([t.count(" ") + 2.0 for t in texts])


def expected_f1(texts: Sequence[str], probabilities: NDArray[np.float32]) -> float:
    """The F1 that can be expected of keeping the blocks above the best threshold, weighed by their words."""
    size = sizes(texts)
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum((size * probabilities)[order])
    return float((2 * right / (np.cumsum(size[order]) + right[-1])).max()) if right[-1] else 0.0


def decide(
    texts: Sequence[str],
    probabilities: NDArray[np.float32],
    strictness: float = 1.0,
    shaped: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Which blocks stay.

    One threshold does not fit all pages: where body and boilerplate are hard to tell apart, as on a product page,
    keeping an unlikely block costs less than on an article. The expected F1 of keeping the blocks above a threshold,
    weighed by their words, is greatest where the threshold is half of that F1 (Lipton, Elkan and Naryanaswamy 2014).
    So much is asked of blocks that are `shaped`, parts of something that is worth less with a hole in it, and a little
    more of others; times `strictness`.
    """
    if not len(texts):
        return np.zeros(0, bool)
    best = expected_f1(texts, probabilities)
    asked, of_shaped = np.clip([ASKED * best**POWER * strictness, best / 2 * strictness], LOWEST, HIGHEST)
    stays: NDArray[np.bool_] = probabilities >= (asked if shaped is None else np.where(shaped, of_shaped, asked))
    return stays


def runs_that_go(stays: NDArray[np.bool_], likely: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    """Stretches of blocks that do not stay: first, last (half-open), how likely they are not body text."""
    edges = np.flatnonzero(np.diff(np.concatenate([[True], stays, [True]])))
    for first, last in edges.reshape(-1, 2).tolist():
        yield first, last, 1.0 - float(likely[first:last].mean())


def copies(texts: Sequence[str], blocks: Sequence[int]) -> Iterator[list[int]]:
    """Those of `blocks` (their indices, ascending) that repeat others before them, in the same order."""
    places: dict[str, int] = {}
    run: list[int] = []
    following = -1  # which of `blocks` the next one has to repeat to go on with the run
    for place, block in enumerate(blocks):
        first = places.setdefault(texts[block], place)
        if run and first != following:
            if count_words(texts, run) >= COPIED_WORDS:
                yield run
            run = []
        if first != place:
            run.append(block)
            following = first + 1
    if run and count_words(texts, run) >= COPIED_WORDS:
        yield run


def count_words(texts: Sequence[str], blocks: Sequence[int]) -> int:
    """How many words some blocks have together."""
    return sum(texts[block].count(" ") + 1 for block in blocks)
