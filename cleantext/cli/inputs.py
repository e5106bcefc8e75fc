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
                size += _seen(found)[0]
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
    """An input with what the file system says of it: its bytes, and a number that is another when it has changed.

    ``told`` are the settings for it, in words.
    """

    input: Input
    size: int
    changed: int
    told: frozenset[str]


def inputs_of(paths: Sequence[str], settings: AllSettings, force: bool, output: str) -> list[Found]:
    """The inputs that paths stand for, in the order given; in a folder files of rows come first, sorted.

    What lies in `output` is none. Raises CannotRead for a path that leads to none.
    """
    found: list[Found] = []
    ours = str(Path(output).resolve())
    _refuse_twice(paths, ours)
    for path in paths:
        if Path(path).is_dir():
            found += _in_folder(path, settings, force, ours)
            continue
        if not Path(path).is_file():
            raise CannotRead(f"{path}: {'no regular file' if Path(path).exists() else 'no such file'}")
        one = of_rows(path, named=True)
        if one is None and not is_document(path):
            known = ", ".join((*SUFFIXES, *PARQUET, *WARC))
            raise CannotRead(f"{path}: neither a document nor a file of rows by its suffix ({known}, .gz and .zst)")
        found.append(_found(one or Documents(path, Finder(settings, force)), settings))
    return found


def _refuse_twice(paths: Sequence[str], ours: str) -> None:
    """Raise CannotRead for paths of which rows would come twice, or that lie in the output."""
    places: dict[Path, str] = {}
    for path in paths:
        if path == STDIN:
            raise CannotRead("a corpus is read from files, so that a run that was stopped can go on")
        place = Path(path).resolve()
        if place.is_relative_to(ours):
            raise CannotRead(f"{path}: lies in the output")
        if place in places:
            raise CannotRead(f"{path}: is named twice")
        places[place] = path
    for place, path in places.items():
        for above in place.parents:
            if above in places:
                raise CannotRead(f"{path}: lies in {places[above]}, which is read as well")


def _in_folder(path: str, settings: AllSettings, force: bool, ours: str) -> Iterator[Found]:
    """The inputs in a folder: files of rows, then the documents as one."""
    size, changed, documents, problems, shards = 0, 0, 0, 0, []
    folders: set[Path] = set()
    for inside in Finder(settings, force, takes=_is_taken).find([path]):
        if isinstance(inside, CannotRead):
            problems += 1
        elif Path(inside).resolve().is_relative_to(ours):
            continue
        elif rows := of_rows(inside):
            shards.append(rows)
        else:
            documents += 1
            seen = _seen(inside)
            size += seen[0]
            changed = zlib.crc32(repr((inside, *seen)).encode("utf-8", "surrogatepass"), changed)
            folders.add(Path(inside).parent)
    if not documents and not shards:
        raise CannotRead(f"{path}: no document and no file of rows that can be read in this folder")
    for rows in shards:
        yield _found(rows, settings)
    if documents or problems:
        found = Documents(path, Finder(settings, force, takes=_is_taken), ours)
        yield Found(found, size, changed, frozenset(map(settings.told_in, folders)))


def of_rows(path: str, named: bool = False) -> Input | None:
    """The file of rows at a path, by its name; None if that is none of one. ``.json`` is one if it is `named`."""
    name = Path(path).name.lower()
    if name.startswith("_") and not named:  # what readers of such folders pass over, and we ourselves write there
        return None
    packed = next((suffix for suffix in COMPRESSED if name.endswith(suffix)), "")
    suffix = suffix_of(name.removesuffix(packed))
    if suffix in WARC:
        needs("pyarrow", "fastwarc")
        from cleantext.corpus.warc import Warc

        return Warc(path)
    if suffix in SUFFIXES and (suffix != ".json" or packed or named):
        if packed == ".zst":
            needs("pyarrow")
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
        if format in OWN_COLUMNS and task.url not in (None, "url" if format == "warc" else None):
            raise CannotRead(f"{path}: --url-column is for files of rows")
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


def _found(one: Input, settings: AllSettings) -> Found:
    return Found(one, *_seen(one.path), frozenset({settings.told_of(one.path)}))


def _seen(path: str) -> tuple[int, int]:
    """The bytes of a file, and when it was changed."""
    try:
        seen = Path(path).stat()
    except OSError:
        return 0, 0  # which is said when it is read
    return seen.st_size, seen.st_mtime_ns
