"""Rules on elements: cookie notices."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import claimed, kind
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

# What consent tools call the element they add to a page: nothing else is called so.
TOOLS = kind(
    names="onetrust-consent-sdk onetrust-banner-sdk onetrust-pc-sdk cookie-law-info-bar clisettingspopup cli-modal "
    "cli-bar-popup cookie-law-info-again wt-cli-cookie-bar-container wt-cli-cookie-bar cmplz-cookiebanner-container "
    "cmplz-cookiebanner cybotcookiebotdialog usercentrics-root didomi-host qc-cmp2-container truste_overlay "
    "cc-window cc-banner sp_message_container ot-sdk-container fc-consent-root cky-consent-container cky-modal "
    "moove_gdpr_cookie_modal moove_gdpr_cookie_info_bar iubenda-cs-banner ketch-banner borlabscookiebox "
    "termly-code-snippet-support tarteaucitronroot axeptio_overlay hs-eu-cookie-confirmation cookie-notice-container "
    "cookiescript_injected sd-cmp klaro cookiefirst-root osano-cm-window",
)
NOTICE = kind(
    keys="cookie cookies cookiebar cookiebanner cookienotice cookieconsent cookielaw gdpr consent ccpa",
    frame="banner bar notice popup modal dialog overlay law info message msg alert preferences preference settings "
    "setting control disclaimer warning choices compliance eu buttons button cn revoke hidden text manager",
    labels=("cookie banner", "cookieconsent", "cookie notice", "cookie consent", "we care about your privacy"),
    exempt="cookies cookie cookies-section",
)
# How much of a page's prose the notice may hold: it lists every cookie, and the page may be a short one.
SHARE = 0.4


@rule(
    group="consent",
    stage="elements",
    reason="cookie notice",
    examples=[
        f"<article>{STORY_HTML}</article>⟦<div id='onetrust-consent-sdk'><p>We value your privacy.</p></div>⟧",
        f"<article>{STORY_HTML}</article>⟦<div class='cookie-banner'><p>We use cookies.</p><p>Accept</p></div>⟧",
        f"<body class='cookies-not-set'><article>{STORY_HTML}</article></body>",
    ],
)
def consent_element(document: Document) -> Iterator[Finding]:
    """Cookie notices and the settings behind them.

    Removes: the elements that consent tools add to a page, whatever they hold; elements that are called a cookie
    banner, a consent dialog or the like.

    Keeps: pages about cookies: an element that is called "cookies" and no more; a notice with much of the page's prose.

    Source: the scripts of the common consent tools; names that public pages use most.
    """
    yield from claimed(document, TOOLS, share=1.0, certain=True)
    yield from claimed(document, NOTICE, share=SHARE)
