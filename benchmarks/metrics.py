"""The measures of the public sets, by their definitions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import mean
from typing import NamedTuple

from benchmarks.pages import LabelledPage

WORD = re.compile(r"\w+")


class Figures(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


def harmonic(precision: float, recall: float) -> float:
    """The F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return WORD.findall(text.lower())


def word_figures(text: str, body: str) -> Figures:
    """WCXB: how the bag of words of a page's text fits that of its body."""
    said, right = Counter(words(text)), Counter(words(body))
    if not right or not said:
        same = float(not right and not said)
        return Figures(same, same, same)
    both = (said & right).total()
    precision, recall = both / said.total(), both / right.total()
    return Figures(precision, recall, harmonic(precision, recall))


def shingle_figures(pairs: Iterable[tuple[str, str]]) -> Figures:
    """Article extraction benchmark: 4-word shingles; F1 of the pages' mean precision and recall."""
    precisions, recalls = [], []
    for text, body in pairs:
        said, right = _shingles(text), _shingles(body)
        both = (said & right).total()
        if said:
            precisions.append(both / said.total())
        if right:
            recalls.append(both / right.total())
    precision, recall = mean(precisions), mean(recalls)
    return Figures(precision, recall, harmonic(precision, recall))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    found = WORD.findall(text)
    return Counter(tuple(found[i : i + 4]) for i in range(max(1, len(found) - 3)) if found)


def snippet_figures(texts: Iterable[tuple[str, LabelledPage]]) -> Figures:
    """Trafilatura's evaluation: snippets that must and must not be in the text, counted over all pages."""
    right = missing = wrong = 0
    for text, page in texts:
        hits = sum(s in text for s in page.wanted)
        right += hits
        missing += len(page.wanted) - hits
        wrong += sum(s in text for s in page.unwanted)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missing)
    return Figures(precision, recall, harmonic(precision, recall))


def figures(pages: Sequence[LabelledPage], texts: Mapping[str, str]) -> dict[str, Figures]:
    """The figures of a set of pages by the set's own measure: under ``all``, and by kind where bodies are whole.

    News sets (every page an article, whole bodies) are measured by shingles, mixed ones by words.
    """
    if pages[0].body is None:
        return {"all": snippet_figures((texts[p.name], p) for p in pages)}
    if all(p.kind == "article" for p in pages):
        return {"all": shingle_figures((texts[p.name], p.body or "") for p in pages)}
    by: dict[str, list[Figures]] = defaultdict(list)
    for page in pages:
        found = word_figures(texts[page.name], page.body or "")
        by["all"].append(found)
        by[page.kind].append(found)
    return {kind: Figures(*(mean(column) for column in zip(*rows, strict=True))) for kind, rows in by.items()}


def show(figures: Mapping[str, Figures]) -> str:
    """One line for people."""
    every = figures["all"]
    kinds = "  ".join(f"{kind} {f.f1:.3f}" for kind, f in sorted(figures.items()) if kind != "all")
    return f"P {every.precision:.3f}  R {every.recall:.3f}  F1 {every.f1:.4f}  {kinds}".rstrip()
