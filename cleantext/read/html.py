"""Read HTML with the reader that is there, and tell HTML from plain text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeGuard

from cleantext.budget import UNLIMITED, Budget
from cleantext.document import Document
from cleantext.page import Page

if TYPE_CHECKING:
    from cleantext.read.soup import Soup

Reader = Literal["fast", "soup"]

# How a document begins that is a page, or may be a piece of one.
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>/]", re.IGNORECASE)
_PIECE = re.compile(
    r"<(?:script|title|meta|link|style|iframe|div|table|article|main|section|header|footer|aside|nav|form|p|h[1-6]|ul|ol"
    r"|dl|pre|blockquote|figure)[\s>/]",
    re.IGNORECASE,
)
_ELEMENT = re.compile(
    r"</(?:p|div|li|td|article|main|section|header|footer|aside|nav|h[1-6]|ul|ol|dl|table|pre|blockquote)\s*>",
    re.IGNORECASE,
)


def is_html(source: str) -> bool:
    """Whether `source` is HTML rather than plain text: it begins as a page does, or as a piece of one that ends."""
    at = _first_tag(source)
    return bool(_PAGE.match(source, at)) or (bool(_PIECE.match(source, at)) and bool(_ELEMENT.search(source, at)))


def _first_tag(source: str) -> int:
    """Where what may stand before a page ends: a byte order mark, white space, comments, an XML declaration."""
    at = int(source.startswith("\ufeff"))
    while True:
        while source[at : at + 1].isspace():
            at += 1
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4) + 3
        elif source.startswith("<?xml", at):
            end = source.find(">", at) + 1
        else:
            return at
        if end <= at:
            return at
        at = end


def is_soup(source: object) -> TypeGuard[Soup]:
    """Whether `source` is a tree of BeautifulSoup, or an element of one. Who has none need not have imported it."""
    tag = getattr(sys.modules.get("bs4"), "Tag", None)
    return tag is not None and isinstance(source, tag)


def markup_of_tree(tree: Soup) -> str:
    """The markup of a tree of BeautifulSoup, ``str(tree)``, however deep it is."""
    from cleantext.read.soup.markup import markup_of_tree

    return markup_of_tree(tree)


def read_html(source: str | Soup, reader: Reader = "fast", budget: Budget = UNLIMITED) -> Document:
    """Read `source` as HTML, for finders that have `budget`; no str makes it raise.

    Trees of BeautifulSoup are for its own reader.
    """
    if isinstance(source, str) and reader == "fast":
        from cleantext.read.fast import read_fast  # a text needs no parser

        document = read_fast(source)
    else:
        from cleantext.read.soup import read_soup

        document = read_soup(source)
    return replace(document, title=_title(document), budget=budget)


# What sets the name of a site off from the title of a page.
_SITE = re.compile(r"\s*[|·»–—:-]\s")


def _title(document: Document) -> str | None:
    """The headline of a page: of its h1, whole or a line of one, what has most in common with what it calls itself.

    Where they have less than half of their words in common, the h2 with whose words that begins; else what the page
    calls itself, or, where that is nothing, its first h1.
    """
    page = document.page
    assert page is not None
    said = page.facts.metas.get("og:title", "") or page.facts.title
    known = set(said.lower().split())
    headlines: list[str] = []
    for blocks in ranges_of(page, "h1"):
        lines = document.texts[blocks.start : blocks.stop]
        headlines += [" ".join(lines), *lines] if len(lines) > 1 else lines
    if not known:
        return headlines[0] if headlines else None

    def in_common(headline: str) -> float:
        words = set(headline.lower().split())
        both = len(words & known)
        enough = both >= max(min(len(words), len(known)) / 2, min(2, len(words)))
        return both / len(words | known) if enough else 0

    best = max(headlines, key=in_common, default="")
    if best and in_common(best):
        return best
    for blocks in ranges_of(page, "h2"):
        for text in document.texts[blocks.start : blocks.stop]:
            if said.startswith(text) and (said == text or _SITE.match(said, len(text))):
                return text
    return said


def ranges_of(page: Page, tag: str) -> Iterator[range]:
    """The blocks in each element of a tag, in order, those within another one left out."""
    past = 0
    for element, other in enumerate(page.tags):
        if other == tag and page.first[element] >= past and page.first[element] < page.last[element]:
            past = page.last[element]
            yield range(page.first[element], past)
