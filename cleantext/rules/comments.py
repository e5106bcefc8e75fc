"""Comment prompts, controls and forms, and the comments of users."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY, phrases, take
from cleantext.find.neighbours import beside
from cleantext.find.threads import comments
from cleantext.registry import STORY, rule
from cleantext.span import Finding


@rule(
    group="comments",
    reason="comment prompt",
    examples=[
        "The final score was 2-1.\n⟦Leave a Reply\nYour email address will not be published.⟧",
        "She had to leave a comment in the visitors' book.",
    ],
)
def comment_prompt(document: Document) -> Iterator[Finding]:
    """Invitations to comment, counts of comments, notes of the moderators.

    Removes: a line that is, as a whole, a comment phrase of a phrase pack ("Leave a Reply", "12 comments").

    Keeps: sentences that contain such words.

    Source: the phrase packs.
    """
    return phrases(document, "comments")


@rule(
    group="comments",
    stage="structure",
    reason="comment form or control",
    examples=[
        f"{STORY}\n\n⟦Leave a Reply\nName\nWebsite⟧",
        f"The form has three fields:\nName\nEmail\nWebsite\n\n{STORY}",
    ],
)
def comment_control(document: Document) -> Iterator[Finding]:
    """Fields, buttons and counters of comments.

    Removes: "Name", "Reply", "Sort by newest" and their like beside a line that goes for certain, or in a row of such
    lines outside the body.

    Keeps: the same words where the body names them.

    Source: the phrase packs.
    """
    return beside(document, "comments")


@rule(
    group="comments",
    stage="structure",
    reason="comments of users",
    examples=[
        f"{STORY}\n\n⟦2 comments\nTom Bly\n3 March 2026 at 10:12\nNine years! I had stopped hoping.\nReply\nUna Fenn\n"
        "3 March 2026 at 11:40\nThe ribbon was my idea, by the way, and I still think that green was right.\nReply⟧",
        f"{STORY}\n\nComments\n\nThe council's engineers commented on the plans in March 2019 and again in May 2021.",
    ],
)
def comment_section(document: Document) -> Iterator[Finding]:
    """The comments below an article, with names, times, texts and controls.

    Removes: a stretch below the article's prose in which signs of a thread (a date or time on a line of its own,
    "Reply", "Like", "Tom says") stand no farther apart than a long comment, from the comment heading above it to the
    text that belongs to the last sign. Without a heading two controls are needed: dates alone are a diary.

    Keeps: a section headed "Comments" without such signs; pages where the posts are the content, for they have no
    article above them or far more prose than it; what follows a thread and belongs to another group.

    Source: layouts of the common comment systems.
    """
    for thread in comments(document):
        why = f"{thread.signs} signs of a thread in {thread.last - thread.first + 1} lines"
        yield take(document, thread.first, thread.last, why=why, score=LIKELY)
