"""The phrase packs as one table: what look-up needs of them, the key of every phrase, and what each says of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from cleantext.find.normal import normal
from cleantext.find.packs import FIRST, Pack

# How sure a phrase is on its own, surest first.
ALWAYS = "always"  # goes wherever it is a line of its own
HEADING = "heading"  # the same, and heads a block that is looked at
EDGE = "edge"  # may be a word of the body: goes before the body, after it, or beside other boilerplate
WEAK_HEADING = "weak-heading"  # goes if the block below it proves it, or where an edge phrase would
NEAR = "near"  # goes only beside other boilerplate
STRENGTHS = (ALWAYS, HEADING, EDGE, WEAK_HEADING, NEAR)

# Characters by which wildcard phrases are looked up: the many that have a long first part, the others.
LONG_INDEXED, INDEXED = 8, 4
# Tables of a pack that hold words, not phrases.
WORDS, CUES = "words", "cues"
_WIDE = str.maketrans("：？！", ":?!")
_LETTERS = b"abcdefghijklmnopqrstuvwxyz "
# The character that stands for the first kind of phrase; all others follow it, so that none is a tab or a line break.
_FIRST_KIND = ord("!")


class Label(NamedTuple):
    """What a phrase says of a line."""

    group: str
    strength: str
    phrase: str
    language: str

    @property
    def kind(self) -> str:
        """What it has in common with many other phrases."""
        return f"{self.group} {self.strength} {self.language}"


class Wild(NamedTuple):
    """A phrase with a wildcard and the key of its first part or, if it begins with a wildcard, of its last."""

    part: str
    label: Label


class Table(NamedTuple):
    """What all packs say, as strings only: they are read fast and cost the garbage collector nothing.

    ``kinds`` are the different "group strength language". An entry stands for a label: one character for its kind, then
    the phrase, unless that is its own key. ``whole`` has the entry for the key of every phrase without wildcards. Those
    with wildcards stand in ``starts`` by the first 8 or 4 characters of their first part or, if they begin with one, in
    ``ends`` by the last 4 of their last part: that part, unless it is written like its key, a tab and the entry on each
    line, the one to be tried first foremost. The short ones are those whose part has fewer characters, as in scripts
    that write no spaces, by the first or last of them. ``words`` has a key per line for each topic, ``cues`` a key, a
    tab and a group per line for each language. ``opening`` holds the first 4 characters of what is in ``starts``,
    ``closing`` what is in ``ends``: few lines have them, and a set is the cheapest to ask.
    """

    kinds: tuple[str, ...]
    opening: frozenset[str]
    closing: frozenset[str]
    whole: Mapping[str, str]
    starts: Mapping[str, str]
    ends: Mapping[str, str]
    short_starts: Mapping[str, str]
    short_ends: Mapping[str, str]
    words: Mapping[str, str]
    cues: Mapping[str, str]

    def label(self, entry: str, key: str) -> Label:
        """The label that `entry` stands for, of a phrase whose key is `key`."""
        group, strength, language = self.kinds[ord(entry[0]) - _FIRST_KIND].split(" ")
        return Label(group, strength, entry[1:] or key, language)


def build(packs: Iterable[tuple[str, Pack]]) -> Table:
    """The table of packs, by (language, content), worked out; this takes about a second."""
    packs = tuple(packs)
    whole: dict[str, Label] = {}
    starting: list[Wild] = []
    ending: list[Wild] = []
    for label in _labels(packs):
        head, wild, _ = label.phrase.partition("*")
        if not wild:
            _add(whole, label)
        elif first := part_key(head):
            starting.append(Wild(first, label))
        else:
            ending.append(Wild(part_key(label.phrase.rpartition("*")[2]), label))
    kinds = tuple(sorted({label.kind for label in (*whole.values(), *(w.label for w in starting + ending))}))
    signs = {kind: chr(_FIRST_KIND + number) for number, kind in enumerate(kinds)}
    starts = _index(signs, (w for w in starting if len(w.part) >= INDEXED), _prefix)
    ends = _index(signs, (w for w in ending if len(w.part) >= INDEXED), lambda part: part[-INDEXED:])
    return Table(
        kinds=kinds,
        opening=frozenset(head[:INDEXED] for head in starts),
        closing=frozenset(ends),
        whole={key: _entry(signs, label, key) for key, label in sorted(whole.items())},
        starts=starts,
        ends=ends,
        short_starts=_index(signs, (w for w in starting if len(w.part) < INDEXED), lambda part: part[:1]),
        short_ends=_index(signs, (w for w in ending if len(w.part) < INDEXED), lambda part: part[-1:]),
        words=_words(packs),
        cues=_cues(packs),
    )


def _labels(packs: Iterable[tuple[str, Pack]]) -> Iterator[Label]:
    for language, pack in packs:
        for group, strengths in pack.items():
            if group in (WORDS, CUES):
                continue
            for strength, lines in strengths.items():
                for phrase in lines.split("\n"):
                    if phrase:
                        yield Label(group, strength, phrase, language)


def _add(whole: dict[str, Label], label: Label) -> None:
    """Add a whole phrase; of the same in two packs English wins, then the more cautious strength."""
    key = _key(label.phrase)
    known = whole.get(key)
    if known is None or (known.language != FIRST and STRENGTHS.index(label.strength) > STRENGTHS.index(known.strength)):
        whole[key] = label


def _entry(signs: Mapping[str, str], label: Label, key: str) -> str:
    return signs[label.kind] + ("" if label.phrase == key else label.phrase)


def _prefix(part: str) -> str:
    return part[: LONG_INDEXED if len(part) >= LONG_INDEXED else INDEXED]


def _index(signs: Mapping[str, str], found: Iterable[Wild], chars: Callable[[str], str]) -> dict[str, str]:
    """Wildcard phrases by some characters of their part.

    Those with the same stand the surest first and the longest of them foremost: the first that matches is taken.
    """
    ordered = sorted(found, key=lambda w: (STRENGTHS.index(w.label.strength), -len(w.label.phrase), w.label))
    lines: dict[str, list[str]] = {}
    for part, label in ordered:
        entry = signs[label.kind] + label.phrase
        lines.setdefault(chars(part), []).append(f"{'' if _fixed(label.phrase) == part else part}\t{entry}")
    return {key: "\n".join(lines[key]) for key in sorted(lines)}


def wild_entries(lines: str) -> list[tuple[str, str]]:
    """(part, entry) of the wildcard phrases that stand in a table as `lines`."""
    found = (line.partition("\t") for line in lines.split("\n"))
    return [(part or _fixed(entry[1:]), entry) for part, _, entry in found]


def _fixed(phrase: str) -> str:
    """The first fixed part of a wildcard phrase or, if it begins with a wildcard, the last, as it is written."""
    return phrase.partition("*")[0].strip() or phrase.rpartition("*")[2].strip()


def _words(packs: Iterable[tuple[str, Pack]]) -> dict[str, str]:
    """The keys of each word list of all packs."""
    keys: dict[str, set[str]] = {}
    for _, pack in packs:
        for topic, lines in pack.get(WORDS, {}).items():
            keys.setdefault(topic, set()).update(key for word in lines.split("\n") if (key := normal(word)).strip("#"))
    return {topic: "\n".join(sorted(found)) for topic, found in sorted(keys.items())}


def _cues(packs: Iterable[tuple[str, Pack]]) -> dict[str, str]:
    """The keys of the cue words of each language, with their groups."""
    return {
        language: "\n".join(
            f"{normal(stem)}\t{group}" for group, stems in pack[CUES].items() for stem in stems.split("\n") if stem
        )
        for language, pack in packs
        if CUES in pack
    }


def part_key(part: str) -> str:
    """A fixed part of a wildcard phrase; a colon, question or exclamation mark at its end counts, others do not."""
    part = part.strip()
    key, last = _key(part), part[-1:].translate(_WIDE)
    return key + last if key and last in ":?!" else key


def _key(phrase: str) -> str:
    """`normal` of a phrase. Many are written as their key: ASCII letters and single spaces need no way through it."""
    plain = phrase.islower() and not phrase.encode().translate(None, _LETTERS) and "  " not in phrase
    return phrase if plain else normal(phrase)
