"""Rules on elements: comments of users, the form to write one, signatures of posters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import LITTLE, claimed, elements, kind
from cleantext.find.threads import are_comments, is_discussion
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

COMMENTS = kind(
    names="comments comment-list commentlist comments-area comments-section comments-list comments-wrapper "
    "comments-container comment-section comments-block comments__list comments-template post-comments "
    "article-comments entry-comments usercomments user-comments disqus_thread fb-comments livefyre wpdiscuz wpdcom "
    "wpd-thread-list wp-block-comments reader-comments comment comments-tree commentarea comment-thread comment-wrap "
    "comments-wrap comment-area comments-box comments-content comments-content-wrapper commentary-section "
    "comment-container comment-listing comment_list commentsection commentscontainer kommentare commentaires "
    "comentarios page-comments post-comments-area js-comment",
    exempt="no-comments has-comments comments-page",
    labels=("comments",),
)
FORM = kind(
    names="respond comment-respond comment-form commentform leave-comment leave-reply leave-a-reply comment-reply "
    "comment-reply-title add-comment reply-title comment-form-wrapper comment-subscribe comment-login must-log-in "
    "comment-notes comments-closed comment-policy comments-form comment-form-container",
)
SIGNATURE = kind(
    names="signature message-signature post-signature-text signature-collapsed user-signature message-footer "
    "message-userextras message-actionbar usertitle user-details forum-signature post_signature postsignature "
    "postbit-signature",
)
FORM_CHARS = 1500


@rule(
    group="comments",
    stage="elements",
    reason="comments of users",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div id='comments'><p>Tom Bly</p><p>Nine years!</p></div>⟧",
        f"<div id='comments'><div class='comment'>{STORY_HTML}</div></div><p>Log in</p>",
    ],
)
def comment_element(document: Document) -> Iterator[Finding]:
    """The comments below an article.

    Removes: elements called comments, a comment list or the like, where the rest of the page is an article: 1,500
    characters of prose, the comments no more than 2.5 times as long, or 5,000; below a shorter text comments of half
    its length.

    Keeps: pages that say they are a discussion or a question; threads without an article, or far longer than it.

    Source: names that blog software, comment plugins and public pages use most; schema.org.
    """
    found = list(claimed(document, COMMENTS, share=1.0))
    if not found or is_discussion(document):
        return iter(())
    known = elements(document)
    inside = sum(_prose(document, known.prose, finding) for finding in found)
    outside = known.prose[-1] - inside
    return iter(found if outside >= LITTLE and are_comments(inside, outside) else ())


def _prose(document: Document, prose: list[int], finding: Finding) -> int:
    """Code points of prose that a finding covers."""
    first, last = bisect_left(document.starts, finding.start), bisect_left(document.starts, finding.end)
    return prose[last] - prose[first]


@rule(
    group="comments",
    stage="elements",
    reason="comment form",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div id='respond'><p>Your address will not be shown.</p></div>⟧",
        f"<article class='comments-open'>{STORY_HTML}</article>",
    ],
)
def comment_form(document: Document) -> Iterator[Finding]:
    """The form to write a comment.

    Removes: an element called a comment form, of up to 1,500 characters.

    Keeps: longer ones.

    Source: names that blog software and public pages use most.
    """
    return claimed(document, FORM, lambda place: place.chars <= FORM_CHARS)


@rule(
    group="comments",
    stage="elements",
    reason="signature or controls of a post",
    examples=[
        f"<article>{STORY_HTML}⟦<div class='message-signature'>Two bridges, one ribbon</div>⟧</article>",
        f"<article class='signature-dish'>{STORY_HTML}</article>",
    ],
)
def post_signature(document: Document) -> Iterator[Finding]:
    """What stands below every post of the same user, and the controls of a post.

    Removes: an element called a signature, a message's footer or the like.

    Keeps: one that holds a notable share of the page's prose.

    Source: the markup of the common forum software.
    """
    return claimed(document, SIGNATURE)
