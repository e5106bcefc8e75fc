"""How long documents take beside others of their size, in memory that does not grow with their number."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from dataclasses import dataclass, field

# Times are counted by their logarithm, each step 3 percent more than the one before.
STEP = math.log(1.03)
# Documents of each size that are looked at again.
SLOWEST = 5
# Documents of a size without which its median means little.
FEWEST = 30
# Times the median from which on a document is slow.
SLOW = 20.0


@dataclass
class Bucket:
    """Documents of one kind from one power of two code points to the next."""

    times: Counter[int] = field(default_factory=Counter)
    slowest: list[tuple[float, int]] = field(default_factory=list)  # (seconds, number of the document), a heap

    @property
    def number(self) -> int:
        """How many there were."""
        return self.times.total()

    @property
    def median(self) -> float:
        """The median of their seconds, to 3 percent."""
        left = self.number / 2
        for step in sorted(self.times):
            left -= self.times[step]
            if left <= 0:
                return math.exp(step * STEP)
        return 0.0

    def add(self, seconds: float, document: int) -> None:
        """Count a document."""
        self.times[round(math.log(max(seconds, 1e-9)) / STEP)] += 1
        self._note((seconds, document))

    def merge(self, other: Bucket) -> None:
        """Count those of another bucket."""
        self.times += other.times
        for entry in other.slowest:
            self._note(entry)

    def _note(self, entry: tuple[float, int]) -> None:
        heapq.heappush(self.slowest, entry)
        if len(self.slowest) > SLOWEST:
            heapq.heappop(self.slowest)


def bucket_of(length: int) -> int:
    """The power of two at which the bucket of a size begins."""
    return 1 << (length.bit_length() - 1) if length else 0
