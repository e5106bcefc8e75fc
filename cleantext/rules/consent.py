"""Cookie and privacy notices."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import phrases
from cleantext.find.neighbours import beside
from cleantext.registry import STORY, rule
from cleantext.span import Finding


@rule(
    group="consent",
    reason="cookie notice",
    examples=[
        "The final score was 2-1.\n⟦We use cookies to improve your experience on our website.⟧",
        "He sold cookies at the gate, and we ate them.",
    ],
)
def cookie_notice(document: Document) -> Iterator[Finding]:
    """Cookie notices and consent dialogs.

    Removes: a line that is, as a whole, a consent phrase.

    Keeps: articles about cookies of either kind.

    Source: the phrase packs.
    """
    return phrases(document, "consent")


@rule(
    group="consent",
    stage="structure",
    reason="consent button",
    examples=[
        f"{STORY}\n\n⟦We use cookies to improve your experience.\nAccept all⟧",
        f"Accept all\n\n{STORY}",
    ],
)
def consent_button(document: Document) -> Iterator[Finding]:
    """Buttons of a consent dialog.

    Removes: "Accept all", "Manage preferences" and their like beside a notice, or in a row outside the body.

    Keeps: the same words as headings of the body.

    Source: the phrase packs.
    """
    return beside(document, "consent")
