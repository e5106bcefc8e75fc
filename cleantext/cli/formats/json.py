"""One JSON object: ``schema``, ``spans`` and a ``summary``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from cleantext.cli.formats import Format, Totals
from cleantext.cli.records import SCHEMA, Record

# What other than a line feed ends a line for some readers; in JSON it stands in strings alone.
_BREAKS = {code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)}


def items(records: Sequence[Record], source: str) -> list[str]:
    """The spans of one file, an object each."""
    return [dumped(record.as_dict()) for record in records]


def dumped(value: object) -> str:
    """A value as JSON, on one line whoever counts, and without half of a surrogate pair, which no UTF-8 holds."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
    return text.translate(_BREAKS)


def _end(totals: Totals) -> str:
    return f'{chr(10) if totals.spans else ""}], "summary": {dumped(asdict(totals))}}}\n'


FORMAT = Format(items, lambda: f'{{"schema": {SCHEMA}, "spans": [\n', ",\n", _end)
