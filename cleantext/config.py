"""What the caller may decide, from keywords or from TOML."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleantext.document import Document
from cleantext.find import take
from cleantext.find.patterns import Pattern, PatternError, lines
from cleantext.rule import GROUPS, Rule, near, rules, select
from cleantext.span import Finding

FILES = ("cleantext.toml", ".cleantext.toml", "pyproject.toml")
OWN_GROUP = "own"
OWN_FIELDS = ("name", "lines", "reason", "group")


@dataclass(frozen=True, slots=True)
class Config:
    """What to remove. Make one with `Config.make` or `Config.load`, which check every value.

    ``select`` names the rules and groups that run, None for the default ones; ``extend_select`` adds to them,
    ``ignore`` takes away from them. A line in which a ``keep`` pattern is found is never removed. ``rules`` are the
    caller's own.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    keep: tuple[Pattern, ...] = ()
    rules: tuple[Rule, ...] = ()

    @classmethod
    def make(cls, **options: Any) -> Config:
        """A config from keywords (``extend_select``) or TOML keys (``extend-select``).

        ``keep`` takes regular expressions; ``rules`` tables with ``name``, ``lines`` (regular expressions: a line in
        which one is found goes) and, if wanted, ``reason`` and ``group``. Raises ValueError for an unknown key (with
        the nearest) or a pattern that is no regular expression, TypeError for a value of the wrong type.
        """
        values: dict[str, Any] = {}
        for key, value in options.items():
            name = key.replace("-", "_")
            if name not in {f.name for f in dataclasses.fields(cls)}:
                known = [f.name for f in dataclasses.fields(cls)]
                raise ValueError(f"unknown option {key!r}{near(name, known)}")
            if name == "rules":
                values[name] = tuple(_own_rules(value))
            elif name == "keep":
                values[name] = tuple(_pattern(p, "keep") for p in _strings(value, "keep"))
            elif name == "select" and value is None:
                values[name] = None
            else:
                values[name] = tuple(_strings(value, key))
        return cls(**values)

    @classmethod
    def load(cls, path: Path) -> Config:
        """The config in a TOML file: its ``[tool.cleantext]`` table in a pyproject.toml, else the whole file.

        Raises ValueError that names the file for whatever is wrong with it, OSError if it cannot be read.
        """
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            if path.name == "pyproject.toml":
                tool = content.get("tool", {})
                content = tool.get("cleantext", {}) if isinstance(tool, dict) else {}
            if not isinstance(content, Mapping):
                raise TypeError(f"[tool.cleantext] is a table, not {type(content).__name__}")
            config = cls.make(**content)
            config.check()
            return config
        except (ValueError, TypeError) as error:
            raise ValueError(f"{path}: {error}") from error

    def check(self) -> None:
        """Raise ValueError for a name in ``select``, ``extend_select`` or ``ignore`` that is no rule or group."""
        known = {**rules(), **{r.name: r for r in self.rules}}
        for names in (self.select or (), self.extend_select, self.ignore):
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


def _has_table(path: Path) -> bool:
    """Whether a pyproject.toml has our table; a broken one has if it names it, so that loading it complains."""
    try:
        raw = path.read_bytes()
    except OSError:
        return False
    try:
        tool = tomllib.loads(raw.decode("utf-8")).get("tool")
        return isinstance(tool, dict) and "cleantext" in tool
    except ValueError:
        return b"[tool.cleantext" in raw


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The finder of a rule of the caller's: lines in which one of the patterns is found."""

    patterns: tuple[Pattern, ...]

    def __call__(self, document: Document) -> Iterator[Finding]:
        """Find the lines; raises TimeoutError when the patterns take too long."""
        for pattern in self.patterns:
            for index, _ in lines(document, pattern, longest=None):
                yield take(document, index, why=f"matches {pattern.text!r}", score=1.0)


def _own_rules(tables: object) -> Iterator[Rule]:
    if not isinstance(tables, Iterable) or isinstance(tables, str | Mapping):
        raise TypeError(f"rules takes a list of tables, not {type(tables).__name__}")
    seen = set()
    for table in tables:
        if not isinstance(table, Mapping):
            raise TypeError(f"a rule is a table with {', '.join(OWN_FIELDS)}, not {type(table).__name__}")
        for key in table:
            if key not in OWN_FIELDS:
                raise ValueError(f"unknown key {key!r} in a rule{near(str(key), OWN_FIELDS)}")
        for field in ("name", "lines"):
            if not table.get(field):
                raise ValueError(f"a rule needs {field!r}")
        name, group = table["name"], table.get("group", OWN_GROUP)
        reason = table.get("reason", "own rule")
        if not (isinstance(name, str) and isinstance(reason, str)):
            raise TypeError("name and reason of a rule are strings")
        if group not in GROUPS:
            raise ValueError(f"unknown group {group!r} in rule {name!r}{near(str(group), GROUPS)}")
        if name in seen or name in rules() or name in GROUPS or name == "all":
            raise ValueError(f"rule name {name!r} is taken by a rule or a group")
        seen.add(name)
        patterns = tuple(_pattern(p, f"rule {name!r}") for p in _strings(table["lines"], "lines"))
        yield Rule(name, group, reason, OwnLines(patterns), doc=f"Lines in which {reason!r} is found.")


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


def _pattern(text: str, where: str) -> Pattern:
    try:
        return Pattern(text)
    except PatternError as error:
        raise ValueError(f"{where}: {text!r} is no regular expression: {error}") from error
