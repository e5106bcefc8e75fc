"""Rules on elements: menus, header, footer and sidebar of the site, breadcrumbs, page numbers, contents."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import SURE
from cleantext.find.elements import (
    IN_ARTICLE,
    IN_FIGURE,
    IN_ITEM,
    IN_QUOTE,
    IN_SECTION,
    IN_TABLE,
    OUTSIDE,
    Place,
    claimed,
    kind,
)
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

MENU = kind(
    tags="nav",
    roles="navigation menu menubar directory",
    names="skip-links skip-link skiplink skip-to-content widget_nav_menu menu-toggle",
    keys="nav navs navbar navigation navi mainnav subnav topnav sidenav sitenav usernav footernav headernav mobilenav "
    "megamenu submenu submenus menubar mainmenu topmenu mobilemenu offcanvas hamburger menu menus",
    frame="header footer head foot sub mega dropdown drawer toggle toggler collapse collapsible hamburger level links "
    "link sticky fixed user utility social quick local side off canvas extra second third button buttons icon icons "
    "overlay wp hs elementor",
    exempt="menu-card food-menu restaurant-menu menu-price",
    types="sitenavigationelement",
)
# Characters of an element that is only called a menu without a link in 40 of them: restaurants have menus too.
LINKED = 40
HEADER = kind(
    tags="header",
    roles="banner",
    names="masthead site-header global-header main-header top-header topbar top-bar l-header page-header-wrapper "
    "siteheader globalheader mainheader pageheader header-main header-top header-bottom header-inner header-container "
    "header-wrapper header-wrap headerwrap header_wrap headerwrapper mobile-header desktop-header sticky-header "
    "elementor-location-header header site-branding site-title site-logo",
    types="wpheader",
    exempt="article-header entry-header post-header page-header section-header content-header story-header hero "
    "article__header entry__header post__header single-header blog-header blog-post-header",
)
FOOTER = kind(
    tags="footer",
    roles="contentinfo",
    names="colophon site-info siteinfo bottombar elementor-location-footer post-footer entry-footer article-footer",
    keys="footer footers sitefooter pagefooter mainfooter globalfooter prefooter subfooter footerwrapper",
    frame="nav navigation menu menus links link copyright copyrights legal social socials logo brand about address "
    "newsletter pre sub sticky fixed info heading title text",
    types="wpfooter",
)
SIDEBAR = kind(
    tags="aside",
    roles="complementary",
    names="p-body-sidebar",
    keys="sidebar sidebars aside asides rail rightrail leftrail sidecolumn sidebarcolumn",
    frame="sticky nav navigation menu related ad ads right left",
    types="wpsidebar",
    exempt="quote onebox callout note admonition alert tip warning infobox footnote footnotes "
    "footnote-list pullquote pull-quote sidenote content-sidebar-wrap "
    "recipe__ingredients recipe-ingredients ingredients",
)
BREADCRUMB = kind(
    keys="breadcrumb breadcrumbs crumb crumbs breadcrumblist",
    frame="nav navigation trail rank math yoast seo trails path header ast kadence ips p uk chakra",
    names="pathway you-are-here youarehere fil-ariane ariane breadcrumb-trail",
    labels=("breadcrumb", "breadcrumbs"),
    types="breadcrumblist",
)
PAGES = kind(
    names="nav-links page-numbers nav-previous nav-next post-navigation posts-navigation prev-next prevnext next-prev "
    "nextprev next-post prev-post previous-post wp-pagenavi pagenavi load-more loadmore post-nav",
    keys="pagination paginations pager paging pagenav",
    frame="nav navigation next prev previous links numbers number comments posts",
    labels=("pagination", "posts", "pagination navigation"),
)
CONTENTS = kind(
    names="table-of-contents tableofcontents table_of_contents table-of-content ez-toc-container lwptoc onthispage "
    "on-this-page in-this-article in-page-nav inpage-nav page-toc post-toc article-toc vector-toc bd-toc",
    keys="toc tableofcontents",
    frame="ez nav menu title links link sticky",
    labels=("table of contents", "on this page", "in this article"),
)
PAGES_CHARS = 400  # that page numbers may hold: what is longer is the text they stand in
QUOTED = IN_QUOTE | IN_FIGURE | IN_ITEM | IN_TABLE
CONTENTS_SHARE = 3  # how many times as long as a table of contents the prose of its page is


@rule(
    group="nav",
    stage="elements",
    reason="menu",
    examples=[
        f"⟦<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li></ul></nav>⟧<article>{STORY_HTML}</article>",
        f"⟦<div class='main-menu'><a href=/>Home</a> <a href=/n>News</a></div>⟧<article>{STORY_HTML}</article>",
        f"<article>{STORY_HTML}<ul class='menu'><li>Soup of the day with bread, four euros</li></ul></article>",
    ],
)
def menu_element(document: Document) -> Iterator[Finding]:
    """Menus, by tag, role or name.

    Removes: ``nav`` elements, the roles navigation, menu and menubar, elements that are called a menu ("main-nav",
    "mega-menu-wrapper") and hold a link in every 40 characters; skip links.

    Keeps: elements that are called a menu and hold no links, as those of restaurants do; a menu that holds a notable
    share of the page's prose.

    Source: the HTML and ARIA standards; names that public pages use most.
    """
    return claimed(document, MENU, _leads_away, outside=OUTSIDE, certain=True)


def _leads_away(place: Place) -> bool:
    page, element = place.page, place.element
    if page.tags[element] == "nav" or page.attributes[element].get("role"):
        return True
    links = sum(page.links[page.first[element] : page.last[element]])
    return links * LINKED >= place.chars


@rule(
    group="nav",
    stage="elements",
    reason="header of the site",
    examples=[
        f"<body>⟦<header><p>Tidewire</p><p>News from the coast</p></header>⟧<article>{STORY_HTML}</article></body>",
        f"<body><article><header><p>It took nine years and three mayors.</p></header>{STORY_HTML}</article></body>",
    ],
)
def site_header(document: Document) -> Iterator[Finding]:
    """The header of the site.

    Removes: a ``header`` element, role banner, or an element above all prose that is called like a site's
    header.

    Keeps: headers in an article, a section or a list, where the introduction may stand; a header with the headline in
    it; headers of articles and pages by name; one with most of the page's prose.

    Source: the HTML and ARIA standards; names that public pages use most.
    """
    return claimed(document, HEADER, _above, outside=OUTSIDE)


def _above(place: Place) -> bool:
    """Whether a header stands outside the content, and above it if only its name says what it is."""
    page, element = place.page, place.element
    named = page.tags[element] != "header" and not page.attributes[element].get("role")
    return not place.within and not (named and place.before)


@rule(
    group="nav",
    stage="elements",
    reason="footer",
    examples=[
        f"<body><article>{STORY_HTML}</article>⟦<footer><p>Tidewire, 1 Quay Street</p></footer>⟧</body>",
        f"<body><article>{STORY_HTML}<blockquote><p>We had stopped hoping for it, all of us.</p><footer>A mason from "
        "the town</footer></blockquote></article></body>",
    ],
)
def site_footer(document: Document) -> Iterator[Finding]:
    """The footer of the site, and that of an article.

    Removes: a ``footer`` element, role contentinfo, or an element called a footer.

    Keeps: the footer of a quotation, which says who is quoted; one with most of the page's prose, and in the content
    or by name only one with a notable share of it.

    Source: the HTML and ARIA standards; names that public pages use most.
    """
    return claimed(document, FOOTER, lambda place: not place.within & QUOTED, outside=OUTSIDE)


@rule(
    group="nav",
    stage="elements",
    reason="sidebar",
    examples=[
        f"<main><article>{STORY_HTML}</article></main>⟦<aside><h3>Weather</h3><p>Rain, 11 degrees</p></aside>⟧",
        f"<article><p>It was a Monday.</p><aside><p>The Tarn is 381 km long.</p></aside>{STORY_HTML}</article>",
    ],
)
def sidebar_element(document: Document) -> Iterator[Finding]:
    """What stands beside the content.

    Removes: an ``aside`` element, role complementary, or an element called a sidebar.

    Keeps: an aside among paragraphs, and one that is called a quotation, a note or the like; a sidebar that holds a
    notable share of the page's prose, for themes call the content's column so.

    Source: the HTML and ARIA standards; names that public pages use most.
    """
    return claimed(document, SIDEBAR, _beside)


def _beside(place: Place) -> bool:
    """Whether no paragraph of the same parent stands near; in an article or a section also whether it leads away."""
    page, element = place.page, place.element
    if place.within & (IN_QUOTE | IN_ITEM):
        return False
    if page.tags[element] == "aside" and place.within & (IN_ARTICLE | IN_SECTION) and not _has_links(place):
        return False
    parent, first, last = page.parents[element], page.first[element], page.last[element]
    near = [*range(max(0, first - 3), first), *range(last, min(last + 3, len(page.owners)))]
    return not any(page.tags[page.owners[i]] == "p" and page.parents[page.owners[i]] == parent for i in near)


@rule(
    group="nav",
    stage="elements",
    reason="breadcrumb",
    examples=[
        f"⟦<div class='breadcrumbs'><a href=/>Home</a> <a href=/n>News</a></div>⟧<article>{STORY_HTML}</article>",
        f"<div class='has-breadcrumbs'><article>{STORY_HTML}</article></div>",
    ],
)
def breadcrumb_element(document: Document) -> Iterator[Finding]:
    """The trail that says where on the site a page is.

    Removes: an element called a breadcrumb, labelled so, or of the type BreadcrumbList.

    Keeps: the headline, where a theme sets it into that element.

    Source: schema.org; names that public pages use most.
    """
    return claimed(document, BREADCRUMB, lambda place: place.chars <= PAGES_CHARS)


@rule(
    group="nav",
    stage="elements",
    reason="page numbers",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div class='pagination'><a href=2>2</a> <a href=3>3</a></div>⟧",
        f"<div class='pagination-wrapper'><article>{STORY_HTML}</article></div>",
    ],
)
def pagination_element(document: Document) -> Iterator[Finding]:
    """Page numbers, and links to the page before and the one after.

    Removes: an element called pagination, a pager or the like, of up to 400 characters.

    Keeps: longer ones, which hold the list that they page.

    Source: names that public pages use most.
    """
    return claimed(document, PAGES, lambda place: place.chars <= PAGES_CHARS)


@rule(
    group="nav",
    stage="elements",
    reason="table of contents",
    examples=[
        f"<article>⟦<div class='toc'><a href=#a>What it cost</a> <a href=#b>Who came</a></div>⟧{STORY_HTML}</article>",
        f"<article>{STORY_HTML}<div class='toc'><p>What it cost, and who came.</p></div></article>",
    ],
)
def contents_table(document: Document) -> Iterator[Finding]:
    """A table of contents.

    Removes: an element called a table of contents in which a link stands for every 100 characters, and which is a
    third as long as the prose of the page at most.

    Keeps: sections of a text that are called so and hold the text; the contents of a manual, which are all of a page.

    Source: names that public pages and plugins for tables of contents use most.
    """
    return claimed(document, CONTENTS, _lists_headings)


def _lists_headings(place: Place) -> bool:
    return _has_links(place) and not place.prose and CONTENTS_SHARE * place.chars <= place.whole


def _has_links(place: Place) -> bool:
    """Whether a link stands for every 100 characters."""
    page, element = place.page, place.element
    return 100 * sum(page.links[page.first[element] : page.last[element]]) >= place.chars


@rule(
    group="nav",
    stage="elements",
    reason="link of a heading to itself",
    examples=[
        f"<article>{STORY_HTML}<h2>Cost⟦<a href='#cost'>¶</a>⟧</h2>{STORY_HTML.replace('bridge', 'quay')}</article>",
        f"<article>{STORY_HTML}<h2>Cost in <a href='#usd'>$</a></h2>{STORY_HTML.replace('bridge', 'quay')}</article>",
    ],
)
def heading_permalink(document: Document) -> Iterator[Finding]:
    """The sign in a heading that leads to the heading itself, as documentation has it.

    Removes: a link in a heading that shows only a pilcrow, a number sign, a section sign, a chain or nothing.

    Keeps: any other link in a heading.

    Source: the signs that Sphinx, Docusaurus, MkDocs and GitHub use.
    """
    page = document.page
    # Other links are part of the line they stand in.
    for index, owner in enumerate(page.owners) if page is not None and "a" in page.tags else ():
        if page is not None and page.tags[owner] == "a":
            yield Finding(document.starts[index], document.ends[index], "", SURE)
