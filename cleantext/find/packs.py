"""The phrase packs as they are written: a TOML file per language, for people to edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FIRST = "en"  # of all languages: what its pack says stands against others
SUFFIX = ".toml"
PIECE = 1 << 16  # bytes of a pack that are in memory at once for its checksum
# The tables of a pack: phrases, a line each, by strength; for ``words`` and ``cues`` words by topic or group.
Pack: TypeAlias = Mapping[str, Mapping[str, str]]


def folder() -> Traversable:
    """Where the packs are, and the table made of them."""
    beside = Path(__file__).parent.parent / "phrases"
    if beside.is_dir():
        return beside
    from importlib import resources  # a package within a zip: nobody else has to wait for this import

    return resources.files("cleantext") / "phrases"


def files(folder: Traversable) -> list[tuple[str, Traversable]]:
    """(language, file) of every pack in `folder`, in the order in which they count. Raises OSError."""
    found = {f.name.removesuffix(SUFFIX): f for f in folder.iterdir() if f.name.endswith(SUFFIX)}
    return [(language, found[language]) for language in in_order(found)]


def in_order(languages: Iterable[str]) -> list[str]:
    """Languages in the order in which their packs count: English first, then by name."""
    return sorted(languages, key=lambda language: (language != FIRST, language))


def packs(folder: Traversable) -> tuple[tuple[str, Pack], ...]:
    """(language, content) of every pack in `folder`. Raises OSError, and ValueError for what is no TOML in UTF-8."""
    return tuple((language, parse(file.read_text(encoding="utf-8"))) for language, file in files(folder))


def parse(text: str) -> Pack:
    """The content of one pack. Raises ValueError for what is no TOML."""
    import tomllib  # with a stored table no pack is read

    # tomllib reads a string letter by letter if it may hold escapes, and searches for its end if it cannot.
    plain = "\\" not in text and "'''" not in text
    return tomllib.loads(text.replace('"""', "'''") if plain else text)


def digest(folder: Traversable) -> bytes:
    """What tells the packs in `folder` from others: 8 bytes, their length and a checksum (CRC-32) of names and content.

    Every process asks for it at its start, of 40 packs with 4 MB. A checksum takes 3 ms there. Sizes alone would not
    tell when a letter is put right; dates do not tell either, for copying and unpacking set them anew or keep those of
    another machine. Chance is what it has to stand up to, not malice: who can write a pack can write the table. Raises
    OSError.
    """
    length = checksum = 0
    for language, file in files(folder):
        checksum = crc32(f"{language} ".encode(), checksum)
        with file.open("rb") as content:
            while piece := content.read(PIECE):
                checksum = crc32(piece, checksum)
                length += len(piece)
    return length.to_bytes(4, "little") + checksum.to_bytes(4, "little")
