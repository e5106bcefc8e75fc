"""Read HTML with BeautifulSoup on Python's own parser; the only import of it.

Slower than turbohtml, and for whoever has a tree of BeautifulSoup already. Both make the same document of a well-formed
page; of a broken one they differ over what lies in what.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from itertools import accumulate
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import Comment, NavigableString, Tag

from cleantext.document import Document
from cleantext.page import Facts, Places
from cleantext.read.blocks import UnendedFrame, bared, outermost, read_blocks, without_frames
from cleantext.read.nesting import HEADINGS, OUTERMOST, VOID, Nesting
from cleantext.read.soup.markup import markup_of_tree

Soup = Tag  # of which BeautifulSoup, the whole tree, is a kind

COMMENT_END = re.compile(r"--!?>")
# Elements that hold text alone, whatever it looks like; in those of the second kind it may have character references.
RAW = ("script", "style", "xmp", "iframe", "noembed", "noframes")
RAW_WITH_REFERENCES = ("title", "textarea")
# Attributes that are lists of words, on any element: as the other reader has them.
LISTS = "accept-charset accesskey archive class dropzone headers rel rev sandbox sizes".split()
NOTED = frozenset(["html", "link", "meta", "script", "title"])


def read_soup(source: str | Tag) -> Document:
    """Read `source` as HTML; no str makes it raise.

    A tree does not know what it was made from, so it is read from its own markup, ``str(source)``, in which offsets
    then count. It stays as it is.
    """
    markup = source if isinstance(source, str) else markup_of_tree(source)
    self_closing = not isinstance(source, str)
    try:
        return _read(markup, self_closing)
    except UnendedFrame:
        return _read(without_frames(markup), self_closing)


def _read(markup: str, self_closing: bool) -> Document:
    """Read `markup` as HTML. Raises UnendedFrame."""
    builder = _Builder(self_closing)
    # Of a str that may be a path or an address BeautifulSoup warns, of a file it does not.
    soup = BeautifulSoup(StringIO(markup), builder=builder, element_classes={Tag: SoupElement})
    return read_blocks(
        soup,
        SoupText,
        SoupElement,
        _facts(builder.noted),
        _attributes,
        lambda page: SoupPlaces(markup, page),
        soup.select,
    )


def _attributes(node: SoupElement) -> dict[str, Any]:
    """The attributes of an element, ``class`` as one string."""
    attributes = dict(node.attrs)
    if "class" in attributes:
        attributes["class"] = " ".join(attributes["class"])
    return attributes


class SoupElement(Tag):
    """An element that knows where it stands, tags included: half-open, in code points."""

    start = 0
    end = -1

    # BeautifulSoup compares all that is in them.
    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__

    @property
    def tag(self) -> str:
        """The name, as the walk over both kinds of trees asks for it."""
        return self.name


class SoupText(NavigableString):
    """A text that knows where it stands: half-open, in code points."""

    start = 0
    end = 0

    @property
    def data(self) -> str:
        """The text, as the walk over both kinds of trees asks for it."""
        return self


class _Builder(HTMLTreeBuilder):
    """Makes elements and texts that know where they stand."""

    def __init__(self, self_closing: bool) -> None:
        super().__init__(multi_valued_attributes={"*": set(LISTS)})
        self.noted: list[SoupElement] = []
        self._self_closing = self_closing

    def feed(self, markup: str | bytes) -> None:
        """Read the source into the soup."""
        assert self.soup is not None
        assert isinstance(markup, str)
        parser = _Parser(self.soup, markup, self._self_closing)
        parser.read()
        self.noted = parser.noted


class _Parser(HTMLParser):
    """Python's parser, told where tags may be left out, and where what it finds stands.

    ``self_closing`` is whether ``<x/>`` is an element without content, as in what BeautifulSoup writes of XML; in HTML
    that holds for drawings and formulas alone.
    """

    CDATA_CONTENT_ELEMENTS = (*RAW, *RAW_WITH_REFERENCES)  # type: ignore[misc]

    def __init__(self, soup: BeautifulSoup, source: str, self_closing: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.noted: list[SoupElement] = []  # what says something of the page as a whole
        self._soup = soup
        self._source = source
        self._self_closing = self_closing
        self._lines = [0, *accumulate(len(line) + 1 for line in source.split("\n"))]
        self._nesting = Nesting()
        self._pieces: list[str] = []  # of the text that is being read
        self._text_start = 0
        self._left = False  # whether the body has been ended
        self._ended: list[SoupElement] = []  # by the end tag that is being read

    def read(self) -> None:
        """Read the source into the soup."""
        self.feed(self._source)
        self.close()
        if self.rawdata:  # of a title or textarea without an end tag
            self.handle_data(self.rawdata)
        if not self._nesting.in_body:
            self._make_room("#text", len(self._source))
        self._end_body_text(len(self._source))
        self._end_all(0, len(self._source))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        self._start(tag, attrs, ends=False)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, and end it if it may end itself."""
        ends = self._self_closing or self._nesting.in_drawing or tag in ("svg", "math")
        self._start(tag, attrs, ends)
        if not ends and tag in self.CDATA_CONTENT_ELEMENTS:
            self.set_cdata_mode(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that are open."""
        depth = self._nesting.after(tag)
        if depth is not None:
            for node in self._open_elements(depth, depth + 1):
                if node.name == tag or {node.name, tag} <= HEADINGS:
                    self._ended.append(node)
            self._close(depth, self._at())
        elif tag in OUTERMOST:
            self._leave(tag)
        elif tag == "br" or (tag == "p" and self._nesting.in_body):
            # Taken for a line break, and for a paragraph without content.
            self._start(tag, [], ends=True)

    def handle_data(self, data: str) -> None:
        """Add to the text that is being read."""
        if self.cdata_elem in RAW_WITH_REFERENCES:
            data = unescape(data)
        data = _normal(data)
        at = self._at()
        if not at:
            data = data.removeprefix("\ufeff")
        if not data:
            return
        if not self._nesting.in_body and self.cdata_elem is None and not data.isspace():
            self._make_room("#text", at)
        if not self._pieces:
            self._text_start = at
        self._pieces.append(data)

    def handle_comment(self, data: str) -> None:
        """Set apart the texts before and after a comment."""
        self._end_text(self._at())
        self._append(Comment(data))

    def handle_pi(self, data: str) -> None:
        """HTML knows no processing instructions."""
        self.handle_comment(data)

    def handle_decl(self, decl: str) -> None:
        """Note a doctype."""
        if not self._nesting.tags:
            self._nesting.strict = True

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Find the end of a comment where the standard says it is; older versions of Python find another."""
        abrupt = 5 if self.rawdata.startswith("<!-->", i) else 6 if self.rawdata.startswith("<!--->", i) else 0
        match = None if abrupt else COMMENT_END.search(self.rawdata, i + 4)
        end = i + abrupt if abrupt else match.end() if match else len(self.rawdata)
        self.handle_comment(self.rawdata[i + 4 : end])
        return end

    def parse_html_declaration(self, i: int) -> int:
        """Take ``<![`` for the comment that HTML says it is; html.parser looks for the end of an SGML section."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def parse_endtag(self, i: int) -> int:
        """Note where an end tag ends, which handle_endtag does not know."""
        end = super().parse_endtag(i)
        for node in self._ended:
            node.end = self._at() + end - i
        self._ended.clear()
        return end

    def _at(self) -> int:
        """Where what is being read begins."""
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _open_elements(self, first: int, last: int) -> list[Any]:
        """The elements that are open, the outermost first: those from `first` to before `last`."""
        return self._soup.tagStack[first + 1 : last + 1]  # the soup itself is the first

    def _start(self, tag: str, attrs: list[tuple[str, str | None]], ends: bool) -> None:
        if tag == "image" and not self._nesting.in_drawing:
            tag = "img"
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, _normal(value or ""))
        if not self._nesting.takes(tag):
            self._add(tag, attributes)
            return
        at = self._at()
        self._make_room(tag, at)
        node = self._open(tag, attributes, at)
        if ends or tag in VOID:
            node.end = at + len(self.get_starttag_text() or "")
            self._close(len(self._nesting.tags) - 1, at)

    def _add(self, tag: str, attributes: dict[str, str]) -> None:
        """Give the attributes of a second ``<body>`` or ``<html>`` to the first."""
        for node in self._open_elements(0, 2):
            if node.name == tag and tag in OUTERMOST:
                node.attrs = {**self._soup.new_tag(tag, attrs=attributes).attrs, **node.attrs}

    def _make_room(self, tag: str, at: int) -> None:
        """End and begin the elements that an element or text ends and begins unsaid."""
        self._close(self._nesting.before(tag), at)
        for unsaid in self._nesting.unsaid(tag):
            self._open(unsaid, {}, at)

    def _open(self, tag: str, attributes: dict[str, str], at: int) -> SoupElement:
        self._end_text(at)
        node = self._soup.handle_starttag(tag, None, None, attributes)
        assert isinstance(node, SoupElement)
        node.start = at
        if tag in NOTED:
            self.noted.append(node)
        self._nesting.open(tag)
        return node

    def _close(self, depth: int, at: int) -> None:
        """End all but the outermost `depth` elements."""
        if len(self._nesting.tags) > depth:
            self._end_text(at)
        while len(self._nesting.tags) > depth:
            node: Any = self._soup.currentTag
            if node.end < 0:
                node.end = at
            self._soup.popTag()
            self._nesting.close()

    def _end_text(self, at: int) -> None:
        if self._pieces:
            node = SoupText("".join(self._pieces))
            node.start, node.end = self._text_start, at
            self._append(node)
            self._pieces.clear()

    def _end_body_text(self, at: int) -> None:
        """End a text for good; white space after ``</body>`` is not part of the last block."""
        if self._left and "".join(self._pieces).isspace():
            self._pieces.clear()
        self._end_text(at)

    def _append(self, node: NavigableString) -> None:
        """Add a text or comment; BeautifulSoup's own way takes longer the deeper the page is nested."""
        soup = self._soup
        parent = soup.tagStack[-1]
        node.setup(parent, soup._most_recent_element)
        soup._most_recent_element = node
        parent.contents.append(node)

    def _leave(self, tag: str) -> None:
        """Note the end of what stays open until the page ends, for there may be more of it."""
        for depth, node in enumerate(self._open_elements(0, 2)):
            if node.name == tag and node.end < 0:
                self._end_body_text(self._at())
                self._left = tag != "head"
                self._end_all(depth, self._at())
                self._ended.append(node)

    def _end_all(self, depth: int, at: int) -> None:
        """Note where the elements end that no end tag has ended."""
        for node in self._open_elements(depth, len(self._nesting.tags)):
            if node.end < 0:
                node.end = at


class SoupPlaces(Places):
    """Where things stand, as the parser has noted it.

    What the parser has made up (an implied ``tbody``) stands where what is in it does. An element without an end tag
    ends where what follows it begins.
    """

    def element(self, index: int) -> tuple[int, int]:
        """Start and end of an element, tags included."""
        if not index:
            return 0, len(self.source)
        node = self.page.nodes[index]
        return node.start, node.end

    def block(self, index: int) -> tuple[int, int]:
        """Start and end of a block, with the inline elements that hold nothing else."""
        first, last = outermost(self.page, index, SoupText)
        return bared(self.source, first.start, last.end)


def _facts(noted: list[SoupElement]) -> Facts:
    """What the page says of itself."""
    title = address = language = ""
    metas: dict[str, str] = {}
    json_ld: list[str] = []
    for node in noted:
        attributes: dict[str, Any] = node.attrs
        if node.name == "meta":
            name = attributes.get("property") or attributes.get("name")
            if name:
                metas.setdefault(name.lower(), attributes.get("content") or "")
        elif node.name == "link":
            rel = attributes.get("rel") or []
            if not address and "canonical" in [r.lower() for r in rel]:
                address = attributes.get("href") or ""
        elif node.name == "title" and node.find_parent("svg") is None:
            title = title or " ".join("".join(map(str, node.contents)).split())
        elif node.name == "script" and attributes.get("type") == "application/ld+json":
            json_ld.append("".join(map(str, node.contents)))
        elif node.name == "html":
            language = attributes.get("lang", "")
    return Facts(title, address, metas, tuple(json_ld), language)


def _normal(text: str) -> str:
    """`text` as the standard has parsers read it: one newline style, no NUL."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "") if "\0" in text else text
