"""Every rule is held to the same form, and does what its examples say."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import cleantext.rules
from cleantext.engine import Cleaner
from cleantext.rule import GROUPS, Rule, rules

RULES = list(rules().values())
EXAMPLES = [pytest.param(r, e, id=f"{r.name}-{i}") for r in RULES for i, e in enumerate(r.examples)]
HEADINGS = ("Removes: ", "Keeps: ", "Source: ")


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: str) -> None:
    source = re.sub("[⟦⟧]", "", example)
    result = Cleaner(select=[rule.name]).clean(source)
    assert not result.problems
    gone = bytearray(len(source))
    for span in result.removed:
        gone[span.start : span.end] = b"\1" * (span.end - span.start)
    marked = bytearray()
    inside = False
    for char in example:
        if char in "⟦⟧":
            inside = char == "⟦"
        else:
            marked.append(inside)
    shown = [i for i, char in enumerate(source) if not char.isspace()]
    assert [source[i] for i in shown if gone[i]] == [source[i] for i in shown if marked[i]]
    assert all(gone[i] == marked[i] for i in shown)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_form(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+|masthead|breadcrumb|dateline", rule.name)
    assert rule.group in GROUPS
    assert rule.reason == rule.reason.strip() != ""
    assert rule.reason[0].islower()
    assert not rule.reason.endswith(".")
    first, *paragraphs = rule.doc.split("\n\n")
    assert first.endswith(".")
    assert "\n" not in first
    assert [p.strip()[: len(h)] for p, h in zip(paragraphs, HEADINGS, strict=True)] == list(HEADINGS)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_has_an_example_that_goes_and_one_that_stays(rule: Rule) -> None:
    assert any("⟦" in e for e in rule.examples)
    assert any("⟦" not in e for e in rule.examples)


def test_every_module_holds_rules_of_its_group() -> None:
    for module in iter_modules(cleantext.rules.__path__):
        content = vars(import_module(f"cleantext.rules.{module.name}"))
        groups = {r.group for r in RULES if content.get(r.name.replace("-", "_")) is r.find}
        assert groups == {module.name}


def test_docs_are_fresh() -> None:
    from cleantext.cli.rule import markdown

    page = Path(__file__).parent.parent / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == markdown(RULES), "cleantext rule --all --output-format markdown"
