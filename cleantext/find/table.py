"""The phrase packs as one table, and where it is stored so that a process need not work it out.

Packs are TOML files for people to edit. What look-up needs is the key of every phrase, and to fold 120,000 of them
takes nearly a second; so ``python -m cleantext.find`` stores the table beside the packs, as JSON.
A stored table that was made of other packs is not used: an edited pack counts at once, the start is only slower.
"""

from __future__ import annotations

import gzip
import json
import tomllib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from cleantext.find.normal import normal

# How sure a phrase is on its own, surest first.
ALWAYS = "always"  # goes wherever it is a line of its own
HEADING = "heading"  # the same, and heads a block that is looked at
EDGE = "edge"  # may be a word of the body: goes before the body, after it, or beside other boilerplate
WEAK_HEADING = "weak-heading"  # goes if the block below it proves it, or where an edge phrase would
NEAR = "near"  # goes only beside other boilerplate
STRENGTHS = (ALWAYS, HEADING, EDGE, WEAK_HEADING, NEAR)

# Characters by which wildcard phrases are looked up: the many that have a long first part, the others.
LONG_INDEXED, INDEXED = 8, 4
_WIDE = str.maketrans("：？！", ":?!")
_LETTERS = b"abcdefghijklmnopqrstuvwxyz "


class Label(NamedTuple):
    """What a phrase says of a line."""

    group: str
    strength: str
    phrase: str
    language: str

    @property
    def entry(self) -> str:
        """The label as it stands in a table."""
        return f"{self.group} {self.strength} {self.language} {self.phrase}"

    @classmethod
    def of(cls, entry: str) -> Label:
        """The label that stands in a table as `entry`."""
        group, strength, language, phrase = entry.split(" ", 3)
        return cls(group, strength, phrase, language)


class Wild(NamedTuple):
    """A phrase with a wildcard and the key of its first part or, if it begins with a wildcard, of its last."""

    part: str
    label: Label


class Table(NamedTuple):
    """What all packs say, as strings only: they are read fast and cost the garbage collector nothing.

    ``whole`` has an entry (see `Label`) for the key of every phrase without wildcards. Those with wildcards stand in
    ``starts`` by the first 8 or 4 characters of their first part or, if they begin with one, in ``ends`` by the last 4
    of their last part: that part, a tab and the entry on each line, the one to be tried first foremost. The short ones
    are those whose part has fewer characters, as in scripts that write no spaces, by the first or last of them.
    ``words`` has a key per line for each topic.
    """

    whole: dict[str, str]
    starts: dict[str, str]
    ends: dict[str, str]
    short_starts: dict[str, str]
    short_ends: dict[str, str]
    words: dict[str, str]


class Pack(Mapping[str, dict[str, str]]):
    """The content of one pack, parsed when it is first asked for: with a stored table that is seldom."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def _content(self) -> dict[str, dict[str, str]]:
        # tomllib reads a string letter by letter if it may hold escapes, and searches for its end if it cannot.
        plain = "\\" not in self.source and "'''" not in self.source
        return tomllib.loads(self.source.replace('"""', "'''") if plain else self.source)

    def __getitem__(self, group: str) -> dict[str, str]:
        return self._content[group]

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)


def _folder() -> Traversable:
    return resources.files("cleantext") / "phrases"


@cache
def packs() -> tuple[tuple[str, Pack], ...]:
    """(language, content) of every pack, read once per process: English first, then by name."""
    files = sorted(
        (f for f in _folder().iterdir() if f.name.endswith(".toml")), key=lambda f: (f.name != "en.toml", f.name)
    )
    return tuple((f.name.removesuffix(".toml"), Pack(f.read_text(encoding="utf-8"))) for f in files)


@cache
def table() -> Table:
    """The table of all packs, read once per process: the stored one if it was made of these very packs."""
    try:
        found = json.loads(gzip.decompress(stored().read_bytes()))
        if found.pop("digest") == digest():
            return Table(**found)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        pass  # there is none, or it is no table
    return build()


def digest() -> str:
    """What tells these packs from others."""
    found = sha256()
    for language, pack in packs():
        found.update(f"{language} {len(pack.source)}\n{pack.source}".encode())
    return found.hexdigest()


def build() -> Table:
    """The table of all packs, worked out."""
    whole: dict[str, Label] = {}
    starting: list[Wild] = []
    ending: list[Wild] = []
    for label in _labels():
        head, wild, _ = label.phrase.partition("*")
        if not wild:
            _add(whole, label)
        elif first := part_key(head):
            starting.append(Wild(first, label))
        else:
            ending.append(Wild(part_key(label.phrase.rpartition("*")[2]), label))
    return Table(
        whole={key: label.entry for key, label in sorted(whole.items())},
        starts=_index((w for w in starting if len(w.part) >= INDEXED), _prefix),
        ends=_index((w for w in ending if len(w.part) >= INDEXED), lambda part: part[-INDEXED:]),
        short_starts=_index((w for w in starting if len(w.part) < INDEXED), lambda part: part[:1]),
        short_ends=_index((w for w in ending if len(w.part) < INDEXED), lambda part: part[-1:]),
        words=_words(),
    )


def _labels() -> Iterator[Label]:
    for language, pack in packs():
        for group, strengths in pack.items():
            if group in ("words", "cues"):
                continue
            for strength, lines in strengths.items():
                for phrase in lines.split("\n"):
                    if phrase:
                        yield Label(group, strength, phrase, language)


def _add(whole: dict[str, Label], label: Label) -> None:
    """Add a whole phrase; of the same in two packs English wins, then the more cautious strength."""
    key = _key(label.phrase)
    known = whole.get(key)
    if known is None or (known.language != "en" and STRENGTHS.index(label.strength) > STRENGTHS.index(known.strength)):
        whole[key] = label


def _prefix(part: str) -> str:
    return part[: LONG_INDEXED if len(part) >= LONG_INDEXED else INDEXED]


def _index(found: Iterable[Wild], chars: Callable[[str], str]) -> dict[str, str]:
    """Wildcard phrases by some characters of their part.

    Those with the same stand the surest first and the longest of them foremost: the first that matches is taken.
    """
    ordered = sorted(found, key=lambda w: (STRENGTHS.index(w.label.strength), -len(w.label.phrase), w.label))
    lines: dict[str, list[str]] = {}
    for part, label in ordered:
        lines.setdefault(chars(part), []).append(f"{part}\t{label.entry}")
    return {key: "\n".join(lines[key]) for key in sorted(lines)}


def _words() -> dict[str, str]:
    """The keys of each word list of all packs."""
    keys: dict[str, set[str]] = {}
    for _, pack in packs():
        for topic, lines in pack.get("words", {}).items():
            keys.setdefault(topic, set()).update(key for word in lines.split("\n") if (key := normal(word)).strip("#"))
    return {topic: "\n".join(sorted(found)) for topic, found in sorted(keys.items())}


def part_key(part: str) -> str:
    """A fixed part of a wildcard phrase; a colon, question or exclamation mark at its end counts, others do not."""
    part = part.strip()
    key, last = _key(part), part[-1:].translate(_WIDE)
    return key + last if key and last in ":?!" else key


def _key(phrase: str) -> str:
    """`normal` of a phrase. Many are written as their key: ASCII letters and single spaces need no way through it."""
    plain = phrase.islower() and not phrase.encode().translate(None, _LETTERS) and "  " not in phrase
    return phrase if plain else normal(phrase)


def stored() -> Traversable:
    """The file in which the table is stored."""
    return _folder() / "table.json.gz"


def as_stored(made: Table) -> bytes:
    """The content of that file for a table made of the packs as they are; the same in every process."""
    text = json.dumps({"digest": digest(), **made._asdict()}, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)
