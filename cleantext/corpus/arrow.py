"""Arrow tables of documents: what is added to them, and the function that adds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.types as types

from cleantext.config import Config
from cleantext.corpus import rows
from cleantext.corpus.rows import Row, RowCleaner, kind_of
from cleantext.engine import Cleaner
from cleantext.registry import near
from cleantext.site import Profile
from cleantext.span import Span

REMOVED = pa.list_(
    pa.struct(
        [
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("text", pa.string()),
            ("rule", pa.string()),
            ("group", pa.string()),
            ("reason", pa.string()),
            ("score", pa.float64()),
        ]
    )
)
# What is added to each row, in this order.
ADDED = pa.schema(list(zip(rows.ADDED, (pa.string(), REMOVED, pa.float64(), pa.string()), strict=True)))
# What is put into one array: of strings it holds two gigabytes at most, and a code point has up to four bytes.
ROWS, CODE_POINTS = 10_000, 100_000_000


def clean_table(
    table: pa.Table,
    *,
    column: str = "text",
    kind: str | None = None,
    url: str | None = None,
    config: Config | Cleaner | None = None,
    profile: Profile | None = None,
) -> pa.Table:
    """The table with what becomes of the documents in `column`: the same rows in the same order, four columns more.

    ``clean_text`` (string) is the body. ``removed`` lists what went, structs with the fields of `Span`: offsets are
    code points into the value of `column`, decoded if it is bytes. ``kept_ratio`` (double) is the share of the visible
    code points that stays. ``error`` (string) says what could not be done, null if all was: of a row without
    ``clean_text`` nothing was done, and its document stands where it stood. A null stays null, without an error.

    `column` holds strings or bytes, whose encoding is found. `kind` is ``"text"``, ``"html"`` or ``"auto"``; unless it
    is given, a column named ``text`` or ``html`` holds that, and of any other each document is told. `url` names the
    column with the addresses of the documents, by which selectors and profiles of sites are found. `config` is a
    `Config` or a `Cleaner`; with a `profile` by host, what repeats across a site goes, too.

    Raises ValueError for a column that is not there, with the nearest, and for a table that has one of the four
    already; TypeError for a column of another type.
    """
    if not isinstance(table, pa.Table):
        raise TypeError(f"clean_table() takes a pyarrow.Table, not {type(table).__name__}")
    return cleaned(table, RowCleaner(config, kind or kind_of(column), profile), column, url)


def cleaned(table: pa.Table, cleaner: RowCleaner, column: str, url: str | None = None) -> pa.Table:
    """The same with a cleaner that the caller keeps from table to table."""
    check_columns(table.schema, column, url)
    urls = values(table.column(url)) if url is not None else iter([None] * len(table))
    done = (
        Row(error=f"not UTF-8: byte {value.start}: {value.reason}")
        if isinstance(value, UnicodeDecodeError)
        else cleaner.clean(value, address if isinstance(address, str) else None)
        for value, address in zip(values(table.column(column)), urls, strict=True)
    )
    return with_rows(table, done)


def with_rows(table: pa.Table, done: Iterable[Row]) -> pa.Table:
    """The table with what became of the document of each row."""
    columns: list[list[pa.Array]] = [[] for _ in ADDED]
    some: list[Row] = []
    size = 0
    for row in done:
        some.append(row)
        size += len(row.text or "") + sum(len(span.text) for span in row.removed)
        if len(some) >= ROWS or size >= CODE_POINTS:
            _add(columns, some)
            some, size = [], 0
    _add(columns, some)
    for field, arrays in zip(ADDED, columns, strict=True):
        table = table.append_column(field, pa.chunked_array(arrays, field.type))
    return table


def check_columns(schema: pa.Schema, column: str, url: str | None = None, added: bool = True) -> None:
    """Raise ValueError or TypeError if there are no documents to be read, or no room for what is to be `added`."""
    check_names(schema.names, column, url, added)
    for name in (column, url):
        if name is not None and not _is_text(schema.field(name).type, name == column):
            raise TypeError(f"column {name!r} holds {schema.field(name).type}, not strings")


def check_names(names: Sequence[str], column: str, url: str | None = None, added: bool = True) -> None:
    """Raise ValueError for columns that are not there, or twice, and for those that there must not be."""
    for name in (column, url):
        if name is not None and (count := names.count(name)) != 1:
            raise ValueError(f"{count} columns {name!r}" if count else f"no column {name!r}{near(name, names)}")
    for name in ADDED.names if added else ():
        if name in names:
            raise ValueError(f"the table has a column {name!r} already; rename or drop it")


def _is_text(kind: pa.DataType, or_bytes: bool) -> bool:
    if types.is_dictionary(kind):
        return _is_text(kind.value_type, or_bytes)
    if types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind):
        return or_bytes
    strings = types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)
    return bool(strings or types.is_null(kind))


def values(column: pa.ChunkedArray) -> Iterator[str | bytes | UnicodeDecodeError | None]:
    """The values of a column, and for one that is no UTF-8 why not."""
    for scalar in column:
        try:
            yield scalar.as_py()
        except UnicodeDecodeError as error:  # a file may say that bytes are a string
            yield error


def _add(columns: list[list[pa.Array]], done: Sequence[Row]) -> None:
    """Add the arrays of the rows to those of each column."""
    values = [
        [row.text for row in done],
        [None if row.text is None else [_struct(span) for span in row.removed] for row in done],
        [row.kept_ratio for row in done],
        [row.error for row in done],
    ]
    for arrays, field, found in zip(columns, ADDED, values, strict=True):
        arrays.append(pa.array(found, field.type))


def _struct(span: Span) -> tuple[object, ...]:
    return span.start, span.end, span.text, span.rule, span.group, span.reason, span.score
