"""What repeats across the sites of a table, as counts that can be added up: in one process or by group-by on an engine.

A line is counted once for each page that carries it, and a page once for each site however often it is there. That
takes two rounds: which lines stand on how many pages (`lines_of`), and on how many of these outside the body
(`outside_of`), which is known when the template's own prose is. Each round gives rows that an engine makes different,
groups by site and line, and counts; `profile_of` makes a profile of the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from hashlib import blake2b

import pyarrow as pa

from cleantext.corpus.arrow import check_columns, values
from cleantext.corpus.rows import decoded, kind_of
from cleantext.find.normal import normal
from cleantext.site import PAGES, Page, Profile, Site, host_in

# A line of a page: ``page`` is the digest of what the page shows, ``line`` the hash of the line's key, ``text`` how it
# is written there.
LINES = pa.schema(
    [("site", pa.string()), ("page", pa.string()), ("line", pa.int64()), ("text", pa.string()), ("prose", pa.bool_())]
)
OUTSIDE = pa.schema([("site", pa.string()), ("page", pa.string()), ("line", pa.int64())])
# What is counted of them, by site and line.
COUNTED = ["site", "line", "pages", "text", "prose"]


def learn_table(table: pa.Table, *, column: str = "html", kind: str | None = None, url: str | None = None) -> Profile:
    """A profile of what repeats across the hosts of a table, for `clean_table` and ``--site-profile``.

    `column`, `kind` and `url` are as in `clean_table`; a document without an address is of the host that its canonical
    link or its og:url names. Raises what `clean_table` raises for them.
    """
    lines = lines_of(table, column=column, kind=kind, url=url)
    different = lines.group_by(["site", "page", "line"]).aggregate([("text", "min"), ("prose", "max")])
    grouped = different.group_by(["site", "line"])
    counted = grouped.aggregate([("page", "count"), ("text_min", "min"), ("prose_max", "max")])
    pages = pages_by_site(lines.group_by(["site", "page"]).aggregate([]))
    profile = profile_of(pages, counted.rename_columns(COUNTED))
    outside = outside_of(table, frequent_of(profile), column=column, kind=kind, url=url)
    different = outside.group_by(["site", "page", "line"]).aggregate([])
    add_outside(profile, different.group_by(["site", "line"]).aggregate([("page", "count")]))
    return profile


def lines_of(table: pa.Table, *, column: str, kind: str | None = None, url: str | None = None) -> pa.Table:
    """The different lines of each page of a table, with the columns of `LINES`."""
    found: dict[str, list[object]] = {name: [] for name in LINES.names}
    for site, page in _pages(table, column, kind, url):
        for key, (text, prose) in page.different().items():
            for name, value in zip(LINES.names, (site, page.digest, _hash(key), text, prose), strict=True):
                found[name].append(value)
    return pa.table(found, LINES)


def outside_of(
    table: pa.Table,
    frequent: Mapping[str, Set[int]],
    *,
    column: str,
    kind: str | None = None,
    url: str | None = None,
) -> pa.Table:
    """The lines of each page that stand outside its body, with the columns of `OUTSIDE`; only those of `frequent`.

    `frequent` holds, by site, the hashes of the lines that many pages carry.
    """
    found: dict[str, list[object]] = {name: [] for name in OUTSIDE.names}
    for site, page in _pages(table, column, kind, url):
        known = frequent.get(site)
        if known is None:
            continue
        hashes = {key: _hash(key) for key in {*page.keys} if key}
        template = {key for key, number in hashes.items() if number in known}
        for key in page.outside(template) & template:
            for name, value in zip(OUTSIDE.names, (site, page.digest, hashes[key]), strict=True):
                found[name].append(value)
    return pa.table(found, OUTSIDE)


def profile_of(pages: Mapping[str, set[str]], counted: pa.Table) -> Profile:
    """A profile by host of counts with the columns `COUNTED`, and of the digests of the pages of each site.

    Sites of fewer than `PAGES` pages are left out, and lines on one page alone; how many stand outside the body is not
    known yet.
    """
    profile = Profile("host", {site: Site({*digests}) for site, digests in pages.items() if len(digests) >= PAGES})
    for row in counted.to_pylist():
        site = profile.sites.get(row["site"])
        if site is None or row["pages"] < 2:
            continue
        key = normal(row["text"])
        site.carried[key], site.texts[key] = row["pages"], row["text"]
        if row["prose"]:
            site.prose.add(key)
    return profile


def frequent_of(profile: Profile) -> dict[str, frozenset[int]]:
    """What `outside_of` needs to know of a profile."""
    return {name: frozenset(map(_hash, site.frequent())) for name, site in profile.sites.items()}


def add_outside(profile: Profile, counted: pa.Table) -> None:
    """Note in a profile on how many pages its lines stand outside the body: rows of a site, a line and a count."""
    keys = {name: {_hash(key): key for key in site.carried} for name, site in profile.sites.items()}
    for site, line, pages in zip(*(column.to_pylist() for column in counted.columns), strict=True):
        if site in keys and line in keys[site]:
            profile.sites[site].outside[keys[site][line]] = pages


def pages_by_site(pages: pa.Table) -> dict[str, set[str]]:
    """The digests of the pages of each site, of rows with a site and a page."""
    found: dict[str, set[str]] = {}
    for site, page in zip(*(column.to_pylist() for column in pages.columns), strict=True):
        found.setdefault(site, set()).add(page)
    return found


def _pages(table: pa.Table, column: str, kind: str | None, url: str | None) -> Iterator[tuple[str, Page]]:
    """The pages of a table, each with its site; documents that are missing or cannot be read are none."""
    check_columns(table.schema, column, url, added=False)
    kind = kind or kind_of(column)
    urls: Iterable[object] = values(table.column(url)) if url is not None else [None] * len(table)
    for source, address in zip(values(table.column(column)), urls, strict=True):
        if isinstance(source, bytes):
            source = decoded(source, kind)
        if isinstance(source, str):
            page = Page.of(source, kind)
            yield host_in(address if isinstance(address, str) else "") or page.host, page


def _hash(key: str) -> int:
    """64 bits that stand for a line, the same in every process."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)
