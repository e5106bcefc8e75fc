"""A document as bytes and as text, so that what is cut out of the one can be cut out of the other."""

from __future__ import annotations

import codecs
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from cleantext.cli.files import kind_of
from cleantext.cli.problems import STDIN, CannotRead, CannotWrite, show_path
from cleantext.span import Span, gaps

# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What an encoding is called where no mark says in which order its bytes stand.
_WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
SHIFT = b"\x1b$"  # begins Japanese in ISO-2022-JP, which is all ASCII to who does not know
LARGEST = 100  # megabytes of a document: a table or an archive with the suffix of a text, more likely than a page
BINARY = 8192  # code points in which a NUL means that a file is no text


@dataclass(frozen=True, slots=True)
class Source:
    """A document: `path` as it was given, `raw` bytes, their `text` without the byte order `mark`, and how it is read.

    `name` is what it is called, for stdin what the caller says. `seen` is what the file system said of a regular file
    when it was read, None for streams.
    """

    path: str
    name: str
    raw: bytes
    text: str
    kind: str
    encoding: str
    mark: bytes
    seen: os.stat_result | None

    def without(self, spans: Iterable[Span]) -> bytes:
        """The bytes without `spans` of the text: all others are as they were. Raises CannotWrite if they cannot be."""
        pieces = [self.text[kept.start : kept.end] for kept in gaps(len(self.text), spans)]
        try:
            whole = self.text.encode(self.encoding)
            data = b"".join(piece.encode(self.encoding) for piece in pieces)
            right = self.mark + whole == self.raw and data.decode(self.encoding) == "".join(pieces)
        except UnicodeError:
            right = False
        if not right:  # an encoding that has several ways to write a text, or whose pieces depend on each other
            raise CannotWrite(f"{show_path(self.path)}: cannot be written as it was read, in {self.encoding}")
        return self.mark + data


@dataclass(frozen=True, slots=True)
class Reading:
    """How the documents of a run are read: their `kind`, ``"auto"`` for what their names say, and `encoding`.

    Without an encoding a byte order mark decides, then it is UTF-8, and of a page the encoding that it names. `largest`
    is in megabytes; `stdin_name` is what stdin is called.
    """

    kind: str = "auto"
    encoding: str | None = None
    largest: int = LARGEST
    stdin_name: str | None = None

    def name(self, path: str) -> str:
        """What the document at `path` is called."""
        return (self.stdin_name or path) if path == STDIN else path

    def read(self, path: str) -> Source:
        """The document at `path`, ``-`` for stdin; raises CannotRead.

        No byte is dropped or replaced: what cannot be decoded is an error.
        """
        raw, seen = read_bytes(path, self.largest)
        name = self.name(path)
        kind = kind_of(name)
        mark, text, encoding = _decoded(show_path(path), raw, kind, self.encoding)
        if "\0" in text[:BINARY]:
            raise CannotRead(f"{path}: looks like a binary file")
        return Source(path, name, raw, text, kind if self.kind == "auto" else self.kind, encoding, mark, seen)


def read_bytes(path: str, largest: int, streams: bool = True) -> tuple[bytes, os.stat_result | None]:
    """The bytes at `path`, and what the file system says of a regular file; raises CannotRead.

    Without `streams` nothing else is read: a device may have no end, and a pipe may be waited for forever.
    """
    most = largest * 1_000_000
    try:
        if path == STDIN and streams:
            raw, seen = sys.stdin.buffer.read(most + 1), None
        else:
            with open(path, "rb", opener=None if streams else _at_once) as file:
                seen = os.fstat(file.fileno())
                regular = stat.S_ISREG(seen.st_mode)
                if not (regular or streams):
                    raise CannotRead(f"{path}: is no regular file")
                raw = file.read(most + 1)
                if not regular:
                    seen = None
                elif len(raw) != seen.st_size and len(raw) <= most:
                    raise CannotRead(f"{path}: changed while it was read")
    except (OSError, ValueError) as error:
        raise CannotRead(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    if len(raw) > most:
        raise CannotRead(f"{path}: larger than {largest} MB; --max-size says how large a document may be")
    return raw, seen


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting for who writes to a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _decoded(path: str, raw: bytes, kind: str, encoding: str | None) -> tuple[bytes, str, str]:
    """The byte order mark, the text and the encoding of `raw`."""
    if encoding is not None:
        try:
            encoding = codecs.lookup(encoding).name
        except LookupError as error:
            raise CannotRead(f"{path}: {error}") from error
    for mark, name in MARKS:
        if raw.startswith(mark) and (
            encoding is None or name in encoding or encoding in name or encoding == "utf-8-sig"
        ):
            return mark, _strictly(path, raw[len(mark) :], name), name
    if encoding is not None:
        encoding = _WITHOUT_MARK.get(encoding, encoding)
        return b"", _strictly(path, raw, encoding), encoding
    if SHIFT in raw:
        with suppress(UnicodeError):
            return b"", raw.decode("iso2022_jp"), "iso2022_jp"
    try:
        return b"", raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        declared = _declared(raw) if kind != "text" else ""
        if not declared:
            hint = (
                "looks like a binary file"
                if b"\0" in raw[:BINARY]
                else f"not UTF-8 ({_where(error)}); --encoding names another"
            )
            raise CannotRead(f"{path}: {hint}") from error
    return b"", _strictly(path, raw, declared), declared


def _strictly(path: str, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise CannotRead(f"{path}: not {encoding} ({_where(error)})") from error
    except (LookupError, UnicodeError) as error:
        raise CannotRead(f"{path}: {error}") from error


def _where(error: UnicodeDecodeError) -> str:
    return f"byte {error.start}: {error.reason}"


def _declared(raw: bytes) -> str:
    """The encoding that a page names, by a name that Python knows; "" if there is none."""
    from cleantext.read.encoding import declared

    name = declared(raw)
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        return ""
