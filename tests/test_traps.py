"""Body text that stands right beside boilerplate and holds its words: it stays."""

from __future__ import annotations

from typing import Any

import pytest

from cleantext import clean
from cleantext.registry import STORY

SENTENCES = [
    "The company declined to comment.",
    "A spokesman could not be reached for comment.",
    "The council has been approached for comment.",
    "She is back from Paris.",
    "Doors open from 7pm.",
    "This article was translated from French.",
    "Donations go to the lifeboat.",
    "The museum will show a replica.",
    "I love you, she said.",
    "No more was said.",
    "The sponsor is unknown.",
    "The advertisement was withdrawn.",
    "The cookies were gone by noon.",
    "Copyright law is silent on this.",
    "Copyright 1923 was stamped on the back of each.",
    "(c) 1998 is when the first edition appeared, he told me.",
    "Editor's note: the canal was closed twice in 2024 after this walk.",
    "This article was first published in the spring issue of the society's yearbook.",
    "Die Firma wollte das nicht kommentieren.",
    "La empresa no quiso hacer comentarios.",
    "Las cookies se acabaron.",
    "Nadie quiso compartir la mesa.",
    "Le maire n'a pas souhaité faire de commentaire.",
    "Компания отказалась от комментариев.",
]
LAYOUTS = {
    "before a share bar": "{story}\n\n{story}\n\n{sentence}\n\nShare this article\n",
    "after a related line": "{story}\n\nREAD MORE: Ten bridges worth a detour\n\n{sentence}\n\n{story}\n",
    "after an ad": "{story}\n\nAdvertisement\n\n{sentence}\n\n{story}\n",
    "above the footer": "{story}\n\n{story}\n\n{sentence}\n\n© 2026 Tidewire Media\n",
    "between two": "{story}\n\n{story}\n\nAdvertisement\n\n{sentence}\n\nShare this article\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_beside_boilerplate_stay(sentence: str, layout: str) -> None:
    result = clean(LAYOUTS[layout].format(story=STORY, sentence=sentence))
    assert sentence in result.text, result.removed


@pytest.mark.parametrize(
    "line",
    [
        "Never miss a deadline again with a wall calendar",
        "Stay up to date with your vaccinations.",
        "Become a member of a union early",
        "Share your thoughts with a colleague before the meeting",
        "Report an error early and it costs nothing",
        "Was this method helpful to early farmers",
        "Reproduction without permission slips was common in the old schools.",
        "Tried this recipe with spelt flour and it was heavy.",
        "5 odpowiedzi na pytania o grzyby",
        "3 răspunsuri la întrebările cititorilor",
    ],
)
def test_lines_that_begin_as_a_prompt_does_stay_amid_the_article(line: str) -> None:
    result = clean(f"{STORY}\n\n{line}\n\n{STORY}\n")
    assert line in result.text, result.removed


@pytest.mark.parametrize(
    "paragraph",
    [
        "Sign up for our newsletter. Nobody has said those words to me in person, yet I read them forty times a "
        "day, and each time I wonder who is meant.",
        "Subscribe to continue reading. I read those words each morning, and each morning I close the page and go "
        "out for a long walk by the sea.",
        "Read more: that was her advice to every writer who came to the house, and most of them did.",
        "Leave a comment, the card said. So I left one, in pencil, about the soup and the view from the stairs.",
    ],
)
def test_paragraphs_that_open_with_a_phrase_stay(paragraph: str) -> None:
    assert paragraph in clean(f"The words on the page\n\n{STORY}\n\n{paragraph}\n\n{STORY}\n").text


@pytest.mark.parametrize(
    "options",
    [{"keep": ["Image 1$"]}, {"select": ["caption-below"]}, {"ignore": ["image-alt-line", "headline"]}],
    ids=str,
)
def test_a_line_that_stays_takes_nothing_along(options: dict[str, Any]) -> None:
    page = (
        f"Mayor opens the new Tarn bridge\n\n{STORY}\n\nMayor opens the new Tarn bridge - Image 1\n"
        "The mayor on Monday.\n\nThe ferry makes its last trip on Friday.\n\nChildren may steer it.\n"
    )
    assert clean(page, **options).text == page
    assert "The mayor on Monday." not in clean(page).text


def test_a_story_that_begins_with_talk_stays() -> None:
    talk = "What are you looking for?\nMy brother.\nJust a moment...\nCan't you see that it's shut?\n\n"
    page = f"The last boat\n\n{talk}{STORY}\n"
    assert clean(page).text == page


def test_dated_posts_of_a_forum_are_its_content() -> None:
    names = ["Pim Oss", "Wyn Ode", "Ada Quill", "Bo Reed"]
    posts = [
        "\n".join(f"{when} it was {what}" for what in ("shut", "wet", "late", "blue", "far", "cold"))
        for when in ("Once", "Twice", "Then", "Again")
    ]
    thread = "".join(
        f"{n}\n{day} March 2026\n\n{p}\n\n" for day, (n, p) in enumerate(zip(names, posts, strict=True), 3)
    )
    last = "Eli Moor\n9 March 2026\n\nI waited.\nReply\n\nFay North\n10 March 2026\n\nAnd it opened.\nReply\n"
    article = f"{STORY}\n\n{STORY}\n\n"
    assert "And it opened." in clean(f"Is it open on Sundays?\n\n{article}{thread}{last}").text
    assert "And it opened." not in clean(f"It is open on Sundays\n\n{article}{last}").text


@pytest.mark.parametrize(
    ("between", "stays"),
    [("\nSheep rest\n", True), ("Sheep rest\n", False), ("Sheep     1\n", True)],
    ids=["heads what is below", "in the bar", "row of a table"],
)
def test_what_stands_between_two_buttons(between: str, stays: bool) -> None:
    page = f"{STORY}\n\nShare on Facebook\n{between}Copy link\n\n{STORY}\n\n{STORY}\n"
    assert (between.strip() in clean(page).text) == stays


def test_code_stays_and_what_stands_outside_its_fence_goes() -> None:
    page = f"{STORY}\n\n```\nLeave a Reply\nShare this article\n```\n\n{STORY}\n\nLeave a Reply\n"
    assert clean(page).text == page.removesuffix("\n\nLeave a Reply\n") + "\n"


def test_a_prompt_that_a_program_prints_stays() -> None:
    page = f'{STORY}\n\nif (open) {{\n  print("Reply?");\nLeave a Reply\n  wait(3);\n}}\n\n{STORY}\n'
    assert clean(page).text == page


def test_little_prose_is_no_article() -> None:
    """Below 60 words of prose nothing has a head or a tail: a recipe's or a poem's lines are not judged by place."""
    prose = "The ferry runs from six in the morning until midnight, and on Sundays it does not run before nine at all."
    page = f"Home\nThe ferry between the two harbours\n\n{prose}\n\nRelated\nBus to the market\nTrain to the coast\n"
    assert clean(page).text == page
    assert clean(page.replace(prose, f"{prose}\n\n{STORY}")).removed


def test_words_of_another_language_are_no_cues() -> None:
    """A cue word counts in the language of the page: "kommentar" is one, but not in an English text."""
    lines = f"Newsletteranmeldung\n{STORY}\n\n{STORY}\n\nLeiser {{}} zum Frühstück\n\n{{}}\n"
    german = clean(lines.format("Kommentarbereich", "Schreibe einen Kommentar\nDeine E-Mail-Adresse"))
    english = clean(lines.format("Kommentarbereich", "Leave a Reply\nYour email address"))
    assert "Leiser" in english.text
    assert "Leiser" not in german.text


def test_a_thai_paragraph_is_prose() -> None:
    paragraph = "สะพานใหม่ข้ามแม่น้ำเปิดให้รถยนต์คันแรกวิ่งผ่านเมื่อวันจันทร์ที่ผ่านมาหลังจากที่สภาเมืองลงมติเมื่อเก้าปีก่อนและช้ากว่ากำหนดสี่ปี"
    page = f"{paragraph}\n\nแชร์บทความนี้\n\n{paragraph}\n\nแสดงความคิดเห็น\n"
    assert clean(page).text.count(paragraph) == 2


def test_each_of_several_invitations_amid_the_article_goes() -> None:
    """Cue words are asked for in the rest of the text for more than the first two of them."""
    lines = [
        "The weekly newsletter comes to your inbox",
        "An email alert for every story, sign up in a minute",
        "Choose your mailing list and unsubscribe when you like",
        "Straight to your phone: the paper by whatsapp",
    ]
    body = "".join(f"{STORY}\n\n{line}\n\n" for line in lines)
    assert not [line for line in lines if line in clean(f"Skip to main content\n\n{body}{STORY}\n").text]


def test_a_prompt_amid_the_article_heads_no_thread() -> None:
    prompt = "What are your thoughts? Join the conversation below"
    page = f"{STORY}\n\n{prompt}\n\n{STORY}\n\n{STORY}\n\n3 March 2026\n\nReply\n"
    assert clean(page).text.count(STORY) == 3


def test_headings_that_begin_as_the_headline_does_stay() -> None:
    parts = "".join(f"Lemon tart with thyme: {part}\n{STORY}\n\n" for part in ("ingredients", "method", "serving"))
    assert clean(page := f"Lemon tart with thyme\n\n{parts}").text == page


def test_a_phrase_begins_no_sentence_that_the_same_phrase_carries_on() -> None:
    once = clean("your email address will not be published\n" * 60)
    assert once.text == ""
