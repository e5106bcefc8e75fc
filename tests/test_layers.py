"""Who may import whom, and who alone imports an outside library."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "cleantext"
# What the engine goes through besides finding: reading, and what comes out.
WAY = {"guards", "keep", "read", "rest", "render", "markdown", "pieces", "whole_lines"}
# Layer: what of the package it may import. A module belongs to the longest name that fits.
ALLOWED = {
    "span": set[str](),
    "budget": set(),
    "document": {"budget", "page"},
    "page": set(),
    "names": set(),
    "data_tables": {"page"},
    "rest": {"document", "page"},
    "read": {"read", "budget", "document", "page"},
    "find": {"find", "names", "document", "page", "span"},
    "registry": {"find", "document", "span"},
    "score": {"score", "registry", "find", "names", "data_tables", "document", "page"},
    "rules": {"registry", "find", "score", "document", "page", "span"},
    "render": {"data_tables", "document", "page"},
    "markdown": {"document", "page", "render"},
    "pieces": {"document", "page", "render", "span"},
    "result": {"read", "document", "span"},
    "whole_lines": {"document", "span"},
    "guards": {"find", "document", "span"},
    "keep": {"find", "document", "result"},
    "pattern_size": set(),
    "config": {"pattern_size", "registry", "find", "read", "document", "span"},
    "invariants": {"result", "document", "span"},
    "passes": {"document", "result"},
    "engine": WAY
    | {"budget", "passes", "invariants", "score", "config", "registry", "find", "result", "document", "span"},
    "fixtures": {"engine", "result"},
    "pytest_plugin": {"fixtures"},
    "site": {"read", "find", "registry", "document", "span"},
    "corpus": {"corpus", "engine", "config", "read", "result", "registry", "find", "site", "span"},
    "cli": {"cli", "corpus", "engine", "config", "read", "result", "registry", "site", "document", "span", ""},
    "__main__": {"cli"},
    "": {"api", "config", "engine", "registry", "result", "span"},
    "api": {"config", "engine", "registry", "result"},
}
# Outside library: the only modules that import it.
OUTSIDE = {
    "regex": {"find.patterns"},
    "turbohtml": {"read.fast", "read.encoding"},
    "bs4": {"read.soup"},
    "numpy": {"score"},
    "rapidfuzz": {"find.repeats"},
    "click": {"cli"},
    "pathspec": {"cli.ignore"},
    "rich": {"cli.progress"},
    "pyarrow": {"corpus", "cli.inputs"},
    "fastwarc": {"corpus.warc"},
    "pyspark": {"corpus.spark"},
    "ray": {"corpus.ray"},
    "pytest": {"pytest_plugin"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip("."), path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


MODULES = list(modules())


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name or "cleantext" for name, _ in MODULES])
def test_imports_follow_the_arrows(name: str, path: Path) -> None:
    layer = name.partition(".")[0]
    for target in imported(path):
        root, _, inside = target.partition(".")
        if root == "cleantext":
            wanted = inside.partition(".")[0]
            assert wanted in ALLOWED[layer], f"{name} imports {target}"
        elif root not in sys.stdlib_module_names:
            assert any(name == m or name.startswith(m + ".") for m in OUTSIDE[root]), f"{name} imports {root}"
