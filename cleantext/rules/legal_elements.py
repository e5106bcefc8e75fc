"""Rules on elements: copyright notices."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

COPYRIGHT = kind(
    keys="copyright copyrights",
    frame="text info footer legal notice year",
)
CHARS = 1500  # of the longest notice


@rule(
    group="legal",
    stage="elements",
    reason="copyright notice",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div class='copyright-text'><p>Tidewire, 1 Quay Street</p></div>⟧",
        f"<article class='tag-copyright'>{STORY_HTML}</article>",
    ],
)
def copyright_element(document: Document) -> Iterator[Finding]:
    """The copyright notice of the site.

    Removes: an element called a copyright notice, of up to 1,500 characters.

    Keeps: texts about copyright, which only their tag or category is called so.

    Source: names that public pages use most.
    """
    return claimed(document, COPYRIGHT, lambda place: place.chars <= CHARS)
