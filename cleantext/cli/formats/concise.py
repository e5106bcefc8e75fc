"""A line for each span: ``path:line:column: rule: reason: text``."""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.cli.formats import Format
from cleantext.cli.problems import printable
from cleantext.cli.records import Record

SHOWN = 100  # characters of a span that a line shows


def items(records: Sequence[Record], source: str) -> list[str]:
    """The lines of one file."""
    return [
        f"{printable(r.path)}:{r.line}:{r.column}: {r.rule}: {printable(r.reason)}: {shown(r.text)}" for r in records
    ]


def shown(text: str) -> str:
    """`text` on one line, cut short."""
    text = printable(" ".join(text.split()))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


FORMAT = Format(items)
