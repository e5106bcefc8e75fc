"""Lines that prove nothing alone, judged by where they stand and what stands beside them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find import PROBABLE, take
from cleantext.find.context import NUMBERED, amid_code, no_labels
from cleantext.find.cues import cue, cues
from cleantext.find.facts import facts, frequency
from cleantext.find.normal import normal
from cleantext.find.phrases import EDGE, NEAR, WEAK_HEADING, Label, phrases
from cleantext.find.zones import NOTICES, SOLID_WORDS, is_solid, is_title, stops, zones
from cleantext.span import Finding

# As many weak lines in a row are a bar or a menu, outside the body.
RUN = 3
# Buttons of this group that recur as often in an article stand below each of its parts.
RECURRING = frozenset({"share"})
# Captions and bylines stand amid the body: they say nothing of the line beside them.
NO_EVIDENCE = frozenset({"caption", "byline"})
# What a cue word may mark, and an unknown line between two that go may be: longer is body until proved otherwise.
CUED_WORDS = 45
BETWEEN_WORDS, FEW_LINES, BETWEEN_LINES = 30, 3, 6
NOTICE_CUES = 3  # of a notice, which may be as long as a paragraph
BAR_WORDS = 8  # of a line of names of networks
# Boxes of these groups hold several lines; a button in one has few words.
BOXES = frozenset({"share", "newsletter", "paywall", "consent", "comments"})
FORM = frozenset({"newsletter", "consent", "legal"})
# Names of networks stand in the body as well.
PITCHES = BOXES - {"share"}
TIGHT_BOXES = frozenset({"consent", "comments"})  # without a line of unknown wording inside
BUTTON_WORDS, BUTTON_CHARS = 4, 5
BOX_LINES, BOX_WORDS = 3, 12
# A line amid the body with as many cue words of one group invites to something; it is no longer than this.
PITCH_CUES, LEAST_PITCH, PITCH_WORDS = 2, 5, 35
ASKED = 20  # different invitations of a document whose words are looked for in the rest of it
SHOWN = 40  # characters of a neighbour that a reason shows
CUE = "cue"


class Weak(NamedTuple):
    """What a line seems to be: a phrase or cue word of `group`, to be proved by place or neighbours."""

    group: str
    strength: str
    why: str


class Link(NamedTuple):
    """A weak line that is proved, and by what."""

    group: str
    why: str


@cache
def _labelled(label: Label) -> Weak:
    return Weak(label.group, label.strength, f"“{label.phrase}” ({label.language})")


def _weak(document: Document) -> dict[int, Weak]:
    """Every unclaimed line that a phrase, or outside the body a cue word, marks as what may be boilerplate.

    Cue words are asked only where something is boilerplate for certain.
    """
    known, where, claims = facts(document), zones(document), document.claims
    weak: dict[int, Weak] = {}
    for index, label in enumerate(known.labels):
        if index in document.marked or index == where.headline:
            continue
        if label is not None:
            sentence = "*" in label.phrase and stops(document.texts[index])
            if label.group not in NO_EVIDENCE and not (sentence and len(cues(document, index)) < PITCH_CUES):
                weak[index] = _labelled(label)
        elif claims and (where.head(index) or where.tail(index)) and known.words[index] <= CUED_WORDS:
            if any(no_labels(document, [index], known.keys)):
                continue
            if where.headline is None and index < where.head_end and not known.prose[index]:
                continue  # it may be a short headline
            found = _unlabelled(document, index)
            if found is not None:
                weak[index] = found
    return weak


def _unlabelled(document: Document, index: int) -> Weak | None:
    """What a line of unknown wording outside the body seems to be, None if nothing says so."""
    key = facts(document).keys[index] or normal(document.texts[index])
    if key == "#" and _counts(document, index):
        return Weak("share", CUE, "a bare number")
    if _names_networks(key):
        return Weak("share", NEAR, "names of networks")
    found = cue(document, index)
    return Weak(found[1], CUE, f"“{found[0]}”") if found is not None else None


def _names_networks(key: str) -> bool:
    """Whether a short line is made of nothing but names of networks and other buttons of a share bar."""
    tokens = key.split()
    if not 2 <= len(tokens) <= BAR_WORDS:
        return False
    labels = [phrases().look_up(token) for token in tokens]
    return all(label is not None and label.group == "share" for label in labels)


def _counts(document: Document, index: int) -> bool:
    """Whether a bare number stands beside a line of a share or comment bar, and between no other numbers."""
    known = facts(document)
    beside_bar = any(
        0 <= i < len(known.labels) and (label := known.labels[i]) is not None and label.group in ("share", "comments")
        for i in (index - 1, index + 1)
    )
    return beside_bar and frequency(document)["#"] <= RUN


@once
def linked(document: Document) -> dict[int, Link]:
    """The weak lines that go because of their place or their neighbours. For rules of the structure stage."""
    weak = _weak(document)
    claims = {i: g for i, g in document.claims.items() if g not in NO_EVIDENCE}
    weak.pop(_title(document, weak), None)
    if not weak and not claims:
        return {}
    found = _proved(document, weak, claims)
    if document.held:
        # What stays speaks for phrases beside it, but not for lines of unknown wording.
        known = {i: w for i, w in weak.items() if w.strength != CUE and i not in found}
        stays = {i: g for i, g in document.held.items() if g not in NO_EVIDENCE}
        found |= _proved(document, known, stays | {i: link.group for i, link in found.items()} | claims)
    found.update(_recurring(document, weak, found))
    found.update(_pitches(document, found))
    gone = {**claims, **{i: link.group for i, link in found.items()}}
    found.update(_boxes(document, gone))
    gone = {**claims, **{i: link.group for i, link in found.items()}}
    return {**_amid(document, gone), **_after(document, gone), **found}


def _proved(document: Document, weak: dict[int, Weak], claims: dict[int, str]) -> dict[int, Link]:
    """The weak lines that their run, their place, or a line of `claims` beside them proves."""
    found: dict[int, Link] = {}
    only_boilerplate = bool(claims) and len(weak) + len(document.marked) == len(document.texts)
    for run in _runs(sorted({*weak, *claims})):
        if only_boilerplate:
            why = "among nothing but such lines"
        elif _announced(document, run[0], claims):
            continue
        else:
            why = _proof_of_run(document, run, weak, claims)
        members = [i for i in run if i in weak]
        if why:
            found.update({i: Link(weak[i].group, f"{weak[i].why}, {why}") for i in members})
            continue
        for i in members:
            alone = _proof_of_place(document, i, weak[i], run)
            if alone:
                found[i] = Link(weak[i].group, f"{weak[i].why}, {alone}")
        found.update(_proved_by_neighbours(document, run, weak, claims, found))
    return found


def _title(document: Document, weak: Iterable[int]) -> int:
    """The first weak line that, set apart, heads prose above a body without a headline; -1 if there is none.

    "Privacy policy" may be a link of a menu, but also what the page is about.
    """
    where, known = zones(document), facts(document)
    if where.headline is not None or not where.article:
        return -1
    for index in weak:
        set_apart = document.gaps[index] > 0 and (index < 2 or not document.gaps[index - 1])
        if index < where.first and known.prose[index + 1] and set_apart:
            return index
    return -1


def _announced(document: Document, first: int, claims: dict[int, str]) -> bool:
    """Whether the line above a run ends in a colon: a list of the body's."""
    if not first or first in claims or first - 1 in claims:
        return False
    return document.texts[first - 1][-1] in ":："


def _proof_of_run(document: Document, run: list[int], weak: dict[int, Weak], claims: dict[int, str]) -> str:
    """Why all lines of a run go, "" if nothing proves it: as many weak lines in a row are a bar or a menu."""
    where = zones(document)
    groups = {claims[i] if i in claims else weak[i].group for i in run}
    firm = sum(i in claims or weak[i].strength not in (NEAR, CUE) for i in run)
    keys = {facts(document).keys[i] for i in run}
    if claims and len(groups) == 1 and len(keys) > 1 and (firm >= RUN - 1 or (firm and len(run) >= RUN)):
        return f"one of {len(run)} of a kind"
    fields = {weak[i].why for i in run if i in weak and weak[i].group == "newsletter"}
    if claims and len(fields) > 1 and groups <= FORM:
        return "in a form"
    if groups == {"nav"} and len(run) >= RUN and claims and len(keys) > 1:
        return f"one of {len(run)} menu labels"
    outside, last = where.head(run[-1]) or where.tail(run[0]), run[-1] == len(document.texts) - 1
    if outside and (len(run) >= RUN or (last and len(run) > 1)) and (firm or len(run) > RUN):
        return f"one of {len(run)} such lines"
    below_headline = where.headline is not None and run[0] > where.headline and where.head(run[-1])
    if below_headline and len(run) > 1 and all(i in claims or weak[i].strength != CUE for i in run):
        return f"one of {len(run)} such lines above the body"
    return ""


def _proof_of_place(document: Document, index: int, line: Weak, run: list[int]) -> str:
    """Why a weak line goes by its place alone, "" if it does not."""
    where = zones(document)
    if facts(document).prose[index] and not _is_notice(document, index, line.group):
        return ""  # a sentence that happens to begin like a phrase
    last = run[-1] == len(document.texts) - 1
    if line.strength in (EDGE, WEAK_HEADING) and where.tail(index) and last:
        return "nothing of the body below"
    below_headline = where.headline is not None and where.headline < index < where.head_end
    if line.group == "share" and line.strength == NEAR and below_headline:
        return "below the headline"
    said = document.texts[index][-1] in ".?!" and len(run) == 1  # "Just a moment." may be the first words of a story
    if line.strength == EDGE and where.head(index) and (index > 0 or where.headline is not None) and not said:
        return "above the body"
    return ""


def _is_notice(document: Document, index: int, group: str) -> bool:
    """Whether a paragraph that a phrase begins is full of cue words of its group, which the body's have not."""
    stems = tuple(stem for stem, g in cues(document, index) if g == group)
    return group in NOTICES and len(stems) >= NOTICE_CUES and not _speaks_of(document, index, stems)


def _proved_by_neighbours(
    document: Document, run: list[int], weak: dict[int, Weak], claims: dict[int, str], found: dict[int, Link]
) -> dict[int, Link]:
    """The weak lines of a run beside one that goes: of the same group, or of any outside the body."""
    where = zones(document)
    proved: dict[int, Link] = {}
    for order in (run, run[::-1]):
        above: int | None = None
        for i in order:
            if i in weak and i not in found and i not in proved and above is not None:
                group = claims.get(above) or (found.get(above) or proved[above]).group
                if group == weak[i].group or where.head(i) or where.tail(i):
                    text = document.texts[above][:SHOWN]
                    proved[i] = Link(weak[i].group, f"{weak[i].why}, beside “{text}”")
            above = i if i in claims or i in found or i in proved else None
    return proved


def _recurring(document: Document, weak: dict[int, Weak], found: dict[int, Link]) -> dict[int, Link]:
    """Buttons that stand below each part of an article."""
    if not zones(document).article:
        return {}
    keys = facts(document).keys
    often = Counter(keys[i] for i in weak if i not in found)
    return {
        i: Link(line.group, f"{line.why}, {often[keys[i]]} times")
        for i, line in weak.items()
        if line.group in RECURRING and "*" not in line.why and often[keys[i]] >= RUN and len(keys[i]) >= BUTTON_CHARS
    }


def _pitches(document: Document, found: dict[int, Link]) -> dict[int, Link]:
    """Amid the body, lines with two cue words of one group, where the rest of the body has none of them."""
    known, where = facts(document), zones(document)
    if not (document.claims and where.article):
        return {}
    pitches: dict[int, Link] = {}
    spoken: dict[tuple[str, ...], bool] = {}
    for index in range(where.head_end, where.last):
        if index in document.claims or index in found or not LEAST_PITCH <= known.words[index] <= PITCH_WORDS:
            continue
        asked = cues(document, index)
        groups = Counter(group for _, group in asked)
        for group, count in groups.items():
            told = known.prose[index] and stops(document.texts[index])  # a sentence of the body needs more proof
            if count >= PITCH_CUES + told and group in PITCHES and not any(no_labels(document, [index], known.keys)):
                stems = tuple(stem for stem, g in asked if g == group)
                if stems not in spoken and len(spoken) < ASKED:
                    spoken[stems] = _speaks_of(document, index, stems)
                if not spoken.get(stems, True):
                    pitches[index] = Link(group, " and ".join(f"“{stem}”" for stem in stems))
    return pitches


def _boxes(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Lines with a cue word a few lines above one of the same group that goes: the heading of a box."""
    known = facts(document)
    found: dict[int, Link] = {}
    for index, group in gone.items():
        if group in BOXES:
            for above in range(index - 1, max(index - BOX_LINES, 0) - 1, -1):
                if above in gone:
                    continue
                if known.words[above] > BOX_WORDS or is_title_of(document, above):
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


def is_title_of(document: Document, index: int) -> bool:
    """Whether a line is, or may be, the headline."""
    where = zones(document)
    return index == where.headline or (index < where.first and is_title(document, facts(document), index))


def _speaks_of(document: Document, index: int, stems: tuple[str, ...]) -> bool:
    """Whether another line of solid prose holds one of `stems`: the article is about it."""
    known = facts(document)
    return any(
        p and known.words[i] >= SOLID_WORDS and i not in document.claims and any(s in normal(text) for s in stems)
        for i, (p, text) in enumerate(zip(known.prose, document.texts, strict=True))
        if i != index
    )


def _after(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Unknown lines after the body, between two that go or between the last of several that go and the end."""
    where, count = zones(document), len(document.texts)
    after = sorted(i for i in gone if where.tail(i))
    found: dict[int, Link] = {}
    for above, below in itertools.pairwise(after):
        if above + 1 < below and _may_go_between(document, range(above + 1, below)):
            why = f"between “{document.texts[above][:30]}” and “{document.texts[below][:30]}”"
            found.update({i: Link(gone[above], why) for i in range(above + 1, below)})
    if len(after) >= RUN - 1 and after[-1] + 1 < count and _may_go_between(document, range(after[-1] + 1, count)):
        why = f"below “{document.texts[after[-1]][:30]}” at the end"
        found.update({i: Link(gone[after[-1]], why) for i in range(after[-1] + 1, count)})
    return found


def _amid(document: Document, gone: dict[int, str]) -> dict[int, Link]:
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


def _runs(indices: list[int]) -> Iterator[list[int]]:
    """`indices` (sorted) in runs of consecutive ones."""
    run: list[int] = []
    for index in indices:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def beside(document: Document, group: str) -> Iterator[Finding]:
    """The weak lines of `group` that their place or their neighbours prove."""
    links = linked(document)
    for index in _of_group(document).get(group, ()):
        yield take(document, index, why=links[index].why, score=PROBABLE)


@once
def _of_group(document: Document) -> dict[str, list[int]]:
    """The indices of the linked lines by their group, sorted: many rules ask."""
    found: dict[str, list[int]] = {}
    for index, link in sorted(linked(document).items()):
        found.setdefault(link.group, []).append(index)
    return found


def captions_beside(document: Document) -> Iterator[Finding]:
    """Weak caption labels beside a line claimed as a caption, or, if an edge label, before the body."""
    known, where, claims = facts(document), zones(document), document.claims
    for index in known.labelled:
        label = known.labels[index]
        if label is None or label.group != "caption" or index in claims:
            continue
        phrase = f"“{label.phrase}” ({label.language})"
        if claims.get(index - 1) == "caption" or claims.get(index + 1) == "caption":
            yield take(document, index, why=f"{phrase}, beside a caption", score=PROBABLE)
        elif label.strength == EDGE and where.head(index):
            yield take(document, index, why=f"{phrase}, above the body", score=PROBABLE)
