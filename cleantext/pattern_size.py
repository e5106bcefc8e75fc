"""How large a regular expression gets when its counts are written out, as ``regex`` does when it compiles it.

``(?:a{300}){300}`` is 90,000 times ``a`` then, and ``+`` stands for two of what it is behind: fifty in each other take
all the memory there is, and no limit of time holds while an expression is compiled. What is told here is never too
little.
"""

from __future__ import annotations

import re

LONGEST = 10_000  # characters of an expression
LARGEST = 100_000  # of one whose counts are written out: less than 100 MB
TOGETHER = 500_000  # which the counts of all expressions of a config may add

# Strings, for they are compiled only where somebody has expressions of their own.
# A count, also one that is none to `regex`; in verbose mode there may be white space in it, and comments.
_COUNT = r"\{([\s0-9]*)(,?)"
_COMMENTED = r"\{[\s0-9]*#"
_VERBOSE = r"\(\?[A-Za-z0-9-]*x"
# Flags by which white space, "#" and "[" mean something else, and comments.
_OTHER_SYNTAX = r"\(\?(?:[A-Za-z0-9-]*[xV]|#)"
_TOKEN = (
    r"(?s)(?P<item>\\[pPN]\{[^{}]*\}|\\.|\[\^?+(?:\\.|[^\\\[\]])++\]|\|)"
    r"|\{(?P<least>[0-9]*)(?P<comma>,?)[0-9]*\}"
    r"|(?P<sign>[*+?()\[{\\])"
    r"|[^\\\[{()|*+?]+"
)


class Room:
    """What the counts of the expressions of one config may still add to them."""

    def __init__(self) -> None:
        self._left = TOGETHER

    def take(self, text: str) -> None:
        """Raise ValueError for an expression that is too large, or for which there is no room any more."""
        if len(text) > LONGEST:
            raise ValueError(f"a regular expression has at most {LONGEST:,} characters, not {len(text):,}")
        large = size(text)
        shown = repr(text if len(text) <= 100 else f"{text[:100]}…")
        if large > LARGEST:
            raise ValueError(f"{shown} is too large: its counts multiply to more than {LARGEST:,} characters")
        self._left -= large - len(text)
        if self._left < 0:
            raise ValueError(f"{shown} is too much: the counts of all add more than {TOGETHER:,} characters")


def size(text: str) -> int:
    """How many characters an expression has at most, with its counts written out; no more than `LARGEST` + 1 is told.

    All counts are multiplied with each other, wherever they stand. Where that is too much, only those around each other
    are, of an expression in which it is plain what stands around what: without verbose mode, comments, sets in sets.
    """
    found = len(text)
    for count in re.finditer(_COUNT, text):
        found = min(found * _times(count[1], count[2]), LARGEST + 1)
    found = min(found << min(text.count("+"), 20), LARGEST + 1)
    if re.search(_COMMENTED, text) and re.search(_VERBOSE, text):
        found = LARGEST + 1
    return found if found <= LARGEST else min(_nested(text), LARGEST + 1)


def _nested(text: str) -> int:
    """The size of an expression in plain syntax; of another more than may be."""
    if re.search(_OTHER_SYNTAX, text):
        return LARGEST + 1
    sizes, last = [0], [0]  # of each open group, and of what a count behind it would repeat
    for token in re.finditer(_TOKEN, text):
        sign, times = token["sign"], 0
        if token["least"] is not None:
            times = _times(token["least"], token["comma"])
        elif sign is None:
            last[-1] = 1 if token["item"] is None else len(token[0])
            sizes[-1] += len(token[0])
        elif sign in "*+?":
            times = 2 if sign == "+" else 1
        elif sign == "(":
            sizes.append(1)
            last.append(0)
        elif sign == ")" and len(sizes) > 1:
            last.pop()
            last[-1] = sizes.pop()
            sizes[-1] += last[-1]
        else:
            return LARGEST + 1
        if times:
            sizes[-1] += last[-1] * (times - 1)
            last[-1] *= times
        if sizes[-1] > LARGEST:
            return LARGEST + 1
    return sizes[0] if len(sizes) == 1 else LARGEST + 1


def _times(digits: str, comma: str) -> int:
    """How often `regex` writes what stands before a count: as often as it must come, and once more if it may."""
    least = "".join(digits.split()).lstrip("0") or "0"
    number = int(least) if len(least) < 8 else LARGEST
    return max(number + bool(comma), 1)
