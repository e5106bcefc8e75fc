"""Lines of unknown wording that go with others: invitations, headings of boxes, what stands between two that go."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.context import NUMBERED, amid_code, no_labels
from cleantext.find.cues import cue, cues
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.weak import Link
from cleantext.find.zones import SOLID_WORDS, is_solid, is_title, stops, tells_author_or_date, zones

# What an unknown line between two that go may be: longer is body until proved otherwise.
BETWEEN_WORDS, FEW_LINES, BETWEEN_LINES = 30, 3, 6
LAST_LINES = 2  # that go, above unknown lines at the end
# Boxes of these groups hold several lines; a button in one has few words.
BOXES = frozenset({"share", "newsletter", "paywall", "consent", "comments"})
# Names of networks stand in the body as well.
PITCHES = BOXES - {"share"}
TIGHT_BOXES = frozenset({"consent", "comments"})  # without a line of unknown wording inside
BUTTON_WORDS, BOX_LINES, BOX_WORDS = 4, 3, 12
# A line amid the body with as many cue words of one group invites to something; it is no longer than this.
PITCH_CUES, LEAST_PITCH, PITCH_WORDS = 2, 5, 35
ASKED = 20  # different sets of cue words of a document that are looked for in the rest of it
GOES_ON = ",.;:)!?"  # how the rest of a sentence may begin
SHOWN = 40  # characters of a neighbour that a reason shows


def pitches(document: Document, found: dict[int, Link]) -> dict[int, Link]:
    """Amid the body, lines with two cue words of one group, where the rest of the body has none of them."""
    known, where = facts(document), zones(document)
    if not (document.claims and where.article):
        return {}
    invitations: dict[int, Link] = {}
    for index in range(where.head_end, where.last):
        if index in document.claims or index in found or not LEAST_PITCH <= known.words[index] <= PITCH_WORDS:
            continue
        asked = cues(document, index)
        groups = Counter(group for _, group in asked)
        for group, count in groups.items():
            told = known.prose[index] and stops(document.texts[index])  # a sentence of the body needs more proof
            if count >= PITCH_CUES + told and group in PITCHES and not any(no_labels(document, [index], known.keys)):
                stems = tuple(stem for stem, g in asked if g == group)
                if not speaks_of(document, index, stems):
                    invitations[index] = Link(group, " and ".join(f"“{stem}”" for stem in stems))
    return invitations


def boxes(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Lines with a cue word a few lines above one of the same group that goes: the heading of a box."""
    known = facts(document)
    found: dict[int, Link] = {}
    for index, group in gone.items():
        if group in BOXES:
            for above in range(index - 1, max(index - BOX_LINES, 0) - 1, -1):
                if above in gone:
                    continue
                if known.words[above] > BOX_WORDS or _is_title_of(document, above):
                    break
                if is_solid(document, known, above) or any(no_labels(document, [above], known.keys)):
                    break
                if document.gaps[above + 1] and stops(document.texts[above]) and cue(document, above) is None:
                    break  # a sentence with one cue word, set apart
                if all(g != group for _, g in cues(document, above)):
                    if group in TIGHT_BOXES or document.gaps[above + 1]:
                        break  # the text of another heading, or of the body
                    continue
                found[above] = Link(group, f"a cue word above “{document.texts[index][:SHOWN]}”")
    return found


def _is_title_of(document: Document, index: int) -> bool:
    """Whether a line is, or may be, the headline."""
    where = zones(document)
    return index == where.headline or (index < where.first and is_title(document, facts(document), index))


def after(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Unknown lines after the body, between two that go or between the last of several that go and the end."""
    where, count = zones(document), len(document.texts)
    last = sorted(i for i in gone if where.tail(i))
    found: dict[int, Link] = {}
    for above, below in itertools.pairwise(last):
        between = range(above + 1, below)
        if between and _may_go_between(document, between):
            why = f"between “{document.texts[above][:30]}” and “{document.texts[below][:30]}”"
            found.update(dict.fromkeys(_unsigned(document, between), Link(gone[above], why)))
    if len(last) >= LAST_LINES and last[-1] + 1 < count and _may_go_between(document, range(last[-1] + 1, count)):
        why = f"below “{document.texts[last[-1]][:30]}” at the end"
        found.update(dict.fromkeys(_unsigned(document, range(last[-1] + 1, count)), Link(gone[last[-1]], why)))
    return found


def _unsigned(document: Document, lines: range) -> Iterator[int]:
    """Those lines that do not say who wrote the text, or when: that is for rules on bylines alone."""
    known = facts(document)
    return (index for index in lines if not tells_author_or_date(document, known, index))


def amid(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Unknown lines amid the body that stand right between two of one group, or short ones in a bar of several."""
    known = facts(document)
    found: dict[int, Link] = {}
    indices = sorted(gone)
    for above, below in itertools.pairwise(indices):
        between = range(above + 1, below)
        if not 0 < len(between) <= FEW_LINES or any(is_solid(document, known, i) for i in between):
            continue
        if any(stops(document.texts[i]) and cue(document, i) is None for i in between):
            continue
        if any(i < zones(document).first and is_title(document, known, i) for i in between):
            continue  # it may be the headline
        if any(document.texts[i][0].islower() or document.texts[i][0] in GOES_ON for i in between):
            continue  # a sentence that is broken where a word of it was marked
        if any("   " in document.texts[i] or amid_code(document, i) for i in between):
            continue  # a row of a table
        if any(known.keys[i].startswith(NUMBERED) for i in between):
            continue  # a section of the body
        if above not in document.claims and stops(document.texts[above]):
            continue  # a sentence that holds a cue word is no furniture for certain
        if document.gaps[above + 1] > 0 and not any(document.gaps[above + 2 : below + 1]):
            continue  # it heads what stands below
        same = gone[above] == gone[below] and gone[above] in BOXES
        bar = not BOXES.isdisjoint((gone[above], gone[below])) and all(
            known.words[i] <= BUTTON_WORDS and not stops(document.texts[i]) for i in between
        )
        if (same or (bar and len(between) < FEW_LINES)) and not any(i in document.claims for i in between):
            why = f"between “{document.texts[above][:30]}” and “{document.texts[below][:30]}”"
            found.update({i: Link(gone[above], why) for i in between})
    return found


def _may_go_between(document: Document, lines: range) -> bool:
    """Whether unknown lines are few and short, no sentences, and no list of the body's (ingredients, results)."""
    known = facts(document)
    if len(lines) > BETWEEN_LINES or any(i in document.claims or known.words[i] > BETWEEN_WORDS for i in lines):
        return False
    said = [i for i in lines if cue(document, i) is None]
    if any(stops(document.texts[i]) or known.prose[i] for i in said):
        return False  # a sentence: a note, the last words of the body
    return len(lines) <= FEW_LINES or not any(document.texts[i][0].isnumeric() for i in said)


def speaks_of(document: Document, index: int, stems: tuple[str, ...]) -> bool:
    """Whether another line of solid prose holds one of `stems`: the article is about it.

    Each set of stems is looked for once, and a few sets in a document: beyond those the answer is yes.
    """
    spoken: dict[tuple[str, ...], bool] = document.memo.setdefault(speaks_of, {})
    if stems not in spoken and len(spoken) < ASKED:
        known = facts(document)
        spoken[stems] = any(
            p and known.words[i] >= SOLID_WORDS and i not in document.claims and any(s in normal(text) for s in stems)
            for i, (p, text) in enumerate(zip(known.prose, document.texts, strict=True))
            if i != index
        )
    return spoken.get(stems, True)
