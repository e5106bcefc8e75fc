"""No text, page, bytes or tree breaks anything: what once did, broken documents of all kinds, hostile ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.failures import Failure, examined, minimised, shortest
from benchmarks.fuzz import Run, fuzz, tally
from benchmarks.mutations import FIXTURES, OPTIONS, Document, Kind, document, seeds
from benchmarks.timings import Bucket, bucket_of
from tests.strategies import hostile_pages, hostile_texts

FOUND = FIXTURES / "found"
FILES = sorted(path for path in FOUND.iterdir() if path.name != "README.md")
KINDS: dict[str, tuple[Kind, ...]] = {".txt": ("text",), ".html": ("html", "tree"), ".bin": ("bytes",)}
# Seconds that any of the sources may take: a hundred times what they do.
LIMIT = 5.0


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fuzzer says for itself whether there are checks; the other tests have them."""
    monkeypatch.setenv("CLEANTEXT_CHECK", "1")


def hold(source: str | bytes, kind: Kind, options: str) -> None:
    """Hold that a source is cleaned as it should be."""
    found = examined(Document(0, source, kind, options), checks=True)
    assert found.failure is None, found.failure.message
    assert found.seconds < LIMIT


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_once_broke(path: Path) -> None:
    for kind in KINDS[path.suffix]:
        data = path.read_bytes()
        for options in OPTIONS:
            hold(data if kind == "bytes" else data.decode("utf-8", "surrogatepass"), kind, options)


def test_every_found_source_says_what_it_broke() -> None:
    lines = (FOUND / "README.md").read_text(encoding="utf-8").splitlines()
    assert [path.name for path in FILES] == sorted(line.split("`")[1] for line in lines if line.startswith("- `"))


def test_broken_documents(tmp_path: Path) -> None:
    total = fuzz(Run(seed=2026), documents=700, jobs=1, seconds=60, out=tmp_path)
    assert total.documents > 100
    assert not total.counts["exceptions"], sorted(tmp_path.iterdir())
    assert not total.counts["breaks"], sorted(tmp_path.iterdir())


@given(hostile_texts, st.sampled_from([*OPTIONS]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_hostile_texts(source: str, options: str) -> None:
    hold(source, "text", options)


@given(hostile_pages, st.sampled_from([*OPTIONS]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_hostile_pages(source: str, options: str) -> None:
    hold(source, "html", options)


@given(hostile_pages, st.sampled_from([*OPTIONS]))
@settings(max_examples=50, deadline=None, derandomize=True)
def test_hostile_trees(source: str, options: str) -> None:
    hold(source, "tree", options)


@given(st.one_of(hostile_texts, hostile_pages), st.sampled_from(["utf-8", "utf-16", "cp1252", "shift_jis", "gb18030"]))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_hostile_bytes(source: str, codec: str) -> None:
    hold(source.encode(codec, "replace"), "bytes", "default")


def test_a_document_follows_from_the_seed_and_its_number() -> None:
    known = seeds()
    assert [document(n, 1, known) for n in range(50)] == [document(n, 1, known) for n in range(50)]
    assert document(7, 1, known) != document(7, 2, known)
    assert {document(n, 1, known).kind for n in range(200)} == {"text", "html", "bytes", "tree"}


def test_own_files_are_mutated_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_bytes(b"Ferry timetable\xff")
    assert "Ferry timetable\ufffd" in seeds(tmp_path)


def test_a_source_is_made_small() -> None:
    assert shortest("one\ntwo x\nthree y\n" * 9, lambda s: "x" in s and "y" in s) == "xy"
    assert shortest(bytes(range(256)), lambda data: b"\x80" in data) == b"\x80"


def test_a_failure_is_written_as_small_as_it_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(found: Document, checks: bool, endless: float = 0) -> object:
        failure = Failure("a key: with signs", "why", broken=True) if "e" in str(found.source) else None
        return examined(found._replace(source=""), checks)._replace(failure=failure)

    monkeypatch.setattr("benchmarks.failures.examined", fails)
    least = minimised(
        Document(3, "Ferry\ntimetable\n", "text", "default"), Failure("a key: with signs", "", broken=True), True
    )
    assert least.source == "e"
    total = fuzz(Run(seed=1), documents=20, jobs=1, seconds=60, out=tmp_path)
    assert total.counts["breaks"] > 5
    written = sorted(path.name for path in tmp_path.iterdir())
    assert len(written) == 2
    assert written[1] == f"{written[0]}.log"


def test_an_exception_and_what_does_not_end_are_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: Document) -> object:
        while True:
            pass

    monkeypatch.setattr("benchmarks.failures.cleaned", endless)
    found = examined(Document(0, "", "text", "default"), checks=False, endless=0.05)
    assert found.failure is not None
    assert found.failure.key.startswith("Endless in")
    monkeypatch.setattr("benchmarks.failures.cleaned", lambda _: [][1])
    found = examined(Document(0, "", "text", "default"), checks=False)
    assert found.failure is not None
    assert found.failure.key.startswith("IndexError in")


def test_parts_make_the_whole() -> None:
    run = Run(seed=3, check_share=0.5)
    whole, parts = tally(run, range(40)), tally(run, range(20))
    parts.merge(tally(run, range(20, 40)))
    assert (whole.documents, whole.checked, whole.counts) == (parts.documents, parts.checked, parts.counts)
    assert {key: b.number for key, b in whole.buckets.items()} == {key: b.number for key, b in parts.buckets.items()}
    assert 0 < whole.checked < 40


def test_times_are_counted_by_size() -> None:
    assert [bucket_of(length) for length in (0, 1, 2, 3, 4, 1023, 1024)] == [0, 1, 2, 2, 4, 512, 1024]
    bucket, other = Bucket(), Bucket()
    for number in range(99):
        (bucket if number % 2 else other).add(0.001, number)
    other.add(0.5, 99)
    bucket.merge(other)
    assert bucket.number == 100
    assert bucket.median == pytest.approx(0.001, rel=0.03)
    assert max(bucket.slowest) == (0.5, 99)
    assert len(bucket.slowest) == 5
