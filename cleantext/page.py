"""What HTML tells of a document besides its text: the elements around each block, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

# Why an element may not be shown; bits, passed on to all that is in it.
HIDDEN, ARIA_HIDDEN, FALLBACK = 1, 2, 4


class Page(NamedTuple):
    """The elements of a page that set blocks apart, and how blocks stand in them.

    The first group has an entry per element, in document order, element 0 being the root; ``first`` and ``last`` are
    the half-open range of blocks in it. The second group has an entry per block: ``owners`` is the element it stands
    in directly, ``link_chars`` how many of its code points are links, ``links`` how many links, ``images`` how many
    images stand between the block before and this one, ``breaks`` whether only a line break (br) sets it off from the
    block before. ``gone`` is what stood in the page before it was the rest of one.
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
    select: Callable[[str], Iterable[Any]]
    gone: Gone | None = None

    def blocks_of(self, selector: str) -> Iterator[range]:
        """The blocks in each element that a CSS selector picks; of an inline one those that are wholly in it.

        Raises ValueError for what is no selector.
        """
        picked = set(self.select(selector))
        if not picked:
            return
        for index, node in enumerate(self.nodes):
            if node in picked:
                picked.discard(node)
                yield range(self.first[index], self.last[index])
        if picked:
            for index, (begin, end) in enumerate(self.runs):
                owner = self.nodes[self.owners[index]]
                if not picked.isdisjoint(_around(begin, owner)) and not picked.isdisjoint(_around(end, owner)):
                    yield range(index, index + 1)


def _around(node: Any, owner: Any) -> Iterator[Any]:
    """The inline elements around a text, up to the element that sets its block apart."""
    node = node.parent
    while node is not None and node != owner:
        yield node
        node = node.parent


class Gone(NamedTuple):
    """What is known of the blocks that are not in the rest of a page.

    ``before`` is how many code points of them stood between the block before and each block; ``above`` the group of the
    last of these, ``below`` that of the first, "" for none; ``groups`` has all of them. All have an entry more, for the
    end of the page.
    ``inside`` is how many code points of them stood in each element.
    """

    before: tuple[int, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    groups: tuple[frozenset[str], ...]
    inside: tuple[int, ...]


class Facts(NamedTuple):
    """What a page says of itself in its head: meta elements by name or property, JSON-LD texts, its title and address.

    ``address`` is that of its canonical link, "" for none.
    """

    title: str
    address: str
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
