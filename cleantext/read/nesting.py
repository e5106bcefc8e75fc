"""Which elements a tag of HTML ends, and which it begins unsaid.

The HTML standard lets authors leave out many tags (section 13.1.2.4) and says where each may stand (section 13.2.6).
This is as much of it as well-formed pages need: of two elements that overlap the inner one ends with the outer one, and
nothing is moved elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _tags("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
HEADINGS = _tags("h1 h2 h3 h4 h5 h6")
BLOCKS = _tags(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup "
    "listing main menu nav ol pre search section summary ul"
)
END_PARAGRAPH = BLOCKS | HEADINGS | _tags("dd dt form hr li p plaintext table xmp")
SECTIONS = _tags("tbody tfoot thead")
CELLS = _tags("td th")
TABLE_PARTS = SECTIONS | CELLS | _tags("caption col colgroup tr")
IN_HEAD = _tags("base basefont bgsound link meta noframes noscript script style template title")
OUTERMOST = _tags("html head body frameset")
# Elements that end by themselves where the one around them ends.
IMPLIED = _tags("dd dt li optgroup option p rb rp rt rtc")
RUBY = _tags("rb rp rt rtc")
# Start tags that end the drawing or formula they stand in.
NOT_DRAWN = HEADINGS | _tags(
    "b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu meta nobr ol p pre ruby "
    "s small span strong strike sub sup table tt u ul var"
)

# Classes of elements, told from tags by their capitals. No end tag reaches beyond a SCOPE.
_DRAWN_TEXT = _tags("annotation-xml desc foreignobject mi mn mo ms mtext")
_SCOPE = _DRAWN_TEXT | _tags("applet caption html marquee object select table td template th")
_SPECIAL = (
    (END_PARAGRAPH - {"dialog"}) | TABLE_PARTS | IN_HEAD | OUTERMOST | _SCOPE | _tags("button iframe noembed textarea")
)
LONGEST = 40  # code points of a tag that a class may hold, and that is remembered
_CLASSES = {
    "SCOPE": _SCOPE,
    "PARAGRAPH": _SCOPE | {"button"},
    "LIST": _SCOPE | {"ol", "ul"},
    "ITEM": _SPECIAL - {"address", "div", "p"},
    "TABLE": _tags("html table template"),
    "SECTION": SECTIONS,
    "CELL": CELLS | {"caption"},
    "HEADING": HEADINGS,
    "TERM": _tags("dd dt"),
    "SPECIAL": _SPECIAL,
    "DRAWING": _tags("math svg"),
    "DRAWN_TEXT": _DRAWN_TEXT | {"title"},
}
# How far out the element may be that an end tag ends; SPECIAL for other tags.
_REACH = {
    **dict.fromkeys(BLOCKS | HEADINGS | _tags("applet button dd dt form marquee object select"), "SCOPE"),
    **dict.fromkeys(TABLE_PARTS | {"table"}, "TABLE"),
    "p": "PARAGRAPH",
    "li": "LIST",
}


def _kinds(tag: str) -> tuple[str, ...]:
    """A tag and the classes it belongs to."""
    return _known_kinds(tag) if len(tag) <= LONGEST else (tag,)


@lru_cache(1024)  # pages may make up names
def _known_kinds(tag: str) -> tuple[str, ...]:
    return (tag, *(name for name, tags in _CLASSES.items() if tag in tags))


class Nesting:
    """The elements that are open, the outermost first, and what a tag does to them.

    No answer takes longer where many elements are open, but for those that it ends: pages may nest deep.
    """

    def __init__(self) -> None:
        self.tags: list[str] = []
        self.in_body = False
        self.in_form = False
        self.strict = False  # whether the page begins with a doctype, so that a table ends a paragraph
        self._at: defaultdict[str, list[int]] = defaultdict(lambda: [-1])  # kind: the open elements, by index

    def open(self, tag: str) -> None:
        """Note that an element has begun."""
        for kind in _kinds(tag):
            self._at[kind].append(len(self.tags))
        self.tags.append(tag)
        if tag in ("body", "frameset"):
            self.in_body = True
        elif tag == "form":
            self.in_form = True

    def close(self) -> None:
        """Note that the innermost element has ended."""
        for kind in _kinds(self.tags.pop()):
            self._at[kind].pop()

    @property
    def in_drawing(self) -> bool:
        """Whether what is open innermost is part of a drawing or formula, where any element may end itself."""
        return self._last("DRAWING") > self._last("DRAWN_TEXT")

    def takes(self, tag: str) -> bool:
        """Whether a start tag begins an element here."""
        if tag in OUTERMOST:
            return not self.in_body and tag not in self.tags[:2]
        if tag in TABLE_PARTS:
            return self._within("table", "TABLE")
        return tag != "form" or not self.in_form

    def before(self, tag: str) -> int:
        """How many of the open elements stay open when an element begins."""
        depth = len(self.tags)
        if not self.in_body:
            return depth if self._stays_in_head(tag) else 1
        if self.in_drawing:
            return self._around_drawing() if tag in NOT_DRAWN else depth
        if tag in TABLE_PARTS:
            return self._around_part(tag)
        if tag == "table" and self._within("table", "TABLE") and self._last("CELL") < self._last("table"):
            return self._last("table")
        if tag in END_PARAGRAPH and (tag != "table" or self.strict) and self._within("p", "PARAGRAPH"):
            depth = self._last("p")
        if tag == "li" and self._within("li", "ITEM"):
            return min(depth, self._last("li"))
        if tag in ("dd", "dt") and self._within("TERM", "ITEM"):
            return min(depth, self._last("TERM"))
        if tag in HEADINGS:
            return depth - (self.tags[depth - 1] in HEADINGS)
        if tag in ("option", "optgroup", "hr"):
            if self._within("select", "SCOPE"):
                return self._around(depth, IMPLIED - {"optgroup"} if tag == "option" else IMPLIED)
            return depth - (tag != "hr" and self.tags[depth - 1] == "option")
        if tag in RUBY and self._within("ruby", "SCOPE"):
            return self._around(depth, IMPLIED - {"rtc"} if tag in ("rp", "rt") else IMPLIED)
        if (tag == "button" and self._within("button", "SCOPE")) or (tag == "a" and self._within("a", "SPECIAL")):
            return self._last(tag)
        return depth

    def unsaid(self, tag: str) -> tuple[str, ...]:
        """The elements that begin unwritten when one begins, after others have ended."""
        missing = ("html",) if not self.tags and tag != "html" else ()
        if not self.in_body and len(self.tags) < 2 and tag not in OUTERMOST:
            return (*missing, "head" if tag in IN_HEAD else "body")
        above = self.tags[-1] if self.tags else ""
        if above == "table" and tag in CELLS:
            return ("tbody", "tr")
        if above == "table" and tag in ("tr", "col"):
            return ("tbody",) if tag == "tr" else ("colgroup",)
        return ("tr",) if above in SECTIONS and tag in CELLS else missing

    def after(self, tag: str) -> int | None:
        """How many of the open elements stay open when an end tag comes; None if it ends none."""
        if tag in OUTERMOST:
            return None
        if tag in ("template", "svg", "math"):
            return self._last(tag) if self._last(tag) > 0 else None
        if tag == "form":
            self.in_form = False
        kind = "HEADING" if tag in HEADINGS else tag
        if not self._within(kind, _REACH.get(tag, "SPECIAL")):
            return None
        if tag == "form":
            # What is open in a form stays so.
            depth = self._around(len(self.tags), IMPLIED)
            return depth - (self.tags[depth - 1] == "form")
        return self._last(kind)

    def _last(self, kind: str) -> int:
        """Index of the innermost open element with this tag or of this class, -1 if there is none."""
        return self._at[kind][-1] if kind in self._at else -1

    def _within(self, kind: str, boundary: str) -> bool:
        """Whether an element is open and no boundary of this class lies further in."""
        return self._last(kind) >= max(0, self._last(boundary))

    def _around(self, depth: int, tags: frozenset[str]) -> int:
        """`depth` without the innermost elements with one of these tags."""
        while self.tags[depth - 1] in tags:
            depth -= 1
        return depth

    def _around_drawing(self) -> int:
        """What is open around a drawing and those it lies in."""
        depth = len(self.tags)
        for index in reversed(self._at["DRAWING"]):
            if index < self._last("DRAWN_TEXT"):
                break
            if index >= 0:
                depth = index
        return depth

    def _around_part(self, tag: str) -> int:
        """What is open around a part of a table."""
        around = ["table"]
        if tag in CELLS or tag == "tr":
            around.append("SECTION")
        if tag in CELLS:
            around.append("tr")
        if tag == "col":
            around.append("colgroup")
        return max(map(self._last, around)) + 1

    def _stays_in_head(self, tag: str) -> bool:
        """Whether a start tag ends nothing before the body has begun."""
        if len(self.tags) < 2 or tag in ("html", "head") or self._last("template") > 0:
            return True
        return tag in (IN_HEAD - {"noscript"} if self.tags[-1] == "noscript" else IN_HEAD)
