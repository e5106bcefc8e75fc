"""Every rule is held to the same form, and does what its examples say."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import cleantext.rules
from cleantext.engine import Cleaner
from cleantext.registry import GROUPS, Rule, rules
from cleantext.result import Result

RULES = list(rules().values())
EXAMPLES = [pytest.param(r, e, id=f"{r.name}-{i}") for r in RULES for i, e in enumerate(r.examples)]
HEADINGS = ("Removes: ", "Keeps: ", "Source: ")


def run(rule: Rule, example: str) -> Result:
    kind = "html" if rule.stage in ("elements", "score") else "text"
    # Of what a page is made of only the rule itself shall judge.
    instead = {"elements": ["body"], "score": [] if rule.default else ["body-score"]}.get(rule.stage, [])
    return Cleaner(extend_select=[rule.name], ignore=instead).clean(re.sub("[⟦⟧]", "", example), kind=kind)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: str) -> None:
    result = run(rule, example)
    assert not result.problems
    marked = "".join(part.partition("⟧")[0] + "\n" for part in example.split("⟦")[1:])
    went = "".join(result.source[span.start : span.end] + "\n" for span in result.removed)
    assert went.split() == marked.split()


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
def test_has_an_example_that_it_finds_something_in_and_one_that_it_leaves(rule: Rule) -> None:
    assert {rule.name in run(rule, example).by_rule() for example in rule.examples} == {True, False}


def test_every_module_holds_rules_of_its_group() -> None:
    for module in iter_modules(cleantext.rules.__path__):
        content = vars(import_module(f"cleantext.rules.{module.name}"))
        groups = {r.group for r in RULES if content.get(r.name.replace("-", "_")) is r.find}
        assert groups == {module.name.partition("_")[0]}


def test_docs_are_fresh() -> None:
    from cleantext.cli.rule import markdown
    from cleantext.site import TEMPLATE

    page = Path(__file__).parent.parent / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == markdown([*RULES, TEMPLATE]), (
        "cleantext rule --all --output-format markdown"
    )
