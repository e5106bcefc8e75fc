"""Regular expressions, always under a time limit; the only import of ``regex``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic

import regex

from cleantext.document import Document

PatternError = regex.error

# Seconds that one pattern may take on one document. Built-in patterns take microseconds a line; this is for patterns
# of the user's that backtrack.
TIME_LIMIT = 1.0
# Code points beyond which a line is no site furniture and built-in patterns do not look at it.
LONG = 300


class Pattern:
    """A compiled pattern that remembers its text, so that it can be pickled and shown."""

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._compiled = regex.compile(text)

    def __reduce__(self) -> tuple[type[Pattern], tuple[str]]:
        return Pattern, (self.text,)

    def search(self, line: str, deadline: float | None = None) -> regex.Match[str] | None:
        """The first match in `line`; raises TimeoutError when ``monotonic()`` has passed `deadline`."""
        return self._compiled.search(line, timeout=max(deadline - monotonic(), 0.001) if deadline else TIME_LIMIT)


def lines(
    document: Document, pattern: Pattern, *, needs: Sequence[str] = (), longest: int | None = LONG
) -> Iterator[tuple[int, regex.Match[str]]]:
    """(index, match) of the blocks in which `pattern` is found.

    `needs` spares the pattern work: at least one of these strings stands in every line that can match. Lines of more
    than `longest` code points are passed over. Raises TimeoutError when all searches together pass the time limit.
    """
    if needs and not any(need in document.source for need in needs):
        return
    deadline = monotonic() + TIME_LIMIT
    for index, block in enumerate(document.blocks):
        text = block.text
        if longest is not None and len(text) > longest:
            continue
        if needs and not any(need in text for need in needs):
            continue
        match = pattern.search(text, deadline)
        if match is not None:
            yield index, match
