"""The library face: results, bad input, configuration, threads."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import cleantext
from cleantext import Cleaner, Config, Rule, clean, passes
from cleantext.document import Document
from cleantext.find import own, take
from cleantext.read.text import read_text
from cleantext.registry import STORY, _registry
from cleantext.span import Finding, resolve

PAGE = f"Mayor opens bridge after long wait\n\n{STORY}\n\nSimilar Posts\n\nLeave a Reply\n"


def test_a_removed_span_says_all_about_itself() -> None:
    span = clean(PAGE, kind="text").removed[1]
    assert span.text == "Leave a Reply\n"
    assert PAGE[span.start : span.end] == span.text
    assert (span.rule, span.group) == ("comment-prompt", "comments")
    assert span.reason == "comment prompt: “leave a reply” (en)"
    assert 0.9 < span.score <= 1


def test_no_hole_is_left() -> None:
    source = f"{STORY}\n\nAdvertisement\n\n{STORY}\n\nShare this article\n"
    assert clean(source).text == f"{STORY}\n\n{STORY}\n"
    assert clean(f"Skip to main content\n{STORY}").text == STORY
    assert clean(f"{STORY}\n    Advertisement\n    {STORY}").text == f"{STORY}\n    {STORY}"


@pytest.mark.parametrize("before", ["\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize("after", ["\n", "\n\n", "\n\n\n"])
def test_paragraphs_stay_as_far_apart_as_they_were(before: str, after: str) -> None:
    source = f"{STORY}{before}Share on Facebook\nShare on WhatsApp\n\nCopy link{after}{STORY}\n"
    assert clean(source).text == f"{STORY}{max(before, after)}{STORY}\n"


def test_result_is_ready_for_json() -> None:
    result = clean(PAGE)
    data = json.loads(json.dumps(result.to_dict()))
    assert data["text"] == result.text
    assert data["outcome"] == "cleaned"
    assert data["removed"][1]["rule"] == "comment-prompt"
    assert data["title"] == "Mayor opens bridge after long wait"
    spans = {name: [s.text for s in found] for name, found in result.by_rule().items()}
    assert spans == {"comment-prompt": ["Leave a Reply\n"], "related-prompt": ["\nSimilar Posts\n\n"]}


@pytest.mark.parametrize(
    ("source", "outcome", "text"),
    [
        ("", "empty", ""),
        (" \t\n\r\n\u3000\u200b\ufeff\n", "empty", " \t\n\r\n\u3000\u200b\ufeff\n"),
        ("Leave a Reply\nYour email address will not be published.\n", "only boilerplate", ""),
        ("Skip to main content\n\nHome\nNews\n\nShare this article\n\n© 2026 Tidewire\n", "only boilerplate", ""),
        (STORY, "unchanged", STORY),
        (PAGE, "cleaned", PAGE[: PAGE.index("\nSimilar")]),
    ],
)
def test_outcome(source: str, outcome: str, text: str) -> None:
    result = clean(source)
    assert (result.outcome, result.text) == (outcome, text)


@pytest.mark.parametrize(
    "noise", ["\ud800", "\udfff\ud800", "\0", "\u202e", "\u2067Reply\u2069", "\U0010ffff", "\x1b[0m"]
)
def test_any_character_is_taken(noise: str) -> None:
    source = f"{STORY}{noise}\n{noise}\nLeave a Reply{noise}\n"
    result = clean(source)
    assert not result.problems
    assert result.text.startswith(STORY)
    assert clean(result.text).text == result.text


def test_invisible_marks_hide_no_boilerplate() -> None:
    assert clean(f"{STORY}\n\u202aLeave a Reply\u202c\ufeff\n").text == STORY + "\n"


@pytest.mark.parametrize("source", [None, 3, ["text"], Path("text")])
def test_wrong_type_is_told_what_is_taken(source: Any) -> None:
    with pytest.raises(
        TypeError, match=r"takes a str, bytes or a tree of BeautifulSoup, not (NoneType|int|list|\w*Path)"
    ):
        clean(source)


def test_wrong_kind() -> None:
    with pytest.raises(ValueError, match="kind must be 'auto', 'text' or 'html', not 'pdf'"):
        clean("text", kind="pdf")


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"ignore": ["image-alt-lin"]},
            ValueError,
            "unknown rule or group 'image-alt-lin'; did you mean 'image-alt-line'",
        ),
        ({"select": "coments"}, ValueError, "did you mean 'comments'"),
        ({"ignor": ["nav"]}, ValueError, "unknown option 'ignor'; did you mean 'ignore'"),
        ({"keep": ["("]}, ValueError, r"keep: '\(' is no regular expression: missing \)"),
        ({"rules": [{"name": "x", "lines": ["[a"]}]}, ValueError, "rule 'x': .* is no regular expression"),
        ({"rules": [{"name": "x"}]}, ValueError, "a rule needs 'lines'"),
        ({"rules": [{"name": "x", "line": ["a"]}]}, ValueError, "unknown key 'line' in a rule; did you mean 'lines'"),
        ({"rules": [{"name": "nav", "lines": ["a"]}]}, ValueError, "rule name 'nav' is taken"),
        ({"rules": [{"name": "masthead", "lines": ["a"]}]}, ValueError, "rule name 'masthead' is taken"),
        (
            {"rules": [{"name": "x", "lines": ["a"], "group": "navi"}]},
            ValueError,
            "unknown group 'navi' .* did you mean 'nav'",
        ),
        ({"rules": [{"name": "House style", "lines": ["a"]}]}, ValueError, "'House style' is not in kebab-case"),
        ({"rules": [{"name": "x", "lines": [""]}]}, ValueError, "rule 'x': an empty pattern is found in every line"),
        ({"keep": ""}, ValueError, "keep: an empty pattern is found in every line"),
        ({"rules": [Rule("nav-prompt", "nav", "r", lambda document: ())]}, ValueError, "'nav-prompt' is taken"),
        ({"rules": [Rule("x", "navi", "r", lambda document: ())]}, ValueError, "unknown group 'navi'"),
        ({"rules": "x"}, TypeError, "rules takes a list of tables, not str"),
        ({"rules": ["x"]}, TypeError, "a rule is a table"),
        ({"ignore": 3}, TypeError, "ignore takes a string or a list of strings, not int"),
        ({"ignore": [3]}, TypeError, "ignore takes strings, not int"),
    ],
)
def test_wrong_options_are_told_apart(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        Cleaner(**options)


def test_select_and_ignore() -> None:
    page = (
        f"Mayor opens bridge after long wait\n3 March 2026\n5 min read\n\n{STORY}\n\nSimilar Posts\n\nLeave a Reply\n"
    )

    def groups(**options: Any) -> set[str]:
        return {s.group for s in clean(page, **options).removed}

    assert groups() == {"related", "comments"}
    assert groups(select=["comments"]) == {"comments"}
    assert groups(ignore=["comment-prompt"]) == {"related"}
    assert groups(extend_select=["byline"]) == {"related", "comments", "byline"}
    assert groups(select=["byline", "related"], ignore=["related"]) == {"byline"}
    assert groups(select=[]) == set()


def test_what_stays_speaks_for_phrases_beside_it() -> None:
    page = (
        f"Mayor opens bridge after long wait\n5 min read\nFacebook\nWhatsApp\n\n{STORY}\n\nAdvertisement\nFacebook\n"
        f"Copy link\n\n{STORY}\n\nWe use cookies to improve your experience on our website.\nAccept all\n"
    )
    share = [s.text.split() for s in clean(page).removed if s.group == "share"]
    assert share == [s.text.split() for s in clean(page, select=["share"]).removed] != []
    assert "Facebook" in clean(page, ignore=["share"]).text


def test_what_only_an_ignored_rule_takes_stays() -> None:
    page = f"Mayor opens bridge after long wait\n\n{STORY}\n\nMayor opens bridge after long wait - Image 2\n\n{STORY}\n"
    assert clean(page).text != page
    assert clean(page, ignore=["caption"]).text == page
    footer = f"{STORY}\n\nTerms of use\n© 2026 Tidewire Media\nPrivacy policy\n"
    assert "© 2026" in clean(footer, ignore=["copyright-line"]).text


def test_keep_holds_a_line_against_every_rule() -> None:
    assert "Leave a Reply" in clean(PAGE, keep=["(?i)^leave a"]).text
    assert "Similar Posts" not in clean(PAGE, keep=["(?i)^leave a"]).text


def test_own_rules_are_rules() -> None:
    own = [{"name": "dateline-stamp", "lines": [r"^QUAYSIDE,"], "reason": "house style", "group": "byline"}]
    page = f"QUAYSIDE, Monday\n{STORY}\n"
    (span,) = clean(page, rules=own).removed
    assert (span.rule, span.group, span.text) == ("dateline-stamp", "byline", "QUAYSIDE, Monday\n")
    assert span.reason == "house style: matches “^QUAYSIDE,”"
    assert clean(page, rules=own, ignore=["dateline-stamp"]).text == page


@pytest.mark.parametrize("option", ["rules", "keep"])
def test_a_pattern_that_backtracks_runs_out_of_time_and_the_others_go_on(option: str) -> None:
    hostile = "^((a|aa)+|b)+$"
    options: dict[str, Any] = (
        {"keep": [hostile]} if option == "keep" else {"rules": [{"name": "slow", "lines": [hostile]}]}
    )
    source = "a" * 80 + "?\n" + PAGE
    start = time.process_time()
    result = Cleaner(**options).clean(source)
    assert time.process_time() - start < 5
    (problem,) = result.problems
    assert problem.rule == ("slow" if option == "rules" else f"keep {hostile!r}")
    assert ("lines it did not see stay" if option == "keep" else "was left out") in problem.message
    assert "Leave a Reply" not in result.text
    assert STORY in result.text


def test_all_patterns_of_a_rule_share_one_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "deadline_of", lambda document: 0.0)
    result = clean(PAGE, rules=[{"name": "late", "lines": ["^Mayor", "^Leave"]}])
    assert [p.rule for p in result.problems] == ["late"]
    assert "Mayor" in result.text


def test_a_keep_pattern_without_time_keeps_what_it_did_not_see() -> None:
    lines = [f"{'a' * 80}{i}?" for i in range(30)]
    hostile = "^((a|aa)+|b)+$|Leave a Reply"
    result = Cleaner(keep=[hostile]).clean("\n".join(lines) + "\n" + PAGE)
    assert result.problems
    assert result.text == result.source


def test_an_ignored_rule_of_ones_own_does_not_run() -> None:
    own = [{"name": "slow", "lines": ["^((a|aa)+|b)+$"]}]
    assert not clean("a" * 80 + "?\n", rules=own, ignore=["slow"]).problems


def test_a_rule_that_raises_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleantext.rules import share

    def broken(document: object, group: str) -> None:
        raise RuntimeError("no luck")

    monkeypatch.setattr(share, "phrases", broken)
    result = clean(PAGE)
    assert [p.rule for p in result.problems] == ["share-prompt"]
    assert "RuntimeError: no luck" in result.problems[0].message
    assert "Leave a Reply" not in result.text


def test_a_cleaner_is_immutable_and_picklable() -> None:
    cleaner = Cleaner(ignore=["nav"], keep=["x"], rules=[{"name": "own-rule", "lines": ["^y"]}])
    with pytest.raises(AttributeError, match="immutable"):
        cleaner.config = Config()
    copy = pickle.loads(pickle.dumps(cleaner))
    assert [r.name for r in copy.rules] == [r.name for r in cleaner.rules]
    assert copy.clean(PAGE) == cleaner.clean(PAGE)
    assert pickle.loads(pickle.dumps(clean(PAGE))) == clean(PAGE)


def test_threads_share_a_cleaner() -> None:
    cleaner = Cleaner()
    pages = [PAGE.replace("Monday", f"day {i}") for i in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(cleaner.clean, pages)) == [cleaner.clean(page) for page in pages]


def test_config_from_toml_is_the_same_as_from_keywords(tmp_path: Path) -> None:
    table = 'ignore = ["caption"]\nextend-select = ["byline"]\nkeep = ["^x"]\n'
    rule = '{}\nname = "own-rule"\nlines = ["^y"]\nreason = "mine"\n'
    (tmp_path / "cleantext.toml").write_text(table + rule.format("[[rules]]"))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pyproject.toml").write_text(
        "[tool.cleantext]\n" + table + rule.format("[[tool.cleantext.rules]]")
    )
    keywords = Config.make(
        ignore=["caption"],
        extend_select="byline",
        keep=["^x"],
        rules=[{"name": "own-rule", "lines": "^y", "reason": "mine"}],
    )
    for path in (tmp_path / "cleantext.toml", tmp_path / "sub" / "pyproject.toml"):
        assert Config.load(path) == keywords
        assert Config.nearest(path.parent) == path
    (tmp_path / "other.toml").write_text("[tool.cleantext]\nignore = ['caption']\n")
    assert Config.load(tmp_path / "other.toml") == Config(ignore=("caption",))
    (tmp_path / "sub" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert Config.nearest(tmp_path / "sub") == tmp_path / "cleantext.toml"


@pytest.mark.parametrize("content", ["ignore = [", "ignor = []", "ignore = 3", "keep = ['(']"])
def test_a_wrong_config_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "cleantext.toml"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"cleantext\.toml: "):
        Config.load(path)


def test_config_is_checked_however_it_is_made() -> None:
    assert Config(select="nav", keep=["^x"]) == Config.make(select=["nav"], keep="^x")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"keep: '\(' is no regular expression"):
        Config(keep=("(",))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="ignore takes strings, not int"):
        Config(ignore=(3,))  # type: ignore[arg-type]


def test_a_rule_that_is_registered_later_runs() -> None:
    assert clean("Ferry times\n").removed == ()

    @cleantext.rule(group="own", reason="ferry times", examples=[])
    def ferry_times(document: Document) -> Iterator[Finding]:
        yield from (take(document, i) for i, text in enumerate(document.texts) if text == "Ferry times")

    def other(document: Document) -> Iterator[Finding]:
        yield from ferry_times(document)

    try:
        assert [s.rule for s in clean("Ferry times\n").removed] == ["ferry-times"]
        with pytest.raises(ValueError, match="two rules are named 'ferry-times'"):
            cleantext.rule(group="own", reason="again", examples=[])(ferry_times)
        with pytest.raises(ValueError, match=r"rule 'other': 'owm' is none of .*did you mean 'own'"):
            cleantext.rule(group="owm", reason="r", examples=[])(other)
        with pytest.raises(ValueError, match=r"rule 'other': 'line' is none of .*did you mean 'lines'"):
            cleantext.rule(group="own", stage="line", reason="r", examples=[])(other)  # type: ignore[arg-type]
    finally:
        del _registry["ferry-times"]
    assert clean("Ferry times\n").removed == ()


def test_a_group_that_would_take_nearly_everything_stands_back() -> None:
    def most(document: Document) -> Iterator[Finding]:
        yield take(document, 0)

    def rest(document: Document) -> Iterator[Finding]:
        yield take(document, 1, 2)

    pair = tuple(Rule(f.__name__, "own", "r", f, stage="structure") for f in (most, rest))
    page = "a" * 50 + "\n" + "b" * 50 + "\n\n" + "c" * 50 + "\n"
    assert clean(page + "d" * 20 + "\n", rules=pair).text == page + "d" * 20 + "\n"
    assert clean(page + "d" * 50 + "\n", rules=pair).text == "d" * 50 + "\n"


def test_title_is_the_copy_of_the_headline_that_stays() -> None:
    page = f"Mayor opens bridge after long wait | Tidewire News\nMayor opens bridge after long wait\n\n{STORY}\n"
    assert clean(page).title == "Mayor opens bridge after long wait"
    assert clean(STORY).title is None


def test_passes_go_on_until_nothing_is_found() -> None:
    source = (
        "Leave a Reply\n\n" + "© 2026 Tidewire Media\n\n" * 600 + f"Mayor opens bridge after long wait\n\n{STORY}\n"
    )
    result = clean(source)
    assert result.text == f"Mayor opens bridge after long wait\n\n{STORY}\n"
    assert not result.problems


def test_cleaning_that_could_go_on_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "PASSES", 0)
    assert [p.rule for p in clean(PAGE).problems] == ["passes"]


def test_blocks_are_the_lines_that_show_something() -> None:
    blocks = read_text("One\n\n \n  two  \r\nthree").blocks
    assert [(b.start, b.end, b.text, b.gap) for b in blocks] == [
        (0, 3, "One", 0),
        (9, 12, "two", 2),
        (16, 21, "three", 0),
    ]


def test_overlapping_findings_become_disjoint() -> None:
    found = [Finding(0, 5, "a", 1.0), Finding(3, 9, "b", 1.0), Finding(4, 5, "c", 1.0), Finding(9, 9, "d", 1.0)]
    assert [(f.start, f.end) for f in resolve(found)] == [(0, 5), (5, 9)]


def test_public_names() -> None:
    assert sorted(cleantext.__all__) == sorted(
        ["Cleaner", "Config", "Kept", "Problem", "Result", "Rule", "Span", "__version__", "clean", "rule"]
    )
