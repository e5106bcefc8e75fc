"""Commands by which a workflow of GitHub shows findings beside the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.cli.formats import Format
from cleantext.cli.formats.concise import shown
from cleantext.cli.problems import printable
from cleantext.cli.records import Record

# Escapes in values of a command, and in its message (docs.github.com, workflow commands).
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_VALUE = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def items(records: Sequence[Record], source: str) -> list[str]:
    """The commands for one file."""
    return [_command(record) for record in records]


def _command(record: Record) -> str:
    place = f"file={printable(record.path).translate(_VALUE)},line={record.line},endLine={record.end_line}"
    if record.line == record.end_line:  # columns of different lines mean nothing to GitHub
        place += f",col={record.column},endColumn={record.end_column}"
    where = f"{printable(record.path)}:{record.line}:{record.column}"
    message = f"{where}: {record.rule}: {printable(record.reason)}: {shown(record.text)}"
    return f"::warning title=cleantext ({record.rule}),{place}::{message.translate(_DATA)}"


FORMAT = Format(items)
