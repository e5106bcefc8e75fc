"""The finder of rules that the caller gives as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from cleantext.document import Document
from cleantext.find import take
from cleantext.find.patterns import Pattern, lines, time_limit
from cleantext.span import Finding


@dataclass(frozen=True, slots=True)
class OwnLines:
    """Finds the lines in which one of the patterns is found, each judged by itself."""

    patterns: tuple[Pattern, ...]

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Find the lines; raises TimeoutError when all patterns together pass the time limit."""
        deadline = monotonic() + time_limit(document)
        for pattern in self.patterns:
            for index, _ in lines(document, pattern, longest=None, deadline=deadline):
                yield take(document, index, why=f"matches “{pattern.text}”", score=1.0)
