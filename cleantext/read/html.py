"""Read HTML with the reader that is there, and tell HTML from plain text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeGuard

from cleantext.document import Document
from cleantext.page import Page
from cleantext.read.fast import read_fast

if TYPE_CHECKING:
    from cleantext.read.soup import Soup

Reader = Literal["fast", "soup"]

# What may stand before the first tag of a page (WHATWG MIME Sniffing, 7.1), and how a document begins that is one, or
# may be a piece of one.
_BEFORE = r"\ufeff?\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*){0,5}"
_PAGE = re.compile(_BEFORE + r"<(?:!doctype\s+html|html|head|body)[\s>/]", re.IGNORECASE | re.DOTALL)
_PIECE = re.compile(
    _BEFORE
    + r"<(script|title|meta|link|style|iframe|div|table|article|main|section|header|footer|aside|nav|form|p|h[1-6]"
    r"|ul|ol|dl|pre|blockquote|figure)(?:\s|>|/)",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(
    r"</(?:p|div|li|td|article|main|section|header|footer|aside|nav|h[1-6]|ul|ol|dl|table|pre|blockquote)\s*>",
    re.IGNORECASE,
)


def is_html(source: str) -> bool:
    """Whether `source` is HTML rather than plain text: it begins as a page does, or as a piece of one that ends."""
    if source.lstrip("\ufeff \t\r\n")[:1] != "<":
        return False
    return bool(_PAGE.match(source)) or (bool(_PIECE.match(source)) and bool(_ELEMENT.search(source)))


def is_soup(source: object) -> TypeGuard[Soup]:
    """Whether `source` is a tree of BeautifulSoup, or an element of one. Who has none need not have imported it."""
    tag = getattr(sys.modules.get("bs4"), "Tag", None)
    return tag is not None and isinstance(source, tag)


def read_html(source: str | Soup, reader: Reader = "fast") -> Document:
    """Read `source` as HTML; no str makes it raise. Trees of BeautifulSoup are for its own reader."""
    if isinstance(source, str) and reader == "fast":
        document = read_fast(source)
    else:
        from cleantext.read.soup import read_soup

        document = read_soup(source)
    return replace(document, title=_title(document))


# What sets the name of a site off from the title of a page.
_SITE = re.compile(r"\s*[|·»–—:-]\s")


def _title(document: Document) -> str | None:
    """The headline of a page: of its h1 the one that has most in common with what the page calls itself.

    Where they have nothing in common, the h2 by whose words it begins; else what the page calls itself, or, where that
    is nothing, its first h1.
    """
    page = document.page
    assert page is not None
    said = page.facts.metas.get("og:title", "") or page.facts.title
    known = set(said.lower().split())
    headlines = [document.texts[index] for index in blocks_in(page, "h1")]
    if not known:
        return headlines[0] if headlines else None

    def in_common(headline: str) -> float:
        words = set(headline.lower().split())
        return len(words & known) / len(words | known)

    best = max(headlines, key=in_common, default="")
    if best and in_common(best):
        return best
    for index in blocks_in(page, "h2"):
        text = document.texts[index]
        if said.startswith(text) and (said == text or _SITE.match(said, len(text))):
            return text
    return said


def blocks_in(page: Page, tag: str) -> Iterator[int]:
    """The blocks within elements of a tag, in order."""
    past = 0
    for element, other in enumerate(page.tags):
        if other == tag:
            yield from range(max(past, page.first[element]), page.last[element])
            past = max(past, page.last[element])
