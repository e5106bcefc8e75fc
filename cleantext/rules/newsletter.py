"""Invitations to subscribe to a newsletter."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import phrases
from cleantext.find.neighbours import beside
from cleantext.registry import STORY, rule
from cleantext.span import Finding


@rule(
    group="newsletter",
    reason="invitation to a newsletter",
    examples=[
        "The final score was 2-1.\n⟦Sign up for our newsletter⟧",
        "She told him to sign up for the newsletter of the choir, and he did.",
    ],
)
def newsletter_prompt(document: Document) -> Iterator[Finding]:
    """Invitations to a newsletter, and the consent sentences below them.

    Removes: a line that is, as a whole, a newsletter phrase.

    Keeps: reports about newsletters and lists of them.

    Source: the phrase packs.
    """
    return phrases(document, "newsletter")


@rule(
    group="newsletter",
    stage="structure",
    reason="newsletter form",
    examples=[
        f"{STORY}\n\n⟦Sign up for our newsletter\nYour email address⟧",
        f"Your email address\n\n{STORY}",
    ],
)
def newsletter_form(document: Document) -> Iterator[Finding]:
    """Fields and buttons of a newsletter form.

    Removes: form labels beside a line that goes for certain.

    Keeps: the same words where a how-to names the fields of a form.

    Source: the phrase packs.
    """
    return beside(document, "newsletter")
