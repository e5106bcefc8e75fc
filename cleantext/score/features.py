"""What the body score knows of each block: a column of numbers, worked out for all blocks of a page at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleantext.document import Document
from cleantext.find.facts import facts
from cleantext.page import Page
from cleantext.score.block_words import BlockWords, Floats, cumulated
from cleantext.score.characters import BAR, DIGIT, IDEOGRAPH, MARK, MONEY, QUOTE, STOP, UPPER
from cleantext.score.declared import DECLARATIONS, article_body, declarations
from cleantext.score.families import NAMES as FAMILIES
from cleantext.score.stretches import WIDTHS, shifted, stretches
from cleantext.score.tables import Tables
from cleantext.score.taken import GROUP_NUMBERS, TAKEN, Taken, group_numbers, taken_rows

FAR = 12  # elements above a block from which one counts as none
LEVELS = 5  # elements above a block whose content is looked at
# Elements whose distance above a block is a feature.
ABOVE = (
    "nav header footer aside main article section form table ul ol li figure blockquote details fieldset pre dl "
    "button dialog tr td p label select noscript"
).split()
# Elements that a block may stand in directly; others count as one kind.
OWNERS = (
    "p h1 h2 h3 h4 h5 h6 li td th div span pre blockquote dt dd button label option figcaption summary section article "
    "main header footer aside nav form figure body"
).split()
COUNTED = "article main h1 h2 p li td pre form section blockquote button figure".split()
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# Groups of the phrase packs whose last mention above a block is a feature.
ANNOUNCED = ("comments", "related", "newsletter")

OWN = (
    "size length word_length function stops stop_rate commas digits upper quotes bars marks money ideographs "
    "link_share links plain images breaks gap starts_upper starts_lower starts_digit ends_stop ends_colon ends_dots "
    "repeats labelled group prose tag heading is_p is_li hidden odds odds_low odds_high odds_sum"
).split()
BESIDE = (
    "size function stop_rate link_share tag heading labelled group ends_stop upper hidden images digits odds".split()
)
STRETCHED = "size function stop_rate link_share heading labelled is_p is_li starts_upper prose odds".split()
STEPS = (-3, -2, -1, 1, 2, 3)
_AT = {name: i for i, name in enumerate(OWN)}
_BESIDE = [_AT[n] for n in BESIDE]
_STRETCHED = [_AT[n] for n in STRETCHED]
_INSIDE = "size links mean stops function blocks place odds gone".split()
_PLACED = (
    "index index_left share char_share chars_before chars_after longs_before longs_after since_heading heading_group "
    "last_label since_label since_comments since_related since_newsletter h1_before since_h1 article_index depth "
    "in_title in_description in_json_body"
).split()
_ELEMENT = "name_odds name_low name_high name_sum name_above".split()

_PAGE = [
    *DECLARATIONS,
    *(f"n_{tag}" for tag in COUNTED),
    *"n_blocks n_chars n_links n_long long_chars mean_function p_chars li_chars hidden_chars comment_labels".split(),
    "gone",
]
NAMES: tuple[str, ...] = (
    *OWN,
    *(f"class_{name}" for name in FAMILIES),
    *(f"tag_{tag}" for tag in ABOVE),
    *_ELEMENT,
    *(f"in{level}_{name}" for level in range(LEVELS) for name in _INSIDE),
    *_PLACED,
    *TAKEN,
    *(f"page_{name}" for name in _PAGE),
    *(f"{name}@{step:+}" for step in STEPS for name in BESIDE),
    *(f"same_{what}@{step:+}" for step in STEPS for what in ("owner", "parent")),
    *(f"{name}{side}{width}" for width in WIDTHS for side in "<>~" for name in STRETCHED),
)


def features(document: Document, tables: Tables) -> Floats:
    """What is known of the blocks of an HTML document: `NAMES` x blocks, as 32-bit floats."""
    page = document.page
    assert page is not None
    blocks = len(document.texts)
    out = np.empty((len(NAMES), blocks), np.float32)
    if not blocks:
        return out
    filled = 0

    def add(rows: NDArray[Any]) -> None:
        nonlocal filled
        number = len(rows) if rows.ndim == 2 else 1
        out[filled : filled + number] = rows
        filled += number

    words = BlockWords(document, tables)
    tags = _Tags(page)
    gone = Taken(page.gone, blocks, len(page.tags))
    own = out[: len(OWN)]
    _own(document, page, words, tags, own)
    filled = len(OWN)
    distance, odds = _around(page, tags, tables)
    owners = tags.owners
    add(distance.take(owners, axis=1))
    add(odds.take(owners, axis=1))
    add(_inside(own, words, page, tags, gone))
    placed, longs = _placed(document, page, own, words, tags, distance)
    add(placed)
    add(taken_rows(words, gone))
    add(_page(page, own, words, tags, longs, gone)[:, None])
    beside = own.take(_BESIDE, axis=0)
    for step in STEPS:
        add(shifted(beside, step))
    around = np.stack([owners, tags.parents[owners]]).astype(np.float32)
    for step in STEPS:
        add(shifted(around, step) == around)
    add(stretches(own.take(_STRETCHED, axis=0)))
    return out


class _Tags:
    """The tags of a page as numbers: of its elements, and of the owners of its blocks."""

    def __init__(self, page: Page) -> None:
        self.owners = np.array(page.owners, np.int64)
        self.parents = np.array(page.parents, np.int64)
        get = _TAG_NUMBERS.get
        self.numbers = np.array([get(t, 0) for t in page.tags], np.int64)
        self.owner = self.numbers[self.owners]


_EVERY_TAG = list(dict.fromkeys([*OWNERS, *ABOVE, *COUNTED]))
_TAG_NUMBERS = {tag: number for number, tag in enumerate(_EVERY_TAG, 1)}
_OWNER_CODE = np.array([0, *(i + 1 if i < len(OWNERS) else 0 for i in range(len(_EVERY_TAG)))], np.float32)
_IS_HEADING = np.array([False, *(t in HEADINGS for t in _EVERY_TAG)])
_ABOVE_ROW = np.array([len(ABOVE), *(ABOVE.index(t) if t in ABOVE else len(ABOVE) for t in _EVERY_TAG)])


def _own(document: Document, page: Page, words: BlockWords, tags: _Tags, out: Floats) -> None:
    """What a block says by itself, written to `out`."""
    table, codes, length = words.table, words.codes, words.length
    link_chars = np.array(page.link_chars, np.float32)
    links = np.array(page.links, np.float32)
    begins = words.classes.take(words.starts)
    final = words.ends - 1
    ends, last = words.classes.take(final), codes.take(final)
    seen: dict[str, int] = {}
    for text in document.texts:
        seen[text] = seen.get(text, 0) + 1
    known = facts(document)
    group = group_numbers(document)
    rows = (
        *words.written(),
        table[BAR],
        table[MARK],
        table[MONEY],
        table[IDEOGRAPH] / length,
        link_chars / length,
        np.log1p(links),
        np.log1p(length - link_chars),
        np.minimum(np.array(page.images, np.float32), 5),
        np.array(page.breaks, np.float32),
        np.array(document.gaps, np.float32),
        begins == UPPER,
        (begins != UPPER) & (begins == 1),
        begins == DIGIT,
        (ends == STOP) | (ends == QUOTE) | (last == ord(")")),
        (last == ord(":")) | (last == ord("：")),
        (last == ord("…")) | ((last == ord(".")) & (codes.take(np.maximum(final - 1, 0)) == ord("."))),
        np.minimum(np.array([seen[t] for t in document.texts], np.float32), 8),
        group >= 0,
        group,
        np.array(known.prose, np.float32),
        _OWNER_CODE[tags.owner],
        _IS_HEADING[tags.owner],
        tags.owner == _TAG_NUMBERS["p"],
        tags.owner == _TAG_NUMBERS["li"],
        np.array(page.hidden)[tags.owners],
        words.odds / words.known,
        words.low,
        words.high,
        words.odds / np.sqrt(words.known),
    )
    for number, row in enumerate(rows):
        out[number] = row


def _around(page: Page, tags: _Tags, tables: Tables) -> tuple[NDArray[np.uint8], Floats]:
    """For every element: how far above it the nearest of each family and tag is; what the names around it say.

    Rows are families and tags, and five kinds of odds; columns are elements. All are worked out by looking 1, 2, 4, ...
    elements further up, so that a few steps reach the root.
    """
    marks, best, total = tables.of_elements(page)
    elements = len(marks)
    bits = np.unpackbits(np.array(marks, np.uint64).view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    # One more element, above the root and above itself, adds nothing.
    distance = np.full((elements + 1, len(FAMILIES) + len(ABOVE) + 1), FAR, np.uint8)
    distance[:-1, : len(FAMILIES)][bits[:, : len(FAMILIES)] > 0] = 0
    distance[np.arange(elements), len(FAMILIES) + _ABOVE_ROW[tags.numbers]] = 0
    low = np.array([*best, 0], np.float32)
    own, high, weighed_sum = low.copy(), low.copy(), np.array([*total, 0], np.float32)
    above = np.append(tags.parents, elements)
    above[0] = elements
    first, step = above, 1
    low[-1], high[-1] = np.inf, -np.inf
    while above.min() < elements:
        if step < FAR:
            np.minimum(distance, distance.take(above, axis=0) + np.uint8(step), out=distance)
        np.minimum(low, low.take(above), out=low)
        np.maximum(high, high.take(above), out=high)
        weighed_sum = weighed_sum + weighed_sum.take(above)
        above, step = above.take(above), 2 * step
    np.minimum(distance, FAR, out=distance)
    return distance[:-1, :-1].T, np.stack([own, low, high, weighed_sum, own.take(first)])[:, :-1]


def _inside(own: Floats, words: BlockWords, page: Page, tags: _Tags, gone: Taken) -> Floats:
    """What stands in the elements above a block, `LEVELS` of them."""
    sums = np.zeros((6, len(words.length) + 1))
    summed = (
        words.size,
        words.length,
        own[_AT["link_share"]] * words.length,
        words.table[STOP],
        words.functional,
        words.odds,
    )
    for number, row in enumerate(summed):
        row.cumsum(out=sums[number, 1:])
    first, last = np.array(page.first), np.array(page.last)
    size, length, linked, stops, functional, odds = sums.take(last, axis=1) - sums.take(first, axis=1)
    number = last - first
    size = np.maximum(size, 1)
    many = np.maximum(number, 1)
    content = np.stack(
        [
            np.log1p(size),
            linked / np.maximum(length, 1),
            np.log1p(size / many),
            stops / size,
            functional / size,
            np.log1p(number),
            many,
            odds / size,
            gone.inside / np.maximum(gone.inside + length, 1),
        ]
    ).astype(np.float32)
    index = np.arange(len(words.length))
    out = np.empty((LEVELS, len(_INSIDE), len(index)), np.float32)
    place = _INSIDE.index("place")
    level = tags.owners
    for step in range(LEVELS):
        out[step] = content.take(level, axis=1)
        out[step, place] = (index - first.take(level)) / out[step, place]
        level = tags.parents.take(level)
    return out.reshape(-1, len(index))


def _placed(
    document: Document, page: Page, own: Floats, words: BlockWords, tags: _Tags, distance: NDArray[np.uint8]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Where a block stands on the page, and what the page says of itself that it repeats; which blocks are long."""
    blocks = len(document.texts)
    index = np.arange(blocks)
    chars, sizes = cumulated(words.length, np.float64), cumulated(words.size, np.float64)
    group, link_share = own[_AT["group"]], own[_AT["link_share"]]
    long = (words.size >= 12) & (link_share < 0.3) & (words.table[STOP] > 0)
    heading = own[_AT["heading"]] > 0
    h1 = tags.owner == _TAG_NUMBERS["h1"]

    def since(hits: NDArray[np.bool_], scale: NDArray[np.float64], never: float) -> tuple[Any, Any]:
        """The last hit up to each block (-1 for none) and how much stands since its beginning."""
        at = np.maximum.accumulate(np.where(hits, index, -1))
        return at, np.where(at >= 0, np.log1p(scale[:-1] - scale[np.maximum(at, 0)]), never)

    last_heading, since_heading = since(heading, sizes, 10)
    last_label, since_label = since((group >= 0) & (link_share < 0.5), sizes, 10)
    articles = (tags.numbers == _TAG_NUMBERS["article"]).cumsum()
    in_article = distance[len(FAMILIES) + ABOVE.index("article"), tags.owners] < FAR
    said = page.facts
    rows = (
        *words.placed(long),
        since_heading,
        np.where(last_heading >= 0, group[np.maximum(last_heading, 0)], -2),
        np.where(last_label >= 0, group[np.maximum(last_label, 0)], -2),
        since_label,
        *(since(group == GROUP_NUMBERS[name], sizes, 12)[1] for name in ANNOUNCED),
        np.minimum(h1.cumsum(), 3),
        since(h1, chars, 13)[1],
        np.where(in_article, np.minimum(articles[tags.owners], 10), 0),
        np.array(page.depths)[tags.owners],
        *words.shares_in(
            [
                said.metas.get("og:title", "") or said.title,
                said.metas.get("og:description", "") or said.metas.get("description", ""),
                article_body(said),
            ]
        ),
    )
    return np.stack(rows).astype(np.float32), long


def _page(page: Page, own: Floats, words: BlockWords, tags: _Tags, long: NDArray[np.bool_], gone: Taken) -> Floats:
    """What is the same for all blocks of a page."""
    numbers = np.bincount(tags.numbers, minlength=len(_EVERY_TAG) + 1)
    blocks, chars = len(words.length), max(float(words.length.sum()), 1.0)

    def share(rows: NDArray[Any]) -> float:
        return float(words.length[rows > 0].sum()) / chars

    return np.array(
        [
            *declarations(page.facts),
            *np.log1p(numbers[[_TAG_NUMBERS[t] for t in COUNTED]]),
            np.log1p(blocks),
            np.log1p(chars),
            float((own[_AT["link_share"]] * words.length).sum()) / chars,
            np.log1p(long.sum()),
            share(long),
            float(words.functional.sum()) / max(float(words.size.sum()), 1.0),
            share(own[_AT["is_p"]]),
            share(own[_AT["is_li"]]),
            share(own[_AT["hidden"]]),
            float((own[_AT["group"]] == GROUP_NUMBERS["comments"]).sum()),
            float(gone.inside[0]) / (float(gone.inside[0]) + chars),
        ],
        np.float32,
    )
