"""Marks of advertisements."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import phrases
from cleantext.find.neighbours import beside
from cleantext.registry import STORY, rule
from cleantext.span import Finding


@rule(
    group="ad",
    reason="mark of an advertisement",
    examples=[
        "The final score was 2-1.\n⟦Advertisement⟧\nBoth goals fell late.",
        "Advertisement is what paid for it.",
    ],
)
def ad_mark(document: Document) -> Iterator[Finding]:
    """Marks that an advertisement stands here.

    Removes: a line that is, as a whole, an ad mark ("Advertisement", "Story continues below").

    Keeps: sentences about advertising.

    Source: the phrase packs.
    """
    return phrases(document, "ad")


@rule(
    group="ad",
    stage="structure",
    reason="label of an advertisement",
    examples=[
        f"{STORY}\n\n⟦Advertisement\nLearn more⟧\n\n{STORY}",
        f"Learn more\n\n{STORY}",
    ],
)
def ad_label(document: Document) -> Iterator[Finding]:
    """Labels beside an ad mark.

    Removes: weak ad labels beside a line that goes for certain, or in a row outside the body.

    Keeps: the same words in the body.

    Source: the phrase packs.
    """
    return beside(document, "ad")
