"""Documents for the fuzzer: known sources, broken at random.

A document follows from the seed and its number alone, so that any process can make any of them, and make it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple, TypeAlias

from cleantext.registry import STORY, STORY_HTML, rules

# How a document is handed over: as a str of either kind, as bytes that have to tell it themselves, as a tree.
Kind = Literal["text", "html", "bytes", "tree"]
Source: TypeAlias = "str | bytes"

FIXTURES = Path(__file__).parent.parent / "fixtures"
# Code points that most documents end at, and that a few do.
LONGEST, RARELY_LONGEST = 20_000, 200_000

TAGS = (
    "p div section article aside nav ul ol li dl dt dd h1 h2 h3 span a b i em strong br hr img table caption thead "
    "tbody tr td th colgroup col blockquote pre code figure figcaption header footer main form button input select "
    "option optgroup textarea label iframe noscript script style template svg math mi mtext annotation-xml "
    "foreignObject desc title head body html plaintext xmp listing frameset frame object video dialog details summary "
    "center font nobr marquee image ruby rt rp base link meta slot custom-tag o:p menu dir noembed noframes"
).split()
ATTRIBUTES = [
    "class=menu",
    "class='related-posts'",
    'class="comments"',
    "class=modal class=x",
    "class",
    "id=comments",
    "id='",
    "hidden",
    "aria-hidden=true",
    "style='display: none'",
    'style="visibility:hidden',
    "role=navigation",
    "href=/",
    "href='javascript:;'",
    "start=99999999999",
    "value=-1",
    "colspan=1000",
    "rowspan=0",
    "shadowrootmode=open",
    "type=application/ld+json",
    "itemprop=articleBody",
    "property=og:title content='Mayor opens bridge'",
    "rel=canonical href=//[::1",
    "lang=ar dir=rtl",
    "=x",
    '"',
    "\ud800=1",
    "a\0b",
    "data-x=" + "y" * 3000,
]
MARKUP = [
    "<!doctype html>",
    "<!--",
    "-->",
    "<!-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0' encoding='koi8-r'?>",
    "<?php",
    "</",
    "<",
    ">",
    "/>",
    "<a href=/>Home</a>",
    "<table><tr><td><table><tr><td>1</table>",
    "<p><b><p></b></p>",
    "<a><div><a>",
    "<svg><title>",
    "<math><mi><p>",
    "<select><p>",
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Mayor", </script>',
    "<script>'</scr' + '</p>'",
    "<script><!--<script></script>",
    "<template shadowrootmode=open><slot>",
    "<iframe><p>",
    "<body class=home>",
    "</body></html>",
    "<br>",
    "<br><br>",
    "<pre>\n```\n",
    "<ol start=3><li value=07>",
    "<meta charset=utf-16>",
    "<meta http-equiv=content-type content='text/html; charset=shift_jis'>",
]
ENTITIES = (
    "&amp; &lt &nbsp; &nbsp &#0; &#xD800; &#x110000; &#128; &#99999999999; &notit; &; &# &#x; &zwj; &#x202e;".split()
)
PHRASES = [
    "Leave a Reply",
    "Share this",
    "Share on Facebook",
    "Read more",
    "Read also: Ten bridges worth a long detour",
    "Related articles",
    "Similar Posts",
    "Advertisement",
    "Image 1",
    "Photo: Ida Roe / Agency",
    "By Ida Roe",
    "3 March 2026 at 10:12",
    "3 comments",
    "Tom Bly says:",
    "Reply",
    "Home",
    "Home > News > Tarn",
    "1 2 3 … 9 Next",
    "« Older",
    "© 2026 Tidewire News. All rights reserved.",
    "Subscribe to our newsletter",
    "We use cookies. Accept all",
    "Tags: football, cup, derby",
    "#bridge #tarn",
    "Mayor opens bridge after long wait",
    "MAYOR OPENS BRIDGE AFTER…",
    "Mayor opens bridge after long wait | Tidewire News",
    "Отправить комментарий",
    "コメントを残す",
    "اترك تعليقا",
    "- item",
    "12. item",
    "| a | b |",
    "> quoted",
    "```",
    "~~~",
    "$ ls",
    STORY,
    STORY_HTML,
]
ODD = [
    *"\0\t\v\f\x1c\x1f\x7f\x85\xa0\xad",
    *"\u0301\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u202c\u2060\u2066\u2069\u3000",
    *"\u2800\u3164\ud800\udc00\udfff\ufe0f\ufeff\ufffd\uffff\U000e0001\U0001f468\U0010ffff",
    "e\u0301\u0323",
    "\U0001f468\u200d\U0001f469",
    "İıßſK",
    "ﷺ",
    "\r\n",
    "\n\r",
    "\n\n\n",
    " \n ",
    "٣",
    "²",
    "Ⅷ",
    "①",
    "．",
    "：",
    "…",
    "–",
    "»",
    "“",
]
NEWLINES = ["\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\f", "\v", "\x1c", "<br>", " "]
TOKENS: list[str] = [*(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), *MARKUP, *ENTITIES, *PHRASES, *ODD]
# Errors of encodings are no concern: what cannot be written becomes a question mark.
CODECS = "utf-8 utf-8-sig utf-16 utf-16-le utf-32 cp1252 cp1251 koi8-r shift_jis euc_jp iso2022_jp gb18030 big5".split()

OPTIONS: dict[str, dict[str, object]] = {
    "default": {},
    "named": {"level": "named"},
    "strict": {"level": "strict", "extend_select": ["all"]},
    "keep": {"keep": [r"^S|\d|Reply"]},
    "ignore": {"ignore": ["comments", "nav", "headline"]},
    "own": {
        "rules": [
            {"name": "own-lines", "lines": ["^(The|By)\\b", "^-"]},
            {"name": "own-elements", "elements": [".menu", "td p"]},
        ]
    },
}
WEIGHTS = (5, 1, 2, 1, 1, 1)


class Document(NamedTuple):
    """A source, how it is handed over, and the name of the options it is cleaned with."""

    number: int
    source: Source
    kind: Kind
    options: str


def seeds(folder: Path | None = None) -> list[str]:
    """What documents are made of: sources of fixtures, examples of rules, and the files of a folder of one's own."""
    paths = sorted(FIXTURES.glob("*/source.*"))
    paths += sorted(path for path in folder.rglob("*") if path.is_file()) if folder is not None else []
    found = [path.read_bytes().decode("utf-8", "replace") for path in paths]
    found += [re.sub("[⟦⟧]", "", example) for rule in rules().values() for example in rule.examples]
    return found


def document(number: int, seed: int, known: Sequence[str]) -> Document:
    """The document of a number."""
    random = Random(f"{seed}:{number}")
    source = random.choice(known)
    is_page = source.lstrip().startswith("<")
    limit = LONGEST if random.random() < 0.995 else RARELY_LONGEST
    for _ in range(1 + min(12, int(random.expovariate(1 / 4)))):
        source = random.choice(OPERATIONS)(random, source, random.choice(known))[:limit]
    options = random.choices(list(OPTIONS), WEIGHTS)[0]
    kind: Kind = random.choices(("html", "text", "bytes", "tree"), (14, 3, 2, 1) if is_page else (2, 16, 2, 0))[0]
    return Document(number, _as_bytes(random, source) if kind == "bytes" else source, kind, options)


def _some(random: Random, length: int) -> int:
    """A number from 1 to `length`, small ones as likely as large ones."""
    return max(1, int(length ** random.random()))


def _slice(random: Random, length: int) -> tuple[int, int]:
    size = _some(random, length) if length else 0
    start = random.randint(0, length - size)
    return start, start + size


def _split(random: Random, source: str) -> list[str]:
    """A source in pieces: lines, tags with what stands between them, words or code points."""
    which = random.randrange(4)
    if which == 0:
        return source.splitlines(keepends=True)
    if which == 1:
        return [piece for piece in re.split("(<[^>]*>)", source) if piece]
    return [match[0] for match in re.finditer(r"\S+\s*|\s+", source)] if which == 2 else list(source)


def _token(random: Random) -> str:
    """Something to insert: a token, or a tag with attributes."""
    if random.random() < 0.7:
        return random.choice(TOKENS)
    chosen = random.choices(ATTRIBUTES, k=random.randint(1, 3))
    return f"<{random.choice(TAGS)} {' '.join(chosen)}{random.choice(['>', '>', '>', '/>', ''])}"


def _delete(random: Random, source: str, _: str) -> str:
    pieces = _split(random, source)
    start, end = _slice(random, len(pieces))
    return "".join(pieces[:start] + pieces[end:])


def _swap(random: Random, source: str, _: str) -> str:
    pieces = _split(random, source)
    a, b, c, d = sorted(random.randint(0, len(pieces)) for _ in range(4))
    return "".join(pieces[:a] + pieces[c:d] + pieces[b:c] + pieces[a:b] + pieces[d:])


def _repeat(random: Random, source: str, _: str) -> str:
    """One piece, a few or a thousand times."""
    pieces = _split(random, source)
    start, end = _slice(random, len(pieces))
    piece = "".join(pieces[start:end])
    times = min(_some(random, 2000), LONGEST // (len(piece) or 1))
    return "".join(pieces[:end]) + piece * times + "".join(pieces[end:])


def _splice(random: Random, source: str, other: str) -> str:
    """A piece of another source amid this one."""
    pieces, others = _split(random, source), _split(random, other)
    start, end = _slice(random, len(others))
    at = random.randint(0, len(pieces))
    return "".join(pieces[:at] + others[start:end] + pieces[at:])


def _join(random: Random, source: str, other: str) -> str:
    """The beginning of one source and the end of another."""
    pieces, others = _split(random, source), _split(random, other)
    return "".join(pieces[: random.randint(0, len(pieces))] + others[random.randint(0, len(others)) :])


def _insert(random: Random, source: str, _: str) -> str:
    pieces = _split(random, source)
    for _number in range(_some(random, 10)):
        pieces.insert(random.randint(0, len(pieces)), _token(random))
    return "".join(pieces)


def _insert_lines(random: Random, source: str, _: str) -> str:
    """Phrases on lines or in elements of their own."""
    pieces = source.splitlines(keepends=True)
    tag = random.choice(TAGS)
    for _number in range(_some(random, 8)):
        phrase = random.choice(PHRASES)
        line = f"<{tag}>{phrase}</{tag}>" if "<" in source else random.choice(["", "- ", "> ", "\u200b"]) + phrase
        pieces.insert(random.randint(0, len(pieces)), line + random.choice(NEWLINES[:4]))
    return "".join(pieces)


def _nest(random: Random, source: str, _: str) -> str:
    """All of it deep in elements, which may or may not end."""
    tag, times = random.choice(TAGS), _some(random, 1000)
    at = random.randint(0, len(source))
    return source[:at] + f"<{tag}>" * times + source[at:] + f"</{tag}>" * (random.randrange(2) * times)


def _truncate(random: Random, source: str, _: str) -> str:
    at = random.randint(0, len(source))
    return source[:at] if random.random() < 0.7 else source[at:]


def _change_case(random: Random, source: str, _: str) -> str:
    start, end = _slice(random, len(source))
    change: Callable[[str], str] = random.choice([str.upper, str.lower, str.swapcase, str.title])
    return source[:start] + change(source[start:end]) + source[end:]


def _change_newlines(random: Random, source: str, _: str) -> str:
    """Other newlines in some lines, or in all."""
    share = random.choice([0.1, 0.5, 1.0])
    new = random.choice(NEWLINES)
    lines = source.split("\n")
    return "".join(line + (new if random.random() < share else "\n") for line in lines[:-1]) + lines[-1]


def _flip(random: Random, source: str, _: str) -> str:
    """Some code points for others."""
    signs = list(source)
    for _number in range(_some(random, 20) if signs else 0):
        at = random.randrange(len(signs))
        signs[at] = random.choice(
            [random.choice(ODD), chr(random.randrange(0x20, 0x7F)), chr(random.randrange(0x110000))]
        )
    return "".join(signs)


def _escape(random: Random, source: str, _: str) -> str:
    """References for some code points."""
    start, end = _slice(random, len(source))
    piece = source[start : min(end, start + 50)]
    form = random.choice(["&#{};", "&#x{:x};", "&#{}"])
    return source[:start] + "".join(form.format(ord(sign)) for sign in piece) + source[start + len(piece) :]


OPERATIONS: Sequence[Callable[[Random, str, str], str]] = (
    _delete,
    _swap,
    _repeat,
    _splice,
    _splice,
    _join,
    _insert,
    _insert,
    _insert,
    _insert_lines,
    _insert_lines,
    _nest,
    _truncate,
    _change_case,
    _change_newlines,
    _flip,
    _escape,
)


def _as_bytes(random: Random, source: str) -> bytes:
    """A source in some encoding, a few bytes of it changed."""
    data = bytearray(source.encode(random.choice(CODECS), "replace"))
    for _ in range(random.choice([0, 0, 1, 5, 50]) if data else 0):
        data[random.randrange(len(data))] = random.randrange(256)
    return bytes(data)
