"""The body score: how likely each block of a page is body text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleantext.data_tables import DataTable, data_tables
from cleantext.document import Document, once
from cleantext.names import names_of, words_of
from cleantext.page import Page
from cleantext.score.decide import copies, count_words, decide, runs_that_go, sizes
from cleantext.score.features import HEADINGS, features
from cleantext.score.model import model

# How likely body text a heading has to be at least. From 0.1 to 0.3 the F1 of unseen sites stays the same.
OF_HEADINGS = 0.2
REFRAIN_WORDS = 60  # that a refrain has at most
# Besides tables of data, what is worth less with a hole in it.
SHAPED = HEADINGS | {"pre", "li", "dt", "dd"}
TITLES = {("title",), ("heading",)}  # last words of the names of headings


@once
def body_probabilities(document: Document) -> NDArray[np.float32]:
    """For each block of an HTML document how likely it is body text, 0 to 1; 0 for those that a rule has claimed.

    A table of data stays or goes as one: all blocks in it are as likely as they are together, weighed by their words.
    """
    document.budget.check()
    fitted = model()
    likely = fitted.trees.probabilities(features(document, fitted.tables))
    if document.page is not None:
        page, tables = document.page, _tables(document)
        weights = sizes(document.texts) if tables else np.zeros(0)
        for found in tables:
            blocks = (i for row in found.rows for i in range(page.first[row], page.last[row]))
            table = [index for index in blocks if index not in document.claims]
            if table:
                likely[table] = np.average(likely[table], weights=weights[table])
    likely[list(document.claims)] = 0
    return likely


@once
def _tables(document: Document) -> list[DataTable]:
    return data_tables(document.page) if document.page is not None else []


@once
def body_blocks(document: Document) -> NDArray[np.bool_]:
    """Which blocks of an HTML document are likely enough to be body text; never those that a rule has claimed.

    Of a heading right above a block that stays less is asked: a part of the text without its heading is the poorer.
    """
    page = document.page
    assert page is not None
    likely = body_probabilities(document)
    stays = decide(document.texts, likely, shaped=_shaped(document, page))
    stays[list(document.claims)] = False
    for index in np.flatnonzero(~stays[:-1] & (likely[:-1] >= OF_HEADINGS))[::-1].tolist():
        if _is_heading(page, page.owners[index]) and not _is_heading(page, page.owners[index + 1]):
            stays[index] = stays[index + 1]
    return stays


def _is_heading(page: Page, element: int) -> bool:
    """Whether an element is a heading by its tag or its name, such as "admonition-title"."""
    if page.tags[element] in HEADINGS:
        return True
    return any(words_of(name)[-1:] in TITLES for name in names_of(page.attributes[element]))


def _shaped(document: Document, page: Page) -> NDArray[np.bool_]:
    """Which blocks are headings, items of lists, code or cells of tables of data."""
    shaped = np.array([page.tags[owner] in SHAPED for owner in page.owners], bool)
    for table in _tables(document):
        for row in table.rows:
            shaped[page.first[row] : page.last[row]] = True
    return shaped


def unlikely(document: Document, strictness: float) -> Iterator[tuple[int, int, float]]:
    """Stretches of blocks that are not likely enough to be body text: first, last (half-open), how likely they are not.

    `strictness` is what the page's threshold is multiplied by.
    """
    likely = body_probabilities(document)
    stays = body_blocks(document).copy() if strictness == 1 else decide(document.texts, likely, strictness)
    stays[list(document.claims)] = True
    yield from runs_that_go(stays, likely)


def repeated(document: Document) -> Iterator[list[int]]:
    """Blocks that are likely body text and repeat others before them, one list for each run.

    Tables of data and code are left out: they may say the same again. So are lines set apart by line breaks, unless
    there are more of them than in a refrain: forums quote whole posts.
    """
    page = document.page
    assert page is not None
    stays = body_blocks(document).copy()
    for table in _tables(document):
        for row in table.rows:
            stays[page.first[row] : page.last[row]] = False
    lines = {index for index, broken in enumerate(page.breaks) if broken}
    lines |= {index - 1 for index in lines}
    blocks = [index for index in np.flatnonzero(stays).tolist() if "\n" not in document.texts[index]]
    for run in copies(document.texts, blocks):
        if not lines.issuperset(run) or count_words(document.texts, run) >= REFRAIN_WORDS:
            yield run
