"""JSON Lines, plain or compressed: read in pieces, cleaned without being written anew, and written from tables."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ClassVar

from cleantext.corpus.piece import BYTES, LARGEST, ROWS, Format, Output, Piece, Reject, Task
from cleantext.corpus.rows import ADDED, Row, RowCleaner, kind_of
from cleantext.registry import near
from cleantext.span import Span

BLOCK = 1 << 16  # what a stream that breaks off has not given yet is lost
SUFFIXES = (".jsonl", ".ndjson", ".jsonlines", ".json")
COMPRESSED = {".gz": "gzip", ".zst": "zstd"}
DEEPEST = 200  # objects and lists in each other
_NESTING = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
# A level at which compressing takes a hundredth of the time that cleaning does.
LEVEL = 3


@dataclass(frozen=True, slots=True)
class JsonLines:
    """A file of JSON Lines: a row, which is an object, on each line; lines with nothing on them are none."""

    format: ClassVar[Format] = "jsonl"
    unit: ClassVar[str] = "line"
    path: str

    def pieces(self) -> Iterator[Piece]:
        """The lines from the first to the last, each as it stands, None for one beyond `LARGEST`."""
        with Path(self.path).open("rb") as raw:
            lines: list[bytes | None] = []
            first, size = 1, 0
            broken = ""
            stream = _stream(raw, self.path)  # as long as it is there the file is open
            found = _lines(_blocks(stream))
            while True:
                try:
                    line = next(found)
                except StopIteration:
                    break
                except (OSError, EOFError, zlib.error) as error:
                    broken = f"the file cannot be read on from here: {error}"
                    break
                lines.append(line)
                size += len(line or b"")
                if len(lines) >= ROWS or size >= BYTES:
                    yield _piece(lines, first, raw.tell())
                    first += len(lines)
                    lines, size = [], 0
            if lines:
                yield _piece(lines, first, raw.tell())
            if broken:
                yield Piece((), first + len(lines), raw.tell(), 0, (Reject(first + len(lines), broken),))


def clean_lines(piece: Piece, cleaners: Mapping[str, RowCleaner], task: Task) -> Output:
    """The lines of a piece with what becomes of their documents.

    All that stands on a line stays as it is, and the new fields stand behind it: nothing is lost of numbers that Python
    would write otherwise. Only where the source is dropped is the line written anew. `cleaners` are by kind.
    """
    out: list[bytes] = []
    rejects = list(piece.rejects)
    errors = 0
    for number, line in enumerate(piece.rows, piece.first):
        try:
            if line is None:
                raise ValueError(f"longer than {LARGEST:,} bytes")
            text = line.decode("utf-8").strip().removeprefix("\ufeff")
            if not text:
                continue
            if text.count("[") + text.count("{") > DEEPEST:
                _check_depth(text)
            row = json.loads(text)
            column, source, url = _document(row, task)
        except (ValueError, RecursionError) as error:  # of which those of JSON and of UTF-8 are
            rejects.append(Reject(number, _said(error)))
            continue
        done = cleaners[task.kind or kind_of(column)].clean(source, url)
        errors += done.error is not None
        out.append(_with(text, row, column, done, task))
    data = b"".join(out)
    return Output(compressed(data, task.form), len(out), errors, tuple(rejects))


def lines_of(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows as lines."""
    return b"".join(_dumped(row) + b"\n" for row in rows)


def compressed(data: bytes, form: str) -> bytes:
    """`data` as what can be appended to a file of that form."""
    if not data:
        return b""
    if form == "jsonl.gz":
        return gzip.compress(data, mtime=0)
    if form == "jsonl.zst":
        import pyarrow as pa  # for those who have it: plain lines need none

        found: bytes = pa.Codec("zstd", LEVEL).compress(data, asbytes=True)
        return found
    return data


def span_fields(span: Span) -> dict[str, Any]:
    """A span as the fields of an object."""
    return {name: getattr(span, name) for name in Span.__slots__}


def _stream(raw: IO[bytes], path: str) -> Any:
    """A file, decompressed."""
    form = COMPRESSED.get(Path(path).suffix.lower())
    if form == "gzip":
        return gzip.GzipFile(fileobj=raw)
    if form == "zstd":
        import pyarrow as pa

        return pa.CompressedInputStream(pa.PythonFile(raw, "r"), "zstd")
    return raw


def _blocks(stream: Any) -> Iterator[bytes]:
    """The content of a stream, as much at a time as it gives at once."""
    read = stream.read1 if isinstance(stream, gzip.GzipFile) else stream.read
    while block := read(BLOCK):
        yield block


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes | None]:
    """The lines of what is read, without their breaks; None for one that is too long, of which no more is held."""
    begun: list[bytes] = []
    size = 0
    for block in blocks:
        *ended, rest = block.split(b"\n")
        for line in ended:
            size += len(line)
            yield b"".join([*begun, line]) if size <= LARGEST else None
            begun, size = [], 0
        size += len(rest)
        if size <= LARGEST:
            begun.append(rest)
        else:
            begun = []
    if size:
        yield b"".join(begun) if size <= LARGEST else None


def _piece(lines: list[bytes | None], first: int, at: int) -> Piece:
    crc = 0
    for line in lines:
        crc = zlib.crc32(b"\n", zlib.crc32(line or b"", crc))
    return Piece(tuple(lines), first, at, crc)


def _document(row: object, task: Task) -> tuple[str, str | None, str | None]:
    """The name of the column, the document in it and its address. Raises ValueError if the row has none."""
    if not isinstance(row, dict):
        raise ValueError("not an object")
    column = task.column or ("text" if "text" in row else "html")
    if column not in row:
        raise ValueError(f"no {column!r}{near(column, row)}" if task.column else "neither 'text' nor 'html'")
    if task.url is not None and task.url not in row:
        raise ValueError(f"no {task.url!r}{near(task.url, row)}")
    source = row[column]
    if not isinstance(source, str | None):
        raise ValueError(f"{column!r} is no string")
    for name in ADDED:
        if name in row:
            raise ValueError(f"has {name!r} already")
    url = row.get(task.url) if task.url else None
    return column, source, url if isinstance(url, str) else None


def _check_depth(text: str) -> None:
    """Raise ValueError for what is nested too deeply: how deep Python can go depends on how deep it is already."""
    depth = 0
    for sign in _NESTING.finditer(text):
        depth += 1 if sign[0] in "[{" else -1 if sign[0] in "]}" else 0
        if depth > DEEPEST:
            raise ValueError(f"nested deeper than {DEEPEST}")


def _with(text: str, row: dict[str, Any], column: str, done: Row, task: Task) -> bytes:
    """The line of a row with what became of its document."""
    added: dict[str, Any] = {"clean_text": done.text}
    if task.removed:
        added["removed"] = None if done.text is None else [span_fields(span) for span in done.removed]
    added |= {"kept_ratio": done.kept_ratio, "error": done.error}
    if task.drop_source and done.error is None:
        row = {name: value for name, value in row.items() if name != column}
        try:
            return _dumped(row | added, allow_nan=False) + b"\n"
        except ValueError:
            pass  # a number beyond what Python can write: the line stays as it is
    return text[:-1].rstrip().encode("utf-8") + b", " + _dumped(added)[1:] + b"\n"


def _dumped(value: Mapping[str, Any], allow_nan: bool = True) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=allow_nan).encode("utf-8")
    except UnicodeEncodeError:  # half a character, which JSON can name and UTF-8 cannot write
        return json.dumps(value, allow_nan=allow_nan).encode("ascii")


def _said(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8: byte {error.start}: {error.reason}"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg}, column {error.colno}"
    return str(error) or type(error).__name__
