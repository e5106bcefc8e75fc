"""``cleantext corpus`` as a user runs it: real files of every format, kills, and what is no row."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from cleantext.registry import STORY, STORY_HTML
from tests.test_cli import BODY, PAGE, run

HTML = f"<html><body><nav><a href=/>Home</a></nav><h1>Mayor opens bridge</h1>{STORY_HTML}</body></html>"


def lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def written(folder: Path) -> bytes:
    """What stands in the parts of an output, one behind the other, decompressed."""
    found = []
    for part in sorted(folder.glob("part-*")):
        data = part.read_bytes()
        if part.suffix == ".gz":
            data = gzip.decompress(data)
        elif part.suffix == ".zst":
            data = pa.CompressedInputStream(io.BytesIO(data), "zstd").read()
        found.append(data)
    return b"".join(found)


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(folder).splitlines()]


def rejects(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "_rejects.jsonl").read_bytes().splitlines()]


def warc(records: list[bytes]) -> bytes:
    """A WARC with what servers answered at numbered addresses, each record compressed for itself."""
    found = io.BytesIO()
    for number, block in enumerate(records):
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response, record_urn=f"{number:032}".encode())
        record.headers["WARC-Target-URI"] = f"https://a.example/{number}"
        record.headers["WARC-Date"] = "2026-02-03T04:05:06Z"
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(block)
        plain = io.BytesIO()
        record.write(plain)
        found.write(gzip.compress(plain.getvalue(), mtime=0))
    return found.getvalue()


def answer(body: bytes, kind: str = "text/html", more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "in.jsonl").write_bytes(
        lines([{"id": 1.50, "text": PAGE}, {"id": 2, "text": None}, {"id": 3, "text": "A line – one."}])
    )
    return tmp_path


def test_every_row_comes_out_in_order_with_what_became_of_it(small: Path) -> None:
    status, out, err = run("corpus", "in.jsonl", "-o", "out", cwd=small)
    assert (status, out) == (0, "")
    assert err.startswith("3 rows in 1 part, in ")
    found = (small / "out" / "part-00000.jsonl").read_text().splitlines()
    assert found[0].startswith('{"id": 1.5, "text": "Mayor')
    assert rows(small / "out") == [
        {"id": 1.5, "text": PAGE, "clean_text": BODY, "kept_ratio": len(BODY) / len(PAGE), "error": None},
        {"id": 2, "text": None, "clean_text": None, "kept_ratio": None, "error": None},
        {"id": 3, "text": "A line – one.", "clean_text": "A line – one.", "kept_ratio": 1.0, "error": None},
    ]
    assert not (small / "out" / "_rejects.jsonl").exists()


def test_what_stands_on_a_line_stays_as_it_is(tmp_path: Path) -> None:
    line = b'{ "n": 1.10e3, "big": 1234567890123456789012, "half": "\\ud83d", "text" : "\\u0041 b" , "x": NaN } \r\n'
    (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + line + b"\n  \n")
    assert run("corpus", "in.jsonl", "-o", "out", cwd=tmp_path)[0] == 0
    kept = line.rstrip()[:-1].rstrip()
    assert written(tmp_path / "out") == kept + b', "clean_text": "A b", "kept_ratio": 1.0, "error": null}\n'


def test_removed_stands_beside_what_stayed_and_sources_can_be_left_out(small: Path) -> None:
    run("corpus", "in.jsonl", "-o", "out", "--removed", "--drop-source", cwd=small)
    first, second, _ = rows(small / "out")
    assert list(first) == ["id", "clean_text", "removed", "kept_ratio", "error"]
    assert [(s["rule"], PAGE[s["start"] : s["end"]]) for s in first["removed"]] == [
        ("related-prompt", "\nSimilar Posts\n\n"),
        ("comment-prompt", "Leave a Reply\n"),
    ]
    assert second == {"id": 2, "clean_text": None, "removed": None, "kept_ratio": None, "error": None}


def test_a_row_with_an_error_keeps_its_source(small: Path) -> None:
    (small / "cleantext.toml").write_text("max-chars = 50\n")
    status, _, err = run("corpus", "in.jsonl", "-o", "out", "--drop-source", cwd=small)
    assert status == 0
    assert "; 1 with an error" in err
    first, _, last = rows(small / "out")
    assert first["text"] == first["clean_text"] == PAGE
    assert first["error"].startswith("max-chars: ")
    assert "text" not in last


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst", "json.gz", "ndjson"])
def test_compressed_lines_are_read_and_written(small: Path, suffix: str) -> None:
    data = (small / "in.jsonl").read_bytes()
    path = small / f"in.{suffix}"
    if suffix.endswith("gz"):  # as tools write it that go on with a file: in several members
        path.write_bytes(gzip.compress(data[:100]) + gzip.compress(data[100:]))
    elif suffix.endswith("zst"):
        codec = pa.Codec("zstd")
        path.write_bytes(codec.compress(data[:100], asbytes=True) + codec.compress(data[100:], asbytes=True))
    else:
        path.write_bytes(data)
    run("corpus", "in.jsonl", "-o", "plain", cwd=small)
    status, _, _ = run("corpus", path.name, "-o", "out", cwd=small)
    form = {"json.gz": "jsonl.gz", "ndjson": "jsonl"}.get(suffix, suffix)
    assert (status, (small / "out" / f"part-00000.{form}").exists()) == (0, True)
    assert written(small / "out") == written(small / "plain")


def test_parquet_keeps_its_columns_and_row_groups_may_be_of_any_size(tmp_path: Path) -> None:
    table = pa.table(
        {
            "body": [PAGE, None, STORY] * 100,
            "when": pa.array(range(300), pa.timestamp("ms")),
            "tags": [["a", "b"], [], None] * 100,
        }
    )
    pq.write_table(table, tmp_path / "in.parquet", row_group_size=70)
    status, _, err = run("corpus", "in.parquet", "-o", "out", "--column", "body", "--removed", cwd=tmp_path)
    assert status == 0, err
    done = pq.read_table(tmp_path / "out" / "part-00000.parquet")
    assert done.select(table.schema.names).equals(table)
    assert done["clean_text"].to_pylist() == [BODY, None, STORY] * 100
    assert [len(spans or ()) for spans in done["removed"].to_pylist()] == [2, 0, 0] * 100


def test_pages_of_a_warc_are_rows(tmp_path: Path) -> None:
    russian = HTML.replace("Mayor", "Мэр").encode("cp1251")
    (tmp_path / "in.warc.gz").write_bytes(
        warc(
            [
                answer(russian, "text/html; charset=windows-1251"),
                answer(b"\x89PNG", "image/png"),
                answer(gzip.compress(HTML.encode()), more="Content-Encoding: gzip\r\n"),
                answer(HTML.encode(), more="Content-Encoding: gzip\r\n"),  # decoded by who stored it
                answer(b"\0\1\2", more="Content-Encoding: gzip\r\n"),
                answer(b"4\r\n<p>A\r\n0\r\n\r\n", "application/xhtml+xml", "Transfer-Encoding: chunked\r\n"),
            ]
        )
    )
    status, _, _ = run("corpus", "in.warc.gz", "-o", "out", "--format", "jsonl", cwd=tmp_path)
    assert status == 0
    found = rows(tmp_path / "out")
    assert [row["url"] for row in found] == [f"https://a.example/{number}" for number in (0, 2, 3, 5)]
    assert found[0] | {"clean_text": 0, "kept_ratio": 0} == {
        "url": "https://a.example/0",
        "date": "2026-02-03T04:05:06Z",
        "record_id": f"<urn:{0:032}>",
        "status": 200,
        "html": HTML.replace("Mayor", "Мэр"),
        "clean_text": 0,
        "kept_ratio": 0,
        "error": None,
    }
    assert all("Home" not in row["clean_text"] for row in found)
    assert found[1]["html"] == found[2]["html"] == HTML
    assert found[3]["clean_text"] == "A\n"
    (reject,) = rejects(tmp_path / "out")
    assert reject["offset"] > 0
    assert "Gzip" in reject["reason"]


def test_folders_hold_documents_and_files_of_rows(small: Path) -> None:
    (small / "deep").mkdir()
    (small / "deep" / "b.html").write_text(HTML)
    (small / "deep" / "a.txt").write_text(PAGE)
    (small / "deep" / "bad.txt").write_bytes(b"\xff\xfe\xfd")
    status, _, err = run("corpus", ".", "-o", "out", "--format", "jsonl", cwd=small)
    assert status == 0, err
    found = rows(small / "out")
    assert [row.get("path", row.get("id")) for row in found] == [1.5, 2, 3, "deep/a.txt", "deep/b.html"]
    assert found[3]["clean_text"] == BODY
    assert "Home" not in found[4]["clean_text"]
    assert [reject["file"] for reject in rejects(small / "out")] == ["deep/bad.txt"]
    assert "all done already" in run("corpus", ".", "-o", "out", "--format", "jsonl", cwd=small)[2]


BROKEN = [
    b"{",
    b"[1]",
    b'{"txt": "a"}',
    b'{"text": 5}',
    b'{"text": "\xff"}',
    b'{"text": "a", "error": 1}',
    b"[" * 100_000,
]


def test_what_is_no_row_is_told_with_file_line_and_reason(small: Path) -> None:
    with (small / "in.jsonl").open("ab") as file:
        file.write(b"\n".join(BROKEN) + b"\n" + lines([{"id": 4, "text": "End."}]))
    status, _, err = run("corpus", "in.jsonl", "-o", "out", cwd=small)
    assert status == 0
    assert "; 7 rejected, see out/_rejects.jsonl" in err
    assert [row["id"] for row in rows(small / "out")] == [1.5, 2, 3, 4]
    told = rejects(small / "out")
    assert [(reject["file"], reject["line"]) for reject in told] == [("in.jsonl", number) for number in range(4, 11)]
    assert [reject["reason"][:25] for reject in told] == [
        "not JSON: Expecting prope",
        "not an object",
        "neither 'text' nor 'html'",
        "'text' is no string",
        "not UTF-8: byte 10: inval",
        "has 'error' already",
        told[6]["reason"][:25],
    ]
    assert told[6]["reason"]


def test_too_many_of_these_stop_the_run_which_then_goes_on(small: Path) -> None:
    with (small / "in.jsonl").open("ab") as file:
        file.write(b"\n".join(BROKEN) + b"\n")
    status, _, err = run("corpus", "in.jsonl", "-o", "out", "--max-errors", "6", cwd=small)
    assert status == 2
    assert "more than 6 rejected; see out/_rejects.jsonl" in err
    assert run("corpus", "in.jsonl", "-o", "out", "--max-errors", "7", cwd=small)[0] == 0
    assert len(rows(small / "out")) == 3
    assert len(rejects(small / "out")) == 7


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "cut.jsonl.zst", "cut.warc.gz", "cut.parquet", "bent.jsonl.gz"])
def test_a_file_that_breaks_off_is_told_and_what_stands_before_is_cleaned(tmp_path: Path, name: str) -> None:
    many = [{"n": number, "text": f"{number} {STORY}"} for number in range(1000)]
    if "warc" in name:
        data = warc([answer(HTML.encode())] * 300)
    elif "parquet" in name:
        whole = tmp_path / "whole"
        pq.write_table(pa.Table.from_pylist(many), whole, row_group_size=300, compression="none", use_dictionary=False)
        data = whole.read_bytes()
        begin = len(data) // 2
        data = data[:begin] + bytes(50_000) + data[begin + 50_000 :]
    elif "zst" in name:
        codec = pa.Codec("zstd")
        data = b"".join(codec.compress(lines([row]), asbytes=True) for row in many)
    else:
        data = gzip.compress(lines(many), mtime=0)
    if name.startswith("cut") and "parquet" not in name:
        data = data[: len(data) * 2 // 3 - 50]
    elif name.startswith("bent"):
        data = data[:-2000] + b"\0" * 1000 + data[-1000:]
    (tmp_path / name).write_bytes(data)
    status, _, err = run("corpus", name, "-o", "out", cwd=tmp_path)
    assert status == 0, err
    assert ", 0 rows" not in err
    reject = rejects(tmp_path / "out")[-1]
    assert reject["file"] == name
    assert max(reject.get(unit, 0) for unit in ("line", "row", "offset")) > 0
    if name.startswith("cut.jsonl"):
        found = rows(tmp_path / "out")
        assert [row["n"] for row in found] == list(range(len(found)))
        assert len(found) == reject["line"] - 1 > 100


def test_a_long_line_is_not_held(tmp_path: Path) -> None:
    with (tmp_path / "in.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(110):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n' + lines([{"text": "b"}]))
    status, _, _ = run("corpus", "in.jsonl", "-o", "out", cwd=tmp_path)
    assert status == 0
    assert [row["text"] for row in rows(tmp_path / "out")] == ["b"]
    assert [(r["line"], r["reason"]) for r in rejects(tmp_path / "out")] == [(1, "longer than 100,000,000 bytes")]


def test_what_is_written_is_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(lines([{"n": n, "text": f"{n}\n\n{PAGE}"} for n in range(1000)]))
    for jobs in ("1", "2", "3"):
        assert run("corpus", "in.jsonl", "-o", jobs, "-j", jobs, "--format", "jsonl.gz", cwd=tmp_path)[0] == 0
    one, two, three = ((tmp_path / jobs / "part-00000.jsonl.gz").read_bytes() for jobs in "123")
    assert one == two == three


def many(folder: Path, form: str) -> None:
    random = Random(1)
    noise = ["".join(random.choices("abcdefghijklmnopqrstuvwxyz ", k=2500)) for _ in range(1500)]
    texts = [{"n": n, "text": f"Item {n} {noise[n]}.\n\n{PAGE}"} for n in range(1500)]
    if form == "parquet":
        pq.write_table(pa.Table.from_pylist(texts), folder / "in.parquet", row_group_size=400)
    else:
        (folder / "in.jsonl").write_bytes(lines([*texts[:700], {"n": "no text"}, *texts[700:]]))


@pytest.mark.parametrize("form", ["jsonl.zst", "parquet"])
def test_a_run_that_is_killed_goes_on_and_writes_the_same(tmp_path: Path, form: str) -> None:
    many(tmp_path, form)
    name = "in.parquet" if form == "parquet" else "in.jsonl"
    command = ("corpus", name, "--format", form, "--part-size", "1", "-j", "2", "-q")
    assert run(*command, "-o", "whole", cwd=tmp_path)[0] == 0
    random = Random(7)
    began = time.monotonic()
    run(*command, "-o", "timed", cwd=tmp_path)
    took = time.monotonic() - began
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-m", "cleantext", *command, "-o", "out"], cwd=tmp_path)
        time.sleep(random.uniform(0.3, 1) * took)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert run(*command, "-o", "out", cwd=tmp_path)[0] == 0
    whole = {p.relative_to(tmp_path / "whole"): p.read_bytes() for p in (tmp_path / "whole").glob("*.*") if p.is_file()}
    out = {p.relative_to(tmp_path / "out"): p.read_bytes() for p in (tmp_path / "out").glob("*.*") if p.is_file()}
    assert out == whole
    assert len([name for name in whole if name.name.startswith("part-")]) > 1


@pytest.mark.parametrize("state", ["before the name", "after the name", "after the draft"])
@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_run_that_is_killed_as_a_part_gets_its_name_goes_on(tmp_path: Path, form: str, state: str) -> None:
    many(tmp_path, form)
    name = "in.parquet" if form == "parquet" else "in.jsonl"
    command = ("corpus", name, "--part-size", "1", "-j", "1", "-q")
    assert run(*command, "-o", "whole", cwd=tmp_path)[0] == 0
    where = {
        "before the name": "Parts._part = lambda self: os._exit(9) if hasattr(self, '_draft') else part(self)",
        "after the name": "parts.sync_folder = lambda folder: os._exit(9)\nwrite.sync_folder = named",
        "after the draft": "parts._begun = begun",
    }[state]
    code = f"""
import os, sys
from cleantext.cli import parts, write
from cleantext.cli.parts import Parts
part, own, sync = Parts._part, parts._begun, write.sync_folder
def named(folder):
    sync(folder)
    if any(folder.glob("part-*")):
        os._exit(9)
def begun(path, size):
    found = own(path, size)
    if path.name == "draft" and any(path.parent.parent.glob("part-*")):
        os._exit(9)
    return found
{where}
sys.argv = ["cleantext", *{command!r}, "-o", "out"]
from cleantext.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 9, done.stderr
    assert run(*command, "-o", "out", cwd=tmp_path)[0] == 0
    for path in (tmp_path / "whole").glob("*.*"):
        if path.is_file():
            assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
    assert len(list((tmp_path / "out").glob("part-*"))) == len(list((tmp_path / "whole").glob("part-*"))) > 1


def test_a_process_that_is_killed_is_said_and_the_run_goes_on(tmp_path: Path) -> None:
    many(tmp_path, "jsonl")
    command = [sys.executable, "-m", "cleantext", "corpus", "in.jsonl", "-o", "out", "-j", "2"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    children: list[int] = []
    while not children and process.poll() is None:
        time.sleep(0.05)
        found = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False).stdout
        children = [int(pid) for pid in found.split()]
    os.kill(children[0], signal.SIGKILL)
    _, err = process.communicate()
    assert process.returncode == 0
    assert b"a process was killed" in err
    assert [row["n"] for row in rows(tmp_path / "out")] == list(range(1500))
    assert all(row["error"] is None for row in rows(tmp_path / "out"))


@pytest.mark.parametrize("form", ["jsonl", "parquet", "warc", "documents"])
def test_a_row_that_kills_its_process_keeps_its_text_and_says_so(tmp_path: Path, form: str) -> None:
    texts = [f"<p>Item {n}</p>{'<p>POISON</p>' if n in (3, 700) else ''}{STORY_HTML}" for n in range(900)]
    if form == "jsonl":
        (tmp_path / "in.jsonl").write_bytes(lines([{"n": n, "html": text} for n, text in enumerate(texts)]))
    elif form == "parquet":
        pq.write_table(pa.table({"n": range(900), "html": texts}), tmp_path / "in.parquet")
    elif form == "warc":
        (tmp_path / "in.warc").write_bytes(gzip.decompress(warc([answer(text.encode()) for text in texts])))
    else:
        (tmp_path / "in.documents").mkdir()
        for n, text in enumerate(texts):
            (tmp_path / "in.documents" / f"{n:03}.html").write_text(text)
    code = f"""
import os, signal, sys
from cleantext.corpus.rows import RowCleaner
clean = RowCleaner.clean
def poisoned(self, source, *more):
    if "POISON" in source:
        os.kill(os.getpid(), signal.SIGKILL)
    return clean(self, source, *more)
RowCleaner.clean = poisoned
sys.argv = ["cleantext", "corpus", "in.{form}", "-o", "out", "-j", "2"]
from cleantext.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "; 2 with an error" in done.stderr
    if form == "parquet":
        found = pq.read_table(tmp_path / "out" / "part-00000.parquet").to_pylist()
    else:
        found = rows(tmp_path / "out")
    assert [row.get("html", row.get("text")) for row in found] == texts
    killers = [n for n, row in enumerate(found) if row["error"] is not None]
    assert killers == [3, 700]
    assert found[3]["error"] == "the process that cleaned it was killed, perhaps for want of memory"
    assert found[3]["clean_text"] is None


def test_a_page_that_unpacks_without_end_is_rejected(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<html>" + b"a" * 150_000_000, 9)
    (tmp_path / "in.warc.gz").write_bytes(
        warc([answer(bomb, more="Content-Encoding: gzip\r\n"), answer(HTML.encode())])
    )
    assert run("corpus", "in.warc.gz", "-o", "out", "--format", "jsonl", cwd=tmp_path)[0] == 0
    assert len(rows(tmp_path / "out")) == 1
    assert rejects(tmp_path / "out")[0]["reason"] == "longer than 100,000,000 bytes when it is decoded"


def test_another_run_does_not_go_on_with_what_one_began(small: Path) -> None:
    assert run("corpus", "in.jsonl", "-o", "out", "-q", cwd=small) == (0, "", "")
    before = written(small / "out")
    status, _, err = run("corpus", "in.jsonl", "-o", "out", "--removed", cwd=small)
    assert status == 2
    assert "out: is of a run with other options; go on with the same, or begin anew with --overwrite" in err
    (small / "cleantext.toml").write_text('ignore = ["comments"]\n')
    assert "with other settings" in run("corpus", "in.jsonl", "-o", "out", cwd=small)[2]
    with (small / "in.jsonl").open("ab") as file:
        file.write(lines([{"text": "more"}]))
    assert "with other inputs, settings" in run("corpus", "in.jsonl", "-o", "out", cwd=small)[2]
    assert written(small / "out") == before
    assert run("corpus", "in.jsonl", "-o", "out", "--overwrite", cwd=small)[0] == 0
    assert len(rows(small / "out")) == 4


def test_two_runs_do_not_write_one_output(small: Path) -> None:
    import fcntl

    run("corpus", "in.jsonl", "-o", "out", cwd=small)
    with (small / "out" / ".cleantext-corpus" / "lock").open("r+") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        status, _, err = run("corpus", "in.jsonl", "-o", "out", "--overwrite", cwd=small)
    assert status == 2
    assert "another run is at work here" in err
    assert len(rows(small / "out")) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.jsonl",), "none.jsonl: no such file"),
        (("-",), "a corpus is read from files"),
        (("in.jsonl", "--format", "parquet"), "rows of JSON have no common columns"),
        (("in.parquet", "--format", "jsonl"), "write Parquet"),
        (("in.parquet", "--column", "txt"), "no column 'txt'; did you mean 'text'?"),
        (("in.parquet", "other.parquet"), "other.parquet: has other columns than what comes before"),
        (("in.parquet", "pages"), "pages: has other columns than what comes before"),
        (("pages", "--column", "html"), "the documents here are in 'text'"),
        (("pages", "--url-column", "url"), "--url-column is for files of rows"),
        (("in.warc", "--url-column", "nope"), "--url-column is for files of rows"),
        (("rows.csv",), "rows.csv: neither a document nor a file of rows by its suffix"),
        (("empty",), "empty: no document and no file of rows"),
        (("bad.parquet",), "bad.parquet: "),
        (("in.jsonl", "--site-profile", "in.jsonl"), "in.jsonl: Extra data"),
    ],
)
def test_what_does_not_go_together_is_said_before_anything_is_written(
    small: Path, arguments: tuple[str, ...], said: str
) -> None:
    pq.write_table(pa.table({"text": [PAGE]}), small / "in.parquet")
    pq.write_table(pa.table({"text": [PAGE], "n": [1]}), small / "other.parquet")
    (small / "bad.parquet").write_bytes(b"PAR1")
    (small / "in.warc").write_bytes(b"")
    (small / "rows.csv").write_text("text\n")
    (small / "pages").mkdir()
    (small / "pages" / "a.txt").write_text(PAGE)
    (small / "empty").mkdir()
    status, _, err = run("corpus", *arguments, "-o", "out", cwd=small)
    assert status == 2
    assert said in err
    assert not (small / "out").exists()


def test_a_folder_with_other_files_is_no_output(small: Path) -> None:
    (small / "mine").mkdir()
    (small / "mine" / "part-00000.jsonl").write_bytes(b"{}\n")
    for more in ((), ("--overwrite",)):
        status, _, err = run("corpus", "in.jsonl", "-o", "mine", *more, cwd=small)
        assert status == 2
        assert "mine: holds other files" in err
    assert (small / "mine" / "part-00000.jsonl").read_bytes() == b"{}\n"
    (small / "file").write_text("")
    assert "is no folder" in run("corpus", "in.jsonl", "-o", "file", cwd=small)[2]
    (small / "out" / ".cleantext-corpus").mkdir(parents=True)
    (small / "out" / "part-00000.jsonl").write_bytes(b"{}\n")
    assert "part-00000.jsonl: is in the way" in run("corpus", "in.jsonl", "-o", "out", cwd=small)[2]
    assert (small / "out" / "part-00000.jsonl").read_bytes() == b"{}\n"


def test_an_output_in_a_folder_of_inputs_is_none_of_them(small: Path) -> None:
    assert run("corpus", ".", "-o", "out", cwd=small)[0] == 0
    assert "all done already" in run("corpus", ".", "-o", "out", cwd=small)[2]
    assert run("corpus", ".", "-o", "again", cwd=small)[0] == 0  # of another folder it is one
    assert len(rows(small / "out")) == 3


def test_a_profile_takes_out_what_repeats_across_hosts(tmp_path: Path) -> None:
    from tests.test_corpus_table import pages

    found = pages(5, "a.example")
    (tmp_path / "pages").mkdir()
    for number, row in enumerate(found):
        page = row["html"].replace("<html>", f'<html><head><link rel=canonical href="{row["url"]}"></head>')
        (tmp_path / "pages" / f"{number}.html").write_text(page)
    assert run("learn", "pages", "-o", "site.json", "--site", "host", cwd=tmp_path)[0] == 0
    (tmp_path / "in.jsonl").write_bytes(lines(list(found)))
    command = ("corpus", "in.jsonl", "--url-column", "url", "--level", "named", "--removed")
    assert run(*command, "-o", "out", "--site-profile", "site.json", cwd=tmp_path)[0] == 0
    assert all("site-template" in [span["rule"] for span in row["removed"]] for row in rows(tmp_path / "out"))


@pytest.mark.parametrize(
    ("arguments", "missing", "status"),
    [
        (("in.jsonl",), "pyarrow", 0),
        (("in.jsonl", "--format", "jsonl.gz"), "pyarrow", 0),
        (("in.jsonl", "--format", "jsonl.zst"), "pyarrow", 2),
        (("in.parquet",), "pyarrow", 2),
        (("in.warc",), "fastwarc", 2),
        (("pages",), "pyarrow", 2),
    ],
)
def test_what_is_not_installed_is_named_and_plain_lines_need_nothing(
    small: Path, arguments: tuple[str, ...], missing: str, status: int
) -> None:
    (small / "in.parquet").write_bytes(b"PAR1")
    (small / "in.warc").write_bytes(b"")
    (small / "pages").mkdir()
    (small / "pages" / "a.txt").write_text(PAGE)
    code = f"""
import sys
from importlib.machinery import PathFinder
find = PathFinder.find_spec
PathFinder.find_spec = lambda name, *more: None if name.partition(".")[0] == {missing!r} else find(name, *more)
sys.argv = ["cleantext", "corpus", *{arguments!r}, "-o", "out"]
from cleantext.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=small, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert (f"this needs {missing}: pip install 'cleantext-spans[corpus]'" in done.stderr) is (status == 2)


def empty(folder: Path, form: str) -> str:
    """A file of rows without any."""
    path = folder / f"empty.{form}"
    if form == "parquet":
        pq.write_table(pa.table({"text": pa.array([], pa.string())}), path)
    else:
        path.write_bytes(gzip.compress(b"") if form.endswith(".gz") else b"")
    return path.name


@pytest.mark.parametrize("form", ["jsonl", "jsonl.gz", "warc.gz", "parquet"])
def test_a_run_goes_on_past_inputs_without_rows(small: Path, form: str) -> None:
    if form == "parquet":
        pq.write_table(pa.table({"text": [PAGE]}), small / "a.parquet")
        pq.write_table(pa.table({"text": [PAGE] * 1000}), small / "b.parquet", row_group_size=100)
        data = (small / "b.parquet").read_bytes()
        (small / "b.parquet").write_bytes(b"PAR1" + bytes(len(data) // 3) + data[4 + len(data) // 3 :])
        names = ["a.parquet", "b.parquet", empty(small, form), "c.parquet"]
        pq.write_table(pa.table({"text": [STORY]}), small / "c.parquet")
    else:
        (small / "bad.jsonl").write_bytes(b"{\n")
        (small / "end.jsonl").write_bytes(lines([{"text": STORY}]))
        names = ["in.jsonl", "bad.jsonl", empty(small, form), "end.jsonl"]
    assert run("corpus", *names, "-o", "out", "--max-errors", "0", cwd=small)[0] == 2
    status, _, err = run("corpus", *names, "-o", "out", cwd=small)
    assert status == 0, err
    assert run("corpus", *names, "-o", "whole", cwd=small)[0] == 0
    assert written(small / "out") == written(small / "whole")


@pytest.mark.parametrize("option", ["--column", "--url-column"])
def test_a_column_that_no_row_has_is_an_error(small: Path, option: str) -> None:
    status, _, err = run("corpus", "in.jsonl", "-o", "out", option, "txt", cwd=small)
    assert (status, "no row at all; see out/_rejects.jsonl" in err) == (2, True)
    assert run("corpus", "in.jsonl", "-o", "out", option, "txt", cwd=small)[0] == 2  # and so it is when it is done
    assert [reject["reason"] for reject in rejects(small / "out")] == ["no 'txt'; did you mean 'text'?"] * 3


def test_the_limit_of_rejects_holds_however_often_one_tries(small: Path) -> None:
    (small / "bad.jsonl").write_bytes(b"{\n" * 1000 + lines([{"text": STORY}]))
    for _ in range(3):
        assert run("corpus", "bad.jsonl", "-o", "out", cwd=small)[0] == 2
    assert run("corpus", "bad.jsonl", "-o", "out", "--max-errors", "1000", cwd=small)[0] == 0
    assert run("corpus", "bad.jsonl", "-o", "out", cwd=small)[0] == 2  # also of a run that is done


def test_no_input_is_in_the_output_or_comes_twice(small: Path) -> None:
    (small / "deep").mkdir()
    (small / "deep" / "b.jsonl").write_bytes(lines([{"text": "b"}]))
    assert run("corpus", "in.jsonl", "-o", "out", cwd=small)[0] == 0
    part = small / "out" / "part-00000.jsonl"
    before = part.read_bytes()
    for arguments, said in {
        ("out/part-00000.jsonl",): "out/part-00000.jsonl: lies in the output",
        ("out",): "out: lies in the output",
        ("in.jsonl", "./in.jsonl"): "./in.jsonl: is named twice",
        (".", "in.jsonl"): "in.jsonl: lies in ., which is read as well",
        ("deep", "deep/b.jsonl"): "deep/b.jsonl: lies in deep, which is read as well",
    }.items():
        status, _, err = run("corpus", *arguments, "-o", "out", "--overwrite", cwd=small)
        assert status == 2
        assert said in err
    assert part.read_bytes() == before


def test_an_overwrite_that_is_stopped_leaves_nothing_of_another_run(small: Path) -> None:
    (small / "old.jsonl").write_bytes(lines([{"text": "old"}]))
    assert run("corpus", "old.jsonl", "-o", "out", "-q", cwd=small)[0] == 0
    code = """
import os, sys
from pathlib import Path
Path.unlink = lambda self, **more: os._exit(9)
sys.argv = ["cleantext", "corpus", "in.jsonl", "-o", "out", "--overwrite"]
from cleantext.cli import main
main()
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=small, check=False).returncode == 9
    for name in ("in.jsonl", "old.jsonl"):
        status, _, err = run("corpus", name, "-o", "out", cwd=small)
        assert (status, "begin anew with --overwrite" in err) == (2, True)
    assert run("corpus", "in.jsonl", "-o", "out", "--overwrite", cwd=small)[0] == 0
    assert [row["id"] for row in rows(small / "out")] == [1.5, 2, 3]


def test_overwrite_takes_nothing_that_is_not_ours(small: Path) -> None:
    assert run("corpus", "in.jsonl", "-o", "out", cwd=small)[0] == 0
    mine = [small / "out" / name for name in ("part-1-my-notes.jsonl", "part-00000.parquet", "part-00007.jsonl")]
    for path in mine:
        path.write_text("precious")
    (small / "victim").write_text("precious")
    assert run("corpus", "in.jsonl", "-o", "out", "--overwrite", cwd=small)[0] == 0
    (small / "out" / "part-00000.jsonl").unlink()
    (small / "out" / "part-00000.jsonl").symlink_to("../victim")
    (small / "out" / ".cleantext-corpus" / "checkpoint.json").unlink()
    status, _, err = run("corpus", "in.jsonl", "-o", "out", cwd=small)
    assert (status, "part-00000.jsonl: is in the way" in err) == (2, True)
    assert {path.read_text() for path in (*mine, small / "victim")} == {"precious"}


def test_documents_that_have_changed_are_another_run(small: Path) -> None:
    (small / "docs").mkdir()
    (small / "docs" / "a.txt").write_text(PAGE)
    command = ("corpus", "docs", "-o", "out", "--format", "jsonl")
    assert run(*command, cwd=small)[0] == 0
    (small / "docs" / "cleantext.toml").write_text('ignore = ["comments"]\n')
    assert "with other settings" in run(*command, cwd=small)[2]
    (small / "docs" / "cleantext.toml").unlink()
    assert run(*command, cwd=small)[0] == 0
    (small / "docs" / "b.txt").write_text(PAGE)
    assert "with other inputs" in run(*command, cwd=small)[2]


def test_rows_nested_too_deeply_are_the_same_for_any_number_of_processes(tmp_path: Path) -> None:
    deep = [b'{"text": "a", "x": ' + b"[" * depth + b"]" * depth + b"}" for depth in range(150, 1000, 10)]
    flat = b'{"text": "a", "x": [' + b"[], " * 500 + b'"[[[\\"{"]}'
    (tmp_path / "in.jsonl").write_bytes(b"\n".join([*deep, flat]) + b"\n")
    for jobs in ("1", "2"):
        assert run("corpus", "in.jsonl", "-o", jobs, "-j", jobs, "--drop-source", cwd=tmp_path)[0] == 0
        assert {reject["reason"] for reject in rejects(tmp_path / jobs)} == {"nested deeper than 200"}
    assert written(tmp_path / "1") == written(tmp_path / "2")
    assert len(rows(tmp_path / "1")) == 5 + 1


@pytest.mark.parametrize("kind", ["string_view", "large_string", "dictionary", "binary"])
def test_columns_of_every_type_go_through_parquet(tmp_path: Path, kind: str) -> None:
    texts = pa.array([PAGE, None, STORY])
    column = texts.dictionary_encode() if kind == "dictionary" else texts.cast(getattr(pa, kind)())
    many = pa.array([f"word {n}" for n in range(3000)]).dictionary_encode()
    table = pa.table({"text": pa.concat_arrays([column] * 1000), "word": many})
    pq.write_table(table, tmp_path / "in.parquet")
    for more in ((), ("--drop-source",)):
        out = tmp_path / f"out{len(more)}"
        assert run("corpus", "in.parquet", "-o", out.name, *more, cwd=tmp_path)[0] == 0
        done = pq.read_table(out / "part-00000.parquet")
        assert done["clean_text"].to_pylist() == [BODY, None, STORY] * 1000
        assert done["word"].to_pylist() == many.to_pylist()
        kept = table["text"].to_pylist() if not more else [None] * 3000
        assert done["text"].to_pylist() == kept
        assert len(list(out.glob("part-*"))) == 1


def test_a_page_of_which_the_crawler_kept_a_part_says_so(tmp_path: Path) -> None:
    large = HTML.replace("<h1>", "".join(f"<p>Line {n} of it, {n * 7919 % 10007}.</p>" for n in range(3000)) + "<h1>")
    cut = warc(
        [
            answer(gzip.compress(large.encode())[:-2000], more="Content-Encoding: gzip\r\n"),
            answer(HTML.encode()),
            answer(b"100\r\n<html>cut", more="Transfer-Encoding: chunked\r\n"),
        ]
    )
    plain = gzip.decompress(cut).replace(b"\r\nWARC-Date", b"\r\nWARC-Truncated: length\r\nWARC-Date", 2)
    (tmp_path / "in.warc").write_bytes(plain)
    assert run("corpus", "in.warc", "-o", "out", "--format", "jsonl", cwd=tmp_path)[0] == 0
    assert [row["error"] for row in rows(tmp_path / "out")] == ["record: the crawler kept a part: length"] * 2
    (tmp_path / "in.warc").write_bytes(gzip.decompress(cut))
    assert run("corpus", "in.warc", "-o", "again", "--format", "jsonl", cwd=tmp_path)[0] == 0
    assert [row["error"] for row in rows(tmp_path / "again")] == ["record: its compressed body ends early", None]
    assert len(rejects(tmp_path / "again")) == 1


def test_a_profile_by_folder_is_for_folders(small: Path) -> None:
    (small / "docs").mkdir()
    for name in "abc":
        (small / "docs" / f"{name}.txt").write_text(f"Tern and heron\n\n{PAGE}{name}")
    assert run("learn", "docs", "-o", "site.json", cwd=small)[0] == 0
    status, _, err = run("corpus", "in.jsonl", "-o", "out", "--site-profile", "site.json", cwd=small)
    assert (status, "learn --site host" in err) == (2, True)
    assert not (small / "out").exists()


def test_a_file_that_comes_in_the_way_is_no_part(tmp_path: Path) -> None:
    many(tmp_path, "jsonl")
    command = ("corpus", "in.jsonl", "-o", "out", "-j", "1", "--part-size", "100")
    process = subprocess.Popen([sys.executable, "-m", "cleantext", *command], cwd=tmp_path)
    checkpoint = tmp_path / "out" / ".cleantext-corpus" / "checkpoint.json"
    while not checkpoint.exists() and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    part = tmp_path / "out" / "part-00000.jsonl"
    part.write_text("precious")
    status, _, err = run(*command, cwd=tmp_path)
    assert (status, "part-00000.jsonl: is in the way" in err, part.read_text()) == (2, True, "precious")
    part.unlink()
    assert run(*command, cwd=tmp_path)[0] == 0
    assert [row["n"] for row in rows(tmp_path / "out")] == list(range(1500))


def test_a_terminal_shows_how_far_a_run_is(tmp_path: Path) -> None:
    import pty

    many(tmp_path, "jsonl")
    command = [sys.executable, "-m", "cleantext", "corpus", "in.jsonl", "-o", "out", "-j", "1"]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=tmp_path, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:  # as a terminal tells that nobody writes to it any more
            break
    os.close(ours)
    assert process.wait() == 0
    assert re.search(rb"\d+%.*\d rows, [\d.,]+ a second, left", shown)
    assert b"1,500 rows in 1 part, in " in shown
