"""From a tree of elements to blocks: the one walk that both HTML readers share.

A tree is whatever iterates over its children, which are texts (``data``) and elements (``tag``, ``attrs``); the readers
say which types those are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import Any

from cleantext.document import Document
from cleantext.page import ARIA_HIDDEN, FALLBACK, HIDDEN, Facts, Page, Places
from cleantext.read.nesting import HEADINGS

# How elements take part in the text (HTML standard, section 15, "Rendering"): inline ones go on with the line they
# stand in. What is not listed, custom elements among it, does so within a paragraph or a heading and begins a block of
# its own elsewhere: pages build their frame of such elements as well.
INLINE, LINK, BREAK, IMAGE, SKIP, HEAD, BLOCK, VERBATIM, UNKNOWN = range(9)
ROLES = {
    **dict.fromkeys(
        "abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark math nobr q rt ruby s samp "
        "slot small span strike strong sub sup time tt u var wbr blink output meter progress "
        "rb rtc mi mn mo ms mtext mspace mrow msup msub msubsup mfrac msqrt mroot mover munder munderover mpadded "
        "mphantom mmultiscripts mprescripts mtable mtr mtd semantics mstyle menclose".split(),
        INLINE,
    ),
    "a": LINK,
    "br": BREAK,
    "img": IMAGE,
    "picture": IMAGE,
    # No text for a reader: code, data, drawings, and what a browser shows in their place.
    **dict.fromkeys(
        "script style template title svg iframe noframes noembed input source track param link meta base area map "
        "embed col colgroup datalist rp frame frameset annotation annotation-xml".split(),
        SKIP,
    ),
    **dict.fromkeys(
        "html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p search section "
        "summary table tbody td tfoot th thead tr caption ul audio video object canvas noscript select input".split(),
        BLOCK,
    ),
    "head": HEAD,
    "pre": VERBATIM,
    "textarea": VERBATIM,
    "listing": VERBATIM,
    "xmp": VERBATIM,
}
# In which an element that is not listed goes on with the line.
LINES = HEADINGS | {"p"}
# Shown only where something else is not.
FALLBACKS = frozenset(["noscript", "audio", "video", "object", "canvas", "dialog"])
# Elements in which blocks follow each other without a blank line.
CLOSE = frozenset("li dt dd tr td th option optgroup button label legend summary caption".split())
# Elements nested deeper than this set blocks apart but are not told apart: no page that people wrote is deeper.
DEEPEST = 250
# A link to a heading that stands in it, behind a sign, is no part of its text: it is a block of its own.
PERMALINKS = frozenset({"¶", "#", "§", "🔗", "\u200b", "\uf0c1"})
# White space and comments before a text.
_LEAD = re.compile(r"(?:\s|<!--(?:-?>|.*?-->))*+", re.DOTALL)
NO_ATTRIBUTES: dict[str, Any] = {}
_FRAME = re.compile("<iframe", re.IGNORECASE)


class UnendedFrame(ValueError):
    """A frame without an end tag has taken in the rest of the page.

    A browser that runs scripts does not look into ``noscript`` and so never sees one that stands there.
    """


def without_frames(source: str) -> str:
    """`source` with other elements for its frames, so that none takes anything in; offsets stay as they are."""
    return _FRAME.sub("<custom", source)


def read_blocks(
    root: Any,
    text_type: type,
    element_type: type,
    facts: Facts,
    attributes_of: Callable[[Any], Mapping[str, Any]],
    places: Callable[[Page], Places],
    select: Callable[[str], Iterable[Any]],
) -> Document:
    """Read a tree into a document, however deep or broken it is. Raises UnendedFrame and nothing else.

    `attributes_of` gives the attributes of an element, ``class`` as one string.
    """
    tags, parents, hidden, nodes = ["#root"], [0], [0], [root]
    attributes: list[Mapping[str, Any]] = [NO_ATTRIBUTES]
    depths, first, last = [0], [0], [0]
    texts: list[str] = []
    gaps: list[int] = []
    owners: list[int] = []
    link_chars: list[int] = []
    links: list[int] = []
    images: list[int] = []
    breaks: list[bool] = []
    runs: list[tuple[Any, Any]] = []

    pieces: list[str] = []  # of the block being read
    begin = end = None  # its first and last text node
    linked = count = pictures = 0
    element = depth = in_link = verbatim = 0
    broken = False  # only a line break since the last block

    def flush() -> None:
        """End the block being read."""
        nonlocal begin, linked, count, pictures
        text = "".join(pieces)
        pieces.clear()
        text = text.strip("\r\n").rstrip() if verbatim else " ".join(text.split())
        if text and not text.isspace():
            texts.append(text)
            gaps.append(0 if broken or (tags[element] in CLOSE and owners and owners[-1] != element) else 1)
            owners.append(element)
            link_chars.append(min(linked, len(text)))
            links.append(count)
            images.append(pictures)
            breaks.append(broken)
            runs.append((begin, end))
            pictures = 0
        begin = None
        linked = count = 0

    stack: list[tuple[Any, int]] = []
    children, closing = iter(root), BLOCK
    get = ROLES.get
    while True:
        for node in children:
            kind = type(node)
            if kind is text_type:
                data = node.data
                if begin is None:
                    if data.isspace() and not verbatim:
                        continue
                    begin = node
                pieces.append(data)
                end = node
                if in_link:
                    linked += len(" ".join(data.split()))
            elif kind is element_type:
                tag = node.tag
                role = get(tag, UNKNOWN)
                if role == UNKNOWN:
                    role = INLINE if tags[element] in LINES or ":" in tag else BLOCK
                if role == LINK and tags[element] in HEADINGS and _is_permalink(node, text_type, element_type):
                    role = BLOCK
                if role >= BLOCK:
                    if begin is not None:
                        flush()
                    elif count and not in_link:
                        count = 0  # of links without text
                    broken = False
                    if role == VERBATIM:
                        if depth < DEEPEST:
                            verbatim += 1
                        else:
                            role = BLOCK  # what is not told apart has no shape of its own
                    depth += 1
                    if depth <= DEEPEST:
                        attrs = attributes_of(node)
                        veiled = hidden[element]
                        if attrs:
                            if "hidden" in attrs or ("style" in attrs and _unseen(attrs["style"])):
                                veiled |= HIDDEN
                            if attrs.get("aria-hidden") == "true":
                                veiled |= ARIA_HIDDEN
                        if tag in FALLBACKS and not (tag == "dialog" and "open" in attrs):
                            veiled |= FALLBACK
                        parents.append(element)
                        element = len(tags)
                        tags.append(tag)
                        attributes.append(attrs)
                        hidden.append(veiled)
                        first.append(len(texts))
                        last.append(0)
                        nodes.append(node)
                        depths.append(depth)
                elif role == LINK:
                    in_link += 1
                    count += 1
                elif role == BREAK:
                    if verbatim:
                        pieces.append("\n")
                    elif begin is not None:
                        flush()
                        broken = True
                    continue
                elif role == IMAGE:
                    pictures += tag == "img"
                    if tag == "img":
                        continue
                elif role == SKIP:
                    # In a formula a frame may hold elements.
                    if tag == "iframe" and any("</body" in n.data.lower() for n in node if hasattr(n, "data")):
                        raise UnendedFrame
                    if tag != "template" or "shadowrootmode" not in node.attrs:
                        continue
                    role = INLINE
                elif role == HEAD:
                    if depth > 1:
                        role = INLINE
                    else:
                        continue
                stack.append((children, closing))
                children, closing = iter(node), role
                break
            elif hasattr(node, "append") and not hasattr(node, "data"):
                # The content of a template that is a shadow root stands in a fragment of its own.
                stack.append((children, closing))
                children, closing = iter(node), INLINE
                break
        else:
            if closing >= BLOCK:
                if begin is not None:
                    flush()
                elif count and not in_link:
                    count = 0
                broken = False
                if closing == VERBATIM:
                    verbatim -= 1
                if depth <= DEEPEST:
                    last[element] = len(texts)
                    element = parents[element]
                depth -= 1
            elif closing == LINK:
                in_link -= 1
            if not stack:
                break
            children, closing = stack.pop()

    starts = list(accumulate(map(len, texts), lambda at, length: at + length + 1, initial=0))[:-1]
    ends = tuple(start + len(text) for start, text in zip(starts, texts, strict=True))
    page = Page(
        tuple(tags),
        tuple(parents),
        tuple(depths),
        tuple(attributes),
        tuple(hidden),
        tuple(first),
        tuple(last),
        tuple(nodes),
        tuple(owners),
        tuple(link_chars),
        tuple(links),
        tuple(images),
        tuple(breaks),
        tuple(runs),
        facts,
        places,
        select,
    )
    return Document("\n".join(texts), "html", tuple(texts), tuple(starts), ends, tuple(gaps), page=page)


def _is_permalink(link: Any, text_type: type, element_type: type) -> bool:
    """Whether a link shows nothing but a sign."""
    shown = ""
    waiting = [link]
    while waiting and len(shown) < 2:
        for node in waiting.pop():
            kind = type(node)
            if kind is text_type:
                shown += node.data.strip()
            elif kind is element_type:
                waiting.append(node)
    return shown in PERMALINKS


def _unseen(style: Any) -> bool:
    """Whether an inline style hides an element."""
    style = str(style).lower().replace(" ", "")
    return "display:none" in style or "visibility:hidden" in style


def outermost(page: Page, index: int, text_type: type) -> tuple[Any, Any]:
    """The first and the last node of a block.

    They are its texts, or the largest inline elements around them with nothing before the first and after the last.
    """
    owner = page.nodes[page.owners[index]]
    first, last = page.runs[index]
    while (above := first.parent) is not None and above != owner and not _ink(first, "previous_sibling", text_type):
        first = above
    while (above := last.parent) is not None and above != owner and not _ink(last, "next_sibling", text_type):
        last = above
    return first, last


def _ink(node: Any, direction: str, text_type: type) -> bool:
    """Whether anything but white space stands before or after `node` in its parent."""
    other = getattr(node, direction)
    while isinstance(other, text_type) and other.data.isspace():  # type: ignore[attr-defined]
        other = getattr(other, direction)
    return other is not None


def bared(source: str, start: int, stop: int) -> tuple[int, int]:
    """`start` and `stop` of a piece of markup without the white space and comments at its ends."""
    match = _LEAD.match(source, start, stop)
    start = match.end() if match else start
    while stop > start:
        if source[stop - 1].isspace():
            stop -= 1
        elif source.endswith("-->", start, stop):
            comment = source.rfind("<!--", start, stop)
            if comment < 0 or source.find("-->", comment, stop) + 3 < stop:
                break
            stop = comment
        else:
            break
    return start, stop
