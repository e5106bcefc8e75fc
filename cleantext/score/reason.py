"""What speaks against a block, in a few words: the plainest of the heuristics that the score weighs."""

from __future__ import annotations

from cleantext.document import Document
from cleantext.find.facts import facts
from cleantext.page import ARIA_HIDDEN, FALLBACK, HIDDEN
from cleantext.score.families import NAMES
from cleantext.score.model import model

# Elements and families of names that body text seldom stands in, in the words of a reader.
OUTSIDE = frozenset("nav header footer aside form dialog button select menu label noscript".split())
UNLIKE = frozenset(
    "nav header footer sidebar widget comments share related popular newsletter promo ad consent overlay breadcrumb "
    "pagination tags author meta caption search account form shop review signature toc carousel unseen legal alert "
    "stats button paywall print skip logo".split()
)
_UNLIKE_BITS = sum(1 << NAMES.index(name) for name in UNLIKE)
LINKED = 0.5  # share of links from which they are worth naming
NEAR = 6  # elements above a block that are looked at


def reason(document: Document, first: int, last: int) -> str:
    """Why the blocks from `first` to `last` (half-open) are likely not body text."""
    page = document.page
    assert page is not None
    texts = document.texts[first:last]
    words = sum(len(t.split()) for t in texts)
    if sum(page.link_chars[first:last]) > LINKED * sum(map(len, texts)):
        return f"{sum(page.links[first:last])} links in {words} words"
    longest = max(range(first, last), key=lambda index: len(document.texts[index]))
    element = page.owners[longest]
    tables = model().tables
    for _ in range(NEAR):
        tag, attributes = page.tags[element], page.attributes[element]
        if tag in OUTSIDE:
            return f"in <{tag}>"
        if attributes:
            found = tables.families(attributes) & _UNLIKE_BITS
            if found:
                return f"in an element named for {NAMES[found.bit_length() - 1]}"
        element = page.parents[element]
    hidden = page.hidden[page.owners[longest]]
    for bit, said in ((HIDDEN, "hidden"), (ARIA_HIDDEN, "hidden from screen readers"), (FALLBACK, "a fallback")):
        if hidden & bit:
            return said
    return f"{words} words among boilerplate" if words > 1 else "a word among boilerplate"


def reason_of_lines(document: Document, first: int, last: int) -> str:
    """Why the lines from `first` to `last` (half-open) of a text are likely not body text."""
    known = facts(document)
    words = sum(known.words[first:last])
    sentences = sum(known.prose[first:last])
    if sentences:
        return f"{words} words among boilerplate"
    return f"{words} words in {last - first} lines, no sentence" if last - first > 1 else f"{words} words, no sentence"
