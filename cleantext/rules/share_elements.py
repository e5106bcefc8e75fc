"""Rules on elements: bars of share buttons."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

SHARE = kind(
    keys="share shares sharing sharebar sharebuttons sharethis sharedaddy addthis addtoany shareaholic sharebox "
    "sharelinks sharetools socialshare socialsharing sociallinks socialicons ssba heateor socialmedia",
    frame="social socials button buttons icon icons tools tool post posts article articles story entry links link "
    "media this toolbar print email text title label facebook twitter pinterest whatsapp linkedin count counts inline "
    "floating sticky follow us sd kit toolbox list options",
    names="social social-links social-icons social-media social-buttons social-bar social-media-links social-list "
    "social-nav follow-us followus post-share article-tools a2a_kit at-share-btn-elements social-networks "
    "wp-block-social-links elementor-social-icons-wrapper jp-post-flair",
    labels=("share", "share this", "share this article", "social media", "social links"),
)
# Characters of the longest bar: a dozen buttons with a label for screen readers each.
CHARS = 800


@rule(
    group="share",
    stage="elements",
    reason="share bar",
    examples=[
        f"<article>{STORY_HTML}⟦<div class='social-share'><a href=f>Facebook</a> <a href=m>Mail</a></div>⟧</article>",
        f"<article class='has-share-buttons'>{STORY_HTML}</article>",
    ],
)
def share_element(document: Document) -> Iterator[Finding]:
    """Buttons to share a page and to follow a site.

    Removes: an element called a share bar, social links or the like, of up to 800 characters.

    Keeps: longer ones, which hold what is shared.

    Source: names that public pages and share plugins use most.
    """
    return claimed(document, SHARE, lambda place: place.chars <= CHARS, certain=True)
