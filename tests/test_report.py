"""``cleantext report``: one page with everything in it, and how it behaves in a browser (``pytest -m browser``)."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleantext import clean
from cleantext.registry import STORY
from tests.test_check import fixtures as fixtures
from tests.test_cli import PAGE, run

HOSTILE = "</script><script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b.html").write_text(f"<nav>Home</nav><p>{STORY}</p><footer>Contact</footer>")
    (tmp_path / f"c {HOSTILE.replace('/', '∕')}.txt").write_text(f"{HOSTILE}\n\n{STORY}\n\n{PAGE}")
    return tmp_path


def blocks(page: str) -> dict[str, Any]:
    found = re.findall(r'<script type="text/plain" id="([\w-]+)">([\w+/=]*)</script>', page)
    return {name: json.loads(gzip.decompress(base64.b64decode(packed))) for name, packed in found}


def test_the_page_holds_every_text_and_every_span(fixtures: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run("report", str(fixtures), "-o", str(page), "--isolated")[0] == 0
    found = blocks(page.read_text())
    paths = sorted(fixtures.iterdir())
    assert [entry["path"] for entry in found["index"]["files"]] == [str(path) for path in paths]
    for number, path in enumerate(paths):
        source = path.read_bytes().decode("utf-8")
        result = clean(source, kind="html" if path.suffix == ".html" else "text")
        pieces = found[f"file-{number}"]["pieces"]
        gone = [(text.strip(), said["rule"]) for text, said in pieces if said is not None]
        assert gone == [(span.text.strip(), span.rule) for span in result.removed]
        if path.suffix == ".txt":
            assert "".join(text for text, _ in pieces) == source
        else:
            kept = sorted(result.kept, key=lambda k: k.start)
            assert [text for text, said in pieces if said is None] == [f"{result.text[k.at : k.until]}\n" for k in kept]


def test_nothing_of_the_input_is_markup(folder: Path) -> None:
    assert run("report", ".", "-o", "report.html", cwd=folder) == (0, "", "report.html: 3 files\n")
    page = (folder / "report.html").read_text()
    assert "taken" not in page
    assert "http://" not in page
    assert "https://" not in page
    again = run("report", ".", "-o", "report.html", cwd=folder)
    assert again == (0, "", "report.html: 3 files\n")
    assert (folder / "report.html").read_text() == page


def test_what_cannot_be_read_is_said_and_the_page_is_made(folder: Path) -> None:
    (folder / "d.txt").write_bytes(b"caf\xe9")
    status, _, err = run("report", "a.txt", "d.txt", "missing.txt", "-o", "report.html", cwd=folder)
    assert status == 2
    assert "d.txt: not UTF-8" in err
    assert "missing.txt: No such file or directory" in err
    assert len(blocks((folder / "report.html").read_text())["index"]["files"]) == 1
    assert run("report", ".", "-o", "no/report.html", cwd=folder)[0] == 2


@pytest.fixture
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    flags = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags.split())
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_browser(folder: Path, browser: Any, scheme: str) -> None:
    run("report", ".", "-o", "report.html", cwd=folder)
    page = browser.new_page(color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((folder / "report.html").as_uri())
    page.wait_for_selector("mark")
    assert page.text_content("#totals") == "3 files, 6 spans"
    assert page.text_content("#text") == PAGE
    assert [mark.text_content().strip() for mark in page.query_selector_all("mark")] == [
        "Similar Posts",
        "Leave a Reply",
    ]
    # Findings, files and the find field by keyboard.
    page.keyboard.press("n")
    assert page.text_content("mark.here").strip() == "Similar Posts"
    assert page.text_content("#why").startswith("related · related-prompt: link to other articles")
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.text_content("mark.here").strip() == "Similar Posts"
    page.keyboard.press("j")
    page.wait_for_selector("#path:text-is('b.html')")
    page.keyboard.press("j")
    page.wait_for_selector("#path:has-text('taken')")
    assert HOSTILE in page.text_content("#text")
    assert page.title() == "cleantext report"
    page.keyboard.press("/")
    page.keyboard.type("A.TXT")
    assert [item.text_content() for item in page.query_selector_all("#files span")] == ["a.txt"]
    page.fill("#find", "")
    # Filters by group and by rule.
    page.click("#groups button:has-text('related')")
    assert not page.query_selector_all("mark:not(.off)[data-group=related]")
    assert page.query_selector_all("mark:not(.off)[data-group=comments]")
    page.click("#groups button:has-text('related')")
    page.select_option("#rule", "site-footer")
    assert [item.text_content() for item in page.query_selector_all("#files span")] == ["b.html"]
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (back == "rgb(25, 26, 28)") is (scheme == "dark")
    assert said == []


@pytest.mark.browser
def test_a_thousand_files_in_a_browser(tmp_path: Path, browser: Any) -> None:
    for number in range(1000):
        (tmp_path / f"{number:04}.txt").write_text(PAGE * 5)
    run("report", str(tmp_path), "-o", str(tmp_path / "report.html"))
    page = browser.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    page.wait_for_selector("mark", timeout=5000)
    for _ in range(20):
        page.keyboard.press("j")
    page.wait_for_selector("#path:has-text('0020.txt')", timeout=5000)
