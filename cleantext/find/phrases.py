"""The phrase packs: what whole lines say what they are.

A pack is one TOML file per language in ``cleantext/phrases``, a table per group, a phrase per line. A phrase is compared with the whole
line after ``normal``; ``#`` stands for a number, ``*`` for a name or topic (up to 5 words) and ``**`` for anything.
All packs are one table: a line costs one hash and, where wildcards come into question, a short list picked by the
first or last three characters, however many phrases there are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from cleantext.find.normal import normal

# How sure a phrase is on its own, surest first.
ALWAYS = "always"  # goes wherever it is a line of its own
HEADING = "heading"  # the same, and heads a block that is looked at
EDGE = "edge"  # may be a word of the body: goes before the body, after it, or beside other boilerplate
WEAK_HEADING = "weak-heading"  # goes if the block below it proves it, or where an edge phrase would
NEAR = "near"  # goes only beside other boilerplate
STRENGTHS = (ALWAYS, HEADING, EDGE, WEAK_HEADING, NEAR)

NAME_WORDS, NAME_CHARS, ANY_CHARS = 5, 40, 200
INDEXED = 3  # characters by which wildcard phrases are looked up


class Label(NamedTuple):
    """What a phrase says of a line."""

    group: str
    strength: str
    phrase: str
    language: str


class Wildcard(NamedTuple):
    """A phrase with gaps: ``parts[0] gaps[0] parts[1] gaps[1] ...``; a gap is True for a name, False for anything."""

    parts: tuple[str, ...]
    gaps: tuple[bool, ...]
    label: Label

    def matches(self, key: str) -> bool:
        """Whether the whole of `key` is this phrase. Linear: every part is looked for once, leftmost."""
        parts = self.parts
        if not (key.startswith(parts[0]) and key.endswith(parts[-1])):
            return False
        position, last = len(parts[0]), len(parts) - 1
        for number, name in enumerate(self.gaps, 1):
            part = parts[number]
            found = len(key) - len(part) if number == last else key.find(part, position)
            if found < position or not _fits(key, position, found, name):
                return False
            position = found + len(part)
        return True


def _fits(key: str, start: int, end: int, name: bool) -> bool:
    """Whether ``key[start:end]`` can stand in a gap: bounded, and cut from the parts beside it at word limits."""
    gap = key[start:end]
    if not gap.strip():
        return not name and (end == len(key) or start == 0 or gap != "")
    if start and key[start - 1].isalnum() and gap[0].isalnum() and not _unspaced(gap[0]):
        return False
    if end < len(key) and key[end].isalnum() and gap[-1].isalnum() and not _unspaced(gap[-1]):
        return False
    if not name:
        return len(gap) <= ANY_CHARS
    return len(gap) <= NAME_CHARS and gap.count(" ") <= NAME_WORDS and not any(c in ".!?:;。！？" for c in gap)


def _unspaced(char: str) -> bool:
    """Whether `char` belongs to a script that writes no spaces between words (Thai to CJK, not Hangul)."""
    return "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff" or (
        "\u2e80" <= char <= "\u9fff"
    )


class Phrases:
    """All phrases of all packs in one table."""

    def __init__(self) -> None:
        self.whole: dict[str, Label] = {}
        self.starts: dict[str, list[Wildcard]] = {}
        self.ends: dict[str, list[Wildcard]] = {}

    def add(self, label: Label) -> None:
        """Add one phrase; of the same phrase in two packs English wins, then the more cautious strength."""
        if "*" in label.phrase:
            self._add_wildcard(label)
            return
        key = normal(label.phrase)
        known = self.whole.get(key)
        if known is None or (
            known.language != "en" and STRENGTHS.index(label.strength) > STRENGTHS.index(known.strength)
        ):
            self.whole[key] = label

    def _add_wildcard(self, label: Label) -> None:
        parts, gaps = [], []
        rest = label.phrase
        while "*" in rest:
            part, _, rest = rest.partition("*")
            gaps.append(not rest.startswith("*"))
            rest = rest.removeprefix("*")
            parts.append(_part(part))
        parts.append(_part(rest))
        wildcard = Wildcard(tuple(parts), tuple(gaps), label)
        if parts[0]:
            self.starts.setdefault(parts[0][:INDEXED], []).append(wildcard)
        else:
            self.ends.setdefault(parts[-1][-INDEXED:], []).append(wildcard)

    def may_start(self, line: str) -> bool:
        """Whether a phrase with a wildcard may begin `line`: a cheap question to ask before a long line's key."""
        return normal(line[:12])[:INDEXED] in self.starts

    def look_up(self, key: str) -> Label | None:
        """The label of a line whose key is `key`."""
        label = self.whole.get(key)
        if label is not None:
            return label
        for wildcard in self.starts.get(key[:INDEXED], ()):
            if wildcard.matches(key):
                return wildcard.label
        for wildcard in self.ends.get(key[-INDEXED:], ()):
            if wildcard.matches(key):
                return wildcard.label
        return None


    def look_up_parts(self, key: str) -> Label | None:
        """The label of a line made of several phrases, or of a phrase with a number or a bracket behind it.

        If all parts are phrases, the line is what the surest of them is; weak ones together are an edge phrase. A part
        that goes anywhere takes the rest of a short line along if it is at least half of it.
        """
        if key.startswith("#."):
            return None  # an item of a numbered list
        head, bracket, _ = key.partition(" (")
        shorter = head if bracket else key.removesuffix(" #").rstrip(" :")
        label = self.look_up(shorter) if shorter != key else None
        if label is not None:
            return label
        parts = [p for p in (normal(p) for p in key.translate(_PART_BREAKS).split("\n")) if p]
        if not 2 <= len(parts) <= MOST_PARTS:
            return None
        labels = [(self.look_up(part), len(part)) for part in parts]
        first = labels[0][0]
        if first is None:
            return None  # "Ida: Advertisement." is somebody who speaks
        found = sorted(((label, size) for label, size in labels if label), key=lambda f: STRENGTHS.index(f[0].strength))
        if not found:
            return None
        best = found[0][0]
        if best.strength in (ALWAYS, HEADING):
            sure = sum(size for label, size in found if label.strength in (ALWAYS, HEADING))
            led = first.strength in (ALWAYS, HEADING) or len(found) == len(parts)
            return best._replace(strength=ALWAYS) if led and 2 * sure >= sum(map(len, parts)) else None
        return best._replace(strength=EDGE) if len(found) == len(parts) else None


_PART_BREAKS = dict.fromkeys(map(ord, ".!?:/,;>»›→。！？؟।"), "\n")
MOST_PARTS = 12


def _part(part: str) -> str:
    """A fixed part of a wildcard phrase; a colon at its end counts, other marks do not."""
    colon = ":" if part.rstrip().endswith(":") else ""
    key = normal(part)
    return key + colon if key else ""


def packs() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    """(language, content) of every pack: English first, then by name."""
    folder = resources.files("cleantext") / "phrases"
    names = sorted((f.name for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda n: (n != "en.toml", n))
    for name in names:
        yield name.removesuffix(".toml"), tomllib.loads((folder / name).read_text(encoding="utf-8"))


@cache
def phrases() -> Phrases:
    """All packs, read once per process."""
    table = Phrases()
    for language, pack in packs():
        for group, strengths in pack.items():
            if group in ("words", "cues"):
                continue
            for strength, entries in strengths.items():
                for phrase in entries.split("\n"):
                    if phrase:
                        table.add(Label(group, strength, phrase, language))
    return table


@cache
def words(topic: str) -> frozenset[str]:
    """The keys of a word list (``sections``, ``image``, ...) of all packs."""
    return frozenset(normal(w) for _, pack in packs() for w in pack.get("words", {}).get(topic, "").split("\n") if w)

