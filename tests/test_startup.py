"""A process pays only for what its documents ask for, and what is worked out fast is what its definition says."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest

from cleantext.find import normal
from cleantext.find.patterns import Linear, Pattern
from cleantext.registry import STORY, STORY_HTML
from cleantext.score import characters

PAGE = f"<!doctype html><html><body><nav><a href=/>Home</a></nav><h1>Mayor opens bridge</h1>{STORY_HTML}</body></html>"


@pytest.mark.parametrize(
    ("call", "unused"),
    [
        ("", {"numpy", "bs4", "regex", "rapidfuzz", "tomllib", "click", "importlib.resources"}),
        (f"cleantext.clean({STORY!r})", {"numpy", "bs4", "regex", "rapidfuzz", "tomllib", "click"}),
        (f"cleantext.clean({PAGE!r})", {"bs4", "regex", "rapidfuzz", "tomllib", "click"}),
    ],
    ids=["import", "text", "page"],
)
def test_what_is_not_needed_is_not_imported(call: str, unused: set[str]) -> None:
    code = f"import cleantext, sys\n{call}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not unused & set(done.stdout.split())


def test_characters_are_of_the_classes_that_they_say() -> None:
    signs = {sign: number for number, signs in characters._SIGNS.items() for sign in signs}
    table = characters.class_table()
    for code, char in enumerate(map(chr, range(0x10000))):
        says = [
            (char.isspace(), characters.SPACE),
            (char in signs, signs.get(char)),
            (any(begin <= code < end for begin, end in characters._UNSPACED), characters.IDEOGRAPH),
            (char.isdigit(), characters.DIGIT),
            (char.isupper(), characters.UPPER),
            (char.isalpha(), characters.LOWER),
            (True, characters.OTHER),
        ]
        assert table[code] == next(number for is_so, number in says if is_so), hex(code)


def test_digits_and_format_characters_are_folded() -> None:
    given = {*map(ord, normal._SEPARATORS), *normal._MARKS, *map(ord, "‘’‚‛`´“”„‟⁄ıيىك")}
    for code in range(0x110000):
        char = chr(code)
        folded = char.translate(normal._FOLD)
        if char.isdecimal():
            assert folded == "#", hex(code)
        elif code < 0x10000 and unicodedata.category(char) == "Cf":
            assert folded == "", hex(code)
        elif code not in given:
            assert folded == char, hex(code)
    assert len(normal._FOLD) <= normal._FOLDED


@pytest.mark.parametrize("make", [Linear, Pattern])
def test_a_pattern_is_compiled_when_it_is_searched_for(make: type[Linear | Pattern]) -> None:
    pattern = make("(")
    with pytest.raises(Exception, match=r"missing \)|unterminated"):
        pattern.search("(")
    found = make(r"b+").search("abbc")
    assert found is not None
    assert found.span() == (1, 3)


def test_a_pattern_of_the_users_is_checked() -> None:
    with pytest.raises(ValueError, match=r"'\(' is no regular expression: missing \)"):
        Pattern("(").check()
    Pattern(r"\p{L}").check()
