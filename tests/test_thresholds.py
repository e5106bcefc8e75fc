"""Where a rule stops: two texts that differ in one number, word or line, one on each side of a limit."""

from __future__ import annotations

import pytest

from cleantext import clean
from cleantext.document import Lines
from cleantext.registry import STORY

HEADLINE = "Mayor opens the new Tarn bridge"
IMAGE = f"{HEADLINE} - Image 1"
BELOW_IMAGE = f"{HEADLINE}\n\n{STORY}\n\n{IMAGE}\n"
PAGE = f"{STORY}\n\n{STORY}\n\n"
TITLES = "Ten bridges worth a long detour\nWhy the Tarn floods in every May\n"


def sentence(words: int) -> str:
    return " ".join(["word"] * (words - 1)).capitalize() + " end."


def related(times: int) -> str:
    return PAGE + f"Related\n{TITLES}\n{STORY}\n\n" * (times - 1) + f"Related\n{TITLES}"


@pytest.mark.parametrize(
    ("page", "gone"),
    [
        # A copy of the headline differs in a letter; the entry of a price list in a number.
        (f"Boots for the hills of men\n\n{PAGE}Boot for the hills of men\n", ["Boot for the hills of men"]),
        (f"Boots 41 for the hills of men\n\n{PAGE}Boots 42 for the hills of men\n", []),
        # A caption in the paragraph of its alt text has up to 45 words, one below it is a sentence of up to 24.
        (f"{BELOW_IMAGE}{sentence(45)}\n\n{STORY}\n", [IMAGE, sentence(45)]),
        (f"{BELOW_IMAGE}{sentence(46)}\n\n{STORY}\n", [IMAGE]),
        (f"{BELOW_IMAGE}\n{sentence(24)}\n\n{STORY}\n", [IMAGE, sentence(24)]),
        (f"{BELOW_IMAGE}\n{sentence(25)}\n\n{STORY}\n", [IMAGE]),
        # A weak heading of related articles stands once or twice; more often it is a part of the text.
        (related(2), ["Related", *TITLES.splitlines()] * 2),
        (related(3), []),
        # A mark of advertisements may go on in a word or two; what does so three times is somebody who speaks.
        ("Advertisement. Buy soap!\nIda. No.\n", ["Advertisement. Buy soap!"]),
        ("Advertisement. Buy soap!\nIda. No.\nAdvertisement. More soap!\nIda. No!\nAdvertisement. Please!\n", []),
        # Three unknown lines between two buttons are the bar's; a list of four with numbers is the body's.
        (f"{PAGE}Share this\nOne\nTwo\nShare on Facebook\n", ["Share this", "One", "Two", "Share on Facebook"]),
        (
            f"{PAGE}Share this\n200 g flour\n3 eggs\n1 lemon\n50 g sugar\nShare on Facebook\n",
            ["Share this", "Share on Facebook"],
        ),
        # A headline may be in the first 60 lines.
        (
            "Leave a Reply\n" * 57 + f"Home\n{HEADLINE}\n\n{STORY}\n\n{HEADLINE}\n\n{STORY}\n",
            ["Leave a Reply"] * 57 + ["Home", HEADLINE],
        ),
    ],
)
def test_limits(page: str, gone: list[str]) -> None:
    removed = [line for span in clean(page).removed for line in span.text.splitlines() if line.strip()]
    assert removed == gone


@pytest.mark.parametrize(
    ("source", "offset", "position"),
    [("", 0, (1, 1)), ("a\n", 2, (1, 3)), ("a\nb", 2, (2, 1)), ("a\r\nb", 3, (2, 1)), ("a\n\nb", 2, (2, 1))],
)
def test_line_and_column(source: str, offset: int, position: tuple[int, int]) -> None:
    assert Lines(source).position(offset) == position
