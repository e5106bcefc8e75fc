"""Rules on elements: the controls of a site, which are forms, dialogs, fields and what only screen readers say."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import (
    IN_TABLE,
    OUTSIDE,
    Place,
    claimed,
    kind,
)
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

SEARCH = kind(
    roles="search",
    names="search-form searchform search-box searchbox search-bar searchbar search-overlay search-modal search-popup "
    "search-drawer header-search site-search search-toggle search-field widget_search mobile-search search-widget "
    "navbar-search top-search search-block-form",
)
ACCOUNT = kind(
    names="login log-in login-form loginform login-modal login-popup login-box login-links login-link sign-in signin "
    "signin-form sign-in-form register-form registration-form user-login user-login-form user-menu usermenu "
    "account-menu my-account-menu my-account user-account mini-cart minicart cart-drawer side-cart shopping-cart "
    "header-cart cart-sidebar login-wrapper",
)
DIALOG = kind(
    tags="dialog",
    roles="dialog alertdialog",
    keys="modal modals popup popups pum popmake",
    frame="dialog overlay body backdrop header footer fade bd window",
    names="elementor-location-popup dialog-box",
)
FIELD = kind(tags="select optgroup legend datalist textarea", roles="combobox")
UNSEEN = kind(
    names="sr-only visually-hidden visuallyhidden screen-reader-text screen-reader screenreader screen-reader-only "
    "sr_only a11y-hidden u-visually-hidden assistive-text screen-readers-only element-invisible",
)
# Characters that a search form, a sign-in form or a note for screen readers may hold: what is longer is the list of
# results or the text it stands in.
FORM_CHARS, UNSEEN_CHARS = 600, 120


@rule(
    group="nav",
    stage="elements",
    reason="search form",
    examples=[
        f"⟦<form role=search><label>Search this site</label></form>⟧<article>{STORY_HTML}</article>",
        f"<div class='search-results'><article>{STORY_HTML}</article></div>",
    ],
)
def search_form(document: Document) -> Iterator[Finding]:
    """The form to search the site.

    Removes: an element of the role search, or called a search form, of up to 600 characters.

    Keeps: results of a search.

    Source: the ARIA standard; names that public pages use most.
    """
    return claimed(document, SEARCH, _is_form)


def _is_form(place: Place) -> bool:
    return place.chars <= FORM_CHARS and not place.within & IN_TABLE


@rule(
    group="nav",
    stage="elements",
    reason="account or cart",
    examples=[
        f"⟦<div class='login-form'><p>Sign in</p><p>Forgot your password?</p></div>⟧<article>{STORY_HTML}</article>",
        f"<article class='login-guide'>{STORY_HTML}</article>",
    ],
)
def account_form(document: Document) -> Iterator[Finding]:
    """Forms and links to sign in, and the reader's cart.

    Removes: an element called a login form, an account menu, a small cart or the like, of up to 600 characters.

    Keeps: longer ones; the form that puts a product into the cart, for it names the product's variants.

    Source: names that public pages use most.
    """
    return claimed(document, ACCOUNT, _is_form)


@rule(
    group="nav",
    stage="elements",
    reason="dialog",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div role=dialog><p>Choose your region</p><p>Europe</p></div>⟧",
        f"<body class='modal-open'><article>{STORY_HTML}</article></body>",
    ],
)
def dialog_element(document: Document) -> Iterator[Finding]:
    """What opens over the page.

    Removes: a ``dialog`` element, the roles dialog and alertdialog, an element called a modal or a popup.

    Keeps: one with most of the page's prose, and in the content or by name only one with a notable share of it.

    Source: the HTML and ARIA standards; names that public pages use most.
    """
    return claimed(document, DIALOG, outside=OUTSIDE)


@rule(
    group="nav",
    stage="elements",
    reason="field of a form",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<select><option>Euro</option><option>Pound</option></select>⟧",
        f"<article>{STORY_HTML}<label>The ribbon was green.</label></article>",
    ],
)
def form_field(document: Document) -> Iterator[Finding]:
    """What can be chosen in a form.

    Removes: ``select`` with its options, ``legend``, ``textarea``.

    Keeps: labels and buttons, in which products name their variants and accordions their headings.

    Source: the HTML standard.
    """
    return claimed(document, FIELD)


@rule(
    group="nav",
    stage="elements",
    reason="for screen readers only",
    examples=[
        f"<article>⟦<div class='sr-only'>Opens in a new window</div>⟧{STORY_HTML}</article>",
        f"<article>{STORY_HTML}<table><tr><td class='sr-only'>Yes</td><td>1,204</td></tr></table></article>",
    ],
)
def hidden_label(document: Document) -> Iterator[Finding]:
    """Labels that are there for screen readers only.

    Removes: an element with one of the usual class names for that, of up to 120 characters.

    Keeps: cells of tables and of definition lists, in which they stand for a sign that is shown.

    Source: names that public pages and style frameworks use.
    """
    return claimed(document, UNSEEN, _is_label)


def _is_label(place: Place) -> bool:
    page, tag = place.page, place.page.tags[place.element]
    in_cell = place.within & IN_TABLE or tag in ("dt", "dd") or page.tags[page.parents[place.element]] == "dl"
    return place.chars <= UNSEEN_CHARS and not in_cell
