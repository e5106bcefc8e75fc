"""What must always hold, whatever the page."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings

from cleantext import Cleaner
from cleantext.read.html import read_html
from tests.strategies import page_options, pages


def shown(markup: str) -> str:
    """What a piece of a page shows, without white space."""
    return "".join("".join(read_html(markup).texts).split())


@given(pages, page_options)
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


@given(pages, page_options)
@settings(max_examples=100, deadline=None)
def test_cleaning_the_text_of_a_page_changes_nothing(page: str, options: Any) -> None:
    cleaner = Cleaner(**options)
    text = cleaner.clean(page, kind="html").text
    assert cleaner.clean(text, kind="text").text == text


@given(pages)
@settings(max_examples=100, deadline=None)
def test_both_readers_read_the_same(page: str) -> None:
    assert read_html(page).texts == read_html(page, reader="soup").texts
