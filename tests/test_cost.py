"""Cost is linear in the text, and odd shapes of text cost no more than others."""

from __future__ import annotations

import gc
import itertools
import time
from collections.abc import Iterator

import pytest

from cleantext import Cleaner
from cleantext.registry import STORY

CLEANER = Cleaner()
PAGE = f"Mayor opens the bridge\n\n{STORY}\n\nRead also: Ten bridges\n\n{STORY}\n\nSimilar Posts\n\nLeave a Reply\n\n"
MIXED = [
    STORY,
    "Advertisement",
    "1 2 3 Next",
    "Tom Bly says:",
    "3 March 2026 at 10:12",
    "Home",
    "Photo: Ida Roe / Agency",
    "* a",
]


ARTICLE = f"{STORY}\n{STORY}\n"
# What a rule of the structure stage looks around for, as often as a text can hold it, each line a little different.
WORDS = [
    "".join(pair) for pair in itertools.product(("Ash", "Oak", "Elm", "Yew", "Fir"), ("ton", "ham", "ford", "wick"))
]
LOOKED_FOR = {
    "headings of lists": "More from {0} {1}\n",
    "arrows": "« {0} {1}\n",
    "tags": "Home\nx\nTopics\n",
    "hashtags": "#a #b #c\n",
    "speakers": "{0}. Reply\n",
    "threads": "3 thoughts on {0}\nTom\n3 March 2026\nReply\n",
    "menus": "{0}\n",
    "credits": "Music: {0} {1}\nPhoto: {1} {0}\n",
    "invitations": "Our newsletter in your inbox {0} {1}\n",
    "verses": "a {0}\nc {1}\nShare this\n\n",
}


@pytest.fixture(autouse=True)
def _nothing_besides(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No checks, and what other tests have left is not gone through while these measure."""
    monkeypatch.delenv("CLEANTEXT_CHECK")
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def seconds(source: str, runs: int) -> float:
    """The least processor time of some runs: what other processes take from the caches only ever adds to it."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        CLEANER.clean(source)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", [PAGE, STORY + "\n", "\n".join(MIXED) + "\n", "Ten > nine > eight\n"])
def test_ten_times_the_text_takes_at_most_twelve_times_as_long(piece: str) -> None:
    size = 100_000 // len(piece)
    small, large = float("inf"), float("inf")
    for _ in range(12):
        small = min(small, seconds(piece * size, 3))
        large = min(large, seconds(piece * size * 10, 1))
        if large <= 12 * small:
            return
    pytest.fail(f"{large / small:.1f} times as long")


@pytest.mark.parametrize("kind", LOOKED_FOR)
@pytest.mark.parametrize("order", ["{0}{1}", "{1}{0}"], ids=["below an article", "above it"])
def test_many_of_a_kind_cost_no_more_each(kind: str, order: str) -> None:
    def source(length: int) -> str:
        pairs = itertools.cycle(itertools.product(WORDS, WORDS))
        pieces = (LOOKED_FOR[kind].format(*next(pairs)) for _ in itertools.count())
        text = ""
        while len(text) < length:
            text += "".join(itertools.islice(pieces, 1000))
        return order.format(ARTICLE, text)

    small, large = seconds(source(60_000), 3), seconds(source(600_000), 1)
    assert large <= 20 * small, f"{large / small:.1f} times as long"  # 10 if it is linear, 100 if it is quadratic


@pytest.mark.parametrize(
    "source",
    [
        "\n" * 1_000_000,
        "a" * 10_000_000,
        "word " * 2_000_000,
        "(" * 1_000_000,
        "a/" * 1_000_000,
        "1 2 " * 500_000,
        "> " * 500_000,
        "#" * 1_000_000,
        " \u200b" * 1_000_000,
        "\u0301" * 1_000_000,
        "a: " * 400_000,
        "```\n" * 300_000,
        "Home\n" * 300_000,
        "a\n" * 1_000_000,
        "Copyright 2026\n" * 50_000,
        "Share this article\n\nA word. And more of them, so that it is prose.\n\n" * 5_000,
    ],
    ids=lambda s: repr(s[:4]),
)
def test_odd_shapes_end_soon(source: str) -> None:
    start = time.process_time()
    result = CLEANER.clean(source)
    assert time.process_time() - start < 10
    assert not result.problems


def test_a_notice_said_hundreds_of_times_goes_at_once() -> None:
    """And not line by line with every pass, until there are no more passes."""
    notice = "No part of this publication may be reproduced without written permission.\n"
    result = CLEANER.clean(f"{STORY}\n\n{STORY}\n\n{notice * 300}")
    assert not result.problems
    assert "publication" not in result.text
