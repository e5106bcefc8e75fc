"""The phrase packs: what whole lines say what they are.

A pack is one TOML file per language in ``cleantext/phrases``, a table per group, a phrase per line. A phrase is
compared with the whole line after ``normal``; ``#`` stands for a number, ``*`` for a name or topic (up to 5 words) and
``**`` for anything. All packs are one table: a line costs one hash and, where wildcards come into question, a short
list picked by the first or last few characters, however many phrases there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cleantext.find.normal import normal, trim
from cleantext.find.stored import table
from cleantext.find.table import (
    ALWAYS,
    EDGE,
    HEADING,
    INDEXED,
    LONG_INDEXED,
    NEAR,
    STRENGTHS,
    WEAK_HEADING,
    Label,
    Table,
    part_key,
    wild_entries,
)

__all__ = [
    "ALWAYS",
    "EDGE",
    "HEADING",
    "NEAR",
    "STRENGTHS",
    "WEAK_HEADING",
    "Label",
    "Phrases",
    "phrases",
    "words",
]

NAME_WORDS, NAME_CHARS, ANY_CHARS = 5, 40, 200
INITIAL_CHARS = 2  # of an initial with its full stop, in a name
# Beginnings of lines and wildcard phrases that are remembered, of each kind.
REMEMBERED = 1 << 14
MAY_START = 12  # characters of a long line that tell whether a wildcard phrase may begin it


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
    if len(gap) > NAME_CHARS or gap.count(" ") > NAME_WORDS or any(c in "!?:;。！？" for c in gap):
        return False
    return "." not in gap or all(len(word) <= INITIAL_CHARS for word in gap.split() if word[-1] == ".")


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

    ``phrases`` are pairs of that part and the phrase as it stands in the table: few are ever compared with a line.
    """

    fixed: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]


class Phrases:
    """All phrases of all packs, for look-up. Threads share it: all it ever changes are bounded caches."""

    def __init__(self, table: Table) -> None:
        self._label = table.label
        self._whole = table.whole
        self._opening, self._closing = table.opening, table.closing
        self._starts = self._remembered(table.starts)
        self._ends = self._remembered(table.ends)
        self._short_starts = self._remembered(table.short_starts)
        self._short_ends = self._remembered(table.short_ends)
        self._wildcard = lru_cache(REMEMBERED)(self._made)

    def _remembered(self, index: Mapping[str, str]) -> Callable[[str], Indexed | None]:
        """What an index of the table has under a few characters: most lines begin as many others do."""

        def found(chars: str) -> Indexed | None:
            lines = index.get(chars)
            return None if lines is None else _indexed(lines)

        return lru_cache(REMEMBERED)(found)

    def may_start(self, line: str) -> bool:
        """Whether a phrase with a wildcard may begin `line`: a cheap question to ask before a long line's key."""
        head = line[:LONG_INDEXED].lower()
        if not (head.isascii() and head.replace(" ", "").isalpha()):
            head = normal(line[:MAY_START])
        if head[:INDEXED] in self._opening:
            if self._starts(head[:LONG_INDEXED]) is not None or self._starts(head[:INDEXED]) is not None:
                return True
        short = None if head.isascii() else self._short_starts(head[:1])
        return short is not None and head.startswith(short.fixed)

    def look_up(self, key: str) -> Label | None:
        """The label of a line whose key is `key`."""
        entry = self._whole.get(key)
        if entry is not None:
            return self._label(entry, key)
        label = None
        head, tail = key[:INDEXED], key[-INDEXED:]
        if head in self._opening:
            long, start = self._starts(key[:LONG_INDEXED]), self._starts(head)
            if long is not None and long is not start:
                label = self._first_match(long, key, key.startswith)
            if start is not None:
                label = surest(label, self._first_match(start, key, key.startswith))
        if label is None and tail in self._closing:
            end = self._ends(tail)
            if end is not None:
                label = self._first_match(end, key, key.endswith)
        if label is None and not key.isascii():
            start, end = self._short_starts(key[:1]), self._short_ends(key[-1:])
            if start is not None:
                label = self._first_match(start, key, key.startswith)
            if label is None and end is not None:
                label = self._first_match(end, key, key.endswith)
        return label

    def _first_match(self, indexed: Indexed, key: str, begins: Callable[[tuple[str, ...] | str], bool]) -> Label | None:
        """The label of the first phrase whose part `begins` (or ends) `key` and that matches it."""
        if not begins(indexed.fixed):
            return None
        for part, entry in indexed.phrases:
            if begins(part):
                wildcard = self._wildcard(entry)
                if wildcard.matches(key):
                    return wildcard.label
        return None

    def _made(self, entry: str) -> Wildcard:
        """The wildcard phrase that stands in the table as `entry`."""
        label = self._label(entry, "")
        parts, gaps = [], []
        rest = label.phrase
        while "*" in rest:
            part, _, rest = rest.partition("*")
            gaps.append(not rest.startswith("*"))
            rest = rest.removeprefix("*")
            parts.append(part_key(part))
        return Wildcard((*parts, part_key(rest)), tuple(gaps), label)

    def look_up_parts(self, key: str) -> Label | None:
        """The label of a line made of several phrases, or of a phrase with a number or a bracket behind it.

        If all parts are phrases, the line is what the surest of them is; weak ones together are an edge phrase. A part
        that goes anywhere takes the rest of a short line along if it is at least half of it.
        """
        if key.startswith("#."):
            return None  # an item of a numbered list
        counted = key.endswith(" #") or (key.endswith("#") and not key.isascii())
        if " (" in key or counted:
            head, bracket, _ = key.partition(" (")
            label = self.look_up(head if bracket else key[:-1].rstrip(" :"))
            if label is not None:
                return label
        lines = key.encode().translate(_ASCII_BREAKS).decode() if key.isascii() else key.translate(_PART_BREAKS)
        if "\n" not in lines:
            return None
        first = self._look_up_part(trim(lines.partition("\n")[0]))
        if first is None:
            return None  # "Ida: Advertisement." is somebody who speaks
        parts = [p for p in map(trim, lines.split("\n")) if p]
        if not 2 <= len(parts) <= MOST_PARTS:
            return None
        labels = [(first, len(parts[0])), *((self._look_up_part(part), len(part)) for part in parts[1:])]
        found = sorted(((label, size) for label, size in labels if label), key=lambda f: STRENGTHS.index(f[0].strength))
        best = found[0][0]
        if best.strength in (ALWAYS, HEADING):
            listed = key[len(parts[0]) : len(parts[0]) + 1] == ","
            if listed and len(found) < len(parts) and ("#" not in key or first.group == "ad"):
                return None  # "You may also like, she said, the pears"; "advertisements, 12, 44"
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


def _indexed(lines: str) -> Indexed:
    """The wildcard phrases of an index of the table, taken apart when a line first comes into question for them."""
    found = wild_entries(lines)
    return Indexed(tuple({part for part, _ in found}), tuple(found))


def surest(label: Label | None, other: Label | None) -> Label | None:
    """The surer of two labels, the first if they are equally sure."""
    if label is None or other is None:
        return label or other
    return min(label, other, key=lambda found: STRENGTHS.index(found.strength))


@cache
def phrases() -> Phrases:
    """All packs, read once per process."""
    return Phrases(table())


@cache
def words(topic: str) -> frozenset[str]:
    """The keys of a word list (``sections``, ``image``, ...) of all packs."""
    return frozenset(table().words.get(topic, "").split("\n")) - {""}
