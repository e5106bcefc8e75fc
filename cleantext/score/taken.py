"""What is known of a block from what named rules have taken around it: how much, for which groups, how near."""

from __future__ import annotations

import numpy as np

from cleantext.document import Document
from cleantext.find.facts import facts
from cleantext.page import Gone
from cleantext.registry import GROUPS
from cleantext.score.block_words import BlockWords, Floats, cumulated

# Groups that elements are claimed for whose nearness is a feature.
NEAR = ("headline", "comments", "related")
TAKEN = "gone_above gone_below group_above group_below gone_before gone_after place".split() + [
    f"{side}_{group}" for group in NEAR for side in ("after", "until")
]
GROUP_NUMBERS = {"": -1, **{group: number for number, group in enumerate(GROUPS)}}


def group_numbers(document: Document) -> Floats:
    """For each block the number of the group that its label names or that claims it, -1 for none."""
    known = facts(document)
    numbers = np.full(len(document.texts), GROUP_NUMBERS[""], np.float32)
    for index in known.labelled:
        label = known.labels[index]
        if label is not None:
            numbers[index] = GROUP_NUMBERS[label.group]
    for index, group in document.claims.items():
        numbers[index] = GROUP_NUMBERS[group]
    return numbers


class Taken:
    """What named rules have taken, as numbers: see `Gone`."""

    def __init__(self, gone: Gone | None, blocks: int, elements: int) -> None:
        if gone is None:
            none = ("",) * (blocks + 1)
            gone = Gone((0,) * (blocks + 1), none, none, (frozenset(),) * (blocks + 1), (0,) * elements)
        self.chars = np.array(gone.before, np.float64)
        self.inside = np.array(gone.inside, np.float64)
        self.above = np.array([GROUP_NUMBERS[g] for g in gone.above[:-1]], np.float32)
        self.below = np.array([GROUP_NUMBERS[g] for g in gone.below[1:]], np.float32)
        self.groups = [[place for place, groups in enumerate(gone.groups) if group in groups] for group in NEAR]


def taken_rows(words: BlockWords, gone: Taken) -> Floats:
    """What named rules have taken before and after a block, and how many words away."""
    here, rest = cumulated(gone.chars, np.float64), cumulated(words.length, np.float64)
    sizes = cumulated(words.size, np.float64)
    before = here[1:-1]
    index = np.arange(len(words.length))
    near = []
    for places in gone.groups:
        known = np.array([-1, *places, len(index) + 1])
        at = known.searchsorted(index, "right")
        above, below = known.take(at - 1), known.take(at)
        near.append(np.where(above >= 0, np.log1p(sizes[:-1] - sizes.take(np.maximum(above, 0))), 12))
        near.append(np.where(below <= len(index), np.log1p(sizes.take(np.minimum(below, len(index))) - sizes[1:]), 12))
    return np.stack(
        [
            np.log1p(gone.chars[:-1]),
            np.log1p(gone.chars[1:]),
            gone.above,
            gone.below,
            np.log1p(before),
            np.log1p(here[-1] - before),
            (before + rest[:-1]) / max(here[-1] + rest[-1], 1),
            *near,
        ]
    ).astype(np.float32)
