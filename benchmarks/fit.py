"""Fit the body score on labelled pages and write the weights: ``python -m benchmarks.fit FOLDER...``.

Every page weighs the same. Blocks of pages with a whole body are labelled by aligning their words with it; on pages with
snippets only the blocks that hold one count. What words and element names say (`Tables`) is learned first, and for each
training page from pages of other sites only, so that the trees do not trust it more than they may. Symmetric trees are
fast and learn from labels less well than others: so LightGBM learns first, again for each page from other sites, and the
symmetric trees learn what is halfway between its opinion and the label. Pages are also shown cut down to the element that
holds their body, for that is what callers often have.

``--check`` measures by cross-validation in four folds split by site instead, on the sets' own measures.
"""  # noqa: E501

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from benchmarks.floors import hold
from benchmarks.metrics import WORD, Figures, figures, show
from benchmarks.pages import LabelledPage, labelled_folder, read_folder
from cleantext import Cleaner, clean
from cleantext.names import names_of
from cleantext.read.html import read_html
from cleantext.score.features import features
from cleantext.score.model import WEIGHTS, Trees, save
from cleantext.score.tables import NAMING, Tables, tokens_of
from cleantext.score.word_hashes import words_in

FOLDS = 4  # for the check
PARTS = 4  # of the training pages, for the tables
SNIPPETS = 3.0  # how much more a page of snippets weighs: it has a handful of labelled blocks
CROPPED = 0.25  # how much a page weighs that was cut down to its body
CROP_HOLDS = 0.95  # share of the body's words that what a page is cut down to holds
TAUGHT = 0.5  # share of the teacher in the target
# A block is weighed by its words to this power: long blocks matter more, but a list of short ones is not nothing.
POWER = 0.75
WORD_PAGES = 12  # pages that have a word before it is in the table
TOKEN_SITES = 6  # sites that have a token before it is in the table
SETTINGS: dict[str, Any] = {
    "iterations": 400,
    "learning_rate": 0.12,
    "depth": 8,
    "rsm": 0.2,
    "border_count": 32,
    "l2_leaf_reg": 10,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.5,
    "boosting_type": "Plain",
    "loss_function": "CrossEntropy",
    "random_seed": 1,
    "thread_count": 2,
    "allow_writing_files": False,
    "verbose": 0,
}


TEACHER: dict[str, Any] = {
    "objective": "cross_entropy",
    "learning_rate": 0.06,
    "num_leaves": 31,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "max_bin": 63,
    "num_threads": 2,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
TEACHER_ROUNDS = 350


# What the sets ask to be said wherever something made from them is used.
CREDITS = {
    "wcxb": "WCXB, Murrough Foley 2026, CC-BY-4.0",
    "news": "article extraction dataset, A. Paraschiv 2023, Apache-2.0",
    "trafilatura": "trafilatura evaluation set, A. Barbaresi and contributors, Apache-2.0",
}
NAMED = Cleaner(ignore=["body"])


class Labels(NamedTuple):
    """What is known of the blocks of a page: how much of each is body (nan for unknown), and its words."""

    share: NDArray[np.float32]
    words: NDArray[np.float32]


class Read(NamedTuple):
    """What rules on elements leave of a page, read once: its blocks, and what is known of them.

    ``asked`` is whether the score is asked about a block: rules on lines do not take it.
    """

    texts: tuple[str, ...]
    labels: Labels
    asked: NDArray[np.bool_]


class Learned(NamedTuple):
    """What one page adds to the tables."""

    body: frozenset[str]
    other: frozenset[str]
    body_tokens: dict[str, float]
    other_tokens: dict[str, float]


def labels(page: LabelledPage, texts: Sequence[str]) -> Labels:
    """How much of each block is body."""
    found = [WORD.findall(t.lower()) for t in texts]
    count = np.array([len(w) for w in found], np.float32)
    share = np.full(len(texts), np.nan, np.float32)
    if page.body is None:
        for index, text in enumerate(texts):
            if any(s in text for s in page.wanted):
                share[index] = 1
            elif any(s in text for s in page.unwanted):
                share[index] = 0
        return Labels(share, count)
    flat = [w for ws in found for w in ws]
    body = WORD.findall(page.body.lower())
    aligned = np.zeros(len(flat) + 1, np.int64)
    for step in LCSseq.opcodes(flat, body):
        if step.tag == "equal":
            aligned[step.src_start : step.src_end] = 1
    shingles = set(zip(body, body[1:], body[2:], body[3:], strict=False))
    at = 0
    for index, words in enumerate(found):
        number = len(words)
        if not number:
            continue
        whole = aligned[at : at + number].sum() == number
        at += number
        covered = np.zeros(number, bool)
        for i in range(number - 3):
            if tuple(words[i : i + 4]) in shingles:
                covered[i : i + 4] = True
        if number >= 8:
            share[index] = covered.mean()
        else:  # too short to be found out of order
            share[index] = float(whole or (number >= 4 and bool(covered.all())))
    return Labels(share, count)


def weights(page: LabelledPage, found: Labels) -> NDArray[np.float64]:
    """How much each block of a page weighs; together 1, or `SNIPPETS`."""
    known = ~np.isnan(found.share)
    raw = known.astype(np.float64) if page.body is None else np.where(known, (found.words + 1.0) ** POWER, 0.0)
    whole = page.weight * (SNIPPETS if page.body is None else 1.0)
    scaled: NDArray[np.float64] = raw * (whole / max(raw.sum(), 1e-9))
    return scaled


def cropped(page: LabelledPage) -> LabelledPage | None:
    """The page cut down to the innermost element that holds its body, None if that is not known or nearly all of it."""
    if page.body is None:
        return None
    document = read_html(page.html)
    elements = document.page
    assert elements is not None
    found = labels(page, document.texts)
    body = np.concatenate([[0.0], np.cumsum(np.nan_to_num(found.share) * found.words)])
    holds = body[np.array(elements.last)] - body[np.array(elements.first)] >= CROP_HOLDS * max(body[-1], 1.0)
    inner = max(np.flatnonzero(holds).tolist(), key=lambda e: elements.depths[e], default=0)
    if elements.last[inner] - elements.first[inner] > 0.9 * len(document.texts):
        return None
    start, end = elements.places(elements).element(inner)
    return page._replace(html=page.html[start:end], weight=CROPPED)


def learned(page: LabelledPage) -> Learned:
    """What a page says of words and tokens: which stand in its body and outside, by how much of its text."""
    document = read_html(page.html)
    known = labels(page, document.texts)
    assert document.page is not None
    elements = document.page
    above: dict[int, frozenset[str]] = {}
    for element, (tag, attributes) in enumerate(zip(elements.tags, elements.attributes, strict=True)):
        own = frozenset(["<" + tag]).union(*(tokens_of(name) for name in names_of(attributes, NAMING)))
        above[element] = own | above[elements.parents[element]] if element else own
    is_body = known.share >= 0.5
    is_other = known.share < 0.5
    size = known.words + 0.5
    words: tuple[set[str], set[str]] = (set(), set())
    tokens: tuple[dict[str, float], dict[str, float]] = (defaultdict(float), defaultdict(float))
    for side, mask in enumerate((is_body, is_other)):
        total = float(size[mask].sum()) or 1.0
        inside: dict[int, float] = defaultdict(float)
        for index in np.flatnonzero(mask):
            words[side].update(words_in(document.texts[index][:1500]))
            inside[elements.owners[index]] += float(size[index]) / total
        for element, share in inside.items():
            for token in above[element]:
                tokens[side][token] += share
    return Learned(frozenset(words[0]), frozenset(words[1]), dict(tokens[0]), dict(tokens[1]))


def tables_of(pages: Iterable[LabelledPage], said: Iterable[Learned]) -> Tables:
    """The tables that these pages make."""
    body_words: Counter[str] = Counter()
    other_words: Counter[str] = Counter()
    body_tokens: dict[str, float] = defaultdict(float)
    other_tokens: dict[str, float] = defaultdict(float)
    sites: dict[str, set[str]] = defaultdict(set)
    for page, one in zip(pages, said, strict=True):
        body_words.update(one.body)
        other_words.update(one.other)
        for token, share in one.body_tokens.items():
            body_tokens[token] += share
            sites[token].add(page.site)
        for token, share in one.other_tokens.items():
            other_tokens[token] += share
            sites[token].add(page.site)
    words = {
        w: float(np.log((body_words[w] + 2) / (other_words[w] + 2)))
        for w in sorted(body_words.keys() | other_words.keys())
        if w.isalpha() and len(w) > 1 and body_words[w] + other_words[w] >= WORD_PAGES
    }
    tokens = {
        t: float(np.log((body_tokens.get(t, 0) + 0.5) / (other_tokens.get(t, 0) + 0.5)))
        for t in sorted(sites)
        if len(sites[t]) >= TOKEN_SITES
    }
    return Tables.of(words, tokens)


def part_of(site: str, parts: int, salt: str) -> int:
    """Which of `parts` a site belongs to, the same in every run."""
    return int(hashlib.md5(f"{salt}{site}".encode()).hexdigest(), 16) % parts


def _features(tables: Sequence[Tables], job: tuple[LabelledPage, int]) -> NDArray[np.float32]:
    page, number = job
    return features(NAMED.named(read_html(page.html)).document, tables[number]).T


class Fitter:
    """Fits models on choices of the same pages."""

    def __init__(self, pages: Sequence[LabelledPage], jobs: int) -> None:
        self.jobs = jobs
        with ProcessPoolExecutor(jobs) as pool:
            crops = [p for p in pool.map(cropped, pages, chunksize=16) if p is not None]
            self.pages = [*pages, *crops]
            self.learned = list(pool.map(learned, pages, chunksize=16))
            self.read = list(pool.map(_read, self.pages, chunksize=16))
        # What a crop says of words the page has said.
        self.learned += [Learned(frozenset(), frozenset(), {}, {})] * len(crops)
        self.weights = [weights(p, r.labels) * r.asked for p, r in zip(self.pages, self.read, strict=True)]

    def rows(self, train: Sequence[int]) -> tuple[Tables, list[NDArray[np.float32]]]:
        """The tables that the training pages make, and the features of these pages, blocks x features."""
        parts = [part_of(self.pages[i].site, PARTS, "table ") for i in train]
        tables = [
            self._tables([i for i, other in zip(train, parts, strict=True) if other != part]) for part in range(PARTS)
        ]
        jobs = [(self.pages[i], part) for i, part in zip(train, parts, strict=True)]
        with ProcessPoolExecutor(self.jobs) as pool:
            return self._tables(train), list(pool.map(partial(_features, tables), jobs, chunksize=16))

    def _tables(self, chosen: Sequence[int]) -> Tables:
        return tables_of([self.pages[i] for i in chosen], [self.learned[i] for i in chosen])

    def fit(self, chosen: Sequence[int], rows: Sequence[NDArray[np.float32]]) -> Trees:
        """Trees fitted on these pages."""
        target = np.concatenate([self.read[i].labels.share for i in chosen])
        weight = np.concatenate([self.weights[i] for i in chosen]) * 1000
        part = np.array([part_of(self.pages[i].site, PARTS, "teacher ") for i in chosen])
        part = np.repeat(part, [len(self.read[i].texts) for i in chosen])
        return fit_taught(np.concatenate(rows), target, weight, part)


def _read(page: LabelledPage) -> Read:
    document = read_html(page.html)
    share, words = labels(page, document.texts)
    rest, blocks = NAMED.named(document)
    asked = np.ones(len(blocks), bool)
    asked[list(rest.claims)] = False
    return Read(rest.texts, Labels(share[blocks], words[blocks]), asked)


def fit_taught(rows: Any, target: Any, weight: Any, part: Any) -> Trees:
    """Symmetric trees that learn what is halfway between the target and LightGBM's opinion from the other parts."""
    used = weight > 0
    rows, target, weight, part = rows[used], target[used], weight[used], part[used]
    taught = np.empty_like(target)
    for number in range(PARTS):
        others, own = part != number, part == number
        taught[own] = teach(rows[others], target[others], weight[others]).predict(rows[own])
    return fit_trees(rows, np.clip(TAUGHT * taught + (1 - TAUGHT) * target, 0, 1), weight)


def teach(rows: Any, target: Any, weight: Any) -> Any:
    """Fit LightGBM's trees."""
    import lightgbm

    table = lightgbm.Dataset(rows, target, weight=weight, params={"max_bin": TEACHER["max_bin"], "verbose": -1})
    return lightgbm.train(TEACHER, table, TEACHER_ROUNDS)


def fit_trees(rows: Any, target: Any, weight: Any) -> Trees:
    """Fit symmetric trees with CatBoost."""
    import catboost

    machine = catboost.CatBoostClassifier(**SETTINGS)
    machine.fit(catboost.Pool(rows, target, weight=weight))
    return trees_of(machine)


def trees_of(machine: Any) -> Trees:
    """A CatBoost model of symmetric trees as `Trees`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        machine.save_model(str(path), format="json")
        told = json.loads(path.read_text(encoding="utf-8"))
    questions: dict[tuple[int, float], int] = {}
    depth = max(len(tree["splits"]) for tree in told["oblivious_trees"])
    splits, leaves = [], []
    for tree in told["oblivious_trees"]:
        own = [
            questions.setdefault((split["float_feature_index"], split["border"]), len(questions))
            for split in tree["splits"]
        ]
        values = np.array(tree["leaf_values"], np.float32)
        own += own[-1:] * (depth - len(own))
        # A depth that repeats the last question doubles the number of leaves; only the equal answers are ever reached.
        while len(values) < 2**depth:
            values = np.concatenate([values, values])
        splits.append(own)
        leaves.append(values)
    scale, bias = told["scale_and_bias"]
    values = np.stack(leaves) * scale
    unit = float(np.abs(values).max()) / np.iinfo(np.int16).max
    return Trees(
        np.array([row for row, _ in questions], np.uint16),
        np.array([border for _, border in questions], np.float32),
        np.array(splits, np.uint16).T.copy(),
        np.round(values / unit).astype(np.int16),
        unit,
        float(bias[0]),
    )


def check(fitter: Fitter, kept: Path | None) -> dict[str, dict[str, Figures]]:
    """Cross-validate by site: print the figures of what comes out for each set, and keep them as JSON in `kept`."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    every = range(len(fitter.pages))
    fold = [part_of(p.site, FOLDS, "") for p in fitter.pages]
    for number in range(FOLDS):
        started = time.time()
        train = [i for i in every if fold[i] != number]
        test = [i for i in every if fold[i] == number and fitter.pages[i].weight == 1]
        tables, rows = fitter.rows(train)
        trees = fitter.fit(train, rows)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "weights.bin"
            save(path, trees, tables, {})
            with ProcessPoolExecutor(fitter.jobs, initializer=_use, initargs=(path,)) as pool:
                cleaned = pool.map(_cleaned, [fitter.pages[i].html for i in test], chunksize=16)
                for index, text in zip(test, cleaned, strict=True):
                    texts[fitter.pages[index].folder][fitter.pages[index].name] = text
        print(f"fold {number + 1} of {FOLDS}: {time.time() - started:.0f} s", flush=True)
        for name in texts:
            pages = [p for p in fitter.pages if p.folder == name and p.weight == 1 and p.name in texts[name]]
            print(f"{name:20s} {len(pages):5d} pages  {show(figures(pages, texts[name]))}", flush=True)
    found = {
        name: figures([p for p in fitter.pages if p.folder == name and p.weight == 1], texts[name]) for name in texts
    }
    if kept is not None:
        told = {name: {kind: f._asdict() for kind, f in of_set.items()} for name, of_set in found.items()}
        kept.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return found


def _use(weights: Path) -> None:
    """Let the score use these weights, in this process."""
    module = import_module("cleantext.score.model")
    module.WEIGHTS = weights  # type: ignore[attr-defined]
    module.model.cache_clear()


def _cleaned(html: str) -> str:
    return clean(html, kind="html").text


def header_of(args: argparse.Namespace, pages: Sequence[LabelledPage]) -> dict[str, Any]:
    """What weights say of themselves: from what, how and when they were fitted, and whom to credit."""
    names = [folder.name for folder in args.folders]
    limit = f" --limit {args.limit}" if args.limit is not None else ""
    return {
        "fitted_on": {name: sum(p.folder == name for p in pages) for name in names},
        "credits": [credit for start, credit in CREDITS.items() if any(name.startswith(start) for name in names)],
        "date": args.date,
        "settings": {k: v for k, v in SETTINGS.items() if k not in ("verbose", "allow_writing_files")},
        "teacher": {k: v for k, v in TEACHER.items() if k != "verbose"} | {"rounds": TEACHER_ROUNDS},
        "versions": {name: version(name) for name in ("catboost", "lightgbm", "numpy")},
        "command": f"python -m benchmarks.fit {' '.join(names)} --date {args.date}{limit}",
    }


def arguments(description: str, output: Path) -> argparse.Namespace:
    """What the command line of a fit says; `output` is where its weights go by default."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=labelled_folder)
    parser.add_argument("--check", action="store_true", help="cross-validate instead of writing weights")
    parser.add_argument("--json", type=Path, help="keep the figures of --check in this file")
    parser.add_argument("--output", type=Path, default=output)
    parser.add_argument("--date", default=date.today().isoformat(), help="for the header of the weights")
    parser.add_argument("--limit", type=int, help="pages of each folder, for a quick look")
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """The command line."""
    args = arguments(__doc__, WEIGHTS)
    pages = [page for folder in args.folders for page in read_folder(folder, args.limit)]
    for folder in args.folders:
        own = [page for page in pages if page.folder == folder.name]
        print(f"{folder.name:20s} {len(own):5d} pages of {len({page.site for page in own})} sites", flush=True)
    fitter = Fitter(pages, args.jobs)
    if args.check:
        for name, found in check(fitter, args.json).items():
            if args.limit is None:
                hold(f"cross-validation, {name}", {kind: f.f1 for kind, f in found.items()})
        return
    every = range(len(fitter.pages))
    tables, rows = fitter.rows(every)
    trees = fitter.fit(every, rows)
    save(args.output, trees, tables, header_of(args, pages))
    print(f"{args.output}: {args.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
