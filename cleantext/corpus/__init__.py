"""Tables of documents: cleaned in one process, on Spark or on Ray, and what repeats across their sites.

`clean_table` is what everything else here calls, the command ``cleantext corpus`` and both engines. It needs pyarrow,
which ``pip install 'cleantext-spans[corpus]'`` brings.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cleantext.corpus.arrow import clean_table
    from cleantext.corpus.site import learn_table

__all__ = ["clean_table", "learn_table"]

_FROM = {"clean_table": "arrow", "learn_table": "site"}


def __getattr__(name: str) -> object:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # each with what it needs: Spark is for who has Spark

    value = globals()[name] = getattr(import_module(f"{__name__}.{_FROM[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_FROM})
