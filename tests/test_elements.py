"""Rules on elements: what names say, what the guards hold, and what element rules must never take."""

from __future__ import annotations

import time

import pytest

from cleantext import Cleaner
from cleantext.find.elements import CONTENT, LITTLE, elements, kind
from cleantext.read.html import read_html
from cleantext.registry import STORY_HTML, rules

ELEMENT_RULES = [r.name for r in rules().values() if r.stage == "elements" and r.name != "page-headline"]
CLEANER = Cleaner(select=ELEMENT_RULES)
# Long enough for anything that is short beside it.
LONG = STORY_HTML + STORY_HTML.replace("bridge", "ferry") + STORY_HTML.replace("Tarn", "Lot")
NOTE = "<p>Ida Roe writes about rivers.</p>"


def removed(source: str) -> dict[str, str]:
    """The rules that take something, with the text they take."""
    result = CLEANER.clean(source, kind="html")
    assert not result.problems
    return {span.rule: span.text for span in result.removed}


def reasons(source: str) -> list[str]:
    return [span.reason for span in CLEANER.clean(source, kind="html").removed]


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ("<nav>", "menu: <nav>"),
        ("<div role=navigation>", "menu: role navigation"),
        ("<div role=' Navigation '>", "menu: role navigation"),
        ("<div class='x main-nav y'>", "menu: class main-nav"),
        ("<div id=mainNav>", "menu: id mainNav"),
        ("<div class='Nav_navWrapper__x9Kd2'>", "menu: class Nav_navWrapper__x9Kd2"),
        ("<div class='NavMenu-bXkwqT'>", "menu: class NavMenu-bXkwqT"),
        ("<div class='nav-menu-2'>", "menu: class nav-menu-2"),
        ("<div itemscope itemtype='https://schema.org/SiteNavigationElement'>", "menu: itemtype sitenavigationelement"),
        ("<div aria-label='Share this'>", "share bar: label “Share this”"),
        ("<div class='SITE-FOOTER'>", "footer: class SITE-FOOTER"),
        ("<div class='footer-inner-wrapper'>", "footer: class footer-inner-wrapper"),
        ("<div class='sidebar1'>", "sidebar: class sidebar1"),
    ],
)
def test_the_reason_names_what_was_seen(element: str, reason: str) -> None:
    tag = element[1:].split(" ")[0].rstrip(">")
    page = f"<article>{LONG}</article>{element}<a href=/>Home</a> <a href=/n>News</a></{tag}>"
    assert reasons(page) == [reason]


@pytest.mark.parametrize(
    "names",
    [
        "has-sidebar no-sidebar sidebar-visible layout-with-sidebar",
        "no-comments comments-open comment-theme has-comments",
        "elementor-widget elementor-widget-container",
        "menu-open has-footer cookies-not-set has-breadcrumbs",
        "author-ida-roe tag-newsletter category-navigation",
        "e1e566ad ad45 08ad adhesive shadow heading",
        "sharehouse navy footage relatedness",
    ],
)
def test_names_that_only_hold_a_word_say_nothing(names: str) -> None:
    for name in names.split():
        assert removed(f"<article>{LONG}<div class='{name}'>{NOTE}</div></article>") == {}, name
        assert removed(f"<div class='{name}'><article>{LONG}</article></div>") == {}, name


@pytest.mark.parametrize(
    "element",
    [
        "<aside>",
        "<nav>",
        "<footer>",
        "<header>",
        "<noscript>",
        "<div class=sidebar>",
        "<div class='main-menu'>",
        "<div class=modal>",
        "<div role=dialog>",
        "<div id=comments>",
        "<div class=newsletter>",
        "<div class=paywall>",
        "<div class='ad-wrapper'>",
        "<div class=share>",
        "<div class=related>",
        "<div class=toc>",
        "<div class=pagination>",
        "<div class=cookie-banner>",
        "<div class=tags>",
        "<div class='author-box'>",
        "<div class=copyright>",
        "<div role=search>",
        "<div class=login>",
        "<div class=signature>",
        "<table class='sticky-header'><tr><td>",
        "<main class=sidebar>",
        "<body class=modal>",
    ],
)
def test_what_holds_the_prose_of_a_page_is_not_claimed(element: str) -> None:
    for page in (f"{element}{LONG}", f"<p>Home</p>{element}{LONG}", f"{element}{STORY_HTML}"):
        assert removed(page) == {}


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_what_is_named_the_content_is_not_claimed(name: str) -> None:
    assert removed(f"{LONG}<div class='{name} footer related'>{NOTE}</div>") == {}


def test_what_holds_the_headline_is_not_claimed() -> None:
    header = "<header><a href=/>Tidewire</a><h1>Bridge opens</h1></header>"
    assert removed(f"<title>Bridge opens</title>{header}<article>{LONG}</article>") == {}
    named = header.replace("<h1>", "<h1 class=site-title>")
    assert removed(f"<title>Bridge opens</title>{named}<article>{LONG}</article>") == {}
    assert removed(f"<title>Ferry sold</title>{header}<article><h1>Ferry sold</h1>{LONG}</article>")


def test_the_header_of_an_article_keeps_its_introduction() -> None:
    intro = "<header><p>It took nine years and three mayors.</p></header>"
    for page in (
        f"<article>{intro}{LONG}</article>",
        f"<main>{intro}{LONG}</main>",
        f"<section>{intro}</section>{LONG}",
    ):
        assert removed(page) == {}
    assert removed(f"<div class='site-header entry-header'><p>It took nine years.</p></div>{LONG}") == {}


def test_a_footer_or_a_dialog_outside_the_content_may_hold_half_of_the_prose() -> None:
    for element in ("footer", "dialog"):
        furniture = f"<{element}>{STORY_HTML.replace('Tarn', 'Lot')}</{element}>"
        assert removed(f"<article>{STORY_HTML}</article>{furniture}")
        assert removed(f"<article>{STORY_HTML}{furniture}</article>") == {}
        assert removed(f"<p>Home</p>{furniture}") == {}
    assert removed(f"{STORY_HTML}<div class=footer>{STORY_HTML.replace('Tarn', 'Lot')}</div>") == {}


def test_what_is_only_called_a_header_has_to_stand_above_the_prose() -> None:
    header = "<div class=header>Tidewire</div>"
    assert removed(f"{header}{LONG}") == {"site-header": "Tidewire"}
    assert removed(f"{LONG}{header}") == {}
    assert removed(f"<article>{header}{LONG}</article>") == {}


def test_the_outermost_element_says_why() -> None:
    page = f"<article>{LONG}</article><footer><nav><a href=/>Home</a></nav><div class=social>Mail</div></footer>"
    assert reasons(page) == ["footer: <footer>"]


def test_a_group_that_is_not_selected_keeps_what_it_finds() -> None:
    page = f"<article>{LONG}</article><div class='related-posts'><a href=f>Ferry sold</a></div>"
    assert "Ferry sold" in Cleaner(ignore=["related", "body"]).clean(page, kind="html").text


def test_on_a_page_with_little_prose_only_what_is_certain_goes() -> None:
    cards = "<p>The new bridge over the Tarn carried its first cars on Monday, after nine years.</p>" * 2
    assert len(cards) < LITTLE
    page = f"<nav><a href=/>Home</a></nav><div class='related-posts'>Ferry sold</div>{cards}<aside>Rain</aside>"
    assert removed(page) == {"menu-element": "Home"}


def test_a_menu_of_dishes_stays() -> None:
    dishes = "<div class=menu><p>Soup of the day with bread</p><p>Trout with almonds</p></div>"
    assert removed(f"{LONG}{dishes}") == {}


def test_an_aside_among_paragraphs_stays() -> None:
    aside = "<aside><p>The Tarn is 381 km long.</p></aside>"
    assert removed(f"<article><p>It was Monday.</p>{aside}{LONG}</article>") == {}
    assert removed(f"<section><div>{LONG}</div>{aside}</section>") == {}
    assert removed(f"<div>{LONG}</div><aside class=quote><p>We had stopped hoping.</p></aside>") == {}


def test_quotations_keep_who_is_quoted() -> None:
    assert removed(f"{LONG}<blockquote><p>At last!</p><footer>A mason</footer></blockquote>") == {}


@pytest.mark.parametrize(
    "said",
    [
        '<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>',
        '<script type="application/ld+json">{"@type": "QAPage"}</script>',
        '<meta name=generator content="Discourse 3.2">',
        "<div itemscope itemtype='https://schema.org/QAPage'></div>",
    ],
)
def test_comments_are_the_content_of_a_forum(said: str) -> None:
    comments = f"<div id=comments><p>Tom Bly</p>{NOTE}</div>"
    article = f"<article>{LONG}{LONG.replace('Monday', 'Friday')}</article>"
    assert set(removed(f"{article}{comments}")) == {"comment-element"}
    assert removed(f"{said}{article}{comments}") == {}


def test_comments_far_longer_than_the_text_above_them_are_the_content() -> None:
    assert removed(f"<article>{STORY_HTML}</article><div class='comment-list'>{LONG}</div>") == {}
    short = f"<div class='comment-list'>{NOTE}</div>"
    assert removed(f"<article>{STORY_HTML}</article>{short}") == {"comment-element": "Ida Roe writes about rivers."}


def test_an_article_behind_a_wall_that_is_called_after_it_stays() -> None:
    assert removed(f"<article>{LONG}<div class=paywall>{NOTE}</div></article>") == {}


def test_contents_of_a_manual_are_its_page() -> None:
    entries = "".join(f"<li><a href=#{i}>11.{i}. Indexes and their uses</a></li>" for i in range(40))
    assert removed(f"{STORY_HTML}<div class=toc><ul>{entries}</ul></div>") == {}


def test_a_list_that_is_called_after_its_page_numbers_stays() -> None:
    items = "".join(f"<li><a href={i}>Bridge {i} on the Tarn</a></li>" for i in range(60))
    assert removed(f"{LONG}<div class='pagination-wrapper'><ul>{items}</ul></div>") == {}


def test_a_second_article_needs_a_headline_of_its_own() -> None:
    first = f"<title>Bridge opens</title><article><h1>Bridge opens</h1>{LONG}</article>"
    other = LONG.replace("Tarn", "Aude")
    assert set(removed(f"{first}<article><h1>Ferry sold</h1>{other}</article>")) == {"second-article"}
    assert removed(f"{first}<article><h2>Ferry sold</h2>{other}</article>") == {}
    assert removed(f"{first}<div><h1>Ferry sold</h1>{other}</div>") == {}
    boxes = first.replace("article", "div class=story", 1) + f"<div class=story><h1>Ferry sold</h1>{other}</div>"
    assert set(removed(boxes.replace("</article>", "</div>"))) == {"second-article"}
    assert removed(boxes.replace("</article>", "</div>").replace("div class=story><h1>F", "div class=box><h1>F")) == {}
    assert removed(f"<title>Ferry sold</title><article><h1>Bridge opens</h1>{LONG}</article>{first[27:]}") == {}


def test_a_list_of_articles_stays() -> None:
    posts = [f"<article><h1>Bridge {i}</h1>{LONG}</article>" for i in ("one", "two", "three")]
    assert removed(f"<title>Tidewire</title>{''.join(posts)}") == {}


def test_captions_go_only_when_asked_for() -> None:
    figure = "<figure><img src=b><figcaption>The bridge</figcaption></figure>"
    page = f"<meta property='og:type' content=article>{LONG}{figure}"
    assert removed(page)  # selected by name
    assert "The bridge" in Cleaner(ignore=["body"]).clean(page, kind="html").text
    assert removed(page.replace("The bridge</", "Figure 2: The bridge</")) == {}


def test_plain_text_has_no_elements() -> None:
    assert CLEANER.clean("nav\n\nfooter", kind="text").removed == ()


def test_what_attributes_hold_makes_nothing_fail() -> None:
    odd = "<div class id role aria-label itemtype>a</div><nav class='\u0130 \ud800 \x00' id=' ' role>b</nav>"
    assert removed(f"{LONG}{odd}<div class='{'nav-' * 5000}' aria-label='{'share ' * 5000}'>c</div>") == {
        "menu-element": "b"
    }


def test_a_kind_looks_at_whole_tokens_and_at_words_of_its_frame() -> None:
    ours = kind(names="quayside-box", keys="quay", frame="inner", exempt="quay-off")
    page = "".join(
        f"<div class='{name}'>text</div>"
        for name in (
            "quayside-box",
            "quay",
            "quay-inner",
            "inner",
            "quay-outside",
            "quayside",
            "quay quay-off",
            "QUAY__inner--2x",
        )
    )
    document = read_html(page)
    assert document.page is not None
    found = [document.page.attributes[e]["class"] for e in elements(document).of(ours)]
    assert [" ".join(names) if isinstance(names, list) else names for names in found] == [
        "quayside-box",
        "quay",
        "quay-inner",
    ]


def test_rules_take_no_longer_the_more_names_a_page_has() -> None:
    document = read_html("".join(f"<div class='a{i} b{i}-nav c-{i}' id=d{i}>text</div>" for i in range(20_000)))
    started = time.process_time()
    for name in ELEMENT_RULES:
        list(rules()[name].find(document))
    assert time.process_time() - started < 3
