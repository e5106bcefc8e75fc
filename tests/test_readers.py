"""The two HTML readers make the same of a page, which may come as a str, as bytes or as a tree of BeautifulSoup."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cleantext import Result, clean
from cleantext.document import Document
from cleantext.page import Page
from cleantext.read.html import Reader, read_html

STORY = (
    "<p>The new bridge over the Tarn carried its first cars on Monday, nine years after the council voted for it and "
    "four years after it was due.</p>\n<p>Drivers had queued since dawn. Some had brought flags, and one had brought "
    "the ribbon that was cut when work began. It was green then &amp; had faded to grey.</p>\n"
)
PAGE = (
    "<!DOCTYPE html>\n<html lang=en><head><meta charset='utf-8'><title>Bridge &amp; river | Tidewire</title>"
    "<meta property='og:title' content='Bridge opens'><script type='application/ld+json'>{\"a\": \"<b>\"}</script>"
    "<style>p > a { }</style></head>\n<body class='home wide'>\n<!-- menu -->\n"
    "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></nav>\n"
    f"<main><article><h1>Bridge opens</h1>\n{STORY}</article></main>\n"
    "<footer><p>&copy; 2024 Tidewire. <a href=/p>Privacy policy</a></p></footer>\n"
    "<script>go('</p>')</script></body>\n</html>"
)
PAGES = {
    "page": PAGE,
    "fragment": "Text <b>bold</b> <i>and</i> more<div>in a block</div>after it",
    "lists": "<ul><li>a<ul><li>b<li>c</ul><li>d</ul><ol start=3><li><p>e<p>f</ol><dl><dt>g<dd>h<dd>i<dt>j</dl>",
    "paragraphs": "<!doctype html><p>a<p>b<div>c</div>d<p>e<ul><li>f</ul><p>g<h2>h</h2>"
    "<p>i<hr>j<p>k<table><td>l</table>m",
    "tables": "<table><caption>a</caption><col><thead><tr><th>b<th>c<tbody><tr><td>d<td>e<tr><td>f<table><tr><td>g"
    "</table>h<tfoot><tr><td>i</table>j<table><td>k</td></table>",
    "quirks": "<p>a<table><tr><td>b</table>c",
    "links": "<p><a href=a>one</a> and <a href=b><span>two</span></a></p><a href=c><div>block <img src=x> in</div></a>",
    "unclosed links": "<div><a href=a>one<a href=b>two</a> three</div>",
    "entities": "<p>&lt;p&gt; &amp;amp; &copy &notit; &#8217; &#x2019; &#128; &nosuch; AT&T &eacute;&nbsp;</p>&nbsp;x",
    "comments": "<p><!-- a -->b<!-- c --> d<!----> e <!--> f <!-- > g --><p>h<![if IE]>i<![endif]><?php j ?>k</p>",
    "scripts": "a<script>if (a < b) { '<p>' }</script><style>b</style><noscript><p>c</noscript><script/>d</script>e",
    "verbatim": "<pre>\n  a\n    <b>b</b>\n\n c</pre><textarea>\n<p>d &amp; e</textarea><pre>f<br>g\r\nh</pre>",
    "raw": "<title>a <b>b</b> &amp; c</title><p>d<iframe><p>e</iframe>f<xmp><p>g</xmp>h<noembed><p>i</noembed>",
    "hidden": "<div hidden>a</div><p style='display: none'>b</p><div aria-hidden=true><p>c<p>d</div><dialog>e</dialog>",
    "breaks": "<p>a<br>b<br/>c</p>d<p>f<br><br>g</p>",
    "stray break": "<p>a</br>b</p>",
    "forms": "<form><label>a <input name=x></label><select><option>b<option>c<optgroup label=y><option>d</select>"
    "<button>e</button></form><form>f</form>",
    "drawings": "a<svg><title>b</title><path d=''/><g><text>c</text></g></svg>d <math><mi>e</mi><mo/></math>f<svg/>g",
    "shadow": "<div><template shadowrootmode=open><p>a</p></template></div><template><p>b</p></template>c",
    "ruby": "<p><ruby>a<rp>(<rt>b<rp>)</ruby> c",
    "head without body": "<meta name=author content=A><link rel='a b'><title>t</title>\n<p>a",
    "head ended by its content": "<html><head><title>t</title><img src=x>a<body class=b><p>c",
    "noscript in head": "<head><noscript><link rel=a></noscript><noscript><img></noscript><p>a",
    "more after the end": "<body><div>a</div></body></html>\n<p>b</p>",
    "newlines": PAGE.replace("\n", "\r\n"),
    "old newlines": PAGE.replace("\n", "\r"),
    "marks": "\ufeff<html lang=x><p>a \x00 b \ufeff</p>",
    "capitals": "<DIV CLASS='A a' CLASS=b Hidden><P>a</DIV><IMAGE SRC=x>b",
    "no markup": "https://example.org/index.html",
    "nothing": "",
}


def equal(source: str) -> None:
    """Hold that both readers make the same of `source`."""
    fast, soup = read_html(source), read_html(source, reader="soup")
    assert soup == fast
    assert soup.title == fast.title
    ours, theirs = page(soup), page(fast)
    for name in Page._fields:
        if name not in ("attributes", "nodes", "runs", "places", "select"):
            assert getattr(ours, name) == getattr(theirs, name), name
    assert list(map(dict, ours.attributes)) == list(map(dict, theirs.attributes))


def equal_places(source: str) -> None:
    """Hold that for both readers the blocks and the elements around them stand in the same places."""
    fast, soup = read_html(source), read_html(source, reader="soup")
    ours, theirs = page(soup), page(fast)
    placed, others = ours.places(ours), theirs.places(theirs)
    for index in range(len(soup.texts)):
        assert placed.block(index) == others.block(index), soup.texts[index]
    for index in set(ours.owners):
        assert placed.element(index) == others.element(index), ours.tags[index]


def page(document: Document) -> Page:
    assert document.page is not None
    return document.page


def ink(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("source", PAGES.values(), ids=PAGES)
def test_both_make_the_same_of_a_page(source: str) -> None:
    equal(source)


# turbohtml does not know where a stray </br> stands.
@pytest.mark.parametrize("name", [name for name in PAGES if name != "stray break"])
def test_both_place_it_the_same(name: str) -> None:
    equal_places(PAGES[name])


phrase = st.sampled_from(
    ["word", "two words", "caf&eacute;", "a &lt; b", "日本語", "&nbsp;", "<!-- note -->", "", " ", "\n"]
)
inline = st.recursive(
    phrase,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["b", "span", "a", "em class=x", "code"]).map(str),
        st.lists(inner, max_size=3).map("".join),
    ).map(lambda markup: markup.replace("</em class=x>", "</em>")),
    max_leaves=4,
)
flow = st.lists(st.one_of(inline, st.sampled_from(["<br>", "<img src=x>", "<script>'<p>'</script>"])), max_size=4)


def element(tag: str, content: str, ended: bool) -> str:
    return f"<{tag}>{content}" + f"</{tag}>" * ended


def container(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(inner, max_size=3).map("".join)
    items = st.lists(st.builds(element, st.just("li"), content, st.booleans()), max_size=3).map("".join)
    cells = st.lists(st.builds(element, st.just("td"), content, st.booleans()), max_size=3).map("".join)
    rows = st.lists(st.builds(element, st.just("tr"), cells, st.booleans()), max_size=3).map("".join)
    return st.one_of(
        st.builds(element, st.sampled_from(["div", "section", "blockquote", "form", "nav"]), content, st.just(True)),
        st.builds(element, st.sampled_from(["ul", "ol"]), items, st.just(True)),
        st.builds(element, st.just("table"), rows, st.just(True)),
    )


block = st.recursive(
    st.one_of(
        flow.map("".join),
        st.builds(element, st.just("p"), flow.map("".join), st.booleans()),
        st.builds(element, st.sampled_from(["h2", "pre"]), flow.map("".join), st.just(True)),
    ),
    container,
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(block, max_size=4).map("".join))
def test_both_make_the_same_of_well_formed_markup(source: str) -> None:
    assume(source.count("<form") < 2)  # a form in a form is none
    equal(f"<!doctype html><html><head><title>t</title></head><body>{source}</body></html>")


BROKEN = [
    "<",
    "<p",
    "</",
    "<!--",
    "<![CDATA[ a > b",
    "<!doctype",
    "<!x><?y>z<?",
    "a</div></p>b<td>c</table>",
    "<p>a<b>b<p>c</b>d<i>e</p>f",
    "<a>1<div>2<a>3</a></div>4",
    "<table><tr><td>a</td>foo</tr>bar</table>baz",
    "<form>a<form>b</form>c</form>",
    "<select><div>a<select>b",
    "<h1>a<h2>b</h3>c",
    "<div/>a<span/>b<p/>c",
    "<p \ud800=1>lone \udfff surrogates</p>",
    '<p title="a>b" class=\'c">d</p>e',
    "<textarea>a<p>b",
    "<title>a<p>b",
    "<script>a<p>b",
    "<frameset><frame><noframes>a</noframes></frameset>b",
    "<html><html><head><head><body><body>a</body></body></html></html>b",
    "<template><td>a</template>b<li>c<ul>d</li>e",
    "<ul></li><li>a</ul></ul></li>b",
    "<svg><p>a</svg><math><div>b<svg><desc><p>c</svg>d",
    "<body></p></br></body>a<p>",
    "<b><i><u>" * 300 + "a" + "</b></i>" * 300,
]


@pytest.mark.parametrize("source", BROKEN, ids=lambda source: source[:20])
def test_broken_markup_is_read_whole(source: str) -> None:
    result = clean(BeautifulSoup(source, "html.parser"))
    whole(result)
    document = read_html(source, reader="soup")
    places = page(document).places(page(document))
    for index in range(len(document.texts)):
        start, end = places.block(index)
        assert 0 <= start < end <= len(source)


@pytest.mark.parametrize("reader", ["fast", "soup"])
def test_a_frame_without_an_end_takes_nothing_in(reader: Reader) -> None:
    source = "<body><noscript><iframe src=x height=0></noscript><h1>Ducks</h1><p>They swim.</p></body>"
    document = read_html(source, reader=reader)
    assert document.texts == ("Ducks", "They swim.")
    start, end = page(document).places(page(document)).block(1)
    assert source[start:end] == "They swim."


@pytest.mark.parametrize("reader", ["fast", "soup"])
def test_what_a_frame_shows_instead_of_itself_is_no_text(reader: Reader) -> None:
    document = read_html("<body><iframe src=x>No frames here</iframe><p>They swim.</p></body>", reader=reader)
    assert document.texts == ("They swim.",)


def test_what_python_takes_for_sgml() -> None:
    assert read_html("a<![y[z]]>b<![if x]>c<![endif]-->d]>", reader="soup").texts == ("abcd]>",)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*"ab <>/&;!-='\"\n\x00", "<p>", "</p>", "<td>", "</b>", "<!--", "&amp"])).map("".join))
def test_nothing_makes_it_raise(source: str) -> None:
    document = read_html(source, reader="soup")
    assert all(text.strip() for text in document.texts)


def whole(result: Result) -> None:
    """Hold that spans are in order, and all that is visible is either kept or in one of them."""
    at = 0
    for span in result.removed:
        assert at <= span.start <= span.end <= len(result.source)
        at = span.end
    seen = ink("".join(read_html(result.source, reader="soup").texts))
    shown = [span.text for span in result.removed] + [result.text[k.at : k.until] for k in result.kept]
    assert sorted(seen) == sorted(ink("".join(shown)))


@pytest.mark.parametrize("ended", [False, True])
def test_pages_that_nest_deep(ended: bool) -> None:
    source = "<div>a" * 20_000 + "</div>b" * 20_000 * ended
    texts = read_html(source, reader="soup").texts
    assert texts == ("a",) * 20_000 + ("b",) * 20_000 * ended


def test_a_tree_that_nests_deep() -> None:
    tree = BeautifulSoup("<div>" * 100_000 + "deep", "html.parser")
    whole(clean(tree))


def test_no_end_tag_takes_longer_where_many_elements_are_open() -> None:
    source = "<table><td>" * 2000 + "</b></p></li></body>" * 20_000
    assert read_html(source, reader="soup").texts == ()


@pytest.mark.parametrize("reader", ["fast", "soup"])
def test_many_comments_around_a_text(reader: Reader) -> None:
    source = "<p>" + "<!--a--> " * 50_000 + "text" + " <!--b-->" * 50_000
    document = read_html(source, reader)
    start, end = page(document).places(page(document)).block(0)
    assert source[start:end] == "text"


# --- Bytes

RUSSIAN = "<p>Новый мост через реку открыли в понедельник, через девять лет после решения городского совета.</p>"
POLISH = "<p>Zażółć gęślą jaźń. Nowy most otwarto w poniedziałek, dziewięć lat po decyzji rady miasta.</p>"
JAPANESE = "<p>新しい橋は月曜日に開通しました。市議会が決定してから九年が経っています。</p>"
CHINESE = "<p>新桥于星期一通车，距离市议会作出决定已有九年。</p>"
FRENCH = "<p>Le nouveau pont a été ouvert lundi, neuf ans après la décision du conseil, à la joie des élèves.</p>"


def declared(charset: str, body: str) -> str:
    return f"<!doctype html><html><head><meta charset={charset}><title>t</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (declared("utf-8", RUSSIAN), "utf-8", "UTF-8"),
        (declared("utf-8", RUSSIAN), "utf-8-sig", "UTF-8"),
        (PAGE, "ascii", "UTF-8"),
        (f"<html>{JAPANESE}</html>", "utf-8", "UTF-8"),
        (declared("windows-1251", RUSSIAN), "windows-1251", "windows-1251"),
        (declared("iso-8859-2", POLISH), "iso-8859-2", "ISO-8859-2"),
        (declared("shift_jis", JAPANESE), "shift_jis", "Shift_JIS"),
        (declared("iso-2022-jp", JAPANESE), "iso-2022-jp", "ISO-2022-JP"),
        (declared("gb18030", CHINESE), "gb18030", "gb18030"),
        (" " * 3000 + declared("koi8-r", RUSSIAN), "koi8-r", "KOI8-R"),
        (f"<?xml version='1.0' encoding='koi8-r'?>\n<html>{RUSSIAN}</html>", "koi8-r", "KOI8-R"),
        (f"<?xml version='1.0' encoding='none'?>\n<html>{FRENCH}</html>", "latin-1", "windows-1252"),
        (f"<html>{FRENCH}</html>", "latin-1", "windows-1252"),
        (f"<html>{RUSSIAN}</html>", "windows-1251", "windows-1251"),
        # What the page says is wrong.
        (declared("windows-1252", RUSSIAN), "utf-8", "UTF-8"),
        (declared("utf-8", RUSSIAN), "windows-1251", "windows-1251"),
        (declared("utf-8", "<p>café</p>"), "latin-1", "windows-1252"),
        (declared("none", FRENCH), "latin-1", "windows-1252"),
        # Plain text.
        (RUSSIAN[3:-4], "utf-8", "UTF-8"),
        (RUSSIAN[3:-4], "windows-1251", "windows-1251"),
        (FRENCH[3:-4], "latin-1", "windows-1252"),
        (JAPANESE[3:-4], "shift_jis", "Shift_JIS"),
        ("a \x1b[31mred\x1b[0m word, and a \x1b$ sign", "ascii", "UTF-8"),
        ("", "ascii", "UTF-8"),
    ],
)
def test_the_encoding_of_bytes_is_found(text: str, codec: str, encoding: str) -> None:
    result = clean(text.encode(codec))
    assert (result.source, result.encoding) == (text, encoding)
    assert result == clean(text.encode(codec))
    kept = [result.source[k.start : k.end] for k in result.kept]
    assert kept == [clean(text).source[k.start : k.end] for k in clean(text).kept]


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
@pytest.mark.parametrize("text", [declared("utf-8", RUSSIAN), RUSSIAN[3:-4], PAGE])
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, codec: str, text: str) -> None:
    result = clean(mark + text.encode(codec))
    assert (result.source, result.encoding) == (text, codec.upper().replace("-16-", "-16"))
    assert result.kind == clean(text).kind


def test_bytes_that_mean_nothing_are_marked() -> None:
    cut_short = declared("utf-8", RUSSIAN).encode().partition(b"</p>")[0][:-2]
    result = clean(cut_short)
    assert result.encoding == "UTF-8"
    assert result.source.endswith("сове\ufffd") or result.source.endswith("совет\ufffd")
    spoilt = declared("shift_jis", JAPANESE).encode("shift_jis").replace("橋".encode("shift_jis"), b"\xff\xff")
    assert clean(spoilt).encoding == "Shift_JIS"
    assert "\ufffd" in clean(spoilt).source


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.sampled_from([b"", b"<html><meta charset=euc-kr></p>", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_no_bytes_make_it_raise(data: bytes, lead: bytes) -> None:
    for kind in ("auto", "text", "html"):
        result = clean(lead + data, kind=kind)
        assert result.encoding is not None


def test_other_kinds_of_bytes() -> None:
    data = PAGE.encode()
    assert clean(bytearray(data)) == clean(memoryview(data)) == clean(data)
    assert clean(data).removed == clean(PAGE).removed
    assert clean(data).to_dict()["encoding"] == "UTF-8"
    assert clean(PAGE).encoding is None


# --- Trees


def test_a_tree_is_cleaned_as_its_markup_is() -> None:
    tree = BeautifulSoup(PAGE, "html.parser")
    before = str(tree)
    result = clean(tree)
    assert str(tree) == before == result.source
    assert (result.kind, result.encoding, result.title) == ("html", None, "Bridge opens")
    assert result.text == clean(PAGE).text
    assert [s.text for s in result.removed] == [s.text for s in clean(PAGE).removed]
    assert result.source[result.removed[0].start : result.removed[0].end].startswith("<nav>")
    whole(result)


def test_an_element_of_a_tree() -> None:
    tree = BeautifulSoup(PAGE, "html.parser")
    assert isinstance(tree.main, Tag)
    result = clean(tree.main)
    assert result.source == str(tree.main)
    assert result.text == clean(PAGE).text
    assert clean(tree.main, kind="text").source == str(tree.main)


@pytest.mark.parametrize("markup", ["", "text", "<td>a</td>", "<p>a</p><!-- b -->", "<li>a<li>b"])
def test_small_trees(markup: str) -> None:
    tree = BeautifulSoup(markup, "html.parser")
    whole(clean(tree))
    assert clean(tree).kind == "html"


def test_the_markup_of_a_tree_too_deep_for_beautifulsoup() -> None:
    from cleantext.read.soup.markup import _deep_markup

    pages = (Path(__file__).parent.parent / "fixtures").rglob("*.html")
    made = 0
    for path in sorted(path for path in pages if path.stem != "tree-too-deep-to-compare"):
        tree = BeautifulSoup(path.read_text(encoding="utf-8", errors="replace"), "html.parser")
        assert _deep_markup(tree) == str(tree), path
        made += 1
    assert made > 50
    names = '<p class="a b" id=\'"x"\' hidden>1 &lt; 2<br><img alt="&amp;"><!-- c --><?pi?></p>'
    small = BeautifulSoup(names, "html.parser")
    assert small.p is not None
    assert [_deep_markup(small), _deep_markup(small.p)] == [str(small), str(small.p)]
    deep = BeautifulSoup("<b>" * 20_000 + "x", "html.parser")
    assert _deep_markup(deep) == "<b>" * 20_000 + "x" + "</b>" * 20_000


def test_what_xml_writes_as_ended_is_ended() -> None:
    tree: Any = BeautifulSoup("<html><body><p>a</p></body></html>", "html.parser")
    tree.p.insert_before(Tag(name="script", can_be_empty_element=True))
    assert "<script/>" in str(tree)
    assert read_html(tree).texts == ("a",)
    assert read_html(str(tree), reader="soup").texts == read_html(str(tree)).texts == ()


def test_beautifulsoup_is_imported_for_its_trees_alone() -> None:
    code = "import sys, cleantext; cleantext.clean('<html><p>a</p></html>'); sys.exit('bs4' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
