"""Extractors, each as a function from HTML to body text; only those that are installed can be made."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable

Extract = Callable[[str], str]


def cleantext() -> Extract:
    """The package with its default settings."""
    from cleantext import Cleaner

    cleaner = Cleaner()
    return lambda html: cleaner.clean(html, kind="html").text


def cleantext_spans() -> Extract:
    """cleantext, asked for the places of all that was kept as well."""
    from cleantext import Cleaner

    cleaner = Cleaner()

    def extract(html: str) -> str:
        result = cleaner.clean(html, kind="html")
        _ = result.kept  # worked out when it is asked for
        return result.text

    return extract


def cleantext_named() -> Extract:
    """The package without its score."""
    from cleantext import Cleaner

    cleaner = Cleaner(ignore=["body"])
    return lambda html: cleaner.clean(html, kind="html").text


def trafilatura() -> Extract:
    """Trafilatura, without comments."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False) or ""


def resiliparse() -> Extract:
    """Resiliparse's main content extraction."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True))


def inscriptis() -> Extract:
    """The whole page as text, nothing taken out."""
    from inscriptis import get_text

    return lambda html: str(get_text(html))


def beautifulsoup() -> Extract:
    """The text nodes of the whole page, a line each, as ``get_text`` gives them."""
    from bs4 import BeautifulSoup

    def extract(html: str) -> str:
        tree = BeautifulSoup(html, "lxml")
        for element in tree(["script", "style", "noscript", "template"]):
            element.decompose()
        return tree.get_text("\n", strip=True)

    return extract


def html2text() -> Extract:
    """The whole page as Markdown without links and emphasis."""
    from html2text import HTML2Text

    def extract(html: str) -> str:
        writer = HTML2Text(bodywidth=0)
        writer.ignore_links = writer.ignore_images = writer.ignore_emphasis = True
        return str(writer.handle(html))

    return extract


EXTRACTORS: dict[str, Callable[[], Extract]] = {
    f.__name__: f
    for f in (
        cleantext,
        cleantext_spans,
        cleantext_named,
        trafilatura,
        resiliparse,
        inscriptis,
        beautifulsoup,
        html2text,
    )
}


def make(name: str) -> Extract:
    """An extractor by name. Raises KeyError for an unknown one, ImportError for one that is not installed."""
    warnings.filterwarnings("ignore")
    return EXTRACTORS[name]()
