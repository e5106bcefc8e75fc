"""Figures that may only rise: kept in ``floors.json`` beside this module.

Who measures holds what was measured against the floor of its name: less is an error, more becomes the new floor, except
where the environment variable ``CI`` is set, so that a change that makes something better brings its floors along.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
DIGITS = 4  # that are kept


class BelowFloorError(AssertionError):
    """A figure is less than it was."""


def hold(name: str, figures: Mapping[str, float], path: Path = FLOORS) -> None:
    """Hold figures, of which more is better, against the floors of `name` in `path`, and raise those that they pass.

    Raises BelowFloorError if a figure is below its floor, or missing.
    """
    floors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known = floors.get(name, {})
    below = [
        f"{name} {figure}: {figures.get(figure, 'missing')} is below {floor}"
        for figure, floor in known.items()
        if round(figures.get(figure, float("-inf")), DIGITS) < floor
    ]
    if below:
        raise BelowFloorError("; ".join(below))
    raised = {figure: round(value, DIGITS) for figure, value in figures.items()}
    if raised != known and not os.environ.get("CI"):
        floors[name] = raised
        path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
