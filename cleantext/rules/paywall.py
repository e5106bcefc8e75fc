"""Paywalls and calls for support."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import phrases
from cleantext.find.neighbours import beside
from cleantext.registry import STORY, rule
from cleantext.span import Finding


@rule(
    group="paywall",
    reason="paywall",
    examples=[
        "The final score was 2-1.\n⟦Subscribe to continue reading⟧",
        "You must subscribe to continue reading the minutes, the clerk told him.",
    ],
)
def paywall_prompt(document: Document) -> Iterator[Finding]:
    """Calls to subscribe, log in or register to read on.

    Removes: a line that is, as a whole, a paywall phrase.

    Keeps: reports about paywalls and subscriptions.

    Source: the phrase packs.
    """
    return phrases(document, "paywall")


@rule(
    group="paywall",
    stage="structure",
    reason="paywall button",
    examples=[
        f"{STORY}\n\n⟦Subscribe to continue reading\nSubscribe now⟧",
        f"Subscribe now\n\n{STORY}",
    ],
)
def paywall_button(document: Document) -> Iterator[Finding]:
    """Buttons and small print of a paywall.

    Removes: paywall labels beside a line that goes for certain, or in a row outside the body.

    Keeps: the same words in the body.

    Source: the phrase packs.
    """
    return beside(document, "paywall")
