"""The output formats of ``cleantext check``, one module each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from cleantext.cli.records import Record

NAMES = ("concise", "full", "json", "jsonl", "github", "gitlab", "sarif")


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run found: files, spans, characters in them, and documents for which it could not be done."""

    files: int = 0
    spans: int = 0
    characters: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """How findings are written: item by item, so that no run holds more than those of a few files.

    ``items`` makes those of one file of its records and its text; ``between`` stands between two items, ``begin`` and
    ``end`` stand around all.
    """

    items: Callable[[Sequence[Record], str], list[str]]
    begin: Callable[[], str] = str
    between: str = "\n"
    end: Callable[[Totals], str] = lambda totals: "\n" if totals.spans else ""


def of(name: str) -> Format:
    """The format of that name, its module imported when it is asked for."""
    found: Format = import_module(f"cleantext.cli.formats.{name}").FORMAT
    return found
