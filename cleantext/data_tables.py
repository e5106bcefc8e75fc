"""Tables that hold data, as against those that lay out a page."""

from __future__ import annotations

from cleantext.page import Page

CELLS = frozenset({"td", "th"})
FEW = 3  # blocks in each cell up to which a table row is one of data and not of layout


def is_data(page: Page, row: int) -> bool:
    """Whether a table row holds data: several cells, and none with so many blocks that it is there for layout."""
    cells = 0
    for element in range(row + 1, len(page.tags)):
        if page.depths[element] <= page.depths[row]:
            break
        if page.parents[element] == row and page.tags[element] in CELLS:
            number = page.last[element] - page.first[element]
            if number > FEW:
                return False
            cells += number > 0
    return cells > 1


def table_of(page: Page, row: int) -> int:
    """The table that a row is of, 0 if it is of none."""
    while row and page.tags[row] != "table":
        row = page.parents[row]
    return row


def data_tables(page: Page) -> list[list[int]]:
    """For each table with rows of data the blocks in these, those of a table within it left out."""
    if "tr" not in page.tags:
        return []
    tables: dict[int, int] = {}
    for row, tag in enumerate(page.tags):
        if tag == "tr" and page.last[row] - page.first[row] > 1 and is_data(page, row):
            tables |= dict.fromkeys(range(page.first[row], page.last[row]), table_of(page, row))
    blocks: dict[int, list[int]] = {}
    for block, table in tables.items():
        blocks.setdefault(table, []).append(block)
    return list(blocks.values())
