"""Rules on elements: boxes that lead to other articles, the article after this one, boxes about the author."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY
from cleantext.find.elements import claimed, elements, kind
from cleantext.page import Page
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

RELATED = kind(
    keys="related relatedposts relatedarticles relatedcontent recommended recommendations recommendation recirc "
    "recirculation mostread mostpopular mostviewed yarpp outbrain taboola zergnet revcontent upsells upsell "
    "crosssell",
    frame="popular post posts article articles story stories news content link links topic topics products product "
    "videos video reading read most more for you viewed title heading header footer cards carousel slider swiper feed "
    "sidebar ob smartfeed wp rp pages now stream inline jp blog resources",
    names="most-read most-popular most-viewed read-next readnext up-next more-from more-stories more-articles "
    "more-news more-posts also-read read-also you-may-also-like you-might-also-like you-may-like latest-news "
    "latest-posts latest-articles recent-posts recent-articles recent-news recent-stories widget_recent_entries "
    "widget_recent_comments further-reading next-article onward trc_related_container ob-widget rc-widget "
    "yarpp-related next-story editors-picks top-stories more-topics__list popular-posts similar-articles similar-posts "
    "similar-products popular-articles trending-now trending-posts "
    "trending-stories trending-news trending-articles related-topics suggested-articles suggested-posts",
)
AUTHOR = kind(
    names="author-box authorbox author-bio authorbio author-info about-author about-the-author author-card "
    "author-profile author-description author-block post-author-box author-details author-about author_box author_bio "
    "post-author-bio author-bio-box saboxplugin-wrap pp-multiple-authors-boxes-wrapper m-a-box abh_box "
    "article-author-bio author-section author-area entry-author-box elementor-author-box author__bio "
    "author-bio__content td-author-box author-box-wrap author-wrap contributor-bio author__biography "
    "author-biography author-summary",
)
AUTHOR_CHARS = 2500  # of the longest box
# Prose of an article that stands after another one on the same page, in code points.
ANOTHER = 600


@rule(
    group="related",
    stage="elements",
    reason="box of other articles",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div class='related-posts'><a href=f>Ferry sold</a></div>⟧",
        f"<div class='has-related-posts'><article>{STORY_HTML}</article></div>",
    ],
)
def related_element(document: Document) -> Iterator[Finding]:
    """Boxes that lead to other articles.

    Removes: an element called related, recommended, most read, more from or the like.

    Keeps: one that holds a notable share of the page's prose; lists on pages with little prose, which are the content.

    Source: names that public pages, plugins and widgets of recommendation services use most.
    """
    return claimed(document, RELATED)


@rule(
    group="related",
    stage="elements",
    reason="box about the author",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div class='author-box'><p>Ida Roe writes about rivers.</p></div>⟧",
        f"<article class='author-ida-roe'>{STORY_HTML}</article>",
    ],
)
def author_box(document: Document) -> Iterator[Finding]:
    """Boxes about the author of an article.

    Removes: an element called an author box, a bio or the like, of up to 2,500 characters. Such a box is the same below
    every article of its author and leads to the others, so that it is not a byline, which many want to keep.

    Keeps: names in which an author's own name stands; one that holds a notable share of the page's prose.

    Source: names that public pages and plugins use most.
    """
    return claimed(document, AUTHOR, lambda place: place.chars <= AUTHOR_CHARS)


@rule(
    group="related",
    stage="elements",
    reason="another article",
    examples=[
        f"<title>Bridge opens</title><article>⟦<h1>Bridge opens</h1>⟧{STORY_HTML * 2}</article>"
        f"⟦<article><h1>Ferry sold</h1>{STORY_HTML.replace('bridge', 'ferry')}{STORY_HTML}</article>⟧",
        f"<article><h2>Bridge opens</h2>{STORY_HTML}</article><article><h2>Ferry sold</h2>{STORY_HTML}</article>",
    ],
)
def second_article(document: Document) -> Iterator[Finding]:
    """Articles that a page loads below its own.

    Removes: an element with an h1 and 600 characters of prose beside one like it whose h1 is what the page calls
    itself: both ``article``, or both of the same tag and class.

    Keeps: lists of articles and posts of a thread, of which none has the title of the page as an h1.

    Source: news sites with endless scrolling.
    """
    page = document.page
    if page is None or page.tags.count("h1") < 2:
        return
    said = set((page.facts.metas.get("og:title") or page.facts.title).lower().split())
    heads = [e for e, tag in enumerate(page.tags) if tag == "h1" and page.first[e] < page.last[e]]
    own = next((e for e in heads if _names(said, document.texts[page.first[e]])), None)
    if own is None:
        return
    prose = elements(document).prose
    mine = {page.parents[e]: e for e in _path(page, own)}  # by what it stands in
    covered = page.last[own]
    for head in heads:
        title = document.texts[page.first[head]]
        if page.first[head] < covered or _names(said, title):
            continue
        other = next(e for e in _path(page, head) if page.parents[e] in mine)
        one = mine[page.parents[other]]
        first, last = page.first[other], page.last[other]
        long = min(prose[last] - prose[first], prose[page.last[one]] - prose[page.first[one]]) >= ANOTHER
        if long and one != other and _alike(page, one, other):
            covered = last
            yield Finding(document.starts[first], document.ends[last - 1], f"headed “{title[:60]}”", LIKELY)


def _names(said: set[str], head: str) -> bool:
    """Whether most words of a heading are among those that the page calls itself by."""
    words = head.lower().split()
    return len(words) < 2 * sum(w in said for w in words)


def _path(page: Page, element: int) -> Iterator[int]:
    """An element and those around it, the innermost first, without the root."""
    while element:
        yield element
        element = page.parents[element]


def _alike(page: Page, one: int, other: int) -> bool:
    """Whether two elements are both articles, or of the same tag and class."""
    tag, classes = page.tags[one], page.attributes[one].get("class")
    if tag != page.tags[other]:
        return False
    return tag == "article" or bool(classes and classes == page.attributes[other].get("class"))
