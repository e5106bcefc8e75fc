"""How right extractors are on labelled pages: ``python -m benchmarks.quality FOLDER... --with trafilatura``.

The figures of cleantext on pages that its score was fitted on are no measure of it: for those use
``python -m benchmarks.fit --check``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from benchmarks.extractors import EXTRACTORS, make
from benchmarks.metrics import figures, show
from benchmarks.pages import labelled_folder, read_folder


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=labelled_folder)
    parser.add_argument("--with", dest="others", nargs="*", default=[], choices=sorted(EXTRACTORS))
    parser.add_argument("--limit", type=int, help="pages of each folder, for a quick look")
    parser.add_argument("--json", type=Path, help="keep the figures in this file")
    args = parser.parse_args()
    kept: dict[str, dict[str, object]] = {}
    for folder in args.folders:
        pages = list(read_folder(folder, args.limit))
        for name in ["cleantext", *args.others]:
            extract = make(name)
            extract(pages[0].html)
            texts: dict[str, str] = {}
            failed = 0
            begun = time.process_time()
            for page in pages:
                try:
                    texts[page.name] = extract(page.html)
                except Exception as error:  # a failure is a result
                    texts[page.name] = ""
                    failed += 1
                    print(f"{name}: {page.name}: {type(error).__name__}: {error}", file=sys.stderr)
            spent = 1000 * (time.process_time() - begun) / len(pages)
            found = figures(pages, texts)
            kept.setdefault(folder.name, {})[name] = {kind: f._asdict() for kind, f in found.items()}
            print(f"{folder.name:18s} {name:16s} {show(found)}  {spent:.2f} ms a page, {failed} failed", flush=True)
    if args.json:
        args.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
