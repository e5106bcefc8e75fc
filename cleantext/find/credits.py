"""Credits of photographers and agencies: a line of its own, or the end of a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cleantext.document import Document, once
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.phrases import words

# Photo agencies that stand alone or behind a slash; those of the second set are also words or initials.
AGENCIES = frozenset(
    "ap afp reuters getty epa efe ansa dpa tass xinhua alamy shutterstock istock unsplash pexels pixabay handout imago "
    "belga anp tt ntb ritzau lehtikuva pap apa keystone zuma bloomberg flickr pa rex".split()
) | {"getty images", "adobe stock", "wikimedia commons", "pa wire"}
ALSO_WORDS = frozenset({"ap", "pa", "tt", "rex", "flickr", "handout", "bloomberg", "keystone"})
# Words of a credit, of its label, of a credit behind a caption, and of a name.
CREDIT_WORDS, LABEL_WORDS, INNER_WORDS, NAME_WORDS = 14, 3, 9, 8
# Characters at the end in which a credit stands, and words of the caption before it.
TAIL_CHARS, CAPTION_LEAST, LABELLED_LEAST = 80, 4, 3
TAKEN_CHARS = 120  # of a caption that ends in a name and "taken"
HAN_CHARS, CASELESS_WORDS = 8, 3  # of a name in Chinese characters, and in another script without capitals
LIST_LINES = 6  # above and below that are looked at
REMEMBERED = 1_000  # lines, for the passes that ask again
# Most lines are paragraphs: they end in a full stop, credits in none.
ENDS = '.,:;!?…"”।。'
OPENING, CLOSING = "([（【", ")]）】"
SENTENCE_ENDS = '.!?”"’)。！？'
SENTENCE_BREAKS = (" / ", ". ", "! ", "? ", "” ", '" ', ") ", "। ", "。", " | ", " – ", " — ", " - ")
_BREAK_SIGNS = re.compile("[" + re.escape("".join({sign for mark in SENTENCE_BREAKS for sign in mark.strip()})) + "]")
# Signs before a caption in Korean and Japanese papers, and cameras.
CAMERAS = ("▲", "△", "📷", "📸", "🎥", "📹", "🎦")
SIGNS = frozenset({*CAMERAS, "©"})
# What may stand around a credit.
EDGE_SIGNS = "()[]（）【】|·•-–—：: "
_NAME = r"[^\W\d_](?:[^\W\d_]|[.'’-])*"
_NAME_CREDIT = re.compile(
    rf"^[(\[]?((?:{_NAME}\s){{0,3}}{_NAME})\s?[/|]\s?[^\W\d_](?:[^\W\d_]|[ .&'’-]){{1,40}}[)\]]?$"
)


# A photographer's name before the word for "taken", which ends captions in Japanese and Chinese papers.
_TAKEN = re.compile(r"(?:^|[（(、，。＝=\s/／])\w[\w・ ]{0,10}\w ?(?:撮影|摄影?|攝影?)[)）]?$")
_TAKEN_SIGNS = frozenset("影摄攝)）")


@once
def unended(document: Document) -> list[int]:
    """The blocks that end as a credit may: most lines are paragraphs, which end in a full stop."""
    return [i for i, text in enumerate(document.texts) if text[-1] not in ENDS or text[-2:-1] in CLOSING]


def may_be_credit(text: str, key: str) -> bool:
    """Whether it is worth asking `credit` about an unended line: one of prose or a heading has no sign of a credit."""
    if "/" in text or "=" in text or key in AGENCIES:
        return True
    label, colon, _ = key.partition(":")
    if colon and _ends_in_label(label):
        return True
    first = key.partition(" ")[0]
    if first in _label_starts() and (first[-1] == "." or any(_leading_labels(key.split(" ", LABEL_WORDS), 2))):
        return True
    return not text.isascii() and ("＝" in text or "／" in text or text.lstrip(EDGE_SIGNS)[:1] in SIGNS)


@lru_cache(REMEMBERED)
def credit(text: str, key: str, *, loose: bool = False, alone: bool = False) -> str:
    """What makes `text`, which is not long, a credit, "" if nothing does.

    `loose` where it stands at the end of a caption, `alone` where it stands between paragraphs.
    """
    bare = text.strip(EDGE_SIGNS).replace("=", ":").replace("＝", ":").replace("／", "/")
    key = key.replace("=", ":").replace("＝", ":")
    labels = _labels(loose)
    label, colon, _ = key.partition(":")
    if colon and _ends_in_label(label, loose):
        name = max(bare.partition(":")[2], bare.partition("：")[2], key=len).strip()
        if _is_name(name) or (loose and name.count(" ") < 3):
            return f"“{label}:” and a name"
    if "/" in bare:
        label, _, name = bare.partition("/")
        if normal(label) in labels and _is_name(name):
            return f"“{label.strip()}/” and a name"
        words = label.split()
        if words and normal(words[-1]) in labels and _is_name(name) and _is_name(label):
            return "an agency's credit"
        names = [normal(part) for part in bare.split("/")]
        named = all(_is_name(part) for part in bare.split("/"))
        if named and (loose or names[-1] in AGENCIES or names[0] in AGENCIES) and _is_name_credit(text):
            return "a name and an agency"
        spaced = " /" in bare or "/ " in bare or " - " in bare
        if alone and named and " " in label.strip() and " " in name.strip() and not spaced and _is_name_credit(text):
            return "two names joined by a slash"
    if bare.startswith("©"):
        name = bare[1:].strip()
        return "© and a name" if _is_name(name) and not any(c.isdigit() for c in name) else ""
    if bare.startswith(CAMERAS):
        return "a camera sign"
    short, stop, name = bare.partition(". ")
    if stop and " " not in short and normal(short) in labels and _is_name(name):
        return f"“{short}.” and a name"
    if key in AGENCIES and key not in ALSO_WORDS:
        return "an agency alone"
    first = key.split(" ", LABEL_WORDS)
    for label in _leading_labels(first, 1 if loose else 2, loose):
        count = label.count(" ") + 1
        if (loose and (count > 1 or len(first) == count + 1)) or _is_name(" ".join(bare.split()[count:])):
            return f"“{label}” and a name"
    return ""


@lru_cache(REMEMBERED)
def end_credit(text: str) -> str:
    """The credit behind the last sentence of `text`, no longer than captions are, "" if there is none."""
    if text[-1] in ENDS:
        return ""
    if text[-1] in _TAKEN_SIGNS and len(text) <= TAKEN_CHARS and (taken := _TAKEN.search(text)):
        return taken[0].strip("（()）、，。＝=/／ ")
    bare = text
    if bare[-1] in CLOSING:
        opening = max(bare.rfind(mark) for mark in OPENING)
        inner, before = bare[opening + 1 : -1].strip(), bare[:opening].rstrip()
        if opening < 1 or not inner or any(c.isdigit() for c in inner) or len(inner.split()) > INNER_WORDS:
            return ""
        if credit(inner, normal(inner), loose="/" not in inner or before[-1:] in SENTENCE_ENDS):
            return inner
        agency, colon, _ = inner.partition(":")
        named = "/" in inner or (colon and any(t.isupper() and len(t) > 1 for t in agency.split()))
        if named and before[-1:] in SENTENCE_ENDS:
            return inner if all(_is_name(part.strip()) for part in inner.replace("/", ":").split(":")) else ""
        return ""
    if not _BREAK_SIGNS.search(bare):
        return ""
    end = bare[-TAIL_CHARS:]
    if not (":" in end or "/" in end or "©" in end or "=" in end or "：" in end):
        if _label_starts().isdisjoint(end.lower().split()):
            return ""
    for mark in SENTENCE_BREAKS:
        at = bare.find(mark)
        while at > 0:
            inner = bare[at + len(mark) :]
            if inner.startswith("/") and _is_name(inner[1:].strip()):
                return inner
            words_there = 1 < sum(map(_has_letter, inner.split())) + (":" in inner) <= INNER_WORDS
            # Behind a slash or a hyphen a name alone may as well be the next step of a trail, or a title.
            labelled = mark not in (" / ", " - ") or normal(inner).partition(" ")[0].rstrip(":") in _label_starts()
            told = bare[:at].count(" ") + 1 >= (LABELLED_LEAST if ":" in inner else CAPTION_LEAST)
            if told and words_there and labelled and credit(inner, normal(inner), loose=_is_labelled(inner)):
                return inner
            at = bare.find(mark, at + 1)
    return ""


def in_list_of_credits(document: Document, index: int) -> bool:
    """Whether lines around a credit say who did other things: "Music: Ida Roe" in the list of a film or a play."""
    known = facts(document)
    for step in (-1, 1):
        for distance in range(1, LIST_LINES + 1):
            other = index + step * distance
            if not 0 <= other < len(document.texts) or document.gaps[max(other, other - step)]:
                break
            role, colon, name = document.texts[other].partition(":")
            if not colon or known.labels[other] is not None or role.count(" ") >= LABEL_WORDS or not _is_name(name):
                break
            if not _ends_in_label(normal(role)):
                return True
    return False


def _is_name(text: str) -> bool:
    """Whether `text` can be the name of a photographer or an agency: few words, capitalised, no digits but a year."""
    every = text.replace("/", " ").replace("|", " ").split()
    if any((t[0].isdigit() and not t.strip(".,()").isdigit()) or t.endswith(("'s", "’s")) for t in every):
        return False  # "177mm", "Men's"
    tokens = [t for t in every if t[0].isalpha()]
    if not tokens or len(tokens) > NAME_WORDS:
        return False
    if not text.isascii() and tokens[0][0].lower() == tokens[0][0].upper():
        return _is_caseless_name(tokens)
    if tokens[0] in ("A", "An"):
        return False  # "Photography: A Short History"
    capital = sum(not t[0].islower() for t in tokens)
    return capital >= max(1, 0.6 * len(tokens)) and not tokens[0][0].islower()


def _is_name_credit(text: str) -> bool:
    """Whether up to four capitalised words stand before a slash or a bar, and a name behind it."""
    match = _NAME_CREDIT.match(text)
    return match is not None and all(word[0].isupper() for word in match[1].split())


def _has_letter(token: str) -> bool:
    return any(map(str.isalpha, token))


def _is_caseless_name(tokens: list[str]) -> bool:
    """Whether words of a script without capitals can be a name: few and short, with no grammar in between."""
    name = "".join(tokens)
    if any("\u3040" <= c <= "\u309f" for c in name):
        return False  # hiragana: a phrase
    if any("\u3400" <= c <= "\u9fff" for c in name):
        return len(name) <= HAN_CHARS
    return len(tokens) <= CASELESS_WORDS


@cache
def _labels(loose: bool) -> frozenset[str]:
    """Labels of credits; at the end of a caption, "source" in many languages is one, alone it may be a table's."""
    return words("credit") | words("source") if loose else words("credit")


def _ends_in_label(label: str, loose: bool = False) -> bool:
    """Whether what stands before a colon is a label of a credit, or a few words that end in one."""
    labels, label = _labels(loose), label.rstrip(".")  # "fot."
    return label in labels or (label.count(" ") < LABEL_WORDS and label.rpartition(" ")[2] in labels)


def _leading_labels(first: list[str], least: int, loose: bool = False) -> Iterator[str]:
    """The labels of `least` words or more that stand before other words; `first` are the first words of a key."""
    for count in range(least, min(len(first), LABEL_WORDS + 1)):
        label = " ".join(first[:count]).rstrip(".")  # "fot.", "dok."
        if label in _labels(loose):
            yield label


def _is_labelled(text: str) -> bool:
    """Whether a label of a credit stands in front: one with a colon, or one of several words."""
    key = normal(text)
    label, colon, _ = key.partition(":")
    start = " ".join(key.split(" ")[:2])
    return (bool(colon) and label.rpartition(" ")[2] in _labels(True)) or start in _labels(True) or "/" in text


@cache
def _label_starts() -> frozenset[str]:
    return frozenset(label.split()[0] for label in _labels(True))
