"""Paths to documents: which files a path stands for, what is in them, and why one could not be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
STDIN = "-"


class CannotRead(Exception):
    """A document that could not be read; the message says why."""


def find(paths: Sequence[str]) -> Iterator[str | CannotRead]:
    """The files that `paths` stand for, sorted within each folder; ``-`` is stdin.

    A file that is named is taken whatever its suffix; in a folder those with a suffix of plain text or HTML are,
    but not in hidden folders (``.git``, ``.venv``) and ``node_modules``. A path that leads to none gives a
    `CannotRead`; one that has come already does not come again.
    """
    seen: set[str] = set()
    for path in _leading_to(paths):
        if isinstance(path, CannotRead) or (known := os.path.normpath(path)) not in seen:
            yield path
            if isinstance(path, str):
                seen.add(known)


def _leading_to(paths: Sequence[str]) -> Iterator[str | CannotRead]:
    for path in paths:
        if path == STDIN:
            yield path
        elif Path(path).is_dir():
            inside = sorted(_inside(Path(path)))
            if not inside:
                known = " ".join(sorted(SUFFIXES | HTML_SUFFIXES))
                yield CannotRead(f"{path}: no file with one of the suffixes {known} in this folder")
            yield from map(str, inside)
        else:
            yield path


def _inside(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        for name in files:
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES | HTML_SUFFIXES and path.is_file():
                yield path


def kind_of(path: str) -> str:
    """How a document is to be read by its name: as ``"html"`` or ``"text"``; ``"auto"`` where the name does not say."""
    suffix = Path(path).suffix.lower()
    return "html" if suffix in HTML_SUFFIXES else "text" if suffix in SUFFIXES else "auto"


def read(path: str) -> str:
    """The text at `path`, newlines and all; raises CannotRead."""
    try:
        raw = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or error}") from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRead(f"{show_path(path)}: not UTF-8 (byte {error.start}: {error.reason})") from error
    if "\0" in text[:8192]:
        raise CannotRead(f"{show_path(path)}: looks like a binary file")
    return text


# Letters of Persian and Indic script, and emoji, are joined or kept apart by these.
JOINERS = "\u200c\u200d"


def show_path(path: str) -> str:
    """A path as it can be printed on one line: ``<stdin>`` for ``-``, line breaks and undecodable bytes escaped."""
    if path == STDIN:
        return "<stdin>"
    return printable(path)


def printable(text: str) -> str:
    """`text` with line breaks, undecodable bytes and what could steer a terminal or turn the direction escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in JOINERS else c.encode("unicode_escape").decode() for c in text)


def complain(message: object) -> None:
    """Say on stderr what could not be done."""
    click.echo(f"cleantext: {printable(str(message))}", err=True)
