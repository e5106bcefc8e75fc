"""A document of a table, cleaned: what becomes of it, or why nothing does."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from dataclasses import dataclass

from cleantext.config import Config
from cleantext.engine import Cleaner
from cleantext.read.encoding import decode
from cleantext.read.html import is_html
from cleantext.result import Result
from cleantext.site import TEMPLATE, Profile, host_in
from cleantext.span import Span

# What is added to a row, in this order.
ADDED = ("clean_text", "removed", "kept_ratio", "error")
KINDS = ("auto", "text", "html")
# Sites whose cleaners are kept: the pages of one stand together in most tables.
SITES = 1000
SAID = 500  # code points of an error


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a document.

    ``text`` is the body, None if there is none because the document is missing or failed; ``removed`` what went of it.
    ``kept_ratio`` is the share of its visible code points that ``text`` holds, 1 for a document that shows nothing.
    ``error`` says what was not done: all of it where ``text`` is None, else a rule or a limit that is named there.
    """

    text: str | None = None
    removed: tuple[Span, ...] = ()
    kept_ratio: float | None = None
    error: str | None = None


class RowCleaner:
    """Cleans documents one by one, and has an answer to each.

    `config` is a `Config`, a `Cleaner` or None for the default; `kind` is as in `Cleaner.clean`. With a `profile` by
    host what repeats across the site of a document goes, too. Picklable. Raises ValueError for another kind and for a
    profile by folder, for a row lies in none; TypeError for another config.
    """

    def __init__(self, config: Config | Cleaner | None = None, kind: str = "auto", profile: Profile | None = None):
        if kind not in KINDS:
            raise ValueError(f"kind must be 'auto', 'text' or 'html', not {kind!r}")
        if config is not None and not isinstance(config, Config | Cleaner):
            raise TypeError(f"config takes a Config or a Cleaner, not {type(config).__name__}")
        if profile is not None and not isinstance(profile, Profile):
            raise TypeError(f"profile takes a cleantext.site.Profile, not {type(profile).__name__}")
        if profile is not None and profile.by != "host":
            raise ValueError(f"the sites of a table are its hosts, and this profile is by {profile.by}")
        self._kind, self._profile = kind, profile
        self._cleaner = config if isinstance(config, Cleaner) else Cleaner(config)
        self._of_sites: OrderedDict[str, Cleaner] = OrderedDict()

    def __getstate__(self) -> tuple[Cleaner, str, Profile | None]:
        return self._cleaner, self._kind, self._profile

    def __setstate__(self, state: tuple[Cleaner, str, Profile | None]) -> None:
        self._cleaner, self._kind, self._profile = state
        self._of_sites = OrderedDict()

    def clean(self, source: str | bytes | None, url: str | None = None, charset: str | None = None) -> Row:
        """What becomes of a document, None for none; never raises but for an interrupt.

        `url` is the address of the document: its host says which site it is of, else what the page says of itself.
        Bytes are decoded by `decoded`, with the `charset` that a server named.
        """
        if source is None:
            return Row()
        try:
            if isinstance(source, bytes):
                source = decoded(source, self._kind, charset)
            result = self._cleaner_for(source, url).clean(source, kind=self._kind, url=url)
        except Exception as error:  # whatever it is, the other rows of the table are not to blame
            return Row(error=f"{type(error).__name__}: {error}"[:SAID])
        problems = "; ".join(f"{problem.rule}: {problem.message}" for problem in result.problems)
        return Row(result.text, result.removed, kept_ratio(result), problems[:SAID] or None)

    def _cleaner_for(self, source: str, url: str | None) -> Cleaner:
        if self._profile is None:
            return self._cleaner
        page = self._kind == "html" or (self._kind == "auto" and is_html(source))
        site = host_in(url or "") or self._profile.site("", source, page)
        known = self._of_sites.get(site)
        if known is None:
            known = self._with(self._profile, site)
            if len(self._of_sites) >= SITES:
                self._of_sites.popitem(last=False)
            self._of_sites[site] = known
        else:
            self._of_sites.move_to_end(site)
        return known

    def _with(self, profile: Profile, site: str) -> Cleaner:
        """A cleaner that also knows the template of a site."""
        rule = profile.rule(site)
        if rule is None:
            return self._cleaner
        config = self._cleaner.config
        others = (other for other in config.rules if other.name != TEMPLATE.name)
        return Cleaner(dataclasses.replace(config, rules=(*others, rule)))


class Refusal(RowCleaner):
    """Cleans nothing, and says of each document why."""

    def __init__(self, error: str) -> None:
        super().__init__()
        self._error = error

    def clean(self, source: str | bytes | None, url: str | None = None, charset: str | None = None) -> Row:
        """What is said of every document."""
        return Row(error=self._error)


def kind_of(column: str) -> str:
    """What a column holds by its name: ``"text"``, ``"html"`` or ``"auto"``."""
    return column if column in ("text", "html") else "auto"


def decoded(source: bytes, kind: str = "auto", charset: str | None = None) -> str:
    """The text of a document that is bytes, as `cleantext.read.encoding.decode` finds it."""
    return decode(source, kind == "html" or (kind == "auto" and is_html(source.decode("latin-1"))), charset)[0]


def kept_ratio(result: Result) -> float:
    """The share of the visible code points of a document that its text holds, 1.0 if it shows none."""
    kept = len(result.text)
    every = kept + sum(len(span.text) for span in result.removed)
    return kept / every if every else 1.0
