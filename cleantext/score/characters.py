"""Classes of characters, and which of them words are made of."""

from __future__ import annotations

from functools import cache

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


# What words are set apart by, besides white space.
MARKS = ".,:;!?…\"“”„«»‘’'()[]{}<>|•·–—-*/。、，．：；！？「」『』（）《》【】・"


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


@cache
def word_table() -> NDArray[np.bool_]:
    """Whether a code point of the basic plane is part of a word."""
    table: NDArray[np.bool_] = class_table() != SPACE
    table[[ord(c) for c in MARKS]] = False
    return table


@cache
def lower_table() -> NDArray[np.uint16]:
    """The lower case of every code point of the basic plane; the first code point of it where it has several."""
    table = np.arange(0x10000, dtype=np.uint16)
    upper = np.flatnonzero(class_table() == UPPER)
    table[upper] = [ord(chr(code).lower()[0]) for code in upper.tolist()]
    return table
