"""Regular expressions, under a time limit unless they are linear; the only import of ``regex``.

All are compiled when a line is first searched for them: a document asks for few, and ``regex`` takes longer to import
than most pages to clean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from cleantext.document import Document

if TYPE_CHECKING:
    import regex

    Match: TypeAlias = re.Match[str] | regex.Match[str]

# Seconds that one pattern may take on one document: those of the user's may backtrack.
TIME_LIMIT = 1.0
# Code points beyond which a line is no site furniture and built-in patterns do not look at it.
LONG = 300


def deadline_of(document: Document) -> float:
    """When, by ``monotonic()``, the time of patterns of the caller's is up that begin to look at `document` now.

    They have longer for one of more than a million characters, and never longer than the document has.
    """
    return min(monotonic() + TIME_LIMIT * max(1.0, len(document.source) / 1e6), document.budget.deadline)


class Linear:
    """A built-in pattern in the syntax of ``re``.

    It has to take no more than microseconds for any line, for there is no limit to its time.
    """

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._compiled: re.Pattern[str] | None = None

    def search(self, line: str, deadline: float | None = None) -> re.Match[str] | None:
        """The first match in `line`; it takes no heed of `deadline`."""
        if self._compiled is None:
            self._compiled = re.compile(self.text)
        return self._compiled.search(line)


class Pattern:
    """A pattern in the syntax of ``regex``, under a time limit. It remembers its text, to be pickled and shown."""

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._compiled: regex.Pattern[str] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Pattern({self.text!r})"

    def __reduce__(self) -> tuple[type[Pattern], tuple[str]]:
        return Pattern, (self.text,)

    def search(self, line: str, deadline: float | None = None) -> Match | None:
        """The first match in `line`; raises TimeoutError when ``monotonic()`` has passed `deadline`."""
        left = TIME_LIMIT if deadline is None else deadline - monotonic()
        if left <= 0:
            raise TimeoutError
        return self._ready().search(line, timeout=left)

    def check(self) -> None:
        """Raise ValueError if it is no regular expression."""
        import regex

        try:
            self._ready()
        except regex.error as error:
            raise ValueError(f"{self.text!r} is no regular expression: {error}") from error

    def _ready(self) -> regex.Pattern[str]:
        if self._compiled is None:
            import regex

            self._compiled = regex.compile(self.text)  # threads that come at once make the same
        return self._compiled


def lines(
    document: Document,
    pattern: Pattern | Linear,
    *,
    needs: Sequence[str] = (),
    longest: int | None = LONG,
    deadline: float | None = None,
) -> Iterator[tuple[int, Match]]:
    """(index, match) of the blocks in which `pattern` is found.

    `needs` spares the pattern work: at least one of these strings stands in every line that can match. Lines of more
    than `longest` code points are passed over. Raises TimeoutError when ``monotonic()`` passes `deadline`, without one
    when a single search passes the time limit, and when the document's time is up.
    """
    document.budget.check()
    for index in holding(document, needs) if needs else range(len(document.texts)):
        text = document.texts[index]
        if longest is None or len(text) <= longest:
            match = pattern.search(text, deadline)
            if match is not None:
                yield index, match


def holding(document: Document, needs: Sequence[str]) -> list[int]:
    """The blocks in which one of `needs` stands: a search of the whole source costs less than one of every line.

    And a search for a single character far less than one for a string: what is looked for is the one in the middle.
    """
    source, found = document.source, set()
    for need in needs:
        middle = len(need) // 2
        sign = need[middle]
        at = source.find(sign)
        while at >= 0:
            after = at + 1
            if source.startswith(need, at - middle):
                index = bisect_right(document.starts, at) - 1
                if index >= 0 and at < document.ends[index]:
                    found.add(index)
                    after = document.ends[index]
            at = source.find(sign, after)
    return sorted(found)
