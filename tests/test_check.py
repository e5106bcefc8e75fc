"""``cleantext check`` on folders: what is found, how it is reported, and what --fix leaves behind."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cleantext import __version__ as VERSION
from cleantext import clean
from cleantext.fixtures import load
from cleantext.registry import STORY
from tests.test_cli import BODY, PAGE, run

FIXTURES = [load(path.parent) for path in sorted(Path(__file__).parent.parent.glob("fixtures/*/case.toml"))]
FORMATS = ("concise", "full", "json", "jsonl", "github", "gitlab", "sarif")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page.txt").write_text(PAGE)
    (tmp_path / "b.txt").write_text(PAGE)
    (tmp_path / "clean.md").write_text(STORY)
    return tmp_path


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every fixture as a file of one folder."""
    folder = tmp_path_factory.mktemp("fixtures")
    for case in FIXTURES:
        name = case.path.name + (".html" if "html" in case.path.name else ".txt")
        (folder / name).write_bytes(case.source.encode("utf-8", "surrogatepass"))
    return folder


# What is found.


def test_git_and_settings_say_what_is_left_out(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", folder], check=True)
    (folder / ".gitignore").write_text("raw/\n*.tmp.txt\n")
    (folder / "a" / ".gitignore").write_text("!kept.tmp.txt\n")
    (folder / "raw").mkdir()
    for name in ("raw/x.txt", "a/x.tmp.txt", "a/kept.tmp.txt", "a/draft.md"):
        (folder / name).write_text(PAGE)
    (folder / "cleantext.toml").write_text('extend-exclude = ["draft.*"]\n')
    listed = run("check", "--show-files", cwd=folder)[1].split()
    assert listed == ["a/kept.tmp.txt", "a/page.txt", "b.txt", "clean.md"]
    assert "raw/x.txt" in run("check", "--show-files", "--no-respect-gitignore", cwd=folder)[1]
    assert run("check", "--show-files", "--exclude", "a/", "--extend-exclude", "b.*", cwd=folder)[1].split() == [
        "clean.md"
    ]
    # Who names a file means it, but for hooks, which name every file.
    assert run("check", "--show-files", "raw/x.txt", "a/draft.md", cwd=folder)[1].split() == ["raw/x.txt", "a/draft.md"]
    assert run("check", "--force-exclude", "raw/x.txt", "a/draft.md", cwd=folder) == (0, "", "")
    assert "raw/x.txt: excluded" in run("check", "--force-exclude", "-v", "raw/x.txt", cwd=folder)[2]


def test_rules_can_be_left_out_for_some_files(folder: Path) -> None:
    (folder / "cleantext.toml").write_text('[per-file-ignores]\n"a/*" = ["comments"]\n')
    out = run("check", cwd=folder)[1]
    assert [line.split(":")[0] for line in out.splitlines() if "comment-prompt" in line] == ["b.txt"]
    (folder / "cleantext.toml").write_text('[per-file-ignores]\n"a/*" = ["coments"]\n')
    status, _, err = run("check", cwd=folder)
    assert status == 2
    assert "did you mean 'comments'?" in err


def test_links_are_not_followed_out_of_a_folder(folder: Path) -> None:
    (folder / "a" / "out.txt").symlink_to(folder / "b.txt")
    (folder / "a" / "broken.txt").symlink_to("nowhere.txt")
    (folder / "a" / "loop.txt").symlink_to("loop.txt")
    (folder / "a" / "up").symlink_to(folder)
    status, out, err = run("check", "--fix", "a", cwd=folder)
    assert status == 2
    assert "cleantext: a/broken.txt: a broken link\n" in err
    assert "cleantext: a/loop.txt: Too many levels of symbolic links\n" in err
    assert {line.split(":")[0] for line in out.splitlines()} == {"a/page.txt"}
    assert (folder / "b.txt").read_text() == PAGE
    status, _, err = run("check", "--fix", "a/out.txt", cwd=folder)
    assert status == 2
    assert "outside its folder; left as it is" in err
    assert (folder / "b.txt").read_text() == PAGE


def test_stdin_has_a_name(folder: Path) -> None:
    page = f"<p>{STORY}</p><footer>Contact</footer>".encode()
    assert "site-footer" in run("check", "-", "--stdin-filename", "x.html", stdin=page)[1]
    out = run("check", "-", "--stdin-filename", "a/x.txt", stdin=PAGE.encode())[1]
    assert out.startswith("a/x.txt:5:1: ")
    exclude = ("--extend-exclude", "x.txt", "--force-exclude", "--stdin-filename", "x.txt")
    assert run("check", "--fix", "-", *exclude, stdin=PAGE.encode()) == (0, PAGE, "")


@pytest.mark.parametrize("name", ["new\nline.txt", "tab\t.txt", os.fsdecode(b"caf\xe9.txt"), "l" * 251 + ".txt"])
def test_files_of_any_name(folder: Path, name: str) -> None:
    (folder / "a" / name).write_text(PAGE)
    for form in FORMATS:
        status, out, err = run("check", "--output-format", form, "a", cwd=folder)
        assert (status, err) == (1, "2 files, 4 spans, 60 characters would be removed\n")
        assert out.encode("utf-8")
    assert run("check", "--fix", "a", cwd=folder)[0] == 0
    assert (folder / "a" / name).read_text() == BODY


# How it is reported.


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_holds_every_span(fixtures: Path, form: str) -> None:
    status, out, _ = run("check", "--output-format", form, "--isolated", cwd=fixtures)
    assert status == 1
    spans = [
        (path.name, span.rule)
        for path in sorted(fixtures.iterdir())
        for span in clean(path.read_bytes().decode("utf-8"), kind="html" if path.suffix == ".html" else "text").removed
    ]
    if form == "json":
        report = json.loads(out)
        assert report["schema"] == 1
        assert [(s["path"], s["rule"]) for s in report["spans"]] == spans
        assert report["summary"]["spans"] == len(spans)
    elif form == "jsonl":
        assert [(s["path"], s["rule"]) for s in map(json.loads, out.splitlines())] == spans
    elif form == "gitlab":
        report = json.loads(out)
        assert [(s["location"]["path"], s["check_name"]) for s in report] == spans
        assert len({s["fingerprint"] for s in report}) == len(spans)
    elif form == "sarif":
        results = json.loads(out)["runs"][0]["results"]
        assert [r["ruleId"] for r in results] == [rule for _, rule in spans]
        named = {rule["id"] for rule in json.loads(out)["runs"][0]["tool"]["driver"]["rules"]}
        assert {rule for _, rule in spans} <= named
    elif form == "github":
        assert [line.split(")")[0] for line in out.splitlines()] == [
            f"::warning title=cleantext ({rule}" for _, rule in spans
        ]
    else:
        heads = re.findall(r"^([\w.-]+):\d+:\d+: ([a-z-]+)[: ]", out, re.MULTILINE)
        assert heads == spans


def test_offsets_of_the_report_are_those_of_the_text(fixtures: Path) -> None:
    out = run("check", "--output-format", "jsonl", "--isolated", cwd=fixtures)[1]
    for span in map(json.loads, out.splitlines()):
        source = (fixtures / span["path"]).read_bytes().decode("utf-8")
        lines = source.splitlines(keepends=True)
        place = sum(map(len, lines[: span["line"] - 1])) + span["column"] - 1
        end = sum(map(len, lines[: span["end_line"] - 1])) + span["end_column"] - 1
        assert span["start"] <= place < end <= span["end"]
        if span["path"].endswith(".txt"):
            assert source[place:end] == span["text"] == source[span["start"] : span["end"]].strip()


def test_findings_are_the_same_with_any_number_of_jobs(fixtures: Path) -> None:
    one, two = (run("check", "--output-format", "json", "--isolated", "-j", jobs, cwd=fixtures) for jobs in "12")
    assert one == two


def test_what_was_found_before_is_found_again(fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANTEXT_CACHE_DIR", str(tmp_path / "cache"))
    said = ("check", "--output-format", "json", "--isolated", ".")
    first = run(*said, "--no-cache", cwd=fixtures)
    assert not (tmp_path / "cache").exists()
    assert run(*said, cwd=fixtures) == first
    own = tmp_path / "cache" / "cleantext"
    assert sorted(path.name for path in own.iterdir())[:2] == [".gitignore", f"{VERSION}-1.sqlite"]
    with closing(sqlite3.connect(own / f"{VERSION}-1.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == len(FIXTURES)
    assert run(*said, cwd=fixtures) == first
    assert run(*said, "-j", "2", cwd=fixtures) == first
    # Other settings and other content are not those.
    without = ("--ignore", "body", "--no-cache")
    assert run(*said, *without[:2], cwd=fixtures) == run(*said, *without, cwd=fixtures) != first
    (own / f"{VERSION}-1.sqlite").write_bytes(b"damaged")
    assert run(*said, cwd=fixtures) == first


def test_full_shows_the_lines_and_marks_what_goes() -> None:
    out = run("check", "-", "--output-format", "full", stdin="食べる\n\nコメントを残す\n".encode())[1]
    assert out == (
        "<stdin>:3:1: comment-prompt (comments): comment prompt: “コメントを残す” (ja)\n"
        " 2 |\n 3 | コメントを残す\n   | ^^^^^^^^^^^^^^\n\n"
    )
    assert "\x1b[" in run("check", "-", "--output-format", "full", "--color", "always", stdin=PAGE.encode())[1]


def test_statistics_count_by_rule(folder: Path) -> None:
    assert run("check", "--statistics", cwd=folder)[:2] == (
        1,
        "spans  characters  files  rule\n"
        "    2          28      2  comment-prompt\n"
        "    2          32      2  related-prompt\n",
    )
    rows = json.loads(run("check", "--statistics", "--output-format", "json", cwd=folder)[1])
    assert rows[0] == {"rule": "comment-prompt", "spans": 2, "characters": 28, "files": 2}
    assert run("check", "--statistics", "--output-format", "sarif", cwd=folder)[0] == 2


def test_a_report_is_written_to_a_file_whole(folder: Path) -> None:
    status, out, _ = run("check", "-o", "report.json", "--output-format", "json", cwd=folder)
    assert (status, out) == (1, "")
    assert len(json.loads((folder / "report.json").read_text())["spans"]) == 4
    assert sorted(path.name for path in folder.iterdir()) == ["a", "b.txt", "clean.md", "report.json"]
    status, _, err = run("check", "-o", "no/report.json", cwd=folder)
    assert status == 2
    assert "no/report.json: cannot be written: No such file or directory" in err


def test_status_and_talk(folder: Path) -> None:
    assert run("check", "--exit-zero", cwd=folder)[0] == 0
    assert run("check", "-q", cwd=folder)[2] == ""
    assert run("check", "--fix", "--diff", cwd=folder)[0] == 2
    shown = run("check", "--show-settings", "--ignore", "comments", "b.txt", cwd=folder)[1]
    assert "related-prompt (related)" in shown
    assert "comment-prompt" not in shown


# What --fix and --diff make of files.


def patched(source: bytes, diff: str, folder: Path) -> bytes:
    """`source` with a diff applied by git."""
    (folder / "patched").mkdir(exist_ok=True)
    (folder / "patched" / "b.txt").write_bytes(source)
    command = ["git", "apply", "-p0", "--unidiff-zero", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=folder / "patched", input=diff.encode(), check=True)
    return (folder / "patched" / "b.txt").read_bytes()


@pytest.mark.parametrize(
    "source", [PAGE, PAGE.rstrip("\n"), "Leave a Reply\n", "Leave a Reply", PAGE * 3, f"\n\n{PAGE}"]
)
def test_a_diff_can_be_applied(folder: Path, source: str) -> None:
    (folder / "b.txt").write_text(source)
    status, out, _ = run("check", "--diff", "b.txt", cwd=folder)
    assert status == 1
    assert (folder / "b.txt").read_text() == source
    assert run("check", "--fix", "b.txt", cwd=folder)[0] == 0
    assert patched(source.encode(), out, folder) == (folder / "b.txt").read_bytes()


def test_diffs_of_fixtures_can_be_applied(fixtures: Path, tmp_path: Path) -> None:
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        folder.mkdir()
        for path in fixtures.iterdir():
            if b"\r" not in path.read_bytes():  # git counts lines by line feeds, as diffs do
                (folder / path.name).write_bytes(path.read_bytes())
    diff = run("check", "--diff", "--isolated", cwd=folders[0])[1]
    apply = ["git", "apply", "-p0", "--whitespace=nowarn", "-"]
    subprocess.run(apply, cwd=folders[0], input=diff.encode("utf-8", "surrogateescape"), check=True)
    run("check", "--fix", "--isolated", cwd=folders[1])
    for path in folders[0].iterdir():
        assert path.read_bytes() == (folders[1] / path.name).read_bytes()


def test_fix_takes_out_what_was_reported_and_nothing_else(fixtures: Path, tmp_path: Path) -> None:
    for path in fixtures.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = run("check", "--output-format", "jsonl", "--isolated", cwd=tmp_path)[1]
    status, out, err = run("check", "--fix", "--output-format", "jsonl", "--isolated", cwd=tmp_path)
    assert (status, out) == (0, before)
    assert "characters removed" in err
    spans = [json.loads(line) for line in out.splitlines()]
    for path in fixtures.iterdir():
        source = path.read_bytes().decode("utf-8")
        for span in reversed([s for s in spans if s["path"] == path.name]):
            source = source[: span["start"]] + source[span["end"] :]
        assert (tmp_path / path.name).read_bytes().decode("utf-8") == source


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_bytes_outside_the_cut_are_untouched(tmp_path: Path, encoding: str, newline: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    (tmp_path / "x.txt").write_bytes((mark + PAGE.replace("\n", newline)).encode(encoding))
    assert run("check", "--fix", "x.txt", cwd=tmp_path)[0] == 0
    assert (tmp_path / "x.txt").read_bytes() == (mark + BODY.replace("\n", newline)).encode(encoding)


def test_a_page_in_another_encoding(tmp_path: Path) -> None:
    page = f'<meta charset="windows-1252"><p>Café — {STORY}</p><footer>© Contact</footer>'.encode("windows-1252")
    (tmp_path / "x.html").write_bytes(page)
    assert run("check", "--fix", "x.html", cwd=tmp_path)[0] == 0
    assert (tmp_path / "x.html").read_bytes() == page[: page.index(b"<footer>")]
    (tmp_path / "x.txt").write_bytes(f"Café\n\n{PAGE}".encode("latin-1"))
    assert "not UTF-8" in run("check", "x.txt", cwd=tmp_path)[2]
    assert run("check", "--fix", "--encoding", "latin-1", "x.txt", cwd=tmp_path)[0] == 0
    assert (tmp_path / "x.txt").read_bytes() == f"Café\n\n{BODY}".encode("latin-1")


def test_mode_links_and_backups_stay(folder: Path) -> None:
    path = folder / "b.txt"
    path.chmod(0o640)
    (folder / "link.txt").symlink_to("b.txt")
    (folder / "b.txt.orig").write_text("an older one")
    assert run("check", "--fix", "--backup", "link.txt", cwd=folder)[0] == 0
    assert path.read_text() == BODY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (folder / "link.txt").is_symlink()
    assert (folder / "b.txt.orig").read_text() == "an older one"
    assert (folder / "b.txt.orig1").read_text() == PAGE


def test_a_file_without_findings_is_not_touched(folder: Path) -> None:
    before = (folder / "clean.md").stat()
    run("check", "--fix", cwd=folder)
    after = (folder / "clean.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_cannot_be_written_is_said_and_the_others_are_done(folder: Path) -> None:
    (folder / "a" / "page.txt").chmod(0o444)
    status, _, err = run("check", "--fix", cwd=folder)
    assert status == 2
    assert "cleantext: a/page.txt: is read-only; left as it is\n" in err
    assert (folder / "a" / "page.txt").read_text() == PAGE
    assert (folder / "b.txt").read_text() == BODY


def test_fix_of_stdin_goes_to_stdout() -> None:
    status, out, err = run("check", "--fix", "-", stdin=PAGE.encode())
    assert (status, out) == (0, BODY)
    assert "<stdin>:5:1: related-prompt" in err


def test_what_a_killed_run_has_left_goes(folder: Path) -> None:
    left = folder / "a" / ".gone.txt.cleantext~"
    left.write_text("half")
    (folder / ".b.txt.cleantext~").write_text("half")
    assert run("check", cwd=folder)[0] == 1
    assert left.exists()
    assert run("check", "--fix", cwd=folder)[0] == 0
    assert not list(folder.rglob("*~"))


def test_start_up_waits_for_nothing_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(PAGE)
    code = (
        "import sys; from cleantext.cli import main; sys.argv = ['cleantext', *{args}]\n"
        "try: main()\nexcept SystemExit: pass\nprint(*(m for m in {modules} if m in sys.modules), file=sys.stderr)"
    )
    for args, modules in (
        (["--version"], ["click", "cleantext.engine", "regex", "rich"]),
        (["check", "x.txt"], ["numpy", "turbohtml", "bs4", "rich", "multiprocessing", "sqlite3", "json"]),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code.format(args=args, modules=modules)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.stderr.splitlines()[-1] == ""
