"""Links to other articles: headings with their lists, and single "read also" lines."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY, phrases, take
from cleantext.find.facts import Facts, facts, frequency
from cleantext.find.neighbours import beside
from cleantext.find.phrases import EDGE, HEADING, WEAK_HEADING
from cleantext.find.zones import is_date, stops, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

TITLE_WORDS = range(2, 31)
# Amid the body a list item has at least this many words: shorter lines may be the heading of the prose below.
AMID_WORDS = 5
MOST_TITLES = 100  # of a list
PROOF = 2  # titles that prove a weak heading


@rule(
    group="related",
    reason="link to other articles",
    examples=[
        "The final score was 2-1.\n⟦READ ALSO: Keeper signs for two more years⟧\nBoth goals fell late.",
        "The final score was 2-1.\n⟦You may also like⟧",
        "Read also the second chapter, where the keeper returns.",
    ],
)
def related_prompt(document: Document) -> Iterator[Finding]:
    """Headings of related articles, and lines that introduce one link.

    Removes: a line that is, as a whole, a related phrase of a phrase pack ("Similar posts", "Read also: …").

    Keeps: sentences that begin with such words; "Related work" and other headings of the body.

    Source: the phrase packs.
    """
    return phrases(document, "related")


@rule(
    group="related",
    stage="structure",
    reason="label of related articles",
    examples=[
        f"{STORY}\n\n⟦Trending⟧",
        f"Trending\n\n{STORY}\n\n{STORY}",
    ],
)
def related_label(document: Document) -> Iterator[Finding]:
    """Weak headings of related articles with nothing of the body below.

    Removes: "Trending", "More" and their like after the body's last line, or beside a line that goes for certain.

    Keeps: the same words above prose.

    Source: the phrase packs.
    """
    return beside(document, "related")


@rule(
    group="related",
    stage="structure",
    reason="list of related articles",
    examples=[
        f"{STORY}\n\n⟦Similar posts\nTen bridges worth a detour\nWhy the Tarn floods in May\nA toll by any other name⟧",
        f"{STORY}\n\n⟦Similar posts\nTen bridges\nFerries of the north⟧\n\n{STORY}",
        f"{STORY}\n\nRelated work\n\nRoe (2019) and Bly (2021) measured the same span by other means.",
    ],
)
def related_list(document: Document) -> Iterator[Finding]:
    """A heading of related articles with the titles below it.

    Removes: the heading and the title-like lines that follow, up to the next prose, the next heading of another kind or
    the end. A weak heading ("Related", "More news") needs two titles of four words or more. Amid the body only titles
    of five words or more count, so that the heading of the next section stays, unless heading and titles are one
    paragraph.

    Keeps: sections of the body under such a heading: they have prose; a bibliography under "Further reading".

    Source: the usual widgets of news sites and blogs.
    """
    where, known = zones(document), facts(document)
    if not where.article:
        return
    taken = -1
    for index in known.labelled:
        label = known.labels[index]
        if index <= taken or label is None or label.group != "related":
            continue
        if label.strength not in (HEADING, WEAK_HEADING, EDGE):
            continue
        if index < where.first or frequency(document)[known.keys[index]] > 2:
            continue  # above the body, or a button of many parts
        last = _last_item(document, index)
        if last == index:
            continue
        if _are_references(known, index + 1, last):
            continue
        titles = sum(known.words[i] >= 4 for i in range(index + 1, last + 1))
        if label.strength == HEADING or titles >= PROOF:
            taken = last
            yield take(document, index, last, why=f"{last - index} titles below “{label.phrase}”", score=LIKELY)


def _are_references(known: Facts, first: int, last: int) -> bool:
    """Whether half of the lines hold a year, a page or a volume and a comma: a bibliography, other manual pages."""
    cited = sum("#" in known.keys[i] and "," in known.keys[i] for i in range(first, last + 1))
    return 2 * cited >= last - first + 1


def _stands_apart(document: Document, heading: int) -> bool:
    """Whether a heading and the lines right below it are one paragraph of short lines, with no prose glued to it."""
    known = facts(document)
    for index in range(heading + 1, len(document.texts)):
        if document.gaps[index]:
            return index > heading + 1
        if known.prose[index] or stops(document.texts[index]):
            return False
    return True


def _last_item(document: Document, heading: int) -> int:
    """The index of the last line of the list below `heading`; `heading` itself if there is none."""
    known, where = facts(document), zones(document)
    count = len(document.texts)
    amid = heading < where.last and not _stands_apart(document, heading)
    together = heading + 1 < count and document.gaps[heading + 1] == 0
    last = heading
    for index in range(heading + 1, min(count, heading + 1 + MOST_TITLES)):
        label, claim = known.labels[index], document.claims.get(index)
        if claim is not None and claim not in ("related", "byline", "caption"):
            break
        if label is not None and label.group not in ("related", "byline", "caption"):
            break
        if known.prose[index] or known.words[index] not in range(1, TITLE_WORDS.stop):
            break
        if stops(document.texts[index]) and known.words[index] > 3:
            break
        if document.gaps[index] > 0 and together and index > heading + 1:
            break  # set apart: something else
        if (
            amid
            and known.words[index] < AMID_WORDS
            and label is None
            and claim is None
            and not is_date(document, known, index)
        ):
            break
        last = index
    return last
