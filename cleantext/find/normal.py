"""A line as it is compared: the same key for every way of writing the same words.

``READ ALSO – Bridge opens …`` and ``Read also: Bridge opens`` have one key. Phrases go through the same door, so
whatever is folded here need not be thought of when a phrase is written down.
"""

from __future__ import annotations

import re
import unicodedata

QUOTES = "\"'“”„‟«»‹›‘’‚‛「」『』《》〈〉"
# What may stand around a line without being part of its words. "#" stays: it is a number here.
EDGES = (
    " \t.,:;!?…·•*+-–—=~_/\\|()[]{}<>^`@&%$€£" + QUOTES + "→←↑↓►▶▸▹◀◄▲▼▾■□▪●○◦★☆✓✔✕✖×©®™§。、，．：；！？｡。・؟،؛।॥۔՝¿¡"
)

_SEPARATORS = "|:»›–—−•·：｜_＿"
# Lower case, digits and bars of ASCII in one step, on bytes: str.translate would look every character up in a dict.
_ASCII = bytes(
    ord("#") if chr(c).isdecimal() else ord(":") if c == ord("|") else ord(chr(c).lower()) for c in range(128)
)
_ASCII += bytes(range(128, 256))

# Accents and vowel points: combining diacritics, Hebrew points, Arabic marks and the tatweel. The marks of Indic
# and Thai script are letters in all but name and stay, and so does the dakuten of Japanese kana.
_MARKS = [*range(0x300, 0x370), *range(0x591, 0x5C8), *range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670]
_MARKS += [*range(0x6D6, 0x6EE), 0x93C]  # the nukta of Devanagari is left out as often as not
_MARKS += [*range(0xFE00, 0xFE10), 0x20E3]  # what makes an emoji of a sign: variation selectors, the keycap
# No decimal digit of Unicode 16 stands beyond these, and format characters that do are none of any line.
_FOLDED, _FORMATTED = 0x20000, 0x10000


class _Fold(dict[int, "int | str | None"]):
    """What `str.translate` is to make of a code point; of those that are not given it is worked out when one comes."""

    def __missing__(self, code: int) -> int | str | None:
        if code >= _FOLDED:
            return code
        char = chr(code)
        if char.isdecimal():
            self[code] = "#"
        elif code < _FORMATTED and not char.isprintable() and unicodedata.category(char) == "Cf":
            self[code] = None
        else:
            self[code] = code
        return self[code]


_FOLD = _Fold(
    {
        **dict.fromkeys(map(ord, _SEPARATORS), ":"),
        **dict.fromkeys(_MARKS),
        **dict.fromkeys(map(ord, "‘’‚‛`´"), "'"),
        **dict.fromkeys(map(ord, "“”„‟"), '"'),
        ord("\N{FRACTION SLASH}"): "/",
        # One letter, two code points: Turkish dotless i in capitals, Arabic and Persian yeh and kaf.
        **{ord("ı"): "i", ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک"},
    }
)
# The same for ASCII, for lines that have nothing else but accents.
_PLAIN = bytes(_ASCII[c] if chr(c).isalpha() else ord(chr(c).translate(_FOLD)) for c in range(128)) + _ASCII[128:]
_ACCENTS = re.compile("[\u0300-\u036f]+")


def normal(line: str) -> str:
    """The key of `line`: case, accents, width, spacing and what surrounds the words folded away.

    Every number is one ``#`` (``1,204`` and ``1.2K`` too), and dashes, bars and arrows between words are ``: ``.
    """
    key = line
    if not key.isascii():  # typographic marks alone should not cost an English line the long way
        key = key.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", ":").replace("—", ":")
    if key.isascii():
        key = key.encode().translate(_ASCII).decode()
    else:
        key = unicodedata.normalize("NFKD", key).casefold()
        plain = _ACCENTS.sub("", key)
        if plain.isascii():
            key = plain.encode().translate(_PLAIN).decode()
        else:
            key = unicodedata.normalize("NFC", key.translate(_FOLD))
    if "#" in key:
        key = _numbers(key)
    if " - " in key:
        key = key.replace(" - ", ": ")
    if "  " in key or not key.isprintable():  # white space other than single spaces
        key = " ".join(key.split())
    if not (key[:1].isalnum() and key[-1:].isalnum()):
        key = _strip(key.strip(EDGES))
    if " :" in key:
        key = key.replace(" :", ":")
    return key


def trim(key: str) -> str:
    """`key` without edges: no letter or number is one, and most keys begin and end in those."""
    return key if key[:1].isalnum() and key[-1:].isalnum() else key.strip(EDGES)


def _numbers(key: str) -> str:
    while "##" in key:
        key = key.replace("##", "#")
    if key.find("#") != key.rfind("#"):  # several, which may be parts of one
        for separator in ("#.#", "#,#", "#\u066b#", "#\u066c#"):
            while separator in key:
                key = key.replace(separator, "#")
    return key.replace("(#)", "#").replace("[#]", "#").replace("#k ", "# ").replace("#m ", "# ")


def _inner(char: str) -> bool:
    return char.isalnum() or char == "#" or unicodedata.category(char)[0] in "LNM"


def _strip(key: str) -> str:
    first, last = 0, len(key)
    while first < last and not _inner(key[first]):
        first += 1
    while last > first and not _inner(key[last - 1]):
        last -= 1
    return key[first:last]
