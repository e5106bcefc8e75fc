"""Parquet: read in pieces, and parts of it made of the pieces of an output."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq

from cleantext.corpus.piece import BYTES, ROWS, Format, Piece, Reject

SHRUNK = 0.9  # of its bytes that half of a batch has at most, or it is no use to halve it
GROUP = 64_000_000  # bytes of a row group of what is written


@dataclass(frozen=True, slots=True)
class Parquet:
    """A Parquet file with columns of any name."""

    format: ClassVar[Format] = "parquet"
    unit: ClassVar[str] = "row"
    path: str

    def schema(self) -> pa.Schema:
        """Its columns. Raises OSError or ValueError if it is no Parquet."""
        try:
            with Path(self.path).open("rb") as raw, pq.ParquetFile(raw) as file:
                return _plain(file.schema_arrow)
        except pa.ArrowException as error:
            raise ValueError(str(error)) from error

    def pieces(self) -> Iterator[Piece]:
        """The rows of each row group, as streams of Arrow."""
        first = 1
        with open(self.path, "rb") as raw:  # noqa: PTH123 - a Path that is no file would be one of a file system of Arrow
            try:
                # A row group may be as large as the file: its columns are read as far as they are needed.
                with pq.ParquetFile(raw, pre_buffer=False, buffer_size=1 << 20) as file:
                    for group in range(file.num_row_groups):
                        for batch in file.iter_batches(ROWS, row_groups=[group]):
                            for rows in _small(batch.cast(_plain(batch.schema))):
                                data = packed(pa.Table.from_batches([rows]))
                                yield Piece(data, first, raw.tell(), zlib.crc32(data))
                                first += len(rows)
            except (OSError, pa.ArrowException) as error:
                yield Piece(
                    b"", first, raw.tell(), 0, (Reject(first, f"the file cannot be read on from here: {error}"),)
                )


def packed(table: pa.Table) -> bytes:
    """A table as a stream of Arrow."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def unpacked(data: bytes) -> pa.Table:
    """The table in a stream of Arrow."""
    with pa.ipc.open_stream(data) as stream:
        return stream.read_all()


def halves(data: bytes) -> list[bytes]:
    """The table in a stream of Arrow as two streams, as one if it has one row."""
    table = unpacked(data)
    half = len(table) // 2
    return [packed(table.slice(0, half)), packed(table.slice(half))] if half else [data]


def write_part(draft: IO[bytes], part: IO[bytes]) -> None:
    """Make Parquet of the streams of Arrow that stand one after the other in `draft`."""
    size = draft.seek(0, 2)
    draft.seek(0)
    writer: pq.ParquetWriter | None = None
    group: list[pa.Table] = []
    while draft.tell() < size:
        with pa.ipc.open_stream(draft) as stream:
            group.append(stream.read_all())
        if draft.tell() < size and sum(table.nbytes for table in group) < GROUP:
            continue
        # No dictionaries: of texts that differ one is as large as all of them, and has to be held to be read.
        writer = writer or pq.ParquetWriter(part, group[0].schema, compression="zstd", use_dictionary=False)
        writer.write_table(pa.concat_tables(group).combine_chunks())
        group = []
    if writer is not None:
        writer.close()


def _plain(schema: pa.Schema) -> pa.Schema:
    """A schema with values in the place of dictionaries, which each piece would have to hold whole.

    What others note about the columns of the file is left out: after us it has more of them.
    """
    return pa.schema(
        [f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in schema],
    )


def _small(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch in slices that are not too large, as far as slices are smaller."""
    half = len(batch) // 2
    first, second = batch.slice(0, half), batch.slice(half)
    if batch.nbytes <= BYTES or max(first.nbytes, second.nbytes) > SHRUNK * batch.nbytes:
        yield batch
        return
    yield from _small(first)
    yield from _small(second)
