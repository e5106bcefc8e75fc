"""The command as a user runs it: a process of its own, real files, real streams."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext.registry import STORY, rules

PAGE = f"Mayor opens bridge after long wait\n\n{STORY}\n\nSimilar Posts\n\nLeave a Reply\n"
BODY = PAGE[: PAGE.index("\nSimilar")]


def run(*args: str, cwd: Path | None = None, stdin: bytes = b"") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", *args], cwd=cwd, input=stdin, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text(PAGE)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "clean.md").write_text(STORY)
    (tmp_path / "a" / "page.rst").write_text("Leave a Reply\n")
    (tmp_path / "picture.bin").write_bytes(b"\0\1")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "licence.txt").write_text(PAGE)
    return tmp_path


def test_check_reports_spans_with_line_and_column(folder: Path) -> None:
    status, out, err = run("check", "b.txt", cwd=folder)
    assert status == 1
    assert out == (
        "b.txt:5:1: related-prompt: link to other articles: “similar posts” (en): Similar Posts\n"
        "b.txt:7:1: comment-prompt: comment prompt: “leave a reply” (en): Leave a Reply\n"
    )
    assert err == "1 file, 2 spans, 30 characters would be removed\n"


def test_check_walks_folders_in_order_and_passes_over_the_rest(folder: Path) -> None:
    status, out, err = run("check", ".", cwd=folder)
    assert status == 1
    assert [line.split(":")[0] for line in out.splitlines()] == ["b.txt", "b.txt"]
    assert err.startswith("2 files, 2 spans")
    assert run("check", cwd=folder)[:2] == (status, out)


def test_check_of_clean_text_is_silent(folder: Path) -> None:
    assert run("check", "a/clean.md", cwd=folder) == (0, "", "1 file, nothing to remove\n")


def test_check_and_clean_read_stdin(folder: Path) -> None:
    status, out, _ = run("check", "-", stdin=PAGE.encode())
    assert status == 1
    assert out.startswith("<stdin>:5:1: related-prompt: ")
    assert run("clean", "-", stdin=PAGE.encode()) == (0, BODY, "")


def test_clean_prints_the_body_byte_for_byte(folder: Path) -> None:
    (folder / "crlf.txt").write_bytes(PAGE.replace("\n", "\r\n").encode())
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", "clean", "crlf.txt"], cwd=folder, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, BODY.replace("\n", "\r\n").encode())
    assert (folder / "crlf.txt").read_bytes() == PAGE.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("missing.txt", "missing.txt: No such file or directory"),
        ("picture.bin", "picture.bin: looks like a binary file"),
        ("latin.txt", "latin.txt: not UTF-8 (byte 4: invalid continuation byte); --encoding names another"),
        ("empty", "empty: no file with one of the suffixes .htm .html .markdown .md .text .txt .xhtml in this folder"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_others_are_done(folder: Path, path: str, complaint: str) -> None:
    (folder / "latin.txt").write_bytes("café au lait".encode("latin-1")[:3] + b" \xe9t\xe9 ")
    (folder / "empty").mkdir()
    status, out, err = run("check", path, "b.txt", cwd=folder)
    assert status == 2
    assert err.splitlines()[0] == f"cleantext: {complaint}"
    assert out.count("\n") == 2
    if path != "empty":
        assert run("clean", path, cwd=folder) == (2, "", f"cleantext: {complaint}\n")


def test_clean_of_a_folder_needs_another(folder: Path) -> None:
    status, out, err = run("clean", "a", cwd=folder)
    assert (status, out) == (2, "")
    assert "say with -o where their texts go" in err


def test_select_and_config(folder: Path) -> None:
    assert run("check", "--select", "comments,share", "b.txt", cwd=folder)[1].count("\n") == 1
    assert run("check", "--ignore", "comments", "--ignore", "related-prompt", "b.txt", cwd=folder)[0] == 0
    assert run("check", "--select", ",", "b.txt", cwd=folder)[0] == 2
    (folder / "cleantext.toml").write_text('ignore = ["comments"]\n')
    assert "comment-prompt" not in run("check", "b.txt", cwd=folder)[1]
    assert "comment-prompt" in run("check", "--select", "comments", "b.txt", cwd=folder)[1]
    assert "comment-prompt" in run("check", "--extend-select", "comments", "b.txt", cwd=folder)[1]
    assert "comment-prompt" in run("check", "--isolated", "b.txt", cwd=folder)[1]
    (folder / "other.toml").write_text('select = ["comments"]\n')
    assert run("check", "--config", "other.toml", "b.txt", cwd=folder)[1].count("comment-prompt") == 1
    assert run("check", "--config", "other.toml", "--isolated", "b.txt", cwd=folder)[0] == 2


def test_unknown_names_are_told_with_the_nearest(folder: Path) -> None:
    status, out, err = run("check", "--ignore", "coments", "b.txt", cwd=folder)
    assert (status, out) == (2, "")
    assert "unknown rule or group 'coments'; did you mean 'comments'?" in err
    (folder / "cleantext.toml").write_text('ignor = ["comments"]\n')
    status, out, err = run("check", "b.txt", cwd=folder)
    assert (status, out) == (2, "")
    assert "cleantext.toml: unknown option 'ignor'; did you mean 'ignore'?" in err
    assert "did you mean 'masthead'?" in run("rule", "mast-head")[2]


def test_rule_explains() -> None:
    status, out, _ = run("rule", "comment-prompt")
    assert status == 0
    assert "⟦Leave a Reply" in out
    assert "Keeps: " in out
    assert [r["name"] for r in json.loads(run("rule", "--all", "--output-format", "json")[1])] == [
        *rules(),
        "site-template",
    ]
    assert run("rule")[0] == 2
    status, out, _ = run("rule", "tags", "masthead")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines() if line[:1].islower() and "(group " in line] == [
        "masthead",
        "tag-element",
        "tag-label",
        "tag-line",
        "tag-list",
    ]
    assert "did you mean 'caption'?" in run("rule", "captoin")[2]


def test_the_readme_shows_what_comes_out() -> None:
    project = Path(__file__).parent.parent
    shown = (project / "README.md").read_text(encoding="utf-8").split("```console\n$ cleantext ")[1].split("```")[0]
    command, *lines = shown.strip().removesuffix("…").splitlines()
    assert run(*command.split(), cwd=project)[1].splitlines()[: len(lines)] == lines


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", [["check", "b.txt"], ["clean", "b.txt"], ["rule", "--all"]])
def test_what_cannot_be_written_is_said(folder: Path, command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cleantext", *command], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (2, b"cleantext: cannot write: No space left on device\n")


def test_a_file_that_is_named_twice_is_reported_once(folder: Path) -> None:
    assert run("check", "b.txt", "./b.txt", ".", cwd=folder)[2].startswith("2 files, 2 spans")


def test_names_of_any_kind_stay_on_one_line(folder: Path) -> None:
    (folder / "two\nlines.txt").write_text(PAGE)
    _, out, _ = run("check", ".", "--select", "comments", cwd=folder)
    assert out.splitlines()[1].startswith("two\\nlines.txt:7:1: comment-prompt")
    assert run("--version")[1].startswith("cleantext ")


def test_html_is_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<h1>Bridge</h1>\n<p>{STORY}</p><p>Leave a Reply</p>")
    status, out, _ = run("check", ".", "--level", "named", cwd=tmp_path)
    assert status == 1
    assert out.splitlines() == [
        "page.html:1:1: page-headline: the headline, which is the title: Bridge",
        f"page.html:2:{len(STORY) + 8}: comment-prompt: comment prompt: “leave a reply” (en): Leave a Reply",
    ]
    assert run("clean", "page.html", "--level", "named", cwd=tmp_path)[1] == f"{STORY.strip()}\n"


def test_own_rules_are_explained_too(tmp_path: Path) -> None:
    (tmp_path / "cleantext.toml").write_text(
        '[[rules]]\nname = "house-style"\nlines = ["^QUAYSIDE"]\nreason = "dateline"\n'
    )
    out = run("rule", "house-style", cwd=tmp_path)[1]
    assert out.startswith("house-style (group own, on by default)\n\nLines in which '^QUAYSIDE' is found.")
    assert "house-style" in run("rule", "--all", "--output-format", "json", cwd=tmp_path)[1]
    assert run("rule", "house-style", "--isolated", cwd=tmp_path)[0] == 2
