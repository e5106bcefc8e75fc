"""What must always hold, whatever the page."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.read.html import read_html
from cleantext.registry import GROUPS, STORY_HTML, rules

STORIES = [STORY_HTML, STORY_HTML + STORY_HTML.replace("bridge", "ferry").replace("Tarn", "Lot")]
LINES = [
    *{
        line.strip("⟦⟧")
        for r in rules().values()
        if r.stage in ("lines", "structure")
        for example in r.examples
        for line in example.split("\n")
        if line.strip() and "<" not in line
    },
    "<a href=/>Home</a>",
    "3 March 2026",
    "- Reply",
    "1",
    "|",
]
TAGS = "p div section ul li h2 h3 blockquote nav aside footer article".split()
NAMES = ["", "", "", " class=related-posts", " class=menu", " class=comments", " class=modal", " hidden"]

line = st.sampled_from(LINES)
row = st.lists(line, min_size=1, max_size=3).map(lambda cells: "<tr><td>" + "<td>".join(cells))
table = st.lists(row, min_size=1, max_size=3).map(lambda rows: "<table>" + "".join(rows) + "</table>")
leaf = st.one_of(line.map("<p>{}</p>".format), st.sampled_from(STORIES), table, line.map("{}<br>".format))


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(inner, min_size=1, max_size=4).map("".join)
    return st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(TAGS), st.sampled_from(NAMES), content)


pages = st.lists(st.recursive(leaf, element, max_leaves=12), min_size=1, max_size=6).map("".join)
options = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["named", "strict"]),
        "ignore": st.lists(st.sampled_from([*GROUPS]), max_size=2),
        "extend_select": st.just(["all"]),
    },
)


def shown(markup: str) -> str:
    """What a piece of a page shows, without white space."""
    return "".join("".join(read_html(markup).texts).split())


@given(pages, options)
@settings(max_examples=150, deadline=None)
def test_every_character_is_kept_or_in_one_span(page: str, options: Any) -> None:
    result = Cleaner(**options).clean(page, kind="html")
    assert not result.problems
    spans, kept = result.removed, result.kept
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    pieces = sorted([(s.start, s.end) for s in spans] + [(k.start, k.end) for k in kept])
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(pieces))
    for span in spans:
        assert shown(page[span.start : span.end]) == "".join(span.text.split()) != ""
        assert span.group not in options.get("ignore", ())
    for piece in kept:
        assert shown(page[piece.start : piece.end]) == "".join(result.text[piece.at : piece.until].split())
    assert "".join(shown(page[start:end]) for start, end in pieces) == shown(page)


@given(pages, options)
@settings(max_examples=100, deadline=None)
def test_cleaning_the_text_of_a_page_changes_nothing(page: str, options: Any) -> None:
    cleaner = Cleaner(**options)
    text = cleaner.clean(page, kind="html").text
    assert cleaner.clean(text, kind="text").text == text


@given(pages)
@settings(max_examples=100, deadline=None)
def test_both_readers_read_the_same(page: str) -> None:
    assert read_html(page).texts == read_html(page, reader="soup").texts
