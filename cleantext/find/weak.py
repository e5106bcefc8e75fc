"""What unclaimed lines seem to be: weak lines, to be proved by their place or their neighbours."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleantext.document import Document
from cleantext.find.context import no_labels
from cleantext.find.cues import cue, cues
from cleantext.find.facts import facts, frequency
from cleantext.find.normal import normal
from cleantext.find.phrases import NEAR, Label, phrases
from cleantext.find.zones import stops, zones

# Captions and bylines stand amid the body: they say nothing of the line beside them.
NO_EVIDENCE = frozenset({"caption", "byline"})
CUED_WORDS = 45  # of a line that a cue word may mark: longer is body until proved otherwise
SENTENCE_CUES = 2  # of a sentence that a phrase with a gap begins
BAR_WORDS, NUMBERS = 8, 3  # words of a line of names of networks; bare numbers of a document that may count clicks
CURRENCIES = frozenset("$€£¥₹₩₽₺₴")  # a price counts nothing
CUE = "cue"


class Weak(NamedTuple):
    """What a line seems to be: a phrase or cue word of `group`, to be proved by place or neighbours."""

    group: str
    strength: str
    why: str


class Link(NamedTuple):
    """A weak line that is proved, and by what."""

    group: str
    why: str


@cache
def _labelled(label: Label) -> Weak:
    return Weak(label.group, label.strength, f"“{label.phrase}” ({label.language})")


def weak_lines(document: Document) -> dict[int, Weak]:
    """Every unclaimed line that a phrase, or outside the body a cue word, marks as what may be boilerplate.

    Cue words are asked only where something is boilerplate for certain.
    """
    known, where, claims = facts(document), zones(document), document.claims
    weak: dict[int, Weak] = {}
    asked = {*known.labelled, *(where.outside(len(document.texts)) if claims else ())}
    for index in sorted(asked):
        label = known.labels[index]
        if index in document.marked or index == where.headline:
            continue
        if label is not None:
            sentence = "*" in label.phrase and stops(document.texts[index])
            if label.group not in NO_EVIDENCE and not (sentence and len(cues(document, index)) < SENTENCE_CUES):
                weak[index] = _labelled(label)
        elif known.words[index] <= CUED_WORDS:
            if any(no_labels(document, [index], known.keys)):
                continue
            if where.headline is None and index < where.head_end and not known.prose[index]:
                continue  # it may be a short headline
            found = _unlabelled(document, index)
            if found is not None:
                weak[index] = found
    return weak


def _unlabelled(document: Document, index: int) -> Weak | None:
    """What a line of unknown wording outside the body seems to be, None if nothing says so."""
    key = facts(document).keys[index] or normal(document.texts[index])
    if key == "#" and CURRENCIES.isdisjoint(document.texts[index]) and _counts(document, index):
        return Weak("share", CUE, "a bare number")
    if _names_networks(key):
        return Weak("share", NEAR, "names of networks")
    found = cue(document, index)
    return Weak(found[1], CUE, f"“{found[0]}”") if found is not None else None


def _names_networks(key: str) -> bool:
    """Whether a short line is made of nothing but names of networks and other buttons of a share bar."""
    tokens = key.split()
    if not 2 <= len(tokens) <= BAR_WORDS:
        return False
    labels = [phrases().look_up(token) for token in tokens]
    return all(label is not None and label.group == "share" for label in labels)


def _counts(document: Document, index: int) -> bool:
    """Whether a bare number stands beside a line of a share or comment bar, and between no other numbers."""
    known = facts(document)
    beside_bar = any(
        0 <= i < len(known.labels) and (label := known.labels[i]) is not None and label.group in ("share", "comments")
        for i in (index - 1, index + 1)
    )
    return beside_bar and frequency(document)["#"] <= NUMBERS
