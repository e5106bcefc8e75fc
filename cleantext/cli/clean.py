"""``cleantext clean``: the body on stdout, or those of folders in another folder."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from cleantext.cli.files import HTML_SUFFIXES, READ, Finder, suffix_of
from cleantext.cli.options import files_options, jobs_option, overwrite_option, reading_options, talk_options
from cleantext.cli.pool import Killed, ordered
from cleantext.cli.problems import STDIN, UNDONE, CannotRead, CannotWrite, complain, show_path, undone
from cleantext.cli.progress import shown
from cleantext.cli.removed import SUFFIX, lines_of
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import Reading
from cleantext.cli.write import refuse_document, refuse_outside, replace

MARK = ".cleantext-clean"  # in folders of which all texts are ours


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every file of a run. Picklable."""

    asked: Asked
    reading: Reading
    markdown: bool


@dataclass(frozen=True, slots=True)
class Job:
    """A document, where its text goes (None for stdout), and where what was removed does (None for nowhere)."""

    path: str
    target: str | None = None
    removed: str | None = None


@dataclass(slots=True)
class Done:
    """What came of one document: its text if that is for stdout, and what is to be said on stderr."""

    text: str | None = None
    messages: list[str] = field(default_factory=list)
    failed: bool = False
    written: bool = False


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("-o", "--output", type=click.Path(path_type=str), help="Write to this file, or folder.")
@click.option("--markdown", is_flag=True, help="Write Markdown instead of text.")
@click.option("--removed", type=click.Path(file_okay=False, path_type=str), help="Keep what goes in this folder.")
@overwrite_option
@files_options
@reading_options
@jobs_option
@talk_options
def clean(
    paths: tuple[str, ...],
    asked: Asked,
    force: bool,
    output: str | None,
    markdown: bool,
    removed: str | None,
    overwrite: bool,
    reading: Reading,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Print the body text of PATHS, files or - for stdin, or write that of folders to a folder.

    With -o DIR the folder holds a file for each of the folders given, in the same place; of a page name.txt, or name.md
    with --markdown. Documents are never changed, and nothing that is there already is overwritten, but for texts in a
    folder that this command has made. With --removed what goes of each document is kept as JSON Lines, and
    `cleantext restore` puts it back. Text is written in UTF-8.

    Exit status: 0, or 2 if something that was asked could not be done; all else is.
    """
    folders = [path for path in paths if path != STDIN and Path(path).is_dir()]
    if output is None and (folders or len(paths) > 1):
        raise click.UsageError("for folders and several files say with -o where their texts go")
    settings = AllSettings(asked).check()
    finder = Finder(settings, force, complain if verbose else None)
    task = Task(asked, reading, markdown)
    into_folder = output is not None and (bool(folders) or len(paths) > 1 or Path(output).is_dir())
    plan = _Plan(finder, paths, output, removed, markdown, into_folder, reading, overwrite)
    done = ordered(Worker, (task,), plan.jobs(), 1 if STDIN in paths else jobs)
    count = 0
    failed = False
    try:
        for result in shown(done, lambda: finder.count(paths), quiet or output is None):
            if isinstance(result, CannotRead):
                complain(result)
                failed = True
                continue
            for message in result.messages:
                complain(message)
            failed |= result.failed
            count += result.written
            if result.text is not None:
                sys.stdout.buffer.write(result.text.encode("utf-8", "backslashreplace"))
    except Killed:
        complain("a process was killed; not all files were written")
        failed = True
    if output is not None and not quiet:
        click.echo(f"{count:,} {'file' if count == 1 else 'files'} written", err=True)
    sys.stdout.flush()
    raise SystemExit(2 if failed else 0)


class _Plan:
    """Which document becomes which file."""

    def __init__(
        self,
        finder: Finder,
        paths: tuple[str, ...],
        output: str | None,
        removed: str | None,
        markdown: bool,
        into_folder: bool,
        reading: Reading,
        overwrite: bool,
    ) -> None:
        self._finder, self._paths, self._output, self._removed = finder, paths, output, removed
        self._suffix, self._into_folder, self._reading = ".md" if markdown else ".txt", into_folder, reading
        self._overwrite = overwrite
        self._own_folder = into_folder and output is not None and _own_folder(Path(output))
        self._stems: dict[Path, Counter[str]] = {}
        self._taken: set[str] = set()

    def jobs(self) -> Iterator[Job | CannotRead]:
        """The documents, each with where its text goes, and why some have none."""
        for path in self._paths:
            written = [Path(folder).resolve() for folder in (self._output, self._removed) if folder is not None]
            within = [folder for folder in written if Path(path).resolve() in folder.parents]
            for found in self._finder.find([path]):
                if isinstance(found, CannotRead):
                    yield found
                    continue
                if found != path and any(Path(found).resolve().is_relative_to(folder) for folder in within):
                    continue  # what this run or one before it has written
                try:
                    yield self._job(path, found)
                except CannotWrite as error:
                    yield CannotRead(str(error))
                except OSError as error:
                    yield CannotRead(f"{found}: {error.strerror or error}")

    def _job(self, given: str, path: str) -> Job:
        """Where the text of a document goes. Raises CannotWrite if that must not be."""
        name = os.path.relpath(path, given) if path != given else Path(self._reading.name(path)).name
        target = removed = None
        if self._output is not None:
            target = str(Path(self._output, self._renamed(path, name))) if self._into_folder else self._output
            if target in self._taken:
                raise CannotWrite(f"{path}: two documents would become {show_path(target)}; this one is left out")
            self._taken.add(target)
        if self._removed is not None:
            removed = str(Path(self._removed, name + SUFFIX))
            refuse_outside(removed, self._removed)
        if target is not None and path != STDIN and Path(target).exists() and Path(path).samefile(target):
            raise CannotWrite(f"{path}: would be overwritten by its own text; say another file or folder with -o")
        if target is not None and self._output is not None:
            if self._into_folder:
                refuse_outside(target, self._output)
            elif Path(target).is_symlink():
                raise CannotWrite(f"{target}: is a link; the text of {path} is not written")
        if target is not None and not self._own_folder:
            refuse_document(target, self._overwrite)
        return Job(path, target, removed)

    def _renamed(self, path: str, name: str) -> str:
        """The name of the text of a document: of a page with another suffix, unless a document beside it has that."""
        if suffix_of(name) not in HTML_SUFFIXES:
            return name
        folder = Path(path).parent
        if folder not in self._stems:
            beside = folder.iterdir() if path != STDIN else iter(())
            self._stems[folder] = Counter(other.stem for other in beside if suffix_of(other.name) in READ)
        count = self._stems[folder][Path(path).stem]
        return (name if count > 1 else str(Path(name).with_suffix(""))) + self._suffix


class Worker:
    """Cleans documents one by one."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._settings = AllSettings(task.asked)

    def __call__(self, job: Job) -> Done:
        """Clean a document. What cannot be done is said in what is returned."""
        done = Done()
        try:
            self._clean(job, done)
        except UNDONE as error:
            done.messages.append(undone(error, job.path))
            done.failed = True
        return done

    def _clean(self, job: Job, done: Done) -> None:
        task = self._task
        source = task.reading.read(job.path)
        result = self._settings.cleaner(source).clean(source.text, kind=source.kind)
        text = result.markdown if task.markdown else result.text
        for problem in result.problems:
            done.messages.append(f"{show_path(source.name)}: {problem.rule} {problem.message}")
            done.failed = True
        if job.removed is not None:
            lines = "".join(f"{line}\n" for line in lines_of(source, result, text, job.target or "", job.removed))
            _write(job.removed, lines)
        if job.target is None:
            done.text = text
        else:
            _write(job.target, text)
            done.written = True


def _own_folder(folder: Path) -> bool:
    """Whether all that is in a folder is from runs of this command: it is new, or has the mark that we leave in one."""
    mark = folder / MARK
    try:
        if folder.exists() and any(folder.iterdir()):
            return mark.is_file() and not mark.is_symlink()
        folder.mkdir(parents=True, exist_ok=True)
        mark.write_text("cleantext clean writes the texts in this folder, and may replace them.\n", encoding="ascii")
    except OSError:
        return False  # which is said when the first text is written
    return True


def _write(path: str, text: str) -> None:
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{path}: cannot be written: {error.strerror or error}") from error
    replace(path, text.encode("utf-8", "backslashreplace"))
