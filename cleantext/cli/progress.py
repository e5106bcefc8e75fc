"""How far a run is, on a terminal, for runs that take their time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

T = TypeVar("T")
AFTER = 1.0  # seconds before anything is shown


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
                bar = _bar(total())
            if bar is not None:
                rate = count / (monotonic() - began)
                bar[0].update(bar[1], completed=count, rate=f"{rate:,.0f}" if rate >= 1 else f"{rate:.1f}")
            yield item
    finally:
        if bar is not None:
            bar[0].stop()


def _bar(total: int) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[rate]} a second, left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    progress.start()
    return progress, progress.add_task("files", total=total, rate="")
