"""What stands above the headline: the name of the site, its sections, its menu."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from cleantext.document import Document
from cleantext.find import LIKELY, take
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.patterns import Linear
from cleantext.find.phrases import phrases, words
from cleantext.find.repeats import Headline, repeats
from cleantext.find.zones import BAR_ITEMS, is_menu, stops, tells_author_or_date, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

MENU_SHARE = 0.6
ORNAMENTS = frozenset("→▸►▶•·▪◦»›☰≡＞")
PRESS = frozenset({"for immediate release", "press release", "news release", "media release", "embargoed"})
SURE_WORDS = 6  # a headline so long is no menu item
SITE_WORDS, MENU_LINES = 5, 4
NAME_WORDS = 10  # of a site's name with what it says of itself, right above its menu
SITE_NAMES = 16  # names that may be the site's, the last of them: the copyright stands at the end
DOMAIN = Linear(r"^(?:[^\W_]|-)+(?:\.(?:[^\W_]|-)+)*\.([^\W\d_]{2,6})$")


@rule(
    group="nav",
    stage="structure",
    reason="above the headline",
    examples=[
        f"⟦Tidewire News\nPolitics⟧\nMayor opens bridge after long wait\n\n{STORY}",
        f"⟦Skip to content\nWind & Wave\nHome > Local⟧\nMayor opens the bridge after a long wait\n\n{STORY}",
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
        # The item of a list may be the body's, unless those around it go.
        and (not document.texts[i].startswith(("- ", "* ")) or {i - 1, i + 1} <= document.claims.keys())
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
    first, space, _ = document.texts[index].partition(" ")
    return tells_author_or_date(document, facts(document), index) or (bool(space) and normal(first) in words("by"))


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
    labels = [phrases().look_up(token) for token in tokens]
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
