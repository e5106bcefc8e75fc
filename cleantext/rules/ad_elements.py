"""Rules on elements: advertisements."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

AD = kind(
    keys="ad ads adslot adsense adunit adbox advert adverts advertisement advertisements advertising adcontainer "
    "adwrapper adsbygoogle dfp adspot anzeige werbung publicidad publicite reklama adlabel",
    frame="slot unit banner label inline leaderboard mpu sidebar sticky google zone space placement billboard marker "
    "links size rectangle in article text story holder notice disclosure",
    labels=("advertisement", "ad", "advertisements", "sponsored"),
)
# Characters of the longest one: what has more is an article that is called after the slot it stands in.
CHARS = 600


@rule(
    group="ad",
    stage="elements",
    reason="advertisement",
    examples=[
        f"<article>{STORY_HTML}⟦<div class='ad-slot'><p>Advertisement</p></div>⟧</article>",
        f"<article><div class='ad-1f'>{STORY_HTML}</div></article>",
    ],
)
def ad_element(document: Document) -> Iterator[Finding]:
    """Advertisements and their labels.

    Removes: an element called an ad, an ad slot, an advertisement or the like, of up to 600 characters.

    Keeps: longer ones; names that only hold the letters, as those do that build tools make.

    Source: names that public pages and ad servers use most.
    """
    return claimed(document, AD, lambda place: place.chars <= CHARS)
