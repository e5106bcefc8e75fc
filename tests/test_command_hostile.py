"""What may go wrong around a document: names, links, pipes, signals, other files in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleantext.registry import STORY
from tests.test_cli import BODY, PAGE, run

HTML = f"<p>{STORY}</p><footer>Contact</footer>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(PAGE)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.txt").write_text(f"Another one\n\n{PAGE}")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ("check", "a/x.txt", "-o", "b/x.txt"),
        ("report", "a", "-o", "b/page.html"),
        ("learn", "a", "-o", "b/x.txt"),
        ("clean", "a/x.txt", "-o", "b/x.txt"),
        ("clean", "a", "b", "-o", "b"),
        ("clean", "a", "-o", "b"),
    ],
    ids=" ".join,
)
def test_no_result_takes_the_place_of_a_document(folder: Path, command: tuple[str, ...]) -> None:
    (folder / "b" / "page.html").write_text(HTML)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    status, _, err = run(*command, cwd=folder)
    assert status == 2
    assert "is there already" in err or "would be overwritten" in err
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("command", ["check", "report", "learn"])
def test_a_document_is_not_its_own_report(folder: Path, command: str) -> None:
    (folder / "notes.log").write_text(PAGE)
    status, _, err = run(command, "notes.log", "-o", "./notes.log", "--overwrite", cwd=folder)
    assert status == 2
    assert "notes.log: is one of the documents" in err
    assert (folder / "notes.log").read_text() == PAGE


def test_results_of_the_command_may_be_replaced(folder: Path) -> None:
    for command in (("report", "a", "-o", "page.html"), ("learn", "a", "-o", "site.json"), ("clean", "a", "-o", "out")):
        assert [run(*command, cwd=folder)[0] for _ in range(2)] == [0, 0], command
    assert run("clean", "b", "-o", "a", "--overwrite", cwd=folder)[0] == 0
    assert (folder / "a" / "x.txt").read_text() == f"Another one\n\n{BODY}"


def test_texts_are_not_written_through_links(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "x.txt").symlink_to("../b/x.txt")
    status, _, err = run("clean", "a", "-o", "out", "--overwrite", cwd=folder)
    assert status == 2
    assert "out/x.txt: is a link" in err
    assert (folder / "b" / "x.txt").read_text().startswith("Another one")


def test_restore_leaves_newer_work_alone(folder: Path) -> None:
    run("clean", "a", "-o", "out", "--removed", "gone", cwd=folder)
    (folder / "a" / "x.txt").write_text("newer")
    status, _, err = run("restore", "gone", "-o", "a", cwd=folder)
    assert status == 2
    assert "is there already, and not the same" in err
    assert (folder / "a" / "x.txt").read_text() == "newer"
    # Texts and what went stay together wherever they are moved.
    (folder / "moved").mkdir()
    (folder / "out").rename(folder / "moved" / "out")
    (folder / "gone").rename(folder / "moved" / "gone")
    assert run("restore", "moved/gone", "-o", "back", cwd=folder)[0] == 0
    assert (folder / "back" / "x.txt").read_text() == PAGE


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\ufeff"])
def test_every_separator_comes_back(tmp_path: Path, sign: str) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "x.html").write_text(HTML.replace("Some", f"{sign}Some"), newline="")
    (tmp_path / "raw" / "y.txt").write_text(PAGE.replace("Leave a Reply", f"Leave a Reply{sign}"), newline="")
    assert run("clean", "raw", "-o", "out", "--removed", "gone", cwd=tmp_path)[0] == 0
    assert run("restore", "gone", "-o", "back", cwd=tmp_path) == (0, "", "")
    for name in ("x.html", "y.txt"):
        assert (tmp_path / "back" / name).read_bytes() == (tmp_path / "raw" / name).read_bytes()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig", "UTF8"])
def test_a_named_encoding_with_a_mark(tmp_path: Path, encoding: str) -> None:
    source = f"Leave a Reply\n\n{STORY}\n\nSimilar Posts\n\n{STORY}\n"
    written = "utf-16" if "16" in encoding else "utf-8-sig"
    (tmp_path / "x.txt").write_bytes(source.encode(written))
    assert run("check", "--fix", "x.txt", "--encoding", encoding, cwd=tmp_path)[0] == 0
    assert (tmp_path / "x.txt").read_bytes() == f"{STORY}\n\n{STORY}\n".encode(written)


def test_japanese_that_looks_like_ascii(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes("<meta charset=iso-2022-jp><p>これは記事です。</p>".encode("iso2022_jp"))
    assert run("clean", "x.html", cwd=tmp_path)[1] == "これは記事です。\n"
    (tmp_path / "y.html").write_bytes(b"<meta charset=iso-2022-jp><p>\x1b\x80 \x1b$</p>")
    (tmp_path / "z.txt").write_text(PAGE)
    status, _, err = run("check", "--fix", ".", cwd=tmp_path)
    assert status in (0, 2)
    assert "Traceback" not in err
    assert (tmp_path / "z.txt").read_text() == BODY


def test_paths_with_dots_are_what_they_lead_to(folder: Path) -> None:
    (folder / "a" / "cleantext.toml").write_text('ignore = ["comments", "related"]\n')
    found = run("check", "../b", "../b/x.txt", cwd=folder / "a")
    assert found[0] == 1
    assert [line.split(":")[0] for line in found[1].splitlines()] == ["../b/x.txt"] * 2
    assert run("check", "--force-exclude", "../b/x.txt", cwd=folder / "a")[1] == found[1]
    assert run("check", "..", cwd=folder / "a")[1].count("../b/x.txt") == 2


def test_patterns_are_relative_to_who_gave_them(folder: Path) -> None:
    (folder / "conf").mkdir()
    (folder / "conf" / "c.toml").write_text('extend-exclude = ["/x.txt"]\n')
    (folder / "cleantext.toml").write_text('extend-exclude = ["/a/"]\n')
    assert run("check", "--show-files", "--config", "conf/c.toml", cwd=folder)[1].split() == ["a/x.txt", "b/x.txt"]
    assert run("check", "--show-files", "--config", "conf/c.toml", cwd=folder / "b")[0] == 2  # no such file
    (folder / "conf" / "x.txt").write_text(PAGE)
    shown = run("check", "--show-files", "--config", "conf/c.toml", cwd=folder)[1].split()
    assert shown == ["a/x.txt", "b/x.txt"]
    assert run("check", "--show-files", "--extend-exclude", "/x.txt", cwd=folder / "b")[0] == 2
    assert run("check", "--show-files", cwd=folder)[1].split() == ["b/x.txt", "conf/x.txt"]


def test_what_the_command_line_selects_no_file_takes_away(folder: Path) -> None:
    (folder / "cleantext.toml").write_text('ignore = ["comment-prompt"]\n')
    assert "comment-prompt" not in run("check", "a", cwd=folder)[1]
    assert "comment-prompt" in run("check", "a", "--extend-select", "comments", cwd=folder)[1]


def test_bad_lines_of_a_gitignore_are_passed_over(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", folder], check=True)
    (folder / ".gitignore").write_bytes(b"\xef\xbb\xbfa/\n!\n!/\n[z-a]\n[[:x:]]\nc\\\n")
    assert run("check", "--show-files", cwd=folder) == (0, "b/x.txt\n", "")
    (folder / ".gitignore").unlink()
    os.mkfifo(folder / ".gitignore")
    assert run("check", "--show-files", cwd=folder)[1].split() == ["a/x.txt", "b/x.txt"]


def test_what_stands_in_the_way_of_the_new_file_is_not_touched(folder: Path) -> None:
    valuable = folder / "valuable"
    valuable.write_text("the only copy")
    (folder / "a" / ".x.txt.cleantext~").hardlink_to(valuable)
    (folder / "a" / "notes.cleantext~").write_text("mine")
    (folder / "b" / ".x.txt.cleantext~").symlink_to(valuable)
    os.mkfifo(folder / "b" / ".y.txt.cleantext~")
    status, _, err = run("check", "--fix", ".", cwd=folder)
    assert status == 2
    assert "is in the way" in err
    assert valuable.read_text() == "the only copy"
    assert (folder / "a" / "notes.cleantext~").read_text() == "mine"
    assert (folder / "a" / "x.txt").read_text() == PAGE


def test_listing_files_sweeps_nothing(folder: Path) -> None:
    (folder / "a" / ".x.txt.cleantext~").write_text("half")
    run("check", "--fix", "--show-files", ".", cwd=folder)
    assert (folder / "a" / ".x.txt.cleantext~").exists()


def test_devices_and_pipes_are_written_to(folder: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m cleantext check a -o /dev/stdout | cat",
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.stdout.count("a/x.txt:") == 2
    assert run("check", "a", "-o", "/dev/null", cwd=folder)[0] == 1
    assert Path("/dev/null").is_char_device()


def test_long_names_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / ("a" * 250 + ".htm")).write_text(HTML)
    (tmp_path / "raw" / "z.html").write_text(HTML)
    status, _, err = run("clean", "raw", "-o", "out", "--removed", "gone", cwd=tmp_path)
    assert (tmp_path / "out" / "z.txt").read_text() == f"{STORY}\n"
    assert (status == 2) is ("name too long" in err)
    assert "Traceback" not in err


def test_what_a_page_holds_steers_no_terminal_and_breaks_no_diff(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(PAGE.replace("Drivers", "\x1b[31mDrivers"))
    diff = run("check", "--diff", "x.txt", cwd=tmp_path)[1]
    subprocess.run(["git", "apply", "-p0", "-"], input=diff.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "x.txt").read_text() == BODY.replace("Drivers", "\x1b[31mDrivers")
    (tmp_path / "cleantext.toml").write_text(
        '[[rules]]\nname = "own-one"\nlines = ["^Some"]\nreason = "a\\n::error::b\\u001b]0;T"\n'
    )
    (tmp_path / "y.txt").write_text(f"Some line\n\n{STORY}\n")
    for form in ("concise", "full", "github"):
        out = run("check", "y.txt", "--output-format", form, "--select", "own-one", cwd=tmp_path)[1]
        assert "\x1b" not in out
        assert "\n::error" not in out


def test_the_site_rule_has_a_name(folder: Path) -> None:
    assert run("check", "a", "--ignore", "site-template", cwd=folder)[0] == 1
    assert "Lines that repeat across the pages of a site" in run("rule", "site-template", cwd=folder)[1]
    (folder / "cleantext.toml").write_text('[[rules]]\nname = "site-template"\nlines = ["x"]\n')
    status, _, err = run("check", "a", cwd=folder)
    assert status == 2
    assert "'site-template' is taken" in err


@pytest.mark.parametrize("content", ["[" * 100_000, 'per-file-ignores = {"!" = ["ad"]}', 'exclude = ["["]\nlevel = 3'])
def test_a_wrong_config_is_told(folder: Path, content: str) -> None:
    (folder / "cleantext.toml").write_text(content)
    for command in (("a",), ("--show-settings", "a/x.txt"), ("--force-exclude", "--stdin-filename", "a/x.txt", "-")):
        status, _, err = run("check", *command, cwd=folder, stdin=PAGE.encode())
        assert "Traceback" not in err
        assert status == 2


def started(command: list[str]) -> subprocess.Popen[bytes]:
    """A command that hears interrupts, even if whoever runs the tests does not."""
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def test_signals_have_their_status(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_text(PAGE)
    command = [sys.executable, "-m", "cleantext", "check", "-q", "--isolated", "--no-cache", "-j", "2", str(tmp_path)]
    for sent, status in ((signal.SIGINT, 130), (signal.SIGKILL, -9), (signal.SIGTERM, -15)):
        with started(command) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.send_signal(sent)
            began = time.monotonic()
            process.stdout.read()  # ends when no process holds it any more
            assert time.monotonic() - began < 10
            assert process.wait() == status
    done = subprocess.run(f"{' '.join(command)} | head -1", shell=True, capture_output=True, text=True)
    assert "Traceback" not in done.stderr


def test_closed_streams_are_no_crash(folder: Path) -> None:
    for closing in ("<&-", ">&-", "2>&-"):
        done = subprocess.run(
            f"{sys.executable} -m cleantext check a {closing}", shell=True, cwd=folder, capture_output=True, text=True
        )
        assert "Traceback" not in done.stderr
        assert done.returncode == 1


def test_a_name_for_stdin_means_stdin(folder: Path) -> None:
    status, out, _ = run("check", "--fix", "--stdin-filename", "a/x.txt", cwd=folder, stdin=PAGE.encode())
    assert (status, out) == (0, BODY)
    assert (folder / "a" / "x.txt").read_text() == PAGE
    assert run("check", "a", "--stdin-filename", "x.txt", cwd=folder)[0] == 2


def test_select_stands_for_all_that_is_selected(folder: Path) -> None:
    (folder / "cleantext.toml").write_text('extend-select = ["comments"]\n')
    out = run("check", "a", "--select", "related", cwd=folder)[1]
    assert "Similar Posts" in out
    assert "comment-prompt" not in out


def test_a_folder_that_is_left_out_is_said_to_be(folder: Path) -> None:
    err = run("check", "a", "--extend-exclude", "a/", "--extend-exclude", "x.txt", cwd=folder)[2]
    assert "all files in this folder are excluded or ignored by git" in err
    assert "1 not done" in run("check", "a", "missing.txt", cwd=folder)[2]


def test_two_interrupts_end_it_too(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_text(PAGE)
    command = [sys.executable, "-m", "cleantext", "check", "-q", "--isolated", "--no-cache", "-j", "2", str(tmp_path)]
    with started(command) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(10) in (130, -signal.SIGINT)


def test_a_profile_by_folder_is_found_from_within(folder: Path) -> None:
    for site in ("a", "b"):
        for way in ("ferry", "tunnel", "towpath", "lock"):
            (folder / site / f"{way}.txt").write_text(f"The {site} Mail\n\n{STORY.replace('bridge', way)}\n")
    run("learn", ".", "--site", "subfolder", "-o", "site.json", cwd=folder)
    out = run("check", ".", "--site-profile", "../site.json", "--select", "site", cwd=folder / "a")[1]
    assert out.count("The a Mail") == 4
