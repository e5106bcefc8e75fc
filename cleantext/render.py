"""From the blocks of a page that stay to text in which paragraphs, lists, tables and code keep their shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cleantext.data_tables import CELLS, DataTable, data_tables
from cleantext.document import Document
from cleantext.page import Page

HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
VERBATIM = frozenset({"pre", "textarea", "listing", "xmp"})
BULLET = "- "
LONGEST_FENCE = 20  # signs
# What may be the begin of a fence, behind marks of items and cells, and behind what cannot be seen.
_BEGINS = re.compile(r"[\W\d_]*?(?:```|~~~)")
DEEPEST = 12  # lists and quotations around a block that show: a page may nest deeper to make its text long


class Place(NamedTuple):
    """Where the text of a block stands in what was rendered: half-open, in code points."""

    block: int
    start: int
    end: int


class Shape(NamedTuple):
    """What shapes a block: the elements around it that show in text, by index; -1 for none."""

    item: int  # the nearest li
    depth: int  # number of lists around it
    list: int  # the outermost of them
    table: int  # the table of data it stands in
    row: int  # the row of it
    column: int  # of its cell, counted from 0
    cell: int  # the nearest td or th
    quotes: int  # number of blockquotes around it
    heading: int  # level of the heading, 0 for none
    verbatim: int  # the nearest pre


PLAIN = Shape(-1, 0, -1, -1, -1, 0, -1, 0, 0, -1)


def render(document: Document, blocks: Sequence[int]) -> tuple[str, tuple[Place, ...]]:
    """The text of `blocks` (their indices, ascending), and where each of them stands in it.

    Paragraphs are a blank line apart; the items of a list, the rows of a table and lines are not. An item begins with a
    hyphen or its number, indented by two blanks for each list around its own; cells are set off by a bar, and so are
    those without text. Several lines of code stand within fences, for they are no prose and none of them is a prompt.
    """
    page = document.page
    assert page is not None
    shapes = shapes_of(page, blocks)
    numbers = numbers_of(page)
    pieces: list[str] = []
    places: list[Place] = []
    at = 0
    last = -1
    before = PLAIN
    marks = ""  # around code of several lines
    for index, shape in zip(blocks, shapes, strict=True):
        text = document.texts[index]
        lead = "" if last < 0 else _between(page, last, index, before, shape)
        if shape.item >= 0 and (last < 0 or before.item != shape.item):
            mark = f"{numbers[shape.item]}. " if shape.item in numbers else BULLET
            lead += "  " * (shape.depth - 1) + mark
        elif shape.row >= 0 and (last < 0 or before.row != shape.row):
            lead += "| " * shape.column
        if marks and pieces[-1] == marks and lead[:1] == " ":
            lead = "\n" + lead  # nothing stands behind a fence
        fenced = shape.verbatim >= 0 and len(text.splitlines()) > 1
        if fenced:
            marks = marks or _fence(document)
            lead += ("\n" if lead[:1] == " " else "") + marks + "\n"
        pieces += (lead, text)
        at += len(lead)
        places.append(Place(index, at, at + len(text)))
        at += len(text)
        if fenced:
            pieces += ("\n", marks)
            at += 1 + len(marks)
        last, before = index, shape
    return "".join(pieces) + ("\n" if pieces else ""), tuple(places)


def _fence(document: Document) -> str:
    """A fence that no line of the document ends: a long one where others begin as a fence does."""
    lines = (line for line in document.source.splitlines() if "```" in line or "~~~" in line)
    return "`" * (LONGEST_FENCE if any(map(_BEGINS.match, lines)) else 3)


def is_next_line(page: Page, before: int, block: int) -> bool:
    """Whether only a line break stands between a block and one before it, whatever else stood there."""
    return page.breaks[block] and page.owners[before] == page.owners[block]


def _between(page: Page, last: int, index: int, before: Shape, shape: Shape) -> str:
    """What stands between a block and the one before it."""
    if shape.row >= 0 and shape.row == before.row:
        return " " if shape.cell == before.cell else " |" * (shape.column - before.column) + " "
    together = (
        (shape.table >= 0 and shape.table == before.table)
        or (shape.list >= 0 and shape.list == before.list)
        or (shape.verbatim >= 0 and shape.verbatim == before.verbatim)
        or is_next_line(page, last, index)
    )
    return "\n" if together else "\n\n"


def shapes_of(page: Page, blocks: Sequence[int]) -> list[Shape]:
    """The shape of each block.

    An item with several paragraphs, as in a list of teasers, is shown as these paragraphs.
    """
    tables = data_tables(page)
    rows = {row: table for table in tables for row in table.rows}
    columns = {cell: column for table in tables for cell, column in table.columns.items()}
    known: dict[int, Shape] = {0: PLAIN}
    shapes = [_shape(page, page.owners[index], rows, columns, known) for index in blocks]
    teasers = {item for item in {s.item for s in shapes} if item >= 0 and _is_teaser(page, item)}
    return [s._replace(item=-1, depth=0, list=-1) if s.item in teasers else s for s in shapes]


def _is_teaser(page: Page, item: int) -> bool:
    """Whether a list item holds several blocks that are neither lines of one nor in lists within it."""
    own = 0
    for index in range(page.first[item], page.last[item]):
        element = page.owners[index]
        while element != item and page.tags[element] not in LISTS:
            element = page.parents[element]
        own += element == item and not page.breaks[index]
        if own > 1:
            return True
    return False


def _shape(
    page: Page, element: int, rows: Mapping[int, DataTable], columns: Mapping[int, int], known: dict[int, Shape]
) -> Shape:
    """The shape that an element gives to what is in it; asked from the outermost inwards, for pages may nest deep."""
    chain = []
    while element not in known:
        chain.append(element)
        element = page.parents[element]
    shape = known[element]
    for inner in reversed(chain):
        tag = page.tags[inner]
        if tag == "li":
            shape = shape._replace(item=inner, depth=max(shape.depth, 1), list=shape.list if shape.depth else inner)
        elif tag in LISTS:
            shape = shape._replace(depth=min(shape.depth + 1, DEEPEST), list=shape.list if shape.depth else inner)
        elif tag in CELLS:
            shape = shape._replace(cell=inner, column=columns.get(inner, 0))
        elif tag == "tr":
            table = rows[inner].element if inner in rows else -1
            shape = shape._replace(table=table, row=inner if table >= 0 else -1, item=-1, depth=0, list=-1)
        elif tag == "blockquote":
            shape = shape._replace(quotes=min(shape.quotes + 1, DEEPEST))
        elif tag in HEADINGS:
            shape = shape._replace(heading=HEADINGS[tag])
        elif tag in VERBATIM:
            shape = shape._replace(verbatim=inner)
        known[inner] = shape
    return shape


def numbers_of(page: Page) -> dict[int, int]:
    """The numbers of the items of ordered lists, by the element of the item."""
    numbers: dict[int, int] = {}
    following: dict[int, int] = {}
    if "ol" in page.tags:
        for element, tag in enumerate(page.tags):
            if tag == "ol":
                start = str(page.attributes[element].get("start", "1"))
                following[element] = int(start) if start.isdecimal() and len(start) < 9 else 1
            elif tag == "li" and (above := page.parents[element]) in following:
                value = str(page.attributes[element].get("value", ""))
                if value.isdecimal() and len(value) < 9:
                    following[above] = int(value)
                numbers[element] = following[above]
                following[above] += 1
    return numbers
