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


def documents(names: Sequence[str], texts: Sequence[str], rows: Sequence[Row]) -> pa.Table:
    """Documents from files, by name, with what became of each, as a table."""
    table = pa.table({"path": pa.array(names, pa.string()), "text": pa.array(texts, pa.string())})
    return with_rows(table, rows)


def output_of(table: pa.Table, column: str, task: Task, rejects: Sequence[Reject]) -> Output:
    """A table that has been cleaned by its `column`, as a task wants it."""
    errors = len(table) - table["error"].null_count
    if not len(table):
        return Output(b"", 0, 0, tuple(rejects))
    if task.drop_source:
        index = table.schema.get_field_index(column)
        field = table.schema.field(index)
        left = pc.if_else(pc.is_valid(table["error"]), table[column], pa.scalar(None, field.type))
        table = table.set_column(index, field.with_nullable(True), left)
    if not task.removed:
        table = table.drop_columns("removed")
    data = packed(table) if task.form == "parquet" else compressed(lines_of(table.to_pylist()), task.form)
    return Output(data, len(table), errors, tuple(rejects))
