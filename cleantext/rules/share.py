"""Invitations to share, and bars of network names."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import phrases
from cleantext.find.neighbours import beside
from cleantext.registry import STORY, rule
from cleantext.span import Finding


@rule(
    group="share",
    reason="invitation to share",
    examples=[
        "The final score was 2-1.\n⟦Share this article⟧",
        "Please share this article with your class, she wrote.",
    ],
)
def share_prompt(document: Document) -> Iterator[Finding]:
    """Invitations to share and counters of shares.

    Removes: a line that is, as a whole, a sharing phrase ("Share on …", "Copy link", "120 shares").

    Keeps: sentences that ask somebody to share something.

    Source: the phrase packs.
    """
    return phrases(document, "share")


@rule(
    group="share",
    stage="structure",
    reason="share button",
    examples=[
        f"{STORY}\n\n⟦Share this article\nFacebook\nWhatsApp⟧",
        f"Three networks were studied:\nFacebook\nWhatsApp\nTelegram\n\n{STORY}",
    ],
)
def share_button(document: Document) -> Iterator[Finding]:
    """Names of networks and other buttons of a share bar.

    Removes: network names and button labels beside a line that goes for certain, in a row of such lines before or after
    the body, right below the headline, or where they recur below every part of an article.

    Keeps: a list of networks in the body; one that a colon introduces.

    Source: the phrase packs.
    """
    return beside(document, "share")
