"""How far a run is, on a terminal, for runs that take their time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

T = TypeVar("T")
AFTER = 1.0  # seconds before anything is shown
LINE = 60.0  # seconds between the lines of a run that has no terminal


def shown(done: Iterable[T], total: Callable[[], int], quiet: bool) -> Iterator[T]:
    """`done`, with a bar on stderr while it comes if that is a terminal, and what is reported does not go there too.

    `total` counts how many will come; it is asked once, when the bar is first shown. The bar is gone when all have
    come.
    """
    if quiet or not sys.stderr.isatty():
        yield from done
        return
    began = monotonic()
    bar: tuple[Progress, TaskID] | None = None
    try:
        for count, item in enumerate(done, start=1):
            if bar is None and monotonic() - began > AFTER:
                bar = _bar(total(), "files")
            if bar is not None:
                bar[0].update(bar[1], completed=count, count=f"{count:,}", rate=_rate(count, began))
            yield item
    finally:
        if bar is not None:
            bar[0].stop()


class Rows:
    """How far a run is through inputs of `total` bytes: a bar on a terminal, else a line each minute, on stderr."""

    def __init__(self, total: int, quiet: bool) -> None:
        self._total, self._quiet = total, quiet
        self._began = self._told = monotonic()
        self._first: int | None = None  # bytes that were done when this run showed for the first time
        self._rows = 0
        self._bar: tuple[Progress, TaskID] | None = None

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar[0].stop()

    def show(self, done: int, rows: int) -> None:
        """Show how many bytes of the inputs are done, and how many rows in this run."""
        now = monotonic()
        self._rows = rows
        if self._first is None:
            self._first = done
        if self._quiet or now - self._began < AFTER:
            return
        if sys.stderr.isatty():
            self._bar = self._bar or _bar(self._total, "rows")
            self._bar[0].update(self._bar[1], completed=done, count=f"{rows:,}", rate=_rate(rows, self._began))
        elif now - self._told > LINE:
            self._told = now
            left = (self._total - done) * (now - self._began) / max(done - self._first, 1)
            share = done / self._total if self._total else 1.0
            said = f"{share:.1%}: {rows:,} rows, {_rate(rows, self._began)} a second, {_time(left)} left"
            print(said, file=sys.stderr, flush=True)

    def took(self) -> str:
        """How long this run has taken, and what it did a second."""
        took = f"in {_time(monotonic() - self._began)}"
        return f"{took}, {_rate(self._rows, self._began)} rows a second" if self._rows else took


def _rate(count: int, began: float) -> str:
    rate = count / max(monotonic() - began, 1e-9)
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 60 else str(timedelta(seconds=round(seconds)))


def _bar(total: int, what: str) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    progress = Progress(
        BarColumn(),
        TaskProgressColumn(),
        TextColumn(f"{{task.fields[count]}} {what}, {{task.fields[rate]}} a second, left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    progress.start()
    return progress, progress.add_task(what, total=total, count="", rate="")
