"""Navigation: prompts, menus, breadcrumbs, pagination, links to the posts before and after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleantext.document import Document, once
from cleantext.find import LIKELY, phrases, take
from cleantext.find.facts import facts
from cleantext.find.neighbours import beside
from cleantext.find.normal import normal
from cleantext.find.patterns import LONG, Linear, holding
from cleantext.find.phrases import phrases as phrases_table
from cleantext.find.phrases import words
from cleantext.find.repeats import repeats
from cleantext.find.spaced import spaced
from cleantext.find.zones import TRAIL_SEPARATORS, is_menu, stops, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

SEPARATORS = (*TRAIL_SEPARATORS, " / ", " → ", " :: ", " « ")
_STEP = re.compile(r"\s(?:>|»|›|/|→|::|▸|＞|«)\s")
_SIGNS = frozenset(">»›/→▸＞«")  # that stand between labels and in none
LABELS, FIRST_CHARS, LABEL_CHARS = range(2, 8), 40, 80  # of a trail, and characters of them
PAGES = Linear(
    r"^[«‹<←\s]*+(?:[^\W\d_]{1,12}\s)?\d{1,3}(?!\d)(?:(?:\s?[|·,]\s?|\s)?(?:\d{1,4}(?!\d)|\.\.\.|…)){2,}+"
    r"(?:\s[^\W\d_]+){0,3}[»›>→\s]*$"
)
TITLE_WORDS = 20  # of a link with an arrow
LEFT, RIGHT = ("←", "«", "‹", "<<", "◄", "◀", "⟵", "<-", "⬅"), ("→", "»", "›", ">>", "►", "▶", "⟶", "->", "➡")


@rule(
    group="nav",
    reason="navigation prompt",
    examples=[
        "⟦Skip to main content⟧\nMayor opens bridge after long wait",
        "He told the class to skip to the main content of the letter.",
    ],
)
def nav_prompt(document: Document) -> Iterator[Finding]:
    """Skip links, "back to top", log-in and search prompts, "page 2 of 9".

    Removes: a line that is, as a whole, a navigation phrase of a phrase pack.

    Keeps: sentences that contain such words; single words that may be a heading (see nav-label).

    Source: the phrase packs.
    """
    return phrases(document, "nav")


@rule(
    group="nav",
    stage="structure",
    reason="menu label",
    examples=[
        f"{STORY}\n\n⟦© 2026 Tidewire Media\nHome\nNews\nContact us⟧",
        f"Home\n\n{STORY}\n\nNews\n\n{STORY}",
    ],
)
def nav_label(document: Document) -> Iterator[Finding]:
    """One-word menu items and other labels, where their place or their neighbours prove them.

    Removes: lines such as "Home", "Menu" or "Next article" in a row of such lines before or after the body, or beside
    a line that goes for certain.

    Keeps: the same words as headings, list items or table cells of the body.

    Source: the phrase packs; how often such lines stand outside and inside the body of labelled pages.
    """
    return beside(document, "nav")


@rule(
    group="nav",
    stage="structure",
    reason="breadcrumb trail",
    examples=[
        f"⟦Home > News > Local⟧\nMayor opens bridge after long wait\n\n{STORY}",
        f"Mayor opens bridge after long wait\n⟦News > Local\nTopics > Bridges⟧\n\n{STORY}",
        f"⟦Accueil\u00a0»\u00a0Villes\u00a0»\u00a0Ponts⟧\nMayor opens bridge after long wait\n\n{STORY}",
        f"How to mend the line\n\n{STORY}\n\nSettings > Network > Advanced\n\n{STORY}",
    ],
)
def breadcrumb(document: Document) -> Iterator[Finding]:
    """The trail of sections that leads to the page.

    Removes: labels joined by ">", "»", "›", "→" or "/" above or right below the headline, there also one below the
    other; anywhere outside the body, if the first is "Home".

    Keeps: paths in a how-to ("Settings > Network > Advanced") amid the body.

    Source: the usual separators of breadcrumb trails.
    """
    where, headline = zones(document), repeats(document)
    below = headline.at + 1 if headline is not None else -1
    plain = spaced(document)
    for index in holding(plain, SEPARATORS):
        text, head = plain.texts[index], where.head(index)
        if not (head or where.tail(index)) or not _is_trail(text):
            continue
        first = text
        for separator in SEPARATORS:
            first = first.split(separator)[0]
        at_home = first.strip().casefold() in words("home")
        steps = sum(text.count(s) for s in SEPARATORS)
        if stops(text) or facts(document).prose[index]:
            continue
        above = steps > 1 if headline is None else index <= below and index != headline.at
        if at_home or (head and above):
            if index == below:
                below += 1  # trails of one page in more than one category
            yield take(document, index, why=f"{len(text.split())} words", score=LIKELY)


def _is_trail(text: str) -> bool:
    """Whether a line is two to seven labels with a separator between them; some may stand at its ends."""
    if len(text) > LONG:
        return False
    labels = _STEP.split(text.lstrip(">»›→▸＞« \t").rstrip(">»›→▸＞ \t"))
    return (
        len(labels) in LABELS
        and len(labels[0]) <= FIRST_CHARS
        and all(0 < len(label) <= LABEL_CHARS and _SIGNS.isdisjoint(label) for label in labels)
    )


def _leads_on(text: str) -> bool:
    """Whether a bar of page numbers ends in a word such as "Next"."""
    last = text[max(map(text.rfind, "0123456789")) + 1 :].strip()
    label = phrases_table().look_up(normal(last)) if last else None
    return label is not None and label.group == "nav"


@rule(
    group="nav",
    stage="structure",
    reason="menu on one line",
    examples=[
        f"{STORY}\n\n⟦© 2026 Tidewire Media\nRecipes | Workshops | Shop | About⟧",
        f"Mayor opens bridge after long wait\n\n{STORY}\n\nOak | ash | elm | yew\n\n{STORY}",
    ],
)
def menu_line(document: Document) -> Iterator[Finding]:
    """Several short labels on one line, above the headline or after the body.

    Removes: three or more labels of up to 3 words, joined by bars or bullets, outside the body.

    Keeps: such lines amid the body, and as the last of it: rows of a table.

    Source: how flattened pages show a menu bar.
    """
    where, headline = zones(document), repeats(document)
    above = headline.at if headline is not None and where.article else 0
    beyond = [i for i in document.claims if where.tail(i)]
    for index, text in enumerate(spaced(document).texts):
        if not (index < above or (beyond and index > beyond[0])):
            continue
        if is_menu(text):
            yield take(document, index, why="labels in a row", score=LIKELY)


@rule(
    group="nav",
    reason="page numbers",
    examples=[
        "The council votes again in May.\n⟦1 2 3 ... 12 Next⟧",
        "Home 2 1 3 Away",
    ],
)
def page_numbers(document: Document) -> Iterator[Finding]:
    """The bar that leads to the other pages of a list.

    Removes: a line of at least three rising page numbers that begins with 1 and ends in a word or an ellipsis.

    Keeps: scores, tables, number rows of the body.

    Source: the default pagination of common content management systems.
    """
    for index, key in enumerate(facts(document).keys):
        if "#" not in key or ("# #" not in key and "#: #" not in key):
            continue
        text = document.texts[index]
        numbers = [int(t) for t in text.replace(",", " ").replace("|", " ").split() if t.isdecimal()]
        if (
            numbers[:2] == [1, 2]
            and numbers == sorted(set(numbers))
            and (_leads_on(text) or "…" in text or "..." in text or text[-1] in "»›>→")
            and PAGES.search(text)
        ):
            yield take(document, index, why=f"{len(numbers)} numbers", score=LIKELY)


@rule(
    group="nav",
    stage="structure",
    reason="link to the previous or next page",
    examples=[
        f"{STORY}\n\n⟦← Ten bridges worth a detour\nWhy the Tarn floods in May →⟧",
        f"{STORY}\n\n← the old bed of the river\n\n{STORY}",
        f"{STORY}\n\nEt Ida Roe de conclure\u00a0: «\u00a0Le pont tient\u00a0»",
    ],
)
def arrow_link(document: Document) -> Iterator[Finding]:
    """Titles with an arrow before or behind them, after the body or above the headline.

    Removes: a line of up to 20 words that begins with an arrow to the left or ends with one to the right.

    Keeps: arrows amid the body; what somebody says in marks of the same form.

    Source: themes of blogs, which set the neighbouring posts so.
    """
    where, known = zones(document), facts(document)
    for index in where.outside(len(document.texts)):
        text = document.texts[index]
        sign = text[0] if text.startswith(LEFT) else text[-1] if text.endswith(RIGHT) else ""
        if not sign or known.words[index] > TITLE_WORDS or index == where.headline or stops(text):
            continue
        if not (_is_speech(document, text) if text[0] in "«‹" else _closes(text)):
            yield take(document, index, why=f"“{sign}”", score=LIKELY)


def _is_speech(document: Document, text: str) -> bool:
    """Whether a line that opens with « is what somebody says: it is closed, or others open so too."""
    return "»" in text or "›" in text or _opening(document) > 1


def _closes(text: str) -> bool:
    """Whether a line ends with the quotation mark that closes what it opened."""
    return any(text[-1] == closing and opening in text for opening, closing in ("«»", "‹›"))


@once
def _opening(document: Document) -> int:
    """How many lines open with «."""
    return sum(text[0] in "«‹" for text in document.texts)
