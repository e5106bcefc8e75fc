"""What the fuzzer calls a failure, and the least source that still shows it."""

from __future__ import annotations

import os
import re
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from time import monotonic, thread_time
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from benchmarks.mutations import OPTIONS, Document, Kind, Source
from cleantext import Cleaner, Result
from cleantext.config import Config
from cleantext.find.patterns import Pattern
from cleantext.invariants import BrokenInvariant

# Seconds of processor time after which a call counts as one that does not end.
ENDLESS = 60.0
# Seconds for which a source is made smaller.
PATIENCE = 60.0
SUFFIXES: dict[Kind, str] = {"text": ".txt", "html": ".html", "tree": ".html", "bytes": ".bin"}

cleaners = {name: Cleaner(Config.make(**options)) for name, options in OPTIONS.items()}


class Failure(NamedTuple):
    """A document that is not cleaned as it should be. Of the same ``key`` are those that fail in the same way."""

    key: str
    message: str
    broken: bool = False  # a promise, rather than an exception


class Examined(NamedTuple):
    """What came of a document: processor seconds of an unchecked call, 0.0 if it failed, and why it did."""

    seconds: float
    result: Result | None
    failure: Failure | None


class Endless(BaseException):
    """A call takes too long. No Exception: a rule's would be taken for a problem of that rule."""


def examined(document: Document, checks: bool, endless: float = ENDLESS) -> Examined:
    """Clean a document, and once more with checks if they are wanted."""
    result = None
    try:
        with _checks(wanted=False), _time_limit(endless):
            # Of this thread: while the limit is on, that of the process is counted in ticks on some systems.
            begun = thread_time()
            result = cleaned(document)
            seconds = thread_time() - begun
        _hold_problems(result)
        if checks:
            with _checks(wanted=True), _time_limit(10 * endless):
                _verify(document, cleaned(document))
    except (Exception, Endless) as error:
        message = "".join(traceback.format_exception(error))
        return Examined(0.0, result, Failure(_key(error), message, isinstance(error, BrokenInvariant)))
    return Examined(seconds, result, None)


def cleaned(document: Document) -> Result:
    """What cleaning makes of a document."""
    cleaner, source = cleaners[document.options], document.source
    if document.kind == "tree":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what looks like XML, or like an address
            try:
                tree = BeautifulSoup(StringIO(str(source)), "html.parser")  # of a str it asks whether it is a path
            except ParserRejectedMarkup:  # of what no tree can be made nobody has one
                tree = BeautifulSoup(StringIO(""), "html.parser")
        return cleaner.clean(tree)
    return cleaner.clean(source, kind="auto" if document.kind == "bytes" else document.kind)


def _hold_problems(result: Result) -> None:
    """Raise if a rule raised; that time ran out is no failure."""
    for problem in result.problems:
        if problem.message.startswith("failed"):
            raise BrokenInvariant(f"{problem.rule} {problem.message}")


def _verify(document: Document, result: Result) -> None:
    """What the options promise, and what is worked out only when it is asked for."""
    config = cleaners[document.options].config
    for span in result.removed:
        if span.group in config.ignore:
            raise BrokenInvariant(f"removes what is ignored: {span!r}")
        for pattern in config.keep:
            if any(_is_kept(pattern, line) for line in span.text.splitlines()):
                raise BrokenInvariant(f"removes a line that is kept: {span!r}")
    if (document.kind == "bytes") != (result.encoding is not None):
        raise BrokenInvariant(f"has the wrong encoding: {result.encoding!r}")
    assert isinstance(result.markdown, str)
    assert result.outcome


def _is_kept(pattern: Pattern, line: str) -> bool:
    return bool(pattern.search(line.strip()))


@contextmanager
def _checks(wanted: bool) -> Iterator[None]:
    before = os.environ.get("CLEANTEXT_CHECK", "")
    os.environ["CLEANTEXT_CHECK"] = str(int(wanted))
    try:
        yield
    finally:
        os.environ["CLEANTEXT_CHECK"] = before


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise Endless after so many seconds of processor time, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise Endless(f"takes more than {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _key(error: BaseException) -> str:
    """What failures of one kind have in common: the promise that is broken, or what raised, and where."""
    if isinstance(error, BrokenInvariant):
        said = str(error)
        rules = sorted(set(re.findall(r"rule='([\w-]+)'", said)))
        return " ".join([re.split(r":|Span\(|Counter", said)[0].strip(), *rules])
    places = [
        f"{Path(frame.filename).stem}.{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "cleantext" in Path(frame.filename).parts and "invariants" not in frame.filename
    ]
    return f"{type(error).__name__} in {places[-1] if places else 'cleantext'}"


def minimised(document: Document, failure: Failure, checks: bool, seconds: float = PATIENCE) -> Document:
    """The document without what it fails in the same way without."""

    def fails(source: Source) -> bool:
        found = examined(document._replace(source=source), checks, endless=min(ENDLESS, 2.0)).failure
        return found is not None and found.key == failure.key

    return document._replace(source=shortest(document.source, fails, seconds))


def shortest(source: Any, fails: Callable[[Any], bool], seconds: float = PATIENCE) -> Any:
    """`source`, a str or bytes, without lines, then without slices, that it still fails without."""
    deadline = monotonic() + seconds
    for pieces in (source.splitlines(keepends=True), None):
        # Bytes by slices of one: an index would give a number.
        left = pieces if pieces is not None else [source[at : at + 1] for at in range(len(source))]
        size = max(1, len(left) // 2)
        while True:
            at, cut = 0, False
            while at < len(left):
                if monotonic() > deadline:
                    return source[:0].join(left)
                rest = left[:at] + left[at + size :]
                if fails(source[:0].join(rest)):
                    left, cut = rest, True
                else:
                    at += size
            if size == 1 and not cut:
                break
            size = max(1, size // 2)
        source = source[:0].join(left)
    return source


def write(folder: Path, name: str, document: Document, about: str) -> Path:
    """Write a source where it can be looked at, beside it what it fails with."""
    folder.mkdir(parents=True, exist_ok=True)
    source = document.source
    path = folder / (name + SUFFIXES[document.kind])
    path.write_bytes(source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source)
    note = f"document {document.number}, kind {document.kind}, options {document.options}\n{source[:2000]!r}\n\n{about}"
    (folder / f"{path.name}.log").write_bytes(note.encode("utf-8", "backslashreplace"))
    return path


def report(folder: Path, document: Document, failure: Failure, checks: bool) -> None:
    """Make a failing document small, write it and say so."""
    least = minimised(document, failure, checks)
    again = examined(least, checks).failure or failure
    slug = "-".join(re.findall(r"\w+", failure.key.lower()))[:80]
    path = write(folder, f"{slug}-{document.number}", least, again.message)
    print(f"\n{failure.key}: {path}", file=sys.stderr)
