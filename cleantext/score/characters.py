"""Classes of characters, counted for all blocks of a document at once."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

SPACE, LOWER, UPPER, DIGIT, STOP, COMMA, QUOTE, BAR, IDEOGRAPH, MONEY, MARK, OTHER = range(12)
CLASSES = 12
_SIGNS = {
    STOP: ".!?。！？।۔؟…",
    COMMA: ",，、،;；",
    QUOTE: "\"“”„«»‘’'「」『』",
    BAR: "|•·›>/→←▸▶",
    MONEY: "$€£¥₹₽₩",
    MARK: "©®™@#&*+=~^",
}
# Scripts written without spaces, where a character is about half a word: CJK with kana, Thai.
_UNSPACED = ((0x2E80, 0xA000), (0x0E00, 0x0E80))


@cache
def class_table() -> NDArray[np.uint8]:
    """The class of every code point of the basic plane; what is above counts as its last one, `OTHER`."""
    table = np.full(0x10000, OTHER, np.uint8)
    every = np.arange(0x10000, dtype=np.uint32).view("U1")  # what methods of str say of them, asked all at once
    table[np.char.isalpha(every)] = LOWER
    table[np.char.isupper(every)] = UPPER
    table[np.char.isdigit(every)] = DIGIT
    for begin, end in _UNSPACED:
        table[begin:end] = IDEOGRAPH
    for number, signs in _SIGNS.items():
        table[[ord(c) for c in signs]] = number
    table[np.char.isspace(every)] = SPACE
    return table


def codes_of(source: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The code points of `source` and their classes."""
    codes = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes, class_table()[np.minimum(codes, 0xFFFF)]


def count(classes: NDArray[np.uint8], lengths: NDArray[Any]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """How many characters of each class blocks have (classes x blocks), and how many words.

    Blocks are `lengths` code points long and followed by one more each, which is white space.
    """
    blocks = len(lengths)
    owner = np.repeat(np.arange(blocks), lengths + 1)[: len(classes)]
    table = np.bincount(classes * np.int64(blocks) + owner, minlength=blocks * CLASSES).reshape(CLASSES, blocks)
    ink = classes != SPACE
    begins = ink.copy()
    begins[1:] &= ~ink[:-1]
    return table.astype(np.float32), np.bincount(owner, begins, minlength=blocks).astype(np.int64)
