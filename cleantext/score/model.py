"""The fitted model: symmetric trees, evaluated for all blocks of a page with a few array operations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleantext.score.block_words import Floats
from cleantext.score.features import NAMES
from cleantext.score.line_features import NAMES as LINE_NAMES
from cleantext.score.tables import Tables

WEIGHTS = Path(__file__).with_name("weights.bin")
LINE_WEIGHTS = Path(__file__).with_name("line_weights.bin")
MAGIC = b"cleantext weights 1\n"
ALIGNED = 64  # bytes: where an array may begin
AT_ONCE = 250  # blocks that are asked about at once: a question of a tree about a block takes 5 bytes
# Log odds are kept as whole numbers of this part, in a byte.
ODDS_UNITS = 20


@dataclass(frozen=True)
class Trees:
    """Symmetric trees: all nodes of one depth of a tree ask the same question, each a bit of the number of a leaf.

    ``rows`` and ``borders`` are the questions (is this feature above this border?), each once; ``splits`` names the
    question of each depth of each tree (depths x trees); ``leaves`` holds trees x leaves values, in whole numbers of
    ``unit``; ``bias`` is added.
    """

    rows: NDArray[np.uint16]
    borders: Floats
    splits: NDArray[np.uint16]
    leaves: NDArray[np.int16]
    unit: float
    bias: float

    def probabilities(self, features: Floats) -> Floats:
        """The probability that a block is body text, for features x blocks."""
        parts = [self._part(features[:, at : at + AT_ONCE]) for at in range(0, features.shape[1], AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _part(self, features: Floats) -> Floats:
        depths, trees = self.splits.shape
        answers = (features.take(self.rows, axis=0) > self.borders[:, None]).view(np.uint8)
        leaf = answers.take(self.splits[0], axis=0)
        for depth in range(1, depths):
            leaf |= answers.take(self.splits[depth], axis=0) << np.uint8(depth)
        begins = np.arange(trees, dtype=np.int32)[:, None] << depths
        log_odds = self.leaves.ravel().take(leaf + begins).sum(axis=0, dtype=np.int32) * self.unit + self.bias
        likely: Floats = (1 / (1 + np.exp(-log_odds))).astype(np.float32)
        return likely


@dataclass(frozen=True)
class Model:
    """Trees, the tables their features come from, and where both are from."""

    trees: Trees
    tables: Tables
    header: dict[str, Any]


@cache
def model() -> Model:
    """The model of the blocks of a page that comes with the package."""
    return load(WEIGHTS)


@cache
def line_model() -> Model:
    """The model of the lines of plain text that comes with the package; its tables are those of `model`."""
    return load_lines(LINE_WEIGHTS, model())


def load(path: Path) -> Model:
    """Read the model of blocks in `path`.

    Raises OSError if it or its digest is missing, ValueError if it is damaged or was fitted for other features.
    """
    header, arrays = _read(path, NAMES)
    token_odds = (arrays["token_odds"].astype(np.float32) / ODDS_UNITS).tolist()
    tables = Tables(
        arrays["hashes"],
        arrays["odds"].astype(np.float32) / np.float32(ODDS_UNITS),
        arrays["functional"].astype(np.float32),
        dict(zip(arrays["tokens"].tobytes().decode("utf-8").split("\n"), token_odds, strict=True)),
    )
    return Model(_trees(header, arrays), tables, header)


def load_lines(path: Path, blocks: Model) -> Model:
    """Read the model of lines in `path`, whose words are those of the model of blocks.

    Raises OSError if it or its digest is missing, ValueError if it is damaged or was fitted for other features, or
    beside another model of blocks.
    """
    header, arrays = _read(path, LINE_NAMES)
    if header["words"] != blocks.header["crc32"]:
        raise ValueError(f"{path}: fitted beside other weights of blocks; fit it again")
    return Model(_trees(header, arrays), blocks.tables, header)


def save(path: Path, trees: Trees, tables: Tables, header: dict[str, Any]) -> None:
    """Write a model of blocks to `path`, the same bytes for the same model."""
    tokens = sorted(tables.tokens)
    arrays: dict[str, NDArray[Any]] = {
        "hashes": tables.hashes,
        "odds": _in_bytes(tables.odds),
        "functional": tables.functional.astype(np.uint8),
        "tokens": np.frombuffer("\n".join(tokens).encode("utf-8"), np.uint8),
        "token_odds": _in_bytes(np.array([tables.tokens[t] for t in tokens])),
    }
    _write(path, trees, arrays, header | {"features": list(NAMES)})


def save_lines(path: Path, trees: Trees, blocks: Model, header: dict[str, Any]) -> None:
    """Write a model of lines to `path`, fitted with the words of a model of blocks."""
    _write(path, trees, {}, header | {"features": list(LINE_NAMES), "words": blocks.header["crc32"]})


def _write(path: Path, trees: Trees, more: dict[str, NDArray[Any]], header: dict[str, Any]) -> None:
    """Write trees and other arrays to `path`.

    A line that says what the file is, the length of the header in 8 bytes, the header in JSON, and arrays one after the
    other, little-endian. The digest of all that goes to a file beside it.
    """
    arrays: dict[str, NDArray[Any]] = {
        "rows": trees.rows,
        "borders": trees.borders,
        "splits": trees.splits,
        "leaves": trees.leaves,
        **more,
    }
    places: dict[str, tuple[str, tuple[int, ...], int]] = {}
    content = bytearray()
    for name, array in arrays.items():
        content += bytes(-len(content) % ALIGNED)
        kind = array.dtype.newbyteorder("<")
        places[name] = kind.str, array.shape, len(content)
        content += array.astype(kind).tobytes()
    own = {"leaf_unit": trees.unit, "bias": trees.bias, "arrays": places, "crc32": crc32(content)}
    text = json.dumps(header | own, sort_keys=True).encode("utf-8")
    text += b" " * (-(len(MAGIC) + 8 + len(text)) % ALIGNED)
    data = MAGIC + len(text).to_bytes(8, "little") + text + content
    path.write_bytes(data)
    _digest_file(path).write_text(f"{sha256(data).hexdigest()}  {path.name}\n", encoding="ascii")


def _digest_file(path: Path) -> Path:
    """Where the SHA-256 of the file at `path` stands, as ``sha256sum`` writes it."""
    return path.with_name(f"{path.name}.sha256")


def _read(path: Path, names: Sequence[str]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The header and the arrays in `path`, whose digest has to be the one beside it."""
    data = path.read_bytes()
    if sha256(data).hexdigest() != _digest_file(path).read_text(encoding="ascii").partition(" ")[0]:
        raise ValueError(f"{path}: damaged")
    begin = len(MAGIC) + 8
    size = int.from_bytes(data[len(MAGIC) : begin], "little")
    if not data.startswith(MAGIC) or len(data) < begin + size:
        raise ValueError(f"{path}: not a file of weights")
    header = json.loads(data[begin : begin + size])
    content = memoryview(data)[begin + size :]
    if header["features"] != list(names):
        raise ValueError(f"{path}: fitted for other features; fit it again")
    return header, {
        name: np.frombuffer(content, kind, int(np.prod(shape)), offset).reshape(shape)
        for name, (kind, shape, offset) in header["arrays"].items()
    }


def _trees(header: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Trees:
    return Trees(
        arrays["rows"], arrays["borders"], arrays["splits"], arrays["leaves"], header["leaf_unit"], header["bias"]
    )


def _in_bytes(odds: NDArray[Any]) -> NDArray[np.int8]:
    """Log odds as they are kept."""
    return np.clip(np.round(odds * ODDS_UNITS), -127, 127).astype(np.int8)
