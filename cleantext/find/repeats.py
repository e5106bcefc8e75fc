"""Copies of the headline: exact, in other case, with the site's name, cut short, or worded anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.zones import HEADLINE_WORDS, SOLID_WORDS, is_title, zones

# Of 100. Two keys this alike differ in a mark, a letter or an article, not in what they say.
SAME = 92
LENGTHS = 0.1  # by how much they differ in length, at most
# A cut copy keeps at least this many words of the headline.
CUT_WORDS = 3
SUFFIX_WORDS = 6
PARTS = 3  # headings that begin as the headline does are parts of the text, not copies with a site name
LISTED = 3  # different lines that are said twice are no headlines: a list, and another of the same names
# Lines above the body that are tried as the headline.
CANDIDATES = 8
NEAR_LINES = 4
_MARKS = re.compile('["()\\[\\]{}（）【】「」『』《》«»]+')
SHORTEST, LONGEST = 10, 300


class Repeat(NamedTuple):
    """The block at index `at` repeats the headline; `how` says in which way."""

    at: int
    how: str

    @property
    def exact(self) -> bool:
        """Whether it says the headline in the same words, give or take a letter: a refrain would, too."""
        return self.how == "same words" or self.how.endswith("the same")


class Headline(NamedTuple):
    """The index of the block with the first full copy of the headline, and its other copies."""

    at: int
    repeats: tuple[Repeat, ...]

    @property
    def doubled(self) -> bool:
        """Whether it is said twice as pages do: right below, cut short, or with the site's name."""
        return any(r.how != "same words" or abs(r.at - self.at) <= NEAR_LINES for r in self.repeats)


@once
def repeats(document: Document) -> Headline | None:
    """The headline and its copies, None if there is no headline.

    The headline is the first full copy: of lines that differ in a site's name or are cut short, the plain one.
    For rules of the structure stage.
    """
    start = zones(document).headline
    if start is None:
        return None
    known = facts(document)
    stop = next((i for i, p in enumerate(known.prose) if p and known.words[i] >= SOLID_WORDS and i > start), start)
    stop = min(stop, zones(document).first)
    candidates = [start, *(i for i in range(start + 1, stop) if is_title(document, known, i))]
    # Of equal lines only the first may be the headline.
    candidates = sorted({document.texts[i]: i for i in reversed(candidates[:CANDIDATES])}.values())
    keys = _keys(document, max(len(document.texts[i]) for i in candidates))
    best, again = None, 0
    for candidate in candidates:
        found = tuple(_copies(document, keys, candidate))
        again += any(r.how == "same words" for r in found)
        near = sum(r.at < zones(document).first or r.how != "same words" for r in found)
        if best is None or (near and len(found) > len(best.repeats)):
            best = Headline(candidate, found)
    return best if again < LISTED or best is None else Headline(start, ())


def _keys(document: Document, length: int) -> dict[int, str]:
    """The keys of all lines that may be a headline of up to `length` code points or a copy of one."""
    known = facts(document)
    return {
        i: plain(known.keys[i] or normal(text))
        for i, text in enumerate(document.texts)
        if SHORTEST <= len(text) <= min(LONGEST, 2 * length) and known.words[i] <= HEADLINE_WORDS.stop + SUFFIX_WORDS
    }


def _copies(document: Document, keys: dict[int, str], headline: int) -> Iterator[Repeat]:
    key = keys.get(headline, "")
    text = document.texts[headline]
    if len(key) < SHORTEST or _is_cut(text):
        return
    suffixed = {other for other in keys.values() if other.startswith(key + ":")}
    parts = len(suffixed) >= PARTS  # "Lemon tart: ingredients", "Lemon tart: method"
    length, digits = len(key), numbers(text)
    for index, other in keys.items():
        if index == headline or (parts and other in suffixed):
            continue
        shown = document.texts[index]
        # Most lines are no copy, and this is a cheap way to know it.
        if not (abs(len(other) - length) <= LENGTHS * length or key in other or "…" in shown or "..." in shown):
            continue
        how = likeness(key, other, shown)
        if not how or (index < headline and how == "same words"):
            continue
        if how.endswith(("the same", "same words")) and shown != text and numbers(shown) != digits:
            continue  # entries of a price list
        yield Repeat(index, how)


def likeness(key: str, other: str, text: str) -> str:
    """In which way the line `text` with the key `other` repeats a headline with `key`; "" if it does not."""
    if other == key:
        return "same words"
    if abs(len(other) - len(key)) <= LENGTHS * len(key) and _may_be_same(key, other):
        from rapidfuzz import fuzz  # three of four pages never ask, and would wait for it

        ratio = fuzz.ratio(key, other, score_cutoff=SAME)
        if ratio:
            return f"{ratio:.0f} % the same"
    if other.startswith(key + ":") and other.count(" ", len(key)) <= SUFFIX_WORDS:
        return "with a suffix"
    if other.endswith(": " + key) and other.count(" ", 0, -len(key)) <= SUFFIX_WORDS:
        return "with a prefix"
    if "…" in text or "..." in text:
        head, _, tail = text.replace("...", "…").partition("…")
        shown = plain(normal(head))
        if shown.count(" ") + 1 >= CUT_WORDS and key.startswith(shown) and tail.count(" ") <= SUFFIX_WORDS:
            return "cut short"
    if _is_cut(text) and other.count(" ") + 1 >= CUT_WORDS and key.startswith(other):
        return "cut short"
    return ""


def _may_be_same(key: str, other: str) -> bool:
    """Whether two keys have letters enough in common to be as alike as `SAME` says."""
    common = sum(min(count, other.count(sign)) for sign, count in Counter(key).items())
    return 200 * common >= SAME * (len(key) + len(other))


def shared_words(key: str, other: str) -> float:
    """How far the words of two keys are the same, 0 to 100; 100 if all words of one are the other's."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(key, other)


def plain(key: str) -> str:
    """A key without quotation marks and brackets, which a cut or a suffix leaves open."""
    return " ".join(_MARKS.sub("", key).split()) if _MARKS.search(key) else key


def numbers(text: str) -> str:
    """The digits of `text`: what tells the models of a product apart."""
    return "".join(filter(str.isdigit, text))


def _is_cut(text: str) -> bool:
    return text.endswith(("…", "...", "[…]", "[...]"))
