"""Rules on elements: who wrote it and when; off by default, for many want to keep it."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

BYLINE = kind(
    names="byline post-meta entry-meta article-meta post__meta article__meta post-info article-info entry-info "
    "article-byline post-byline dateline published-date post-date entry-date article-date author-name meta-info "
    "post-details vcard byline-wrapper author-date entry-meta-wrapper article__byline",
)
CHARS = 400  # of the longest one


@rule(
    group="byline",
    stage="elements",
    reason="byline",
    default=False,
    examples=[
        f"<article>⟦<div class='entry-meta'>Ida Roe, 3 March 2026</div>⟧{STORY_HTML}</article>",
        f"<article class='hide-byline'>{STORY_HTML}</article>",
    ],
)
def byline_element(document: Document) -> Iterator[Finding]:
    """Author, date and reading time of an article.

    Removes: an element called a byline, post meta or the like, of up to 400 characters.

    Keeps: longer ones.

    Source: names that public pages use most.
    """
    return claimed(document, BYLINE, lambda place: place.chars <= CHARS)
