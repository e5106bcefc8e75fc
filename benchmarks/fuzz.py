"""Clean broken documents and look for what goes wrong: ``python -m benchmarks.fuzz [FOLDER]``.

Documents are known sources, those of FOLDER among them, mutated at random; a document follows from ``--seed`` and its
number. Every call must end without an exception or a rule that failed, and what CLEANTEXT_CHECK=1 checks must hold.
What fails is made as small as it may be and written to ``--out``, a source and a log for each way of failing; the
status is then 1. Times are processor time of a call without checks, beside the median of documents of the same kind
and size.

``--guided SECONDS`` lets atheris find the documents instead: those that reach code that no other reached, which are
kept in ``--corpus``. It takes ``--seed`` and ``--out`` of the other options.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.timings import FEWEST, SLOW, Bucket, bucket_of

# What makes and examines documents is imported where it is needed: a guided run first has to prepare for that.
if TYPE_CHECKING:
    from benchmarks.failures import Examined, Failure
    from benchmarks.mutations import Document

CHUNK = 50  # documents that a process is given at once
GROWN = 20_000  # code points of a source that is then repeated ten times
KEPT = 10  # of the documents whose time grows most


class Run(NamedTuple):
    """What decides the documents and what is asked of them."""

    seed: int = 0
    folder: Path | None = None
    check_share: float = 1.0
    growth_share: float = 0.0

    def document(self, number: int) -> Document:
        """The document of a number."""
        from benchmarks.mutations import document

        return document(number, self.seed, _seeds(self.folder))

    def is_checked(self, number: int) -> bool:
        """Whether checks are made of a document."""
        return Random(f"check {self.seed}:{number}").random() < self.check_share

    def grows(self, number: int) -> bool:
        """Whether a document is also timed ten times over."""
        return Random(f"growth {self.seed}:{number}").random() < self.growth_share


@dataclass
class Tally:
    """What came of some documents."""

    documents: int = 0
    checked: int = 0
    counts: Counter[str] = field(default_factory=Counter)  # of exceptions, breaks and so on
    problems: Counter[str] = field(default_factory=Counter)  # by what they say
    failures: list[tuple[int, Failure]] = field(default_factory=list)
    buckets: dict[tuple[str, int], Bucket] = field(default_factory=dict)
    growth: list[tuple[float, int]] = field(default_factory=list)

    def add(self, document: Document, found: Examined, checked: bool) -> None:
        """Count a document."""
        self.documents += 1
        self.checked += checked
        if found.result is not None:
            for message in {f"{problem.rule}: {problem.message}" for problem in found.result.problems}:
                self.problems[message] += 1
        if found.failure is not None:
            self.counts["breaks" if found.failure.broken else "exceptions"] += 1
            self.failures.append((document.number, found.failure))
        elif found.result is not None:
            self.counts[found.result.outcome] += 1
            kind = f"{found.result.kind}{' tree' if document.kind == 'tree' else ''}"
            size = bucket_of(len(found.result.source))
            self.buckets.setdefault((kind, size), Bucket()).add(found.seconds, document.number)

    def merge(self, other: Tally) -> None:
        """Count what another has counted, but for its failures."""
        self.documents += other.documents
        self.checked += other.checked
        self.counts += other.counts
        self.problems += other.problems
        for key, bucket in other.buckets.items():
            self.buckets.setdefault(key, Bucket()).merge(bucket)
        self.growth = sorted([*self.growth, *other.growth], reverse=True)[:KEPT]


@cache
def _seeds(folder: Path | None) -> list[str]:
    from benchmarks.mutations import seeds

    return seeds(folder)


@cache
def warm_up() -> None:
    """Have everything imported and compiled, before anything is timed or watched."""
    from benchmarks.failures import examined
    from benchmarks.mutations import OPTIONS, Document
    from cleantext.registry import STORY, STORY_HTML

    story = Document(-1, STORY, "text", "")
    page = story._replace(source=STORY_HTML, kind="html")
    for options in OPTIONS:
        for document in (
            story,
            page,
            page._replace(kind="tree"),
            page._replace(source=STORY_HTML.encode(), kind="bytes"),
        ):
            examined(document._replace(options=options), checks=True)


def tally(run: Run, numbers: Iterable[int]) -> Tally:
    """What comes of the documents of some numbers."""
    from benchmarks.failures import examined

    found = Tally()
    warm_up()
    for number in numbers:
        document, checks = run.document(number), run.is_checked(number)
        found.add(document, examined(document, checks), checks)
        if run.grows(number):
            found.growth.append((growth(document), number))
    return found


def seconds_of(document: Document, runs: int) -> float:
    """The least processor time of some calls; 0.0 if one fails."""
    from benchmarks.failures import examined

    return min(examined(document, checks=False).seconds for _ in range(runs))


def growth(document: Document) -> float:
    """How many times as long ten times a document takes, divided by ten; the document first filled up to a size."""
    once = document.source * (1 + GROWN // (len(document.source) or 1))
    small = document._replace(source=once)
    large = document._replace(source=once * 10)
    ratio = seconds_of(large, 1) / max(seconds_of(small, 3), 1e-4) / 10
    if ratio > 2:  # other work on the machine only ever adds to it
        ratio = min(ratio, seconds_of(large, 2) / max(seconds_of(small, 5), 1e-4) / 10)
    return ratio


def tallies(run: Run, documents: int, jobs: int, deadline: float) -> Iterator[Tally]:
    """What comes of the documents, by chunks, until all are done or the time is over."""
    chunks = (range(at, min(at + CHUNK, documents)) for at in range(0, documents, CHUNK))
    if jobs == 1:
        for chunk in chunks:
            if monotonic() > deadline:
                return
            yield tally(run, chunk)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: set[Future[Tally]] = set()
        while monotonic() < deadline:
            waiting |= {pool.submit(tally, run, chunk) for chunk in islice(chunks, 2 * jobs - len(waiting))}
            if not waiting:
                break
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
        yield from (future.result() for future in waiting)


def fuzz(run: Run, documents: int, jobs: int, seconds: float, out: Path) -> Tally:
    """Examine documents, write one for each way of failing, and return what came of all."""
    from benchmarks.failures import report

    begun = monotonic()
    total, seen = Tally(), set[str]()
    for part in tallies(run, documents, jobs, begun + seconds):
        total.merge(part)
        for number, failure in part.failures:
            total.counts[f"- {failure.key}"] += 1
            if failure.key not in seen:
                seen.add(failure.key)
                report(out, run.document(number), failure, run.is_checked(number))
        rate = total.documents / (monotonic() - begun)
        failed = total.counts["exceptions"] + total.counts["breaks"]
        print(f"\r{total.documents} documents, {rate:.0f} a second, {failed} failures ", end="", file=sys.stderr)
    print(file=sys.stderr)
    return total


def slow_documents(run: Run, total: Tally) -> list[tuple[float, Document]]:
    """(times the median, document) of those that are slow, the slowest first; each is timed three more times."""
    found = []
    for bucket in total.buckets.values():
        for seconds, number in bucket.slowest if bucket.number >= FEWEST else ():
            if seconds > SLOW * bucket.median:
                document = run.document(number)
                least = min(seconds, seconds_of(document, 3))
                bucket.slowest[bucket.slowest.index((seconds, number))] = (least, number)
                if least > SLOW * bucket.median:
                    found.append((least / bucket.median, document))
    return sorted(found, key=lambda entry: -entry[0])


def summary(run: Run, total: Tally, out: Path) -> None:
    """Print what came of a run, and write the documents that are slow."""
    from benchmarks.failures import write

    slow = slow_documents(run, total)
    print(
        f"{total.documents} documents, {total.checked} of them checked; {total.counts['exceptions']} exceptions, ",
        end="",
    )
    print(f"{total.counts['breaks']} broken promises, {total.problems.total()} problems")
    for name, count in sorted(total.counts.items()):
        print(f"  {count:8d} {name}")
    for message, count in total.problems.most_common():
        print(f"  {count:8d} problem {message}")
    print("kind        code points   documents  median ms   worst ms   ratio")
    for (kind, size), bucket in sorted(total.buckets.items()):
        worst, median = max(bucket.slowest)[0], bucket.median
        print(f"{kind:12s}{size:11d}{bucket.number:12d}{1e3 * median:11.2f}{1e3 * worst:11.2f}{worst / median:8.1f}")
    for ratio, document in slow:
        about = f"{ratio:.1f} times the median"
        print(f"slow, {about}: {write(out, f'slow-{document.number}', document, about)}")
    for ratio, number in total.growth:
        if ratio > 1.5:
            about = f"ten times the text takes {10 * ratio:.1f} times as long"
            print(f"{about}: {write(out, f'grows-{number}', run.document(number), about)}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="files that documents are made of, beside the fixtures")
    parser.add_argument("--documents", type=int, default=10_000, help="how many [10,000]")
    parser.add_argument("--seed", type=int, default=0, help="which [0]")
    parser.add_argument("--jobs", type=int, default=1, help="processes [1]")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    parser.add_argument("--check-share", type=float, default=1.0, help="of documents whose results are verified [1]")
    parser.add_argument(
        "--growth-share", type=float, default=0.0, help="of documents that are timed ten times over [0]"
    )
    parser.add_argument("--out", type=Path, default=Path("fuzz-failures"), help="what fails [fuzz-failures]")
    parser.add_argument("--guided", type=float, metavar="SECONDS", help="let atheris find documents for so long")
    parser.add_argument(
        "--corpus", type=Path, default=Path("fuzz-corpus"), help="what a guided run keeps [fuzz-corpus]"
    )
    args = parser.parse_args()
    if args.folder is not None and not args.folder.is_dir():
        parser.error(f"{args.folder} is no folder")
    if args.jobs < 1 or args.documents < 1 or not (0 <= args.check_share <= 1 and 0 <= args.growth_share <= 1):
        parser.error("documents and jobs are at least 1, and shares from 0 to 1")
    if args.guided is not None:
        from benchmarks.guided import guided

        sys.exit(guided(args.guided, args.seed, args.corpus, args.out))
    run = Run(args.seed, args.folder, args.check_share, args.growth_share)
    total = fuzz(run, args.documents, args.jobs, args.seconds, args.out)
    summary(run, total, args.out)
    sys.exit(1 if total.counts["exceptions"] + total.counts["breaks"] else 0)


if __name__ == "__main__":
    main()
