"""``cleantext clean`` and ``restore``: bodies of folders, what was removed, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleantext.registry import STORY
from tests.test_check import fixtures as fixtures
from tests.test_cli import BODY, PAGE, run

HTML = f"<nav><a href=/>Home</a></nav><h1>Bridge</h1><p>{STORY}</p><footer>Contact</footer>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "raw" / "a" / "page.html").write_text(HTML)
    (tmp_path / "raw" / "b.txt").write_text(PAGE)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".cleantext-clean")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_folder_becomes_another(folder: Path) -> None:
    assert run("clean", "raw", "-o", "out", cwd=folder) == (0, "", "2 files written\n")
    assert files(folder / "out") == {"a/page.txt": f"{STORY}\n".encode(), "b.txt": BODY.encode()}
    assert run("clean", "raw", "-o", "md", "--markdown", "-q", cwd=folder) == (0, "", "")
    assert (folder / "md" / "a" / "page.md").read_text() == f"{STORY}\n"
    assert run("clean", "raw/a/page.html", "raw/b.txt", "-o", "two", cwd=folder)[0] == 0
    assert sorted(files(folder / "two")) == ["b.txt", "page.txt"]


def test_documents_are_never_overwritten(folder: Path) -> None:
    before = files(folder)
    status, _, err = run("clean", "raw", "-o", "raw", cwd=folder)
    assert status == 2
    assert "raw/b.txt: would be overwritten by its own text" in err
    assert {name: data for name, data in files(folder).items() if name in before} == before
    assert "would be overwritten" in run("clean", "raw/b.txt", "-o", "raw/b.txt", cwd=folder)[2]


def test_pages_and_texts_of_one_name_stay_apart(folder: Path) -> None:
    (folder / "raw" / "a" / "page.txt").write_text(PAGE)
    (folder / "raw" / "a" / "page.htm").write_text(HTML)
    assert run("clean", "raw", "-o", "out", cwd=folder)[0] == 0
    assert sorted(files(folder / "out")) == ["a/page.htm.txt", "a/page.html.txt", "a/page.txt", "b.txt"]
    status, _, err = run("clean", "raw/b.txt", "raw/./b.txt", "raw/a", "-o", "out2", cwd=folder)
    (folder / "b.txt").write_text(PAGE)
    status, _, err = run("clean", "raw/b.txt", "b.txt", "-o", "out3", cwd=folder)
    assert status == 2
    assert "b.txt: two documents would become out3/b.txt" in err


def test_a_folder_within_its_source_is_not_read_again(folder: Path) -> None:
    for _ in range(2):
        assert run("clean", ".", "-o", "out", "--removed", "gone", cwd=folder)[2] == "2 files written\n"
    assert sorted(files(folder / "out")) == ["raw/a/page.txt", "raw/b.txt"]


def test_what_went_is_kept_and_put_back(folder: Path) -> None:
    assert run("clean", "raw", "-o", "out", "--removed", "gone", cwd=folder)[0] == 0
    head, *spans = map(json.loads, (folder / "gone" / "b.txt.removed.jsonl").read_text().splitlines())
    assert (head["schema"], head["cleaned"]) == (1, "../out/b.txt")
    assert [span["source"] for span in spans] == ["\nSimilar Posts\n\n", "Leave a Reply\n"]
    assert run("restore", "gone", "-o", "back", cwd=folder) == (0, "", "")
    assert files(folder / "back") == files(folder / "raw")
    assert run("restore", "gone/b.txt.removed.jsonl", cwd=folder) == (0, PAGE, "")
    (folder / "out" / "b.txt").write_text("changed")
    status, out, err = run("restore", "gone/b.txt.removed.jsonl", cwd=folder)
    assert (status, out) == (2, "")
    assert "out/b.txt: changed since it was cleaned" in err


def test_every_fixture_comes_back_byte_for_byte(fixtures: Path, tmp_path: Path) -> None:
    (tmp_path / "marked.txt").write_bytes(b"\xef\xbb\xbf" + PAGE.encode())
    (tmp_path / "wide.txt").write_bytes(PAGE.replace("\n", "\r\n").encode("utf-16"))
    (tmp_path / "old.html").write_bytes(f"<meta charset=iso-8859-1><p>Café {STORY}</p>".encode("latin-1"))
    for source in (fixtures, tmp_path):
        out = tmp_path.parent / f"{source.name}-out"
        assert run("clean", str(source), "-o", f"{out}/out", "--removed", f"{out}/gone", "--isolated")[0] == 0
        assert run("restore", f"{out}/gone", "-o", f"{out}/back")[0] == 0
        assert files(out / "back") == files(source)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda lines: lines[1:], "not a file of what was removed"),
        (lambda lines: lines[:-1], "damaged"),
        (lambda lines: [lines[0].replace('"schema": 1', '"schema": 99'), *lines[1:]], "of another version"),
        (lambda lines: ["no json"], "not a file of what was removed"),
        (lambda lines: [], "not a file of what was removed"),
    ],
    ids=["no head", "cut short", "another version", "other lines", "empty"],
)
def test_damage_is_told(folder: Path, damage: object, said: str) -> None:
    run("clean", "raw/b.txt", "-o", "out.txt", "--removed", "gone", cwd=folder)
    path = folder / "gone" / "b.txt.removed.jsonl"
    path.write_text("\n".join(damage(path.read_text().splitlines())) + "\n")  # type: ignore[operator]
    status, out, err = run("restore", "gone/b.txt.removed.jsonl", cwd=folder)
    assert (status, out) == (2, "")
    assert said in err


def test_stdin_and_stdout(folder: Path) -> None:
    assert run("clean", "-", "--stdin-filename", "x.html", stdin=HTML.encode())[1] == f"{STORY}\n"
    status, out, _ = run(
        "clean", "-", "--removed", "gone", "--stdin-filename", "x.txt", cwd=folder, stdin=PAGE.encode()
    )
    assert (status, out) == (0, BODY)
    (folder / "body.txt").write_text(out)
    kept = "gone/x.txt.removed.jsonl"
    assert run("restore", kept, "--cleaned", "body.txt", cwd=folder) == (0, PAGE, "")
    assert "say with --cleaned where it is" in run("restore", kept, cwd=folder)[2]


def test_what_cannot_be_read_is_said_and_the_others_are_done(folder: Path) -> None:
    (folder / "raw" / "c.txt").write_bytes(b"caf\xe9")
    status, _, err = run("clean", "raw", "missing.txt", "-o", "out", cwd=folder)
    assert status == 2
    assert "raw/c.txt: not UTF-8" in err
    assert "missing.txt: No such file or directory" in err
    assert sorted(files(folder / "out")) == ["a/page.txt", "b.txt"]


@pytest.mark.parametrize("command", ["clean", "fix"])
def test_a_document_over_the_limit_stays_whole_and_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "cleantext.toml").write_text("max-chars = 30\n")
    page = "<html><body><nav><a href=/>Home</a></nav><p>It was a Monday.</p></body></html>"
    (tmp_path / "page.html").write_text(page)
    arguments = ["clean", "page.html", "-o", "page.txt"] if command == "clean" else ["check", "--fix", "page.html"]
    status, _, told = run(*arguments, cwd=tmp_path)
    assert status == 2
    assert "max-chars" in told
    assert (tmp_path / "page.html").read_text() == page
    if command == "clean":
        assert (tmp_path / "page.txt").read_text() == "Home\n\nIt was a Monday.\n"
        assert "1 file written" in told
