"""The score of plain text: how likely each line is body text, and whether the text is a whole page."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleantext.document import Document, once
from cleantext.find.facts import facts
from cleantext.find.threads import comments
from cleantext.find.zones import zones
from cleantext.score.decide import decide, expected_f1, runs_that_go
from cleantext.score.line_features import line_features
from cleantext.score.model import line_model
from cleantext.score.spared import spared

# What makes a text a whole page with menus and footers: how many lines less likely body text than `UNLIKELY` it has,
# and their share of all. Of pages flattened to text five of six have so many, of what other extractors leave one in
# twenty-five to a hundred, of 210 marked articles with leftovers few that have a long thread below.
UNLIKELY, PAGE_LINES, PAGE_SHARE = 0.1, 25, 0.2
# The F1 that has to be expected of what stays of a page: below it, on lists of names and prices, guesses lose as much
# as they gain.
SURE = 0.5
# What the threshold of blocks is multiplied by for lines. From 0.9 to 1.2 F1 is the same on sites left out of the fit;
# the less is asked, the less is lost.
OF_LINES = 0.95
# How likely body text a line has to be at least right above a paragraph or among the few above the first one, and amid
# lines that stay; how many these are.
OF_HEADINGS, HEAD_LINES = 0.1, 8
OF_HOLES, HOLE_LINES = 0.15, 12
# How likely body text what stands among comments has to be: an answer, on a page of questions.
OF_COMMENTS = 0.8
# The share of a page's characters that has to stay. On pages of sites left out of the fit a seventh, as the guard of
# the other rules asks, would cost 0.003 of F1: short articles on long pages.
LEAST = 1 / 12
# Lines that are judged at once: of 2,400 labelled pages as text the longest has half as many.
MOST_LINES = 5_000


@once
def line_probabilities(document: Document) -> NDArray[np.float32]:
    """For each line of a text how likely it is body text, 0 to 1; 0 for those that a rule has claimed.

    A text of more lines than any page has is judged in equal parts, each as if it were all: what is known of a line
    takes a kilobyte.
    """
    lines = len(document.texts)
    if lines <= MOST_LINES:
        return _probabilities(document)
    number = -(-lines // MOST_LINES)
    bounds = [part * lines // number for part in range(number + 1)]
    claims: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for index, group in document.claims.items():
        part = bisect_right(bounds, index) - 1
        claims[part][index - bounds[part]] = group
    likely = []
    for part, (first, last) in enumerate(pairwise(bounds)):
        document.budget.check()
        likely.append(_probabilities(_part(document, first, last, claims[part])))
    return np.concatenate(likely)


def _probabilities(document: Document) -> NDArray[np.float32]:
    fitted = line_model()
    asked = np.ones(len(document.texts), bool)
    asked[list(document.claims)] = False
    likely = np.zeros(len(asked), np.float32)
    likely[asked] = fitted.trees.probabilities(line_features(document, fitted.tables)[:, asked])
    return likely


def _part(document: Document, first: int, last: int, claims: dict[int, str]) -> Document:
    """The lines from `first` to `last` (half-open) as a document of their own, with what is known of them."""
    begin = document.ends[first - 1] if first else 0
    part = Document(
        document.source[begin : document.ends[last - 1]],
        document.kind,
        document.texts[first:last],
        tuple(start - begin for start in document.starts[first:last]),
        tuple(end - begin for end in document.ends[first:last]),
        document.gaps[first:last],
        budget=document.budget,
    ).claimed(claims, {})
    known = facts(document)
    part.memo[facts.__wrapped__] = known.part(first, last)  # type: ignore[attr-defined]
    return part


@once
def is_whole_page(document: Document) -> bool:
    """Whether a text is a whole page rather than an article with a few leftovers."""
    likely = line_probabilities(document)
    unlikely = int((likely < UNLIKELY).sum())
    if unlikely < max(PAGE_LINES, PAGE_SHARE * len(document.texts)):
        return False
    return expected_f1(document.texts, likely) >= SURE


def unlikely_lines(document: Document, strictness: float) -> Iterator[tuple[int, int, float]]:
    """Stretches of lines that are not likely enough to be body text: first, last (half-open), how likely they are not.

    Of a whole page lines stay as blocks of HTML do, of any other text all do: of an article the score does not know
    enough to touch its lists, verse and cast. `strictness` is what the threshold is multiplied by. Where next to
    nothing would stay, all stays.
    """
    if not is_whole_page(document):
        return
    likely = line_probabilities(document)
    claims = list(document.claims)
    stays = decide(document.texts, likely, OF_LINES * strictness)
    stays[claims] = False
    _keep_whole(document, likely, stays)
    stays[spared(document, stays)] = True
    for thread in comments(document):
        lines = slice(thread.first, thread.last + 1)
        stays[lines] &= likely[lines] >= OF_COMMENTS
    lengths = np.fromiter(map(len, document.texts), np.int64, len(stays))
    if lengths[stays].sum() < LEAST * lengths.sum():
        return
    stays[claims] = True
    yield from runs_that_go(stays, likely)


def _keep_whole(document: Document, likely: NDArray[np.float32], stays: NDArray[np.bool_]) -> None:
    """Let lines stay without which the text has a hole: above paragraphs that do, and few amid lines that do."""
    known = facts(document)
    # Lines that no phrase knows and that are not quite unlikely.
    free = ~stays & (likely >= OF_HEADINGS) & np.array([label is None for label in known.labels])
    free[list(document.claims)] = False
    told = np.flatnonzero(stays & np.array(known.prose)).tolist()
    above = [index - 1 for index in told if index and not known.prose[index - 1]]
    head = range(max(told[0] - HEAD_LINES, 0), told[0]) if told else range(0)
    headline = zones(document).headline
    title = () if headline is None else (headline,)
    stays[[index for index in (*above, *head, *title) if free[index]]] = True
    edges = np.flatnonzero(np.diff(stays))
    for before, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        hole = slice(before + 1, last + 1)
        if stays[before] and last - before <= HOLE_LINES and (free[hole] & (likely[hole] >= OF_HOLES)).all():
            stays[hole] = True
