"""A mapping from strings to strings that is opened rather than built, however many it holds."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from mmap import mmap
from typing import TypeVar, overload
from zlib import crc32

T = TypeVar("T")
# Bytes that no UTF-8 holds: one begins a record, one stands between its key and its value.
_BEGIN, _BETWEEN = b"\xff", b"\xfe"


class Hashed(Mapping[str, str]):
    """A read-only hash table within a buffer, its records made by `hashed`; opening it takes no time per key.

    The records of one bucket stand together, so that a key is looked for, whole and between marks that it cannot hold
    itself, by one search of a few dozen bytes. No other key can be taken for it. A third of the buckets or more are
    empty: many strings that are no key cost two numbers of the array. It never changes: threads share it.
    """

    __slots__ = ("_buffer", "_mask", "_starts")

    def __init__(self, buffer: bytes | mmap, starts: array[int]) -> None:
        """Open a table: `starts` says where in `buffer` each bucket begins, and where the last ends."""
        self._buffer = buffer
        self._starts = starts
        self._mask = len(starts) - 2

    @overload
    def get(self, key: str, default: None = None, /) -> str | None: ...
    @overload
    def get(self, key: str, default: str, /) -> str: ...
    @overload
    def get(self, key: str, default: T, /) -> str | T: ...
    def get(self, key: str, default: object = None, /) -> object:
        """The value of `key`, else `default`."""
        try:
            code = key.encode()
        except UnicodeEncodeError:  # half of a surrogate pair
            return default
        bucket = crc32(code) & self._mask
        start, end = self._starts[bucket], self._starts[bucket + 1]
        if start == end:
            return default
        buffer = self._buffer
        at = buffer.find(_BEGIN + code + _BETWEEN, start, end)
        if at < 0:
            return default
        at += len(code) + 2
        next_ = buffer.find(_BEGIN, at, end)
        return buffer[at : next_ if next_ >= 0 else end].decode()

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        for record in self._records().split(_BEGIN)[1:]:
            yield record.partition(_BETWEEN)[0].decode()

    def __len__(self) -> int:
        return self._records().count(_BEGIN)

    def _records(self) -> bytes:
        return self._buffer[self._starts[0] : self._starts[-1]]


def hashed(content: Mapping[str, str]) -> tuple[list[int], bytes]:
    """The records of a table, and where in them each bucket begins and the last ends.

    They are the same for the same content, in whatever order it comes.
    """
    count = 1 << len(content).bit_length()
    buckets: list[list[bytes]] = [[] for _ in range(count)]
    for key, value in sorted(content.items()):
        code = key.encode()
        buckets[crc32(code) & (count - 1)].append(_BEGIN + code + _BETWEEN + value.encode())
    joined = [b"".join(bucket) for bucket in buckets]
    return list(accumulate(map(len, joined), initial=0)), b"".join(joined)


# The type of array whose items take 4 bytes.
_FOUR_BYTES = next(code for code in "IL" if array(code).itemsize == 4)


def stored_numbers(values: Iterable[int]) -> bytes:
    """Numbers up to 2 ** 32, 4 bytes each, the low one first."""
    return _in_order(array(_FOUR_BYTES, values)).tobytes()


def numbers(data: bytes) -> array[int]:
    """The numbers that are stored as `data`. Raises ValueError if they do not end with it."""
    return _in_order(array(_FOUR_BYTES, data))


def _in_order(values: array[int]) -> array[int]:
    """Numbers as they are stored, from those of this machine, and back."""
    if sys.byteorder == "big":
        values.byteswap()
    return values
