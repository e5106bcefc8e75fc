"""What SECURITY.md says: what pages, names, config files and other input that somebody made for it cannot do.

What is marked as failing is known not to hold; the mark goes with its cause.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import pty
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

import cleantext
from cleantext import Config, clean
from cleantext.cli.cache import NAME, loaded
from cleantext.cli.clean import MARK
from cleantext.cli.formats.json import dumped
from cleantext.cli.ignore import Ignore
from cleantext.cli.problems import printable
from cleantext.pattern_size import size
from cleantext.registry import STORY
from cleantext.span import Span
from tests.test_cli import BODY, PAGE, run
from tests.test_report import blocks

ROOT = Path(cleantext.__file__).parent
# What steers a terminal: the colour red, a title, the same in one character, and what turns the direction.
STEERING = "\x1b[31m\x1b]0;t\x07\u009b31m\u202e"
NAMES = [
    f"a{STEERING}.txt",
    "line\nbreak.txt",
    "-rf.txt",
    "--fix.txt",
    "::error::.txt",
    "' onmouseover=alert(1) '.txt",
    "<script>alert(1)<script>.txt",
    "a:1:2: x.txt",
    "%0A::error::.txt",
    "\udcff\udcfe.txt",
]
MEMORY = 2_000_000_000  # bytes that a command may ask for where it might take all there are


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A folder of documents with names that mean something to somebody."""
    folder = tmp_path / "named"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(PAGE.replace("Similar", f"Similar{STEERING}", 1))
    reason = json.dumps(f"own{STEERING}\n::error::x")
    (folder / "cleantext.toml").write_text(f"[[rules]]\nname = 'own-one'\nlines = ['^Similar']\nreason = {reason}\n")
    return folder


def limited(*args: str, cwd: Path, seconds: int = 20) -> tuple[int, str]:
    """The status of a command that has neither all the memory nor all the time there is, and what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", *args],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    return done.returncode, done.stderr.decode()


def steered(out: str) -> list[str]:
    """What in an output steers a terminal."""
    return [c for c in out if c not in "\n" and printable(c) != c]


def on_terminal(*args: str, cwd: Path) -> str:
    """What a command writes to a terminal, out and err: click leaves colours away where there is none."""
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", *args],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    out = b""
    with suppress(OSError):  # how the end is told
        while piece := os.read(ours, 1 << 16):
            out += piece
    os.close(ours)
    assert done.returncode in (0, 1)
    return out.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("form", ["concise", "full", "statistics", "diff"])
def test_no_name_or_text_steers_a_terminal(named: Path, form: str) -> None:
    how = {"statistics": ("--statistics",), "diff": ("--diff", "--color", "always")}.get(
        form, ("--output-format", form)
    )
    status, out, err = run("check", ".", *how, cwd=named)
    assert status == 1
    for colour in ("\x1b[31m", "\x1b[32m", "\x1b[36m", "\x1b[0m"):
        out = out.replace(f"{colour}", "") if form == "diff" else out
    assert steered(out) == []
    assert steered(err) == []
    assert "Traceback" not in err


@pytest.mark.parametrize("form", ["github", "gitlab", "json", "jsonl", "sarif"])
def test_no_name_or_text_steers_a_terminal_in_what_machines_read(named: Path, form: str) -> None:
    status, out, err = run("check", ".", "--output-format", form, cwd=named)
    assert status == 1
    assert steered(out) == steered(err) == []
    if form in ("gitlab", "json", "jsonl"):  # and who parses it has them
        read: Any = [json.loads(line) for line in out.splitlines()] if form == "jsonl" else json.loads(out)
        spans = read["spans"] if form == "json" else read
        paths = {span["location"]["path"] if form == "gitlab" else span["path"] for span in spans}
        assert paths == set(NAMES)
        assert form == "gitlab" or any(STEERING in span["text"] for span in spans)


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x07", "\u009b", "\u202e", "\udcff", "\u2028", "\x85", "\x7f", "\U000e0001", "\0"], ids=ascii
)
def test_json_that_is_escaped_is_the_same(sign: str) -> None:
    value = {f"a{sign}": [f'\\{sign}\n"{sign}é𐀀\u200d', 5]}
    for indent in (None, 2):
        assert json.loads(dumped(value, indent)) == value
        assert steered(dumped(value, indent)) == []
    assert "\n" not in dumped(value)


@pytest.mark.parametrize("args", [("check", "."), ("check", "--show-files", "."), ("check", "--diff", ".")], ids=str)
def test_no_name_steers_a_terminal_that_is_one(named: Path, args: tuple[str, ...]) -> None:
    out = on_terminal(*args, cwd=named)
    assert r"a\x1b[31m\x1b]0;t\x07\x9b31m\u202e.txt" in out
    assert [c for c in steered(out) if c not in "\x1b\r\t"] == []  # a bar of progress moves about
    assert "\x1b]0;" not in out


@pytest.mark.parametrize("command", ["learn", "show-settings", "report", "rule"])
def test_no_name_in_other_messages_steers_a_terminal(tmp_path: Path, command: str) -> None:
    folder = tmp_path / f"site{STEERING}"
    folder.mkdir()
    own = {"name": "own-one", "lines": [f"a{STEERING}"], "reason": STEERING}
    values = "".join(f"{name} = {json.dumps(value)}\n" for name, value in own.items())
    (folder / "cleantext.toml").write_text(f"keep = [{json.dumps(STEERING)}]\n[[rules]]\n{values}")
    for way in ("ferry", "tunnel", "towpath", "lock"):
        (folder / f"{way}.txt").write_text(f"The Mail\n\n{STORY.replace('bridge', way)}\n")
    told = {
        "learn": ("learn", ".", "--site", "subfolder", "-o", "site.json"),
        "show-settings": ("check", "--show-settings", "."),
        "report": ("report", ".", "-o", f"{STEERING}.html"),
        "rule": ("rule", "own-one", "--config", str(folder / "cleantext.toml"), "--output-format"),
    }[command]
    hows = [(*told, form) for form in ("text", "json", "markdown")] if command == "rule" else [told]
    for how in hows:
        out = on_terminal(*how, cwd=tmp_path)
        assert "\\x1b" in out or "\\u001b" in out
        assert [c for c in steered(out) if c not in "\x1b\r\t"] == []
        assert "\x1b]0;" not in out
        assert "\x1b[31m" not in out


def test_each_finding_is_one_line_whatever_the_name(named: Path) -> None:
    for form in ("concise", "jsonl", "github"):
        lines = run("check", ".", "--output-format", form, cwd=named)[1].split("\n")
        assert len(lines) == 2 * len(NAMES) + 1, form
        if form == "jsonl":
            assert {json.loads(line)["path"] for line in lines if line} == set(NAMES)
        if form == "github":
            assert all(line.startswith("::warning title=cleantext") for line in lines if line)


def test_names_are_no_options_and_come_back(named: Path, tmp_path: Path) -> None:
    assert run("clean", ".", "-o", "../out", "--removed", "../gone", cwd=named)[0] == 0
    assert run("restore", "../gone", "-o", "../back", cwd=named)[0] == 0
    assert sorted(path.name for path in (tmp_path / "back").iterdir()) == sorted(NAMES)
    assert all((tmp_path / "back" / n).read_bytes() == (named / n).read_bytes() for n in NAMES)


def test_the_report_makes_nothing_of_what_it_shows(named: Path) -> None:
    (named / "cleantext.toml").write_text(
        "[[rules]]\nname = 'constructor'\nlines = ['^Similar']\nreason = '</script><img src=x onerror=alert(1)>'\n"
    )
    (named / "x.html").write_text(f"<title></script><script>alert(1)</script></title><p>{STORY}</p><nav>Home</nav>")
    assert run("report", ".", "-o", "../page.html", cwd=named)[0] == 0
    page = (named.parent / "page.html").read_text()
    assert "alert(1)" not in page
    assert page.count("<script") == page.count("</script>") == len(blocks(page)) + 1
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    assert f'http-equiv="Content-Security-Policy" content="{policy}"' in page


def test_the_page_of_the_report_writes_text_and_no_markup() -> None:
    script = (ROOT / "cli" / "page" / "page.js").read_text()
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "href", "src"):
        assert way not in script
    markup = (ROOT / "cli" / "page" / "page.html").read_text()
    assert " src=" not in markup
    assert " href=" not in markup


def test_nothing_that_is_read_is_run() -> None:
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {"pickle", "marshal", "shelve", "subprocess", "ctypes"}.isdisjoint(names), path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec", "__import__", "compile"), path


@pytest.mark.parametrize(
    "content",
    [
        '"__class__" = "x"',
        '"__post_init__" = 1',
        '[[rules]]\n"__class__" = 1\nname = "a"\nlines = ["b"]',
        f"level = {'9' * 5000}",
        "level = 1e999999",
        f"keep = {'[' * 5000}{']' * 5000}",
        f"keep = ['{'(' * 5000}{')' * 5000}']",
        'keep = ["\\u001b[31m("]',
        '[[rules]]\nname = "\\u001b[31m"\nlines = ["x"]',
        f"[[rules]]\nname = 's'\nelements = ['{':not(' * 2000}a{')' * 2000}']",
        "keep = ['\0']",
        f"time-limit = 1{'0' * 400}",
        f"max-chars = 0x{'f' * 3600}",
        f"[[rules]]\nname = 's'\nelements = ['{','.join(f'p:nth-child({i}n)' for i in range(100))}']",
    ],
    ids=range(14),
)
def test_a_hostile_config_is_an_error_and_no_more(tmp_path: Path, content: str) -> None:
    (tmp_path / "cleantext.toml").write_text(content)
    (tmp_path / "x.txt").write_text(PAGE)
    status, err = limited("check", "--fix", ".", cwd=tmp_path)
    assert status == 2
    assert err.startswith(f"cleantext: {tmp_path / 'cleantext.toml'}: ")
    assert "Traceback" not in err
    assert steered(err) == []
    assert (tmp_path / "x.txt").read_text() == PAGE


def test_a_config_that_is_no_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(PAGE)
    for make in (
        lambda path: path.symlink_to("cleantext.toml"),
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.mkdir(),
        lambda path: os.mkfifo(path),
    ):
        make(tmp_path / "cleantext.toml")
        assert limited("check", ".", cwd=tmp_path)[0] == 1
        path = tmp_path / "cleantext.toml"
        path.rmdir() if path.is_dir() else path.unlink()


DEEP = f"a = {'[' * 5000}{']' * 5000}\n"


@pytest.mark.parametrize("name", ["pyproject.toml", "cleantext.toml"])
def test_a_config_that_is_nested_deeply_is_an_error_and_the_others_hold(tmp_path: Path, name: str) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(PAGE)
    (tmp_path / "b" / name).write_text(f"{DEEP}[tool.cleantext]\nlevel = 'named'\n")
    status, err = limited("check", "--fix", ".", cwd=tmp_path)
    assert status == 2
    assert f"cleantext: {tmp_path / 'b' / name}: nested too deeply" in err
    assert "Traceback" not in err
    assert [(tmp_path / folder / "x.txt").read_text() for folder in "abc"] == [BODY, PAGE, BODY]


def test_a_pyproject_of_others_that_is_nested_deeply_is_none(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(DEEP)
    (tmp_path / "x.txt").write_text(PAGE)
    status, err = limited("check", "--fix", ".", cwd=tmp_path)
    assert (status, "Traceback" in err) == (0, False)
    assert (tmp_path / "x.txt").read_text() == BODY


DOTTED = f"{'.'.join('a' * 100_000)} = 1"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (DOTTED, "dots outside of strings in line 1"),
        (f'a = {{ b = """\'"""", {DOTTED}, c = \'\' }}', "dots outside of strings in line 1"),
        (f"a = '''\n\n{'.' * 200}'''\n[{'.'.join('b' * 200)}]", "dots outside of strings in line 4"),
        (f"#{'.' * 1_000_000}", "at most 1,000,000 bytes"),
        ('"' + r"\"" * 400_000 + "." * 200, "Illegal|Unterminated|control"),
    ],
    ids=["dots", "behind a string", "in a name of a table", "size", "no end of a string"],
)
def test_a_config_does_not_take_all_time(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "cleantext.toml").write_text(content)
    began = time.process_time()
    with pytest.raises(ValueError, match=message) as raised:
        Config.load(tmp_path / "cleantext.toml")
    assert str(raised.value).startswith(f"{tmp_path / 'cleantext.toml'}: ")
    assert time.process_time() - began < 1


def test_dots_in_strings_and_comments_are_no_parts_of_keys(tmp_path: Path) -> None:
    dots = "." * 300
    (tmp_path / "cleantext.toml").write_text(
        f'# it\'s {dots}\nkeep = [\'{dots}\', "\\"{dots}", """"{dots}\n{dots}"""", \'\'\'\n\'{dots}\'\'\']\n'
    )
    assert [len(pattern.text) for pattern in Config.load(tmp_path / "cleantext.toml").keep] == [300, 301, 603, 301]


BOMBS = {
    "counts": "(?:a{20000}){20000}",
    "many counts": "(?:" * 50 + "a" + "){100}" * 50,
    "pluses": "(?:" * 50 + "a" + ")+" * 50,
    "pairs": "(?:" * 50 + "a" + "){1,2}" * 50,
    "behind a set": "(?:[)]a{20000}){20000}",
    "in verbose mode": "(?x)(?:a{20 #,\n000}){2 0000}",
    "sets in sets": "(?V1)(?:[a[)]]b{20000}){20000}",
    "length": "a" * 20_000,
    "depth": "(" * 2000 + ")" * 2000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_pattern_does_not_take_all_memory(name: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match=r"^keep: .*(?:too large|at most 10,000 characters|too deeply)"):
        Config.make(keep=BOMBS[name])
    with pytest.raises(ValueError, match=r"^rule 'mine': "):
        Config.make(rules=[{"name": "mine", "lines": [BOMBS[name]]}])
    assert time.process_time() - began < 1


def test_patterns_do_not_take_all_memory_together(tmp_path: Path) -> None:
    keep = [f"a{{90000}}{number}" for number in range(10)]
    (tmp_path / "cleantext.toml").write_text(f"keep = {keep}")
    (tmp_path / "x.txt").write_text(PAGE)
    status, err = limited("check", ".", cwd=tmp_path)
    assert (status, "cleantext.toml: keep: 'a{90000}5' is too much" in err) == (2, True)


def test_the_size_of_a_pattern_is_not_told_too_small() -> None:
    sizes = {
        r"\d{4}-\d{2}": 11 * 8,  # all is multiplied while that is little
        "(?:a{300}){30}": 14 * 9000,
        r"\w+ " * 20: 20 * 5,
        r"(?:\{{40}[^{+]{30}\p{Lu}+)" * 20: 20 * (1 + 2 + 2 * 40 + 5 * 30 + 6 * 2),
        "a{,9999999}" * 9: 99,
    }
    for text, most in sizes.items():
        assert size(text) <= most, text
    for text, least in {"(?:a{300}){300}": 90_000, "(?:ab){1,300}": 4, "[a{300}]{300}": 300, "(?:a+)+": 4}.items():
        assert size(text) >= least, text


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(PAGE)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to(".")
    status, err = limited("check", ".", cwd=tmp_path)
    assert (status, "1 file" in err) == (1, True)


def test_fix_touches_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.txt").write_text(PAGE)
    (tmp_path / "inside" / "x.txt").symlink_to("../outside/x.txt")
    (tmp_path / "inside" / "folder").symlink_to("../outside")
    for path in (".", "x.txt"):
        assert run("check", "--fix", path, cwd=tmp_path / "inside")[0] == 2
    assert (tmp_path / "outside" / "x.txt").read_text() == PAGE


def removed(folder: Path, **other: Any) -> Path:
    """A file of what was removed that somebody made: it says that all of a document went."""
    (folder / "gone").mkdir(parents=True, exist_ok=True)
    (folder / "c.txt").write_text("")
    digests = {"sha256": hashlib.sha256(b"made").hexdigest(), "cleaned_sha256": hashlib.sha256(b"").hexdigest()}
    head = {"schema": 1, "cleaned": "../c.txt", "kind": "text", "encoding": "utf-8", "mark": "", **digests, **other}
    head = {key: value for key, value in head.items() if value is not None}
    path = folder / "gone" / "x.txt.removed.jsonl"
    path.write_text(f"{json.dumps(head)}\n{json.dumps({'start': 0, 'end': 4, 'source': 'made'})}\n")
    return path


@pytest.mark.parametrize(
    "head",
    [
        {"kind": 5, "mark": 5},
        {"encoding": "../../os"},
        {"encoding": "zlib_codec"},
        {"encoding": 5},
        {"cleaned": 5},
        {"cleaned": "/etc/hostname"},
        {"cleaned": f"{STEERING}"},
        {"sha256": ""},
        {"sha256": None},
    ],
    ids=str,
)
def test_restore_writes_nothing_of_what_does_not_fit(tmp_path: Path, head: dict[str, Any]) -> None:
    removed(tmp_path, **head)
    status, err = limited("restore", "gone", "-o", "out", cwd=tmp_path)
    assert status == 2
    assert "Traceback" not in err
    assert steered(err) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("line", ["5", "{}", "[" * 5000, '{"start": 1e999, "end": 0, "source": "x"}', '{"start": 0}'])
def test_restore_of_other_lines_is_an_error(tmp_path: Path, line: str) -> None:
    path = removed(tmp_path)
    path.write_text(f"{path.read_text().partition(chr(10))[0]}\n{line}\n")
    status, err = limited("restore", "gone", "-o", "out", cwd=tmp_path)
    assert (status, "Traceback" in err) == (2, False)


@pytest.mark.parametrize(
    ("command", "link"),
    [
        *((command, link) for command in ("restore", "clean", "removed") for link in ("lost", "deep")),
        *(("restore", "file"), ("clean", "folder"), ("removed", "file")),
    ],
)
def test_nothing_is_written_through_links(tmp_path: Path, command: str, link: str) -> None:
    for folder in ("raw/sub/deep", "raw/other", "outside", "out"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in ("sub/deep", "other"):
        (tmp_path / "raw" / folder / "x.txt").write_text(PAGE)
    if command == "restore":
        assert run("clean", "raw", "-o", "texts", "--removed", "gone", cwd=tmp_path)[0] == 0
    (tmp_path / "outside" / "mine").write_text("mine")
    name = "x.txt.removed.jsonl" if command == "removed" else "x.txt"
    out = tmp_path / "out" / "sub"
    if link == "folder":
        out.symlink_to("../outside")
    elif link == "deep":
        out.mkdir()
        (out / "deep").symlink_to("../../outside")
    else:
        (out / "deep").mkdir(parents=True)
        (out / "deep" / name).symlink_to(f"../../../outside/{'mine' if link == 'file' else 'new'}")
    how = {
        "restore": ("restore", "gone", "-o", "out", "--overwrite"),
        "clean": ("clean", "raw", "-o", "out", "--overwrite"),
        "removed": ("clean", "raw", "-o", "texts", "--removed", "out"),
    }[command]
    status, _, err = run(*how, cwd=tmp_path)
    assert status == 2
    assert f"out/sub/deep/{name}: {'is a link' if link in ('file', 'lost') else 'would be written outside out'}" in err
    assert [(path.name, path.read_text()) for path in (tmp_path / "outside").iterdir()] == [("mine", "mine")]
    assert (tmp_path / "out" / "other" / name).is_file()


def test_the_mark_of_a_folder_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(PAGE)
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.txt").write_text("the only copy")
    (tmp_path / "out" / MARK).symlink_to("../mine")
    assert run("clean", "x.txt", "-o", "out", cwd=tmp_path)[0] == 2
    assert (tmp_path / "mine").read_text() == "mine"
    assert (tmp_path / "out" / "x.txt").read_text() == "the only copy"


def test_a_folder_that_is_named_by_a_link_is_that_folder(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "x.txt").write_text(PAGE)
    for name in ("out", "gone", "back"):
        (tmp_path / f"real-{name}").mkdir()
        (tmp_path / name).symlink_to(f"real-{name}")
    assert run("clean", "raw", "-o", "out", "--removed", "gone", cwd=tmp_path)[0] == 0
    assert run("restore", "gone", "-o", "back", cwd=tmp_path) == (0, "", "")
    assert (tmp_path / "real-out" / "x.txt").read_text() == BODY
    assert (tmp_path / "real-back" / "x.txt").read_text() == PAGE


def test_restore_reads_files_alone_and_no_large_ones(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(10**10)
    for cleaned, message in {
        "/dev/zero": "is no regular file",
        "../link": "is no regular file",
        "../pipe": "is no regular file",
        "../gone": "Is a directory",
        "../large": "larger than 100 MB; --max-size",
    }.items():
        removed(tmp_path, cleaned=cleaned)
        status, err = limited("restore", "gone", "-o", "out", cwd=tmp_path)
        assert (status, f"{cleaned.removeprefix('../')}: {message}" in err) == (2, True), err
    assert not (tmp_path / "out").exists()


def test_restore_of_what_is_in_the_folder_of_its_file(tmp_path: Path) -> None:
    path = removed(tmp_path, cleaned="-")
    (tmp_path / "gone" / "-").write_text("")
    for cwd, name in ((tmp_path, "gone/x.txt.removed.jsonl"), (path.parent, path.name)):
        assert run("restore", name, cwd=cwd, stdin=b"something else") == (0, "made", "")


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document whose findings are in the cache."""
    monkeypatch.setenv("CLEANTEXT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "x.txt").write_text(PAGE)
    run("check", ".", cwd=tmp_path / "docs")
    return tmp_path


def poisoned(cached: Path, found: str) -> tuple[int, str, str]:
    with closing(sqlite3.connect(cached / "cache" / "cleantext" / NAME)) as connection, connection:
        connection.execute("UPDATE documents SET found = ?", (found,))
    return run("check", "--fix", ".", cwd=cached / "docs")


SPAN: list[Any] = [5, 10, PAGE[5:10], "nav-rule", "nav", "reason", 0.9]
CANNOT_BE = {
    "nothing": "null",
    "no findings": "[]",
    "number": "5",
    "short span": json.dumps(["text", [SPAN[:2]], []]),
    "no spans": '["text", 5, []]',
    "no JSON": "{",
    "NUL": "\0",
    "deep": "[" * 100_000,
    "before": json.dumps(["html", [[-50, -3, *SPAN[2:]]], []]),
    "behind": json.dumps(["html", [[0, 10**9, *SPAN[2:]]], []]),
    "turned": json.dumps(["html", [[50, 10, *SPAN[2:]]], []]),
    "empty": json.dumps(["html", [[5, 5, *SPAN[2:]]], []]),
    "letters": json.dumps(["html", [["a", "b", *SPAN[2:]]], []]),
    "halves": json.dumps(["html", [[0.5, 3, *SPAN[2:]]], []]),
    "truth": json.dumps(["html", [[False, True, *SPAN[2:]]], []]),
    "twice": json.dumps(["html", [SPAN, SPAN], []]),
    "not in order": json.dumps(["html", [[20, 30, *SPAN[2:]], SPAN], []]),
    "another text": json.dumps(["text", [[6, 11, *SPAN[2:]]], []]),
    "no text": json.dumps(["html", [[5, 10, None, *SPAN[3:]]], []]),
    "no rule": json.dumps(["html", [[*SPAN[:3], 5, *SPAN[4:]]], []]),
    "no reason": json.dumps(["html", [[*SPAN[:5], ["x"], 0.9]], []]),
    "score": json.dumps(["html", [[*SPAN[:6], "0.9"]], []]),
    "no score": '["html", [[5, 10, "x", "x", "x", "x", NaN]], []]',
    "kind": json.dumps(["pdf", [SPAN], []]),
    "problems": json.dumps(["html", [SPAN], [["x", 5]]]),
}


@pytest.mark.parametrize("name", CANNOT_BE)
def test_what_is_no_entry_of_the_cache_is_told_from_one(name: str) -> None:
    assert loaded(json.dumps(["text", [SPAN], []]), PAGE).removed == [Span(*SPAN)]
    with pytest.raises((ValueError, TypeError, RecursionError)):
        loaded(CANNOT_BE[name], PAGE)


def test_what_is_no_entry_of_the_cache_is_not_used(cached: Path) -> None:
    status, _, err = poisoned(cached, CANNOT_BE["deep"])
    assert (status, "Traceback" in err) == (0, False)
    assert (cached / "docs" / "x.txt").read_text() == BODY


def test_what_is_kept_is_used(cached: Path) -> None:
    assert poisoned(cached, json.dumps(["text", [SPAN], []]))[0] == 0
    assert (cached / "docs" / "x.txt").read_text() == PAGE[:5] + PAGE[10:]


@pytest.mark.parametrize("inside", ["", "cleantext"], ids=["its folder", "one called as ours is"])
def test_making_a_cache_removes_nothing_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    monkeypatch.setenv("CLEANTEXT_CACHE_DIR", str(tmp_path / "mine"))
    theirs = {"photos.sqlite": "the only copy", "photos-2.sqlite": "not", ".gitignore": "build/\n", "a.sqlite-wal": ""}
    for folder in (tmp_path / "docs", tmp_path / "mine" / inside):
        folder.mkdir(parents=True)
    for name, content in theirs.items():
        (tmp_path / "mine" / inside / name).write_text(content)
    (tmp_path / "docs" / "x.txt").write_text(PAGE)
    run("check", ".", cwd=tmp_path / "docs")
    own = tmp_path / "mine" / "cleantext"
    assert (own / NAME).is_file()
    found = {path.name: path.read_text() for path in (tmp_path / "mine" / inside).iterdir() if path.name in theirs}
    assert found == theirs
    assert (own / "CACHEDIR.TAG").exists() is not bool(inside)


def test_a_cache_of_another_version_goes(cached: Path) -> None:
    own = cached / "cache" / "cleantext"
    (own / NAME).rename(own / "0.0.1-1.sqlite")
    (own / "0.0.1-1.sqlite-wal").touch()
    run("check", ".", cwd=cached / "docs")
    assert sorted(path.name for path in own.iterdir()) == [".gitignore", NAME, "CACHEDIR.TAG"]


@pytest.mark.parametrize(
    "page",
    [
        "<b>" * 10_000 + "<p>x" * 10_000,
        "".join(f"<font id={i}>" for i in range(5_000)) + "<p>x" * 5_000,
        "<table>" + "".join(f"<tr>w{i}" for i in range(20_000)),
        "<a><table>" * 10_000,
        "<div>" * 50_000,
        "<p a='" + "x" * 200_000,
        "<!--" * 50_000,
        "&" * 200_000,
    ],
    ids=range(8),
)
def test_a_page_made_to_be_slow_ends_and_is_whole(page: str) -> None:
    source = f"<p>{STORY}</p>{page}"
    began = time.process_time()
    result = clean(source, kind="html")
    assert time.process_time() - began < 20
    assert result.source == source
    assert STORY in result.text or any(STORY in span.text for span in result.removed)
    assert not result.problems


def test_a_wide_table_costs_no_more() -> None:
    def seconds(cells: int) -> float:
        page = f"<p>{STORY}</p><table><tr>{'<td>x' * cells}{'<tr><td>x' * cells}"
        start = time.process_time()
        clean(page, kind="html")
        return time.process_time() - start

    seconds(10)
    assert seconds(1600) <= 8 * seconds(400)


@pytest.mark.parametrize(
    "page",
    [
        f"{'<ul>' * 240}{'<li>x' * 2000}",
        f"<table>{('<tr>' + '<td colspan=50 rowspan=50>x' * 400 + '<tr><td>y' * 49) * 4}",
        f"<table><tr>{'<td colspan=50 rowspan=50>x' * 3}{'<tr><td>y' * 49}</table>" * 100,
        f"<table><tr><td colspan=40 rowspan=5>x<td>z{'<tr><td>y' * 4}</table>" * 100,
    ],
    ids=["lists", "cells", "sparse", "small"],
)
def test_the_text_of_a_page_is_not_much_longer_than_its_source(page: str) -> None:
    source = f"<p>{STORY}</p><p>{STORY}</p>{page}"
    result = clean(source, kind="html", level="named")
    assert len(result.text) <= 20 * len(source)
    assert len(result.markdown) <= 20 * len(source)


def test_patterns_of_a_repository_that_would_take_for_ever_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*a" * 12 + "*b\nleft-out.txt\n")
    for name in ("a" * 200 + ".txt", "left-out.txt"):
        (tmp_path / name).write_text("Leave a Reply\n")
    begun = time.process_time()
    found = Ignore.of_file(tmp_path / ".gitignore", tmp_path)
    assert found is not None
    assert found.says(str(tmp_path / "left-out.txt"))
    assert not found.says(str(tmp_path / ("a" * 200 + ".txt")))
    assert time.process_time() - begun < 1
    with pytest.raises(ValueError, match="more than 4 stars"):
        Ignore(tmp_path, ["*a" * 12])
