"""Documents that are too long, and work that takes too long: the result says so and carries what was done."""

from __future__ import annotations

import pickle
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cleantext import Cleaner, Result, clean
from cleantext.read.html import read_html
from cleantext.registry import STORY, STORY_HTML
from cleantext.span import cut

TEXT = f"Leave a Reply\n{STORY}\nSimilar Posts\n"
PAGE = (
    f"<html><body><nav><a href=/>Home</a></nav><article>{STORY_HTML}</article><footer>Tidewire</footer></body></html>"
)
LONG_TEXT, LONG_PAGE = TEXT * 5_000, PAGE.replace(STORY_HTML, STORY_HTML * 3_000)


def problems(result: Result) -> dict[str, str]:
    return {problem.rule: problem.message for problem in result.problems}


def shown(markup: str) -> str:
    return read_html(markup).source


@pytest.mark.parametrize("source", [TEXT, TEXT.replace("\n", "\r\n"), TEXT.encode()], ids=["text", "crlf", "bytes"])
def test_a_text_that_is_too_long_stays_as_it_is(source: str | bytes) -> None:
    text = source if isinstance(source, str) else source.decode()
    result = clean(source, max_chars=len(text) - 1)
    assert result.text == result.source == text
    assert not result.removed
    assert problems(result) == {"max-chars": f"{len(text)} code points are more than {len(text) - 1}; all of it stays"}


def test_of_a_page_that_is_too_long_all_that_it_shows_stays() -> None:
    sites = {"example.org": {"remove": ["footer"]}}
    result = clean(PAGE, max_chars=len(PAGE) - 1, url="https://example.org", sites=sites)
    assert result.text.startswith("Home\n\nThe new bridge")
    assert result.text.endswith("Tidewire\n")
    assert not result.removed
    assert [shown(PAGE[k.start : k.end]) for k in result.kept] == [result.text[k.at : k.until] for k in result.kept]
    assert "ribbon" in result.markdown
    assert problems(result).keys() == {"max-chars"}
    assert problems(pickle.loads(pickle.dumps(result))).keys() == {"max-chars"}


def test_a_document_within_the_limit_has_no_problem() -> None:
    for source in (TEXT, PAGE, TEXT.encode()):
        result = clean(source, max_chars=len(source), time_limit=60)
        assert result == clean(source)
        assert not result.problems


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
        assert time.monotonic() - began < 5  # four threads at once, each amid a step when the time is up
    assert [bool(result.problems) for result in results[::2]] == [True, True]
    assert all("ribbon" in result.text for result in results)


@pytest.mark.parametrize("options", [{}, {"keep": ["xyz"]}, {"ignore": ["comments"]}], ids=str)
def test_nothing_more_is_worked_out(options: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANTEXT_CHECK")
    source = "".join(f"Share line {number}\n" for number in range(200_000))
    began = time.process_time()
    result = Cleaner(time_limit=0.05, **options).clean(source)  # type: ignore[arg-type]
    assert time.process_time() - began < 1.5  # all of it takes 5 s or more
    assert problems(result).keys() == {"time-limit"}


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
        ({"max_chars": 16**5000}, ValueError),
        ({"time_limit": 10**400}, ValueError),
        ({"time_limit": float("inf")}, ValueError),
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
