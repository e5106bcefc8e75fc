"""The headline, said again."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY, take
from cleantext.find.facts import Facts, facts
from cleantext.find.repeats import NEAR_LINES, repeats
from cleantext.find.zones import SOLID_WORDS, stops, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

# More copies in the same words than this are a refrain.
COPIES = 2
# Words that a headline needs for a copy farther down to be one.
FAR_WORDS = 6


@rule(
    group="headline",
    stage="structure",
    reason="repeats the headline",
    examples=[
        f"Mayor opens bridge after long wait\n⟦MAYOR OPENS BRIDGE AFTER LONG WAIT⟧\n\n{STORY}",
        f"⟦Mayor opens bridge after long wait | Tidewire⟧\nMayor opens bridge after long wait\n\n{STORY}",
        f"Mayor opens bridge after long wait\n\n{STORY} “Mayor opens bridge after long wait”, the paper had written.",
        "Ida Roe and Hanna Vogt for the Tarn Rowers\nTom Bly and Ned Farrow for the Quayside Club\n"
        "Ada Finch and Lou Marsh for the Harbour Eight\n\nIda Roe and Hanna Vogt for the Tarn Rowers\n"
        f"Tom Bly and Ned Farrow for the Quayside Club\nAda Finch and Lou Marsh for the Harbour Eight\n\n{STORY}",
        "Row on, row on\n\nRow on, row on, the tide is low,\nthe lamps are lit along the quay,\nRow on, row on",
    ],
)
def headline_repeat(document: Document) -> Iterator[Finding]:
    """Further copies of the headline.

    Removes: a line that says the headline again: in the same words (case and punctuation aside), with a site's name
    behind or before it, or cut short with an ellipsis. The first full copy stays.

    Keeps: the headline inside a sentence; poems and songs (only documents with prose are looked at); short titles that
    recur as a label further down; lists of the same names, three of which recur.

    Source: the shape is that of page titles and social cards that extractors leave above the body.
    """
    headline, where = repeats(document), zones(document)
    if headline is None or not where.article:
        return
    known = facts(document)
    exact = sum(r.exact for r in headline.repeats)
    for repeat in headline.repeats:
        if repeat.exact:
            far = abs(repeat.at - headline.at) > NEAR_LINES
            if far and known.words[headline.at] < FAR_WORDS:
                continue  # an entry of a list that is headed with it again
            if exact > COPIES or stops(document.texts[repeat.at]):
                continue  # a refrain; a sentence
            if _prose_between(document, known, headline.at, repeat.at) and not _amid(document, known, repeat.at):
                continue  # the title of a poem that prose introduces, a heading
        yield take(document, repeat.at, why=repeat.how, score=LIKELY)


def _prose_between(document: Document, known: Facts, first: int, last: int) -> bool:
    return any(
        known.prose[i] and known.words[i] >= SOLID_WORDS and i not in document.claims
        for i in range(min(first, last) + 1, max(first, last))
    )


def _amid(document: Document, known: Facts, index: int) -> bool:
    """Whether a line stands between prose, or lines that go, on both sides."""
    return all(not 0 <= i < len(known.prose) or known.prose[i] or i in document.claims for i in (index - 1, index + 1))
