"""Cleaned tables in the form in which they are written."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from cleantext.corpus.arrow import with_rows
from cleantext.corpus.jsonl import compressed, lines_of
from cleantext.corpus.parquet import packed
from cleantext.corpus.piece import Output, Reject, Task
from cleantext.corpus.rows import Row

_KERNELS = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}


def documents(names: Sequence[str], texts: Sequence[str], rows: Sequence[Row]) -> pa.Table:
    """Documents from files, by name, with what became of each, as a table."""
    table = pa.table({"path": pa.array(names, pa.string()), "text": pa.array(texts, pa.string())})
    return with_rows(table, rows)


def with_errors(table: pa.Table, errors: Sequence[str | None]) -> pa.Table:
    """A cleaned table with what else is to be said of some rows, before what cleaning says."""
    if not any(errors):
        return table
    said = ["; ".join(filter(None, pair)) or None for pair in zip(errors, table["error"].to_pylist(), strict=True)]
    index = table.schema.get_field_index("error")
    return table.set_column(index, table.schema.field(index), pa.chunked_array([pa.array(said, pa.string())]))


def output_of(table: pa.Table, column: str, task: Task, rejects: Sequence[Reject]) -> Output:
    """A table that has been cleaned by its `column`, as a task wants it."""
    errors = len(table) - table["error"].null_count
    if not len(table):
        return Output(b"", 0, 0, tuple(rejects))
    if task.drop_source:
        index = table.schema.get_field_index(column)
        field = table.schema.field(index)
        known = _KERNELS.get(field.type, field.type)  # there is no if_else for views
        left = pc.if_else(pc.is_valid(table["error"]), table[column].cast(known), pa.scalar(None, known))
        table = table.set_column(index, field.with_nullable(True), left.cast(field.type))
    if not task.removed:
        table = table.drop_columns("removed")
    data = packed(table) if task.form == "parquet" else compressed(lines_of(table.to_pylist()), task.form)
    return Output(data, len(table), errors, tuple(rejects))
