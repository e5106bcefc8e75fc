"""What class names, ids and roles of elements say: families of whole words that site builders use alike.

The words of a name (``entry-content``, ``entryContent`` and ``entry_content`` are the same two) are looked up one by
one, and in pairs, which may mean something else together. The words are those that the class attributes of public pages
use most; which family means what for the body is left to the fitted score.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

FAMILIES: dict[str, str] = {
    "content": "content contents contenu inhalt contenido conteudo contenuto primary maincontent pagecontent",
    "body": "body text txt texto prose richtext rte wysiwyg markdown copy paragraph bodytext storytext articlebody "
    "postbody entrytext articletext fulltext cms-content rich-text user-content formatted",
    "article": "article articles artikel articulo articolo artigo story post posts entry hentry single",
    "main": "main principal hauptinhalt page-content",
    "title": "title titles headline heading headings titulo titel titre subtitle hed kicker h1 h2 h3",
    "lead": "lead lede intro introduction standfirst dek excerpt abstract summary teaser-text chapo sapo subline "
    "description-short deck subhead",
    "nav": "nav navbar navigation menu menus submenu megamenu menubar offcanvas hamburger sitenav topnav subnav "
    "navi navbox dropdown menue",
    "header": "header masthead topbar head banner-top top siteheader toolbar",
    "footer": "footer foot bottom colophon siteinfo footnotes-bar bottombar sitefooter",
    "sidebar": "sidebar aside rail secondary sidenav side sidebars rightcol leftcol right-column left-column "
    "widget-area complementary",
    "widget": "widget widgets module modules block-list gadget",
    "comments": "comment comments commentlist respond disqus discussion comentarios kommentare commentaires reaction "
    "reactions commenting usercomments livefyre",
    "reply": "reply replies answer answers",
    "share": "share sharing social socials sharedaddy addthis addtoany facebook twitter whatsapp pinterest linkedin "
    "sns sharebar socialmedia follow instagram youtube tweet",
    "related": "related recommended recommendation recommendations similar more morelike readmore also onward "
    "suggested suggestions yarpp outbrain taboola crosslink upsell crosssell other others",
    "popular": "popular trending latest recent mostread mostpopular top-stories topstories newest featured hot "
    "bestseller headlines",
    "newsletter": "newsletter subscribe subscription signup mailchimp mailing optin sign-up mc4wp emailsignup",
    "promo": "promo promotion promobox cta callout banner campaign marketing offer sponsor sponsored partner "
    "advertorial call-to-action",
    "ad": "ad ads advert advertisement advertising adsense dfp adslot adunit adbox gpt ad-slot adsbygoogle werbung "
    "anzeige publicidad",
    "consent": "cookie cookies consent gdpr onetrust cookiebar cookieconsent cmp privacy-banner ccpa cookielaw",
    "overlay": "modal popup overlay lightbox dialog drawer flyout tooltip popover toast snackbar",
    "breadcrumb": "breadcrumb breadcrumbs crumbs crumb breadcrumblist pathway ariane",
    "pagination": "pagination pager paging pagenav page-numbers prev next previous nextprev paginate navlinks "
    "post-navigation",
    "tags": "tag tags tagged category categories cat topic topics keyword keywords label labels taxonomy tagcloud "
    "hashtag terms",
    "author": "author authors byline bio writer about-author authorbox autor auteur contributor profile avatar vcard "
    "postedby",
    "meta": "meta date time timestamp published posted postmeta entrymeta dateline updated datetime pubdate info "
    "metadata reading-time",
    "caption": "caption captions wp-caption figcaption credit credits image-caption legend bildunterschrift",
    "image": "image images img photo photos picture pictures gallery figure media thumb thumbnail thumbnails "
    "slideshow photograph",
    "video": "video videos player jwplayer youtube-embed audio podcast embed iframe",
    "search": "search searchform searchbox suche buscar searchbar",
    "account": "login account user users member members signin register registration auth password profile-menu logout",
    "form": "form forms field input fieldset wpcf7 contact-form submit control",
    "shop": "cart basket checkout price prices buy purchase add-to-cart sku quantity stock wishlist shipping addtocart "
    "variant variants swatch",
    "product": "product products item-detail pdp woocommerce product-single",
    "description": "description desc details detail spec specs specification specifications features feature overview "
    "about tabcontent",
    "review": "review reviews rating ratings stars testimonial testimonials bewertung",
    "forum": "forum thread threads message messages bbp topic-post postbit postcontent viewtopic board bbwrapper "
    "cooked posting discourse",
    "signature": "signature sig postprofile user-info usertitle poststats",
    "quote": "quote blockquote pullquote pull-quote quotation bbcodeblock",
    "code": "code highlight codehilite pre snippet hljs prettyprint sourcecode syntax",
    "toc": "toc tableofcontents table-of-contents onthispage outline jumplinks index",
    "list": "list grid cards card tile tiles items item teaser teasers loop feed archive results result listing "
    "rows collection",
    "carousel": "carousel slider slick swiper slide slides owl flickity splide glide ticker marquee",
    "unseen": "hidden hide sr-only screen-reader screen-reader-text visually-hidden visuallyhidden invisible offscreen "
    "d-none noscript assistive a11y",
    "wrapper": "wrapper wrap container inner outer row col column columns layout section region area box panel "
    "group flex grid-container elementor",
    "tab": "tab tabs accordion faq collapse collapsible toggle expander expandable accordion-item panel-collapse",
    "table": "table infobox datatable wikitable tabular tbl",
    "legal": "copyright legal disclaimer imprint impressum terms-of-use policy license",
    "place": "map address contact location phone hours adr tel directions store-locator",
    "language": "lang language languages locale translate country currency",
    "alert": "alert alerts notice notification notifications message-box warning breaking announcement infobar",
    "event": "event events calendar agenda schedule tribe",
    "job": "job jobs career careers vacancy recruit",
    "recipe": "recipe ingredient ingredients instructions directions-list wprm tasty nutrition",
    "stats": "count counter views likes vote votes votecell score points karma stat stats badge",
    "button": "button btn btns buttons cta-button actions action toolbar-actions",
    "paywall": "paywall premium subscriber piano regwall meter gate locked tp-modal",
    "print": "print noprint pdf download downloads",
    "skip": "skip skiplink skip-link jump",
    "logo": "logo logos brand branding site-title site-branding",
    "hero": "hero jumbotron cover splash masthead-hero billboard",
    "docs": "doc docs documentation document api reference section-content mw-parser-output wiki guide",
    "theme": "theme default layout-with has no with is js wf",
}
NAMES = tuple(FAMILIES)
_BY_WORD: dict[str, int] = {}
_BY_PAIR: dict[tuple[str, ...], int] = {}
for _number, _words in enumerate(FAMILIES.values()):
    for _word in _words.split():
        if "-" in _word:
            _BY_PAIR[tuple(_word.split("-"))] = _BY_PAIR.get(tuple(_word.split("-")), 0) | 1 << _number
        else:
            _BY_WORD[_word] = _BY_WORD.get(_word, 0) | 1 << _number


def families(words: Sequence[str]) -> int:
    """The families that the words of a name belong to, a bit for each of `NAMES`."""
    found = 0
    for word in words:
        found |= _BY_WORD.get(word, 0)
    for pair in pairwise(words):
        found |= _BY_PAIR.get(pair, 0) | _BY_WORD.get(pair[0] + pair[1], 0)
    return found
