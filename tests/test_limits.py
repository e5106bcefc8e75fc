"""Documents that are too long, and work that takes too long: the result says so and carries what was done."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cleantext import Cleaner, Result, clean
from cleantext.registry import STORY, STORY_HTML
from cleantext.span import cut

TEXT = f"Leave a Reply\n{STORY}\nSimilar Posts\n"
PAGE = (
    f"<html><body><nav><a href=/>Home</a></nav><article>{STORY_HTML}</article><footer>Tidewire</footer></body></html>"
)
LONG_TEXT, LONG_PAGE = TEXT * 5_000, PAGE.replace(STORY_HTML, STORY_HTML * 3_000)


def problems(result: Result) -> dict[str, str]:
    return {problem.rule: problem.message for problem in result.problems}


def removed(result: Result) -> list[str]:
    return [line for span in result.removed for line in span.text.splitlines() if line]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_of_a_long_text_whole_lines_are_looked_at_and_the_rest_stays(newline: str) -> None:
    text = TEXT.replace("\n", newline) * 3
    once = text.index("Similar")
    for most in (once + 5, once, once + len("Similar Posts") + len(newline) - 1):
        result = clean(text, max_chars=most)
        assert removed(result) == ["Leave a Reply"]
        assert cut(text, result.removed) == result.text
        assert result.text.endswith(text[once:])
        assert f"looked at {once} of {len(text)} code points" in problems(result)["max-chars"]


def test_a_line_that_is_longer_than_all_that_is_looked_at_stays() -> None:
    result = clean("Leave a Reply", max_chars=5)
    assert result.text == "Leave a Reply"
    assert "looked at 0 of 13" in problems(result)["max-chars"]


def test_a_document_within_the_limit_has_no_problem() -> None:
    for source in (TEXT, PAGE):
        result = clean(source, max_chars=len(source), time_limit=60)
        assert result == clean(source)
        assert not result.problems


def test_of_a_long_page_what_comes_first_is_read() -> None:
    most = PAGE.index("</article>")
    result = clean(PAGE, max_chars=most)
    assert result.source == PAGE
    assert "ribbon" in result.text
    assert removed(result) == ["Home"]
    assert result.markdown
    assert all(PAGE[piece.start : piece.end] for piece in result.kept)
    assert "neither in the text nor in a span" in problems(result)["max-chars"]


def test_bytes_are_counted_in_code_points() -> None:
    source = "Ärger über Öl. " * 4 + "\nLeave a Reply\n"
    data = source.encode()
    assert not clean(data, max_chars=len(source)).problems
    assert problems(clean(data, max_chars=len(source) - 1)).keys() == {"max-chars"}


@pytest.mark.parametrize("source", [LONG_TEXT, LONG_PAGE], ids=["text", "page"])
def test_time_that_is_up_at_once(source: str) -> None:
    result = Cleaner(time_limit=1e-9).clean(source)
    assert problems(result) == {"time-limit": "stopped after 1e-09 s, before all rules had looked"}
    assert not result.removed
    assert "ribbon" in result.text


def test_what_was_found_before_the_time_was_up_is_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is up at every question in turn."""
    from cleantext import budget

    counts = set()
    for source in (TEXT * 3, PAGE):
        for questions in range(200):
            clock = iter(range(10_000))
            monkeypatch.setattr(budget, "monotonic", lambda clock=clock: float(next(clock)))
            result = Cleaner(time_limit=questions + 0.5).clean(source)
            if result.kind == "text":
                assert cut(source, result.removed) == result.text
            counts.add((result.kind, len(result.removed), bool(result.problems)))
            if not result.problems:
                break
        else:
            pytest.fail("the time is never enough")
    assert ("text", 0, True) in counts
    assert ("html", 0, True) in counts
    assert any(kind == "text" and found and late for kind, found, late in counts)
    assert any(kind == "html" and found and late for kind, found, late in counts)


def test_the_time_limit_holds_in_threads() -> None:
    cleaner = Cleaner(time_limit=0.02)
    with ThreadPoolExecutor(4) as threads:
        began = time.monotonic()
        results = list(threads.map(cleaner.clean, [LONG_TEXT, TEXT, LONG_PAGE, PAGE]))
        assert time.monotonic() - began < 30
    assert [bool(result.problems) for result in results[::2]] == [True, True]
    assert all("ribbon" in result.text for result in results)


def test_patterns_have_no_more_time_than_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANTEXT_CHECK")
    hostile = "^((a|aa)+|b)+$"
    bomb = {"name": "bomb", "lines": [hostile]}
    source = "a" * 60 + "c\n" + TEXT
    cleaner = Cleaner(rules=[bomb], time_limit=0.1)
    began = time.monotonic()
    result = cleaner.clean(source)
    assert time.monotonic() - began < 0.8  # a pattern alone has a second
    assert problems(result).keys() == {"time-limit"}
    assert cut(source, result.removed) == result.text
    kept = Cleaner(keep=[hostile], time_limit=0.1).clean(source)
    assert problems(kept).keys() == {"time-limit"}
    assert kept.text == source


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"max_chars": 0}, ValueError),
        ({"max_chars": 1.5}, TypeError),
        ({"max_chars": True}, TypeError),
        ({"max_chars": "1"}, TypeError),
        ({"time_limit": 0}, ValueError),
        ({"time_limit": -1}, ValueError),
        ({"time_limit": float("nan")}, ValueError),
        ({"time_limit": "1"}, TypeError),
        ({"time_limit": True}, TypeError),
    ],
)
def test_limits_are_positive_numbers(options: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error, match=r"max-chars|time-limit"):
        Cleaner(**options)  # type: ignore[arg-type]
