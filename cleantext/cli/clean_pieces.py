"""What a process does with the pieces of a corpus."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from cleantext.cli.inputs import column_of
from cleantext.cli.pool import Killed, alone
from cleantext.cli.problems import UNDONE, undone
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import Reading
from cleantext.corpus.jsonl import clean_lines
from cleantext.corpus.piece import Format, Output, Piece, Reject, Task
from cleantext.corpus.rows import KINDS, Refusal, Row, RowCleaner, kind_of

KILLS = "the process that cleaned it was killed, perhaps for want of memory"


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of an input, by the number of the input and that of the piece in it."""

    input: int
    number: int
    path: str
    format: Format
    piece: Piece
    refused: str = ""  # why its rows are not cleaned


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job; ``crc`` is that of its piece."""

    input: int
    number: int
    read: int
    crc: int
    output: Output


class Worker:
    """Cleans pieces."""

    def __init__(self, task: Task, asked: Asked, reading: Reading) -> None:
        self._task, self._reading = task, reading
        self._settings = AllSettings(asked)
        self._cleaners: dict[tuple[str, str], RowCleaner] = {}
        self._refused = ""

    def __call__(self, job: Job) -> Done:
        """Clean a piece."""
        piece = job.piece
        self._refused = job.refused
        return Done(job.input, job.number, piece.read, piece.crc, self._cleaned(job.path, job.format, piece))

    def _cleaned(self, path: str, format: Format, piece: Piece) -> Output:
        task = self._task
        if not piece.rows:
            return Output(b"", 0, 0, piece.rejects)
        if format == "jsonl":
            return clean_lines(piece, {kind: self._cleaner(path, kind) for kind in KINDS}, task)
        if format == "documents":
            return self._documents(piece)
        from cleantext.corpus.arrow import cleaned
        from cleantext.corpus.output import output_of, with_errors

        url = task.url
        if format == "warc":
            from cleantext.corpus.warc import table_of

            table, broken, rejects = table_of(piece)
            column, url = "html", url or "url"
        else:
            from cleantext.corpus.parquet import unpacked

            table, broken, rejects = unpacked(piece.rows), [], list(piece.rejects)
            column = column_of(table.schema.names, task)
        cleaner = self._cleaner(path, task.kind or kind_of(column))
        done = cleaned(table, cleaner, column, url)
        return output_of(with_errors(done, broken), column, task, rejects)

    def _documents(self, piece: Piece) -> Output:
        """What becomes of the documents at the paths of a piece."""
        from cleantext.corpus.output import documents, output_of

        names: list[str] = []
        texts: list[str] = []
        rows: list[Row] = []
        rejects = list(piece.rejects)
        for path in piece.rows:
            try:
                source = self._reading.read(path)
                kind = self._task.kind or source.kind
                cleaner = Refusal(self._refused) if self._refused else RowCleaner(self._settings.cleaner(source), kind)
            except UNDONE as error:
                rejects.append(Reject(0, undone(error, path), path))
                continue
            rows.append(cleaner.clean(source.text))
            names.append(path.encode("utf-8", "backslashreplace").decode())
            texts.append(source.text)
        return output_of(documents(names, texts, rows), "text", self._task, rejects)

    def _cleaner(self, path: str, kind: str) -> RowCleaner:
        if self._refused:
            return Refusal(self._refused)
        if (path, kind) not in self._cleaners:
            if len(self._cleaners) > len(KINDS):
                self._cleaners.clear()  # one file is read at a time
            settings = self._settings
            self._cleaners[path, kind] = RowCleaner(settings.of(path).cleaner(path), kind, settings.profile)
        return self._cleaners[path, kind]


def carefully(work: tuple[Task, Asked, Reading], job: Job) -> Done:
    """What comes of a job that may kill its process: a row that does is not cleaned, and says so."""
    try:
        return alone(Worker, work, job)
    except Killed:
        halves = _halves(job)
    if len(halves) > 1:
        return _joined(job, [carefully(work, half).output for half in halves])
    try:
        return alone(Worker, work, dataclasses.replace(job, refused=KILLS))
    except Killed:  # to read it was too much
        return _joined(job, [Output(b"", 0, 0, (*job.piece.rejects, _reject(job)))])


def _halves(job: Job) -> list[Job]:
    """The job as two, each with half of the rows; as one if it has one."""
    piece, half = job.piece, len(job.piece.rows) // 2
    if job.format == "parquet":
        from cleantext.corpus.parquet import halves

        rows = halves(piece.rows)
    else:
        rows = [piece.rows[:half], piece.rows[half:]] if half else [piece.rows]
    pieces = [dataclasses.replace(piece, rows=rows[0])]
    if len(rows) > 1:
        pieces.append(dataclasses.replace(piece, rows=rows[1], first=piece.first + half, rejects=()))
    return [dataclasses.replace(job, piece=one) for one in pieces]


def _joined(job: Job, outputs: Sequence[Output]) -> Done:
    """What came of the parts of a job, as if of one."""
    output = Output(
        b"".join(one.data for one in outputs),
        sum(one.rows for one in outputs),
        sum(one.errors for one in outputs),
        tuple(reject for one in outputs for reject in one.rejects),
    )
    return Done(job.input, job.number, job.piece.read, job.piece.crc, output)


def _reject(job: Job) -> Reject:
    """A row that not even can be read, by where it stands."""
    row = job.piece.rows[0]
    if job.format == "documents":
        return Reject(0, KILLS, row)
    return Reject(row.at if job.format == "warc" else job.piece.first, KILLS)
