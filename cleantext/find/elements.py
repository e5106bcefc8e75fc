"""The finder of rules on elements: what the names, tags and roles of a page's elements say they are.

A `Kind` is what one rule looks for: whole class and id tokens, words that such tokens may be made of, tags, ARIA roles
and labels. All kinds are looked up in one pass over the page, with a cache for each class attribute and each id, so
that a thousand names cost the same as ten; a rule then takes the candidates of its kind and guards them.

Names are rarely wrong about what an element is called and often about how much it holds: themes call the whole page
``has-sidebar``, and articles have been published in ``aside`` elements. So an element that holds a notable share of
the prose of its page, or what the page is about, is never claimed, and where little prose is known to stand on a page,
only what is certain without it. What is not claimed here is left to the body score.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from cleantext.document import Document, once
from cleantext.find import LIKELY, SURE
from cleantext.names import names_of, words_of
from cleantext.page import Page
from cleantext.span import Finding

# Words that say where on the page or inside what something stands, not what it is: "footer-inner-wrapper" is a footer.
FRAME = frozenset(
    "wrapper wrap wrapped container inner outer contents box block area region panel holder group row col column "
    "columns cell grid list lists ul li item items module component widget widgets div el the site page global desktop "
    "mobile tablet top bottom left right upper lower first last one two three full width main primary secondary js ui "
    "root outlet bar section".split()
)
# Names of what holds the content: whatever else such an element is called, it is not furniture.
CONTENT = frozenset(
    "article article-body articlebody article__body article-content article__content articlecontent entry-content "
    "entrycontent post-content post__content postcontent post-body post__body postbody story-body story__body "
    "storybody article-text articletext body-content main-content maincontent page-content single-content content-body "
    "mw-body mw-parser-output td-post-content elementor-widget-theme-post-content hentry".split()
)
# Elements that hold the page itself and are never claimed whole, however they are called.
WHOLE = frozenset(["#root", "html", "body", "main", "article", "table", "tbody"])
TITLES = frozenset(["h1", "h2"])
# Where an element stands: bits that tags hand down to all in them.
IN_ARTICLE, IN_MAIN, IN_SECTION, IN_QUOTE, IN_TABLE, IN_FIGURE, IN_ITEM = (1 << i for i in range(7))
_WITHIN = {
    "article": IN_ARTICLE,
    "main": IN_MAIN,
    "section": IN_SECTION,
    "blockquote": IN_QUOTE,
    "table": IN_TABLE,
    "figure": IN_FIGURE,
    "li": IN_ITEM,
}
# Code points from which on a block that is mostly no link counts as prose: a dozen words.
PROSE = 60
# Prose, in code points, below which a page tells nothing of where its content is: about 60 words.
LITTLE = 300
# The share of a page's prose that an element may hold and still be claimed. Measured on 1,903 labelled pages: of menus,
# footers and dialogs that hold up to an eighth, 1 to 2 % of the words are body, of those that hold more than a quarter
# up to 70 %.
SHARE = 0.15
# The same for elements that tag or role say to be a footer, a header, a menu or a dialog and that stand in no article,
# main or section: short articles have long cookie dialogs. Of 180 such elements above an eighth 1 % of words are body.
OUTSIDE = 0.6
LONGEST = 400  # code points of an attribute that are looked at
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What a rule looks for; made by `kind`."""

    number: int
    tags: frozenset[str]
    roles: frozenset[str]
    names: frozenset[str]
    keys: frozenset[str]
    frame: frozenset[str]
    exempt: frozenset[str]
    labels: frozenset[str]
    types: frozenset[str]

    def named(self, token: str) -> bool:
        """Whether a class or an id says this kind."""
        if token.lower() in self.names:
            return True
        words = words_of(token[:LONGEST])
        return not self.keys.isdisjoint(words) and self.frame.issuperset(words)


_kinds: list[Kind] = []
# By name, key, exempt name, tag, role, label and itemtype: the kinds it speaks of, as bits.
_by_name: dict[str, int] = {}
_by_key: dict[str, int] = {}
_by_exempt: dict[str, int] = dict.fromkeys(CONTENT, -1)
_of_tag: dict[str, int] = {}
_of_role: dict[str, int] = {}
_of_label: dict[str, int] = {}
_of_type: dict[str, int] = {}
# Bits above those of the kinds say of which kinds an element is not, whatever else it is called.
_NOT = 64
_ALL = (1 << _NOT) - 1


def kind(
    *,
    tags: str = "",
    roles: str = "",
    names: str = "",
    keys: str = "",
    frame: str = "",
    exempt: str = "",
    labels: Iterable[str] = (),
    types: str = "",
) -> Kind:
    """Register what a rule looks for; all but ``labels`` are words separated by blanks, all in lower case.

    ``names`` are whole tokens of class or id. A token is also a name if it is made of ``keys`` and of words of
    ``frame`` and `FRAME` only, at least one of them a key. An element with a token of ``exempt`` is never of this kind.
    ``labels`` are whole accessible names, ``types`` what an itemtype ends in.
    """
    made = Kind(
        len(_kinds),
        frozenset(tags.split()),
        frozenset(roles.split()),
        frozenset(names.split()),
        frozenset(keys.split()),
        FRAME.union(keys.split(), frame.split()),
        frozenset(exempt.split()),
        frozenset(labels),
        frozenset(types.split()),
    )
    if made.number >= _NOT:
        raise ValueError(f"more than {_NOT} kinds of elements")
    _kinds.append(made)
    for index, words in (
        (_by_name, made.names),
        (_by_key, made.keys),
        (_by_exempt, made.exempt),
        (_of_tag, made.tags),
        (_of_role, made.roles),
        (_of_label, made.labels),
        (_of_type, made.types),
    ):
        for word in words:
            index[word] = index.get(word, 0) | 1 << made.number
    _of_token.cache_clear()
    _of_names.clear()
    _of_standard.cache_clear()
    return made


@lru_cache(50_000)
def _of_token(token: str) -> int:
    """The kinds that a class or an id, or the beginning of a long one, says: bits, above `_NOT` those it rules out."""
    lower = token.lower()
    found = _by_name.get(lower, 0)
    if lower in _by_exempt:
        found |= _by_exempt[lower] << _NOT
    # Most names hold no key, and to take those apart that do is what costs.
    if token == lower and _by_key.keys().isdisjoint(_LETTERS.findall(lower)):
        return found
    words = words_of(token)
    keyed = 0
    for word in words:
        keyed |= _by_key.get(word, 0)
    while keyed:
        each = _kinds[keyed.bit_length() - 1]
        keyed ^= 1 << each.number
        if each.frame.issuperset(words):
            found |= 1 << each.number
    return found


class _Names(dict[str, int]):
    """The kinds that these classes, or this id, say together, and above `_NOT` those that they rule out."""

    def __missing__(self, names: str) -> int:
        found = 0
        for token in names.split():
            found |= _of_token(token[:LONGEST])
        if len(names) <= LONGEST:
            if len(self) >= KNOWN:
                self.clear()
            self[names] = found
        return found


_of_names = _Names()
KNOWN = 50_000  # classes and ids that are remembered


@lru_cache(20_000)
def _of_standard(role: str, label: str, itemtype: str) -> int:
    """The kinds that these attributes say, as bits."""
    spoken = " ".join(label.lower().split())
    return _of_role.get(role.strip().lower(), 0) | _of_label.get(spoken, 0) | _of_type.get(_type(itemtype), 0)


def _kinds_of(tag: str, attributes: Mapping[str, Any]) -> int:
    """The kinds that an element is of, as bits."""
    found = _of_tag.get(tag, 0)
    get = attributes.get
    if classes := get("class"):
        found |= _of_names[classes]
    if ident := get("id"):
        found |= _of_names[ident]
    role, label, itemtype = get("role"), get("aria-label"), get("itemtype")
    if role or label or itemtype:
        found |= _of_standard((role or "")[:LONGEST], (label or "")[:LONGEST], (itemtype or "")[-LONGEST:])
    return found and found & ~(found >> _NOT) & _ALL


def _type(itemtype: str) -> str:
    """What an itemtype ends in: "breadcrumblist"."""
    return itemtype.rstrip("/").rpartition("/")[2].lower()


def why(kind: Kind, tag: str, attributes: Mapping[str, Any]) -> str:
    """What says that an element is of a kind: "<nav>", "role navigation", "class related-posts"."""
    if tag in kind.tags:
        return f"<{tag}>"
    role = (attributes.get("role") or "").strip().lower()
    if role in kind.roles:
        return f"role {role}"
    for token in names_of(attributes):
        if kind.named(token):
            return f"{'id' if token == attributes.get('id') else 'class'} {token}"
    itemtype = attributes.get("itemtype") or ""
    return f"itemtype {_type(itemtype)}" if _type(itemtype) in kind.types else f"label “{attributes.get('aria-label')}”"


class Elements(NamedTuple):
    """What is known of the elements of a page.

    ``candidates`` are the elements of each kind by its number, in document order; ``within`` is where each element
    stands. ``prose`` and ``chars`` count code points, of prose and of all text, before each block. ``title`` is the
    block of the headline, -1 if it is neither an h1 nor an h2.
    """

    candidates: Mapping[int, list[int]]
    within: list[int]
    prose: list[int]
    chars: list[int]
    title: int

    def of(self, kind: Kind) -> list[int]:
        """The elements of a kind, in document order."""
        return self.candidates.get(kind.number, [])


@once
def elements(document: Document) -> Elements:
    """Look all kinds up in one pass; `document` has to be a page."""
    page = document.page
    assert page is not None
    candidates: dict[int, list[int]] = {}
    within: list[int] = []
    title, titled = -1, "h3"
    inherited = _WITHIN.get
    for index, (tag, parent, attributes, first, last) in enumerate(
        zip(page.tags, page.parents, page.attributes, page.first, page.last, strict=True)
    ):
        if first == last:  # and so is all that is in it
            within.append(0)
            continue
        within.append((within[parent] if index else 0) | inherited(tag, 0))
        if tag in WHOLE:
            continue
        found = _kinds_of(tag, attributes) if attributes else _of_tag.get(tag, 0)
        while found:
            candidates.setdefault(found.bit_length() - 1, []).append(index)
            found ^= 1 << found.bit_length() - 1
        if tag in TITLES and tag < titled and document.title in document.texts[first:last]:
            title, titled = first, tag  # the first h1, else the first h2
    lengths = list(map(len, document.texts))
    prose = [n if n >= PROSE and 2 * linked < n else 0 for n, linked in zip(lengths, page.link_chars, strict=True)]
    return Elements(candidates, within, list(accumulate(prose, initial=0)), list(accumulate(lengths, initial=0)), title)


class Place(NamedTuple):
    """A candidate, as the guard of a rule sees it.

    ``prose`` and ``chars`` are code points in it, of prose and of all text; ``before`` and ``whole`` those of prose
    before it and on the page; ``within`` is where its parent stands.
    """

    page: Page
    element: int
    within: int
    prose: int
    before: int
    chars: int
    whole: int


def claimed(
    document: Document,
    kind: Kind,
    guard: Callable[[Place], bool] | None = None,
    *,
    share: float = SHARE,
    outside: float = 0.0,
    certain: bool = False,
) -> Iterator[Finding]:
    """The outermost elements of a kind that no guard holds.

    Held are elements with the headline in them, those with more than `share` of the page's prose, and those that
    `guard` does not let pass; on a page with little prose all, unless they are `certain` without it. Elements that say
    what they are by tag or role and stand outside the content may hold a share of `outside`, whatever the page.
    """
    if document.page is None:
        return
    known = elements(document)
    page, prose, chars, whole = document.page, known.prose, known.chars, known.prose[-1]
    covered = 0
    for element in known.of(kind):
        first, last = page.first[element], page.last[element]
        if last <= covered or first <= known.title < last:
            continue
        within = known.within[page.parents[element]]
        apart = outside > share and not within and _by_standard(page, kind, element)
        inside = prose[last] - prose[first]
        if (whole < LITTLE and not (certain or apart)) or inside > whole * (outside if apart else share):
            continue
        place = Place(page, element, within, inside, prose[first], chars[last] - chars[first], whole)
        if guard is None or guard(place):
            covered = last
            reason = why(kind, page.tags[element], page.attributes[element])
            score = LIKELY if reason.startswith(("class", "id")) else SURE
            yield Finding(document.starts[first], document.ends[last - 1], reason, score)


def _by_standard(page: Page, kind: Kind, element: int) -> bool:
    """Whether tag or role say what an element is."""
    role = page.attributes[element].get("role") or ""
    return page.tags[element] in kind.tags or role.strip().lower() in kind.roles
