"""Lines of a page as text that no score judges: what their shape, or what is known around them, says is body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from cleantext.document import Document
from cleantext.find.context import fenced, is_code
from cleantext.find.facts import facts

# How many lines in a row are program text, rows of a table, or terms with what they mean.
CODE_ROWS, TABLE_ROWS, PAIRS = 6, 3, 20
# How many lines of which no phrase is known, below the first prose, are a list of the text's own rather than a menu. Of
# 15, 20, 30 and 40 this costs least on pages of sites left out of the fit.
LIST_LINES = 30
_BETWEEN_CELLS = re.compile(r"\t|\s\|\s")
_PAIR = re.compile(r"\S.{0,60}?(?: [–—=-] |: |\t|\s{3})\S")


def spared(document: Document, stays: NDArray[np.bool_]) -> list[int]:
    """The lines that stay, though the score says that they go.

    Code, tables, and terms with what they mean, wherever they stand; and long lists below the first prose that stays,
    in which no line has a label and below which the page goes on.
    """
    known, texts = facts(document), document.texts
    asked = [i for i in range(len(texts)) if i not in document.claims]
    free = [i for i in asked if known.labels[i] is None]
    return [
        *fenced(document),
        *_in_rows([i for i in asked if is_code(texts[i])], CODE_ROWS),
        *_in_rows([i for i in asked if _is_row(texts[i])], TABLE_ROWS),
        *_in_rows([i for i in free if _PAIR.match(texts[i])], PAIRS),
        *_lists(document, stays, [i for i in free if not stays[i]]),
    ]


def _is_row(text: str) -> bool:
    """Whether a line has three cells or more, or two in the table of a README."""
    return (text[0] == "|" and text.count("|") > 1) or len(_BETWEEN_CELLS.findall(text)) > 1


def _lists(document: Document, stays: NDArray[np.bool_], free: Sequence[int]) -> Iterator[int]:
    """The lines of long lists right below lines that stay."""
    told = np.flatnonzero(stays & np.array(facts(document).prose))
    if not len(told):
        return
    for row in _rows([i for i in free if i > told[0]]):
        if stays[row[0] - 1] and len(row) >= LIST_LINES and row[-1] + 1 < len(stays):
            yield from row


def _in_rows(lines: Sequence[int], least: int) -> Iterator[int]:
    """Those of `lines` that stand in rows of at least so many."""
    for row in _rows(lines):
        if len(row) >= least:
            yield from row


def _rows(lines: Sequence[int]) -> Iterator[list[int]]:
    """`lines` (ascending) in rows of consecutive ones."""
    for _, row in groupby(enumerate(lines), lambda numbered: numbered[1] - numbered[0]):
        yield [line for _, line in row]
