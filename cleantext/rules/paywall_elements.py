"""Rules on elements: paywall notices."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

PAYWALL = kind(
    names="paywall-overlay paywall-message paywall-modal paywall-banner paywall-offer paywall-barrier paywall-prompt "
    "paywall-notice paywall-cta paywall-popup paywall-bar paywall-box paywall__overlay paywall__message regwall "
    "subscription-wall subscribe-wall metered-wall registration-wall subscriber-wall "
    "subscribe-overlay subscription-prompt piano-offer tp-modal tp-backdrop meter-wall",
)
# Characters of the longest notice. Publishers also call the text behind the wall "paywall".
CHARS = 700


@rule(
    group="paywall",
    stage="elements",
    reason="paywall notice",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div class='paywall-overlay'><p>Read on for 1 euro.</p></div>⟧",
        f"<article><div class='paywall'>{STORY_HTML}</div></article>",
    ],
)
def paywall_element(document: Document) -> Iterator[Finding]:
    """Notices that the rest is for subscribers.

    Removes: an element called a paywall's overlay, message, offer or the like, of up to 700 characters.

    Keeps: an element that is called "paywall" and no more, for that is often the text behind it.

    Source: names that publishers and paywall tools use.
    """
    return claimed(document, PAYWALL, lambda place: place.chars <= CHARS)
