"""What a document costs, by stage and beside others: ``python -m benchmarks.speed FOLDER``.

Pages beside extractors; then their bodies as article text, and what they show as text, beside filters of lines. CPU
time of one process; every pass goes over all documents, passes of the contestants alternate, and the least of them
counts: other work on a machine only ever adds to it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence

from benchmarks.extractors import make
from benchmarks.line_filters import LINE_FILTERS
from benchmarks.pages import labelled_folder, read_folder
from cleantext import Cleaner
from cleantext.find.facts import facts
from cleantext.read.html import read_html
from cleantext.read.text import read_text
from cleantext.score import body_probabilities

Contestants = Mapping[str, Callable[[str], object]]
NAMED = Cleaner(ignore=["body"])


def of_pages() -> Contestants:
    """The stages of a page; each goes as far as the one before and further."""
    return {
        "read": read_html,
        "find": lambda html: NAMED.named(read_html(html)),
        "score": lambda html: body_probabilities(NAMED.named(read_html(html)).document),
        "render": make("cleantext"),
    }


def of_texts() -> Contestants:
    """The stages of a text; where the score takes a page's menus, rules have less to find."""
    whole = Cleaner()
    return {
        "read": read_text,
        "facts of lines": lambda text: facts(read_text(text)),
        "find, score, cut": lambda text: whole.clean(text, kind="text"),
    }


def least_seconds(documents: Sequence[str], contestants: Contestants, passes: int) -> dict[str, float]:
    """Of each contestant the CPU seconds of its fastest pass over all documents."""
    least = dict.fromkeys(contestants, float("inf"))
    for _ in range(passes):
        for name, run in contestants.items():
            begun = time.process_time()
            for document in documents:
                run(document)
            least[name] = min(least[name], time.process_time() - begun)
    return least


def show(title: str, documents: Sequence[str], stages: Contestants, others: Contestants, passes: int) -> None:
    """Print what documents cost: by stage, in all, and what they cost others."""
    for run in (*stages.values(), *others.values()):
        run(documents[0])
    seconds = least_seconds(documents, {**stages, **others}, passes)
    size, number = sum(map(len, documents)), len(documents)
    print(f"{title}: {number} of {size / number / 1000:.1f} thousand code points")
    whole = seconds[list(stages)[-1]]
    before = 0.0
    for name in stages:
        part = seconds[name] - before
        before = seconds[name]
        print(f"  {name:18s} {1000 * part / number:8.2f} ms")
    for name, spent in {"cleantext": whole, **{name: seconds[name] for name in others}}.items():
        rate = f"{size / 1e6 / spent:7.2f} million code points a second"
        print(f"  {name:18s} {1000 * spent / number:8.2f} ms {rate} {spent / whole:7.2f} times cleantext")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=labelled_folder)
    parser.add_argument("--with", dest="others", nargs="*", default=["resiliparse", "trafilatura"])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--passes", type=int, default=3)
    args = parser.parse_args()
    pages = list(read_folder(args.folder, args.limit))
    bodies = [page.body for page in pages if page.body]
    if bodies:
        show("articles", bodies, of_texts(), LINE_FILTERS, args.passes)
    shown = [read_html(page.html).source for page in pages]
    show("pages as text", shown, of_texts(), LINE_FILTERS, args.passes)
    show("pages", [page.html for page in pages], of_pages(), {name: make(name) for name in args.others}, args.passes)


if __name__ == "__main__":
    main()
