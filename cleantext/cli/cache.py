"""What was found in documents before: by their content and all that decides what is found in them.

It lies with the user's other caches and not in the folder that is checked: what a repository brings along must not say
what is cut out of it. Only one process writes to it; whatever is wrong with it, cleaning goes on without.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple
from functools import cache
from hashlib import blake2b
from pathlib import Path

from cleantext import __version__
from cleantext.cli.records import Findings
from cleantext.span import Span

NAME = f"{__version__}-1.sqlite"  # a change of what is stored changes the number
OWN = re.compile(r"\d+\.[\w.+]*+-\d+\.sqlite(?:-journal|-shm|-wal)?")  # that of any version, and what SQLite adds
TOGETHER = 500  # entries that are written at once
MOST = 500_000  # documents; beyond, the oldest go
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This file is a cache directory tag (bford.info/cachedir).\n"


def folder() -> Path:
    """Where the cache lies: in a folder of its own in ``CLEANTEXT_CACHE_DIR``, or in what the system has for caches."""
    named = os.environ.get("CLEANTEXT_CACHE_DIR")
    if named:
        base = named
    elif sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home())
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "cleantext"


def key(raw: bytes, settings: str) -> bytes:
    """What a document is known by, with all that decides what is found in it."""
    told = blake2b(f"{_code()}\n{settings}".encode("utf-8", "replace"), digest_size=32).digest()
    return blake2b(raw, digest_size=20, key=told).digest()


@cache
def _code() -> str:
    """What tells this state of the package from others of the same version, while one works on it."""
    root = Path(__file__).parent.parent
    stats = ((str(path), path.stat()) for path in sorted(root.rglob("*")) if path.suffix in (".py", ".bin"))
    return blake2b(repr([(name, s.st_size, s.st_mtime_ns) for name, s in stats]).encode()).hexdigest()


class Cache:
    """Findings by key. Where the file cannot be opened or is damaged nothing is known, and nothing is kept."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        with suppress(OSError, sqlite3.Error):
            if not path.exists():
                _make(path)
            self._connection = sqlite3.connect(path, timeout=1.0, isolation_level=None)

    def get(self, known: bytes, source: str) -> Findings | None:
        """What was found in the document with this key, whose text is `source`."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT found FROM documents WHERE key = ?", (known,)).fetchone()
            return None if row is None else loaded(row[0], source)
        except (sqlite3.Error, ValueError, TypeError, RecursionError):
            return None

    def put(self, entries: Iterable[tuple[bytes, str]]) -> None:
        """Keep findings, as `dumped` has them, by their keys."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?)", entries)
                self._connection.execute("COMMIT")

    def close(self) -> None:
        """Forget the oldest entries if there are too many, and close the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute(
                    "DELETE FROM documents WHERE rowid <= (SELECT max(rowid) FROM documents) - ?", (MOST,)
                )
                self._connection.close()


class Keeper:
    """Keeps new findings in a cache, many at a time."""

    def __init__(self, path: Path) -> None:
        self._path, self._waiting = path, list[tuple[bytes, str]]()
        self._cache: Cache | None = None

    def add(self, entry: tuple[bytes, str]) -> None:
        """Keep an entry, now or soon."""
        self._waiting.append(entry)
        if len(self._waiting) >= TOGETHER:
            self._put()

    def close(self) -> None:
        """Keep what waits."""
        self._put()
        if self._cache is not None:
            self._cache.close()

    def _put(self) -> None:
        if self._waiting:
            self._cache = self._cache or Cache(self._path)
            self._cache.put(self._waiting)
        self._waiting.clear()


def dumped(found: Findings) -> str:
    """Findings as they are stored."""
    return json.dumps([found.kind, [astuple(span) for span in found.removed], list(found.problems)])


def loaded(text: str, source: str) -> Findings:
    """Findings in `source` that were stored.

    Raises ValueError, TypeError or RecursionError for what is none: spans that are not of that text, say, or not in
    order, as when the file was damaged.
    """
    kind, removed, problems = json.loads(text)
    spans = [Span(*span) for span in removed]
    end = 0
    for span in spans:
        told = (span.text, span.rule, span.group, span.reason)
        right = type(span.start) is type(span.end) is int and type(span.score) in (int, float)
        if not (right and all(isinstance(word, str) for word in told) and end <= span.start < span.end <= len(source)):
            raise ValueError("no span")
        if not 0 <= span.score <= 1 or (kind == "text" and span.text != source[span.start : span.end]):
            raise ValueError("no span of this text")
        end = span.end
    if kind not in ("html", "text") or not all(isinstance(word, str) for pair in problems for word in pair):
        raise ValueError("no findings")
    return Findings(kind, spans, [(rule, message) for rule, message in problems])


def _make(path: Path) -> None:
    """Make an empty cache, and remove those of other versions: files of such a name, and no others.

    Whoever finds the folder is told what it is, by git and by tools for backups, but not of one that holds something:
    it may be somebody's own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not any(path.parent.iterdir()):
        for name, content in (("CACHEDIR.TAG", _TAG), (".gitignore", "*\n")):
            with suppress(FileExistsError), (path.parent / name).open("x", encoding="ascii") as file:
                file.write(content)
    for other in list(path.parent.iterdir()):
        if OWN.fullmatch(other.name):
            with suppress(OSError):
                other.unlink()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS documents (key BLOB UNIQUE NOT NULL, found TEXT NOT NULL)")
    connection.close()
