"""One JSON object: ``schema``, ``spans`` and a ``summary``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from cleantext.cli.formats import Format, Totals
from cleantext.cli.problems import printable
from cleantext.cli.records import SCHEMA, Record


def items(records: Sequence[Record], source: str) -> list[str]:
    """The spans of one file, an object each."""
    return [dumped(record.as_dict()) for record in records]


def dumped(value: object, indent: int | None = None) -> str:
    """A value as JSON, on one line whoever counts if it is not indented, which steers no terminal and is UTF-8.

    What cannot be printed is escaped: controls, line breaks of other kinds, marks of direction, half of a surrogate
    pair. In JSON it stands in strings alone.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return text.translate({ord(c): json.dumps(c)[1:-1] for c in set(text) if c != "\n" and printable(c) != c})


def _end(totals: Totals) -> str:
    return f'{chr(10) if totals.spans else ""}], "summary": {dumped(asdict(totals))}}}\n'


FORMAT = Format(items, lambda: f'{{"schema": {SCHEMA}, "spans": [\n', ",\n", _end)
