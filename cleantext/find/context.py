"""Where a phrase is not the site's: in code, in quotation marks, amid a sentence, as a heading of the body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from cleantext.document import Document, once
from cleantext.find.normal import QUOTES, normal
from cleantext.find.phrases import ALWAYS, EDGE, HEADING, WEAK_HEADING, Label, phrases

# Characters by which a word is known again in another form, and of a word that says something.
STEM, LONG_WORD = 6, 5
# Uses of a single word in the prose before the document is about it.
SPOKEN_TIMES = 2
# Different phrases of a document that are looked for in its prose: more are the furniture of many pages.
ASKED = 50
# Words up to which a phrase can be a heading, and as many headings make a document one with headings.
HEADING_WORDS, HEADINGS = 4, 2
VERSES = 2  # lines without a phrase that make a paragraph a stanza
LAID_OUT = 3  # headings right above their paragraph that make it the layout of a document: longer ones are some, too
QUOTE_MARKS = frozenset(QUOTES)
NUMBERED = ("#. ", "#) ", "#/# ")  # keys of items of a list or of minutes begin so
CLAUSE_HEAD_WORDS, CLAUSE_LINES = 6, 6  # of the heading of a numbered clause, and of the clause
SAID = ".?!…"
OUTPUT_LINES = 40  # below a command at which its output is looked for
PROMPTS = ("$ ", "% ", ">>> ")  # how the line of a command begins
BULLETS = " -–—•*·"
# Characters of a speaker's name, and turns that make one.
SPEAKER_CHARS, SPEAKER_TURNS = 30, 3
_TURN = re.compile(rf"(.{{1,{SPEAKER_CHARS}}}?)(?:\. | \(|, )")
# Words that a line needs to announce what follows, and spaces that a wrapped line has.
ANNOUNCING_WORDS, WRAPPED_WORDS = 3, 4
# Lines of code near a line that make it a piece of program text or output, and how near.
CODE_LINES, CODE_REACH = 2, 4
_CODE = re.compile(r"""[{]|};|\(\)|=>|==|= |</|/>|->|\["|\('|\("|::|&&|\$ |#include""")
_STATEMENTS = ("import ", "def ")
_FENCE = re.compile(r"(?:[-*•] |\d{1,9}[.)] |\| )*+(`{3,}|~{3,})")
LONGEST_FENCE = 20  # signs that are told apart
_NO_HEADINGS = frozenset({"ad", "caption", "byline"})


def no_labels(document: Document, labelled: Iterable[int], keys: Sequence[str]) -> Iterator[int]:
    """The lines of `labelled` that are no phrase of the site's after all.

    They stand in a code fence, amid code or in the output of a command, are said (behind a quotation mark, a dash or
    the name of one who speaks again and again), carry on or begin a hard-wrapped sentence, are an item of a numbered
    list, a clause below one or an entry of a Markdown table of contents, or a colon announces them.
    """
    in_fences = fenced(document)
    known = set(labelled)
    announced, phrase = -2, -2
    for index in sorted(known):
        text = document.texts[index]
        in_list = keys[index].startswith(NUMBERED) or "](#" in text or _in_clause(document, index, keys)
        quoted = text.lstrip(BULLETS)[:1] in QUOTE_MARKS and not _quotes_title(text, keys[index])
        said = quoted or _opens_with_dash(text)
        if index in in_fences or in_list or said or _printed(document, index):
            yield index
        elif text[-1] in ",;،；，" and not text.startswith(("Image caption", "Image source")):
            yield index  # a line of verse, an item of a list in a sentence
        elif (
            (":" in keys[index][:SPEAKER_CHARS] and _speaks(document, keys, keys[index].partition(":")[0]))
            or (phrase != index - 1 and continues(document, index))
            or _begins(document, index, known)
            or _has_turns(document, keys, keys[index])
            or (text[-1] in ":：" and _leads_into(document, index, keys[index], known))
            or amid_code(document, index)
        ):
            yield index
        elif (announced == index - 1 and not document.gaps[index]) or _announces(document, index - 1, known):
            announced = index
            yield index
        else:
            phrase = index  # and so begins no sentence that the next line could carry on


def _speaks(document: Document, keys: Sequence[str], name: str) -> bool:
    """Whether what stands before a colon recurs as speakers do, and is nothing that recurs on pages as well."""
    label = phrases().look_up(name)
    if label is not None and label.group in ("related", "tags", "share", "caption", "ad"):
        return False
    counts = document.memo.get(_speaks)
    if counts is None:
        counts = document.memo[_speaks] = Counter(key.partition(":")[0] for key in keys if ":" in key[:SPEAKER_CHARS])
    return bool(counts[name] >= SPEAKER_TURNS)


def _has_turns(document: Document, keys: Sequence[str], key: str) -> bool:
    """Whether a line opens with the name of somebody who speaks again and again, as in the text of a play."""
    name = _turn(key)
    label = phrases().look_up(key) if name else None
    if not name or (label is not None and label.group in ("caption", "related", "tags")):
        return False
    counts = document.memo.get(_has_turns)
    if counts is None:
        counts = document.memo[_has_turns] = Counter(filter(None, map(_turn, set(keys))))
    return bool(counts[name] >= SPEAKER_TURNS)


def _turn(key: str) -> str:
    """What stands in `key` before a full stop, a comma or a stage direction, "" if nothing follows that."""
    turn = _TURN.match(key)
    return turn[1] if turn else ""


def _opens_with_dash(text: str) -> bool:
    """Whether a line is said in dialogue that dashes open; a hyphen may begin the item of a menu, too."""
    if text[0] in "—–":
        return text[-1] not in "—–"
    return text.startswith("- ") and text[-1] in SAID


def _quotes_title(text: str, key: str) -> bool:
    """Whether what a line quotes is a title, with what goes for certain behind it: ``“Ten bridges” has 3 replies``."""
    if text[-1] in QUOTE_MARKS or text[-1] in SAID:
        return False
    label = phrases().look_up(key)
    return label is not None and label.group == "comments" and label.phrase.startswith("**")


def _in_clause(document: Document, index: int, keys: Sequence[str]) -> bool:
    """Whether a sentence stands right below a numbered heading, or others that do: a clause of terms or of a treaty."""
    for above in range(index - 1, max(index - CLAUSE_LINES, -1), -1):
        if document.texts[above + 1][-1] not in ".!?":
            return False
        if keys[above].startswith(NUMBERED):
            heading = document.texts[above]
            return heading.count(" ") <= CLAUSE_HEAD_WORDS and heading[-1] not in ".!?"
        if document.gaps[above + 1] and above < index - 1:
            return False
    return False


def _printed(document: Document, index: int) -> bool:
    """Whether a line is what a shell command above it in the same paragraph printed."""
    if not _has_prompt(document):
        return False
    for above in range(index - 1, max(index - OUTPUT_LINES, -1), -1):
        if document.gaps[above + 1]:
            return False
        if document.texts[above].startswith(PROMPTS):
            return True
    return False


@once
def _has_prompt(document: Document) -> bool:
    return any(text.startswith(PROMPTS) for text in document.texts)


def _leads_into(document: Document, index: int, key: str, labelled: set[int]) -> bool:
    """Whether a phrase with a colon leads into the line below: "Share this:" above a line of verse."""
    below = index + 1
    if below == len(document.texts) or document.gaps[below] or below in labelled:
        return False
    label, after = phrases().look_up(key), document.texts[below]
    return label is not None and label.group in ("share", "comments") and (after[0].islower() or after[0] == "(")


def _announces(document: Document, index: int, labelled: set[int]) -> bool:
    """Whether a line of the body ends in a colon: what follows is what it speaks of."""
    if index < 0 or index in labelled:
        return False
    text = document.texts[index]
    return text[-1] in ":：" and text.count(" ") + 1 >= ANNOUNCING_WORDS


@once
def fenced(document: Document) -> frozenset[int]:
    """The blocks inside Markdown code fences, the fences included.

    A fence is closed by the next line of nothing but as many of its signs, or more (CommonMark 0.31, section 4.5); one
    that is never closed is none. It may stand in the item of a list, or in a cell. Of fences that cross the longer ones
    count: they are so long because there are others in the code.
    """
    if "```" not in document.source and "~~~" not in document.source:
        return frozenset()
    opening: defaultdict[tuple[int, str], list[int]] = defaultdict(list)  # by length and sign
    closing: list[tuple[int, str, int]] = []  # index, sign and length
    for index, text in enumerate(document.texts):
        fence = _FENCE.match(text) if "```" in text or "~~~" in text else None
        if fence is not None:
            signs = fence[1]
            length = min(len(signs), LONGEST_FENCE)
            if signs[0] != "`" or "`" not in text[fence.end() :]:
                opening[length, signs[0]].append(index)
            if text == signs:
                closing.append((index, signs[0], length))
    inside: set[int] = set()
    for length, sign in sorted(opening, reverse=True):
        ends = [i for i, other, size in closing if other == sign and size >= length and i not in inside]
        after = 0
        for index in opening[length, sign]:
            at = bisect_right(ends, index)
            if index >= after and index not in inside and at < len(ends):
                after = ends[at] + 1
                inside.update(range(index, after))
    return frozenset(inside)


def continues(document: Document, index: int) -> bool:
    """Whether a line goes on a sentence that the lines before it began: hard-wrapped text."""
    if index == 0 or document.gaps[index] or not document.texts[index][0].islower():
        return False
    for above in range(index - 1, max(index - 4, -1), -1):
        before = document.texts[above]
        if not (before[-1].isalnum() or before[-1] in ",-–—'’"):
            return False
        if before.count(" ") >= WRAPPED_WORDS:
            return True
        if document.gaps[above]:
            return False
    return False


def _begins(document: Document, index: int, labelled: set[int]) -> bool:
    """Whether a line begins, behind a full stop, a sentence that the next line goes on with: hard-wrapped text."""
    below = index + 1
    if below == len(document.texts) or document.gaps[below] or below in labelled:
        return False
    text, after = document.texts[index], document.texts[below]
    goes_on = text[-1].isalnum() and after[0].isalpha() and after[0].islower() and after.count(" ") >= WRAPPED_WORDS
    return goes_on and index > 0 and document.texts[index - 1][-1] in ".!?"


def is_code(text: str) -> bool:
    """Whether a line has a mark of program text."""
    return _CODE.search(text) is not None or text.startswith(_STATEMENTS)


class _Code(dict[str, bool]):
    """Whether lines have a mark of program text, worked out when one is first asked for."""

    def __missing__(self, text: str) -> bool:
        self[text] = marked = is_code(text)
        return marked


@once
def _code(document: Document) -> _Code:
    return _Code()  # one for each document, for its lines may be long


def amid_code(document: Document, index: int) -> bool:
    """Whether a line stands amid lines of program text, or of what a program prints."""
    near = document.texts[max(0, index - CODE_REACH) : index + CODE_REACH + 1]
    return sum(map(_code(document).__getitem__, near)) >= CODE_LINES


def doubt_headings(
    document: Document,
    labelled: Iterable[int],
    keys: Sequence[str],
    labels: list[Label | None],
    counts: Sequence[int],
    prose: Sequence[bool],
) -> None:
    """Take the certainty from short phrases that stand where a heading of the body would.

    A phrase that is glued to the paragraph below, is a Markdown heading, or stands between paragraphs of a document
    that has headings or speaks of the very thing, is at most a weak heading; so is every copy of it (a table of
    contents).
    """
    count = len(document.texts)

    def between(index: int) -> bool:
        return 0 < index < count - 1 and prose[index - 1] and prose[index + 1]

    def heads(index: int) -> bool:
        above = document.gaps[index] > 0 or index == 0
        return above and index < count - 1 and prose[index + 1] and document.gaps[index + 1] == 0 and not prose[index]

    doubted: set[str] = set()
    asked: dict[str, bool] = {}

    def spoken_of(key: str) -> bool:
        if key not in asked and len(asked) < ASKED:
            asked[key] = _spoken_of(document, key, prose)
        return asked.get(key, False)

    headings: set[str] | None = None
    laid_out = sum(map(heads, range(count))) >= LAID_OUT
    for index in labelled:
        label = labels[index]
        if label is None:
            continue
        if label.group == "legal" and label.strength in (ALWAYS, HEADING) and between(index):
            if not keys[index - 1] == keys[index] == keys[index + 1]:  # no text says a clause three times
                labels[index] = label._replace(strength=EDGE)  # of the body: a site's notice stands below it
        if counts[index] > HEADING_WORDS or "*" in label.phrase:
            if laid_out and heads(index):
                doubted.add(keys[index])
            continue
        below = index + 1 < count and prose[index + 1]
        glued = heads(index) and index > 0
        headed = below and (document.texts[index][0] == "#" or _taken_up(keys[index], document.texts[index + 1]))
        advertised = label.group == "ad" and between(index) and spoken_of(keys[index])
        if glued or headed or advertised:
            doubted.add(keys[index])
        elif label.group not in _NO_HEADINGS and between(index):
            if headings is None:
                # A prompt that recurs is one, however often: headings differ.
                headings = {
                    keys[i]
                    for i in range(count)
                    if between(i) and counts[i] <= 2 * HEADING_WORDS and not prose[i] and _may_head(labels[i])
                }
            if len(headings) >= HEADINGS or spoken_of(keys[index]):
                doubted.add(keys[index])
    if doubted:
        for index in labelled:
            label = labels[index]
            if label is not None and keys[index] in doubted:
                sure = label.strength in (ALWAYS, HEADING, WEAK_HEADING)
                labels[index] = label._replace(strength=WEAK_HEADING) if sure else None


def in_stanzas(document: Document, labelled: Sequence[int], prose: Sequence[bool]) -> Iterator[int]:
    """The labelled lines in paragraphs of short lines of which at least as many, and two, have none: verses.

    The first paragraph and the last may be the head and the foot of a page, and one alone is no poem.
    """
    known = set(labelled)
    stanzas: list[list[int]] = []
    for index, gap in enumerate(document.gaps):
        if gap or not stanzas:
            stanzas.append([])
        stanzas[-1].append(index)
    verses = []
    for stanza in stanzas:
        others = [i for i in stanza if i not in known]
        if len(others) >= VERSES and 2 * len(others) >= len(stanza) and not any(prose[i] for i in stanza):
            verses.append(stanza)
    if len(verses) > 1:
        yield from (i for stanza in verses if stanza not in (stanzas[0], stanzas[-1]) for i in stanza if i in known)


def _taken_up(key: str, below: str) -> bool:
    """Whether the paragraph below takes up most of the words that stand alone above it: it is their paragraph."""
    if "#" in key:
        return False
    stems = [word[:STEM] for word in key.split() if len(word) >= LONG_WORD]
    if not stems:
        return " " not in key and key[:STEM] in normal(below)
    text = normal(below)
    return 2 * sum(stem in text for stem in stems) > len(stems)


def _may_head(label: Label | None) -> bool:
    return label is None or label.group not in _NO_HEADINGS


def _prose_text(document: Document, prose: Sequence[bool]) -> str:
    text = document.memo.get(_prose_text)
    if text is None:
        lines = [normal(text) for text, p in zip(document.texts, prose, strict=True) if p]
        text = document.memo[_prose_text] = "\n".join(lines)
    return str(text)


def _spoken_of(document: Document, key: str, prose: Sequence[bool]) -> bool:
    """Whether the prose uses the phrase itself, a single word several times: the document is about it."""
    return _prose_text(document, prose).count(key) >= (1 if " " in key else SPOKEN_TIMES)
