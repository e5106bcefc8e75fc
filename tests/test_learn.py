"""``cleantext learn`` and ``check --site-profile``: what repeats across the pages of a site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleantext import Cleaner
from cleantext.registry import STORY
from cleantext.site import Profile
from tests.test_cli import run

WAYS = [
    ("bridge", "Tarn"),
    ("ferry", "Lot"),
    ("tunnel", "Oss"),
    ("towpath", "Wexley"),
    ("lock", "Moor"),
    ("weir", "Ode"),
]
PITCH = "Ring the desk with your news of the harbour, day or night, for we print all that we can, and we pay for it."


def article(number: int, sign: str = "Quillport Mail") -> str:
    way, river = WAYS[number]
    text = STORY.replace("bridge", way).replace("Tarn", river)
    body = f"News of the {river}\n\n{text}\n\nIn brief\n\n{text[::-1]}"
    return f"{sign}\nHarbour desk\n\n{body}\n\n{PITCH}\nSet by Oss and Sons\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for site, sign in (("mail", "Quillport Mail"), ("post", "Hale Post")):
        (tmp_path / site).mkdir()
        for number in range(len(WAYS)):
            (tmp_path / site / f"{number}.txt").write_text(article(number, sign))
    return tmp_path


def test_what_repeats_outside_the_body_goes(folder: Path) -> None:
    assert run("learn", "mail", "-o", "site.json", cwd=folder) == (0, "", "all: 6 pages, 4 lines of the template\n")
    out = run("check", "mail/0.txt", "--site-profile", "site.json", "--select", "site", cwd=folder)[1]
    assert out.splitlines() == [
        "mail/0.txt:1:1: site-template: repeats across the site: on 6 of 6 pages: Quillport Mail",
        "mail/0.txt:2:1: site-template: repeats across the site: on 6 of 6 pages: Harbour desk",
        f"mail/0.txt:12:1: site-template: repeats across the site: on 6 of 6 pages: {PITCH[:99]}…",
        "mail/0.txt:13:1: site-template: repeats across the site: on 6 of 6 pages: Set by Oss and Sons",
    ]
    # A heading that many articles have stands in their bodies.
    assert "In brief" in run("clean", "mail/0.txt", "--site-profile", "site.json", cwd=folder)[1]
    assert "site-template" not in run("check", "mail", cwd=folder)[1]
    assert "site-template" not in run("check", "mail", "--site-profile", "site.json", "--ignore", "site", cwd=folder)[1]


def test_the_profile_is_readable_and_says_how_many_pages_carry_each(folder: Path) -> None:
    run("learn", "mail", "-o", "site.json", "-q", cwd=folder)
    site = json.loads((folder / "site.json").read_text())["sites"][""]
    assert site["pages"] == 6
    assert {"text": "Harbour desk", "pages": 6, "outside": 6, "prose": False} in site["lines"]
    assert {"text": "In brief", "pages": 6, "outside": 0, "prose": False} in site["lines"]


def test_a_page_twice_and_a_refrain_count_once(folder: Path) -> None:
    (folder / "mail" / "copy.txt").write_text(article(0))
    (folder / "mail" / "song.txt").write_text(f"{STORY}\n\n" + "Row on, row on\n" * 9)
    run("learn", "mail", "-o", "site.json", "-q", cwd=folder)
    site = json.loads((folder / "site.json").read_text())["sites"][""]
    assert site["pages"] == 7
    assert {line["text"]: line["pages"] for line in site["lines"]}["Harbour desk"] == 6
    assert "Row on, row on" not in [line["text"] for line in site["lines"]]


def test_sites_by_folder_and_by_host(folder: Path) -> None:
    assert run("learn", ".", "--site", "subfolder", "-o", "site.json", cwd=folder)[2].splitlines() == [
        "mail: 6 pages, 4 lines of the template",
        "post: 6 pages, 4 lines of the template",
    ]
    out = run("check", ".", "--site-profile", "site.json", "--select", "site", cwd=folder)[1]
    assert out.count("Quillport Mail") == out.count("Hale Post") == 6
    pages = folder / "pages"
    pages.mkdir()
    for host in ("a", "b"):
        for number in range(4):
            lines = article(number, f"The {host}").replace("\n\n", "\n").splitlines()
            body = "".join(f"<p>{line}</p>" for line in lines)
            head = f'<link rel=canonical href="https://www.{host}.example/{number}">'
            (pages / f"{host}{number}.html").write_text(f"<head>{head}</head><body>{body}</body>")
    assert run("learn", "pages", "--site", "host", "-o", "hosts.json", cwd=folder)[2].splitlines() == [
        "a.example: 4 pages, 4 lines of the template",
        "b.example: 4 pages, 4 lines of the template",
    ]
    out = run("check", "pages", "--site-profile", "hosts.json", "--select", "site", cwd=folder)[1]
    assert [line.split(":")[0] for line in out.splitlines() if "The a" in line] == [
        f"pages/a{n}.html" for n in range(4)
    ]


def test_profiles_can_be_added_up(folder: Path) -> None:
    for name, numbers in (("one", (0, 1, 2)), ("two", (3, 4, 5))):
        (folder / name).mkdir()
        for number in numbers:
            (folder / name / f"{number}.txt").write_text(article(number))
    run("learn", "one", "-o", "one.json", "-q", cwd=folder)
    run("learn", "two", "-o", "both.json", "--merge", "one.json", "-q", cwd=folder)
    run("learn", "mail", "-o", "all.json", "-q", cwd=folder)
    both, whole = (Profile.of_json((folder / name).read_text()).sites[""] for name in ("both.json", "all.json"))
    assert both.template() == whole.template()
    assert both.pages == whole.pages
    status, _, err = run("learn", "one", "-o", "no.json", "--merge", "one.json", cwd=folder)
    assert status == 2
    assert "3 of the pages are in both profiles and would count twice" in err
    assert not (folder / "no.json").exists()


def test_learning_is_the_same_with_any_number_of_jobs(folder: Path) -> None:
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Quillport Mail\n\n{STORY} {number} {STORY[::-1]}\n")
    profiles = []
    for jobs in "12":
        run("learn", ".", "-o", "site.json", "-j", jobs, cwd=folder)
        profiles.append((folder / "site.json").read_text())
        (folder / "site.json").unlink()
    assert profiles[0] == profiles[1]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": 9}', '{"schema": 1, "by": "x", "sites": {}}'])
def test_what_is_no_profile_is_told(folder: Path, content: str) -> None:
    (folder / "site.json").write_text(content)
    status, out, err = run("check", "mail", "--site-profile", "site.json", cwd=folder)
    assert (status, out) == (2, "")
    assert "site.json: " in err


def test_the_rule_in_the_library() -> None:
    profile = Profile.of_json(
        '{"schema": 1, "by": "folder", "sites": {"": {"pages": 9, "digests": "a b c d e f g h i", "lines": '
        '[{"text": "Harbour desk", "pages": 9, "outside": 9, "prose": false}]}}}'
    )
    rule = profile.rule("")
    assert rule is not None
    result = Cleaner(rules=[rule]).clean(f"Harbour desk\n\n{STORY}\n")
    assert [(span.rule, span.group, span.reason) for span in result.removed] == [
        ("site-template", "site", "repeats across the site: on 9 of 9 pages")
    ]
    assert profile.rule("elsewhere") is None
