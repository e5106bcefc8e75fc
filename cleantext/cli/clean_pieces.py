"""What a process does with the pieces of a corpus."""

from __future__ import annotations

from dataclasses import dataclass

from cleantext.cli.inputs import column_of
from cleantext.cli.problems import UNDONE, undone
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import Reading
from cleantext.corpus.jsonl import clean_lines
from cleantext.corpus.piece import Format, Output, Piece, Reject, Task
from cleantext.corpus.rows import KINDS, Row, RowCleaner

URL: str | None = "url"  # the column of addresses in what is made of a WARC


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of an input, by the number of the input and that of the piece in it."""

    input: int
    number: int
    path: str
    format: Format
    piece: Piece


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

    def __call__(self, job: Job) -> Done:
        """Clean a piece."""
        piece = job.piece
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
        from cleantext.corpus.arrow import kind_of as kind_of_column
        from cleantext.corpus.output import output_of

        if format == "warc":
            from cleantext.corpus.warc import table_of

            table, rejects = table_of(piece)
            column, url = "html", URL
        else:
            from cleantext.corpus.parquet import unpacked

            table, rejects = unpacked(piece.rows), list(piece.rejects)
            column, url = column_of(table.schema.names, task), task.url
        cleaner = self._cleaner(path, task.kind or kind_of_column(column))
        return output_of(cleaned(table, cleaner, column, url), column, task, rejects)

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
                cleaner = RowCleaner(self._settings.cleaner(source), self._task.kind or source.kind)
            except UNDONE as error:
                rejects.append(Reject(0, undone(error, path), path))
                continue
            rows.append(cleaner.clean(source.text))
            names.append(path.encode("utf-8", "backslashreplace").decode())
            texts.append(source.text)
        return output_of(documents(names, texts, rows), "text", self._task, rejects)

    def _cleaner(self, path: str, kind: str) -> RowCleaner:
        if (path, kind) not in self._cleaners:
            if len(self._cleaners) > len(KINDS):
                self._cleaners.clear()  # one file is read at a time
            settings = self._settings
            self._cleaners[path, kind] = RowCleaner(settings.of(path).cleaner(path), kind, settings.profile)
        return self._cleaners[path, kind]
