"""Paths to inputs of a corpus: files of rows, and documents in files of their own."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from cleantext.cli.files import Finder, is_document, suffix_of
from cleantext.cli.problems import STDIN, CannotRead, needs
from cleantext.cli.settings import AllSettings
from cleantext.corpus.jsonl import COMPRESSED, SUFFIXES, JsonLines
from cleantext.corpus.piece import BYTES, ROWS, Format, Input, Piece, Reject, Task

if TYPE_CHECKING:
    import pyarrow as pa

PARQUET, WARC = (".parquet",), (".warc",)
# What the documents stand in where nobody could name a column.
OWN_COLUMNS: dict[Format, str] = {"warc": "html", "documents": "text"}


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents in files of their own: those in a folder, or one that is named."""

    format: ClassVar[Format] = "documents"
    unit: ClassVar[str] = "line"
    path: str
    finder: Finder = field(repr=False, compare=False)
    outside: str = ""  # a folder in it that is none of it: that of the output

    def pieces(self) -> Iterator[Piece]:
        """The paths of the documents, which are read where they are cleaned, and what could not be found."""
        paths: list[str] = []
        rejects: list[Reject] = []
        first, read, size, crc = 1, 0, 0, 0
        for found in self.finder.find([self.path]):
            if isinstance(found, CannotRead):
                rejects.append(Reject(0, str(found), self.path))
            elif is_document(found) or found == self.path:
                if self.outside and Path(found).resolve().is_relative_to(self.outside):
                    continue
                paths.append(found)
                size += _size(found)
                crc = zlib.crc32(os.fsencode(found), crc)
            if len(paths) >= ROWS or size >= BYTES or len(rejects) >= ROWS:
                read += size
                yield Piece(tuple(paths), first, read, crc, tuple(rejects))
                first += len(paths)
                paths, rejects = [], []
                size = crc = 0
        if paths or rejects:
            yield Piece(tuple(paths), first, read + size, crc, tuple(rejects))


@dataclass(frozen=True, slots=True)
class Found:
    """An input with what the file system says of it: its bytes, and when a file of rows was changed."""

    input: Input
    size: int
    changed: int = 0


def inputs_of(paths: Sequence[str], settings: AllSettings, force: bool, output: str) -> list[Found]:
    """The inputs that paths stand for, in the order given; in a folder files of rows come first, sorted.

    What lies in `output` is none. Raises CannotRead for a path that leads to none.
    """
    found: list[Found] = []
    ours = str(Path(output).resolve())
    for path in paths:
        if path == STDIN:
            raise CannotRead("a corpus is read from files, so that a run that was stopped can go on")
        if not Path(path).is_dir():
            if not Path(path).is_file():
                raise CannotRead(f"{path}: {'no regular file' if Path(path).exists() else 'no such file'}")
            rows = of_rows(path, named=True)
            found.append(_file(rows) if rows else Found(Documents(path, Finder(settings, force)), _size(path)))
            continue
        finder = Finder(settings, force, takes=_is_taken)
        size, documents, problems, shards = 0, 0, [], []
        for inside in finder.find([path]):
            if isinstance(inside, CannotRead):
                problems.append(inside)
            elif Path(inside).resolve().is_relative_to(ours):
                continue
            elif rows := of_rows(inside):
                shards.append(_file(rows))
            else:
                documents += 1
                size += _size(inside)
        if not documents and not shards:
            raise CannotRead(f"{path}: no document and no file of rows that can be read in this folder")
        found += shards
        if documents or problems:
            finder = Finder(settings, force, takes=_is_taken)
            found.append(Found(Documents(path, finder, ours), size))
    return found


def of_rows(path: str, named: bool = False) -> Input | None:
    """The file of rows at a path, by its name; None if that is none of one. ``.json`` is one if it is `named`."""
    name = Path(path).name.lower()
    packed = next((suffix for suffix in COMPRESSED if name.endswith(suffix)), "")
    suffix = suffix_of(name.removesuffix(packed))
    if suffix in WARC:
        needs("pyarrow", "fastwarc")
        from cleantext.corpus.warc import Warc

        return Warc(path)
    if suffix in SUFFIXES and (suffix != ".json" or packed or named):
        return JsonLines(path)
    if suffix in PARQUET and not packed:
        needs("pyarrow")
        from cleantext.corpus.parquet import Parquet

        return Parquet(path)
    return None


def column_of(names: Sequence[str], task: Task) -> str:
    """The name of the column with the documents."""
    return task.column or ("text" if "text" in names else "html")


def form_of(found: Sequence[Found]) -> str:
    """What an output is written as if nobody says: what the first input is, if that has rows."""
    first = found[0].input
    if isinstance(first, JsonLines):
        name = first.path.lower()
        return "jsonl.gz" if name.endswith(".gz") else "jsonl.zst" if name.endswith(".zst") else "jsonl"
    return "parquet" if first.path.lower().endswith(".parquet") else "jsonl.zst"


def check(found: Sequence[Found], task: Task) -> None:
    """Raise CannotRead if the inputs do not go together, or with what is asked."""
    if any(not isinstance(one.input, JsonLines) for one in found) or task.form in ("jsonl.zst", "parquet"):
        needs("pyarrow")
    schema = None
    for one in found:
        path, format = one.input.path, one.input.format
        if format == "jsonl" and task.form == "parquet":
            raise CannotRead(f"{path}: rows of JSON have no common columns, which Parquet needs; write JSON Lines")
        if format == "parquet" and task.form != "parquet":
            raise CannotRead(f"{path}: what columns of Parquet hold JSON cannot always tell; write Parquet")
        if format in OWN_COLUMNS and task.column not in (None, OWN_COLUMNS[format]):
            raise CannotRead(
                f"{path}: --column is for files of rows; the documents here are in {OWN_COLUMNS[format]!r}"
            )
        own = _schema(one.input, task) if format == "parquet" else format
        if task.form == "parquet" and schema not in (None, own):
            raise CannotRead(f"{path}: has other columns than what comes before; one run writes one kind of rows")
        schema = own


def _schema(rows: Any, task: Task) -> pa.Schema:
    """The columns of a Parquet file, which hold what they should."""
    from cleantext.corpus.arrow import check_columns

    try:
        schema = rows.schema()
        check_columns(schema, column_of(schema.names, task), task.url)
    except (OSError, ValueError, TypeError) as error:
        raise CannotRead(f"{rows.path}: {error}") from error
    return schema


def _is_taken(name: str) -> bool:
    return is_document(name) or of_rows(name) is not None


def _file(rows: Input) -> Found:
    seen = Path(rows.path).stat()
    return Found(rows, seen.st_size, seen.st_mtime_ns)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0  # which is said when it is read
