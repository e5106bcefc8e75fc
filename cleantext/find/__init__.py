"""The finders that rules are built from.

``phrases`` looks whole lines up in the phrase packs, ``lines`` searches them with a pattern under a time limit,
``repeats`` finds copies of the headline; ``facts`` and ``zones`` say what is known of every line and of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleantext.document import Document, once
from cleantext.find.facts import facts
from cleantext.find.phrases import ALWAYS, HEADING
from cleantext.span import Finding

# Likelihoods that a rule states for what it finds. Not fitted: the order is what counts, so that a caller can ask for
# the surest only. SURE: the line says what it is. LIKELY: its shape and place do. PROBABLE: its neighbours do.
SURE, LIKELY, PROBABLE = 0.98, 0.9, 0.8


def take(document: Document, first: int, last: int | None = None, *, why: str = "", score: float = SURE) -> Finding:
    """A finding that covers the blocks from `first` to `last` (both included)."""
    return Finding(document.starts[first], document.ends[first if last is None else last], why, score)


@once
def _certain(document: Document) -> dict[str, list[int]]:
    """The lines that are a phrase that goes wherever it stands, by group."""
    known = facts(document)
    certain: dict[str, list[int]] = {}
    for index in known.labelled:
        label = known.labels[index]
        if label is not None and label.strength in (ALWAYS, HEADING):
            certain.setdefault(label.group, []).append(index)
    return certain


def phrases(document: Document, group: str) -> Iterator[Finding]:
    """The lines that are, as a whole, a phrase of `group` that goes wherever it stands."""
    found = _certain(document).get(group)
    return _said(document, found) if found else iter(())


def _said(document: Document, lines: Iterable[int]) -> Iterator[Finding]:
    known = facts(document)
    for index in lines:
        label = known.labels[index]
        if label is not None:
            yield take(document, index, why=f"“{label.phrase}” ({label.language})")
