"""The finder of rules that the caller gives as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleantext.document import Document
from cleantext.find import take
from cleantext.find.patterns import Pattern, deadline_of, lines
from cleantext.span import Finding


@dataclass(frozen=True, slots=True)
class OwnElements:
    """Finds what CSS selectors pick of a page; nothing in plain text."""

    selectors: tuple[str, ...]

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Find the elements."""
        if document.page is None:
            return
        for selector in self.selectors:
            for blocks in document.page.blocks_of(selector):
                if blocks:
                    start, end = document.starts[blocks[0]], document.ends[blocks[-1]]
                    yield Finding(start, end, f"selected by “{selector}”", 1.0)


@dataclass(frozen=True, slots=True)
class OwnLines:
    """Finds the lines in which one of the patterns is found, each judged by itself."""

    patterns: tuple[Pattern, ...]

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Find the lines; raises TimeoutError when all patterns together pass the time limit."""
        deadline = deadline_of(document)
        for pattern in self.patterns:
            for index, _ in lines(document, pattern, longest=None, deadline=deadline):
                yield take(document, index, why=f"matches “{pattern.text}”", score=1.0)
