"""The names that elements go by, and the words that such names are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

SHORTEST = 4  # letters of a word that a number may be hung on
_DIGITS = "0123456789"
_PARTS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\WA-Za-z_]+")
# What build tools hang on names: "Footer_inner__x9Kd2" of CSS modules, "SiteFooter-bXkwqT" of styled components.
_HASHED = re.compile(
    r"^([A-Za-z][A-Za-z-]*_[A-Za-z-]+)__[\w-]{5,6}$|^([A-Z][A-Za-z]{3,})-[a-z](?=[a-zA-Z]*[A-Z])[a-zA-Z]{4,6}$"
)


def names_of(attributes: Mapping[str, Any], naming: Sequence[str] = ("class", "id")) -> list[str]:
    """The names in those attributes of an element that are `naming` it."""
    return [name for attribute in naming for name in (attributes.get(attribute) or "").split()]


def words_of(name: str) -> tuple[str, ...]:
    """The words a name is made of, in lower case, without numbers at their end and what build tools add.

    A part with a number inside is one word, and so is a short one with a number at its end, for they may be hashes:
    "e1e566ad" and "ad45" are no ads.
    """
    hashed = _HASHED.match(name)
    if hashed:
        name = hashed[1] or hashed[2]
    words: list[str] = []
    for part in _PARTS.findall(name):
        letters = part.rstrip(_DIGITS)
        if letters.isalpha() and (letters == part or len(letters) >= SHORTEST):
            words += [w.lower() for w in _CAMEL.findall(letters)]
        elif letters:
            words.append(part)
    return tuple(words)
