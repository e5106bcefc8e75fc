"""The score of plain text: what it knows of lines, whole pages as text, and articles that it leaves alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from math import log
from pathlib import Path
from statistics import mean

import numpy as np
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.floors import hold
from benchmarks.metrics import word_figures
from cleantext import Cleaner, clean
from cleantext.fixtures import Case, load
from cleantext.read.text import read_text
from cleantext.registry import STORY
from cleantext.score.line_features import NAMES, line_features
from cleantext.score.model import LINE_WEIGHTS, Model, line_model, load_lines, model
from tests.test_invariants import check

PAGES = [
    case
    for path in sorted(Path(__file__).parent.parent.glob("fixtures/html-*/case.toml"))
    if (case := load(path.parent)).expected is not None
]
MENU = "Home\nNews\nPolitics\nBusiness\nSport\nCulture\nTravel\nOpinion\nWeather\nPuzzles\nJobs\nLog in\nSubscribe\n"
PLACES = "Tarn,Albi,Oss,Wexley,Hobb's End,Tarnmouth".split(",")
TEASERS = "".join(
    f"{event} {place}\n{hours} hours ago\n"
    for hours, place in enumerate(PLACES, start=2)
    for event in ("Ferry fares rise in", "Ten walks around", "Who owns the towpath of", "Late trains from")
)
FOOTER = (
    "Follow us\nFacebook\nInstagram\nYouTube\nAbout us\nContact\nAdvertise\nTerms of use\nPrivacy policy\n"
    "Cookie settings\n"
    "© 2024 Tidewire News. All rights reserved.\n"
)
WAYS = [("bridge", "Tarn"), ("ferry", "Lot"), ("tunnel", "Oss"), ("towpath", "Wexley")]
BODY = "\n".join(STORY.replace("bridge", way).replace("Tarn", river) for way, river in WAYS) + "\n"
PAGE = f"Skip to content\n{MENU}\n{BODY}\nMore news\n{TEASERS}\n{FOOTER}"


def flat(html: str) -> str:
    """A page as text, a line for each of its text nodes."""
    tree = BeautifulSoup(html, "html.parser")
    for element in tree(["script", "style", "template", "noscript"]):
        element.decompose()
    return tree.get_text("\n", strip=True)


def test_of_a_whole_page_as_text_the_body_stays() -> None:
    result = clean(PAGE, kind="text")
    body, page, left = (Counter(filter(None, text.split("\n"))) for text in (BODY, PAGE, result.text))
    assert not body - left
    assert (left - body).total() <= 0.05 * (page - body).total()
    assert {span.group for span in result.removed} >= {"body", "nav"}
    assert not result.problems


def test_the_level_named_asks_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.score.lines.line_model", lambda: pytest.fail("the score was asked"))
    result = Cleaner(level="named").clean(PAGE, kind="text")
    assert "body" not in {span.group for span in result.removed}
    assert not result.problems


ROWS = range(40)
PARTS = {
    "code in a fence": "```python\n" + "".join(f"def f{i}(x):\n    return x + {i}\n" for i in ROWS) + "```\n",
    "program text": "".join(f"for (let i = {i}; i < n; i++) {{ walk(i); }}\n" for i in ROWS),
    "a table": "| Town | Fare |\n|---|---|\n" + "".join(f"| Wexley {i} | {i}.50 |\n" for i in ROWS),
    "terms and what they mean": "".join(f"Lock {i} – a gate with {i} bolts\n" for i in ROWS),
    "a list of names": "".join(f"Ada {chr(65 + i % 26)}. Oss\nBo Moor of Hale {i}\n" for i in ROWS),
}


@pytest.mark.parametrize("name", PARTS)
def test_long_parts_of_other_shapes_stay(name: str) -> None:
    page = f"Skip to content\n{MENU}\n{BODY}\n{PARTS[name]}\n{BODY}\n{FOOTER}"
    text = clean(page, kind="text").text
    assert [line for line in PARTS[name].split("\n") if line not in text] == []
    assert "Puzzles" not in text


def test_where_next_to_nothing_would_stay_all_stays() -> None:
    names = "".join(f"{name} {i}\n" for i in range(60) for name in ("Ada Oss", "Bo Moor", "Cy Hale", "Dee Ode"))
    text = clean(f"Skip to content\n{MENU}\n{STORY}\n\n{names}\n{FOOTER}", kind="text").text
    assert names.strip() in text


def test_comments_go_as_far_as_without_the_score() -> None:
    comments = "".join(
        f"Pim Oss {i}\nsays:\nOctober {i}, 2023 at 12:{i}\nNine years! I did hope.\nReply\n" for i in range(10, 19)
    )
    page = f"Mayor opens the bridge\n\n{BODY}\n9 thoughts on “Mayor opens the bridge”\n{comments}Leave a Reply\n{PAGE}"
    for level in ("named", "balanced", "strict"):
        assert "Nine years!" not in Cleaner(level=level).clean(page, kind="text").text


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\x85", "\f"])
def test_how_lines_end_decides_nothing(newline: str) -> None:
    text = clean(PAGE, kind="text").text
    assert clean(PAGE.replace("\n", newline), kind="text").text.replace(newline, "\n") == text


def test_an_indent_of_all_lines_decides_nothing() -> None:
    text = clean(PAGE, kind="text").text
    indented = clean("".join("    " + line for line in PAGE.splitlines(keepends=True)), kind="text").text
    assert indented.split() == text.split()


LONG_TEXTS = st.lists(
    st.sampled_from([*PAGE.split("\n"), *(line for case in PAGES for line in flat(case.source).split("\n"))]),
    min_size=70,
    max_size=160,
).map("\n".join)


@given(LONG_TEXTS)
@settings(max_examples=60, deadline=None)
def test_pages_made_at_random(source: str) -> None:
    result = clean(source, kind="text")
    check(source, result)
    assert clean(result.text, kind="text").text == result.text


def test_pages_of_fixtures_as_text() -> None:
    # Numbers of lists stand in no flattened page.
    bodies = [re.sub(r"(?m)^ *\d+\. ", "", case.expected or "") for case in PAGES]
    found = [
        word_figures(clean(flat(case.source), kind="text").text, body) for case, body in zip(PAGES, bodies, strict=True)
    ]
    figures = {"f1": mean(f.f1 for f in found), "recall": mean(f.recall for f in found)}
    hold("fixtures, html as text", figures)


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.path.name)
def test_cleaning_a_cleaned_page_changes_nothing(case: Case) -> None:
    text = clean(flat(case.source), kind="text").text
    assert clean(text, kind="text").text == text


def test_articles_are_cleaned_without_numpy() -> None:
    code = f"import sys, cleantext; cleantext.clean({BODY!r} + 'Leave a reply\\n'); print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


@given(st.lists(st.sampled_from(PAGE.split("\n")) | st.text(max_size=40), max_size=30).map("\n".join))
@settings(deadline=None)
def test_features_are_numbers(text: str) -> None:
    document = Cleaner(ignore=["body"]).named_lines(text)
    found = line_features(document, model().tables)
    assert found.shape == (len(NAMES), len(document.texts))
    assert np.isfinite(found).all()


def test_names_of_features_are_unique() -> None:
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []


def test_features_say_what_stands_where() -> None:
    said = "The ducks of the Tarn swim in the river, and nobody knows since when they do."
    text = f"Ducks on the Tarn\n\n* Home\n  2) News\n{said}\nx…"
    found = dict(zip(NAMES, line_features(read_text(text), model().tables), strict=True))
    assert found["gap"].tolist() == [0, 1, 0, 0, 0]
    assert found["gap_after"].tolist() == [1, 0, 0, 0, 1]
    assert found["indent"].tolist() == [0, 0, 2, 0, 0]
    assert found["bullet"].tolist() == [0, 1, 2, 0, 0]
    assert found["long"].tolist() == [0, 0, 0, 1, 0]
    assert found["ends_dots"].tolist() == [0, 0, 0, 0, 1]
    assert found["in_long"].tolist() == [1, 0, 0, 0, 0]  # of "Ducks" and "Tarn" both; others only count for long lines
    assert found["title_case"].tolist() == pytest.approx([0.5, 1, 0.5, 1 / 8, 0], abs=0.01)
    assert found["run_lines"].tolist() == pytest.approx([log(4), log(4), log(4), -log(2), log(2)])
    assert found["size@+1"].tolist()[:-1] == found["size"].tolist()[1:]


def test_weights_of_lines_belong_to_those_of_blocks(tmp_path: Path) -> None:
    assert line_model().tables is model().tables
    changed = bytearray(LINE_WEIGHTS.read_bytes())
    changed[-1] ^= 1
    (tmp_path / "damaged.bin").write_bytes(changed)
    (tmp_path / "damaged.bin.sha256").write_bytes(LINE_WEIGHTS.with_name("line_weights.bin.sha256").read_bytes())
    with pytest.raises(ValueError, match="damaged"):
        load_lines(tmp_path / "damaged.bin", model())
    others = Model(model().trees, model().tables, model().header | {"crc32": 1})
    with pytest.raises(ValueError, match="fitted beside other weights"):
        load_lines(LINE_WEIGHTS, others)
