"""How long cleaning a document may take."""

from __future__ import annotations

from math import inf
from time import monotonic


class Budget:
    """The time there is for one document.

    Whoever has much to do asks now and then: the engine between rules, finders amid long loops. No clock interrupts
    anything, so that it works in any thread.
    """

    __slots__ = ("deadline", "spent")

    def __init__(self, seconds: float | None) -> None:
        self.deadline = inf if seconds is None else monotonic() + seconds
        self.spent = seconds == 0

    def over(self) -> bool:
        """Whether the time is up."""
        if not self.spent and self.deadline < inf:
            self.spent = monotonic() > self.deadline
        return self.spent

    def check(self) -> None:
        """Raise TimeoutError if the time is up: once, for what is done after that hands over what there is."""
        if not self.spent and self.over():
            raise TimeoutError


UNLIMITED = Budget(None)
