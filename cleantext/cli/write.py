"""Write a file so that at every moment it is whole: either the old or the new one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from cleantext.cli.files import LEFTOVER
from cleantext.cli.problems import CannotWrite

fcntl: Any
try:
    import fcntl
except ImportError:  # no such locks on Windows, where a file that is open cannot be replaced anyway
    fcntl = None

TRIES = 100  # to find a name for a backup
LONGEST = 255  # bytes of a file name, on most file systems


def replace(path: str, data: bytes, seen: os.stat_result | None = None, backup: bool = False) -> None:
    """Let the file at `path` hold `data`; see `replacing`."""
    with replacing(path, seen, backup) as file:
        file.write(data)


@contextmanager
def replacing(path: str, seen: os.stat_result | None = None, backup: bool = False) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of the one at `path` when the block ends without an error.

    It is written beside it, forced to disk and then given its name. Mode and owner stay. `seen` is what the file system
    said of the file when it was read: one that has changed since, or gone, is not touched, nor is what a link leads to
    outside its folder. `backup` keeps the old file beside it, with the suffix ``.orig`` and, if that is taken, a
    number. A device or a pipe is written to as it is. Raises CannotWrite; the file is then as it was.
    """
    try:
        target = Path(path).resolve() if seen is None else _own(Path(path), seen)
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        with _new_file(target) as (file, new):
            yield file
            file.flush()
            _take_over(file.fileno(), seen)
            os.fsync(file.fileno())
            if seen is not None and not _same(target.stat(), seen):
                raise CannotWrite(f"{path}: changed since it was read; left as it is")
            if backup and seen is not None:
                _keep(target)
            new.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror or error}") from error


def sweep(path: str) -> None:
    """Remove what a killed run has left at `path`, unless another run is writing it."""
    with suppress(OSError), Path(path).open("ab") as file:
        if _locked(file.fileno()):
            Path(path).unlink()


def _own(path: Path, seen: os.stat_result) -> Path:
    """The file that `path` leads to, if it may be changed. Raises CannotWrite if not."""
    target = path.resolve()
    if path.is_symlink() and not target.is_relative_to(path.parent.resolve()):
        raise CannotWrite(f"{path}: a link to {target}, outside its folder; left as it is")
    if not seen.st_mode & 0o222:
        raise CannotWrite(f"{path}: is read-only; left as it is")
    return target


@contextmanager
def _new_file(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file beside `path` for its new content, which no other run writes; gone afterwards, if it was not moved."""
    # One name for each file, so that what a killed run has left is what the next one writes to.
    name = f".{path.name}{LEFTOVER}"
    if len(os.fsencode(name)) > LONGEST:
        from hashlib import sha256

        name = f".{sha256(os.fsencode(path.name)).hexdigest()}{LEFTOVER}"
    new = path.with_name(name)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
        if not (_locked(file.fileno()) and _is_at(file.fileno(), new)):
            raise CannotWrite(f"{path}: another run is writing it")
        try:
            file.truncate()
            yield file, new
        finally:
            if _is_at(file.fileno(), new):
                new.unlink()


def _locked(descriptor: int) -> bool:
    """Whether an open file is now ours alone."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is the one at `path`."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False


def _take_over(descriptor: int, seen: os.stat_result | None) -> None:
    """Give an open file the owner and the mode of another, the owner only as far as we may; else those of a new one."""
    if not hasattr(os, "fchmod"):
        return
    if seen is None:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(descriptor, 0o666 & ~mask)
        return
    own = os.fstat(descriptor)
    if (own.st_uid, own.st_gid) != (seen.st_uid, seen.st_gid):
        with suppress(PermissionError):
            os.fchown(descriptor, seen.st_uid, seen.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(seen.st_mode))


def _same(now: os.stat_result, seen: os.stat_result) -> bool:
    return os.path.samestat(now, seen) and (now.st_mtime_ns, now.st_size) == (seen.st_mtime_ns, seen.st_size)


def _keep(path: Path) -> None:
    """Give the file at `path` a second name, under which it stays when another takes its place."""
    for number in range(TRIES):
        kept = path.with_name(f"{path.name}.orig{number or ''}")
        try:
            kept.hardlink_to(path)
            return
        except FileExistsError:
            if kept.samefile(path):
                return  # by a run that was killed before the other took its place
    raise CannotWrite(f"{path}: has {TRIES} backups already")


def _sync_folder(folder: Path) -> None:
    """Force to disk that a name now stands for another file."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
