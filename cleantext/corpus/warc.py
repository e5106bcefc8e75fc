"""WARC: the pages among what servers answered, read in pieces, each with its address and its date."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

import pyarrow as pa
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from cleantext.corpus.piece import BYTES, LARGEST, ROWS, Format, Piece, Reject
from cleantext.corpus.rows import decoded

_TYPE = re.compile(rb"^content-type:[ \t]*(?:text/html|application/xhtml\+xml)", re.IGNORECASE | re.MULTILINE)
HEAD = 65_536  # bytes in which the header of an answer ends
SCHEMA = pa.schema(
    [
        ("url", pa.string()),
        ("date", pa.string()),
        ("record_id", pa.string()),
        ("status", pa.int32()),
        ("html", pa.string()),
    ]
)


class Capture(NamedTuple):
    """A response record: ``at`` is its offset in the file in bytes, ``block`` what the server sent, header and all."""

    at: int
    url: str
    date: str
    record_id: str
    block: bytes


@dataclass(frozen=True, slots=True)
class Warc:
    """A WARC file, plain or compressed."""

    format: ClassVar[Format] = "warc"
    unit: ClassVar[str] = "offset"
    path: str

    def pieces(self) -> Iterator[Piece]:
        """The responses that may be pages, and what is no record or was cut short."""
        with Path(self.path).open("rb") as raw:
            captures: list[Capture] = []
            rejects: list[Reject] = []
            size = crc = 0
            at = 0
            try:
                records = ArchiveIterator(raw, record_types=WarcRecordType.response, parse_http=False)
                for record in records:
                    at = record.stream_pos
                    found = _capture(record, at)
                    if isinstance(found, Reject):
                        rejects.append(found)
                    elif found is not None:
                        captures.append(found)
                        size += len(found.block)
                        crc = zlib.crc32(found.block, crc)
                    if len(captures) >= ROWS or size >= BYTES or len(rejects) >= ROWS:
                        yield Piece(tuple(captures), at, raw.tell(), crc, tuple(rejects))
                        captures, rejects = [], []
                        size = crc = 0
            except (OSError, ValueError) as error:
                rejects.append(Reject(at, f"the file cannot be read on behind the record here: {error}"))
            if captures or rejects:
                yield Piece(tuple(captures), at, raw.tell(), crc, tuple(rejects))


def table_of(piece: Piece) -> tuple[pa.Table, list[Reject]]:
    """The pages of a piece as a table with the columns of `SCHEMA`, and what could not be made a page."""
    rows: list[dict[str, str | int | None]] = []
    rejects = list(piece.rejects)
    for capture in piece.rows:
        try:
            status, charset, body = _answer(capture.block)
        except OSError as error:
            rejects.append(Reject(capture.at, str(error)))
            continue
        known = {"url": capture.url, "date": capture.date, "record_id": capture.record_id, "status": status}
        rows.append({**known, "html": decoded(body, "html", charset)})
    return pa.Table.from_pylist(rows, SCHEMA), rejects


def _capture(record: WarcRecord, at: int) -> Capture | Reject | None:
    """What a record holds, None if that is no page."""
    length = record.content_length
    block = record.reader.read(min(length, HEAD))
    if len(block) < min(length, HEAD):
        return Reject(at, f"cut short: {len(block):,} of {length:,} bytes")
    if not _TYPE.search(block.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]):
        return None
    if length > LARGEST:
        return Reject(at, f"longer than {LARGEST:,} bytes")
    block += record.reader.read()
    if len(block) != length:
        return Reject(at, f"cut short: {len(block):,} of {length:,} bytes")
    headers = record.headers
    url = (headers.get("WARC-Target-URI") or "").strip("<>")
    return Capture(at, url, headers.get("WARC-Date") or "", record.record_id or "", block)


def _answer(block: bytes) -> tuple[int | None, str | None, bytes]:
    """The status, the charset that the server named, and the body, decoded. Raises OSError if it is no answer."""
    try:
        record = _parsed(block, "all")
        body = record.reader.read()
    except OSError:  # some crawlers decode what they store, and leave the header that says how it was encoded
        record = _parsed(block, "none")
        body = record.reader.read()
        if b"\0" in body[:HEAD]:
            raise
    charset = (record.http_charset or "").strip("\"' ")
    return record.http_headers.status_code, charset or None, body


def _parsed(block: bytes, decode: Literal["all", "none"]) -> WarcRecord:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    record = WarcRecord.from_bytes(b"%sContent-Length: %d\r\n\r\n%s\r\n\r\n" % (head, len(block), block))
    record.parse_http(auto_decode=decode, quirks_mode=True)
    return record
