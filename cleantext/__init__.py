"""Strip boilerplate from scraped text and show every piece that went, with its place, its rule and the reason."""

from __future__ import annotations

TYPE_CHECKING = False  # as of typing, whose import takes longer than to tell the version
if TYPE_CHECKING:
    from cleantext.api import clean
    from cleantext.config import Config
    from cleantext.engine import Cleaner
    from cleantext.registry import Rule, rule
    from cleantext.result import Problem, Result
    from cleantext.span import Kept, Span

__all__ = ["Cleaner", "Config", "Kept", "Problem", "Result", "Rule", "Span", "__version__", "clean", "rule"]
__version__ = "0.1.0"

# Where each name is from; it is imported when it is first asked for.
_FROM = {
    "Cleaner": "engine",
    "Config": "config",
    "Kept": "span",
    "Problem": "result",
    "Result": "result",
    "Rule": "registry",
    "Span": "span",
    "clean": "api",
    "rule": "registry",
}


def __getattr__(name: str) -> object:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"{__name__}.{_FROM[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_FROM})
