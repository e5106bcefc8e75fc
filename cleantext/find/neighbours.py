"""Lines that prove nothing alone, judged by where they stand and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find import PROBABLE, take
from cleantext.find.cues import cue
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.phrases import EDGE, NEAR, WEAK_HEADING
from cleantext.find.zones import zones
from cleantext.span import Finding

# As many weak lines in a row are a bar or a menu, outside the body.
RUN = 3
# Captions and bylines stand amid the body: they say nothing of the line beside them.
NO_EVIDENCE = frozenset({"caption", "byline"})
# What a cue word may mark, and an unknown line between two that go may be: longer is body until proved otherwise.
CUED_WORDS = 45
BETWEEN_WORDS, BETWEEN_LINES = 30, 3
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
    """Every unclaimed line that a phrase, or outside the body a cue word, marks as what may be boilerplate."""
    known, where, claims = facts(document), zones(document), document.claims
    weak: dict[int, Weak] = {}
    for index, label in enumerate(known.labels):
        if index in claims or index == where.headline:
            continue
        if label is not None:
            if label.group not in NO_EVIDENCE:
                weak[index] = Weak(label.group, label.strength, f"“{label.phrase}” ({label.language})")
        elif (where.head(index) or where.tail(index)) and known.words[index] <= CUED_WORDS:
            key = known.keys[index] or normal(document.blocks[index].text)
            found = cue(key)
            if found is not None:
                weak[index] = Weak(found[1], CUE, f"“{found[0]}”")
    return weak


@once
def linked(document: Document) -> dict[int, Link]:
    """The weak lines that go because of their place or their neighbours. For rules of the structure stage."""
    weak = _weak(document)
    claims = {i: g for i, g in document.claims.items() if g not in NO_EVIDENCE}
    found: dict[int, Link] = {}
    if not weak and len(claims) < 2:
        return found
    count, where = len(document.blocks), zones(document)
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
        if outside and (len(run) >= RUN or (last and len(run) > 1)):
            sure = any(i in claims or weak[i].strength not in (NEAR, CUE) for i in run)
            if sure or len(run) > RUN:
                found.update({i: Link(weak[i].group, f"{weak[i].why}, one of {len(run)} such lines") for i in members})
        for i in members:
            group, strength, why = weak[i]
            if strength in (EDGE, WEAK_HEADING) and where.tail(i) and last:
                found.setdefault(i, Link(group, f"{why}, nothing of the body below"))
            elif strength == EDGE and where.head(i):
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
    found.update(_between(document, {**claims, **{i: link.group for i, link in found.items()}}))
    return found


def _between(document: Document, gone: dict[int, str]) -> dict[int, Link]:
    """Up to three unknown lines between two that go, after the body."""
    known, where = facts(document), zones(document)
    found: dict[int, Link] = {}
    after = sorted(i for i in gone if where.tail(i))
    for above, below in zip(after, after[1:], strict=False):
        between = range(above + 1, below)
        if 0 < len(between) <= BETWEEN_LINES and all(
            known.words[i] <= BETWEEN_WORDS and i not in document.claims for i in between
        ):
            why = f"between “{document.blocks[above].text[:30]}” and “{document.blocks[below].text[:30]}”"
            found.update({i: Link(gone[above], why) for i in between})
    return found


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
    for index, label in enumerate(known.labels):
        if label is None or label.group != "caption" or index in claims:
            continue
        phrase = f"“{label.phrase}” ({label.language})"
        if claims.get(index - 1) == "caption" or claims.get(index + 1) == "caption":
            yield take(document, index, why=f"{phrase}, beside a caption", score=PROBABLE)
        elif label.strength == EDGE and where.head(index):
            yield take(document, index, why=f"{phrase}, above the body", score=PROBABLE)
