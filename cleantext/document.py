"""What the readers make and the rules see."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from cleantext.budget import UNLIMITED, Budget

if TYPE_CHECKING:
    from cleantext.page import Page

Kind = Literal["text", "html"]
T = TypeVar("T")
LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # where str.splitlines ends a line


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

    ``source`` is what offsets of blocks count in: of plain text what the caller passed in, of HTML the visible text, a
    line per block. ``page`` is what HTML tells besides, None for plain text; ``title`` is the headline of a page.

    ``texts``, ``starts``, ``ends`` and ``gaps`` are parallel tuples with an entry per block: finders go through one or
    two of them, and plain strings and numbers cost the garbage collector nothing, however long a document is.

    ``claims`` maps the index of a block to the group that an earlier stage has claimed it for, ``held`` that of a block
    that only rules found which the caller did not select, so that it stays; ``marked`` is both. ``memo`` holds what
    finders have worked out about this document, so that it is worked out once however many rules ask. ``budget`` is the
    time they have.
    """

    source: str
    kind: Kind
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[int, ...]
    claims: Mapping[int, str] = field(default_factory=dict)
    held: Mapping[int, str] = field(default_factory=dict)
    marked: Mapping[int, str] = field(default_factory=dict)
    memo: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False, compare=False)
    page: Page | None = field(default=None, repr=False, compare=False)
    title: str | None = None
    budget: Budget = field(default=UNLIMITED, repr=False, compare=False)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, made anew for whoever wants to hold one in hand."""
        return tuple(map(Block, self.starts, self.ends, self.texts, self.gaps))

    def carry(self, finder: Callable[[Document], object], source: Document) -> None:
        """Take over from `source` what `finder` says of it, where it holds for this document as well."""
        finder(source)
        self.memo[finder.__wrapped__] = source.memo[finder.__wrapped__]  # type: ignore[attr-defined]

    def claimed(self, claims: Mapping[int, str], held: Mapping[int, str]) -> Document:
        """The same document as the next stage sees it."""
        marked = {**held, **claims} if held else claims
        texts, starts, ends, gaps = self.texts, self.starts, self.ends, self.gaps
        shared = (MappingProxyType(claims), MappingProxyType(held), MappingProxyType(marked), dict(self.memo))
        return Document(self.source, self.kind, texts, starts, ends, gaps, *shared, self.page, self.title, self.budget)


def once(find: Callable[[Document], T]) -> Callable[[Document], T]:
    """Keep what a finder says of a document, for the next rule that asks.

    What is kept is handed on to the next stage too: a finder that looks at ``claims`` is for the structure stage only.
    """

    @wraps(find)
    def remembered(document: Document) -> T:
        try:
            return document.memo[find]  # type: ignore[no-any-return]
        except KeyError:
            found = document.memo[find] = find(document)
            return found

    return remembered


class Lines:
    """Line and column, both counted from 1 in code points, of offsets into a source."""

    def __init__(self, source: str) -> None:
        self._starts = [0, *accumulate(map(len, source.splitlines(keepends=True)))]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of `offset`."""
        line = max(1, min(bisect_right(self._starts, offset), len(self._starts) - 1))
        return line, offset - self._starts[line - 1] + 1
