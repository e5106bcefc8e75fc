"""Where the table of the packs is stored, so that a process need not work it out.

To fold 120,000 phrases takes nearly a second; so ``python -m cleantext.find`` stores the table beside the packs, as it
is looked up: opening it builds nothing. A stored table that was made of other packs, or that is not what was written,
is not used: an edited pack counts at once, the start is only slower. Processes map the file: whoever writes it puts
another in its place.

The file: a mark of the format, a checksum (CRC-32) of all that follows, the digest of the packs; for each field of
`Table` how many bytes of the next part are its; the kinds and each set, a string per line, and for each mapping numbers
that say where in the file its buckets begin (see `Hashed`); the records of each mapping. Numbers take 4 bytes, the low
one first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import accumulate, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from cleantext.find.hashed import Hashed, hashed, numbers, stored_numbers
from cleantext.find.packs import digest, folder, packs
from cleantext.find.table import Table, build

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

NAME = "table.bin"
MARK = b"phrases1"
LISTS = 3  # fields of a table that are no mappings; they come first
# Where in the file the checksum, what it is of, the sizes and the fields begin.
_CHECKSUM = len(MARK)
_CHECKED = _CHECKSUM + 4
_SIZES = _CHECKED + 8
_FIELDS = _SIZES + 4 * len(Table._fields)


@cache
def table() -> Table:
    """The table of all packs that come with the package, read once per process."""
    return load(folder())


def load(folder: Traversable) -> Table:
    """The table of the packs in `folder`: the stored one if it was made of these very packs, else worked out.

    Raises OSError for a pack that cannot be read, ValueError for one that is no TOML.
    """
    try:
        return opened(_buffer(folder / NAME), digest(folder))
    except (OSError, ValueError):
        return build(packs(folder))


def _buffer(file: Traversable) -> bytes | mmap:
    """The content of a file: of one on disk as processes share it, without a copy."""
    if not isinstance(file, Path):
        return file.read_bytes()
    with file.open("rb") as found:
        try:
            return mmap(found.fileno(), 0, access=ACCESS_READ)
        except OSError:  # a file system that maps no files
            return found.read()


def store(folder: Traversable) -> bytes:
    """What is stored for the packs in `folder`; the same for the same packs in every process."""
    return content(build(packs(folder)), digest(folder))


def content(table: Table, digest: bytes) -> bytes:
    """The content of the file for a table that was made of the packs with that digest."""
    lists = ["\n".join(strings).encode() for strings in (table.kinds, sorted(table.opening), sorted(table.closing))]
    mappings = [hashed(field) for field in table if isinstance(field, Mapping)]
    records = b"".join(found for _, found in mappings)
    sizes = [*map(len, lists), *(4 * len(starts) for starts, _ in mappings)]
    begins = accumulate((len(found) for _, found in mappings), initial=_FIELDS + sum(sizes))
    fields = lists + [
        stored_numbers(begin + start for start in starts)
        for begin, (starts, _) in zip(begins, mappings, strict=False)  # the last begin is the end
    ]
    checked = b"".join([digest, stored_numbers(sizes), *fields, records])
    return MARK + stored_numbers([crc32(checked)]) + checked


def opened(buffer: bytes | mmap, digest: bytes) -> Table:
    """The table that `content` made for packs with that digest. Raises ValueError if it did not make this."""
    if buffer[:_CHECKSUM] != MARK or buffer[_CHECKED:_SIZES] != digest:
        raise ValueError("no table of these packs")
    if numbers(buffer[_CHECKSUM:_CHECKED])[0] != crc32(memoryview(buffer)[_CHECKED:]):
        raise ValueError("a damaged table")
    bounds = accumulate(numbers(buffer[_SIZES:_FIELDS]), initial=_FIELDS)
    fields = [buffer[start:end] for start, end in pairwise(bounds)]
    kinds, opening, closing = (field.decode().split("\n") for field in fields[:LISTS])
    mappings = (Hashed(buffer, numbers(field)) for field in fields[LISTS:])
    return Table(tuple(kinds), frozenset(opening) - {""}, frozenset(closing) - {""}, *mappings)
