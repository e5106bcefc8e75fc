"""Let atheris find documents that reach code that none before has reached; run by ``benchmarks.fuzz --guided``.

An input is a byte for the kind and the options, then the source in UTF-8; what is no UTF-8 stands for lone surrogates.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic

# Bytes of an input, and seconds after which libFuzzer itself gives up on one.
LONGEST, ENDLESS = 4096, 300


def guided(seconds: float, seed: int, corpus: Path, out: Path) -> int:
    """Fuzz for so long and end the process; 1 without atheris."""
    try:
        import atheris
    except ImportError:
        print("a guided run needs atheris: pip install atheris", file=sys.stderr)
        return 1
    if any(name.partition(".")[0] == "cleantext" for name in sys.modules):
        print("a guided run needs a process that has not imported cleantext yet", file=sys.stderr)
        return 1
    with atheris.instrument_imports(include=["cleantext"]):
        from benchmarks import failures, mutations
        from benchmarks.fuzz import warm_up

        warm_up()  # much is imported only when it is needed

    kinds: list[mutations.Kind] = ["text", "html", "bytes", "tree"]
    variants = [(kind, options) for options in mutations.OPTIONS for kind in kinds]
    begun = monotonic()
    seen: set[str] = set()
    number = 0

    def document_of(data: bytes) -> mutations.Document:
        kind, options = variants[data[0] % len(variants)]
        source = data[1:] if kind == "bytes" else data[1:].decode("utf-8", "surrogateescape")
        return mutations.Document(number, source, kind, options)

    def examine(data: bytes) -> None:
        nonlocal number
        if monotonic() > begun + seconds:
            print(f"{number} documents, {len(seen)} ways of failing", file=sys.stderr)
            sys.stderr.flush()
            shutil.rmtree(folder)
            os._exit(bool(seen))  # libFuzzer would take the end of Python for a crash
        if not data:
            return
        number += 1
        document = document_of(data)
        failure = failures.examined(document, checks=True).failure
        if failure is not None and failure.key not in seen:
            seen.add(failure.key)
            failures.report(out, document, failure, checks=True)

    corpus.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp())
    words, first = folder / "words", folder / "seeds"
    words.write_text("\n".join(_word(token) for token in mutations.TOKENS if len(token) < 60))
    first.mkdir()
    for at, source in enumerate(mutations.seeds()):
        lead = bytes([kinds.index("html" if source.lstrip().startswith("<") else "text")])
        (first / f"{at}").write_bytes((lead + source.encode())[:LONGEST])
    # What atheris notes takes some 50 kB a document.
    limits = [f"-max_len={LONGEST}", f"-timeout={ENDLESS}", "-rss_limit_mb=0"]
    atheris.Setup([sys.argv[0], str(corpus), str(first), f"-dict={words}", f"-seed={seed + 1}", *limits], examine)
    atheris.Fuzz()
    return bool(seen)


def _word(token: str) -> str:
    """A token as libFuzzer's dictionaries have it."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in token.encode("utf-8", "surrogatepass")) + '"'
