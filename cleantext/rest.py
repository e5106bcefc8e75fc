"""The rest of a page: what is left for lines and the score to judge when the rules on elements have taken theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, compress, pairwise
from typing import NamedTuple

from cleantext.document import Document
from cleantext.page import Gone

_NONE: frozenset[str] = frozenset()


class Rest(NamedTuple):
    """A page of its own, and for each of its blocks the index that it has in the whole page."""

    document: Document
    blocks: Sequence[int]


def rest_of(document: Document, gone: Mapping[int, str], held: Mapping[int, str]) -> Rest:
    """`document` without the blocks in `gone`, whose groups these are, and without the elements that are then empty.

    `held` are the blocks that stay because only rules found them that the caller did not select.
    """
    page = document.page
    assert page is not None
    stays = bytearray(b"\1" * len(document.texts))
    for index in gone:
        stays[index] = 0
    blocks = list(compress(range(len(stays)), stays))
    # Of each block how many stay, and how many code points go, before it.
    places = list(accumulate(stays, initial=0))
    taken = list(accumulate((0 if s else len(t) for s, t in zip(stays, document.texts, strict=True)), initial=0))
    first, last = [places[i] for i in page.first], [places[i] for i in page.last]
    filled = [begin < end for begin, end in zip(first, last, strict=True)]
    filled[0] = True
    numbers = list(accumulate(filled, initial=0))

    texts = tuple(compress(document.texts, stays))
    starts = tuple(accumulate(map(len, texts), lambda at, length: at + length + 1, initial=0))[: len(texts)]
    left = page._replace(
        tags=tuple(compress(page.tags, filled)),
        parents=tuple(numbers[p] for p in compress(page.parents, filled)),
        depths=tuple(compress(page.depths, filled)),
        attributes=tuple(compress(page.attributes, filled)),
        hidden=tuple(compress(page.hidden, filled)),
        first=tuple(compress(first, filled)),
        last=tuple(compress(last, filled)),
        nodes=tuple(compress(page.nodes, filled)),
        owners=tuple(numbers[o] for o in compress(page.owners, stays)),
        link_chars=tuple(compress(page.link_chars, stays)),
        links=tuple(compress(page.links, stays)),
        images=tuple(compress(page.images, stays)),
        breaks=tuple(compress(page.breaks, stays)),
        runs=tuple(compress(page.runs, stays)),
        gone=_gone(document, gone, blocks, taken, filled),
    )
    before = [-1, *blocks]
    return Rest(
        Document(
            "\n".join(texts),
            "html",
            texts,
            starts,
            tuple(start + len(text) for start, text in zip(starts, texts, strict=True)),
            # What stood between two blocks sets them apart.
            tuple(document.gaps[i] or int(b < i - 1) for b, i in zip(before, blocks, strict=False)),
            page=left,
            title=document.title,
            budget=document.budget,
        ).claimed({}, {i: held[b] for i, b in enumerate(blocks) if b in held} if held else {}),
        blocks,
    )


def _gone(
    document: Document, gone: Mapping[int, str], blocks: Sequence[int], taken: Sequence[int], filled: Sequence[bool]
) -> Gone:
    """What `document` tells of what went."""
    page = document.page
    assert page is not None
    edges = [-1, *blocks, len(document.texts)]
    return Gone(
        tuple(taken[i] - taken[max(before, 0)] for before, i in pairwise(edges)),
        tuple(gone[i - 1] if before < i - 1 else "" for before, i in pairwise(edges)),
        tuple(gone[before + 1] if before < i - 1 else "" for before, i in pairwise(edges)),
        # Between most blocks nothing went.
        tuple(
            frozenset(map(gone.__getitem__, range(before + 1, i))) if before < i - 1 else _NONE
            for before, i in pairwise(edges)
        ),
        tuple(taken[b] - taken[a] for a, b in compress(zip(page.first, page.last, strict=True), filled)),
    )
