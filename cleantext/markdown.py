"""The blocks of a page that stay as GitHub Flavored Markdown (GFM 0.29)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from cleantext.document import Document
from cleantext.page import Page
from cleantext.render import BULLET, Shape, numbers_of, shapes_of

# What would be read as emphasis, code, a link or HTML within a line; as something else than a paragraph at its start.
_INLINE = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)")
_START = re.compile(r"^(?:([#>+-]|~{3}|=+$)|(\d{1,9})([.)]))(?=\s|$)|^(~{3}|-{3,}$)")
_LANGUAGE = re.compile(r"\b(?:language|lang|highlight-source)-([a-z0-9+#-]+)", re.IGNORECASE)


def markdown(document: Document, blocks: Sequence[int]) -> str:
    """`blocks` (their indices, ascending) as Markdown: headings, lists, tables, quotations and code."""
    page = document.page
    assert page is not None
    shapes = dict(zip(blocks, shapes_of(page, blocks), strict=True))
    numbers = numbers_of(page)
    pieces: list[str] = []
    before: tuple[object, ...] | None = None
    for key, group in groupby(blocks, key=lambda index: _kind(page, index, shapes[index])):
        indices = list(group)
        if before is not None:
            together = key[0] == before[0] == "item" or page.breaks[indices[0]]
            pieces.append(("  \n" if page.breaks[indices[0]] and key[0] != "item" else "\n") if together else "\n\n")
        shape = shapes[indices[0]]
        texts = [document.texts[index] for index in indices]
        if key[0] == "code":
            text = _code(page, shape.verbatim, texts)
        elif key[0] == "table":
            text = _table(page, indices, shapes, document)
        elif key[0] == "item":
            mark = f"{numbers[shape.item]}. " if shape.item in numbers else BULLET
            text = "   " * (shape.depth - 1) + mark + _line(texts[0])
            text += "".join("  \n" + "   " * shape.depth + _line(more) for more in texts[1:])
        else:
            text = "\n".join("#" * shape.heading + " " * bool(shape.heading) + _line(t) for t in texts)
        quote = "> " * shape.quotes
        pieces.append("\n".join(quote + line for line in text.split("\n")) if quote else text)
        before = key
    return "".join(pieces) + ("\n" if pieces else "")


def _kind(page: Page, index: int, shape: Shape) -> tuple[object, ...]:
    """What a block belongs to with the blocks beside it: the same code, table or item; a paragraph stands alone."""
    if shape.verbatim >= 0:
        return "code", shape.verbatim
    if shape.row >= 0:
        return "table", page.parents[shape.row]
    if shape.item >= 0:
        return "item", shape.item
    return "paragraph", index


def _line(text: str) -> str:
    text = _INLINE.sub(r"\\\g<0>", text.replace("\n", " "))
    return _START.sub(lambda m: f"{m[2]}\\{m[3]}" if m[2] else f"\\{m[0]}", text)


def _code(page: Page, element: int, texts: Sequence[str]) -> str:
    """Code within a fence that is longer than any in it, with the language that the page names."""
    code = "\n".join(texts)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    names = page.attributes[element].get("class") or ""
    found = _LANGUAGE.search(names)
    return f"{fence}{found[1] if found else ''}\n{code}\n{fence}"


def _table(page: Page, indices: Sequence[int], shapes: dict[int, Shape], document: Document) -> str:
    """Rows of cells; the first is the header, as GFM wants one."""
    rows = []
    for _, row in groupby(indices, key=lambda index: shapes[index].row):
        cells = groupby(row, key=lambda index: shapes[index].cell)
        rows.append([" ".join(_line(document.texts[i]) for i in cell).replace("|", r"\|") for _, cell in cells])
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)
