"""Text with plain spaces where it has those that do not break or are thin: what separators are looked for in."""

from __future__ import annotations

from dataclasses import replace

from cleantext.document import Document, once

NO_BREAK = "\u00a0\u202f\u2009\u2007"  # no-break, narrow no-break, thin and figure space
_PLAIN = dict.fromkeys(map(ord, NO_BREAK), " ")


@once
def spaced(document: Document) -> Document:
    """`document` with plain spaces, every offset the same; most have no others and are returned as they are."""
    if document.source.isascii() or not any(space in document.source for space in NO_BREAK):
        return document
    texts = tuple(text.translate(_PLAIN) for text in document.texts)
    return replace(document, source=document.source.translate(_PLAIN), texts=texts)
