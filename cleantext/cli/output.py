"""Where a report goes: stdout, a file, or stderr when stdout is for a document."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click

from cleantext.cli.problems import printable
from cleantext.cli.write import replacing

_COLORS = {"+": "green", "-": "red", "@": "cyan"}  # of the lines of a diff


class Output:
    """A report, written piece by piece; a file is there when it is whole. Half of a surrogate pair is escaped."""

    def __init__(self, file: Path | None = None, *, to_stderr: bool = False, color: str = "auto") -> None:
        self._file = file
        self._stream = sys.stderr if to_stderr else sys.stdout
        self.is_terminal = file is None and self._stream.isatty()
        wanted = not os.environ.get("NO_COLOR") and (self.is_terminal or bool(os.environ.get("FORCE_COLOR")))
        self._color = color == "always" or (color == "auto" and wanted)
        self._open = ExitStack()
        self._target: BinaryIO | None = None

    def __enter__(self) -> Output:
        self._target = self._open.enter_context(replacing(str(self._file))) if self._file is not None else None
        return self

    def __exit__(self, *error: object) -> None:
        if self._target is None:
            self._stream.flush()
        self._open.__exit__(*error)  # type: ignore[arg-type]

    def write(self, text: str, style: str) -> None:
        """Write a piece of a report in a style, which may have colours (``full``) or be a document's own (``diff``)."""
        if style == "full" and not self._color:
            text = click.unstyle(text)
        elif style == "diff" and (self._color or self.is_terminal):
            # What a page holds does not steer the terminal.
            text = "".join(c if c in "\n\t" else printable(c) for c in text)
            if self._color:
                text = "\n".join(click.style(line, fg=_COLORS.get(line[:1])) for line in text.split("\n"))
        stream = self._stream.buffer if self._target is None else self._target
        stream.write(text.encode("utf-8", "backslashreplace"))
