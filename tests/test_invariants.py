"""What must always hold, whatever the text."""

from __future__ import annotations

import itertools
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext import Cleaner, Result
from cleantext.registry import STORY
from cleantext.span import cut
from tests.strategies import line, text_options, texts

CLEANER = Cleaner()


def check(source: str, result: Result) -> None:
    assert not result.problems
    spans = result.removed
    assert all(0 <= s.start < s.end <= len(source) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(source[s.start : s.end] == s.text for s in spans)
    assert all(s.text.strip() for s in spans)
    assert all(0 <= s.score <= 1 and s.reason and s.rule and s.group for s in spans)
    assert cut(source, spans) == result.text
    assert "".join(result.text[k.at : k.at + k.end - k.start] for k in result.kept) == result.text
    assert all(source[k.start : k.end] == result.text[k.at : k.at + k.end - k.start] for k in result.kept)
    assert (result.text == source) == (not spans)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_spans_and_text_are_the_source(source: str) -> None:
    check(source, CLEANER.clean(source))


def test_what_a_later_pass_finds_is_no_span_of_blanks() -> None:
    page = "Tags: football, cup, derby\n\nThree networks were studied:\nRow on, row on\n\n\nIda Roe / AFP\n"
    page += "Tags: football, cup, derby\nIda Roe / AFP\n\n\nFacebook\n\nBridges of the north\nriver Tarn\n\n\n"
    result = CLEANER.clean(page)
    assert len(result.removed) > 1
    check(page, result)


@given(texts, text_options)
@settings(max_examples=400, deadline=None)
def test_cleaning_a_cleaned_text_changes_nothing(source: str, options: Any) -> None:
    cleaner = Cleaner(**options)
    once = cleaner.clean(source)
    again = cleaner.clean(once.text)
    assert not once.problems
    assert not again.removed


@given(texts)
@settings(max_examples=100, deadline=None)
def test_same_input_same_output(source: str) -> None:
    assert CLEANER.clean(source) == pickle.loads(pickle.dumps(CLEANER)).clean(source)


@given(texts, st.sampled_from(["comments", "nav", "headline", "caption", "related"]))
@settings(max_examples=100, deadline=None)
def test_ignored_groups_stay(source: str, group: str) -> None:
    result = Cleaner(ignore=[group]).clean(source)
    check(source, result)
    assert all(s.group != group for s in result.removed)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_kept_lines_stay(source: str) -> None:
    result = Cleaner(keep=["e"], extend_select=["all"]).clean(source)
    check(source, result)
    assert all("e" not in s.text for s in result.removed)


@given(st.lists(line.map(lambda text: " ".join(text.splitlines())), max_size=40))
@settings(max_examples=200, deadline=None)
def test_the_newline_style_decides_nothing(lines: list[str]) -> None:
    plain, windows = CLEANER.clean("\n".join(lines)), CLEANER.clean("\r\n".join(lines))
    assert windows.text.replace("\r\n", "\n") == plain.text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f", "\x1c"])
def test_any_newline_style(newline: str) -> None:
    source = newline.join([STORY, "", "Similar Posts", "", "Leave a Reply", ""])
    result = CLEANER.clean(source)
    check(source, result)
    assert result.text == STORY + newline
