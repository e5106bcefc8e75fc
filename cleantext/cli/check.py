"""``cleantext check``: report what would be removed, show it, or take it out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleantext.cli import formats
from cleantext.cli.examine import Examiner, Outcome, Task
from cleantext.cli.files import Finder
from cleantext.cli.formats import Format, Totals
from cleantext.cli.options import files_options, jobs_option, overwrite_option, reading_options, talk_options
from cleantext.cli.output import Output
from cleantext.cli.pool import Killed, ordered
from cleantext.cli.problems import STDIN, CannotRead, CannotWrite, complain, printable, show_path
from cleantext.cli.progress import shown
from cleantext.cli.settings import EXCLUDE, AllSettings, Asked
from cleantext.cli.source import Reading
from cleantext.cli.write import refuse_document, sweep

if TYPE_CHECKING:
    from cleantext.cli.cache import Keeper


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
@click.option("--fix", is_flag=True, help="Take out what is reported, in place.")
@click.option("--diff", "as_diff", is_flag=True, help="Show what --fix would change; change nothing.")
@click.option("--backup", is_flag=True, help="With --fix, keep the file as it was, with the suffix .orig.")
@files_options
@reading_options
@click.option("--output-format", "output_format", type=click.Choice(formats.NAMES), help="[full or concise]")
@click.option("-o", "--output-file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there.")
@overwrite_option
@click.option("--statistics", is_flag=True, help="Count by rule instead of showing every span.")
@click.option("-e", "--exit-zero", is_flag=True, help="Exit with 0 whatever was found.")
@click.option("--show-files", is_flag=True, help="Only list the files that would be read.")
@click.option("--show-settings", is_flag=True, help="Only show the settings for the first file.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was found before.")
@jobs_option
@talk_options
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour the report.")
def check(
    paths: tuple[str, ...],
    asked: Asked,
    force: bool,
    fix: bool,
    as_diff: bool,
    backup: bool,
    reading: Reading,
    output_format: str | None,
    output_file: Path | None,
    overwrite: bool,
    statistics: bool,
    exit_zero: bool,
    show_files: bool,
    show_settings: bool,
    no_cache: bool,
    jobs: int,
    quiet: bool,
    verbose: bool,
    color: str,
) -> None:
    """Report what would be removed from PATHS: files, folders or - for stdin; the current folder by default.

    Of a span the report says where it stands, which rule takes it and why. Lines and columns count from 1, columns in
    code points; start and end count code points from 0, half-open. Nothing is changed without --fix, which takes out
    exactly the spans that are reported; of HTML the markup around them stays. With - it writes the document to stdout
    and the report to stderr.

    Exit status: 0 nothing to report or all taken out, 1 findings, 2 something that was asked could not be done.
    """
    if fix and as_diff:
        raise click.UsageError("--fix and --diff exclude each other")
    if as_diff and output_format is not None:
        raise click.UsageError("--diff is a format of its own")
    if backup and not fix:
        raise click.UsageError("--backup is for --fix")
    if reading.stdin_name is not None and STDIN not in paths:
        if paths:
            raise click.UsageError("--stdin-filename is for -")
        paths = (STDIN,)
    paths = paths or (".",)
    settings = AllSettings(asked).check()
    listing = show_files or show_settings
    finder = Finder(settings, force, complain if verbose else None, sweep if fix and not listing else None)
    if listing:
        raise SystemExit(_show(finder, settings, paths, reading, show_settings))
    if STDIN in paths and reading.stdin_name is not None and _excluded(finder, reading.stdin_name):
        paths = tuple(path for path in paths if path != STDIN)
        if fix:
            sys.stdout.buffer.write(sys.stdin.buffer.read())
        if not paths:
            raise SystemExit(0)
    output = Output(output_file, to_stderr=fix and STDIN in paths, color=color)
    name = output_format or ("full" if output.is_terminal else "concise")
    style = "statistics" if statistics else "diff" if as_diff else name
    if statistics and output_format not in (None, "concise", "full", "json"):
        raise click.UsageError("--statistics goes with the formats concise, full and json")
    cache = None
    if not no_cache and any(Path(path).is_dir() for path in paths):  # a few files are read as quickly as looked up
        from cleantext.cli.cache import NAME, folder

        cache = folder() / NAME
    task = Task(asked, reading, style, fix, backup, cache)
    try:
        if output_file is not None:
            refuse_document(str(output_file), overwrite, paths)
        with output:
            status = _Run(task, finder, paths, output, jobs, quiet).status(exit_zero, name)
    except CannotWrite as error:
        complain(error)
        status = 2
    raise SystemExit(status)


class _Run:
    """One run over all files: what comes of each is written as it comes."""

    def __init__(
        self, task: Task, finder: Finder, paths: tuple[str, ...], output: Output, jobs: int, quiet: bool
    ) -> None:
        self._task, self._finder, self._paths, self._output = task, finder, paths, output
        self._jobs, self._quiet = jobs, quiet

    def status(self, exit_zero: bool, statistics_as: str) -> int:
        """Do it, and return the exit status."""
        task, style = self._task, self._task.output
        form = Format(items=lambda records, source: []) if style in ("diff", "statistics") else formats.of(style)
        files = spans = characters = errors = written = 0
        rules: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        held: Counter[str] = Counter()
        if style != "statistics":
            self._output.write(form.begin(), style)
        keeper = _keeper(task.cache)
        try:
            for outcome in self._outcomes():
                if isinstance(outcome, CannotRead):
                    complain(outcome)
                    errors += 1
                    continue
                for message in outcome.messages:
                    complain(message)
                errors += outcome.failed
                files += outcome.read
                spans += outcome.spans
                characters += outcome.characters
                for rule, (number, size) in outcome.rules.items():
                    rules[rule] += number
                    sizes[rule] += size
                    held[rule] += 1
                for item in outcome.items:
                    self._output.write(form.between + item if written else item, style)
                    written += 1
                if outcome.fixed is not None:
                    sys.stdout.buffer.write(outcome.fixed)
                if keeper is not None and outcome.entry is not None:
                    keeper.add(outcome.entry)
        except Killed:
            complain("a process was killed; not all files were read")
            errors += 1
        if keeper is not None:
            keeper.close()
        totals = Totals(files, spans, characters, errors)
        if style == "statistics":
            self._output.write(_statistics(rules, sizes, held, statistics_as), style)
        else:
            self._output.write(form.end(totals), style)
        if files and not self._quiet:
            click.echo(_summary(totals, task.fix), err=True)
        if errors:
            return 2
        return 1 if spans and not task.fix and not exit_zero else 0

    def _outcomes(self) -> Iterator[Outcome | CannotRead]:
        jobs = 1 if STDIN in self._paths else self._jobs
        done = ordered(Examiner, (self._task,), self._finder.find(self._paths), jobs)
        quiet = self._quiet or (self._output.is_terminal and self._task.output != "statistics")
        return shown(done, lambda: self._finder.count(self._paths), quiet)


def _excluded(finder: Finder, name: str) -> bool:
    """Whether stdin is left out; a wrong config file is said when it is read."""
    try:
        return finder.excluded(name)
    except CannotRead:
        return False


def _keeper(path: Path | None) -> Keeper | None:
    if path is None:
        return None
    from cleantext.cli.cache import Keeper

    return Keeper(path)


def _show(finder: Finder, settings: AllSettings, paths: tuple[str, ...], reading: Reading, show_settings: bool) -> int:
    """List the files that would be read, or show the settings for the first of them; the exit status."""
    status = 0
    for path in finder.find(paths):
        if isinstance(path, CannotRead):
            complain(path)
            status = 2
            continue
        name = reading.name(path)
        if show_settings:
            try:
                _show_settings(name, settings)
            except CannotRead as error:
                complain(error)
                status = 2
            return status
        click.echo(show_path(name))
    return status


def _show_settings(path: str, settings: AllSettings) -> None:
    from cleantext.cli.formats.json import dumped

    found = settings.of(path)
    cleaner = found.cleaner(path)
    click.echo(f"# for {show_path(path)}, from {printable(str(found.file or 'the defaults'))}")
    config = found.config
    values = {
        "level": config.level,
        "keep": [pattern.text for pattern in config.keep],
        "max-chars": config.max_chars,
        "time-limit": config.time_limit,
        "sites": [name for name, _ in config.sites],
        "exclude": EXCLUDE if config.exclude is None else config.exclude,
        "extend-exclude": config.extend_exclude,
        "per-file-ignores": dict(config.per_file_ignores),
        "respect-gitignore": config.respect_gitignore,
    }
    for name, value in values.items():
        click.echo(f"{name} = {dumped(value)}")
    click.echo("rules = " + "\n        ".join(f"{rule.name} ({rule.group})" for rule in cleaner.rules))


def _statistics(rules: Counter[str], sizes: Counter[str], held: Counter[str], name: str) -> str:
    """Counts by rule, the most frequent first."""
    order = sorted(rules, key=lambda rule: (-rules[rule], rule))
    if name == "json":
        from cleantext.cli.formats.json import dumped

        rows = [dumped({"rule": r, "spans": rules[r], "characters": sizes[r], "files": held[r]}) for r in order]
        return "[\n" + ",\n".join(rows) + "\n]\n"
    if not order:
        return ""
    table = [("spans", "characters", "files", "rule")]
    table += [(f"{rules[r]:,}", f"{sizes[r]:,}", f"{held[r]:,}", r) for r in order]
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    lines = [
        "  ".join([*(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=False)), row[3]]) for row in table
    ]
    return "\n".join(lines) + "\n"


def _summary(totals: Totals, fixed: bool) -> str:
    said = f"{_count(totals.files, 'file')}, "
    if totals.spans:
        said += f"{_count(totals.spans, 'span')}, {_count(totals.characters, 'character')} "
        said += "removed" if fixed else "would be removed"
    else:
        said += "nothing to remove"
    return f"{said}; {totals.errors:,} not done" if totals.errors else said


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
