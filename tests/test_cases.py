"""The marked cases: which lines go and which stay, judged line by line.

A ``.case`` file marks every line of a document: ``= `` stays, ``- group `` goes, ``? `` either; blank lines are bare.
A line has gone if nine tenths of its visible characters have, and has stayed if at most one tenth has.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.floors import hold
from cleantext import Cleaner
from cleantext.find.facts import facts
from cleantext.find.packs import folder, packs
from cleantext.find.phrases import ALWAYS, HEADING
from cleantext.fixtures import load
from cleantext.read.text import read_text
from cleantext.registry import GROUPS

HERE = Path(__file__).parent
# Cases by which rules are judged, cases that no rule was made for (of these the figures are only held), and cases half
# of whose boilerplate is worded as sites seldom do.
TUNED, UNTUNED, UNUSUAL = (
    sorted((HERE / folder).glob("*.case")) for folder in ("cases", "untuned_cases", "unusual_cases")
)
CASES = [*TUNED, *UNTUNED, *UNUSUAL]
LOST = {
    "vi-trap-dong-ho": "a section headed “Quảng cáo” (advertisement)",
    "ja-trap-kanban": "a sign in a story that says 広告募集中 (advertise here)",
    "ms-trap-soalan-lazim": "a question of a list that is “Hak cipta terpelihara” (all rights reserved)",
    "it-trap-gioco-oca": "a refrain of commands that are names of controls",
    "zh-tw-trap-xiayiye": "a poem made of the names of controls",
    "en-footer-collector-trap": "a section headed “Advertisement” right below the headline",
    "es-hemeroteca-trap": "a section headed “Publicidad” right below the headline",
    "ja-trap-gamen-kyoshitsu": "a list of the names of controls, as a lesson takes them up one by one",
}
FIXTURES = [load(path.parent) for path in sorted(Path(__file__).parent.parent.glob("fixtures/*/case.toml"))]
CLEANER = Cleaner()


class Line(NamedTuple):
    mark: str
    group: str
    text: str


def read(path: Path) -> list[Line]:
    lines: list[Line] = []
    for raw in path.read_text(encoding="utf-8").split("\n"):
        if raw.startswith("# ") and not lines:
            continue
        mark, rest = raw[:1], raw[2:]
        if not raw.strip():
            lines.append(Line("", "", ""))
        elif mark == "-":
            group, _, text = rest.partition(" ")
            lines.append(Line(mark, group, text))
        else:
            lines.append(Line(mark, "", rest))
    while lines and not lines[-1].mark:
        lines.pop()
    return lines


class Tally(NamedTuple):
    """Lines rightly gone, wrongly gone, wrongly left; visible characters of the body, and those of them lost."""

    gone: int
    lost: int
    left: int
    body: int
    body_lost: int


def judge(path: Path) -> Tally:
    lines = read(path)
    source = "\n".join(line.text for line in lines) + "\n"
    removed = [False] * len(source)
    for span in CLEANER.clean(source).removed:
        removed[span.start : span.end] = [True] * (span.end - span.start)
    counts: Counter[str] = Counter()
    at = 0
    for line in lines:
        shown = [i for i in range(at, at + len(line.text)) if not source[i].isspace()]
        gone = sum(removed[i] for i in shown)
        at += len(line.text) + 1
        if line.mark == "=":
            counts["body"] += len(shown)
            counts["body_lost"] += gone
            counts["lost"] += gone > 0.1 * len(shown)
        elif line.mark == "-":
            counts["gone" if gone >= 0.9 * len(shown) else "left"] += 1
    return Tally(*(counts[name] for name in Tally._fields))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case_form(path: Path) -> None:
    lines = read(path)
    assert any(line.mark == "=" for line in lines)
    for line in lines:
        assert line.mark in ("=", "-", "?", ""), line
        assert line.group in GROUPS if line.mark == "-" else not line.group, line


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_no_line_of_the_body_is_lost(path: Path, request: pytest.FixtureRequest) -> None:
    if path.stem in LOST:
        request.applymarker(pytest.mark.xfail(reason=LOST[path.stem], strict=True))
    assert judge(path).lost == 0


def test_lines_that_go_and_body_that_stays() -> None:
    figures = figures_of(TUNED)
    assert figures["f1"] >= 0.97, figures
    assert figures["kept"] >= 0.995, figures
    hold("marked cases", figures)
    hold("marked cases, untuned", figures_of(UNTUNED))
    hold("marked cases, unusual", figures_of(UNUSUAL))


def figures_of(paths: list[Path]) -> dict[str, float]:
    total = Tally(*(sum(column) for column in zip(*map(judge, paths), strict=True)))
    precision, recall = total.gone / (total.gone + total.lost), total.gone / (total.gone + total.left)
    f1 = 2 * precision * recall / (precision + recall)
    return {"f1": f1, "precision": precision, "recall": recall, "kept": 1 - total.body_lost / total.body}


def test_phrases_that_always_go_stand_in_no_body() -> None:
    """Traps aside, which say them on purpose; and they say of what they are in which group it is."""
    same = other = 0
    for path in CASES:
        for line in filter(lambda line: line.mark in "-=" and line.text.strip(), read(path)):
            label = facts(read_text(line.text)).labels[0]
            if label is None or label.strength not in (ALWAYS, HEADING):
                continue
            assert line.mark == "-" or "trap" in path.stem, (path.stem, label, line.text)
            same += line.mark == "-" and label.group == line.group
            other += line.mark == "-" and label.group != line.group
    assert same / (same + other) >= 0.95


@pytest.mark.parametrize("kind", ["text", "html"])
def test_fixtures_that_fail_fail_by_few_lines(kind: str) -> None:
    """Known failures may get no worse: lines of the body that go, and lines of the site's that stay, in all of them."""
    lost: Counter[str] = Counter()
    left: Counter[str] = Counter()
    body = 0
    for case in FIXTURES:
        if (case.kind == "html") is (kind == "html") and case.expected is not None:
            expected = Counter(filter(None, case.expected.split("\n")))
            got = Counter(filter(None, case.result().text.split("\n")))
            lost += expected - got
            left += got - expected
            body += expected.total()
    figures = {
        "body lines kept": 1 - lost.total() / body,
        "lines that are body": 1 - left.total() / (body + left.total()),
    }
    hold(f"fixtures, {kind}", figures)


def test_every_language_has_three_cases_and_one_with_nothing_to_remove() -> None:
    """Of every phrase pack; fixtures count as well."""
    every: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for path in CASES:
        lang = next(line for line in path.read_text(encoding="utf-8").split("\n") if line.startswith("# lang:"))
        language = lang.partition(":")[2].strip().lower()
        every[language] += 1
        whole[language] += all(line.mark != "-" for line in read(path))
    for case in FIXTURES:
        about = tomllib.loads((case.path / "case.toml").read_text(encoding="utf-8"))
        language = about.get("lang", "").lower()
        every[language] += 1
        whole[language] += case.removed == ()
    languages = [language for language, _ in packs(folder())]
    assert [language for language in languages if every[language] < 3 or not whole[language]] == []
