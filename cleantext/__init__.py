"""Strip boilerplate from scraped text and show every piece that went, with its place, its rule and the reason."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Unpack

from cleantext.rule import Rule, registered, rule
from cleantext.span import Kept, Span

if TYPE_CHECKING:
    from cleantext.config import Config, Options
    from cleantext.engine import Cleaner, Source
    from cleantext.result import Problem, Result

__all__ = ["Cleaner", "Config", "Kept", "Problem", "Result", "Rule", "Span", "__version__", "clean", "rule"]
__version__ = "0.1.0"

# Imported when they are first asked for: ``cleantext --version`` and the help need none of them.
_LATER = {"Cleaner": "engine", "Config": "config", "Problem": "result", "Result": "result"}


def clean(source: Source, *, kind: str = "auto", url: str | None = None, **config: Unpack[Options]) -> Result:
    """Clean `source`: the body text, and every removed span with offsets, rule, group, reason and score.

    `source` is a str, bytes, whose encoding is found, or a tree of BeautifulSoup. `config` takes the fields of `Config`
    as keywords; `url` is the address of a page, if it is known. For many documents make one `Cleaner`. Raises TypeError
    for another source, ValueError for an unknown kind, option, rule or group; no str, bytes or tree make it raise.
    """
    from cleantext.engine import Cleaner

    return (Cleaner(**config) if config else _default(registered())).clean(source, kind=kind, url=url)


@lru_cache(1)
def _default(rules: int) -> Cleaner:
    """The default cleaner, made anew when rules have been registered since."""
    from cleantext.engine import Cleaner

    return Cleaner()


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})
