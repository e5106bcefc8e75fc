"""What the score knows of each line of plain text: a column of numbers, worked out for all lines at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleantext.document import LINE_BREAKS, Document
from cleantext.find.facts import facts
from cleantext.score.block_words import BlockWords, Floats, Joined, cumulated
from cleantext.score.characters import CLASSES, DIGIT, IDEOGRAPH, LOWER, QUOTE, STOP, UPPER
from cleantext.score.stretches import shifted, stretches
from cleantext.score.tables import Tables
from cleantext.score.taken import GROUP_NUMBERS, group_numbers

OWN = (
    "size length word_length function stops stop_rate commas digits upper quotes ideographs gap gap_after indent "
    "bullet starts_upper starts_lower starts_digit ends_stop ends_colon ends_dots repeats labelled group claimed prose "
    "long title_case odds odds_low odds_high odds_sum in_long"
).split()
BESIDE = "size prose odds title_case ends_stop labelled gap in_long indent".split()
STEPS = (-3, -2, -1, 1, 2, 3)
STRETCHED = "size prose odds title_case labelled in_long gap long function starts_upper bullet".split()
WIDTHS = (4, 10, 25, 80)  # lines of the stretches before, after and around a line
# Groups of the phrase packs whose last mention above a line is a feature.
ANNOUNCED = ("comments", "related", "newsletter", "nav")
_PLACED = [
    *"index index_left share char_share chars_before chars_after longs_before longs_after".split(),
    *"last_label since_label".split(),
    *(f"since_{group}" for group in ANNOUNCED),
    *"since_claim until_claim since_prose until_prose since_heading heading_group".split(),
    *"run_lines run_words run_place paragraph_lines paragraph_words paragraph_place".split(),
    *"prose_before prose_after".split(),
]
_PAGE = (
    "lines chars long_chars mean_function labelled_chars claimed_chars gaps bullets prose mean_size repeats short "
    "labelled comment_labels most_prose"
).split()
NAMES: tuple[str, ...] = (
    *OWN,
    *(f"{name}@{step:+}" for step in STEPS for name in BESIDE),
    *(f"{name}{side}{width}" for width in WIDTHS for side in "<>~" for name in STRETCHED),
    *_PLACED,
    *(f"page_{name}" for name in _PAGE),
)
_AT = {name: number for number, name in enumerate(OWN)}
_BESIDE = [_AT[name] for name in BESIDE]
_STRETCHED = [_AT[name] for name in STRETCHED]

LONG_WORDS = 12  # from which a line with a stop is running text
SHORT_WORDS = 3  # up to which a line is a label
REPEATS, GAP, INDENT = 8, 4, 60  # beyond which more is the same
PROSE_WIDTH = 15  # lines in which prose is counted
FAR = 12.0  # what stands for "nowhere"; the logarithm of 160,000 words
_BREAKS = tuple(map(ord, LINE_BREAKS))
_BULLETS = tuple(map(ord, "*-•·◦+"))
_IS_LETTER = np.isin(np.arange(CLASSES), (LOWER, UPPER, DIGIT))


def line_features(document: Document, tables: Tables) -> Floats:
    """What is known of the lines of a text: `NAMES` x lines, as 32-bit floats."""
    lines = len(document.texts)
    out = np.empty((len(NAMES), lines), np.float32)
    if not lines:
        return out
    words = BlockWords(Joined.of(document.texts), tables)
    own = out[: len(OWN)]
    _own(document, words, own)
    filled = len(OWN)
    beside = own.take(_BESIDE, axis=0)
    for step in STEPS:
        out[filled : filled + len(BESIDE)] = shifted(beside, step) if abs(step) < lines else -1
        filled += len(BESIDE)
    around = stretches(own.take(_STRETCHED, axis=0), WIDTHS)
    out[filled : filled + len(around)] = around
    filled += len(around)
    placed = _placed(own, words)
    out[filled : filled + len(_PLACED)] = placed
    filled += len(_PLACED)
    out[filled:] = _page(own, words, placed)[:, None]
    return out


def _own(document: Document, words: BlockWords, out: Floats) -> None:
    """What a line says by itself, written to `out`."""
    known = facts(document)
    table, codes, length, size = words.table, words.codes, words.length, words.size
    final = words.ends - 1
    begins, ends, last = words.classes.take(words.starts), words.classes.take(final), codes.take(final)
    first, second, third = (codes.take(np.minimum(words.starts + n, len(codes) - 1)) for n in range(3))
    seen: dict[str, int] = {}
    names = [key or text for key, text in zip(known.keys, document.texts, strict=True)]
    for name in names:
        seen[name] = seen.get(name, 0) + 1
    group = group_numbers(document)
    claimed = np.zeros(len(group), bool)
    claimed[list(document.claims)] = True
    gaps = np.minimum(np.array(document.gaps, np.float32), GAP)
    numbered = (begins == DIGIT) & (_is_point(second) | _is_point(third))
    long = (size >= LONG_WORDS) & (table[STOP] > 0)
    rows = (
        *words.written(),
        table[IDEOGRAPH] / length,
        gaps,
        np.append(gaps[1:], 1),
        _indents(document),
        np.where(numbered, 2, np.isin(first, _BULLETS) & (second == ord(" "))),
        begins == UPPER,
        begins == LOWER,
        begins == DIGIT,
        (ends == STOP) | (ends == QUOTE) | (last == ord(")")),
        (last == ord(":")) | (last == ord("：")),
        (last == ord("…")) | ((last == ord(".")) & (codes.take(np.maximum(final - 1, 0)) == ord("."))),
        np.minimum(np.array([seen[name] for name in names], np.float32), REPEATS),
        group >= 0,
        group,
        claimed,
        np.array(known.prose, np.float32),
        long,
        _title_case(words),
        words.odds / words.known,
        words.low,
        words.high,
        words.odds / np.sqrt(words.known),
        words.shared(long),
    )
    for number, row in enumerate(rows):
        out[number] = row


def _is_point(codes: NDArray[Any]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (codes == ord(".")) | (codes == ord(")"))
    return found


def _indents(document: Document) -> NDArray[np.int64]:
    """Code points between the beginning of the line and its text, those that all lines have aside."""
    source = np.frombuffer(document.source.encode("utf-32-le", "surrogatepass"), np.uint32)
    breaks = np.append(-1, np.flatnonzero(np.isin(source, _BREAKS)))
    starts = np.array(document.starts)
    indents = starts - breaks.take(breaks.searchsorted(starts) - 1) - 1
    found: NDArray[np.int64] = np.minimum(indents - indents.min(), INDENT)
    return found


def _title_case(words: BlockWords) -> Floats:
    """The share of a line's words that begin with a capital."""
    letters = _IS_LETTER.take(words.classes)
    begins = np.flatnonzero(letters & ~np.append(False, letters[:-1]))
    line = words.starts.searchsorted(begins, "right") - 1
    lines = len(words.starts)
    capitals = np.bincount(line, words.classes.take(begins) == UPPER, lines)
    shares: Floats = (capitals / np.maximum(np.bincount(line, minlength=lines), 1)).astype(np.float32)
    return shares


def _placed(own: Floats, words: BlockWords) -> Floats:
    """Where a line stands in the text."""
    lines = own.shape[1]
    index = np.arange(lines)
    sizes = cumulated(words.size, np.float64)
    group, claimed = own[_AT["group"]], own[_AT["claimed"]] > 0
    prose, long, gap = own[_AT["prose"]] > 0, own[_AT["long"]] > 0, own[_AT["gap"]]
    short = words.size < LONG_WORDS
    heading = short & (words.table[STOP] == 0) & (gap > 0) & (own[_AT["gap_after"]] > 0)

    def last(hits: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The last hit up to each line, -1 for none."""
        at: NDArray[np.int64] = np.maximum.accumulate(np.where(hits, index, -1))
        return at

    def since(at: NDArray[np.int64]) -> Any:
        """Words since the beginning of the lines `at`."""
        return np.where(at >= 0, np.log1p(sizes[:-1] - sizes.take(np.maximum(at, 0))), FAR)

    def until(hits: NDArray[np.bool_]) -> Any:
        """Words to the beginning of the next hit."""
        at = np.minimum.accumulate(np.where(hits, index, lines)[::-1])[::-1]
        return np.where(at < lines, np.log1p(np.maximum(sizes.take(np.minimum(at, lines - 1)) - sizes[1:], 0)), FAR)

    told = last(prose)
    label, head = last(group >= 0), last(heading)
    no_text = short | (words.table[STOP] == 0)
    run_lines, *run = _runs(np.diff(no_text, prepend=not no_text[0]), sizes)
    mass = stretches(np.where(prose, words.size, 0)[None].astype(np.float32), (PROSE_WIDTH,))
    rows = (
        *words.placed(long),
        np.where(label >= 0, group.take(np.maximum(label, 0)), -2),
        since(label),
        *(since(last(group == GROUP_NUMBERS[name])) for name in ANNOUNCED),
        since(last(claimed)),
        until(claimed),
        np.where(told >= 0, np.log1p(np.maximum(sizes[:-1] - sizes.take(told + 1), 0)), FAR),
        until(prose),
        since(head),
        np.where(head >= 0, group.take(np.maximum(head, 0)), -2),
        np.where(no_text, run_lines, -run_lines),
        *run,
        *_runs(np.append(True, gap[1:] > 0), sizes),
        np.log1p(mass[0]),
        np.log1p(mass[1]),
    )
    return np.stack(rows).astype(np.float32)


def _runs(begins: NDArray[np.bool_], sizes: NDArray[np.float64]) -> tuple[Any, Any, Any]:
    """Of the run of lines that each line is in: how many lines and words, and how far down the line stands."""
    firsts = np.flatnonzero(begins)
    run = begins.cumsum() - 1
    ends = np.append(firsts[1:], len(begins))
    count = (ends - firsts).take(run)
    place = (np.arange(len(begins)) - firsts.take(run)) / count
    return np.log1p(count), np.log1p(sizes.take(ends) - sizes.take(firsts)).take(run), place


def _page(own: Floats, words: BlockWords, placed: Floats) -> Floats:
    """What is the same for all lines of a text."""
    chars = max(float(words.length.sum()), 1.0)
    group = own[_AT["group"]]

    def share(hits: NDArray[np.bool_]) -> float:
        return float(words.length[hits].sum()) / chars

    return np.array(
        [
            np.log1p(len(words.length)),
            np.log1p(chars),
            share(own[_AT["long"]] > 0),
            float(words.functional.sum()) / max(float(words.size.sum()), 1.0),
            share(group >= 0),
            share(own[_AT["claimed"]] > 0),
            (own[_AT["gap"]] > 0).mean(),
            (own[_AT["bullet"]] > 0).mean(),
            own[_AT["prose"]].mean(),
            words.size.mean(),
            (own[_AT["repeats"]] > 1).mean(),
            (words.size <= SHORT_WORDS).mean(),
            own[_AT["labelled"]].mean(),
            np.log1p((group == GROUP_NUMBERS["comments"]).sum()),
            placed[_PLACED.index("prose_after")].max(),
        ],
        np.float32,
    )
