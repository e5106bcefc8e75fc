"""Lines that prove nothing alone, judged by where they stand and what stands beside them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find import PROBABLE, take
from cleantext.find.context import no_labels
from cleantext.find.cues import cue
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.phrases import EDGE, NEAR, WEAK_HEADING
from cleantext.find.zones import is_solid, is_title, stops, zones
from cleantext.span import Finding

# As many weak lines in a row are a bar or a menu, outside the body.
RUN = 3
# Buttons of these groups that recur as often in an article stand below each of its parts.
RECURRING = frozenset({"share", "comments", "ad", "newsletter"})
# Captions and bylines stand amid the body: they say nothing of the line beside them.
NO_EVIDENCE = frozenset({"caption", "byline"})
# What a cue word may mark, and an unknown line between two that go may be: longer is body until proved otherwise.
CUED_WORDS = 45
BETWEEN_WORDS, FEW_LINES, BETWEEN_LINES = 30, 3, 6
# Boxes of these groups hold several lines; a button in one has few words.
BOXES = frozenset({"share", "newsletter", "paywall", "consent", "comments"})
BUTTON_WORDS = 4
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


def _weak(document: Document) -> dict[int, Weak]:
    """Every unclaimed line that a phrase, or outside the body a cue word, marks as what may be boilerplate.

    Cue words are asked only where something is boilerplate for certain.
    """
    known, where, claims = facts(document), zones(document), document.claims
    weak: dict[int, Weak] = {}
    for index, label in enumerate(known.labels):
        if index in claims or index == where.headline:
            continue
        if label is not None:
            if label.group not in NO_EVIDENCE:
                weak[index] = Weak(label.group, label.strength, f"“{label.phrase}” ({label.language})")
        elif claims and (where.head(index) or where.tail(index)) and known.words[index] <= CUED_WORDS:
            if any(no_labels(document, [index], known.keys)):
                continue
            key = known.keys[index] or normal(document.blocks[index].text)
            if key == "#" and _counts(document, index):
                weak[index] = Weak("share", CUE, "a bare number")
                continue
            found = cue(document, index)
            if found is not None:
                weak[index] = Weak(found[1], CUE, f"“{found[0]}”")
    return weak


def _counts(document: Document, index: int) -> bool:
    """Whether a bare number stands beside a line of a share or comment bar, and between no other numbers."""
    known = facts(document)
    beside_bar = any(
        0 <= i < len(known.labels) and (label := known.labels[i]) is not None and label.group in ("share", "comments")
        for i in (index - 1, index + 1)
    )
    return beside_bar and known.keys.count("#") <= RUN


@once
def linked(document: Document) -> dict[int, Link]:
    """The weak lines that go because of their place or their neighbours. For rules of the structure stage."""
    weak = _weak(document)
    claims = {i: g for i, g in document.claims.items() if g not in NO_EVIDENCE}
    found: dict[int, Link] = {}
    if not weak and len(claims) < 2:
        return found
    count, where, known = len(document.blocks), zones(document), facts(document)
    only_boilerplate = bool(claims) and len(weak) + len(document.claims) == count
    for run in _runs(sorted({*weak, *claims})):
        members = [i for i in run if i in weak]
        if only_boilerplate:
            found.update({i: Link(weak[i].group, f"{weak[i].why}, among nothing but such lines") for i in members})
            continue
        opening = document.blocks[run[0] - 1].text[-1] if run[0] else ""
        if opening in (":", "：") and run[0] not in claims and run[0] - 1 not in claims:
            continue  # a list that the line before it announces
        outside = where.head(run[-1]) or where.tail(run[0])
        last = run[-1] == count - 1
        groups = {claims[i] if i in claims else weak[i].group for i in run}
        firm = sum(i in claims or weak[i].strength not in (NEAR, CUE) for i in run)
        if len(groups) == 1 and (firm >= 2 or (firm and len(run) >= RUN)):
            found.update({i: Link(weak[i].group, f"{weak[i].why}, one of {len(run)} of a kind") for i in members})
        if outside and (len(run) >= RUN or (last and len(run) > 1)):
            sure = any(i in claims or weak[i].strength not in (NEAR, CUE) for i in run)
            if sure or len(run) > RUN:
                found.update({i: Link(weak[i].group, f"{weak[i].why}, one of {len(run)} such lines") for i in members})
        if where.head(run[-1]) and where.headline is not None and run[0] > where.headline and len(run) > 1:
            if all(i in claims or weak[i].strength != CUE for i in run):
                found.update(
                    {i: Link(weak[i].group, f"{weak[i].why}, {len(run)} such lines above the body") for i in members}
                )
        for i in members:
            group, strength, why = weak[i]
            if strength in (EDGE, WEAK_HEADING) and where.tail(i) and last:
                found.setdefault(i, Link(group, f"{why}, nothing of the body below"))
            elif (
                group == "share"
                and strength == NEAR
                and where.headline is not None
                and where.headline < i < where.head_end
            ):
                found.setdefault(i, Link(group, f"{why}, below the headline"))
            elif strength == EDGE and where.head(i) and (i > 0 or where.headline is not None):
                found.setdefault(i, Link(group, f"{why}, above the body"))
        for order in (run, run[::-1]):
            beside_group, text = "", ""
            for i in order:
                if i in weak and i not in found:
                    if beside_group and (beside_group == weak[i].group or where.head(i) or where.tail(i)):
                        found[i] = Link(weak[i].group, f"{weak[i].why}, beside “{text}”")
                if i in claims or i in found:
                    beside_group = claims.get(i) or found[i].group
                    text = document.blocks[i].text[:40]
                else:
                    beside_group = ""
    often = Counter(known.keys[i] for i in weak if i not in found)
    for i, (group, _, why) in weak.items():
        if where.article and group in RECURRING and "*" not in why and often[known.keys[i]] >= RUN:
            found.setdefault(i, Link(group, f"{why}, {often[known.keys[i]]} times"))
    found.update(_between(document, {**claims, **{i: link.group for i, link in found.items()}}))
    return found


def _between(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Unknown lines after the body, between two that go or between the last of several that go and the end."""
    where, count = zones(document), len(document.blocks)
    after = sorted(i for i in gone if where.tail(i))
    found: dict[int, Link] = {}
    for above, below in itertools.pairwise(after):
        if above + 1 < below and _may_go_between(document, range(above + 1, below)):
            why = f"between “{document.blocks[above].text[:30]}” and “{document.blocks[below].text[:30]}”"
            found.update({i: Link(gone[above], why) for i in range(above + 1, below)})
    if len(after) >= RUN - 1 and after[-1] + 1 < count and _may_go_between(document, range(after[-1] + 1, count)):
        why = f"below “{document.blocks[after[-1]].text[:30]}” at the end"
        found.update({i: Link(gone[after[-1]], why) for i in range(after[-1] + 1, count)})
    return {**found, **_amid(document, gone)}


def _amid(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Unknown lines amid the body that stand right between two of one group, or short ones in a bar of several."""
    known = facts(document)
    found: dict[int, Link] = {}
    indices = sorted(gone)
    for above, below in itertools.pairwise(indices):
        between = range(above + 1, below)
        if not 0 < len(between) <= FEW_LINES or any(is_solid(document, known, i) for i in between):
            continue
        if any(i < zones(document).first and is_title(document, known, i) for i in between):
            continue  # it may be the headline
        same = gone[above] == gone[below] and gone[above] in BOXES
        bar = not BOXES.isdisjoint((gone[above], gone[below])) and all(
            known.words[i] <= BUTTON_WORDS and not stops(document.blocks[i].text) for i in between
        )
        if (same or (bar and len(between) < FEW_LINES)) and not any(i in document.claims for i in between):
            why = f"between “{document.blocks[above].text[:30]}” and “{document.blocks[below].text[:30]}”"
            found.update({i: Link(gone[above], why) for i in between})
    return found


def _may_go_between(document: Document, lines: range) -> bool:
    """Whether unknown lines are few and short enough, and no list of the body's (ingredients, steps, results)."""
    known = facts(document)
    if len(lines) > BETWEEN_LINES or any(i in document.claims or known.words[i] > BETWEEN_WORDS for i in lines):
        return False
    if any(is_solid(document, known, i) for i in lines):
        return False
    if len(lines) <= FEW_LINES:
        return True
    return not any(
        document.blocks[i].text[0].isnumeric() or stops(document.blocks[i].text) or known.prose[i] for i in lines
    )


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
    for index, link in sorted(linked(document).items()):
        if link.group == group:
            yield take(document, index, why=link.why, score=PROBABLE)


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
