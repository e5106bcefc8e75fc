"""HTML: what is read, what goes, where it stood, and what comes out."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup

from cleantext import Cleaner, Result, clean
from cleantext.read.html import is_html, read_html
from cleantext.registry import STORY_HTML

STORY = (
    "<p>The new bridge over the Tarn carried its first cars on Monday, nine years after the council voted for it and "
    "four years after it was due.</p>\n<p>Drivers had queued since dawn. Some had brought flags, and one had brought "
    "the ribbon that was cut when work began. It was green then &amp; had faded to grey.</p>\n"
)
PAGE = (
    "<!DOCTYPE html>\n<html lang=en><head><title>Bridge opens | Tidewire</title><style>p{}</style></head><body>\n"
    "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></nav>\n"
    f"<main><article><h1>Bridge opens</h1>\n{STORY}</article></main>\n"
    "<footer><p>&copy; 2024 Tidewire. <a href=/p>Privacy policy</a></p></footer><script>go()</script></body></html>"
)


def blocks(source: str) -> list[str]:
    return list(read_html(source).texts)


def ink(text: str) -> str:
    return "".join(text.split())


def visible(source: str) -> str:
    return ink("".join(blocks(source)))


def check(result: Result) -> None:
    """What holds for every page: spans in order, and all that is visible either kept or in one of them."""
    at = 0
    for span in result.removed:
        assert at <= span.start <= span.end <= len(result.source)
        at = span.end
    assert sorted(ink(visible(result.source))) == sorted(
        ink("".join(s.text for s in result.removed) + without_marks(result))
    )


def without_marks(result: Result) -> str:
    """The kept blocks, without the hyphens, numbers and bars that show lists and tables."""
    return "".join(result.text[k.at : k.until] for k in result.kept)


def test_blocks_are_what_a_reader_sees_as_lines() -> None:
    assert blocks("<p>One <b>two</b>\n three<p>four<br>five<div>six <span>seven</span></div>eight") == [
        "One two three",
        "four",
        "five",
        "six seven",
        "eight",
    ]


def test_no_text_are_scripts_styles_templates_comments_and_drawings() -> None:
    source = "<p>a<script>b</script><style>c</style><template>d</template><!--e--><svg><text>f</text></svg>g</p>"
    assert blocks(source) == ["ag"]


def test_what_a_script_may_show_is_text() -> None:
    source = "<p hidden>a</p><p style='display: none'>b</p><p aria-hidden=true>c</p><noscript><p>d</p></noscript>"
    assert blocks(source) == ["a", "b", "c", "d"]


def test_a_shadow_root_is_text() -> None:
    assert blocks("<div><template shadowrootmode=open><p>in the shadow</p></template></div>") == ["in the shadow"]


def test_code_keeps_its_lines() -> None:
    assert blocks("<pre><code>if a:\n    b\n</code></pre>") == ["if a:\n    b"]


def test_page() -> None:
    result = clean(PAGE)
    assert result.kind == "html"
    assert result.title == "Bridge opens"
    assert result.text.startswith("The new bridge over the Tarn")
    assert result.text.endswith("green then & had faded to grey.\n")
    check(result)
    first, *_, last = result.removed
    assert result.source[first.start : first.end].startswith("<nav>")
    assert result.source[first.start : first.end].endswith("</nav>")
    assert first.text == "Home\nNews\nSport"
    assert result.source[last.start : last.end].startswith("<footer>")


def test_kept_aligns_the_text_with_the_source() -> None:
    result = clean(PAGE)
    shown = [(result.source[k.start : k.end], result.text[k.at : k.until]) for k in result.kept]
    assert [text for _, text in shown] == result.text.strip().split("\n\n")
    assert shown[1][0].endswith("It was green then &amp; had faded to grey.")


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_offsets_hold_for_every_newline_style(newline: str) -> None:
    result = clean(PAGE.replace("\n", newline))
    check(result)
    assert result.source[result.removed[0].start : result.removed[0].end].startswith("<nav>")
    assert result.source[result.kept[0].start :].startswith("The new bridge")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<",
        "<p>",
        "plain text, no element at all",
        "<table><tr><td>a</td>foo</tr>bar</table>baz",
        "<p>a<b>c<p>d</b>e",
        "a</div></p>b<td>c</table>",
        "<p \ud800=1>lone \udfff surrogates</p>",
        "<div>" * 100_000 + "deep",
        "<p>" + "".join(f"a{i}=b " for i in range(100_000)),
        "<p " + " ".join(f"a{i}=b" for i in range(100_000)) + ">text</p>",
        "<li>" * 5000 + "x",
        "<b><i><u>" * 3000 + "misnested" + "</b></i>" * 3000,
        "<table>" * 2000 + "text",
        "<pre>\n\n  code\n\n</pre><textarea>\n text </textarea>",
        "<p>nul \x00 and \ufeff mark</p>\ufeff",
        "<a href=x><div>block in a link</div></a>",
        "<template><p>no text</p></template>",
        "<frameset><frame></frameset>",
    ],
    ids=lambda s: s[:24],
)
def test_broken_markup_is_read_whole(source: str) -> None:
    check(clean(source, kind="html"))
    check(Cleaner(ignore=["body"]).clean(source, kind="html"))


def test_ten_megabytes_of_one_text_node() -> None:
    check(clean("<p>" + "word " * 2_000_000, kind="html"))


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (PAGE, True),
        ("\ufeff \n<html><p>a</p>", True),
        ("<!-- saved --><div>a</div>", True),
        ("<b>Bold</b> text that begins with an element", False),
        ("<https://example.org> is a link in a text", False),
        ("A text that mentions <p> and </p>.", False),
        ("<p> is the element of a paragraph", False),
        ("", False),
    ],
)
def test_html_is_told_from_text(source: str, html: bool) -> None:
    assert is_html(source) is html
    assert clean(source).kind == ("html" if html else "text")


def test_shape_of_lists_tables_code_and_headings() -> None:
    source = (
        f"<article>{STORY}<h2>What it cost</h2><p>The council has published what was paid for it, and to whom.</p>"
        "<ul><li>Steel: four million</li><li>Stone<ul><li>granite</li></ul></li></ul>"
        "<ol start=3><li>three</li><li>four</li></ol>"
        "<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2024</td><td>1,204</td></tr></table>"
        "<pre>a = 1\n  b = 2</pre><p>one line<br>another line</p></article>"
    )
    text = Cleaner(ignore=["body"]).clean(source, kind="html").text
    assert text.split("\n\n", 2)[2] == (
        "What it cost\n\nThe council has published what was paid for it, and to whom.\n\n"
        "- Steel: four million\n- Stone\n  - granite\n\n3. three\n4. four\n\n"
        "Year | Cars\n2024 | 1,204\n\n```\na = 1\n  b = 2\n```\n\none line\nanother line\n"
    )


def test_items_with_several_paragraphs_are_these_paragraphs() -> None:
    source = "<ul><li><h3>Title</h3><p>Text of it.</p></li><li><h3>Other</h3><p>Its text.</p></li></ul>"
    assert Cleaner(ignore=["body"]).clean(source, kind="html").text == "Title\n\nText of it.\n\nOther\n\nIts text.\n"


def test_markdown() -> None:
    source = (
        f"<article>{STORY}<h2>What it *cost*</h2><blockquote><p>We paid it.</p><p>All of it.</p></blockquote>"
        "<ul><li>Steel_works and _more_</li><li>Stone<ul><li>granite</li></ul></li></ul><ol><li>one</li></ol>"
        "<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2024</td><td>1|204</td></tr></table>"
        "<pre class='language-python'>a = '```'\n  b = 2</pre><p>1. no item<br># no heading</p></article>"
    )
    result = Cleaner(ignore=["body"]).clean(source, kind="html")
    assert result.markdown.split("\n\n", 2)[2] == (
        "## What it \\*cost\\*\n\n> We paid it.\n\n> All of it.\n\n"
        "- Steel_works and \\_more\\_\n- Stone\n  - granite\n\n1. one\n\n"
        "| Year | Cars |\n| --- | --- |\n| 2024 | 1\\|204 |\n\n"
        "````python\na = '```'\n  b = 2\n````\n\n1\\. no item  \n\\# no heading\n"
    )
    assert clean("plain * text").markdown == "plain * text"


def test_a_result_can_be_pickled_and_sent_elsewhere() -> None:
    result = clean(PAGE)
    other = pickle.loads(pickle.dumps(result))
    assert other == result
    assert (other.kept, other.markdown) == (result.kept, result.markdown)


def test_own_rules_pick_elements_by_selector() -> None:
    page = PAGE.replace("</article>", "<div class=pitch><p>Ida Roe sells maps.</p></div></article>")
    rule = {"name": "house-pitch", "elements": ["div.pitch"], "reason": "sells maps", "group": "promo"}
    with pytest.raises(ValueError, match="unknown group 'promo'"):
        Cleaner(rules=[rule])
    result = Cleaner(rules=[{**rule, "group": "ad"}]).clean(page)
    (span,) = result.by_rule()["house-pitch"]
    assert span.reason == "sells maps: selected by “div.pitch”"
    assert result.source[span.start : span.end] == "<div class=pitch><p>Ida Roe sells maps.</p></div>"
    check(result)


def test_an_inline_element_is_picked_where_it_is_a_whole_block() -> None:
    page = f"<article>{STORY}<p><i>Ida Roe</i></p><p>By <i>Ida Roe</i></p></article>"
    rules = [{"name": "house-names", "elements": "i"}]
    assert clean(page, rules=rules, ignore="body").text.endswith("\n\nBy Ida Roe\n")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"name": "x", "elements": "div["}, "rule 'x': invalid CSS selector \"div\\[\""),
        ({"name": "x", "elements": "div", "lines": "x"}, "needs 'lines' or 'elements', and not both"),
        ({"name": "x"}, "needs 'lines' or 'elements', and not both"),
    ],
)
def test_wrong_own_rules(table: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Cleaner(rules=[table])


def test_selectors_for_a_site() -> None:
    sites = {"example.org": {"remove": "article p:first-of-type", "keep": ["nav li:nth-child(2)"]}}
    cleaner = pickle.loads(pickle.dumps(Cleaner(sites=sites)))
    assert cleaner.clean(PAGE).text == clean(PAGE).text
    for result in (
        cleaner.clean(PAGE, url="https://www.example.org/n/1"),
        cleaner.clean(PAGE.replace("<style>", "<link rel=canonical href=https://example.org/n/1><style>")),
    ):
        assert result.text.startswith("- News\n\nDrivers had queued")
        (span,) = result.by_rule()["site-selector"]
        assert span.text.startswith("The new bridge")
        check(result)
    assert cleaner.clean(PAGE, url="https://notexample.org").text == clean(PAGE).text
    assert cleaner.clean(PAGE, url="http://[broken").text == clean(PAGE).text


@pytest.mark.parametrize(
    ("sites", "error", "message"),
    [
        (
            {"example.org": {"remvoe": "p"}},
            ValueError,
            "unknown key 'remvoe' in site 'example.org'; did you mean 'rem",
        ),
        ({"example.org": {"keep": "p["}}, ValueError, "site 'example.org': invalid CSS selector"),
        (["example.org"], TypeError, "sites takes a table of hosts, not list"),
        ({"example.org": "p"}, TypeError, "sites: 'example.org' takes a table"),
    ],
)
def test_wrong_sites(sites: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Cleaner(sites=sites)


@pytest.mark.parametrize(
    ("head", "headlines", "title"),
    [
        (
            "<title>Bridge opens at last | Tidewire</title>",
            ["Tidewire", "Bridge opens at last"],
            "Bridge opens at last",
        ),
        ("<title>Bridge opens</title>", ["Weather"], "Bridge opens"),
        ("", ["Weather", "Bridge opens"], "Weather"),
        ("<title>Tidewire</title><meta property=og:title content='Bridge opens'>", [], "Bridge opens"),
        ("", [], None),
    ],
)
def test_the_title_is_the_headline_that_the_page_calls_itself(
    head: str, headlines: list[str], title: str | None
) -> None:
    body = "".join(f"<h1>{headline}</h1>" for headline in headlines)
    assert clean(f"<html><head>{head}</head><body>{body}{STORY}</body></html>").title == title


def test_code_that_begins_with_a_tab_stops_no_rule() -> None:
    result = clean(f"<body><article>{STORY_HTML}<pre>\t// Find Your Number\n</pre>{STORY_HTML}</article></body>")
    assert "// Find Your Number" in result.text
    assert result.problems == ()


def shown(markup: str) -> Result:
    """The result for an article with `markup` between two paragraphs, nothing of it taken by the score."""
    return Cleaner(ignore=["body"]).clean(f"<article>{STORY_HTML}{markup}{STORY_HTML}</article>", kind="html")


def between(text: str) -> str:
    """What stands between the two paragraphs of `shown`."""
    return text.split("\n\n", 2)[2].rsplit("\n\n", 2)[0]


@pytest.mark.parametrize(
    ("table", "text", "markdown"),
    [
        (
            "<tr><th>Year<th>Gold<th>Silver</tr><tr><td>2001</td><td></td><td>7</td></tr>",
            "Year | Gold | Silver\n2001 | | 7",
            "| Year | Gold | Silver |\n| --- | --- | --- |\n| 2001 |  | 7 |",
        ),
        (
            "<thead><tr><td><th>Gold<th>Silver</thead><tbody><tr><th>2001<td>3<td>7</tbody>",
            "| Gold | Silver\n2001 | 3 | 7",
            "|  | Gold | Silver |\n| --- | --- | --- |\n| 2001 | 3 | 7 |",
        ),
        (
            "<tr><td rowspan=2>2001<td>3<td>4</tr><tr><td>5<td>6</tr><tr><td colspan=2>2002<td>8</tr>",
            "2001 | 3 | 4\n| 5 | 6\n2002 | | 8",
            "| 2001 | 3 | 4 |\n| --- | --- | --- |\n|  | 5 | 6 |\n| 2002 |  | 8 |",
        ),
        ("<tr><td>a<td>b</tr><tr><td>c</tr>", "a | b\nc", "| a | b |\n| --- | --- |\n| c |  |"),
    ],
)
def test_cells_stand_in_their_columns(table: str, text: str, markdown: str) -> None:
    result = shown(f"<table>{table}</table>")
    assert between(result.text) == text
    assert between(result.markdown) == markdown


def test_a_table_of_layout_is_paragraphs() -> None:
    result = shown("<table><tr><td>" + "<p>One duck.</p>" * 4 + "<td>Two ducks.</table>")
    assert between(result.text) == "One duck.\n\nOne duck.\n\nOne duck.\n\nOne duck.\n\nTwo ducks."


def test_lines_of_different_paragraphs_stay_apart() -> None:
    cleaner = Cleaner(ignore=["body"], rules=[{"name": "no-chorus", "lines": ["^Chorus"], "reason": "the chorus"}])
    verses = (
        "<p>Verse one, the sea is wide<br>and long</p><p>Chorus<br>the second line</p><p>Verse<br>Chorus<br>end</p>"
    )
    result = cleaner.clean(f"<article>{STORY_HTML}{verses}{STORY_HTML}</article>", kind="html")
    assert between(result.text) == "Verse one, the sea is wide\nand long\n\nthe second line\n\nVerse\nend"


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<p>&amp;copy; &amp; ~~ten~~ __init__ a_b 5*3</p>", r"\&copy; & \~\~ten\~\~ \_\_init\_\_ a_b 5\*3"),
        ("<p>a | b<br>--- | ---<br>c | d</p>", "a | b  \n--- \\| ---  \nc | d"),
        ("<ol start=10><li>ten<ul><li>sub</ul><li>eleven</ol>", "10. ten\n    - sub\n11. eleven"),
        ("<ol><li>one</ol><ol><li>uno<li value=5>cinque</ol>", "1. one\n\n1) uno\n5) cinque"),
        ("<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>", "- a\n\n* b\n\n- c"),
    ],
)
def test_markdown_says_what_the_page_shows(markup: str, markdown: str) -> None:
    assert between(shown(markup).markdown) == markdown


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("<html lang=en><p>One<p>Two", True),
        ("<!-- a --><body>x", True),
        ("<main>x</main>", True),
        ("<pre>x</pre>", True),
        ("<div>x", False),
        ("<p> is the tag of a paragraph", False),
        ("<3 is a heart", False),
        ("The <html> tag", False),
    ],
)
def test_html_is_told_by_how_it_begins(source: str, page: bool) -> None:
    assert is_html(source) is page


def test_a_headline_may_be_an_h2() -> None:
    page = "<title>Bridge opens | Tidewire</title><article><h2>Bridge opens</h2>{}<h2>Bridge opens</h2>{}</article>"
    result = Cleaner(ignore=["body"]).clean(page.format(STORY_HTML, STORY_HTML), kind="html")
    assert result.title == "Bridge opens"
    assert result.text.count("Bridge opens") == 1


@pytest.mark.parametrize("host", ["http://example.org/", "*.example.org", "example.org/", "example.org:8080", ""])
def test_a_host_that_never_matches_is_an_error(host: str) -> None:
    with pytest.raises(ValueError, match="is no host"):
        Cleaner(sites={host: {"remove": ["p"]}})


@pytest.mark.parametrize(
    "url", ["https://www.example.org/a", "www.example.org/a", "//example.org", "EXAMPLE.org:8080/x"]
)
def test_a_site_is_told_by_the_address(url: str) -> None:
    cleaner = Cleaner(ignore=["body"], sites={"example.org": {"remove": ["p.shop"]}})
    page = "<main><p>Ducks swim.</p><p class=shop>Maps for sale.</p></main>"
    assert cleaner.clean(page, kind="html", url=url).text == "Ducks swim.\n"
    assert "Maps" in cleaner.clean(page, kind="html", url="https://example.com").text


def test_an_address_is_a_str() -> None:
    with pytest.raises(TypeError, match="url takes a str"):
        clean("<p>Ducks swim.</p>", url=5)  # type: ignore[arg-type]


@pytest.mark.parametrize("filler", ["--><!--", "<!--", "--> <!-- ", "<?xml ?>"])
def test_telling_html_takes_no_longer_than_reading_it(filler: str) -> None:
    source = "<!--" + filler * 5000 + "--> x"
    started = time.process_time()
    is_html(source)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>c<td>d</tr></table>",
        "<p>a b</p>",
        "a</br>",
        "Leave a Reply</br>word</br>",
        "<li><div>a</div><div>b</div>",
    ],
)
def test_four_times_the_page_takes_no_more_than_eight_times_as_long(markup: str) -> None:
    def seconds(times: int) -> float:
        source = f"<body><main>{STORY_HTML}{markup * times}</main></body>"
        spent = []
        for _ in range(2):
            started = time.process_time()
            assert clean(source, kind="html").kept
            spent.append(time.process_time() - started)
        return min(spent)

    assert seconds(4000) < 8 * seconds(1000)


def test_one_line_of_code_takes_nothing_of_it_along() -> None:
    code = "for x in range(3):\n    print(x)\nLeave a Reply\nos.exit()"
    poem = "Leave a Reply\n\nThe river rose in the night and took the ferry,\nAnd nobody in the town had seen it go."
    for text in (code, poem):
        result = shown(f"<pre>{text}</pre>")
        assert between(result.markdown) == f"```\n{text}\n```"
        assert clean(result.text, kind="text").text == result.text


def test_elements_that_hold_the_prose_together_stay() -> None:
    words = "Lot Aude Tarn Orb Agly Tet Tech Cher Loir Maine".split()
    for opening in ("<div class=popup>", "<aside>", "<footer>", "<div class=related-content>"):
        closing = f"</{opening[1:].split()[0].rstrip('>')}>"
        pieces = "".join(f"{opening}<h3>{word}</h3><p>{STORY.replace('Tarn', word)}</p>{closing}" for word in words)
        assert clean(f"<body>{pieces}</body>", kind="html").text.count("first cars on Monday") == len(words)


def test_the_level_named_asks_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.score.model", None)
    for cleaner in (Cleaner(level="named"), Cleaner(ignore=["body"])):
        assert cleaner.clean(f"<main>{STORY_HTML}</main>").problems == ()


def test_a_group_does_not_choose_the_level() -> None:
    assert "body-strict" not in {r.name for r in Cleaner(extend_select=["body"]).rules}
    assert "body-strict" not in {r.name for r in Cleaner(extend_select=["all"]).rules}
    assert "body-strict" in {r.name for r in Cleaner(extend_select=["body-strict"]).rules}
    assert "body-score" not in {r.name for r in Cleaner(level="strict").rules}


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<h1>Mayor opens bridge<br>after nine years</h1>", "Mayor opens bridge after nine years"),
        ("<svg><title>Search</title></svg><h1>Bridge opens</h1>", "Bridge opens"),
        ("<title>Fire in the harbour</title><h1>The Daily</h1><h2>Fire in the harbour</h2>", "Fire in the harbour"),
    ],
)
def test_the_title_is_the_headline(head: str, title: str) -> None:
    result = Cleaner(ignore=["body"]).clean(f"<body>{head}<article>{STORY_HTML}{STORY_HTML}</article>", kind="html")
    assert result.title == title
    assert title not in result.text
    assert "after nine years" not in result.text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>吾輩は<ruby><rb>猫</rb><rp>(</rp><rt>ねこ</rt></ruby>である</p>", "吾輩は猫ねこである"),
        ("<p>in <st1:place>London</st1:place> and <x-tip>there</x-tip></p>", "in London and there"),
        ("<p>a <label>b</label> <button>c</button></p>", "a b c"),
        ("<h2><a href=#x><span>The section</span> #</a></h2>", "The section #"),
        ("<h2>The section <a href=#x>#</a></h2>", "The section"),
    ],
)
def test_what_stands_in_a_line_stays_in_it(markup: str, text: str) -> None:
    assert between(shown(markup).text) == text


def test_names_of_any_length_stop_no_rule() -> None:
    result = clean(f"<body><div class='{'nav-' * 100}zzz'><a href=x>b</a></div><main>{STORY_HTML}</main></body>")
    assert result.problems == ()


def test_the_language_of_code_may_stand_on_the_code() -> None:
    page = (
        f"<article>{STORY_HTML}<pre><code class='hljs language-python'>a = 1\nb = 2</code></pre>{STORY_HTML}</article>"
    )
    for source in (page, BeautifulSoup(page, "html.parser")):
        assert between(Cleaner(ignore=["body"]).clean(source, kind="html").markdown) == "```python\na = 1\nb = 2\n```"


def test_a_selector_that_a_tree_does_not_know_is_a_problem() -> None:
    cleaner = Cleaner(sites={"example.org": {"remove": ["p:modal"]}})
    page = f"<link rel=canonical href=https://example.org/a><main>{STORY_HTML}</main>"
    result = cleaner.clean(BeautifulSoup(page, "html.parser"))
    assert "first cars on Monday" in result.text
    assert [p.rule for p in result.problems] == ["site-selector"]


POSTS = (
    ("Tom Bly", "Mar 3, 2026", "Mine did the same after two winters. It was the seal behind the lower pulley."),
    ("Una Fenn", "Mar 4, 2026", "The seal costs next to nothing. Order two, for the first one always goes in crooked."),
    ("Ida Roe", "Mar 6, 2026", "That was it, thank you both. The second seal went in straight and it has held since."),
)


@pytest.mark.parametrize(("generator", "kept"), [("XenForo", True), ("Tidewire CMS", False)])
def test_posts_below_the_first_stay_where_the_page_says_that_they_are_its_content(generator: str, kept: bool) -> None:
    posts = "".join(
        f"<div><div>{who}</div><div>{when}</div><p>{said}</p><div>Reply</div></div>" for who, when, said in POSTS
    )
    page = (
        f"<head><title>Pump drips</title><meta name=generator content='{generator}'></head>"
        f"<main><h1>Pump drips</h1>{STORY_HTML * 3}<p>3 comments</p>{posts}</main>"
    )
    text = Cleaner(level="named").clean(page, kind="html").text
    assert [said in text for _, _, said in POSTS] == [kept] * len(POSTS)
