"""Tables that hold data, as against those that lay out a page: their rows, and in which column each cell stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleantext.page import Page

CELLS = frozenset({"td", "th"})
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
FEW = 3  # blocks in a cell up to which its table is one of data and not of layout
MOST_COLUMNS = 50  # that a cell takes up: pages that say more mean "all"
# The text of a table of data has a bar for each of its places, and cells may span many of them: so it has at most so
# many columns, and so many places for each cell, besides some room for small ones.
WIDEST, SPARSEST, ROOM = 200, 5, 200


class DataTable(NamedTuple):
    """A table of data: its element, those of its rows, and the column of each cell, counted from 0."""

    element: int
    rows: tuple[int, ...]
    columns: dict[int, int]


def data_tables(page: Page) -> list[DataTable]:
    """The tables of a page in which some row has several cells with text and no cell has many blocks."""
    if "tr" not in page.tags:
        return []
    rows: dict[int, list[int]] = {}
    cells: dict[int, list[int]] = {}
    for element, tag in enumerate(page.tags):
        above = page.parents[element]
        if tag == "tr":
            table = page.parents[above] if page.tags[above] in SECTIONS else above
            if page.tags[table] == "table":
                rows.setdefault(table, []).append(element)
                cells[element] = []
        elif tag in CELLS and above in cells:
            cells[above].append(element)

    def blocks(cell: int) -> int:
        return page.last[cell] - page.first[cell]

    found = [
        DataTable(table, tuple(own), dict(_columns(page, [cells[row] for row in own])))
        for table, own in rows.items()
        if any(sum(blocks(cell) > 0 for cell in cells[row]) > 1 for row in own)
        and all(blocks(cell) <= FEW for row in own for cell in cells[row])
    ]
    return [table for table in found if _is_dense(table)]


def _is_dense(table: DataTable) -> bool:
    """Whether a table has cells at enough of its places."""
    columns = max(table.columns.values()) + 1
    return columns <= WIDEST and len(table.rows) * columns <= SPARSEST * len(table.columns) + ROOM


def _columns(page: Page, rows: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Each cell with its column, as cells that span columns and rows leave them."""
    free: list[int] = []  # by column the number of the first row in which no cell from above stands in it
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(free) and free[column] > number:
                column += 1
            yield cell, column
            wide, high = (_span(page, cell, attribute) for attribute in ("colspan", "rowspan"))
            free += [0] * (column + wide - len(free))
            free[column : column + wide] = [number + high] * wide
            column += wide


def _span(page: Page, cell: int, attribute: str) -> int:
    """How many columns or rows a cell takes up."""
    number = str(page.attributes[cell].get(attribute, "1")).strip()
    return max(1, min(int(number), MOST_COLUMNS)) if number.isascii() and number.isdigit() and len(number) < 9 else 1
