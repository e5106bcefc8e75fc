"""Lines that prove nothing alone, judged by where they stand and what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cleantext.document import Document, once
from cleantext.find import PROBABLE, take
from cleantext.find.cues import cues
from cleantext.find.facts import facts
from cleantext.find.phrases import EDGE, NEAR, WEAK_HEADING
from cleantext.find.threads import comments
from cleantext.find.unknown import SHOWN, after, amid, boxes, pitches, speaks_of
from cleantext.find.weak import CUE, NO_EVIDENCE, Link, Weak, weak_lines
from cleantext.find.zones import NOTICES, stops, zones
from cleantext.span import Finding

# As many weak lines in a row are a bar or a menu, outside the body.
RUN = 3
# Buttons of this group that recur as often in an article stand below each of its parts.
RECURRING, BUTTON_CHARS = frozenset({"share"}), 5
NAME_CHARS = 40  # of a tag
_BETWEEN_NAMES = re.compile(r"[,،，、;·|]")
NOTICE_CUES = 3  # of a notice, which may be as long as a paragraph
FORM = frozenset({"newsletter", "consent", "legal"})


@once
def linked(document: Document) -> dict[int, Link]:
    """The weak lines that go because of their place or their neighbours. For rules of the structure stage."""
    posts = {i for thread in comments(document) for i in range(thread.first, thread.last + 1)}
    weak = {i: w for i, w in weak_lines(document).items() if i not in posts}
    claims = {i: g for i, g in document.claims.items() if g not in NO_EVIDENCE} | dict.fromkeys(posts, "comments")
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
    found.update(pitches(document, found))
    gone = {**claims, **{i: link.group for i, link in found.items()}}
    found.update(boxes(document, gone))
    gone = {**claims, **{i: link.group for i, link in found.items()}}
    return {**amid(document, gone), **after(document, gone), **found}


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
            alone = _proof_of_place(document, i, weak[i], run) or _proof_of_names(document, i, weak[i], claims)
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
    return group in NOTICES and len(stems) >= NOTICE_CUES and not speaks_of(document, index, stems)


def _proof_of_names(document: Document, index: int, line: Weak, claims: dict[int, str]) -> str:
    """Why a line of tags goes, "" if it does not: "Keywords: bridges, rivers" after the body, and boilerplate below."""
    if line.group != "tags" or line.strength != EDGE or not zones(document).tail(index):
        return ""
    text = document.texts[index]
    names = [name.strip() for name in _BETWEEN_NAMES.split(text.replace("：", ":").partition(":")[2])]
    listed = len(names) > 1 and all(0 < len(name) <= NAME_CHARS for name in names) and not stops(text)
    return "a list of names, with boilerplate below" if listed and any(i > index for i in claims) else ""


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
    found = _of_group(document).get(group)
    return _proved_lines(document, found) if found else iter(())


def _proved_lines(document: Document, lines: Iterable[int]) -> Iterator[Finding]:
    links = linked(document)
    for index in lines:
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
