"""What the readers make and the rules see."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

Kind = Literal["text"]
T = TypeVar("T")


class Block(NamedTuple):
    """One line of visible text.

    ``text`` is ``source[start:end]``, with no white space at either end; ``gap`` is the number of blank lines between
    this line and the one before, so that 0 means the same paragraph.
    """

    start: int
    end: int
    text: str
    gap: int


@dataclass(frozen=True, slots=True)
class Document:
    """A source read into blocks; immutable.

    ``claims`` maps the index of a block to the group that an earlier stage has claimed it for. ``memo`` holds what
    finders have worked out about this document, so that it is worked out once however many rules ask.
    """

    source: str
    kind: Kind
    blocks: tuple[Block, ...]
    claims: Mapping[int, str] = field(default_factory=dict)
    memo: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)

    def claimed(self, claims: Mapping[int, str]) -> Document:
        """The same document as the next stage sees it."""
        return replace(self, claims=MappingProxyType(dict(claims)), memo=dict(self.memo))


def once(find: Callable[[Document], T]) -> Callable[[Document], T]:
    """Keep what a finder says of a document, for the next rule that asks.

    What is kept is handed on to the next stage too: a finder that looks at ``claims`` is for the structure stage only.
    """

    def remembered(document: Document) -> T:
        try:
            return document.memo[find]  # type: ignore[no-any-return]
        except KeyError:
            found = document.memo[find] = find(document)
            return found

    remembered.__doc__ = find.__doc__
    remembered.__name__ = find.__name__
    return remembered


class Lines:
    """Line and column, both counted from 1 in code points, of offsets into a source."""

    def __init__(self, source: str) -> None:
        self._starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of `offset`."""
        line = max(1, min(bisect_right(self._starts, offset), len(self._starts) - 1))
        return line, offset - self._starts[line - 1] + 1
