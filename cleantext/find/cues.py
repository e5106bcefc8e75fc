"""Cue words: stems that, outside the body, say what a line of unknown wording is about."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from cleantext.document import Document, once
from cleantext.find.facts import CLOSERS, FULL_STOPS, facts
from cleantext.find.normal import normal
from cleantext.find.packs import in_order
from cleantext.find.patterns import LONG
from cleantext.find.stored import table

# Words from which a line may be a paragraph of the body; in that, or in a sentence, one cue word is chance.
LONG_LINE = 15
REMEMBERED = 4096  # lines, for the rules and passes that ask again
Cues = tuple[tuple[str, str], ...]


@lru_cache(64)
def _cues(languages: frozenset[str]) -> Cues:
    """(stem, group) of the cue words of some languages' packs, longest first."""
    found: dict[str, str] = {}
    for language in in_order(languages):
        lines = table().cues.get(language)
        if lines:
            found.update((stem, group) for stem, _, group in (line.partition("\t") for line in lines.split("\n")))
    return tuple(sorted(found.items(), key=lambda cue: (-len(cue[0]), cue)))


@once
def _languages(document: Document) -> frozenset[str]:
    """The languages most of the document's labels are in, and English, which sites of all languages use."""
    known = facts(document)
    counts = Counter(label.language for i in known.labelled if (label := known.labels[i]) is not None)
    most = max(counts.values(), default=0)
    return frozenset({"en", *(language for language, count in counts.items() if 2 * count > most)})


def cues(document: Document, index: int) -> Cues:
    """The (stem, group) of the document's languages that stand in a block; of stems within one another the longest."""
    key = facts(document).keys[index] or normal(document.texts[index])
    return (_remembered if len(key) <= LONG else _found)(key, _languages(document))


def _found(key: str, languages: frozenset[str]) -> Cues:
    found: list[tuple[str, str]] = []
    for stem, group in _cues(languages):
        if stem in key and not any(stem in longer for longer, _ in found):
            found.append((stem, group))
    return tuple(found)


_remembered = lru_cache(REMEMBERED)(_found)


def cue(document: Document, index: int) -> tuple[str, str] | None:
    """The longest (stem, group) that stands in a block, None if none does; a sentence needs two of them."""
    found = cues(document, index)
    text = document.texts[index].rstrip(CLOSERS)
    sentence = facts(document).words[index] >= LONG_LINE or (text[-1:] in FULL_STOPS and not text.endswith("..."))
    return found[0] if len(found) > sentence else None
