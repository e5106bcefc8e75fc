"""Who wrote it and when; off by default, for many want to keep it."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY, take
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.find.phrases import ALWAYS, HEADING, words
from cleantext.find.stamps import is_stamp
from cleantext.find.zones import stops, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

AUTHOR_WORDS = 8


@rule(
    group="byline",
    stage="structure",
    reason="byline or reading time",
    default=False,
    examples=[
        f"Mayor opens bridge after long wait\n⟦By Ida Roe\n5 min read⟧\n\n{STORY}",
        f"Mayor opens bridge after long wait\n\nBy Friday the water had gone.\n\n{STORY}",
    ],
)
def author_line(document: Document) -> Iterator[Finding]:
    """Author lines, reading times and labelled dates.

    Removes: a line that is, as a whole, a byline phrase of a phrase pack; before the body also a weak one, and a line
    of up to 8 words that begins with "by" in any language and goes on with a capital.

    Keeps: sentences that begin with "By".

    Source: the phrase packs.
    """
    where, known = zones(document), facts(document)
    for index in known.labelled:
        label = known.labels[index]
        if label is None or label.group != "byline" or known.prose[index]:
            continue
        if label.strength in (ALWAYS, HEADING) or where.head(index):
            yield take(document, index, why=f"“{label.phrase}” ({label.language})", score=LIKELY)
    for index in range(where.head_end if where.article else 0):
        word, _, name = document.texts[index].partition(" ")
        if known.labels[index] is None and known.words[index] <= AUTHOR_WORDS and name[:1].isupper():
            if normal(word) in words("by") and not stops(document.texts[index]):
                yield take(document, index, why=f"“{word}” and a name", score=LIKELY)


@rule(
    group="byline",
    stage="structure",
    reason="date below the headline",
    default=False,
    examples=[
        f"Mayor opens bridge after long wait\n⟦3 March 2026, 10:12⟧\n\n{STORY}",
        f"{STORY}\n\n3 March 2026\n\n{STORY}",
    ],
)
def dateline(document: Document) -> Iterator[Finding]:
    """The date or time of publication on a line of its own.

    Removes: a line of up to 10 words with a date or a time before the body.

    Keeps: dates amid the body: a diary, a live blog.

    Source: the customary place of the date.
    """
    where, known = zones(document), facts(document)
    for index in range(where.first if where.article else 0):
        if not known.prose[index] and is_stamp(document.texts[index], known.keys[index], known.words[index]):
            yield take(document, index, score=LIKELY)
