"""Navigation: site names and sections above the headline, menus, breadcrumbs, pagination."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from cleantext.document import Document, once
from cleantext.find import LIKELY, phrases, take
from cleantext.find.facts import facts
from cleantext.find.neighbours import beside
from cleantext.find.normal import normal
from cleantext.find.patterns import LONG, Linear, holding
from cleantext.find.phrases import phrases as phrases_table
from cleantext.find.phrases import words
from cleantext.find.repeats import Headline, repeats
from cleantext.find.spaced import spaced
from cleantext.find.zones import BAR_ITEMS, TRAIL_SEPARATORS, is_date, is_menu, stops, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

SEPARATORS = (*TRAIL_SEPARATORS, " / ", " → ", " :: ", " « ")
_STEP = re.compile(r"\s(?:>|»|›|/|→|::|▸|＞|«)\s")
_SIGNS = frozenset(">»›/→▸＞«")  # that stand between labels and in none
LABELS, FIRST_CHARS, LABEL_CHARS = range(2, 8), 40, 80  # of a trail, and characters of them
MENU_SHARE = 0.6
ORNAMENTS = frozenset("→▸►▶•·▪◦»›☰≡＞")
PAGES = Linear(
    r"^[«‹<←\s]*+(?:[^\W\d_]{1,12}\s)?\d{1,3}(?!\d)(?:(?:\s?[|·,]\s?|\s)?(?:\d{1,4}(?!\d)|\.\.\.|…)){2,}+"
    r"(?:\s[^\W\d_]+){0,3}[»›>→\s]*$"
)
PRESS = frozenset({"for immediate release", "press release", "news release", "media release", "embargoed"})
SURE_WORDS = 6  # a headline so long is no menu item
SITE_WORDS, MENU_LINES, TITLE_WORDS = 5, 4, 20
NAME_WORDS = 10  # of a site's name with what it says of itself, right above its menu
SITE_NAMES = 16  # names that may be the site's, the last of them: the copyright stands at the end
LEFT, RIGHT = ("←", "«", "‹", "<<", "◄", "◀", "⟵", "<-", "⬅"), ("→", "»", "›", ">>", "►", "▶", "⟶", "->", "➡")
DOMAIN = Linear(r"^(?:[^\W_]|-)+(?:\.(?:[^\W_]|-)+)*\.([^\W\d_]{2,6})$")


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
        f"⟦Accueil\u00a0»\u00a0Villes\u00a0»\u00a0Ponts⟧\nMayor opens bridge after long wait\n\n{STORY}",
        f"How to mend the line\n\n{STORY}\n\nSettings > Network > Advanced\n\n{STORY}",
    ],
)
def breadcrumb(document: Document) -> Iterator[Finding]:
    """The trail of sections that leads to the page.

    Removes: labels joined by ">", "»", "›", "→" or "/" above or right below the headline; anywhere outside the body, if
    the first is "Home".

    Keeps: paths in a how-to ("Settings > Network > Advanced") amid the body.

    Source: the usual separators of breadcrumb trails.
    """
    where = zones(document)
    plain = spaced(document)
    for index in holding(plain, SEPARATORS):
        text = plain.texts[index]
        if not _is_trail(text):
            continue
        first = text
        for separator in SEPARATORS:
            first = first.split(separator)[0]
        at_home = first.strip().casefold() in words("home")
        steps = sum(text.count(s) for s in SEPARATORS)
        if stops(text) or facts(document).prose[index]:
            continue
        if (at_home and (where.head(index) or where.tail(index))) or (
            where.head(index) and _above(document, index) and (steps > 1 or repeats(document) is not None)
        ):
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


def _above(document: Document, index: int) -> bool:
    """Whether a block stands above the headline, or right under it."""
    headline = repeats(document)
    return headline is None or (index <= headline.at + 1 and index != headline.at)


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
    reason="above the headline",
    examples=[
        f"⟦Tidewire News\nPolitics⟧\nMayor opens bridge after long wait\n\n{STORY}",
        f"Bridges of the north\nMayor opens bridge after long wait\n\n{STORY}",
    ],
)
def masthead(document: Document) -> Iterator[Finding]:
    """The site's name, its sections and its menu, above the headline.

    Removes: lines of up to 5 words above the headline that name a section ("Politics"), hold a word of newspapers'
    names ("News", "Herald"), are a domain name, or stand as the site's name behind a copy of the headline or after ©.
    Such a line takes unknown short lines above it along. Of two lines or more above a headline of six words or more, or
    one that is repeated, the short ones are a menu whatever they say.

    Keeps: a single unknown line above the headline: a series title, a kicker; "For immediate release"; where the
    headline is not repeated also numbers, authors and dates with what stands above them, for a short title may.

    Source: word lists of the phrase packs.
    """
    headline, where = repeats(document), zones(document)
    if headline is None or not where.article or not headline.at:
        return
    short = _short_lines(document, headline)
    evident = _evident(document, short)
    if len(evident) == 1 and 0 in evident and " " in document.texts[0] and facts(document).labels[0] is not None:
        evident = {}  # "About us" alone is what the page is about
    for index, why in sorted((_menu(document, headline, short, evident) | evident).items()):
        yield take(document, index, why=why, score=LIKELY)


def _short_lines(document: Document, headline: Headline) -> list[int]:
    """The lines above the headline that may be names, sections or menu items."""
    known = facts(document)
    repeated = {r.at for r in headline.repeats}
    return [
        i
        for i in range(headline.at)
        if i not in document.claims
        and known.keys[i] not in PRESS
        and i not in repeated
        and (
            known.words[i] <= SITE_WORDS
            or _names_sections(known.keys[i])
            or is_menu(document.texts[i])
            or (known.words[i] <= NAME_WORDS and is_menu(document.texts[i + 1]))
        )
        and not stops(document.texts[i])
        and not document.texts[i].startswith(("- ", "* "))
    ]


def _evident(document: Document, short: list[int]) -> dict[int, str]:
    """Those of the short lines that are the site's by themselves, with what marks them."""
    names = list(dict.fromkeys(_site_names(document)))[-SITE_NAMES:]
    evident = {i: why for i in short if (why := _evidence(document, i, names))}
    ornate = [i for i in short if document.texts[i][0] in ORNAMENTS]
    if len(ornate) >= MENU_LINES - 1:
        evident = {i: f"one of {len(ornate)} lines that begin with a sign" for i in ornate} | evident
    return evident


def _menu(document: Document, headline: Headline, short: list[int], evident: dict[int, str]) -> dict[int, str]:
    """The short lines that others above the headline, or a headline that is certain, make a menu."""
    known = facts(document)
    others = ("byline", "caption")
    proof = [*evident, *(i for i, g in document.claims.items() if i < headline.at and g not in others)]
    menu = short if headline.doubled else _before_title(document, headline, short, proof)
    # What holds a comma, a colon or (where nothing is known) a number is no menu item.
    plain = [i for i in menu if not any(c in ",:" or (c.isdigit() and not proof) for c in document.texts[i])]
    found: dict[int, str] = {}
    if headline.at > 1 and (headline.doubled or (len(proof) > 1 and known.words[headline.at] >= SURE_WORDS)):
        apart = document.gaps[headline.at] > 0 and not document.gaps[headline.at - 1]
        spared = -1 if headline.doubled or apart else headline.at - 1  # a short headline above its standfirst?
        found = {i: f"one of {headline.at} lines above the headline" for i in plain if i != spared}
    if len(proof) > 1 or proof == [1]:
        found |= {i: "above a known label" for i in menu if i < max(proof)}
    elif not proof and len(plain) >= MENU_LINES and headline.doubled:
        found |= {i: f"one of {len(plain)} short lines" for i in plain}
    return found


def _before_title(document: Document, headline: Headline, short: list[int], proof: list[int]) -> list[int]:
    """The short lines that may be a menu where it is not certain which line is the headline.

    A title of few words and what belongs to it may stand among them: who wrote it and when, a score, years. What a
    blank line sets off from every line that is proved is no menu either.
    """
    known = facts(document)
    byline = next((i for i in range(headline.at) if _tells_author_or_date(document, i)), headline.at)
    stop = byline - 1 if byline < headline.at else headline.at
    sections = list(accumulate(gap > 0 for gap in document.gaps[: headline.at]))
    together = len(set(sections)) < headline.at  # at least two lines with no blank line between them
    proved = {sections[i] for i in proof}
    return [
        i
        for i in short
        if i < stop and "#" not in known.keys[i] and (not together or not proved or sections[i] in proved)
    ]


def _tells_author_or_date(document: Document, index: int) -> bool:
    known = facts(document)
    label = known.labels[index]
    first = document.texts[index].partition(" ")[0]
    author = (label is not None and label.group == "byline") or (
        " " in document.texts[index] and normal(first) in words("by")
    )
    return author or is_date(document, known, index)


def _evidence(document: Document, index: int, names: list[str]) -> str:
    """What marks a line above the headline as the site's, "" if nothing does."""
    known = facts(document)
    text, key = document.texts[index], known.keys[index]
    if not key:
        return "a sign without words"
    if key in words("sections"):
        return "a section"
    if any(key in name for name in names):
        return "named again with the headline or the copyright"
    if (domain := DOMAIN.search(text)) and domain[1].islower():
        return "a domain name"
    if not words("site").isdisjoint(key.split()):
        return "a word of newspapers' names"
    if _names_sections(key) or is_menu(text):
        return "sections and menu labels in a row"
    label = known.labels[index]
    if label is not None and label.group == "nav" and "#" not in key and text[-1] not in ".?!…":
        return f"“{label.phrase}” ({label.language})"
    return ""


def _names_sections(key: str) -> bool:
    return 2 < key.count(" ") + 1 <= BAR_ITEMS.stop and _menu_share(key) >= MENU_SHARE


def _menu_share(key: str) -> float:
    """The share of the words of `key` that are sections or menu labels."""
    tokens = key.split()
    labels = [phrases_table().look_up(token) for token in tokens]
    found = sum(
        t in words("sections") or (x is not None and x.group == "nav") for t, x in zip(tokens, labels, strict=True)
    )
    return found / len(tokens)


def _site_names(document: Document) -> list[str]:
    """Keys of what stands beside the headline in copies of it, and after a copyright sign."""
    known = facts(document)
    names: list[str] = []
    headline = repeats(document)
    if headline is not None:
        base = normal(document.texts[headline.at])
        names += [
            normal(document.texts[repeat.at]).replace(base, "").strip(": ")
            for repeat in headline.repeats
            if repeat.how in ("with a suffix", "with a prefix")
        ]
    names += [known.keys[i] for i, text in enumerate(document.texts) if text[0] == "©"]
    return [name for name in names if name]


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
