"""Write a file so that at every moment it is whole: either the old or the new one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from cleantext.cli.files import LEFTOVER, READ, suffix_of
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
        if seen is None and Path(path).exists() and not Path(path).is_file():
            with Path(path).open("wb") as file:
                yield file
            return
        target = Path(path).resolve() if seen is None else _own(Path(path), seen)
        old = target.stat() if seen is None and target.exists() else seen
        if old is not None and not old.st_mode & 0o222:
            raise CannotWrite(f"{path}: is read-only; left as it is")
        with _new_file(target) as (file, new):
            yield file
            file.flush()
            _take_over(path, file.fileno(), old)
            os.fsync(file.fileno())
            if seen is not None and not _same(target.stat(), seen):
                raise CannotWrite(f"{path}: changed since it was read; left as it is")
            if backup and seen is not None:
                _keep(target)
            new.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror or error}") from error


def refuse_document(path: str, overwrite: bool, inputs: Iterable[str] = (), begins: bytes | None = None) -> None:
    """Raise CannotWrite if a result must not take the place of what is at `path`.

    One of the `inputs` must not in any case. A file with the suffix of a document may be somebody's only copy, unless
    it `begins` as our results do.
    """
    found = Path(path)
    if not found.is_file():
        return
    if any(Path(other).is_file() and found.samefile(other) for other in inputs):
        raise CannotWrite(f"{path}: is one of the documents")
    if overwrite or suffix_of(path) not in READ:
        return
    if begins is None or not found.read_bytes().startswith(begins):
        raise CannotWrite(f"{path}: is there already; --overwrite takes its place")


def refuse_outside(path: str, folder: str) -> None:
    """Raise CannotWrite if what is written at `path`, in `folder`, would go elsewhere or to what is no file.

    Links in the folder may be those of somebody else. Where the folder itself leads is for who named it.
    """
    found = Path(path)
    if found.is_symlink():
        raise CannotWrite(f"{path}: is a link; left as it is")
    if not Path(os.path.realpath(found.parent)).is_relative_to(os.path.realpath(folder)):
        raise CannotWrite(f"{path}: would be written outside {folder}, where a link leads; left out")
    if found.exists() and not found.is_file():
        raise CannotWrite(f"{path}: is no regular file; left as it is")


def sweep(path: str) -> None:
    """Remove what a killed run has left at `path`, unless another run is writing it."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_WRONLY | _CAREFULLY)
        try:
            if _is_ours(descriptor) and _locked(descriptor) and _is_at(descriptor, Path(path)):
                Path(path).unlink()
        finally:
            os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force to disk that a name now stands for another file."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def alone(path: str) -> Iterator[None]:
    """While the block runs, no other run gets into the same one: the file at `path` stands for it.

    Raises CannotWrite if another is in it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _CAREFULLY, 0o600)
    try:
        if fcntl is not None:
            try:
                # A lock of this process alone: those that it starts hold no part of it, should they outlive it.
                fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise CannotWrite(f"{path}: another run is at work here") from error
        yield
    finally:
        os.close(descriptor)


# Not through a link, and not waiting for who reads a pipe.
_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _own(path: Path, seen: os.stat_result) -> Path:
    """The file that `path` leads to. Raises CannotWrite if that is outside the folder of the link."""
    target = path.resolve()
    if path.is_symlink() and not target.is_relative_to(path.parent.resolve()):
        raise CannotWrite(f"{path}: a link to {target}, outside its folder; left as it is")
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
    with os.fdopen(os.open(new, os.O_RDWR | os.O_CREAT | _CAREFULLY, 0o600), "wb") as file:
        if not _is_ours(file.fileno()):
            raise CannotWrite(f"{path}: {new} is in the way")
        if not (_locked(file.fileno()) and _is_at(file.fileno(), new)):
            raise CannotWrite(f"{path}: another run is writing it")
        try:
            file.truncate()
            yield file, new
        finally:
            if _is_at(file.fileno(), new):
                new.unlink()


def _is_ours(descriptor: int) -> bool:
    """Whether an open file can be one that we have made: a file with one name that belongs to us."""
    found = os.fstat(descriptor)
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and found.st_uid == getattr(os, "geteuid", int)()


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


def _take_over(path: str, descriptor: int, old: os.stat_result | None) -> None:
    """Give an open file the owner and the mode of the one whose place it takes, else those of a new one."""
    if not hasattr(os, "fchmod"):
        return
    if old is None:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(descriptor, 0o666 & ~mask)
        return
    own = os.fstat(descriptor)
    if (own.st_uid, own.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(descriptor, old.st_uid, old.st_gid)
        except PermissionError as error:
            raise CannotWrite(f"{path}: belongs to another user or group and would not any more") from error
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


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
