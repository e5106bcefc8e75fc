"""What ``cleantext check`` does with one file; run in processes of its own."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cleantext.cli import formats
from cleantext.cli.problems import STDIN, UNDONE, CannotWrite, show_path, undone
from cleantext.cli.records import Findings, records
from cleantext.cli.settings import AllSettings, Asked
from cleantext.cli.source import Reading, Source
from cleantext.span import Span

if TYPE_CHECKING:
    from cleantext.cli.cache import Cache


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every file of a run. Picklable."""

    asked: Asked
    reading: Reading
    output: str = "concise"  # a format, "diff" or "statistics"
    fix: bool = False
    backup: bool = False
    cache: Path | None = None


@dataclass(slots=True)
class Outcome:
    """What came of one file: items of the report, counts, and what is to be said on stderr.

    ``rules`` counts spans and characters by rule. ``fixed`` is the new content of stdin, which goes to stdout.
    """

    path: str
    items: list[str] = field(default_factory=list)
    spans: int = 0
    characters: int = 0
    rules: dict[str, tuple[int, int]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    failed: bool = False
    fixed: bytes | None = None
    entry: tuple[bytes, str] | None = None  # for the cache
    read: bool = False


class Examiner:
    """Does a task, file by file."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._settings = AllSettings(task.asked)
        self._cache: Cache | None = None
        if task.cache is not None:
            from cleantext.cli.cache import Cache  # who names a file does not wait for a database

            self._cache = Cache(task.cache)

    def __call__(self, path: str) -> Outcome:
        """Examine the file at `path`. What cannot be done is said in the outcome."""
        outcome = Outcome(path)
        try:
            self._examine(path, outcome)
        except UNDONE as error:
            outcome.messages.append(undone(error, path))
            outcome.failed = True
        return outcome

    def _examine(self, path: str, outcome: Outcome) -> None:
        task = self._task
        source = task.reading.read(path)
        shown = show_path(source.name) if source.name == STDIN else source.name
        found = self._found(source, outcome)
        if task.fix:
            self._fix(source, found.removed, outcome)
        outcome.read = True
        for rule, message in found.problems:
            outcome.messages.append(f"{show_path(shown)}: {rule} {message}")
            outcome.failed = True
        counts: Counter[str] = Counter()
        for span in found.removed:
            counts[span.rule] += span.end - span.start
        spans = Counter(span.rule for span in found.removed)
        outcome.rules = {rule: (spans[rule], counts[rule]) for rule in sorted(counts)}
        outcome.spans, outcome.characters = len(found.removed), sum(counts.values())
        if task.output == "diff":
            from cleantext.cli.diff import diff

            # The byte order mark of UTF-8 is a character of the first line for who applies a diff.
            mark = "\ufeff" if source.mark == BOM_UTF8 else ""
            moved = [replace(s, start=s.start + len(mark), end=s.end + len(mark)) for s in found.removed]
            lines = diff(shown, mark + source.text, moved)
            outcome.items = ["".join(lines).removesuffix("\n")] if lines else []
        elif task.output != "statistics" and found.removed:
            listed = list(records(shown, source.text, found.kind, found.removed))
            outcome.items = formats.of(task.output).items(listed, source.text)

    def _found(self, source: Source, outcome: Outcome) -> Findings:
        """What is found in a document, or was before."""
        known = None
        if self._cache is not None:
            from cleantext.cli.cache import dumped, key

            known = key(source.raw, self._settings.told(source))
            found = self._cache.get(known, source.text)
            if found is not None:
                return found
        result = self._settings.cleaner(source).clean(source.text, kind=source.kind)
        found = Findings(result.kind, result.removed, [(p.rule, p.message) for p in result.problems])
        if known is not None and not found.problems:  # which a run with more time may not have
            outcome.entry = known, dumped(found)
        return found

    def _fix(self, source: Source, spans: Sequence[Span], outcome: Outcome) -> None:
        """Take the spans out of the file: those that are reported, and no others."""
        if source.path == STDIN:
            outcome.fixed = source.without(spans)
        elif spans:
            from cleantext.cli.write import replace as replace_file

            if source.seen is None:
                raise CannotWrite(f"{source.path}: is no regular file; left as it is")
            replace_file(source.path, source.without(spans), source.seen, self._task.backup)
