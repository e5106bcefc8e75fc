"""What ``cleantext clean`` took out of a document, as JSON Lines from which the document can be put together again.

The first line says what the document was; every other is a piece of it, in order: a span that went, with why, or of a
page also the markup that stands around what stayed. A piece that is in the cleaned text is not in the file: of plain
text the pieces between the spans, as they are.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleantext.cli.formats.json import dumped
from cleantext.cli.problems import CannotRead, CannotWrite
from cleantext.cli.source import Source
from cleantext.result import Result
from cleantext.span import Span, gaps

SCHEMA = 1
SUFFIX = ".removed.jsonl"


def lines_of(source: Source, result: Result, cleaned: str, path: str, own: str) -> Iterator[str]:
    """The lines for a document, cleaned to the text `cleaned`, which is written to `path`; they are written to `own`.

    Raises CannotWrite for a document whose bytes its text does not tell.
    """
    if source.without(()) != source.raw:
        raise CannotWrite(f"{source.path}: could not be put back as it is")
    head = {
        "schema": SCHEMA,
        "cleaned": os.path.relpath(path, Path(own).parent) if path else "",
        "kind": result.kind,
        "encoding": source.encoding,
        "mark": source.mark.hex(),
        "sha256": _digest(source.raw),
        "cleaned_sha256": _digest(cleaned.encode("utf-8")),
    }
    yield dumped(head)
    pieces: list[tuple[int, int, Span | None]] = [
        (kept.start, kept.end, None) for kept in gaps(len(source.text), result.removed)
    ]
    pieces += [(span.start, span.end, span) for span in result.removed]
    for start, end, span in sorted(pieces, key=lambda piece: piece[:2]):
        if span is not None:
            why = {"rule": span.rule, "group": span.group, "reason": span.reason, "score": span.score}
            yield dumped({"start": start, "end": end, **why, "source": source.text[start:end]})
        elif result.kind == "html":
            yield dumped({"start": start, "end": end, "kept": source.text[start:end]})


def put_together(name: str, content: bytes, cleaned: bytes) -> bytes:
    """The document that the lines `content` of the file `name` and the cleaned text tell.

    Raises CannotRead if the text is not the one that was written, or the lines are none of ours.
    """
    try:
        head, *pieces = [json.loads(line) for line in content.decode("utf-8").split("\n") if line]
        if head["schema"] != SCHEMA:
            raise CannotRead(f"{name}: of another version of cleantext")
        if head["cleaned_sha256"] != _digest(cleaned):
            raise CannotRead(f"{head['cleaned']}: changed since it was cleaned; {name} does not fit it any more")
        text = _text(head, pieces, cleaned.decode("utf-8"))
        raw = bytes.fromhex(head["mark"]) + text.encode(head["encoding"])
        if _digest(raw) != head["sha256"]:
            raise CannotRead(f"{name}: damaged; what comes out is not what went in")
    except (ValueError, KeyError, TypeError, LookupError, RecursionError) as error:
        raise CannotRead(f"{name}: not a file of what was removed: {error}") from error
    return raw


def cleaned_path(name: str, content: bytes) -> str:
    """Where the text was written that belongs to the lines `content` of the file `name`. Raises CannotRead."""
    try:
        path = json.loads(content.split(b"\n", 1)[0])["cleaned"]
        if not isinstance(path, str) or "\0" in path:
            raise ValueError("no path")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotRead(f"{name}: not a file of what was removed: {error}") from error
    if not path:
        raise CannotRead(f"{name}: its text was written to stdout; say with --cleaned where it is")
    return str(Path(name).parent / path)


def _text(head: dict[str, Any], pieces: list[dict[str, Any]], cleaned: str) -> str:
    if head["kind"] == "html":
        return "".join(piece["source"] if "source" in piece else piece["kept"] for piece in pieces)
    found: list[str] = []
    at = length = 0  # in the cleaned text, and of what is found
    for piece in pieces:
        before = piece["start"] - length
        found += [cleaned[at : at + before], piece["source"]]
        at += before
        length = piece["end"]
    return "".join([*found, cleaned[at:]])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
