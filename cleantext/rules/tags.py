"""Keywords that a site files an article under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY, phrases, take
from cleantext.find.facts import facts
from cleantext.find.neighbours import beside, linked
from cleantext.find.patterns import LONG, holding
from cleantext.find.phrases import ALWAYS, HEADING, NEAR
from cleantext.find.zones import stops, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

SIGNS = "#＃"  # that begin a hashtag
_BETWEEN_TAGS = re.compile(r"[\s,·|]+")
# Of what a hashtag is made (Unicode categories), besides hyphens and what joins letters or does not, as in Persian.
TAG_CATEGORIES = frozenset("Lu Ll Lt Lm Lo Mn Mc Me Nd Nl Pc".split())
JOINED = "-\u200c\u200d"
TAG_WORDS = 4


@rule(
    group="tags",
    reason="tag line",
    examples=[
        "The final score was 2-1.\n⟦Tags: football, cup, derby⟧",
        "Tags are sewn into the collar by hand.",
    ],
)
def tag_line(document: Document) -> Iterator[Finding]:
    """Lines that name the tags, topics or categories of the article.

    Removes: a line that is, as a whole, a tag phrase of a phrase pack ("Tags: …", "Filed under …").

    Keeps: sentences with such words.

    Source: the phrase packs.
    """
    return phrases(document, "tags")


@rule(
    group="tags",
    stage="structure",
    reason="tag label",
    examples=[
        f"{STORY}\n\n⟦Share this article\nTags⟧",
        f"Tags\n\n{STORY}",
    ],
)
def tag_label(document: Document) -> Iterator[Finding]:
    """The heading of a tag list, beside a line that goes for certain or at the very end.

    Removes: "Tags", "Topics" and their like outside the body.

    Keeps: the same words above prose.

    Source: the phrase packs.
    """
    return beside(document, "tags")


@rule(
    group="tags",
    stage="structure",
    reason="list of tags",
    examples=[
        f"{STORY}\n\n⟦#bridge #tarn #council⟧",
        f"{STORY}\n\n⟦#کتاب\u200cخوانی #تاریخ⟧",
        f"{STORY}\n\n⟦Share this article\nTags\nbridge\nriver Tarn\ncouncil⟧",
        f"{STORY}\n\n#bridge and #tarn were the words of the day, and the council had chosen neither.\n\n{STORY}",
    ],
)
def tag_list(document: Document) -> Iterator[Finding]:
    """Hashtags at the end, and short lines below a tag heading.

    Removes: a line of nothing but hashtags after the body; a tag heading after the body with the lines of up to 4 words
    below it.

    Keeps: hashtags in a quoted post or in a sentence; "Topics" and its like with nothing of the site's above or below.

    Source: the layout of blog themes.
    """
    where, known = zones(document), facts(document)
    for index in holding(document, SIGNS):
        text = document.texts[index]
        if text[0] not in SIGNS or not _is_hashtags(text):
            continue
        count = sum(map(text.count, SIGNS))
        alone = count == 1 and {index - 1, index + 1}.isdisjoint(document.claims)  # a heading, a line of code
        if where.tail(index) and not alone and any(map(str.isalpha, text)):
            yield take(document, index, why=f"{count} hashtags", score=LIKELY)
    last = -1
    furniture = {*document.claims, *known.labelled, *linked(document)} if known.labelled else set()
    for index in known.labelled:
        label = known.labels[index]
        if index <= last or label is None or label.group != "tags" or not where.tail(index) or label.strength == NEAR:
            continue
        last = index
        for below in range(index + 1, len(document.texts)):
            other = known.labels[below]
            if below in document.claims or known.words[below] > TAG_WORDS or stops(document.texts[below]):
                break
            if other is not None and other.group != "tags":
                break
            last = below
        # "Topics" may be a heading of the body; "Filed under" is none.
        beside_it = furniture.intersection((index - 1, last + 1))
        listed = document.texts[index + 1 : last + 1]
        lower = len(listed) > 1 and all(text.lstrip("#＃")[:1].islower() for text in listed)
        proved = beside_it or lower or " " in label.phrase or label.strength in (ALWAYS, HEADING)
        if last > index and proved:
            yield take(document, index, last, why=f"{last - index} short lines below “{label.phrase}”", score=LIKELY)


def _is_hashtags(text: str) -> bool:
    """Whether a line is nothing but hashtags: signs with letters, marks of letters, numbers, hyphens behind them."""
    return len(text) <= LONG and all(
        tag[0] in SIGNS and all(part and all(map(_is_of_tag, part)) for part in tag[1:].replace("＃", "#").split("#"))
        for tag in filter(None, _BETWEEN_TAGS.split(text))
    )


def _is_of_tag(char: str) -> bool:
    return char in JOINED or unicodedata.category(char) in TAG_CATEGORIES
