"""Copyright lines and other legal notices of the site's."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY, PROBABLE, phrases, take
from cleantext.find.context import amid_code
from cleantext.find.cues import cue
from cleantext.find.facts import facts
from cleantext.find.neighbours import beside, linked
from cleantext.find.normal import normal
from cleantext.find.patterns import Linear
from cleantext.find.phrases import phrases as phrases_table
from cleantext.find.phrases import words
from cleantext.find.zones import is_menu, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

COPYRIGHT = Linear(
    r"^(?:©|ⓒ|\([cC]\)\s)[^.!?]{0,40}?\b(?:19|20)\d\d\b"
    r"|^(?i:copyright)\s?(?::|©|\([cC]\))?\s?(?:19|20)\d\d\b"
    r"|^(?:19|20)\d\d\s?(?:-|–)?\s?(?:(?:19|20)\d\d)?\s?©"
)
# With the sign, and with the word alone, which may open a sentence.
COPYRIGHT_WORDS, NOTICE_WORDS = 40, 12
ADDRESS_LINES = 4  # unknown lines below the copyright; more are verses, or a list
BODY_WORDS = 25  # a line of prose this long below it means that the body goes on


@rule(
    group="legal",
    reason="legal notice",
    examples=[
        "The final score was 2-1.\n⟦All rights reserved⟧",
        "All rights reserved to the crown in 1702 went back to the town.",
    ],
)
def legal_notice(document: Document) -> Iterator[Finding]:
    """Reservations of rights, bans on copying, disclaimers.

    Removes: a line that is, as a whole, a legal phrase of a phrase pack.

    Keeps: legal texts, whose clauses stand in sentences and sections.

    Source: the phrase packs.
    """
    return phrases(document, "legal")


@rule(
    group="legal",
    reason="copyright line",
    examples=[
        "The final score was 2-1.\n⟦© 2026 Tidewire Media. All rights reserved.⟧",
        "Copyright was what they argued about in 2019, and still do.",
    ],
)
def copyright_line(document: Document) -> Iterator[Finding]:
    """The site's copyright line.

    Removes: a line of up to 40 words that opens with ©, (c) or "Copyright" and a year.

    Keeps: sentences about copyright.

    Source: the customary form of copyright notices.
    """
    known = facts(document)
    body_end = max((i for i, p in enumerate(known.prose) if p and known.words[i] >= BODY_WORDS), default=-1)
    for index in range(body_end + 1, len(document.texts)):  # above it is an imprint, or a notice that the text quotes
        text = document.texts[index]
        if not (text[0] in "©ⓒ(Cc12" and known.words[index] <= COPYRIGHT_WORDS) or amid_code(document, index):
            continue
        match = COPYRIGHT.search(text)
        if match is not None and _is_sentence(text[match.end() :]):
            continue  # "Copyright 1923 was stamped on the back of each."
        if match is not None and (text[0] not in "Cc" or known.words[index] <= NOTICE_WORDS):
            yield take(document, index, why=f"“{match.group()[:40]}”", score=LIKELY)
        elif text[0] == "©":
            found = cue(document, index)
            if found is not None and found[1] == "legal":
                yield take(document, index, why=f"© and “{found[0]}”", score=LIKELY)


def _is_sentence(rest: str) -> bool:
    """Whether what follows the year of a copyright goes on as a sentence does, in ordinary words up to a full stop."""
    rest = rest.lstrip(" -–,0123456789")
    word = rest.partition(" ")[0]
    reserved = phrases_table().look_up(normal(rest)) if rest else None
    return rest[:1].islower() and rest[-1] in ".!?" and word not in words("by") and reserved is None


@rule(
    group="legal",
    stage="structure",
    reason="legal label",
    examples=[
        f"{STORY}\n\n⟦© 2026 Tidewire Media\nTerms of use\nPrivacy policy⟧",
        f"Privacy policy\n\n{STORY}",
    ],
)
def legal_label(document: Document) -> Iterator[Finding]:
    """Footer labels such as "Terms of use".

    Removes: such labels beside a line that goes for certain, or in a row of them outside the body.

    Keeps: the same words as headings of the body.

    Source: the phrase packs.
    """
    return beside(document, "legal")


@rule(
    group="legal",
    stage="structure",
    reason="below the copyright line",
    examples=[
        f"{STORY}\n\n⟦© 2026 Tidewire Media\nQuay Street 12, Tarnmouth⟧",
        f"© 2019 Ida Roe\nFor my mother\n\n{STORY}",
    ],
)
def footer_line(document: Document) -> Iterator[Finding]:
    """What stands below the copyright line at the end of the page.

    Removes: the lines from a copyright line to the end, if no prose of the body follows.

    Keeps: a book's imprint: the text follows it; more than four lines of unknown wording: a poem below its author's
    copyright.

    Source: the copyright line is the last thing of a page but for addresses and links.
    """
    where, known = zones(document), facts(document)
    if not where.article:
        return
    marks = [i for i, g in document.claims.items() if g == "legal" and where.tail(i) and document.texts[i][0] in "©("]
    if not marks:
        return
    known_lines = {*document.claims, *linked(document)}
    below = [
        i
        for i in range(min(marks) + 1, len(document.texts))
        if i not in known_lines and not known.prose[i] and not is_menu(document.texts[i])
    ]
    unknown = [i for i in below if cue(document, i) is None]
    for index in below:
        if len(unknown) <= ADDRESS_LINES or index not in unknown:
            yield take(document, index, score=PROBABLE)
