"""Rules on elements: the tags of an article."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

TAGS = kind(
    names="tag-list tags-list post-tags entry-tags article-tags tag-links tags-links tagcloud tag-cloud taglist "
    "post-tag-list article__tags post__tags tags post-tags-wrapper tagged-as post-categories cat-links "
    "entry-categories article-keywords article-topics post-topics tag-container tags-container single-tags blog-tags "
    "tdb-tags td-tags wp-block-tag-cloud article-tag-list taxonomy-tags",
)
CHARS = 600  # of the longest list


@rule(
    group="tags",
    stage="elements",
    reason="tags",
    examples=[
        f"<article>{STORY_HTML}⟦<div class='post-tags'><a href=b>Bridges</a> <a href=t>Tarn</a></div>⟧</article>",
        f"<article class='tag-bridges'>{STORY_HTML}</article>",
    ],
)
def tag_element(document: Document) -> Iterator[Finding]:
    """The tags and categories that an article is filed under.

    Removes: an element called a list of tags or categories, of up to 600 characters.

    Keeps: longer ones, which are the pages of a tag; articles with a tag in their class.

    Source: names that public pages use most.
    """
    return claimed(document, TAGS, lambda place: place.chars <= CHARS)
