"""Cue words: stems that, outside the body, say what a line of unknown wording is about."""

from __future__ import annotations

from functools import cache

from cleantext.find.normal import normal
from cleantext.find.phrases import packs


@cache
def cues() -> tuple[tuple[str, str], ...]:
    """(stem, group) of the cue words of all packs, longest first."""
    found = {}
    for _, pack in packs():
        for group, stems in pack.get("cues", {}).items():
            found.update({normal(stem): group for stem in stems.split("\n") if stem})
    return tuple(sorted(found.items(), key=lambda cue: (-len(cue[0]), cue)))


def cue(key: str) -> tuple[str, str] | None:
    """The first (stem, group) that stands in `key`."""
    for found in cues():
        if found[0] in key:
            return found
    return None
