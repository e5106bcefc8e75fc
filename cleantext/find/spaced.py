"""Text with plain spaces where it has those that do not break or are thin: what separators are looked for in."""

from __future__ import annotations

from dataclasses import replace

from cleantext.document import Document, once

NO_BREAK = "\u00a0\u202f\u2009\u2007"  # no-break, narrow no-break, thin and figure space


@once
def spaced(document: Document) -> Document:
    """`document` with plain spaces, every offset the same; most have no others and are returned as they are."""
    spaces = [] if document.source.isascii() else [space for space in NO_BREAK if space in document.source]
    source, texts = document.source, document.texts
    for space in spaces:  # to translate all at once would look every character up
        source = source.replace(space, " ")
        texts = tuple([text.replace(space, " ") for text in texts])
    return replace(document, source=source, texts=texts) if spaces else document
