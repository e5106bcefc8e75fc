"""What the caller may decide, from keywords or from TOML."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, TypedDict

from cleantext.find.own import OwnElements, OwnLines
from cleantext.find.patterns import Pattern
from cleantext.pattern_size import Room
from cleantext.registry import GROUPS, STAGES, Rule, near, rules, select

FILES = ("cleantext.toml", ".cleantext.toml", "pyproject.toml")
LARGEST = 1_000_000  # bytes of a config file
MOST_DOTS = 100  # of a line, outside of strings: the time for a key goes with the square of its parts
MOST = 10**12  # code points or seconds of a limit: what is larger is a slip, and some of it cannot be printed
LONGEST_SELECTOR = 1_000  # code points: some selectors take the time of the page for each of their parts
OWN_GROUP = "own"
LEVELS = ("named", "balanced", "strict")
OWN_FIELDS = ("name", "lines", "elements", "reason", "group")
SITE_FIELDS = ("remove", "keep")


class Options(TypedDict, total=False):
    """The fields of `Config` as they may be given: a string stands for a list of one."""

    select: str | Iterable[str] | None
    extend_select: str | Iterable[str]
    ignore: str | Iterable[str]
    level: str
    keep: str | Iterable[str | Pattern]
    max_chars: int | None
    time_limit: float | None
    rules: Iterable[Mapping[str, Any] | Rule]
    sites: Mapping[str, Mapping[str, Any]]
    per_file_ignores: Mapping[str, str | Iterable[str]]
    exclude: str | Iterable[str] | None
    extend_exclude: str | Iterable[str]
    respect_gitignore: bool


@dataclass(frozen=True, slots=True)
class Site:
    """What CSS selectors say of the pages of one site: what goes, and what stays whatever else is found in it."""

    remove: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """What to remove; every value is checked.

    ``select`` names the rules and groups that run, None for the default ones; ``extend_select`` adds to them,
    ``ignore`` takes away from them. ``level`` is one of `LEVELS`: ``"named"`` removes only what a rule names,
    ``"balanced"`` also what the body score of a page takes for boilerplate, ``"strict"`` more of that. A line in which
    a ``keep`` pattern is found is never removed. A document of more than ``max_chars`` code points is not judged, and
    one that takes more than ``time_limit`` seconds no further; what was not judged stays, and the result has a problem
    that says so. ``rules`` are the caller's own, ``sites`` what CSS selectors say of the pages of a host and of hosts
    below it. `make` says what each may be.

    The others are for the command on folders, their patterns in the form of a .gitignore, relative to the config file:
    ``per_file_ignores`` adds to ``ignore`` for the files that a pattern names; ``exclude``, None for the default, and
    ``extend_exclude`` are what folders are searched without, and so is what git ignores if ``respect_gitignore``.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str = "balanced"
    keep: tuple[Pattern, ...] = ()
    max_chars: int | None = None
    time_limit: float | None = None
    rules: tuple[Rule, ...] = ()
    sites: tuple[tuple[str, Site], ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            if not isinstance(self.level, str):
                raise TypeError(f"level takes a string, not {type(self.level).__name__}")
            raise ValueError(f"unknown level {self.level!r}{near(self.level, LEVELS)}; one of {', '.join(LEVELS)}")
        _check_limit("max-chars", self.max_chars, int, "a whole number")
        _check_limit("time-limit", self.time_limit, int | float, "a number of seconds")
        room = Room()
        values = {
            "select": None if self.select is None else tuple(_strings(self.select, "select")),
            "extend_select": tuple(_strings(self.extend_select, "extend-select")),
            "ignore": tuple(_strings(self.ignore, "ignore")),
            "keep": tuple(_patterns(self.keep, "keep", room)),
            "rules": tuple(_own_rules(self.rules, room)),
            "sites": tuple(_sites(self.sites)),
            "per_file_ignores": tuple(_by_pattern(self.per_file_ignores)),
            "exclude": None if self.exclude is None else tuple(_strings(self.exclude, "exclude")),
            "extend_exclude": tuple(_strings(self.extend_exclude, "extend-exclude")),
        }
        if not isinstance(self.respect_gitignore, bool):
            raise TypeError(f"respect-gitignore takes a boolean, not {type(self.respect_gitignore).__name__}")
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def make(cls, **options: Any) -> Config:
        """A config from keywords (``extend_select``) or TOML keys (``extend-select``).

        ``keep`` takes regular expressions; ``rules`` tables with ``name``, ``lines`` (regular expressions: a line in
        which one is found goes) or ``elements`` (CSS selectors: what they pick of a page goes) and, if wanted,
        ``reason`` and ``group``; ``sites`` a table of hosts with ``remove`` and ``keep``, CSS selectors each. Raises
        ValueError for an unknown key (with the nearest), for a pattern that is no regular expression or too large a one
        (see `cleantext.pattern_size`) and for what is no selector; TypeError for a value of the wrong type.
        ``per-file-ignores`` takes a table of lists of names by pattern.
        """
        known = [f.name for f in dataclasses.fields(cls)]
        values: dict[str, Any] = {}
        for key, value in options.items():
            name = key.replace("-", "_")
            if name not in known:
                raise ValueError(f"unknown option {key!r}{near(name, known)}")
            values[name] = value
        return cls(**values)

    @classmethod
    def load(cls, path: Path) -> Config:
        """The config in a TOML file: its table ``[tool.cleantext]`` in a pyproject.toml or if it has one, else all.

        Raises ValueError that names the file for whatever is wrong with it, OSError if it cannot be read.
        """
        try:
            content = _parsed(_read(path))
            if path.name == "pyproject.toml" or "tool" in content:
                tool = content.get("tool", {})
                content = tool.get("cleantext", {}) if isinstance(tool, dict) else {}
            if not isinstance(content, Mapping):
                raise TypeError(f"[tool.cleantext] is a table, not {type(content).__name__}")
            config = cls.make(**content)
            config.check()
            return config
        except (ValueError, TypeError) as error:
            raise ValueError(f"{path}: {error}") from error
        except RecursionError as error:
            raise ValueError(f"{path}: nested too deeply") from error

    def check(self) -> None:
        """Raise ValueError for a name that is no rule or group, wherever names are given."""
        known = {**rules(), **{r.name: r for r in self.rules}}
        for names in (self.select or (), self.extend_select, self.ignore, *dict(self.per_file_ignores).values()):
            select(known, names)

    @staticmethod
    def nearest(folder: Path) -> Path | None:
        """The config file for what is in `folder`: the first going up; a pyproject.toml without our table is none."""
        for parent in (folder, *folder.parents):
            for name in FILES:
                path = parent / name
                if path.is_file() and (name != "pyproject.toml" or _has_table(path)):
                    return path
        return None


def _check_limit(name: str, value: float | None, kind: type | UnionType, takes: str) -> None:
    """Raise TypeError or ValueError if `value` is neither None nor a positive number."""
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, kind):
        raise TypeError(f"{name} takes {takes}, not {type(value).__name__}")
    if not 0 < value <= MOST:  # nor is NaN
        raise ValueError(f"{name} is greater than 0 and at most {MOST:,}")


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has our table; a broken one has if it names it, so that loading it complains."""
    try:
        raw = _read(path)
    except OSError:
        return False
    try:
        tool = _parsed(raw).get("tool")
        return isinstance(tool, dict) and "cleantext" in tool
    except ValueError:
        return b"[tool.cleantext" in raw


def _read(path: Path) -> bytes:
    """The bytes of a config file; of one that is too large enough to tell that it is."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


# Comments and strings of TOML, which end with the line or the file if nothing else ends them.
_NO_KEYS = (
    r"(?s)#[^\n]*"
    r'|"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)'
    r"|'''.*?(?:'{3,5}|\Z)"
    r'|"(?:\\[^\n]|[^"\\\n])*"?'
    r"|'[^'\n]*'?"
)


def _parsed(raw: bytes) -> dict[str, Any]:
    """The content of a TOML file. Raises ValueError for what is none, and for what takes long or is nested deeply."""
    import tomllib  # no part of a call without config files

    if len(raw) > LARGEST:
        raise ValueError(f"a config file has at most {LARGEST:,} bytes")
    text = raw.decode("utf-8")
    if text.count(".") > MOST_DOTS:
        lines = re.sub(_NO_KEYS, lambda found: "\n" * found[0].count("\n"), text).split("\n")
        for number, line in enumerate(lines, start=1):
            if line.count(".") > MOST_DOTS:
                raise ValueError(f"more than {MOST_DOTS} dots outside of strings in line {number}")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _own_rules(tables: object, room: Room) -> Iterator[Rule]:
    if not isinstance(tables, Iterable) or isinstance(tables, str | Mapping):
        raise TypeError(f"rules takes a list of tables, not {type(tables).__name__}")
    seen = set()
    for table in tables:
        if isinstance(table, Rule):
            if table.group not in GROUPS or table.stage not in STAGES:
                raise ValueError(f"rule {table.name!r}: unknown group {table.group!r} or stage {table.stage!r}")
            if table.name in seen or rules().get(table.name, table) is not table or table.name in (*GROUPS, "all"):
                raise ValueError(f"rule name {table.name!r} is taken by a rule or a group")
            seen.add(table.name)
            yield table
            continue
        if not isinstance(table, Mapping):
            raise TypeError(f"a rule is a table with {', '.join(OWN_FIELDS)}, not {type(table).__name__}")
        for key in table:
            if key not in OWN_FIELDS:
                raise ValueError(f"unknown key {key!r} in a rule{near(str(key), OWN_FIELDS)}")
        if not table.get("name"):
            raise ValueError("a rule needs 'name'")
        if bool(table.get("lines")) is bool(table.get("elements")):
            raise ValueError("a rule needs 'lines' or 'elements', and not both")
        name, group = table["name"], table.get("group", OWN_GROUP)
        reason = table.get("reason", "own rule")
        if not (isinstance(name, str) and isinstance(reason, str)):
            raise TypeError("name and reason of a rule are strings")
        if group not in GROUPS:
            raise ValueError(f"unknown group {group!r} in rule {name!r}{near(str(group), GROUPS)}")
        if not all(part.isalnum() and part == part.lower() for part in name.split("-")):
            raise ValueError(f"rule name {name!r} is not in kebab-case, like 'house-style'")
        if name in seen or name in rules() or name in GROUPS or name == "all":
            raise ValueError(f"rule name {name!r} is taken by a rule or a group")
        seen.add(name)
        where = f"rule {name!r}"
        if table.get("lines"):
            patterns = tuple(_patterns(table["lines"], where, room))
            shown = " or ".join(repr(p.text) for p in patterns)
            yield Rule(name, group, reason, OwnLines(patterns), doc=f"Lines in which {shown} is found.")
        else:
            selectors = tuple(_selectors(table["elements"], where))
            shown = " or ".join(map(repr, selectors))
            found = OwnElements(selectors)
            yield Rule(name, group, reason, found, "elements", doc=f"Elements of a page that {shown} picks.")


# A name or an address of a host, without scheme, port, path and wildcards.
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def _sites(value: object) -> Iterator[tuple[str, Site]]:
    """The sites of a table by host."""
    if isinstance(value, tuple) and all(isinstance(pair, tuple) and isinstance(pair[1], Site) for pair in value):
        yield from value
        return
    if not isinstance(value, Mapping):
        raise TypeError(f"sites takes a table of hosts, not {type(value).__name__}")
    for host, table in value.items():
        if not isinstance(host, str) or not isinstance(table, Mapping):
            raise TypeError(f"sites: {host!r} takes a table with {' and '.join(SITE_FIELDS)}")
        if not HOST.fullmatch(host):
            raise ValueError(
                f"sites: {host!r} is no host; write it as in 'example.org', which is 'www.example.org' too"
            )
        for key in table:
            if key not in SITE_FIELDS:
                raise ValueError(f"unknown key {key!r} in site {host!r}{near(str(key), SITE_FIELDS)}")
        chosen = (tuple(_selectors(table.get(field, ()), f"site {host!r}")) for field in SITE_FIELDS)
        yield host.lower().strip("."), Site(*chosen)


def _by_pattern(value: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of a table by pattern."""
    pairs = value.items() if isinstance(value, Mapping) else value
    if not isinstance(pairs, Iterable) or isinstance(pairs, str):
        raise TypeError(f"per-file-ignores takes a table, not {type(value).__name__}")
    for pattern, names in pairs:
        if not isinstance(pattern, str):
            raise TypeError(f"per-file-ignores takes strings, not {type(pattern).__name__}")
        yield pattern, tuple(_strings(names, f"per-file-ignores {pattern!r}"))


def _selectors(values: object, where: str) -> Iterator[str]:
    """CSS selectors, each of them checked."""
    from cleantext.read.fast import check_selector  # the parser is for pages, and for who has selectors

    for selector in _strings(values, where):
        if len(selector) > LONGEST_SELECTOR:
            raise ValueError(f"{where}: a selector has at most {LONGEST_SELECTOR:,} characters, not {len(selector):,}")
        try:
            check_selector(selector)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from error
        yield selector


def _strings(value: object, name: str) -> Iterator[str]:
    """The strings of a list; one string stands for itself."""
    if isinstance(value, str):
        yield value
        return
    if not isinstance(value, Iterable) or isinstance(value, Mapping | bytes):
        raise TypeError(f"{name} takes a string or a list of strings, not {type(value).__name__}")
    for item in value:
        if not isinstance(item, str):
            raise TypeError(f"{name} takes strings, not {type(item).__name__}")
        yield item


def _patterns(values: object, where: str, room: Room) -> Iterator[Pattern]:
    """Regular expressions as patterns; what is a pattern already stays one. None is compiled that is too large."""
    if isinstance(values, list | tuple):
        values = [v.text if isinstance(v, Pattern) else v for v in values]
    for text in _strings(values, where):
        if not text:
            raise ValueError(f"{where}: an empty pattern is found in every line")
        pattern = Pattern(text)
        try:
            room.take(text)
            pattern.check()
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from error
        except RecursionError as error:
            raise ValueError(f"{where}: a regular expression is nested too deeply") from error
        yield pattern
