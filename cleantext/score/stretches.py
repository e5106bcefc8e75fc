"""What is known of a block from the blocks before and after it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleantext.score.block_words import Floats

WIDTHS = (8, 25, 80)


def shifted(rows: Floats, step: int) -> Floats:
    """The same rows of the blocks `step` further on, -1 past the ends."""
    moved = np.full(rows.shape, -1, np.float32)
    if step > 0:
        moved[:, :-step] = rows[:, step:]
    else:
        moved[:, -step:] = rows[:, :step]
    return moved


def stretches(rows: Floats, widths: Sequence[int] = WIDTHS) -> Floats:
    """Means over the blocks before, after and around each block, by `widths`."""
    number, blocks = rows.shape
    sums = np.zeros((number, blocks + 1))
    rows.cumsum(axis=1, out=sums[:, 1:])
    index = np.arange(blocks)
    out = np.empty((len(widths), 3, number, blocks), np.float32)
    for at, width in enumerate(widths):
        low, high = np.maximum(index - width, 0), np.minimum(index + width + 1, blocks)
        before, upto, after, past = sums[:, low], sums[:, :-1], sums[:, 1:], sums[:, high]
        out[at, 0] = (upto - before) / np.maximum(index - low, 1)
        out[at, 1] = (past - after) / np.maximum(high - index - 1, 1)
        out[at, 2] = (past - before) / np.maximum(high - low, 1)
    return out.reshape(-1, blocks)
