"""The checks that ``CLEANTEXT_CHECK=1`` asks for find what is broken."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cleantext import Cleaner, Result
from cleantext import engine as engine_module
from cleantext.invariants import BrokenInvariant, verify
from cleantext.read.html import read_html
from cleantext.registry import STORY, STORY_HTML

TEXT = f"{STORY}\n\nSimilar Posts\n\nLeave a Reply\n"
PAGE = f"<html><body><ul class=menu><li><a href=/>Home</a></ul>{STORY_HTML}<p>Leave a Reply</p></body></html>"
CLEANER = Cleaner()
GONE = CLEANER.clean(TEXT).removed[0]


# A command in whose cleaning of one file a check fails.
FAILING = """
from cleantext import engine
from cleantext.invariants import BrokenInvariant
from cleantext.cli import main
verify = engine.verify
def verified(result, *args):
    if "ribbon" in result.source:
        raise BrokenInvariant("2 code points were lost")
    verify(result, *args)
engine.verify = verified
main()
"""


def broken(result: Result, **changes: object) -> Result:
    """A result with other values in its fields."""
    return replace(result, **{"align": lambda: result.kept, **changes})  # type: ignore[arg-type]


def check(result: Result) -> None:
    verify(result, read_html(PAGE) if result.kind == "html" else None, lambda: result, lambda _: [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": TEXT}, "is not the text|outside the text"),
        ({"removed": (replace(GONE, start=GONE.start + 1),)}, "other text|outside the text"),
        ({"removed": (replace(GONE, end=len(TEXT) + 1),)}, "outside the source"),
        ({"removed": (replace(GONE, score=1.5),)}, "no likelihood"),
        ({"removed": (replace(GONE, reason=""),)}, "says too little"),
        ({"removed": (GONE, replace(GONE, start=GONE.start + 1))}, "overlap"),
    ],
)
def test_of_a_text(changes: dict[str, object], message: str) -> None:
    result = CLEANER.clean(TEXT)
    check(result)
    with pytest.raises(BrokenInvariant, match=message):
        check(replace(result, **changes))  # type: ignore[arg-type]


def test_of_a_page() -> None:
    result = CLEANER.clean(PAGE)
    check(result)
    with pytest.raises(BrokenInvariant, match="lost"):
        check(broken(result, removed=()))
    with pytest.raises(BrokenInvariant, match="doubled"):
        check(broken(result, removed=(*result.removed, replace(result.removed[-1], start=len(PAGE), end=len(PAGE)))))
    with pytest.raises(BrokenInvariant, match="made up"):
        check(broken(result, text=result.text + "More of it"))


def test_of_a_second_time() -> None:
    result = CLEANER.clean(TEXT)
    with pytest.raises(BrokenInvariant, match="another result"):
        verify(result, None, lambda: replace(result, title="Another"), lambda _: [])
    with pytest.raises(BrokenInvariant, match="cleaning the cleaned text"):
        verify(result, None, lambda: result, lambda _: [GONE])


@pytest.mark.parametrize("value", ["", "0", "1"])
def test_only_where_it_is_asked_for(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Result] = []
    monkeypatch.setenv("CLEANTEXT_CHECK", value)
    monkeypatch.setattr(engine_module, "verify", lambda result, *_: asked.append(result))
    for source in (TEXT, PAGE):
        CLEANER.clean(source)
    assert len(asked) == (2 if value == "1" else 0)


def test_the_command_names_the_document_of_a_broken_promise_and_does_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("The council votes again in May.\n\nLeave a Reply\n")
    done = subprocess.run(
        [sys.executable, "-c", FAILING, "check", "--fix", "."], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "a.txt: 2 code points were lost" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "a.txt").read_text() == TEXT
    assert (tmp_path / "b.txt").read_text() == "The council votes again in May.\n"
