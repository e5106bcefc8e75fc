"""What repeats across the pages of a site: a profile of its template, and the rule that takes it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from cleantext.document import Document
from cleantext.find import take
from cleantext.find.facts import facts
from cleantext.find.normal import normal
from cleantext.read.html import is_html, read_html
from cleantext.read.text import read_text
from cleantext.registry import Rule
from cleantext.span import Finding

SCHEMA = 1
# A line is of the template if it stands on so many pages of the site, and on this share of them; of those, on this
# share outside the body. Below, it is a heading that many articles have, or a text that was published twice.
PAGES, SHARE, OUTSIDE = 3, 0.1, 0.8
PROSE_SHARE = 0.3  # of the pages, for a paragraph: articles are published twice, and under several addresses
LONGEST = 1000  # code points of a line that is counted: longer ones are articles
DIGEST = 16  # hexadecimal digits by which a page is known again
SCORE = 0.95


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page by key, each with how it is written there, its host, and what the page is known by."""

    digest: str
    host: str
    keys: tuple[str, ...]
    texts: tuple[str, ...]
    prose: tuple[bool, ...]

    @classmethod
    def of(cls, source: str, kind: str) -> Page:
        """The page in `source`, ``"html"``, ``"text"`` or ``"auto"``, which tells the one from the other."""
        html = kind == "html" or (kind == "auto" and is_html(source))
        document = read_html(source) if html else read_text(source)
        shown = "\n".join(document.texts)
        from hashlib import sha256  # who has no profile waits for neither

        digest = sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
        return cls(digest, host_of(document), tuple(keys_of(document)), document.texts, facts(document).prose)

    def different(self) -> dict[str, tuple[str, bool]]:
        """The different keys of the page, each with the first line that has it and whether that is prose.

        So a refrain counts once.
        """
        found: dict[str, tuple[str, bool]] = {}
        for key, text, prose in zip(self.keys, self.texts, self.prose, strict=True):
            if key:
                found.setdefault(key, (text, prose))
        return found

    def outside(self, template: Set[str]) -> set[str]:
        """The keys that stand above or below the body on this page, and not in it; the prose of `template` is none."""
        first, last = body(self.keys, self.prose, template)
        return {*self.keys} - {*self.keys[first:last]}


@dataclass(slots=True)
class Profile:
    """How many pages of each site carry which lines. Profiles of different pages can be added up.

    ``by`` says how the site of a page is known: ``"folder"`` (all are of one site), ``"subfolder"`` or ``"host"``.
    """

    by: str = "folder"
    sites: dict[str, Site] = field(default_factory=dict)

    def merge(self, other: Profile) -> None:
        """Add what another profile says. Raises ValueError if both know a page, which would count twice."""
        if other.by != self.by:
            raise ValueError(f"one profile is by {self.by}, the other by {other.by}")
        for name, site in other.sites.items():
            self.sites.setdefault(name, Site()).merge(site)

    def rule(self, name: str) -> Rule | None:
        """The rule that takes the template of a site out, None if nothing is known of that site."""
        site = self.sites.get(name)
        template = site.template() if site is not None else {}
        if site is None or not template:
            return None
        return replace(TEMPLATE, find=SiteLines(template, len(site.pages)))

    def site(self, path: str, source: str, html: bool) -> str:
        """The name of the site of a page: its host, the folder on its path that is known, or "" for the one of all."""
        if self.by == "host":
            return host_of(read_html(source)) if html else ""
        if self.by == "subfolder":
            return next((part for part in reversed(PurePath(path).parts[:-1]) if part in self.sites), "")
        return ""

    def as_json(self) -> str:
        """The profile as JSON, a line for each line of a site, those on most pages first."""
        import json

        sites = {name: self.sites[name].as_dict() for name in sorted(self.sites)}
        return json.dumps({"schema": SCHEMA, "by": self.by, "sites": sites}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def of_json(cls, text: str) -> Profile:
        """The profile in JSON. Raises ValueError if it is none."""
        import json

        try:
            content = json.loads(text)
            if content["schema"] != SCHEMA:
                raise ValueError(f"a profile of version {content['schema']}, not {SCHEMA}")
            if content["by"] not in ("folder", "subfolder", "host"):
                raise ValueError(f"a profile by {content['by']!r}")
            return cls(content["by"], {name: Site.of_dict(site) for name, site in content["sites"].items()})
        except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise ValueError(f"not a profile of sites: {error!r}") from error


@dataclass(slots=True)
class Site:
    """The pages of a site, and for each line how many carry it, how many outside the body, and how it is written.

    ``prose`` holds the keys of paragraphs.
    """

    pages: set[str] = field(default_factory=set)
    carried: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    texts: dict[str, str] = field(default_factory=dict)
    prose: set[str] = field(default_factory=set)

    def merge(self, other: Site) -> None:
        """Add what is known of other pages of the site."""
        both = len(self.pages & other.pages)
        if both:
            raise ValueError(f"{both} of the pages are in both profiles and would count twice")
        self.pages |= other.pages
        self.carried.update(other.carried)
        self.outside.update(other.outside)
        self.texts = other.texts | self.texts
        self.prose |= other.prose

    def add(self, page: Page, once: set[int]) -> None:
        """Count the lines of a page; of those that have been seen once only their number is in `once`."""
        self.pages.add(page.digest)
        for key, (text, prose) in page.different().items():
            if key in self.carried:
                self.carried[key] += 1
            elif (number := hash(key)) in once:
                self.carried[key], self.texts[key] = 2, text
                if prose:
                    self.prose.add(key)
                once.discard(number)
            else:
                once.add(number)

    def frequent(self) -> dict[str, int]:
        """The keys of the lines that enough pages carry, and how many do."""
        line, prose = (max(PAGES, share * len(self.pages)) for share in (SHARE, PROSE_SHARE))
        return {key: n for key, n in self.carried.items() if n >= (prose if key in self.prose else line)}

    def template(self) -> dict[str, int]:
        """The keys of the lines that are the site's, with how many pages carry them."""
        return {key: n for key, n in self.frequent().items() if self.outside[key] >= OUTSIDE * n}

    def as_dict(self) -> dict[str, Any]:
        """The site as plain values."""
        order = sorted(self.carried, key=lambda key: (-self.carried[key], self.texts[key]))
        lines = [
            {"text": self.texts[k], "pages": self.carried[k], "outside": self.outside[k], "prose": k in self.prose}
            for k in order
        ]
        return {"pages": len(self.pages), "lines": lines, "digests": " ".join(sorted(self.pages))}

    @classmethod
    def of_dict(cls, content: Mapping[str, Any]) -> Site:
        """The site in plain values."""
        site = cls(set(content["digests"].split()))
        for line in content["lines"]:
            key = normal(line["text"])
            site.carried[key] += int(line["pages"])
            site.outside[key] += int(line["outside"])
            site.texts.setdefault(key, line["text"])
            if line["prose"]:
                site.prose.add(key)
        return site


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as a thing: a template is long
class SiteLines:
    """Finds the lines of a template above and below the body: amid it they may be headings that many articles have."""

    template: Mapping[str, int]
    pages: int

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Find the lines."""
        keys = keys_of(document)
        first, last = body(keys, facts(document).prose, self.template.keys())
        for index, key in enumerate(keys):
            if key in self.template and not first <= index < last:
                yield take(document, index, why=f"on {self.template[key]:,} of {self.pages:,} pages", score=SCORE)


def _nothing(document: Document) -> Iterator[Finding]:
    return iter(())


# The rule as it is before a profile is known; with one, it finds the lines of that.
TEMPLATE = Rule(
    "site-template",
    "site",
    "repeats across the site",
    _nothing,
    doc="""Lines that repeat across the pages of a site.

    Removes: lines above and below the body that, by a profile of `cleantext learn`, stand on many pages of the site.

    Keeps: the same lines amid the body, where they are headings that many articles have; all without a profile.

    Source: the pages that the profile was learnt from.
    """,
)


def host_of(document: Document) -> str:
    """The host of a page, as its canonical link or its og:url names it, without "www."; "" if it names none."""
    if document.page is None:
        return ""
    said = document.page.facts
    return host_in(said.address or said.metas.get("og:url", ""))


def host_in(address: str) -> str:
    """The host in an address, without "www."; "" if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def keys_of(document: Document) -> list[str]:
    """The key of every line of a document, "" for one that is too long or has no letter."""
    known = facts(document).keys
    keys = (key or normal(text[:LONGEST]) for key, text in zip(known, document.texts, strict=True))
    return [
        key if len(text) <= LONGEST and any(map(str.isalpha, key)) else ""
        for key, text in zip(keys, document.texts, strict=True)
    ]


def body(keys: Iterable[str], prose: Iterable[bool], template: Set[str]) -> tuple[int, int]:
    """From which line to which (half-open) the prose of a page reaches, its template's aside; 0 and all without any."""
    every = list(zip(keys, prose, strict=True))
    told = [index for index, (key, is_prose) in enumerate(every) if is_prose and key not in template]
    return (told[0], told[-1] + 1) if told else (0, len(every))
