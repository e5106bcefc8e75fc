"""The phrase packs are held to one form, and look-up does what a phrase says."""

from __future__ import annotations

import tomllib

import pytest

from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.packs import folder, packs, parse
from cleantext.find.phrases import ALWAYS, HEADING, STRENGTHS, phrases
from cleantext.find.table import part_key
from cleantext.read.text import read_text
from cleantext.registry import GROUPS

PACKS = dict(packs(folder()))
WORDS = {"home", "sections", "site", "image", "credit", "source", "by", "months", "ago"}


@pytest.mark.parametrize("language", PACKS)
def test_pack_form(language: str) -> None:
    pack = PACKS[language]
    assert pack.keys() <= {*GROUPS, "words", "cues"}
    assert pack["words"].keys() == WORDS
    assert pack.get("cues", {}).keys() <= set(GROUPS)
    seen: dict[tuple[str, ...], str] = {}
    for group in pack.keys() - {"words", "cues"}:
        assert pack[group].keys() <= set(STRENGTHS)
        for strength, lines in pack[group].items():
            for phrase in lines.split("\n"):
                if not phrase:
                    continue
                parts = tuple(part_key(part) for part in phrase.split("*")) if "*" in phrase else (normal(phrase),)
                assert any(any(map(str.isalpha, p)) for p in parts), phrase
                assert not (phrase.startswith("*") and phrase.endswith("*")), phrase
                assert parts not in seen, f"{phrase!r} is in {seen.get(parts)} too"
                seen[parts] = f"{group}.{strength}"


@pytest.mark.parametrize(
    "text",
    [
        '[share]\nalways = """\nit\'s “here”\n"""\n',
        '[share]\nalways = """\ntab\\there\n"""\n',
        "[share]\nalways = '''\none\n'''\nedge = \"\"\"\ntwo\n\"\"\"\n",
    ],
)
def test_a_pack_is_read_as_toml(text: str) -> None:
    assert parse(text) == tomllib.loads(text)


def test_english_comes_first_and_has_every_group() -> None:
    assert next(iter(PACKS)) == "en"
    assert PACKS["en"].keys() == {*GROUPS, "words", "cues"} - {"headline", "body", "site", "own"}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("» READ ALSO – Bridge opens …", "read also: bridge opens"),
        ("Comments (1,204)", "comments #"),
        ("1.2K shares", "# shares"),
        ("Straße", "strasse"),
        ("ΣΧΌΛΙΑ", "σχολια"),
        ("σχόλιας", "σχολιασ"),
        ("YORUMLARI GÖSTER", "yorumlari goster"),
        ("yorumları göster", "yorumlari goster"),
        ("Ｃｏｍｍｅｎｔｓ", "comments"),
        ("تَعليق", "تعلیق"),
        ("コメントを残す。", "コメントを残す"),
        ("ガイド", "ガイド"),
        ("댓글 ３개", "댓글 #개"),
        ("\u202aLeave\u00a0a  Reply\u202c", "leave a reply"),
        ("“Leave a reply”", "leave a reply"),
        ("...", ""),
        ("हिन्दी", "हिन्दी"),
        ("यह ख़बर भी पढ़ें", "यह खबर भी पढें"),
        ("✉️ Newsletter", "newsletter"),
        ("Newsletter ⬇️", "newsletter"),
        ("1️⃣ Share", "# share"),
    ],
)
def test_one_key_for_every_way_to_write_it(line: str, key: str) -> None:
    assert normal(line) == normal(key) == normal(normal(line))
    assert normal(line) == key or not line.isascii()


@pytest.mark.parametrize(
    "line",
    [
        "Leave a Reply",
        "LEAVE A REPLY »",
        "12 comments",
        "Your email address will not be published.",
        "Read also: Ten bridges",
    ],
)
def test_look_up_finds(line: str) -> None:
    label = phrases().look_up(normal(line)) or phrases().look_up_parts(normal(line))
    assert label is not None
    assert label.strength in (ALWAYS, HEADING)


@pytest.mark.parametrize(
    "line",
    [
        "She had to leave a comment in the visitors' book.",
        "Read also the second chapter, where the keeper returns.",
        "Ida: Advertisement.",
        "2. Leave a reply",
        "12 comments were filed with the court.",
    ],
)
def test_look_up_leaves_sentences_alone(line: str) -> None:
    key = normal(line)
    label = phrases().look_up(key) or phrases().look_up_parts(key)
    assert label is None or label.strength not in (ALWAYS, HEADING)


@pytest.mark.parametrize(
    ("line", "group"),
    [
        ("Das könnte dir auch gefallen: Zehn Brücken, die einen Umweg lohnen", "related"),
        ("You might also enjoy – Ten bridges worth a detour", "related"),
        ("この記事に関連するニュース：遠回りする価値のある十の橋", "related"),
        ("You might also enjoy: a note on the method that the council has used for its survey.", ""),
        ("Related posts: 12", "related"),
        ("À lire aussi > Dix ponts qui valent le détour", "related"),
        ("READ MORE ↗ Ten bridges", "related"),
        ("精选留言（3）", "comments"),
        ("“On bir köprü” için bir yanıt", "comments"),
        ("[Leave a Reply](https://example.org/a/#respond)", "comments"),
        ('* [Skip to content](https://example.org/a?b=(c) "To the text")', ""),
        ("[![](https://example.org/a.png) Leave a Reply](https://example.org/a)", "comments"),
    ],
)
def test_a_line_is_labelled_in_the_forms_that_it_comes_in(line: str, group: str) -> None:
    label = facts(read_text(f"{line}\n")).labels[0]
    assert (label.group if label is not None else "") == group
