"""The body score: words as numbers, the features, the trees, what is decided, and the file of weights."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext import Cleaner, clean
from cleantext.read.html import read_html
from cleantext.registry import STORY_HTML
from cleantext.rest import rest_of
from cleantext.score.characters import CLASSES, DIGIT, LOWER, SPACE, STOP, UPPER, class_table
from cleantext.score.decide import COPIED_WORDS, copies, decide
from cleantext.score.features import NAMES, features
from cleantext.score.model import LINE_WEIGHTS, WEIGHTS, Trees, load, model, save
from cleantext.score.tables import Tables
from cleantext.score.word_hashes import code_points, hashes_in, word_hashes, words_in

PIECES = [
    "<p>", "</p>", "<div class='nav a-b'>", "</div>", "<ul><li>", "</ul>", "<h1>", "</h1>", "<a href=x>", "</a>",
    "<article>", "</article>", "<footer>", "</footer>", "<br>", "<table><td>", "Ducks swim here.", "«Où»",
    "東京に行く。", "12,5 %", "\ud800", "***", "İstanbul", " ",
]  # fmt: skip
PAGES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def plane(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    """The code points of a text, cut to the basic plane."""
    return np.minimum(code_points(text), 0xFFFF)


@given(st.text(max_size=80))
def test_words_as_numbers_are_the_words(text: str) -> None:
    hashes, begins = word_hashes(plane(text))
    words = words_in(text)
    assert len(hashes) == len(words) == len(begins)
    assert [text[b:].lower().startswith(w[:1]) for b, w in zip(begins.tolist(), words, strict=True)].count(False) == 0


def test_a_word_has_one_number_however_it_is_written() -> None:
    first, *others = [hashes_in(text).tolist() for text in ("The Tarn", "the tarn", "«THE» (Tarn),", "the\ntarn…")]
    assert len(first) == 2
    assert all(other == first for other in others)
    assert len(set(hashes_in("tarn nart tarns rant").tolist())) == 4


def test_words_longer_than_are_told_apart_still_have_a_number() -> None:
    assert len(hashes_in("x" * 5000 + " y")) == 2


def test_classes_of_characters() -> None:
    table = class_table()
    assert [table[ord(c)] for c in "aA1. "] == [LOWER, UPPER, DIGIT, STOP, SPACE]
    assert table.max() < CLASSES


def test_tables_know_words_and_say_nothing_of_others() -> None:
    tables = Tables.of({"ducks": 1.5, "cookies": -2.0}, {})
    numbers = tables.numbers_of(hashes_in("Cookies! the zebra ducks"))
    assert tables.odds.take(numbers).tolist() == [-2.0, 0.0, 0.0, 1.5]
    assert tables.functional.take(numbers).tolist() == [0.0, 1.0, 0.0, 0.0]


@settings(deadline=None)
@given(PAGES)
def test_features_are_numbers(html: str) -> None:
    document = read_html(html)
    rest = Cleaner(ignore=["body"]).named(document).document
    for seen in (document, rest):
        found = features(seen, model().tables)
        assert found.shape == (len(NAMES), len(seen.texts))
        assert np.isfinite(found).all()


def test_names_of_features_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_features_say_what_stands_around_a_block() -> None:
    html = "<h1>One duck</h1><div class='entry-content'><p>Ducks swim in the river.</p><p><a href=x>More</a></p></div>"
    found = dict(zip(NAMES, features(read_html(html), model().tables), strict=True))
    assert found["is_p"].tolist() == [0, 1, 1]
    assert found["heading"].tolist() == [1, 0, 0]
    assert found["link_share"].tolist() == [0, 0, 1]
    assert found["class_content"].tolist() == [12, 1, 1]
    assert found["tag_p"].tolist() == [12, 0, 0]
    assert found["link_share@+1"].tolist() == [0, 1, -1]
    assert found["h1_before"].tolist() == [1, 1, 1]


def test_the_rest_of_a_page_knows_what_went() -> None:
    html = (
        "<nav><ul><li>Home<li>News</ul></nav><main><p>A</p><aside>Ads here</aside><p>B</p></main><footer>End</footer>"
    )
    document = read_html(html)
    assert document.texts == ("Home", "News", "A", "Ads here", "B", "End")
    rest, blocks = rest_of(document, {0: "nav", 1: "nav", 3: "ad", 5: "legal"}, {4: "tags"})
    page = rest.page
    assert page is not None
    gone = page.gone
    assert gone is not None
    assert (rest.texts, rest.source, list(blocks)) == (("A", "B"), "A\nB", [2, 4])
    assert "nav" not in page.tags
    assert [page.tags[owner] for owner in page.owners] == ["p", "p"]
    assert gone.before == (8, 8, 3)
    assert (gone.above, gone.below) == (("nav", "ad", "legal"), ("nav", "ad", "legal"))
    assert gone.inside[0] == 19
    assert gone.inside[page.tags.index("main")] == 8
    assert rest.held == {1: "tags"}
    assert rest.gaps[1]


@settings(deadline=None)
@given(PAGES, st.data())
def test_a_rest_is_a_page(html: str, data: st.DataObject) -> None:
    document = read_html(html)
    gone = data.draw(st.dictionaries(st.integers(0, max(0, len(document.texts) - 1)), st.just("nav")))
    gone = {index: group for index, group in gone.items() if index < len(document.texts)}
    rest, blocks = rest_of(document, gone, {})
    page = rest.page
    assert page is not None
    assert [document.texts[i] for i in blocks] == list(rest.texts)
    assert all(rest.source[b.start : b.end] == b.text for b in rest.blocks)
    for block, owner in enumerate(page.owners):
        assert page.first[owner] <= block < page.last[owner]
    for element, parent in enumerate(page.parents):
        assert page.first[parent] <= page.first[element] <= page.last[element] <= page.last[parent]


def test_symmetric_trees_ask_what_they_say() -> None:
    trees = Trees(
        np.array([0, 1], np.uint16),
        np.array([0.5, 2.0], np.float32),
        np.array([[0, 1], [1, 0]], np.uint16),
        np.array([[0, 100, 200, 300], [0, 10, 20, 30]], np.int16),
        unit=0.01,
        bias=-1.0,
    )
    # Leaves: the first question of a tree is the lowest bit.
    features_ = np.array([[0, 1, 0, 1], [1, 1, 3, 3]], np.float32)
    log_odds = np.array([0, 1.2, 2.1, 3.3]) - 1
    assert trees.probabilities(features_) == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-6)


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    fitted = model()
    path = tmp_path / "weights.bin"
    save(path, fitted.trees, fitted.tables, {"settings": {"depth": 8}})
    again = load(path)
    assert again.header["settings"] == {"depth": 8}
    assert (again.trees.leaves == fitted.trees.leaves).all()
    assert (again.tables.odds == fitted.tables.odds).all()
    assert again.tables.tokens == fitted.tables.tokens
    html = "<main><p>Ducks swim here.</p></main>"
    found = features(read_html(html), again.tables)
    assert (again.trees.probabilities(found) == fitted.trees.probabilities(found)).all()
    written = path.read_bytes()
    save(path, fitted.trees, fitted.tables, {"settings": {"depth": 8}})
    assert path.read_bytes() == written


@pytest.mark.parametrize("damage", ["changed", "header", "cut", "empty", "other"])
def test_damaged_weights_are_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "weights.bin"
    save(path, model().trees, model().tables, {})
    whole = path.read_bytes()
    damaged = {
        "changed": whole[:-1] + b"x",
        "header": whole.replace(b'"bias"', b'"Bias"'),
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "other": b"x" + whole,
    }
    assert damaged[damage] != whole
    path.write_bytes(damaged[damage])
    with pytest.raises(ValueError, match=r"weights\.bin"):
        load(path)


@pytest.mark.parametrize("path", [WEIGHTS, LINE_WEIGHTS], ids=lambda path: path.name)
def test_digests_are_as_sha256sum_writes_them(path: Path) -> None:
    line = path.with_name(f"{path.name}.sha256").read_text(encoding="ascii")
    assert line == f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"


def test_weights_say_where_they_are_from() -> None:
    header = model().header
    assert set(header["fitted_on"]) == {"wcxb-dev", "news-dev", "trafilatura-dev"}
    assert "benchmarks.fit" in header["command"]


def test_the_threshold_is_the_page_s_own() -> None:
    texts = ["one two three"] * 4
    clear = np.array([0.9, 0.9, 0.4, 0.1], np.float32)
    murky = np.array([0.45, 0.42, 0.4, 0.1], np.float32)
    assert decide(texts, clear).tolist() == [True, True, False, False]
    assert decide(texts, murky).tolist() == [True, True, True, False]


def test_copies_are_long_runs_in_the_same_order() -> None:
    long = " ".join(["word"] * COPIED_WORDS)
    half = " ".join(["other"] * (COPIED_WORDS // 2))
    rest = " ".join(["third"] * (COPIED_WORDS - COPIED_WORDS // 2))
    texts = [long, half, rest, "new", half, rest, "new", rest, half, long]
    assert list(copies(texts, range(len(texts)))) == [[4, 5, 6], [9]]
    assert list(copies(texts, [0, 1, 2, 3, 5, 6, 7])) == []


def test_no_blocks_no_decision() -> None:
    assert decide([], np.zeros(0, np.float32)).tolist() == []


def test_damaged_weights_leave_the_text_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise ValueError("weights.bin: damaged")

    monkeypatch.setattr("cleantext.score.model", broken)
    result = clean("<html><body><nav>Home</nav><p>Ducks swim in the river all day long.</p></body></html>")
    assert "Ducks swim" in result.text
    assert {p.rule for p in result.problems} == {"body-score", "repeated-block"}


def test_a_refrain_stays_and_a_post_that_is_quoted_whole_goes() -> None:
    lines = ["The ferry comes at seven, the ferry goes at nine,", "and nobody has asked it for a word or for a sign."]
    verses = [f"<p>The {name} was the first to leave.<br>{'<br>'.join(lines)}</p>" for name in ("miller", "baker")]
    assert clean(f"<main><article>{''.join(verses)}</article></main>", kind="html").text.count(lines[0]) == 2
    assert clean(f"<main>{STORY_HTML}<div>{STORY_HTML}</div></main>", kind="html").text.count("first cars") == 1
