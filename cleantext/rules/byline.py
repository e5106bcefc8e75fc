"""Who wrote it and when; off by default, for many want to keep it."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY, phrases, take
from cleantext.find.facts import facts
from cleantext.find.stamps import is_stamp
from cleantext.find.zones import zones
from cleantext.rule import STORY, rule
from cleantext.span import Finding


@rule(
    group="byline",
    reason="byline or reading time",
    default=False,
    examples=[
        "Mayor opens bridge after long wait\n⟦5 min read⟧\nThe new bridge carried its first cars on Monday.",
        "By Friday the water had gone.",
    ],
)
def byline(document: Document) -> Iterator[Finding]:
    """Author lines, reading times and labelled dates.

    Removes: a line that is, as a whole, a byline phrase of a phrase pack.

    Keeps: sentences that begin with "By".

    Source: the phrase packs.
    """
    return phrases(document, "byline")


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
