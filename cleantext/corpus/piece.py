"""Pieces of inputs: the rows that one process cleans at a time, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, TypeAlias

# Rows and bytes at which a piece is full: a second or two of work, so that little is lost when a run is killed, and
# little is held. Where pieces end follows from the input alone, so that a run that goes on cuts them as before.
ROWS, BYTES = 200, 2_000_000
# What an input is made of.
Format: TypeAlias = Literal["jsonl", "parquet", "warc", "documents"]
LARGEST = 100_000_000  # bytes of a line or a record; of more it is one that was never ended


class Reject(NamedTuple):
    """What is no row: ``at`` is where it stands, in the unit of its input; ``file`` the document, if that is a file."""

    at: int
    reason: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of an input, in the form that its format gives them. Picklable.

    ``first`` is where the first stands, as in `Reject`. ``read`` says how many bytes of the input had been read, and
    ``crc`` is a checksum of the rows. A piece without rows brings ``rejects`` alone.
    """

    rows: Any
    first: int
    read: int
    crc: int
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What becomes of a piece: the bytes to write, how many rows they hold, and in how many something was not done."""

    data: bytes
    rows: int
    errors: int
    rejects: tuple[Reject, ...]


class Input(Protocol):
    """A file of rows, or documents in files of their own."""

    format: ClassVar[Format]
    unit: ClassVar[str]  # what a `Reject` counts: "line", "row", "offset"

    @property
    def path(self) -> str:
        """Where it is."""
        ...

    def pieces(self) -> Iterator[Piece]:
        """Its rows from the first to the last."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """What is done with each piece of a run. Picklable.

    ``column`` holds the documents, None for ``text`` or else ``html``; ``kind`` is what they are, None for what the
    column's name says; ``url`` the column with their addresses. ``form`` is that of the output, one of `FORMS`. With
    ``removed`` each row says what went of it; with ``drop_source`` only rows with an error keep their documents.
    """

    form: str
    column: str | None = None
    kind: str | None = None
    url: str | None = None
    removed: bool = False
    drop_source: bool = False


# What an output may be written as, by the suffix of its parts.
FORMS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet")
