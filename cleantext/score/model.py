"""The fitted model: symmetric trees, evaluated for all blocks of a page with a few array operations."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleantext.score.block_words import Floats
from cleantext.score.features import NAMES
from cleantext.score.tables import Tables

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True)
class Trees:
    """Symmetric trees: all nodes of one depth of a tree ask the same question, each a bit of the number of a leaf.

    ``rows`` and ``borders`` are the questions (is this feature above this border?), each once; ``splits`` names the
    question of each depth of each tree (depths x trees); ``leaves`` holds trees x leaves values; ``bias`` is added.
    """

    rows: NDArray[np.uint16]
    borders: Floats
    splits: NDArray[np.uint16]
    leaves: Floats
    bias: float

    def probabilities(self, features: Floats) -> Floats:
        """The probability that a block is body text, for features x blocks."""
        depths, trees = self.splits.shape
        answers = (features[self.rows] > self.borders[:, None]).view(np.uint8)
        leaf = answers[self.splits[0]]
        for depth in range(1, depths):
            leaf |= answers[self.splits[depth]] << np.uint8(depth)
        begins = np.arange(trees, dtype=np.int32)[:, None] << depths
        log_odds = self.leaves.ravel().take(leaf + begins).sum(axis=0) + self.bias
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
    """The model that comes with the package."""
    return load(WEIGHTS)


def load(path: Path) -> Model:
    """Read a model from `path`. Raises ValueError if it was fitted for other features."""
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    header = json.loads(arrays["header"].tobytes())
    if header["features"] != list(NAMES):
        raise ValueError(f"{path}: fitted for other features; fit it again")
    trees = Trees(
        arrays["rows"],
        arrays["borders"],
        arrays["splits"],
        arrays["leaves"].astype(np.float32) * np.float32(header["leaf_unit"]),
        header["bias"],
    )
    tables = Tables(
        *(
            dict(
                zip(
                    arrays[name].tobytes().decode("utf-8").split("\n"),
                    (arrays[f"{name}_odds"].astype(np.float32) / ODDS_UNITS).tolist(),
                    strict=True,
                )
            )
            for name in ("words", "tokens")
        )
    )
    return Model(trees, tables, header)


# Log odds are kept as whole numbers of this part, in a byte.
ODDS_UNITS = 20


def save(path: Path, trees: Trees, tables: Tables, header: dict[str, Any]) -> None:
    """Write a model to `path`, the same bytes for the same model."""
    unit = float(np.abs(trees.leaves).max()) / 32767
    header = {**header, "features": list(NAMES), "leaf_unit": unit, "bias": trees.bias}
    arrays: dict[str, NDArray[Any]] = {
        "header": np.frombuffer(json.dumps(header, sort_keys=True).encode("utf-8"), np.uint8),
        "rows": trees.rows,
        "borders": trees.borders,
        "splits": trees.splits,
        "leaves": np.round(trees.leaves / unit).astype(np.int16),
    }
    for name in ("words", "tokens"):
        table = getattr(tables, name)
        keys = sorted(table)
        arrays[name] = np.frombuffer("\n".join(keys).encode("utf-8"), np.uint8)
        odds = np.array([table[k] for k in keys])
        arrays[f"{name}_odds"] = np.clip(np.round(odds * ODDS_UNITS), -127, 127).astype(np.int8)
    np.savez_compressed(path, allow_pickle=False, **arrays)
