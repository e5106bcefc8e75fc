"""Where in a document the body lies: the headline, the lines above it, and what comes after the last of the prose."""

from __future__ import annotations

from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find.cues import cue
from cleantext.find.facts import CLOSERS, FULL_STOPS, Facts, facts
from cleantext.find.normal import normal
from cleantext.find.phrases import words

# Words of prose from which a document is an article rather than a poem, a list or a table.
# One line of it has to be longer than lines of verse are.
ARTICLE_WORDS, LINE_WORDS = 60, 20
# The body is the stretch of lines with the greatest sum of weights, as in body text extraction (Finn et al. 2001):
# a line of prose weighs its words up to a limit, any other line against it, a line that is claimed more so.
PROSE_WEIGHT, OTHER_WEIGHT, CLAIMED_WEIGHT = 60, -6, -10
# A line of prose of this length ends the body wherever it stands, unless a cue word marks it as the site's.
SOLID_WORDS = 15
HEADLINE_WORDS = range(4, 36)
HEAD_LINES = 60


class Zones(NamedTuple):
    """Indices of blocks: the head is ``[0, first)``, the tail ``(last, len)``.

    ``headline`` is the first line of the head that reads like a headline, None if there is none; ``article`` says
    whether there is enough prose for the document to be an article. Without that no line is in head or tail.
    """

    headline: int | None
    first: int
    last: int
    article: bool

    def head(self, index: int) -> bool:
        """Whether a block stands before the body."""
        return self.article and index < self.first

    def tail(self, index: int) -> bool:
        """Whether a block stands after the body."""
        return self.article and index > self.last


@once
def zones(document: Document) -> Zones:
    """The zones of `document`, for rules of the structure stage: what earlier stages claimed is no body."""
    known = facts(document)
    claims = document.claims
    best = total = prose = 0
    first = last = start = 0
    for index, is_prose in enumerate(known.prose):
        if is_prose and index not in claims:
            if total <= 0:
                total, start = 0, index
            prose += known.words[index]
            total += min(known.words[index], PROSE_WEIGHT)
            if total > best:
                best, first, last = total, start, index
        else:
            total += CLAIMED_WEIGHT if index in claims else OTHER_WEIGHT
    if not best:
        return Zones(None, 0, len(document.blocks), False)
    for index in range(len(document.blocks) - 1, last, -1):
        if known.prose[index] and known.words[index] >= SOLID_WORDS and index not in claims:
            if cue(known.keys[index] or normal(document.blocks[index].text)) is None:
                last = index
                break
    article = prose >= ARTICLE_WORDS and max(w for w, p in zip(known.words, known.prose, strict=True) if p) >= LINE_WORDS
    return Zones(_headline(document, known, first), first, last, article)


def _headline(document: Document, known: Facts, first: int) -> int | None:
    titles = [i for i in range(min(first, HEAD_LINES)) if is_title(document, known, i)]
    site = words("site")
    for index in titles:
        # A site's name may be as long as a short headline; the headline comes after it.
        if known.words[index] > 6 or index == titles[-1] or site.isdisjoint(known.keys[index].split()):
            return index
    return None


def is_title(document: Document, known: Facts, index: int) -> bool:
    """Whether a block reads like a headline: 4 to 35 words, no full stop, nothing that a phrase or a rule knows."""
    if known.words[index] not in HEADLINE_WORDS or index in document.claims or known.prose[index]:
        return False
    return known.labels[index] is None and not stops(document.blocks[index].text)


def stops(text: str) -> bool:
    """Whether `text` ends in a full stop (an ellipsis is none)."""
    last = text.rstrip(CLOSERS)
    return last[-1:] in FULL_STOPS and not last.endswith("...") if last else False
