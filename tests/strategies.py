"""Documents for hypothesis: plausible ones, which rules find much in, and hostile ones, which no reader should mind."""

from __future__ import annotations

from hypothesis import strategies as st

from benchmarks.mutations import ATTRIBUTES, ENTITIES, MARKUP, NEWLINES, ODD, PHRASES, TAGS
from cleantext.registry import GROUPS, STORY, STORY_HTML, rules

SENTENCE = "Drivers had queued since dawn, and some had brought flags and the old ribbon."
HEADLINE = "Mayor opens bridge after long wait"
# The lines of examples; a page is told from a text by how it begins.
EXAMPLES = {
    line.strip("⟦⟧")
    for r in rules().values()
    if r.stage in ("lines", "structure")
    for example in r.examples
    for line in example.split("\n")
}
COMMON = ["3 March 2026", "1", "Home", "Facebook", "Tom Bly says:", "12 comments"]


def brief(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A strategy that hypothesis does not spell out wherever it names another made of it, which it warns of."""

    @st.composite
    def brief(draw: st.DrawFn) -> str:
        return draw(strategy)

    return brief()


# Plausible texts.
TEXT_LINES = [
    *sorted(EXAMPLES),
    STORY,
    SENTENCE,
    HEADLINE,
    f"{HEADLINE} | Tidewire News",
    "MAYOR OPENS BRIDGE AFTER…",
    "3 March 2026 at 10:12",
    "Reply",
    "```",
    "\u202eReply\u202c",
    "Отправить комментарий",
    "コメントを残す",
    *COMMON,
]
line = st.one_of(
    st.sampled_from(TEXT_LINES),
    st.text(max_size=30),
    st.text(alphabet="abc ABC 12.!?:-–|»#*/()\u00a0\u200b\u0301\ud800\0«»“”©", max_size=40),
)
newline = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\n \n", "\u2028", "\x85", "\n\n\n"])
texts = st.lists(st.tuples(line, newline), max_size=25).map(lambda parts: "".join(a + b for a, b in parts))

# Plausible pages.
STORIES = [STORY_HTML, STORY_HTML + STORY_HTML.replace("bridge", "ferry").replace("Tarn", "Lot")]
PAGE_LINES = [
    *sorted(text for text in EXAMPLES if text.strip() and "<" not in text),
    "<a href=/>Home</a>",
    "3 March 2026",
    "- Reply",
    "1",
    "|",
]
BLOCKS = "p div section ul li h2 h3 blockquote nav aside footer article".split()
NAMES = ["", "", "", " class=related-posts", " class=menu", " class=comments", " class=modal", " hidden"]

page_line = st.sampled_from(PAGE_LINES)
row = st.lists(page_line, min_size=1, max_size=3).map(lambda cells: "<tr><td>" + "<td>".join(cells))
table = st.lists(row, min_size=1, max_size=3).map(lambda rows: "<table>" + "".join(rows) + "</table>")
leaf = brief(
    st.one_of(page_line.map("<p>{}</p>".format), st.sampled_from(STORIES), table, page_line.map("{}<br>".format))
)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element of a page around some others."""
    content = st.lists(inner, min_size=1, max_size=4).map("".join)
    return st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(BLOCKS), st.sampled_from(NAMES), content)


pages = st.lists(st.recursive(leaf, element, max_leaves=12), min_size=1, max_size=6).map("".join)

# What texts and pages are cleaned with.
names = st.lists(st.sampled_from([*GROUPS, *rules()]), max_size=3)
text_options = st.fixed_dictionaries(
    {},
    optional={
        "select": names,
        "extend_select": st.just(["all"]),
        "ignore": names,
        "keep": st.lists(st.sampled_from(["e", "Reply", "^S", r"\d", "Image"]), max_size=1),
    },
)
page_options = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["named", "strict"]),
        "ignore": st.lists(st.sampled_from([*GROUPS]), max_size=2),
        "extend_select": st.just(["all"]),
    },
)

# Hostile texts: any code points, signs that show nothing, marks that combine, lines without end.
signs = st.one_of(st.sampled_from(ODD), st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zl", "Zp", "Zs", "Cn"]))
noise = brief(st.lists(st.one_of(signs, st.sampled_from("aZ1.:#>-|*([ “»©")), max_size=20).map("".join))
phrase = brief(st.sampled_from([*PHRASES, *TEXT_LINES]))
long_line = st.builds("{}{}".format, phrase, st.builds(lambda a, n: a * n, noise, st.integers(1, 300)))
noisy_phrase = st.builds(lambda sign, words: sign.join(words), signs, phrase.map(str.split))
hostile_line = brief(
    st.one_of(phrase, noise, noisy_phrase, long_line, st.builds("{}{}{}".format, noise, phrase, noise))
)
hostile_newline = st.sampled_from([*NEWLINES, "\r\n\n", "\n\r", ""])
fenced = st.builds(
    lambda mark, inner: f"{mark}\n{inner}\n{mark}", st.sampled_from(["```", "~~~", "````"]), hostile_line
)
repeated = st.builds(lambda text, end, n: (text + end) * n, hostile_line, hostile_newline, st.integers(2, 60))
hostile_texts = st.lists(
    st.one_of(st.builds("{}{}".format, st.one_of(hostile_line, fenced), hostile_newline), repeated), max_size=15
).map("".join)

# Hostile pages: tags that nothing ends or that end nothing, what is no text, attributes of every kind.
attributes = brief(st.lists(st.sampled_from(ATTRIBUTES), max_size=3).map(" ".join))
tag = brief(st.sampled_from(TAGS))
start_tag = brief(st.builds("<{} {}{}".format, tag, attributes, st.sampled_from([">", ">", ">", "/>", ""])))
end_tag = brief(st.builds("</{}{}>".format, tag, st.sampled_from(["", "", " ", " class=x", "\n"])))
reference = st.one_of(st.sampled_from(ENTITIES), st.integers(0, 0x120000).map("&#{};".format))
data = st.sampled_from(
    ['{"@type": "Article", "headline": "', '{"articleBody": ' + "[" * 3000, "\ud800", '"Mayor"}]}', "{"]
)
json_ld = st.builds("<script type=application/ld+json>{}</script>".format, st.lists(data, max_size=3).map("".join))
verbatim = st.builds(
    "<{0}>{1}\n{2}\n{3}</{0}>".format, st.sampled_from(["pre", "textarea", "xmp"]), hostile_line, phrase, noise
)
raw_tag = st.sampled_from("script style iframe noscript template plaintext title noembed".split())
raw = st.builds("<{0}>{1}</{0}>".format, raw_tag, st.one_of(hostile_line, end_tag, st.sampled_from(MARKUP)))
deep = st.builds(
    lambda tag, depth, text, ends: f"<{tag}>" * depth + text + f"</{tag}>" * (depth * ends),
    tag,
    st.sampled_from([2, 30, 260, 600]),
    phrase,
    st.integers(0, 1),
)
scrap = brief(
    st.one_of(
        start_tag,
        end_tag,
        reference,
        st.sampled_from(MARKUP),
        hostile_line,
        json_ld,
        verbatim,
        raw,
        deep,
        leaf,
        newline,
    )
)


def broken_element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Some scraps between a start tag and an end tag, of the same element or of others."""
    content = st.lists(inner, max_size=4).map("".join)
    matched = st.builds("<{0} {1}>{2}</{0}>".format, tag, attributes, content)
    return st.one_of(matched, st.builds("{}{}{}".format, start_tag, content, end_tag))


tables_in_tables = st.recursive(
    page_line, lambda inner: st.builds("<table><tr><td>{}<td>{}</table>".format, inner, inner), max_leaves=8
)
hostile_pages = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        ["", "<!doctype html>", "<html><head><title>", "\ufeff", f"<title>{HEADLINE}</title><h1>{HEADLINE}</h1>"]
    ),
    st.lists(st.one_of(st.recursive(scrap, broken_element, max_leaves=8), tables_in_tables), max_size=10).map("".join),
    st.sampled_from(["", "</body></html>", "<!--", "<", "<plaintext>", f"<p>{HEADLINE}"]),
)
