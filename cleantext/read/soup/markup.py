"""The markup of a tree of BeautifulSoup, however deep it is."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import AttributeValueWithCharsetSubstitution, NavigableString, PageElement, Tag
from bs4.formatter import Formatter


def markup_of_tree(tree: Tag) -> str:
    """``str(tree)``; never raises.

    BeautifulSoup itself compares elements with all that is in them, for which some trees are too deep.
    """
    try:
        return str(tree)
    except RecursionError:
        return _deep_markup(tree)


def _deep_markup(tree: Tag) -> str:
    """The same without a look at more than one element at a time."""
    formatter = tree.formatter_for_name("minimal")
    found = ['<?xml version="1.0" encoding="utf-8"?>\n'] if isinstance(tree, BeautifulSoup) and tree.is_xml else []
    open_elements: list[tuple[Iterator[PageElement], str]] = [(iter([tree]), "")]
    while open_elements:
        children, end = open_elements[-1]
        child = next(children, None)
        if child is None:
            found.append(end)
            open_elements.pop()
        elif isinstance(child, Tag):
            name = f"{child.prefix}:{child.name}" if child.prefix else child.name
            hidden = child.hidden  # the whole tree, which has no tags of its own
            if not hidden:
                closed = formatter.void_element_close_prefix or "" if child.is_empty_element else ""
                found.append(f"<{name}{''.join(_written(child, formatter))}{closed}>")
            open_elements.append((iter(child.contents), "" if hidden or child.is_empty_element else f"</{name}>"))
        elif isinstance(child, NavigableString):
            found.append(child.output_ready(formatter))
    return "".join(found)


def _written(element: Tag, formatter: Formatter) -> Iterator[str]:
    """The attributes of an element, as they are written."""
    for name, value in formatter.attributes(element):
        text = " ".join(value) if isinstance(value, list | tuple) else value
        if isinstance(text, AttributeValueWithCharsetSubstitution):
            text = text.substitute_encoding("utf-8")
        said = "" if text is None else f"={formatter.quoted_attribute_value(formatter.attribute_value(text))}"
        yield f" {name}{said}"
