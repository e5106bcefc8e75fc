"""The plugin as a project uses it."""

from __future__ import annotations

import json

import pytest

from cleantext.registry import STORY

pytest_plugins = ["pytester"]
SOURCE = f"{STORY}\n\nLeave a Reply\n"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("CI", raising=False)
    pytester.makeini("[pytest]\ncleantext_fixtures = cases\n")
    case = pytester.mkdir("cases") / "one"
    case.mkdir()
    (case / "source.txt").write_text(SOURCE)
    (case / "case.toml").write_text('title = "one comment prompt"\n')
    return pytester


def fill(project: pytest.Pytester, expected: str = STORY + "\n", rule: str = "comment-prompt", more: str = "") -> None:
    case = project.path / "cases" / "one"
    start = len(STORY) + 1
    span = {"rule": rule, "group": "comments", "start": start, "end": len(SOURCE), "text": SOURCE[start:]}
    (case / "expected.txt").write_text(expected)
    (case / "removed.json").write_text(json.dumps([span]))
    (case / "case.toml").write_text('title = "one comment prompt"\n' + more)


def test_a_case_that_comes_true_passes(project: pytest.Pytester) -> None:
    fill(project)
    project.runpytest().assert_outcomes(passed=1)
    project.runpytest("cases/one/case.toml").assert_outcomes(passed=1)


def test_differences_are_shown_spans_first(project: pytest.Pytester) -> None:
    fill(project, expected="Another text\n", rule="comment-section")
    result = project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*one comment prompt*", "- comment-section *", "+ comment-prompt *", "*-Another text*"]
    )


def test_update_writes_and_fails_then_passes(project: pytest.Pytester) -> None:
    result = project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*--update-fixtures makes them*", "+ comment-prompt *"])
    project.runpytest("--update-fixtures").assert_outcomes(failed=1)
    case = project.path / "cases" / "one"
    assert (case / "expected.txt").read_text() == STORY + "\n"
    assert [s["rule"] for s in json.loads((case / "removed.json").read_text())] == ["comment-prompt"]
    project.runpytest().assert_outcomes(passed=1)
    project.runpytest("--update-fixtures").assert_outcomes(passed=1)


def test_update_keeps_what_takes_any_rule_of_the_group(project: pytest.Pytester) -> None:
    fill(project, expected="Another text\n")
    case = project.path / "cases" / "one"
    spans = json.loads((case / "removed.json").read_text())
    spans[0]["rule"] = None
    (case / "removed.json").write_text(json.dumps(spans))
    project.runpytest("--update-fixtures").assert_outcomes(failed=1)
    assert [s["rule"] for s in json.loads((case / "removed.json").read_text())] == [None]
    project.runpytest().assert_outcomes(passed=1)


def test_a_case_has_its_own_kind(project: pytest.Pytester) -> None:
    fill(project, more='kind = "text"\n')
    project.runpytest().assert_outcomes(passed=1)
    fill(project, more='kind = "picture"\n')
    project.runpytest().assert_outcomes(failed=1)


def test_update_is_refused_in_ci(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    result = project.runpytest("--update-fixtures")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*not for CI*"])


def test_known_failures_are_strict(project: pytest.Pytester) -> None:
    fill(project, expected="Another text\n", more='xfail = "not yet"\n')
    project.runpytest().assert_outcomes(xfailed=1)
    project.runpytest("--update-fixtures").assert_outcomes(xfailed=1)
    fill(project, more='xfail = "not yet"\n')
    project.runpytest().assert_outcomes(failed=1)


def test_a_case_without_its_files_is_no_known_failure(project: pytest.Pytester) -> None:
    (project.path / "cases" / "one" / "case.toml").write_text('title = "x"\nxfail = "not yet"\n')
    project.runpytest().assert_outcomes(failed=1)
    project.runpytest("--update-fixtures").assert_outcomes(failed=1)
    assert (project.path / "cases" / "one" / "removed.json").exists()


def test_a_folder_that_is_not_there_is_told(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\ncleantext_fixtures = casse\n")
    result = project.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*casse is no folder*"])


def test_a_case_has_its_own_config(project: pytest.Pytester) -> None:
    fill(project, expected=SOURCE, more='[config]\nignore = ["comments"]\n')
    (project.path / "cases" / "one" / "removed.json").write_text("[]")
    project.runpytest().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("case.toml", "title = ", "*case.toml: Invalid value*"),
        ("case.toml", 'titel = "x"', "*unknown key 'titel'*"),
        ("case.toml", 'lang = "en"', "*no title*"),
        ("case.toml", 'title = "x"\nxfail = true', "*case.toml: xfail takes a str, not True*"),
        ("removed.json", "[", "*removed.json: Expecting value*"),
        ("removed.json", '[{"start": 0}]', "*removed.json: a span has no 'end'*"),
        (
            "removed.json",
            '[{"rule": "r", "group": "g", "start": 0, "end": 3, "text": "xyz"}]',
            "*'xyz' is not what stands*",
        ),
    ],
)
def test_a_broken_case_is_named(project: pytest.Pytester, name: str, content: str, message: str) -> None:
    fill(project)
    (project.path / "cases" / "one" / name).write_text(content)
    result = project.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])


def test_other_folders_are_left_alone(project: pytest.Pytester) -> None:
    fill(project)
    other = project.mkdir("other")
    (other / "case.toml").write_text("not a case of ours")
    project.runpytest().assert_outcomes(passed=1)
