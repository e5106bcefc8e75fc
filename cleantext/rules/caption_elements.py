"""Rules on elements: captions of figures and credits of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import IN_TABLE, Place, claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

CREDIT = kind(
    names="photo-credit image-credit photo-credits image-credits img-credit picture-credit photo_credit media-credit "
    "credit-line photo-by image__credit photo__credit caption-credit figcaption-credit caption__credit image-source "
    "article-image-credit featured-image-credit",
    keys="photocredit imagecredit picturecredit fotocredit bildnachweis bildquelle",
)
CAPTION = kind(
    tags="figcaption",
    names="wp-caption-text image-caption img-caption photo-caption media-caption picture-caption "
    "featured-image-caption photocaption imagecaption thumbcaption caption-text wp-element-caption figure-caption",
)
# Characters of the longest credit and the longest caption.
CREDIT_CHARS, CHARS = 150, 700
ABOVE = 3  # blocks between a picture and its caption: a credit, a button to enlarge it


@rule(
    group="caption",
    stage="elements",
    reason="picture credit",
    examples=[
        f"<article>⟦<div class='photo-credit'>Ida Roe / Tidewire</div>⟧{STORY_HTML}</article>",
        f"<article class='no-photo-credit'>{STORY_HTML}</article>",
    ],
)
def picture_credit(document: Document) -> Iterator[Finding]:
    """Who took a picture.

    Removes: an element called a photo credit, of up to 150 characters.

    Keeps: longer ones.

    Source: names that public pages use most.
    """
    return claimed(document, CREDIT, lambda place: place.chars <= CREDIT_CHARS)


@rule(
    group="caption",
    stage="elements",
    reason="caption of a picture",
    default=False,
    examples=[
        f"<meta property='og:type' content='article'><article>{STORY_HTML}"
        "⟦<figure><img src=b><figcaption>The bridge on Monday.</figcaption></figure>⟧</article>",
        f"<article>{STORY_HTML}<figure><pre>a = 1</pre><figcaption>Listing 1</figcaption></figure></article>",
    ],
)
def figure_caption(document: Document) -> Iterator[Finding]:
    """Captions of the pictures in an article; off by default, for of their words one in fourteen is taken for body.

    Removes: ``figcaption``, or an element called a picture's caption, of up to 700 characters, right after a picture,
    on a page that says it is an article.

    Keeps: captions of tables, code and drawings, and numbered ones ("Figure 2"), which the text refers to; captions on
    other pages, where they name products or steps.

    Source: the HTML standard; names that public pages use most; labelled pages, of which one in ten counts captions as
    body, so that the group is a choice and no policy.
    """
    page = document.page
    if page is None or page.facts.metas.get("og:type", "").lower() != "article":
        return iter(())
    return claimed(document, CAPTION, lambda place: _of_picture(document, place))


def _of_picture(document: Document, place: Place) -> bool:
    page, element = place.page, place.element
    first, parent = page.first[element], page.parents[element]
    pictured = any(page.images[max(page.first[parent], first - ABOVE) : page.last[element]]) or page.images[first] > 0
    numbered = document.texts[first][:40].rstrip(":.").split()[1:2]
    return (
        pictured
        and place.chars <= CHARS
        and not place.within & IN_TABLE
        and not (numbered and numbered[0].strip(".:–-)")[:1].isdigit())
    )
