"""Fit the score of plain text: ``python -m benchmarks.fit_lines FOLDER...``, after ``benchmarks.fit``.

The pages are those of `benchmarks.fit`. Each is flattened to text by one of three tools, and shown as other extractors
leave it and as its body alone, at a lower weight, for texts of these kinds are cleaned as well. Labels are found by
aligning the words of the lines with the body. What words say is taken from the tables that `benchmarks.fit` learns, for
each page from pages of other sites. No teacher is asked: with one the figures are the same.

``--check`` measures by cross-validation in four folds split by site instead.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.extractors import Extract, make
from benchmarks.fit import (
    FOLDS,
    PARTS,
    Labels,
    arguments,
    fit_trees,
    header_of,
    labels,
    learned,
    part_of,
    tables_of,
    weights,
)
from benchmarks.floors import hold
from benchmarks.metrics import figures, show, words
from benchmarks.pages import LabelledPage, read_folder
from cleantext import Cleaner, clean
from cleantext.score.line_features import line_features
from cleantext.score.model import LINE_WEIGHTS, Trees, model, save, save_lines
from cleantext.score.tables import Tables

FLATTENERS = ("inscriptis", "beautifulsoup", "html2text")
EXTRACTORS = ("trafilatura", "resiliparse")
EXTRACTED = 0.35  # how much a text weighs that another extractor left, or that is the body
NAMED = Cleaner(ignore=["body"])


class Text(NamedTuple):
    """A page as text: by which tool, what came out, how much it weighs (0 for those that are only measured)."""

    page: int
    tool: str
    text: str
    weight: float


class Read(NamedTuple):
    """What is known of the lines of a text, and which of them the score is asked about."""

    labels: Labels
    asked: NDArray[np.bool_]


@cache
def _tool(name: str) -> Extract:
    return make(name)


def texts_of(number: int, page: LabelledPage) -> list[Text]:
    """A page in all the ways in which it is shown or measured."""
    shown = int(hashlib.md5(page.name.encode()).hexdigest(), 16) % len(FLATTENERS)
    found = [
        Text(number, name, _extract(name, page.html), float(place == shown)) for place, name in enumerate(FLATTENERS)
    ]
    found += [Text(number, name, _extract(name, page.html), EXTRACTED) for name in EXTRACTORS]
    if page.body is not None:
        found.append(Text(number, "body", page.body, EXTRACTED))
    return found


def _extract(name: str, html: str) -> str:
    try:
        return _tool(name)(html)
    except Exception:  # a page that a tool cannot read is not shown in its way
        return ""


def _read(job: tuple[LabelledPage, str]) -> Read:
    page, text = job
    document = NAMED.named_lines(text)
    asked = np.ones(len(document.texts), bool)
    asked[list(document.claims)] = False
    return Read(labels(page, document.texts), asked)


def _features(tables: Sequence[Tables], job: tuple[str, int]) -> NDArray[np.float32]:
    text, number = job
    return line_features(NAMED.named_lines(text), tables[number]).T


class LineFitter:
    """Fits models on choices of the same pages."""

    def __init__(self, pages: Sequence[LabelledPage], jobs: int) -> None:
        self.pages, self.jobs = pages, jobs
        with ProcessPoolExecutor(jobs) as pool:
            self.learned = list(pool.map(learned, pages, chunksize=16))
            found = pool.map(texts_of, range(len(pages)), pages, chunksize=16)
            self.texts = [text for texts in found for text in texts]
            jobs_of = [(pages[text.page], text.text) for text in self.texts]
            self.read = list(pool.map(_read, jobs_of, chunksize=32))

    def tables(self, chosen: Sequence[int]) -> Tables:
        """The tables that these pages make, as `benchmarks.fit` makes them."""
        return tables_of([self.pages[i] for i in chosen], [self.learned[i] for i in chosen])

    def fit(self, chosen: Sequence[int]) -> Trees:
        """Trees fitted on these pages."""
        parts = {i: part_of(self.pages[i].site, PARTS, "table ") for i in chosen}
        tables = [self.tables([i for i in chosen if parts[i] != part]) for part in range(PARTS)]
        shown = [n for n, t in enumerate(self.texts) if t.page in parts and t.weight and self.read[n].asked.any()]
        with ProcessPoolExecutor(self.jobs) as pool:
            asked = [(self.texts[n].text, parts[self.texts[n].page]) for n in shown]
            rows = np.concatenate(list(pool.map(partial(_features, tables), asked, chunksize=32)))
        target = np.concatenate([self.read[n].labels.share for n in shown])
        weight = np.concatenate([self._weights(n) for n in shown]) * 1000
        used = weight > 0
        return fit_trees(rows[used], target[used], weight[used])

    def _weights(self, number: int) -> NDArray[np.float64]:
        text, read = self.texts[number], self.read[number]
        page = self.pages[text.page]._replace(weight=text.weight)
        return weights(page, read.labels) * read.asked


def check(fitter: LineFitter) -> Iterator[tuple[str, dict[str, float]]]:
    """Cross-validate by site: print the figures of what comes out of each tool's texts, cleaned, and yield them."""
    cleaned: dict[int, str] = {}
    fold = [part_of(page.site, FOLDS, "") for page in fitter.pages]
    for number in range(FOLDS):
        started = time.time()
        train = [i for i, own in enumerate(fold) if own != number]
        trees = fitter.fit(train)
        with TemporaryDirectory() as folder:
            blocks, lines = Path(folder) / "weights.bin", Path(folder) / "line_weights.bin"
            save(blocks, model().trees, fitter.tables(train), {})
            save_lines(lines, trees, import_module("cleantext.score.model").load(blocks), {})
            test = [n for n, text in enumerate(fitter.texts) if fold[text.page] == number]
            with ProcessPoolExecutor(fitter.jobs, initializer=_use, initargs=(blocks, lines)) as pool:
                found = pool.map(_cleaned, [fitter.texts[n].text for n in test], chunksize=32)
                cleaned.update(zip(test, found, strict=True))
        print(f"fold {number + 1} of {FOLDS}: {time.time() - started:.0f} s", flush=True)
        yield from _figures(fitter, cleaned)


def _figures(fitter: LineFitter, cleaned: dict[int, str]) -> Iterator[tuple[str, dict[str, float]]]:
    """What is known so far, by set and tool."""
    sets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n in cleaned:
        sets[fitter.pages[fitter.texts[n].page].folder, fitter.texts[n].tool].append(n)
    for (folder, tool), numbers in sorted(sets.items()):
        pages = [fitter.pages[fitter.texts[n].page] for n in numbers]
        before = {page.name: fitter.texts[n].text for page, n in zip(pages, numbers, strict=True)}
        after = {page.name: cleaned[n] for page, n in zip(pages, numbers, strict=True)}
        first, then = figures(pages, before), figures(pages, after)
        found = {kind: f.f1 for kind, f in then.items()}
        print(f"{folder} as text of {tool}, {len(pages)}: {first['all'].f1:.4f}, cleaned {show(then)}", end="")
        if pages[0].body is not None:
            had, has = (sum(_right(page, texts[page.name]) for page in pages) for texts in (before, after))
            found["body words kept"] = has / had
            print(f"  body words lost {1 - has / had:.2%}", end="")
        print(flush=True)
        yield f"cross-validation, {folder} as text of {tool}", found


def _right(page: LabelledPage, text: str) -> int:
    return (Counter(words(text)) & Counter(words(page.body or ""))).total()


def _use(blocks: Path, lines: Path) -> None:
    """Let the score use these weights, in this process."""
    module = import_module("cleantext.score.model")
    module.WEIGHTS, module.LINE_WEIGHTS = blocks, lines  # type: ignore[attr-defined]
    module.model.cache_clear()
    module.line_model.cache_clear()


def _cleaned(text: str) -> str:
    return clean(text, kind="text").text


def main() -> None:
    """The command line."""
    args = arguments(__doc__, LINE_WEIGHTS)
    pages = [page for folder in args.folders for page in read_folder(folder, args.limit)]
    fitter = LineFitter(pages, args.jobs)
    print(f"{len(pages)} pages, {sum(len(r.asked) for r in fitter.read)} lines", flush=True)
    if args.check:
        found = dict(check(fitter))
        if args.json:
            args.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        for name, known in found.items():
            if args.limit is None:
                hold(name, known)
        return
    header = header_of(args, pages)
    header["command"] = header["command"].replace("benchmarks.fit ", "benchmarks.fit_lines ")
    del header["teacher"], header["versions"]["lightgbm"]
    header["versions"] |= {name: version(name) for name in ("inscriptis", "html2text", "trafilatura", "resiliparse")}
    save_lines(args.output, fitter.fit(range(len(pages))), model(), header)
    print(f"{args.output}: {args.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
