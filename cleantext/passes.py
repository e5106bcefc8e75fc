"""How often the rest of a document is looked at again."""

from __future__ import annotations

from cleantext.document import Document
from cleantext.result import Problem

# Passes over a document, or as much work on ever shorter rests of it, after which cleaning stops looking for what its
# own removals brought together. Real documents need two or three; a short one may have all it asks for.
PASSES, SHORT = 8, 2_000
LINE = 20  # code points of a line that take as long as the line itself


class Passes:
    """The work there is for the rests of one document of `length` code points."""

    __slots__ = ("_left",)

    def __init__(self, length: int) -> None:
        self._left = PASSES * (length + SHORT)

    def over(self, rest: Document) -> bool:
        """Whether there is no work left for a pass over `rest`, whose code points and lines are counted.

        Short lines make up to three code points of each.
        """
        length = len(rest.source) + 1
        self._left -= length + min(LINE * len(rest.texts), 2 * length)
        return self._left < 0

    @staticmethod
    def problem() -> Problem:
        """What a result says when they are over."""
        return Problem("passes", "stopped before nothing more was found; clean the text again")
