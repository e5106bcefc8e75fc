"""The blocks of a page that stay as GitHub Flavored Markdown (GFM 0.29)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from cleantext.document import Document
from cleantext.page import Page
from cleantext.render import BULLET, PLAIN, Shape, is_next_line, numbers_of, shapes_of

# What would be read as emphasis, code, a link, HTML or a character reference within a line, an underscore unless it
# stands in a word; as something else than a paragraph at its start; as the second line of a table.
_INLINE = re.compile(r"[\\`*~\[\]<]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_START = re.compile(r"^(?:([#+-]|=+$)|(\d{1,9})([.)]))(?=\s|$)|^(?:>|-{3,}$)")
_DELIMITERS = re.compile(r"[|:\s]*-[|:\s-]*")
PADDED = 30  # columns up to which every row has all cells: of a very wide table that would be far more than its text
_LANGUAGE = re.compile(r"\b(?:language|lang|highlight-source)-([a-z0-9+#-]+)", re.IGNORECASE)


def markdown(document: Document, blocks: Sequence[int]) -> str:
    """`blocks` (their indices, ascending) as Markdown: headings, lists, tables, quotations and code."""
    page = document.page
    assert page is not None
    shapes = dict(zip(blocks, shapes_of(page, blocks), strict=True))
    numbers = numbers_of(page)
    pieces: list[str] = []
    before: tuple[object, ...] | None = None
    last, previous = -1, PLAIN
    indents: list[int] = []  # of what stands in an item of each depth
    other = False  # whether the list has the other kind of marks: a change of them begins a list (CommonMark 5.3)
    for key, group in groupby(blocks, key=lambda index: _kind(index, shapes[index])):
        indices = list(group)
        shape = shapes[indices[0]]
        in_list = key[0] == "item" and shape.list == previous.list
        if before is not None:
            line = is_next_line(page, last, indices[0])
            pieces.append("\n" if in_list else "  \n" if line and key[0] != "item" else "\n\n")
        texts = [document.texts[index] for index in indices]
        if key[0] == "code":
            text = _code(page, shape.verbatim, texts)
        elif key[0] == "table":
            text = _table(indices, shapes, document)
        elif key[0] == "item":
            if not in_list:
                alike = previous.item >= 0 and (previous.item in numbers) == (shape.item in numbers)
                other = alike and not other
            indents = indents[: shape.depth - 1] if in_list else []
            mark = (
                f"{numbers[shape.item]}{')' if other else '.'} " if shape.item in numbers else "* " if other else BULLET
            )
            indent = indents[-1] if indents else 0
            indents += [indent + len(mark)] * (shape.depth - len(indents))
            text = " " * indent + mark + _line(texts[0])
            text += "".join("  \n" + " " * indents[-1] + _line(more) for more in texts[1:])
        else:
            text = "\n".join("#" * shape.heading + " " * bool(shape.heading) + _line(t) for t in texts)
        quote = "> " * shape.quotes
        pieces.append("\n".join(quote + line for line in text.split("\n")) if quote else text)
        before = key
        last, previous = indices[-1], shape
    return "".join(pieces) + ("\n" if pieces else "")


def _kind(index: int, shape: Shape) -> tuple[object, ...]:
    """What a block belongs to with the blocks beside it: the same code, table or item; a paragraph stands alone."""
    if shape.verbatim >= 0:
        return "code", shape.verbatim
    if shape.row >= 0:
        return "table", shape.table
    if shape.item >= 0:
        return "item", shape.item
    return "paragraph", index


def _line(text: str) -> str:
    text = _INLINE.sub(r"\\\g<0>", text.replace("\n", " "))
    if _DELIMITERS.fullmatch(text):
        text = text.replace("|", r"\|")
    return _START.sub(lambda m: f"{m[2]}\\{m[3]}" if m[2] else f"\\{m[0]}", text)


def _code(page: Page, element: int, texts: Sequence[str]) -> str:
    """Code within a fence that is longer than any in it, with the language that the page names."""
    code = "\n".join(texts)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    names = page.attributes[element].get("class") or ""
    inner = page.nodes[element].select_one("code")  # inline, and so no element of the page
    if inner is not None:
        names += f" {inner.attrs.get('class')}"
    found = _LANGUAGE.search(names)
    return f"{fence}{found[1] if found else ''}\n{code}\n{fence}"


def _table(indices: Sequence[int], shapes: Mapping[int, Shape], document: Document) -> str:
    """Rows of cells; the first is the header, as GFM wants one."""
    rows: list[dict[int, str]] = []
    for _, row in groupby(indices, key=lambda index: shapes[index].row):
        cells = {
            column: " ".join(_line(document.texts[i]) for i in blocks).replace("|", r"\|")
            for column, blocks in groupby(row, key=lambda index: shapes[index].column)
        }
        rows.append(cells)
    width = 1 + max(column for cells in rows for column in cells)
    # GFM lets a row end before the others do, but for the header.
    ends = [width, *(width if width <= PADDED else 1 + max(cells) for cells in rows[1:])]
    lines = [
        "| " + " | ".join(cells.get(column, "") for column in range(end)) + " |"
        for cells, end in zip(rows, ends, strict=True)
    ]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)
