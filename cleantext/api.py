"""The call that most need: ``cleantext.clean``."""

from __future__ import annotations

from functools import lru_cache
from typing import Unpack

from cleantext.config import Options
from cleantext.engine import Cleaner, Source
from cleantext.registry import registered
from cleantext.result import Result


def clean(source: Source, *, kind: str = "auto", url: str | None = None, **config: Unpack[Options]) -> Result:
    """Clean `source`: the body text, and every removed span with offsets, rule, group, reason and score.

    `source` is a str, bytes, whose encoding is found, or a tree of BeautifulSoup. `config` takes the fields of `Config`
    as keywords; `url` is the address of a page, if it is known. For many documents make one `Cleaner`. Raises TypeError
    for another source, ValueError for an unknown kind, option, rule or group; no str, bytes or tree make it raise.
    """
    return (Cleaner(**config) if config else _default(registered())).clean(source, kind=kind, url=url)


@lru_cache(1)
def _default(rules: int) -> Cleaner:
    """The default cleaner, made anew when rules have been registered since."""
    return Cleaner()
