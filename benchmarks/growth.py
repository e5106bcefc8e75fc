"""How time and memory grow with the size of a document: ``python -m benchmarks.growth [FOLDER ...]``.

Documents of 1 KB to 10 MB are put together from the pages in the folders, or from the fixtures: articles, their bodies
one below the other; pages as text, everything that they show, a line per block; pages, their markup in one body. Of
each size as many are cleaned as three million code points make, from places evenly apart, so that all sizes have the
same mixture; of few pages many small ones are the same. Time is CPU time a document, memory the most that a process
had that cleaned one of them, less what it had before. ``--plot FILE`` draws both (needs matplotlib).
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from math import log10
from pathlib import Path

import numpy as np

from benchmarks.pages import labelled_folder, read_folder
from cleantext import Cleaner
from cleantext.fixtures import load
from cleantext.read.html import read_html

SIZES = tuple(int(1000 * 10 ** (step / 2)) for step in range(9))  # code points
IN_ALL = 3_000_000  # code points of all documents of a size
FIXTURES = Path(__file__).parent.parent / "fixtures"


def pages_of(folders: list[Path]) -> list[tuple[str, str]]:
    """(markup, body) of the pages in folders; those of the fixtures without any."""
    if folders:
        return [(page.html, page.body or "") for folder in folders for page in read_folder(folder, None)]
    cases = [load(path.parent) for path in sorted(FIXTURES.glob("*/source.html"))]
    return [(case.source, case.expected or "") for case in cases]


def articles(pages: list[tuple[str, str]]) -> Iterator[str]:
    """Bodies, a blank line apart."""
    return (body.strip() + "\n\n" for _, body in pages if body)


def texts(pages: list[tuple[str, str]]) -> Iterator[str]:
    """All that pages show."""
    return (read_html(markup).source + "\n\n" for markup, _ in pages)


def markups(pages: list[tuple[str, str]]) -> Iterator[str]:
    """The contents of the body elements."""
    for markup, _ in pages:
        inner = markup[markup.find(">", markup.find("<body")) + 1 :]
        yield f"<div>{inner[: inner.rfind('</body')]}</div>\n"


KINDS: dict[str, tuple[Callable[[list[tuple[str, str]]], Iterator[str]], str]] = {
    "articles": (articles, "text"),
    "pages as text": (texts, "text"),
    "pages": (markups, "html"),
}


def document(pieces: list[str], size: int, first: int = 0) -> str:
    """`pieces` from the one with the index `first` on, again and again, up to `size` code points."""
    found, length = [], 0
    for piece in itertools.chain(pieces[first:], itertools.cycle(pieces)):
        found.append(piece)
        length += len(piece)
        if length >= size:
            return "".join(found)[:size]
    raise ValueError("no pieces")


def documents(pieces: list[str], size: int) -> list[str]:
    """Documents of a size, from places evenly apart."""
    number = max(1, IN_ALL // size)
    return [document(pieces, size, at * len(pieces) // number) for at in range(number)]


def measure(sources: list[str], kind: str) -> tuple[float, float]:
    """Seconds that cleaning one takes, and megabytes, in processes of their own that have cleaned before."""
    context = multiprocessing.get_context("fork")
    with context.Pool(1) as pool:
        seconds, _ = pool.apply(_measured, (sources, kind))
    with context.Pool(1) as pool:
        return seconds, pool.apply(_measured, (sources[:1], kind))[1]


def _measured(sources: list[str], kind: str) -> tuple[float, float]:
    cleaner = Cleaner()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    for source in sources:
        cleaner.clean(source, kind=kind)
    seconds = time.process_time() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds / len(sources), (most - before) / 1024


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The slope of a line through the points, both logarithms."""
    return float(np.polyfit(np.log10(sizes), np.log10(seconds), 1)[0])


def plot(path: Path, found: dict[str, list[tuple[int, float, float]]]) -> None:
    """Draw what was measured."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "cleantext", "svg.fonttype": "none"})  # the same drawing for the same figures
    from matplotlib import pyplot

    figure, (times, memory) = pyplot.subplots(1, 2, figsize=(9, 3.8))
    for kind, points in found.items():
        sizes = [size for size, _, _ in points]
        times.loglog(sizes, [seconds for _, seconds, _ in points], marker="o", label=kind)
        memory.loglog(sizes, [max(0.1, megabytes) for _, _, megabytes in points], marker="o", label=kind)
    limit = [12 * size / 1e6 + 20 for size in SIZES]
    memory.loglog(SIZES, limit, color="grey", linestyle=":", label="12 times the source + 20 MB")
    times.loglog(SIZES, [size / 1e6 for size in SIZES], color="grey", linestyle=":", label="a million a second")
    for axes, label in ((times, "CPU seconds"), (memory, "megabytes")):
        axes.set_xlabel("code points")
        axes.set_ylabel(label)
        axes.legend(fontsize="small")
        axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=labelled_folder, nargs="*")
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    pages = pages_of(args.folders)
    warm = Cleaner()
    for make, said in KINDS.values():
        warm.clean(document(list(make(pages[:20])), 40_000), kind=said)
    found: dict[str, list[tuple[int, float, float]]] = {}
    worst = 0.0
    for kind, (make, said) in KINDS.items():
        pieces = list(make(pages))
        points = found[kind] = []
        for size in SIZES:
            sources = documents(pieces, size)
            seconds, megabytes = measure(sources, said)
            points.append((size, seconds, megabytes))
            worst = max(worst, megabytes / (12 * len(sources[0].encode("utf-8", "replace")) / 1e6 + 20))
            print(f"{kind:14s} {size:10,d} code points {1000 * seconds:10.1f} ms {megabytes:8.1f} MB", flush=True)
        sizes, times = [p[0] for p in points], [p[1] for p in points]
        last = log10(times[-1] / times[-3]) / log10(sizes[-1] / sizes[-3])
        print(f"{kind:14s} exponent {exponent(sizes, times):.3f}, {last:.3f} in the last decade")
    print(f"memory: at most {worst:.2f} times what 12 times the source in UTF-8 and 20 MB come to")
    if args.plot:
        plot(args.plot, found)


if __name__ == "__main__":
    main()
