"""What a page costs, by stage and beside other extractors: ``python -m benchmarks.speed FOLDER``.

CPU time of one process; every pass goes over all pages, passes of the contestants alternate, and the least of them
counts: other work on a machine only ever adds to it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.extractors import make
from benchmarks.pages import read_folder
from cleantext import Cleaner
from cleantext.read.html import read_html
from cleantext.score import body_probabilities
from cleantext.score.features import features
from cleantext.score.model import model


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--with", dest="others", nargs="*", default=["resiliparse", "trafilatura"])
    parser.add_argument("--limit", type=int)
    parser.add_argument("--passes", type=int, default=3)
    args = parser.parse_args()
    pages = [page.html for page in read_folder(args.folder, args.limit)]
    named = Cleaner(ignore=["body"])
    tables = model().tables
    contestants: dict[str, Callable[[str], object]] = {
        "cleantext": make("cleantext"),
        **{name: make(name) for name in args.others},
        "read": read_html,
        "read, named rules": lambda html: named.named(read_html(html)),
        "read to features": lambda html: features(named.named(read_html(html)).document, tables),
        "read to score": lambda html: body_probabilities(named.named(read_html(html)).document),
        "all without score": lambda html: named.clean(html, kind="html"),
    }
    least = dict.fromkeys(contestants, float("inf"))
    for _ in range(args.passes):
        for name, run in contestants.items():
            begun = time.process_time()
            for html in pages:
                run(html)
            least[name] = min(least[name], time.process_time() - begun)
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.0f} thousand code points, CPU milliseconds a page")
    for name, seconds in least.items():
        print(f"{name:20s} {1000 * seconds / len(pages):8.2f}   {seconds / least['cleantext']:6.2f} times cleantext")


if __name__ == "__main__":
    main()
