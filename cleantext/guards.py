"""What findings cover, what the next stage sees of it, and guards against groups that would take nearly everything."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Set

from cleantext.document import Document
from cleantext.find.context import fenced
from cleantext.find.elements import elements
from cleantext.find.facts import facts
from cleantext.find.weak import NO_EVIDENCE
from cleantext.span import Finding

# A group whose structure rules would leave less than this share of the visible characters stands back. Rules on single
# lines know what they take and need no guard.
LEAVE = 1 / 7
# The share of a page's prose that the elements of a group may hold together, each of them having passed its own guard.
TOGETHER = 0.6


def blocks_in(document: Document, finding: Finding) -> range:
    """The blocks that a finding covers."""
    return range(bisect_left(document.starts, finding.start), bisect_left(document.starts, finding.end))


def covered(document: Document, findings: Iterable[Finding]) -> dict[int, str]:
    """The blocks that findings cover, with their group."""
    return {index: finding.group for finding in findings for index in blocks_in(document, finding)}


def evidence(document: Document, found: Iterable[Finding], keeping: Set[int]) -> dict[int, str]:
    """The blocks that findings cover and that go, with their group, where they say something of lines beside them."""
    covers = covered(document, (f for f in found if f.group not in NO_EVIDENCE))
    return {i: g for i, g in covers.items() if i not in keeping and any(map(str.isalnum, document.texts[i]))}


def next_stage(document: Document, claims: Mapping[int, str], held: Mapping[int, str], keeping: Set[int]) -> Document:
    """`document` as rules of the structure stage see it.

    What stays has no label there: it must not take along lines of unknown wording beside it, or with every cleaning it
    would take those that have moved up. Of what is held because its rule is not selected, the group is known.
    """
    seen = document.claimed(claims, held)
    if held or keeping:
        seen.memo[facts.__wrapped__] = facts(document).without_labels(held.keys() | keeping)  # type: ignore[attr-defined]
    return seen


def outside_code(document: Document, found: list[Finding]) -> list[Finding]:
    """`found` without what stands in code fences; what goes with all the code in it may go.

    A line of a program stands where it does for its own reasons, and a fence without its other half would turn text
    into code and code into text.
    """
    code = fenced(document)
    if not code:
        return found

    def cuts(blocks: range) -> bool:
        """Whether some of the blocks are code that begins before them, goes on behind them, or is all of them."""
        first, last = blocks[0], blocks[-1]
        return code.issuperset(blocks) or {first - 1, first} <= code or {last, last + 1} <= code

    return [f for f in found if not cuts(blocks_in(document, f))]


def guarded(document: Document, found: list[Finding]) -> list[Finding]:
    """`found` without the groups that would take nearly everything."""
    if not found:
        return found
    visible = sum(map(len, document.texts))
    most = visible - LEAVE * visible
    if sum(f.end - f.start for f in found) <= most:
        return found
    sizes = {
        group: sum(len(document.texts[i]) for i in covered(document, (f for f in found if f.group == group)))
        for group in {f.group for f in found}
    }
    return [f for f in found if sizes[f.group] <= most]


def apart(document: Document, found: list[Finding]) -> list[Finding]:
    """`found`, disjoint elements, without the groups that hold most of the page's prose together."""
    if len(found) < 2:
        return found
    prose = elements(document).prose
    sizes: Counter[str] = Counter()
    for finding in found:
        blocks = blocks_in(document, finding)
        sizes[finding.group] += prose[blocks.stop] - prose[blocks.start]
    return [f for f in found if sizes[f.group] <= TOGETHER * prose[-1]]
