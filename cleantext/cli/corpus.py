"""``cleantext corpus``: files of rows, cleaned as a stream into a folder of parts."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import click

from cleantext import __version__
from cleantext.cli.clean_pieces import Done, Job, Worker, carefully
from cleantext.cli.inputs import Found, check, form_of, inputs_of
from cleantext.cli.options import jobs_option, max_size_option, quiet_option, settings_options
from cleantext.cli.parts import REJECTS, Parts, opened
from cleantext.cli.pool import AHEAD, Killed, cores, ordered
from cleantext.cli.problems import CannotRead, CannotWrite, complain, printable
from cleantext.cli.progress import Rows
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import Reading
from cleantext.corpus.piece import FORMS, Input, Reject, Task
from cleantext.corpus.rows import KINDS

MOST_ERRORS = 100
PART = 64  # megabytes


class TooMany(Exception):
    """More was rejected than may be."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("-o", "--output", required=True, type=click.Path(path_type=str), help="The folder of the output.")
@click.option("--overwrite", is_flag=True, help="Begin anew where a run has written already.")
@click.option("--column", metavar="NAME", help="What holds the documents [text, or else html].")
@click.option("--kind", type=click.Choice(KINDS), help="What they are [what the name of the column says, or auto].")
@click.option("--url-column", "url", metavar="NAME", help="What holds their addresses, for what is said of sites.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="Of the output [that of the first input]; JSON stays JSON Lines and Parquet stays Parquet.",
)
@click.option("--removed", is_flag=True, help="Keep in each row what went of it.")
@click.option("--drop-source", is_flag=True, help="Leave the documents out, but for those with an error.")
@click.option("--part-size", type=click.IntRange(1), default=PART, help="Megabytes of a part [64].")
@click.option(
    "--max-errors",
    type=click.IntRange(0),
    default=MOST_ERRORS,
    help="Stop if more is rejected than this [100].",
)
@settings_options
@max_size_option
@jobs_option
@quiet_option
def corpus(
    paths: tuple[str, ...],
    output: str,
    overwrite: bool,
    column: str | None,
    kind: str | None,
    url: str | None,
    form: str | None,
    removed: bool,
    drop_source: bool,
    part_size: int,
    max_errors: int,
    asked: Asked,
    largest: int,
    jobs: int,
    quiet: bool,
) -> None:
    """Clean the rows of PATHS, JSON Lines, Parquet, WARC or folders of documents, into a folder.

    Every row comes out, in order, in files part-00000.jsonl (or .jsonl.gz, .jsonl.zst, .parquet) and so on, with
    clean_text, kept_ratio and error; what is no row is told in _rejects.jsonl. A run that was stopped, by whatever
    means, goes on when the same command is given again, and what it writes is the same.

    Exit status: 0, or 2 if something that was asked could not be done.
    """
    settings = AllSettings(asked).check()
    try:
        found = inputs_of(paths, settings, False, output)
        task = Task(form or form_of(found), column, kind, url, removed, drop_source)
        check(found, task)
        if settings.profile is not None and settings.profile.by != "host":
            raise click.UsageError("--site-profile: rows are of hosts; make one with `cleantext learn --site host`")
        run = _run(found, task, part_size, largest)
        with opened(output, run, task.form, part_size * 1_000_000, overwrite) as parts:
            _check_rejects(parts, max_errors)
            how = "all done already"
            if not parts.at.done:
                progress = Rows(sum(one.size for one in found), quiet)
                _clean(found, (task, asked, Reading(largest=largest)), parts, jobs, max_errors, progress)
                parts.finish()
                how = progress.took()
            _say(parts, output, how, quiet)
            if parts.at.rejects and not parts.at.rows:
                raise CannotRead(f"no row at all; see {Path(output, REJECTS)}")
    except (CannotRead, CannotWrite) as error:
        complain(error)
        raise SystemExit(2) from error
    except TooMany as error:
        complain(f"{error}; see {Path(output, REJECTS)}. With a larger --max-errors the same command goes on")
        raise SystemExit(2) from error
    raise SystemExit(0)


def _clean(
    found: Sequence[Found],
    work: tuple[Task, Asked, Reading],
    parts: Parts,
    jobs: int,
    max_errors: int,
    progress: Rows,
) -> None:
    """Clean what is not done yet. Raises TooMany when more is rejected than may be."""
    before = [0, *accumulate(one.size for one in found)]
    begun = parts.at.rows
    suspects = 0
    while True:
        try:
            for done in _results(found, work, parts, jobs, suspects):
                one = found[done.input].input
                parts.add(done.output, _told(one, done.output.rejects), done.input, done.number + 1, done.crc)
                _check_rejects(parts, max_errors)
                read = min(before[done.input] + done.read, before[done.input + 1])
                progress.show(read, parts.at.rows - begun)
            return
        except Killed:
            complain("a process was killed, perhaps for want of memory; what it had is cleaned again, each row apart")
            suspects = (jobs or cores()) * AHEAD + 1  # one of those that were under way


def _check_rejects(parts: Parts, most: int) -> None:
    if parts.at.rejects > most:
        parts.save()
        raise TooMany(f"more than {most:,} rejected")


def _results(
    found: Sequence[Found], work: tuple[Task, Asked, Reading], parts: Parts, jobs: int, suspects: int
) -> Iterator[Done]:
    """What comes of the pieces that are not done, in order; each of the first `suspects` in a process of its own."""
    todo = _jobs(found, parts)
    for job in islice(todo, suspects):
        yield carefully(work, job)
    for done in ordered(Worker, work, todo, jobs, few=1, size=1):
        assert not isinstance(done, CannotRead)
        yield done


def _jobs(found: Sequence[Found], parts: Parts) -> Iterator[Job]:
    """The pieces that are not done. Raises CannotRead if those that are were others, or an input cannot be read."""
    at = parts.at
    for index, one in enumerate(found[at.input :], at.input):
        path, number, crc = one.input.path, -1, 0
        done = at.pieces if index == at.input else 0
        try:
            for number, piece in enumerate(one.input.pieces()):
                crc = zlib.crc32(piece.crc.to_bytes(4, "big"), crc)
                if number >= done:
                    yield Job(index, number, path, one.input.format, dataclasses.replace(piece, crc=crc))
                elif number == done - 1 and crc != at.crc:
                    break
        except OSError as error:
            raise CannotRead(f"{path}: {error.strerror or error}") from error
        if done and (number < done - 1 or (number == done - 1 and crc != at.crc)):
            raise CannotRead(f"{path}: has changed since the run began; begin anew with --overwrite")


def _run(found: Sequence[Found], task: Task, part_size: int, largest: int) -> dict[str, Any]:
    """All that decides what is written, as plain values."""
    told = "\n".join(sorted({told for one in found for told in one.told}))
    return {
        "version of cleantext": __version__,
        "inputs": [[one.input.path, one.size, one.changed] for one in found],
        "options": {**asdict(task), "part_size": part_size, "max_size": largest},
        "settings": hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest(),
    }


def _told(one: Input, rejects: Sequence[Reject]) -> bytes:
    """Lines of the file of what was rejected."""
    lines = []
    for reject in rejects:
        where = {"file": reject.file} if reject.file else {"file": one.path, one.unit: reject.at}
        lines.append(json.dumps({**where, "reason": reject.reason}) + "\n")
    return "".join(lines).encode("ascii")


def _say(parts: Parts, output: str, how: str, quiet: bool) -> None:
    """Say what was done, and what was not."""
    if quiet:
        return
    at = parts.at
    said = (
        f"{at.rows:,} {'row' if at.rows == 1 else 'rows'} in {at.part:,} {'part' if at.part == 1 else 'parts'}, {how}"
    )
    if at.errors:
        said += f"; {at.errors:,} with an error"
    if at.rejects:
        said += f"; {at.rejects:,} rejected, see {Path(output, REJECTS)}"
    click.echo(printable(said), err=True)
