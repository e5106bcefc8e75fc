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

_TYPE = re.compile(rb"^content-type[ \t]*:\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE | re.MULTILINE)
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
    """A response record: ``at`` is its offset in the file in bytes, ``block`` what the server sent, header and all.

    ``truncated`` says why the crawler kept only a part of it, if it did.
    """

    at: int
    url: str
    date: str
    record_id: str
    block: bytes
    truncated: str


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


def table_of(piece: Piece) -> tuple[pa.Table, list[str | None], list[Reject]]:
    """The pages of a piece as a table with the columns of `SCHEMA`, why some are not whole, and what is no page."""
    rows: list[dict[str, str | int | None]] = []
    broken: list[str | None] = []
    rejects = list(piece.rejects)
    for capture in piece.rows:
        try:
            status, charset, body, whole = _answer(capture.block)
        except OSError as error:
            rejects.append(Reject(capture.at, str(error)))
            continue
        why = f"the crawler kept a part: {capture.truncated}" if capture.truncated else "its compressed body ends early"
        broken.append(f"record: {why}" if capture.truncated or not whole else None)
        known = {"url": capture.url, "date": capture.date, "record_id": capture.record_id, "status": status}
        rows.append({**known, "html": decoded(body, "html", charset)})
    return pa.Table.from_pylist(rows, SCHEMA), broken, rejects


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
    truncated = headers.get("WARC-Truncated") or ""
    return Capture(at, url, headers.get("WARC-Date") or "", record.record_id or "", block, truncated)


def _answer(block: bytes) -> tuple[int | None, str | None, bytes, bool]:
    """The status, the charset that the server named, the body, decoded, and whether that is all of it.

    Raises OSError if it is no answer.
    """
    whole = True
    try:
        record = _parsed(block, "all")
        body = record.reader.read(LARGEST + 1)
    except OSError:  # some crawlers decode what they store, and leave the header that says how it was encoded
        record = _parsed(block, "transfer")
        body = record.reader.read(LARGEST + 1)
        if b"\0" in body[:HEAD]:
            raise
    else:
        if (record.http_headers.get("Content-Encoding") or "").strip().lower() in ("gzip", "x-gzip", "deflate"):
            whole = _ends(_parsed(block, "transfer").reader.read())
    if len(body) > LARGEST:
        raise OSError(f"longer than {LARGEST:,} bytes when it is decoded")
    charset = (record.http_charset or "").strip("\"' ")
    return record.http_headers.status_code, charset or None, body, whole


def _ends(body: bytes) -> bool:
    """Whether a compressed body comes to its end, which the reader of it does not say."""
    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        rest = body
        while rest and not stream.eof:
            stream.decompress(rest, BYTES)
            rest = stream.unconsumed_tail
    except zlib.error:
        return True  # in another form, which has been read
    return stream.eof


def _parsed(block: bytes, decode: Literal["all", "transfer"]) -> WarcRecord:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    record = WarcRecord.from_bytes(b"%sContent-Length: %d\r\n\r\n%s\r\n\r\n" % (head, len(block), block))
    record.parse_http(auto_decode=decode, quirks_mode=True)
    return record
