"""The phrase packs: what whole lines say what they are.

A pack is one TOML file per language in ``cleantext/phrases``, a table per group, a phrase per line. A phrase is
compared with the whole line after ``normal``; ``#`` stands for a number, ``*`` for a name or topic (up to 5 words) and
``**`` for anything. All packs are one table: a line costs one hash and, where wildcards come into question, a short
list picked by the first or last few characters, however many phrases there are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from cleantext.find.normal import EDGES, normal

# How sure a phrase is on its own, surest first.
ALWAYS = "always"  # goes wherever it is a line of its own
HEADING = "heading"  # the same, and heads a block that is looked at
EDGE = "edge"  # may be a word of the body: goes before the body, after it, or beside other boilerplate
WEAK_HEADING = "weak-heading"  # goes if the block below it proves it, or where an edge phrase would
NEAR = "near"  # goes only beside other boilerplate
STRENGTHS = (ALWAYS, HEADING, EDGE, WEAK_HEADING, NEAR)

NAME_WORDS, NAME_CHARS, ANY_CHARS = 5, 40, 200
# Characters by which wildcard phrases are looked up: the many that have a long first part, the others.
LONG_INDEXED, INDEXED = 8, 4
MAY_START = 12  # characters of a long line that tell whether a wildcard phrase may begin it


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
    return (
        "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
        or ("\u2e80" <= char <= "\u9fff")
    )


class Indexed(NamedTuple):
    """Wildcard phrases that begin (or end) with the same few characters; ``fixed`` are their first (last) parts.

    ``phrases`` are pairs of that part and the phrase.
    """

    fixed: tuple[str, ...]
    phrases: tuple[tuple[str, Wildcard], ...]


class Phrases:
    """All phrases of all packs in one table."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._whole: dict[str, Label] = {}
        starts: dict[str, list[Wildcard]] = {}
        ends: dict[str, list[Wildcard]] = {}
        for label in labels:
            if "*" not in label.phrase:
                self._add(label)
                continue
            wildcard = _wildcard(label)
            if wildcard.parts[0]:
                first = wildcard.parts[0]
                prefix = first[: LONG_INDEXED if len(first) >= LONG_INDEXED else INDEXED]
                starts.setdefault(prefix, []).append(wildcard)
            else:
                ends.setdefault(wildcard.parts[-1][-INDEXED:], []).append(wildcard)
        # Scripts that write no spaces have parts shorter than the index.
        self._short = _indexed([w for k in list(starts) if len(k) < INDEXED for w in starts.pop(k)], 0)
        self._short_ends = _indexed([w for k in list(ends) if len(k) < INDEXED for w in ends.pop(k)], -1)
        self._starts = {prefix: _indexed(found, 0) for prefix, found in starts.items()}
        self._ends = {suffix: _indexed(found, -1) for suffix, found in ends.items()}

    def _add(self, label: Label) -> None:
        """Add a whole phrase; of the same in two packs English wins, then the more cautious strength."""
        key = _key(label.phrase)
        known = self._whole.get(key)
        if known is None or (
            known.language != "en" and STRENGTHS.index(label.strength) > STRENGTHS.index(known.strength)
        ):
            self._whole[key] = label

    def may_start(self, line: str) -> bool:
        """Whether a phrase with a wildcard may begin `line`: a cheap question to ask before a long line's key."""
        head = line[:LONG_INDEXED].lower()
        if head.encode(errors="replace").translate(None, _LETTERS):
            head = normal(line[:MAY_START])
        starts = self._starts
        if head[:LONG_INDEXED] in starts or head[:INDEXED] in starts:
            return True
        return not head.isascii() and head.startswith(self._short.fixed)

    def look_up(self, key: str) -> Label | None:
        """The label of a line whose key is `key`."""
        label = self._whole.get(key)
        if label is not None:
            return label
        starts = self._starts
        long, start, end = starts.get(key[:LONG_INDEXED]), starts.get(key[:INDEXED]), self._ends.get(key[-INDEXED:])
        if long is not None and long is not start and key.startswith(long.fixed):
            label = _first_match(long, key, key.startswith)
        if start is not None and key.startswith(start.fixed):
            label = _surest(label, _first_match(start, key, key.startswith))
        if label is None and end is not None and key.endswith(end.fixed):
            label = _first_match(end, key, key.endswith)
        if label is None and not key.isascii():
            if key.startswith(self._short.fixed):
                label = _first_match(self._short, key, key.startswith)
            if label is None and key.endswith(self._short_ends.fixed):
                label = _first_match(self._short_ends, key, key.endswith)
        return label

    def look_up_parts(self, key: str) -> Label | None:
        """The label of a line made of several phrases, or of a phrase with a number or a bracket behind it.

        If all parts are phrases, the line is what the surest of them is; weak ones together are an edge phrase. A part
        that goes anywhere takes the rest of a short line along if it is at least half of it.
        """
        if key.startswith("#."):
            return None  # an item of a numbered list
        if " (" in key or key.endswith(" #"):
            head, bracket, _ = key.partition(" (")
            label = self.look_up(head if bracket else key[:-2].rstrip(" :"))
            if label is not None:
                return label
        lines = key.encode().translate(_ASCII_BREAKS).decode() if key.isascii() else key.translate(_PART_BREAKS)
        if "\n" not in lines:
            return None
        first = self._look_up_part(lines.partition("\n")[0].strip(EDGES))
        if first is None:
            return None  # "Ida: Advertisement." is somebody who speaks
        parts = [p for p in (p.strip(EDGES) for p in lines.split("\n")) if p]
        if not 2 <= len(parts) <= MOST_PARTS:
            return None
        labels = [(first, len(parts[0])), *((self._look_up_part(part), len(part)) for part in parts[1:])]
        found = sorted(((label, size) for label, size in labels if label), key=lambda f: STRENGTHS.index(f[0].strength))
        best = found[0][0]
        if best.strength in (ALWAYS, HEADING):
            sure = sum(size for label, size in found if label.strength in (ALWAYS, HEADING))
            if first.group == "ad" and first.strength == ALWAYS and key.count(" ") < AD_WORDS:
                return first  # "Advertisement – story continues below", however it goes on
            led = first.strength in (ALWAYS, HEADING) or len(found) == len(parts)
            return best._replace(strength=ALWAYS) if led and 2 * sure >= sum(map(len, parts)) else None
        return best._replace(strength=EDGE) if len(found) == len(parts) else None

    def _look_up_part(self, part: str) -> Label | None:
        return self.look_up(part) or (self.look_up(part[:-2]) if part.endswith(" #") else None)


_PART_BREAKS = dict.fromkeys(map(ord, ".!?:/,;>»›→。！？؟।"), "\n")
_ASCII_BREAKS = bytes(ord("\n") if c in _PART_BREAKS else c for c in range(256))
MOST_PARTS, AD_WORDS = 12, 8
_WIDE = str.maketrans("：？！", ":?!")
_LETTERS = b"abcdefghijklmnopqrstuvwxyz "


def _wildcard(label: Label) -> Wildcard:
    parts, gaps = [], []
    rest = label.phrase
    while "*" in rest:
        part, _, rest = rest.partition("*")
        gaps.append(not rest.startswith("*"))
        rest = rest.removeprefix("*")
        parts.append(_part(part))
    return Wildcard((*parts, _part(rest)), tuple(gaps), label)


def _first_match(indexed: Indexed, key: str, begins: Callable[[str], bool]) -> Label | None:
    """The label of the first phrase whose part `begins` (or ends) `key` and that matches it."""
    for part, wildcard in indexed.phrases:
        if begins(part) and wildcard.matches(key):
            return wildcard.label
    return None


def _surest(label: Label | None, other: Label | None) -> Label | None:
    """The surer of two labels, the first if they are equally sure."""
    if label is None or other is None:
        return label or other
    return min(label, other, key=lambda found: STRENGTHS.index(found.strength))


def _indexed(found: list[Wildcard], part: int) -> Indexed:
    """Wildcard phrases, the surest first and the longest of them foremost: the first that matches is taken."""
    found.sort(key=lambda w: (STRENGTHS.index(w.label.strength), -len(w.label.phrase), w.label))
    return Indexed(tuple({w.parts[part] for w in found}), tuple((w.parts[part], w) for w in found))


def _part(part: str) -> str:
    """A fixed part of a wildcard phrase; a colon, question or exclamation mark at its end counts, others do not."""
    part = part.strip()
    key, last = _key(part), part[-1:].translate(_WIDE)
    return key + last if key and last in ":?!" else key


def _key(phrase: str) -> str:
    """`normal` of a phrase. Many are written as their key: ASCII letters and single spaces need no way through it."""
    plain = phrase.islower() and not phrase.encode().translate(None, _LETTERS) and "  " not in phrase
    return phrase if plain else normal(phrase)


@cache
def packs() -> tuple[tuple[str, dict[str, dict[str, str]]], ...]:
    """(language, content) of every pack, read once per process: English first, then by name."""
    folder = resources.files("cleantext") / "phrases"
    names = sorted((f.name for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda n: (n != "en.toml", n))
    return tuple((n.removesuffix(".toml"), tomllib.loads((folder / n).read_text(encoding="utf-8"))) for n in names)


def _labels() -> Iterator[Label]:
    for language, pack in packs():
        for group, strengths in pack.items():
            if group in ("words", "cues"):
                continue
            for strength, lines in strengths.items():
                for phrase in lines.split("\n"):
                    if phrase:
                        yield Label(group, strength, phrase, language)


@cache
def phrases() -> Phrases:
    """All packs, read once per process."""
    return Phrases(_labels())


@cache
def words(topic: str) -> frozenset[str]:
    """The keys of a word list (``sections``, ``image``, ...) of all packs."""
    return frozenset(
        normal(w)
        for _, pack in packs()
        for w in pack.get("words", {}).get(topic, "").split("\n")
        if normal(w).strip("#")
    )
