"""Credits of photographers and agencies: a line of its own, or the end of a caption."""

from __future__ import annotations

from functools import cache

from cleantext.find.normal import normal
from cleantext.find.patterns import Pattern
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
TAIL_CHARS, CAPTION_LEAST = 80, 4
# Most lines are paragraphs: they end in a full stop, credits in none.
ENDS = '.,:;!?…"”।。'
OPENING, CLOSING = "([（【", ")]）】"
SENTENCE_ENDS = '.!?”"’)。！？'
SENTENCE_BREAKS = (" / ", ". ", "! ", "? ", "” ", '" ', ") ", "。", " | ", " – ", " — ")
# Signs before a caption in Korean and Japanese papers, and cameras.
CAMERAS = ("▲", "△", "📷", "📸", "🎥", "📹", "🎦")
NAME_CREDIT = Pattern(
    r"^[(\[]?(?:\p{Lu}[\p{L}.'’-]*\s){0,3}\p{Lu}[\p{L}.'’-]*\s?[/|]\s?\p{L}[\p{L} .&'’-]{1,40}[)\]]?$"
)


def may_be_credit(text: str, key: str) -> bool:
    """Whether it is worth asking `credit`: a line of English prose or a heading has no sign of one."""
    if text[-1] in ENDS and text[-2:-1] not in CLOSING:
        return False
    if not text.isascii() or ":" in text or "/" in text or "=" in text or key in AGENCIES:
        return True
    return key.partition(" ")[0] in _label_starts()


def credit(text: str, key: str, *, loose: bool = False, alone: bool = False) -> str:
    """What makes `text` a credit, "" if nothing does.

    `loose` where it stands at the end of a caption, `alone` where it stands between paragraphs.
    """
    bare = text.strip("()[]（）【】|·•-–—：: ").replace("=", ":").replace("＝", ":").replace("／", "/")
    key = key.replace("=", ":").replace("＝", ":")
    labels = words("credit")
    label, colon, _ = key.partition(":")
    if colon and (label in labels or (label.count(" ") < LABEL_WORDS and label.rpartition(" ")[2] in labels)):
        name = max(bare.partition(":")[2], bare.partition("：")[2], key=len).strip()
        if _is_name(name) or (loose and name.count(" ") < 3):
            return f"“{label}:” and a name"
    if "/" in bare:
        label, _, name = bare.partition("/")
        if normal(label) in labels and _is_name(name):
            return f"“{label.strip()}/” and a name"
        if label and normal(label.split()[-1]) in labels and _is_name(name) and _is_name(label):
            return "an agency's credit"
        names = [normal(part) for part in bare.split("/")]
        named = all(_is_name(part) for part in bare.split("/"))
        if named and (loose or names[-1] in AGENCIES or names[0] in AGENCIES) and NAME_CREDIT.search(text):
            return "a name and an agency"
        spaced = " /" in bare or "/ " in bare or " - " in bare
        if alone and named and " " in label.strip() and " " in name.strip() and not spaced and NAME_CREDIT.search(text):
            return "two names joined by a slash"
    if bare.startswith("©"):
        name = bare[1:].strip()
        return "© and a name" if _is_name(name) and not any(c.isdigit() for c in name) else ""
    if bare.startswith(CAMERAS):
        return "a camera sign"
    if key in AGENCIES and key not in ALSO_WORDS:
        return "an agency alone"
    first = key.split(" ", LABEL_WORDS)
    for count in range(1 if loose else 2, min(len(first), LABEL_WORDS + 1)):
        label = " ".join(first[:count])
        if label in labels and (
            (loose and (count > 1 or len(first) == count + 1)) or _is_name(" ".join(bare.split()[count:]))
        ):
            return f"“{label}” and a name"
    return ""


def end_credit(text: str) -> str:
    """The credit behind the last sentence of a caption, "" if there is none."""
    if text[-1] in ENDS:
        return ""
    bare = text
    if bare[-1] in CLOSING:
        opening = max(bare.rfind(mark) for mark in OPENING)
        inner, before = bare[opening + 1 : -1].strip(), bare[:opening].rstrip()
        if opening < 1 or not inner or any(c.isdigit() for c in inner) or len(inner.split()) > INNER_WORDS:
            return ""
        if credit(inner, normal(inner), loose="/" not in inner or before[-1:] in SENTENCE_ENDS):
            return inner
        named = ("/" in inner or ":" in inner) and before[-1:] in SENTENCE_ENDS
        return inner if named and all(_is_name(p.strip()) for p in inner.replace("/", ":").split(":")) else ""
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
            words_there = 1 < len(inner.split()) + (":" in inner) <= INNER_WORDS
            # Behind a slash a name alone may as well be the next step of a trail.
            labelled = mark != " / " or normal(inner).partition(" ")[0].rstrip(":") in _label_starts()
            told = bare[:at].count(" ") + 1 >= CAPTION_LEAST
            if told and words_there and labelled and credit(inner, normal(inner), loose=_is_labelled(inner)):
                return inner
            at = bare.find(mark, at + 1)
    return ""


def _is_name(text: str) -> bool:
    """Whether `text` can be the name of a photographer or an agency: few words, capitalised, no digits but a year."""
    tokens = [t for t in text.replace("/", " ").replace("|", " ").split() if t[0].isalpha()]
    if not tokens or len(tokens) > NAME_WORDS:
        return False
    capital = sum(not t[0].islower() for t in tokens)
    return capital >= max(1, 0.6 * len(tokens)) and not tokens[0][0].islower()


def _is_labelled(text: str) -> bool:
    """Whether a label of a credit stands in front: one with a colon, or one of several words."""
    key = normal(text)
    label, colon, _ = key.partition(":")
    start = " ".join(key.split(" ")[:2])
    return (bool(colon) and label.rpartition(" ")[2] in words("credit")) or start in words("credit") or "/" in text


@cache
def _label_starts() -> frozenset[str]:
    return frozenset(label.split()[0] for label in words("credit"))
