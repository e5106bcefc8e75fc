"""Rules on elements: newsletter forms."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

NEWSLETTER = kind(
    keys="newsletter newsletters signup subscribe subscription optin mailchimp mc4wp mailinglist emailsignup "
    "newslettersignup subscribebox",
    frame="form header footer sidebar sign up email mail cta promo popup modal inline embed mc text title input field "
    "button mailing bloom banner",
    names="mc_embed_signup sign-up-form email-signup email-capture mailing-list email-form subscribe-form "
    "wp-block-jetpack-subscriptions jetpack_subscription_widget",
    labels=("newsletter", "newsletter signup", "newsletter sign up"),
)
# Characters of the longest form, with its consent in small print.
CHARS = 1500


@rule(
    group="newsletter",
    stage="elements",
    reason="newsletter form",
    examples=[
        f"<article>{STORY_HTML}⟦<div class='newsletter-signup'><p>News from the quay</p></div>⟧</article>",
        f"<article class='newsletter-post'>{STORY_HTML}</article>",
    ],
)
def newsletter_element(document: Document) -> Iterator[Finding]:
    """Forms to subscribe to a newsletter.

    Removes: an element called a newsletter form, a sign-up or the like, of up to 1,500 characters.

    Keeps: longer ones: issues of a newsletter are called so too.

    Source: names that public pages and newsletter plugins use most.
    """
    return claimed(document, NEWSLETTER, lambda place: place.chars <= CHARS)
