"""What HTML tells of a document besides its text: the elements around each block, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

# Why an element may not be shown; bits, passed on to all that is in it.
HIDDEN, ARIA_HIDDEN, FALLBACK = 1, 2, 4


class Page(NamedTuple):
    """The elements of a page that set blocks apart, and how blocks stand in them.

    The first group has an entry per element, in document order, element 0 being the root; ``first`` and ``last`` are
    the half-open range of blocks in it. The second group has an entry per block: ``owners`` is the element it stands
    in directly, ``link_chars`` how many of its code points are links, ``links`` how many links, ``images`` how many
    images stand between the block before and this one, ``breaks`` whether only a line break (br) sets it off from the
    block before.
    """

    tags: tuple[str, ...]
    parents: tuple[int, ...]
    depths: tuple[int, ...]
    attributes: tuple[Mapping[str, Any], ...]
    hidden: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    nodes: tuple[Any, ...]

    owners: tuple[int, ...]
    link_chars: tuple[int, ...]
    links: tuple[int, ...]
    images: tuple[int, ...]
    breaks: tuple[bool, ...]
    runs: tuple[tuple[Any, Any], ...]

    facts: Facts
    places: Callable[[Page], Places]


class Facts(NamedTuple):
    """What a page says of itself in its head: meta elements by name or property, JSON-LD texts, its title."""

    title: str
    metas: Mapping[str, str]
    json_ld: tuple[str, ...]
    language: str


class Places:
    """Where elements and blocks stand in the source of a page; each reader has its own."""

    def __init__(self, source: str, page: Page) -> None:
        self.source = source
        self.page = page

    def element(self, index: int) -> tuple[int, int]:
        """Start and end, in code points, of the element with this index, tags included."""
        raise NotImplementedError

    def block(self, index: int) -> tuple[int, int]:
        """Start and end, in code points, of the block with this index: from its first character to its last."""
        raise NotImplementedError
