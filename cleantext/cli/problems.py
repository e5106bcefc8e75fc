"""What could not be done, and how it is said."""

from __future__ import annotations

from importlib.util import find_spec

import click


class CannotRead(Exception):
    """A document that could not be read; the message says why."""


class CannotWrite(Exception):
    """A document that could not be written; the message says why. The file is as it was."""


def needs(*modules: str) -> None:
    """Raise click.UsageError if one of the modules for corpora is not installed."""
    for module in modules:
        if find_spec(module) is None:
            raise click.UsageError(f"this needs {module}: pip install 'cleantext-spans[corpus]'")


# What may keep one document from being done while the others are; what CLEANTEXT_CHECK finds is an AssertionError.
UNDONE = (CannotRead, CannotWrite, MemoryError, RecursionError, UnicodeError, AssertionError)


def undone(error: BaseException, path: str) -> str:
    """What is said of a document that could not be done."""
    if isinstance(error, CannotRead | CannotWrite):
        return str(error)
    return f"{show_path(path)}: {error or 'too large for the memory there is'}"


# Letters of Persian and Indic script, and emoji, are joined or kept apart by these.
JOINERS = "\u200c\u200d"
STDIN = "-"


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
