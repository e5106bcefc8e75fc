"""What the caller's ``keep`` patterns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from time import monotonic

from cleantext.document import Document
from cleantext.find.patterns import TIME_LIMIT, Pattern, deadline_of
from cleantext.result import Problem

# Seconds a pattern may look through one line, of TIME_LIMIT for all of them.
LINE_LIMIT = 0.1
ITEM = re.compile(r"(?:[-*•]|\d{1,9}[.)]) +")  # how the item of a list begins


def kept_lines(document: Document, patterns: Iterable[Pattern], problems: dict[str, Problem]) -> frozenset[str]:
    """The lines in which one of `patterns` is found. One that it has no time to look through is held: it may match.

    What ran out of time is noted in `problems`.
    """
    held: set[str] = set()
    for pattern in patterns:
        if document.budget.over():
            break  # no rule looks any more
        deadline = deadline_of(document)
        for index, text in enumerate(document.texts):
            now = monotonic()
            stop = min(deadline, now + LINE_LIMIT)
            try:
                if text not in held and (pattern.search(text, stop) or _is_in_part(pattern, text, stop)):
                    held.add(text)
            except TimeoutError:
                if not document.budget.over():
                    name = f"keep {pattern.text!r}"
                    said = f"ran out of time ({TIME_LIMIT:g} s); the lines it did not see stay"
                    problems[name] = Problem(name, said)
                held.add(text)
                if now >= deadline:
                    held.update(document.texts[index:])
                    break
    return frozenset(held)


def kept_blocks(document: Document, kept: frozenset[str]) -> set[int]:
    """The blocks whose text is one of `kept`."""
    return {i for i, text in enumerate(document.texts) if text in kept} if kept else set()


def _is_in_part(pattern: Pattern, text: str, deadline: float) -> bool:
    """Whether a pattern is found in what a list item says, a cell of a row, or a line of code."""
    lines = text.splitlines()
    if len(lines) > 1 or text[:1].isspace():
        return any(pattern.search(line.strip(), deadline) for line in lines)
    mark = ITEM.match(text)
    parts = [text[mark.end() :]] if mark else text.split("|") if "|" in text else []
    return any(pattern.search(part.strip(), deadline) for part in parts)
