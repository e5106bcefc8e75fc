"""Read HTML with turbohtml, a C core with the WHATWG algorithm and exact offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Any

import turbohtml

from cleantext.document import Document
from cleantext.page import Facts, Page, Places
from cleantext.read.blocks import NO_ATTRIBUTES, UnendedFrame, bared, outermost, read_blocks, without_frames
from cleantext.read.nesting import VOID

SURROGATES = re.compile("[\ud800-\udfff]")


def read_fast(source: str) -> Document:
    """Read `source` as HTML; no str makes it raise."""
    try:
        return _read(source)
    except UnicodeDecodeError:
        # turbohtml cannot tell the attributes of an element if the name of one holds a lone surrogate. A character for
        # each of them leaves all offsets as they are.
        return read_fast(SURROGATES.sub("\ufffd", source))
    except UnendedFrame:
        return read_fast(without_frames(source))


def _read(source: str) -> Document:
    """Read `source` as HTML.

    Raises UnicodeDecodeError for a lone surrogate in the name of an attribute, and UnendedFrame.
    """
    if source.startswith("\ufeff"):
        source = " " + source[1:]  # a byte order mark is no text
    tree = turbohtml.parse(source, source_locations=True, allow_declarative_shadow_roots=False)
    return read_blocks(
        tree,
        turbohtml.Text,
        turbohtml.Element,
        _facts(tree),
        _attributes,
        lambda page: FastPlaces(source, page),
        tree.select,
    )


def _attributes(node: turbohtml.Element) -> Mapping[str, Any]:
    """The attributes of an element, ``class`` as it is written.

    Most have a class and an id at most: to ask for these costs half of what a copy of all does.
    """
    attributes = node.attrs
    number = len(attributes)
    if not number:
        return NO_ATTRIBUTES
    found: dict[str, Any] = {}
    classes = node.attr("class")
    if classes is not None:
        found["class"] = classes
    if number > len(found):
        ident = node.attr("id")
        if ident is not None:
            found["id"] = ident
        if number > len(found):
            found = attributes.copy()
            if classes is not None:
                found["class"] = classes
    return found


def check_selector(selector: str) -> None:
    """Raise ValueError if `selector` is no CSS selector."""
    turbohtml.parse("").select(selector)


def _facts(tree: turbohtml.Document) -> Facts:
    """What the page says of itself."""
    root = tree.root
    title = address = ""
    metas: dict[str, str] = {}
    json_ld: list[str] = []
    for node in root.iter_elements() if root is not None else ():
        tag = node.tag
        if tag == "meta":
            name = node.attr("property") or node.attr("name")
            if name:
                metas.setdefault(name.lower(), node.attr("content") or "")
        elif tag == "link":
            if not address and "canonical" in (node.attr("rel") or "").lower().split():
                address = node.attr("href") or ""
        elif tag == "title" and not _is_drawn(node):
            title = title or " ".join(node.text.split())
        elif tag == "script":
            if node.attr("type") == "application/ld+json":
                json_ld.append(node.text)
    return Facts(title, address, metas, tuple(json_ld), (root is not None and root.attr("lang")) or "")


def _is_drawn(node: turbohtml.Element) -> bool:
    """Whether an element stands in a drawing."""
    above = node.parent
    while isinstance(above, turbohtml.Element) and above.tag != "svg":
        above = above.parent
    return isinstance(above, turbohtml.Element)


class FastPlaces(Places):
    """Where things stand, asked of turbohtml only for what is asked: that costs more than reading the page does.

    What the parser has made up (an implied ``tbody``, the copy of a misnested ``b``) stands nowhere; it is then where
    what is in it stands. An element without an end tag ends where what follows it begins.
    """

    def __init__(self, source: str, page: Page) -> None:
        super().__init__(source, page)
        # turbohtml counts a line break of two characters once: how many of them stand before each offset of its own.
        lines = source.split("\r\n")[:-1] if "\r" in source else []
        self._pairs = list(accumulate((len(line) + 1 for line in lines), initial=-1))[1:]
        self._places: dict[Any, turbohtml.SourceLocation | None] = {}
        self._following: dict[Any, int] = {}
        self._preceding: dict[Any, int] = {}

    def element(self, index: int) -> tuple[int, int]:
        """Start and end of an element, tags included."""
        node = self.page.nodes[index]
        if not index:
            return 0, len(self.source)
        start = self._start(node)
        return start, max(start, self._end(node))

    def block(self, index: int) -> tuple[int, int]:
        """Start and end of a block, with the inline elements that hold nothing else."""
        begin, end = self.page.runs[index]
        first, last = outermost(self.page, index, turbohtml.Text)
        start = self._start(first) if first is not begin else self._before(begin)
        stop = self._end(last) if last is not end else self._after(end)
        piece = self.source[start:stop]
        if stop <= start or not piece.strip():
            # Moved by the parser, as text between the cells of a table is.
            word = (begin.data.split(None, 1) or end.data.split(None, 1) or [""])[0]
            start = max(0, self.source.find(word))
            return start, start + len(word)
        return bared(self.source, start, stop)

    def _offset(self, offset: int) -> int:
        return offset + bisect_right(self._pairs, offset - 1) if self._pairs else offset

    def _start(self, node: Any) -> int:
        while node is not None:
            if isinstance(node, turbohtml.Text):
                return self._before(node)
            if isinstance(node, turbohtml.Element) and (place := self._place(node)) is not None:
                return self._offset(place.start_tag.start_offset)
            node = next(iter(node), None) or node.next_sibling
        return len(self.source)

    def _end(self, node: Any) -> int:
        if isinstance(node, turbohtml.Text):
            return self._after(node)
        place = self._place(node) if isinstance(node, turbohtml.Element) else None
        if place is not None and (place.end_tag is not None or node.tag in VOID):
            return self._offset((place.end_tag or place.start_tag).end_offset)
        return self._after(node)

    def _before(self, node: Any) -> int:
        """Where what stands right before `node` ends."""
        return _remembered(node, self._preceding, self._look_before)

    def _after(self, node: Any) -> int:
        """Where what follows `node` begins."""
        return _remembered(node, self._following, self._look_after)

    def _look_before(self, node: Any) -> tuple[int | None, Any]:
        previous = node.previous_sibling
        while previous is not None and not isinstance(previous, turbohtml.Element):
            previous = previous.previous_sibling
        if previous is not None:
            place = self._last_place(previous)
            return (None if place is None else self._offset((place.end_tag or place.start_tag).end_offset)), previous
        above = node.parent
        if above is None or not isinstance(above, turbohtml.Element):
            return 0, None
        place = self._place(above)
        return (None if place is None else self._offset(place.start_tag.end_offset)), above

    def _look_after(self, node: Any) -> tuple[int | None, Any]:
        following = node.next_sibling
        while following is not None and not isinstance(following, turbohtml.Element):
            following = following.next_sibling
        if following is not None:
            place = self._place(following)
            return (None if place is None else self._offset(place.start_tag.start_offset)), following
        above = node.parent
        if above is None or not isinstance(above, turbohtml.Element):
            return len(self.source), None
        place = self._place(above)
        return (None if place is None or place.end_tag is None else self._offset(place.end_tag.start_offset)), above

    def _place(self, node: turbohtml.Element) -> turbohtml.SourceLocation | None:
        """Where an element stands, None for one that the parser has made up or cannot tell of.

        Remembered: to ask the parser costs more than to read an element.
        """
        try:
            return self._places[node]
        except KeyError:
            try:
                place = node.source_location
            except UnicodeDecodeError:  # see `read_fast`; inline elements are asked only here
                place = None
            self._places[node] = place
            return place

    def _last_place(self, node: turbohtml.Element) -> turbohtml.SourceLocation | None:
        """The place of `node`, or of what comes last in it if it has no end tag."""
        while (place := self._place(node)) is None or place.end_tag is None:
            inner = [child for child in node if isinstance(child, turbohtml.Element)]
            if not inner:
                break
            node = inner[-1]
        return place


def _remembered(node: Any, known: dict[Any, int], look: Callable[[Any], tuple[int | None, Any]]) -> int:
    """What `look` finds for `node`, or for the one it says to ask next; kept in `known` for all that were asked."""
    passed = []
    found = known.get(node)
    while found is None:
        passed.append(node)
        found, node = look(node)
        if found is None:
            found = known.get(node)
    known.update(dict.fromkeys(passed, found))
    return found
