"""Where in a document the body lies: the headline, the lines above it, and what comes after the last of the prose."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find.context import fenced
from cleantext.find.cues import cue
from cleantext.find.facts import CLOSERS, FULL_STOPS, Facts, facts, is_told
from cleantext.find.phrases import words
from cleantext.find.stamps import is_stamp

# The body is the stretch of lines with the greatest sum of weights, as in body text extraction (Finn et al. 2001):
# a line of prose weighs its words up to a limit, any other line against it, a line that is claimed more so.
PROSE_WEIGHT, OTHER_WEIGHT, CLAIMED_WEIGHT = 60, -8, -12
# A line of prose of this length ends the body wherever it stands, unless a cue word marks it as the site's.
SOLID_WORDS, FOOTER_LINES = 15, 3
CUED_WORDS, STANDFIRST_WORDS = 30, 45
NOTICES = frozenset({"legal", "consent", "newsletter", "paywall", "comments"})
HEADLINE_WORDS = range(4, 36)
HEAD_LINES = 60
NAME_WORDS, MENU_WORDS, MENU_LABELS, MENU_LEAST = 6, 4, 2, 3
BULLETS = "-–—•*·▪◦+"
BARS = ("|", "•", "·", "｜", "  ")
BAR_ITEMS, BAR_WORDS = range(3, 16), 3  # labels of a menu on one line, and words of each
TRAIL_SEPARATORS = (" > ", " » ", " › ", " ▸ ", " ＞ ")


class Zones(NamedTuple):
    """Where the body lies, as indices of blocks.

    ``first`` and ``last`` bound the body; ``headline`` is the first line above it that reads like a headline, None if
    there is none. The head is what stands before the first solid line of prose below the headline. ``article`` says
    whether there is enough prose for the document to be an article; without that no line is in head or tail.
    """

    headline: int | None
    first: int
    last: int
    head_end: int
    article: bool

    def head(self, index: int) -> bool:
        """Whether a block stands before the body."""
        return self.article and index < self.head_end

    def tail(self, index: int) -> bool:
        """Whether a block stands after the body."""
        return self.article and index > self.last

    def outside(self, count: int) -> Iterator[int]:
        """The blocks of head and tail, of `count` in all."""
        if self.article:
            yield from range(min(self.head_end, count))
            yield from range(max(self.head_end, self.last + 1), count)


@once
def zones(document: Document) -> Zones:
    """The zones of `document`, for rules of the structure stage: what earlier stages claimed is no body."""
    known = facts(document)
    claims = document.marked
    best = total = prose = longest = 0
    first = last = start = 0
    furniture = {*claims, *(i for i in known.labelled if _is_notice(known, i))}
    for index, (is_prose, count) in enumerate(zip(known.prose, known.words, strict=True)):
        if is_prose and index not in furniture:
            if total <= 0:
                total, start = 0, index
            prose += count
            longest = max(longest, count)
            total += min(count, PROSE_WEIGHT)
            if total > best:
                best, first, last = total, start, index
        else:
            total += CLAIMED_WEIGHT if index in furniture else OTHER_WEIGHT
    if not best:
        return Zones(None, 0, len(document.texts), 0, False)
    if claims:
        last = _uncued_last(document, known, last)
    headline = _headline(document, known, first)
    article = is_told(prose, longest)
    return Zones(headline, first, _last(document, known, last), _head_end(document, known, headline, first), article)


def _head_end(document: Document, known: Facts, headline: int | None, first: int) -> int:
    """The first solid line below the headline; the next one if that is a standfirst, with a byline or a bar below."""
    lines = range(headline or 0, len(document.texts))
    solid = list(islice((i for i in lines if is_solid(document, known, i)), 2))
    if not solid:
        return first
    below = solid[0] + 1
    if headline is not None and len(solid) > 1 and solid[0] <= headline + 2 and below < solid[1]:
        label = known.labels[below]
        byline = label is not None and label.group == "byline"
        if known.words[solid[0]] <= STANDFIRST_WORDS and (
            byline or below in document.marked or is_date(document, known, below)
        ):
            return solid[1]
    return min(solid[0], first) if headline is None else solid[0]


def is_date(document: Document, known: Facts, index: int) -> bool:
    """Whether a block is nothing but a date or a time, with what belongs to it."""
    return is_stamp(document.texts[index], known.keys[index], known.words[index])


def tells_author_or_date(document: Document, known: Facts, index: int) -> bool:
    """Whether a phrase says that a block names the author, or it is a date."""
    label = known.labels[index]
    return (label is not None and label.group == "byline") or is_date(document, known, index)


def is_solid(document: Document, known: Facts, index: int) -> bool:
    """Whether a block is a line of prose long enough for the body, and no cue word marks it as the site's."""
    if not known.prose[index] or known.words[index] < SOLID_WORDS:
        return False
    if index in document.marked or _is_notice(known, index):
        return False
    # Where nothing is boilerplate for certain, nothing else is taken for it either: spare the cue words.
    return not document.marked or cue(document, index) is None


def _is_notice(known: Facts, index: int) -> bool:
    """Whether a phrase marks a line as a notice of the site's, which may be as long as a paragraph."""
    label = known.labels[index]
    return label is not None and label.group in NOTICES


def _uncued_last(document: Document, known: Facts, last: int) -> int:
    """`last` moved above the site's sentences that end the stretch, if a line that is no prose sets them off."""
    index = last
    while index > 0 and (index in document.marked or not known.prose[index] or _is_cued(document, known, index)):
        index -= 1
    set_off = index + 1 in document.marked or not known.prose[index + 1] if index < last else False
    return index if set_off else last


def _is_cued(document: Document, known: Facts, index: int) -> bool:
    return known.words[index] <= CUED_WORDS and cue(document, index) is not None


def _last(document: Document, known: Facts, last: int) -> int:
    """The last solid line, unless as many lines as a footer has, one of them certain, stand above it."""
    certain = weak = 0
    for index in range(last + 1, len(document.texts)):
        certain += index in document.marked
        weak += index not in document.marked and known.labels[index] is not None
        if certain and certain + weak >= FOOTER_LINES:
            break
        if index in document.marked:
            continue
        if is_solid(document, known, index):
            last = index
            certain = weak = 0
    return last


def _headline(document: Document, known: Facts, first: int) -> int | None:
    titles = [i for i in range(min(first, HEAD_LINES)) if is_title(document, known, i)]
    site = words("site")
    for index in titles:
        # A site's name may be as long as a short headline; the headline comes after it.
        text, last = document.texts[index], index == titles[-1]
        named = not site.isdisjoint(known.keys[index].split()) or " | " in text
        if known.words[index] > NAME_WORDS or last:
            return index
        if not (named or _above_menu(document, known, index) or _above_signed(document, known, index, titles)):
            return index
    return None


def _above_signed(document: Document, known: Facts, index: int, titles: list[int]) -> bool:
    """Whether a line and short ones below it stand above the title that has the author or the date below it."""
    signed = next((i for i in titles if i > index and _is_signed(document, known, i)), 0)
    between = range(index + 1, signed)
    return len(between) >= MENU_LEAST and all(
        known.words[i] <= MENU_WORDS and not stops(document.texts[i]) and not is_date(document, known, i)
        for i in between
    )


def _is_signed(document: Document, known: Facts, index: int) -> bool:
    """Whether right below a line stand the author or the date."""
    return index + 1 < len(document.texts) and tells_author_or_date(document, known, index + 1)


def _above_menu(document: Document, known: Facts, index: int) -> bool:
    """Whether a line stands above short ones of which two are menu labels, or one right below: a site's name."""
    labels = 0
    for below in range(index + 1, min(index + 1 + HEAD_LINES, len(document.texts))):
        if is_menu(document.texts[below]):
            return True
        if known.prose[below] or known.words[below] > MENU_WORDS or is_date(document, known, below):
            return False
        label = known.labels[below]
        if (label is not None and label.group == "nav") or known.keys[below] in words("sections"):
            labels += 1 if document.gaps[index + 1] else MENU_LABELS
            if labels >= MENU_LABELS:
                return True
    return False


def is_menu(text: str) -> bool:
    """Whether a line is several short labels joined by bars, bullets or wide blanks."""
    for bar in BARS:
        if bar in text:
            items = [item.strip() for item in text.strip(bar + " ").split(bar)]
            if len(items) in BAR_ITEMS and all(0 < len(i.split()) <= BAR_WORDS and not i[-1].isdigit() for i in items):
                return True
    return False


def is_title(document: Document, known: Facts, index: int) -> bool:
    """Whether a block reads like a headline: 4 to 35 words, no full stop, no code, nothing phrases or rules know."""
    if known.words[index] not in HEADLINE_WORDS or index in document.marked or known.prose[index]:
        return False
    text = document.texts[index]
    return (
        known.labels[index] is None
        and text[0] not in BULLETS
        and not stops(text)
        and not any(separator in text for separator in TRAIL_SEPARATORS)
        and text.count(" / ") < 2
        and text.count(" | ") < 2
        and "   " not in text  # a row of a table
        and not is_menu(text)
        and not is_date(document, known, index)
        and index not in fenced(document)
    )


def stops(text: str) -> bool:
    """Whether `text` ends in a full stop (an ellipsis is none)."""
    last = text.rstrip(CLOSERS)
    return last[-1:] in FULL_STOPS and not last.endswith("...") if last else False
