"""Labelled pages, read from the formats in which the public sets come.

A folder of pages is in one of two forms, `html` beside either:

- ``ground-truth/ID.json`` with the whole body text (``ground_truth.main_content``), as in WCXB;
- ``snippets.json`` with, for each page, texts that must (``with``) and must not (``without``) come out.

Pages are ``html/ID.html`` or ``html/ID.html.gz``.
"""

from __future__ import annotations

import gzip
import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit


class LabelledPage(NamedTuple):
    """A page with what must come out: its whole ``body``, or (``body`` is None) snippets of it."""

    folder: str
    name: str
    html: str
    site: str
    kind: str
    body: str | None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    weight: float = 1.0


def labelled_folder(path: str) -> Path:
    """A folder of labelled pages that a command line names. Raises ArgumentTypeError if it is none."""
    root = Path(path)
    if not (root / "snippets.json").is_file() and not any((root / "ground-truth").glob("*.json")):
        raise ArgumentTypeError(f"{path} holds neither snippets.json nor ground-truth/*.json")
    return root


def read_folder(root: Path, limit: int | None = None) -> Iterator[LabelledPage]:
    """The labelled pages of a folder, by name. Raises FileNotFoundError if it holds none in a known form."""
    snippets = root / "snippets.json"
    if snippets.is_file():
        table = sorted(json.loads(snippets.read_text(encoding="utf-8")).items())
        for name, entry in table[:limit]:
            html = _html(root, name)
            wanted, unwanted = tuple(entry["with"]), tuple(entry["without"])
            yield LabelledPage(root.name, name, html, _site(entry.get("url"), name), "article", None, wanted, unwanted)
        return
    paths = sorted((root / "ground-truth").glob("*.json"))
    if not paths:
        raise FileNotFoundError(f"{root}: neither snippets.json nor ground-truth/*.json")
    for path in paths[:limit]:
        entry = json.loads(path.read_text(encoding="utf-8"))
        kind = (entry.get("_internal") or {}).get("page_type") or "article"
        if isinstance(kind, dict):
            kind = kind.get("primary") or "article"
        kind = "collection" if kind == "category" else kind
        body = entry["ground_truth"].get("main_content") or ""
        yield LabelledPage(root.name, path.stem, _html(root, path.stem), _site(entry.get("url"), path.stem), kind, body)


def _html(root: Path, name: str) -> str:
    packed = root / "html" / f"{name}.html.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.is_file() else (root / "html" / f"{name}.html").read_bytes()
    return raw.decode("utf-8", "replace")


def _site(url: str | None, name: str) -> str:
    """The host a page is from, without www; the page itself if that is not known."""
    return (urlsplit(url or "").hostname or name).removeprefix("www.")
