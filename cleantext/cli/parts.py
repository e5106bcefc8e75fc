"""The folder of an output: parts that are whole, and how far the one is that is being written.

A part grows as a draft. After every second or so the draft is forced to disk, and then a checkpoint says how long it
was and of how many pieces it was made; a run that goes on cuts the draft there. A draft that is full becomes a part by
its name alone, or for Parquet by a new file that takes it when it is whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

from cleantext.cli.problems import CannotWrite
from cleantext.cli.write import alone, replacing, sync_folder
from cleantext.corpus.piece import FORMS, Output

STATE = ".cleantext-corpus"
REJECTS = "_rejects.jsonl"  # what reads a folder of parts leaves such names out
EVERY = 1.0  # seconds between checkpoints


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a run is.

    All inputs before ``input`` are done, and ``pieces`` of that, whose rows have the checksum ``crc``. The part
    ``part`` has a draft of ``size`` bytes, which is ``full`` when nothing is left but to give it its name. What was
    rejected takes ``rejected`` bytes. The others count.
    """

    input: int = 0
    pieces: int = 0
    crc: int = 0
    part: int = 0
    size: int = 0
    full: bool = False
    rejected: int = 0
    rows: int = 0
    errors: int = 0
    rejects: int = 0
    done: bool = False


class Parts:
    """The output of a run, which nothing else writes meanwhile; `opened` makes one."""

    def __init__(self, folder: Path, form: str, largest: int) -> None:
        self._folder, self._form, self._largest = folder, form, largest
        self.at = _read(folder / STATE / "checkpoint.json", Checkpoint())
        self._saved = monotonic()
        if self.at.full and self._part().is_file() and not self._part().is_symlink():
            self._next_part()  # stopped when it had just got its name
        rejected = folder / REJECTS
        self._rejected = _begun(rejected, self.at.rejected) if self.at.rejected or rejected.exists() else None
        self._draft = _begun(folder / STATE / "draft", self.at.size)
        if self.at.full:  # stopped just before
            self._finish_part()

    def add(self, output: Output, rejects: bytes, input: int, pieces: int, crc: int) -> None:
        """Write what came of a piece; with it `pieces` of an input are done, whose checksum is `crc`."""
        self._draft.write(output.data)
        if rejects:
            self._rejected = self._rejected or _begun(self._folder / REJECTS, 0)
            self._rejected.write(rejects)
        self.at = replace(
            self.at,
            input=input,
            pieces=pieces,
            crc=crc,
            size=self.at.size + len(output.data),
            rejected=self.at.rejected + len(rejects),
            rows=self.at.rows + output.rows,
            errors=self.at.errors + output.errors,
            rejects=self.at.rejects + len(output.rejects),
        )
        if self.at.size >= self._largest:
            self._finish_part()
        elif monotonic() - self._saved > EVERY:
            self.save()

    def save(self) -> None:
        """Let a run that goes on begin here."""
        for file in (self._draft, self._rejected):
            if file is not None:
                file.flush()
                os.fsync(file.fileno())
        _write(self._folder / STATE / "checkpoint.json", asdict(self.at))
        self._saved = monotonic()

    def finish(self) -> None:
        """Finish the last part, and the run."""
        if self.at.size:
            self._finish_part()
        self.at = replace(self.at, done=True)
        self.save()
        (self._folder / STATE / "draft").unlink()

    def close(self) -> None:
        """Close the files, which stay as they are."""
        for file in (self._draft, self._rejected):
            if file is not None:
                file.close()

    def _part(self) -> Path:
        return _part(self._folder, self.at.part, self._form)

    def _finish_part(self) -> None:
        if os.path.lexists(self._part()):
            raise CannotWrite(f"{self._part()}: is in the way, and not of this run")
        self.at = replace(self.at, full=True)
        self.save()
        draft = self._folder / STATE / "draft"
        if self._form == "parquet":
            from cleantext.corpus.parquet import write_part

            with replacing(str(self._part())) as part, draft.open("rb") as file:
                write_part(file, part)
            self._draft.close()
            draft.unlink()
        else:
            self._draft.close()
            draft.replace(self._part())
            sync_folder(self._folder)
        self._draft = _begun(draft, 0)
        self._next_part()
        self.save()

    def _next_part(self) -> None:
        self.at = replace(self.at, part=self.at.part + 1, size=0, full=False)


@contextmanager
def opened(output: str, run: Mapping[str, Any], form: str, largest: int, overwrite: bool) -> Iterator[Parts]:
    """The output folder at a path for a `run`, which is what decides what is written, as plain values.

    A folder in which the same run was begun goes on. Raises CannotWrite for one of another run, unless `overwrite`
    begins anew, and for one with anything else in it.
    """
    folder = Path(output)
    try:
        if folder.exists() and not folder.is_dir():
            raise CannotWrite(f"{output}: is no folder; the output is one, with parts in it")
        state = folder / STATE
        if folder.exists() and not state.is_dir() and any(folder.iterdir()):
            raise CannotWrite(f"{output}: holds other files; say a new or an empty folder")
        if state.is_symlink():
            raise CannotWrite(f"{state}: is a link; left as it is")
        state.mkdir(parents=True, exist_ok=True)
        with alone(str(state / "lock")):
            known = _loaded(state / "run.json", damaged={} if overwrite else None)
            if known is not None and overwrite:
                # Should this be stopped half way, no other run goes on with what is left.
                _write(state / "run.json", {"options": known.get("options", {})})
                _empty(folder, known)
                known = None
            if known is None:
                _write(state / "run.json", run)
            elif known != (asked := json.loads(json.dumps(run))):
                differ = ", ".join(name for name in asked if known.get(name) != asked[name]) or "form"
                raise CannotWrite(
                    f"{output}: is of a run with other {differ}; go on with the same, or begin anew with --overwrite"
                )
            parts = Parts(folder, form, largest)
            try:
                yield parts
            finally:
                parts.close()
    except OSError as error:
        raise CannotWrite(f"{output}: cannot be written: {error.strerror or error}") from error


def _empty(folder: Path, run: Mapping[str, Any]) -> None:
    """Remove what a run has written, and nothing else."""
    checkpoint = folder / STATE / "checkpoint.json"
    at = _loaded(checkpoint, damaged={}) or {}
    form = run.get("options", {}).get("form")
    for number in range(int(at.get("part", 0)) + 1):
        for name in FORMS if form is None else (form,):
            _part(folder, number, name).unlink(missing_ok=True)
    for path in (folder / REJECTS, folder / STATE / "draft", checkpoint):
        path.unlink(missing_ok=True)


def _part(folder: Path, number: int, form: str) -> Path:
    return folder / f"part-{number:05}.{form}"


def _write(path: Path, content: Mapping[str, Any]) -> None:
    with replacing(str(path)) as file:
        file.write(json.dumps(content).encode("ascii"))


def _loaded(path: Path, damaged: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """What a file of the state holds, None if there is none; `damaged` for one that is, else CannotWrite is raised."""
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except ValueError as error:
        if damaged is not None:
            return damaged
        raise CannotWrite(f"{path}: damaged; begin anew with --overwrite") from error
    return content if isinstance(content, dict) else {}


def _read(path: Path, default: Checkpoint) -> Checkpoint:
    content = _loaded(path)
    try:
        return default if content is None else Checkpoint(**content)
    except TypeError as error:
        raise CannotWrite(f"{path}: damaged; begin anew with --overwrite") from error


def _begun(path: Path, size: int) -> BinaryIO:
    """A file of which so many bytes are right, open to write behind them. Raises CannotWrite if it has fewer."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, flags, 0o666), "r+b")
    if file.seek(0, os.SEEK_END) < size:
        file.close()
        raise CannotWrite(f"{path}: is shorter than it was; begin anew with --overwrite")
    file.truncate(size)
    file.seek(size)
    return file
