"""One function over many jobs, in processes, the results in the order of the jobs."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any, TypeVar

from cleantext.cli.problems import CannotRead

if TYPE_CHECKING:
    from concurrent.futures import Future

J = TypeVar("J")
R = TypeVar("R")

FEW = 32  # jobs up to which starting processes takes longer than it saves
WATCHED = 0.5  # seconds between two looks whether the first process is still there
BATCH, AHEAD = 8, 4  # jobs that are handed over at once, and batches for each process that are under way


class Killed(Exception):
    """A process ended before its jobs were done."""


def ordered(
    make: Callable[..., Callable[[J], R]],
    args: tuple[Any, ...],
    jobs: Iterable[J | CannotRead],
    count: int,
    few: int = FEW,
    size: int = BATCH,
) -> Iterator[R | CannotRead]:
    """``make(*args)`` of every job, in order; in `count` processes, 0 for one for each core.

    What could not be found is among the jobs, and comes through as it is. In each process the function is made once.
    Up to `few` jobs are done in this process. Never more than a few batches of `size` jobs are under way, however many
    jobs there are. Raises Killed if a process is.
    """
    jobs = iter(jobs)
    first = list(islice(jobs, few + 1)) if count != 1 else []
    count = count or cores()
    if count == 1 or len(first) <= few:
        function = make(*args)
        for job in chain(first, jobs):
            yield job if isinstance(job, CannotRead) else function(job)
        return
    from concurrent.futures import ProcessPoolExecutor  # a few files need none
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[Future[list[R | CannotRead]]] = deque()
    with ProcessPoolExecutor(count, initializer=_begin, initargs=(make, args)) as pool:
        try:
            rest = chain(first, jobs)
            while batch := tuple(islice(rest, size)):
                waiting.append(pool.submit(_do, batch))
                if len(waiting) > AHEAD * count:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise Killed from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def alone(make: Callable[..., Callable[[J], R]], args: tuple[Any, ...], job: J) -> R:
    """``make(*args)`` of a job, in a process of its own. Raises Killed if that is."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(1, initializer=_begin, initargs=(make, args)) as pool:
        try:
            done: list[R] = pool.submit(_do, (job,)).result()
        except BrokenProcessPool as error:
            raise Killed from error
    return done[0]


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_function: Callable[[Any], Any]


def _begin(make: Callable[..., Callable[[Any], Any]], args: tuple[Any, ...]) -> None:
    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started this one says what an interrupt means
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _function = make(*args)


def _end_with(parent: int) -> None:
    """End this process when the one that started it has ended, by whatever signal."""
    while os.getppid() == parent:
        sleep(WATCHED)
    os._exit(1)


def _do(batch: tuple[Any, ...]) -> list[Any]:
    return [job if isinstance(job, CannotRead) else _function(job) for job in batch]
