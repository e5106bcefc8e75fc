"""What holds for a file: the command line over the nearest config file over the defaults."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleantext.cli.ignore import Ignore, absolute
from cleantext.cli.problems import CannotRead, printable

if TYPE_CHECKING:
    from cleantext.cli.source import Source
    from cleantext.config import Config
    from cleantext.engine import Cleaner
    from cleantext.registry import Rule
    from cleantext.site import Profile

# The fields of a config that decide what is found in a document.
# Not the time limit: what a cache keeps is of documents for which there was time enough.
DECIDING = ("select", "extend_select", "ignore", "level", "keep", "sites", "max_chars")
# Folders that are not searched: hidden ones, and those in which tools keep what others wrote.
EXCLUDE = (".*/", "node_modules/", "__pycache__/", "venv/")


@dataclass(frozen=True)
class Settings:
    """A config, the file it is from (None for the defaults) and the folder that its patterns are relative to."""

    config: Config
    file: Path | None
    root: Path
    given: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False, compare=False)
    _cleaners: dict[tuple[frozenset[str], Rule | None], Cleaner] = field(
        default_factory=dict, repr=False, compare=False
    )

    def cleaner(self, path: str, site: Rule | None = None) -> Cleaner:
        """The cleaner for the file at `path`, with the rule for the template of its site."""
        from cleantext.engine import Cleaner

        ignored = self.ignored(path)
        known = self._cleaners.get((ignored, site))
        if known is None:
            config = self.config
            if ignored:
                config = dataclasses.replace(config, ignore=(*config.ignore, *sorted(ignored)))
            if site is not None:
                others = (rule for rule in config.rules if rule.name != site.name)
                config = dataclasses.replace(config, rules=(*others, site))
            known = self._cleaners[ignored, site] = Cleaner(config)
        return known

    def check(self) -> None:
        """Read the patterns now rather than when the first file comes. Raises ValueError for what is none."""
        self.excludes(str(self.root))
        self.ignored(str(self.root))

    def ignored(self, path: str) -> frozenset[str]:
        """The names that are ignored for the file at `path` besides those that are for all."""
        return frozenset(name for pattern, names in self._ignores if pattern.says(path) for name in names)

    def excludes(self, path: str, folder: bool = False) -> bool:
        """Whether a folder is searched without `path`."""
        return any(ignore.says(path, folder) for ignore in self._excludes)

    @cached_property
    def _excludes(self) -> list[Ignore]:
        """What is excluded: patterns of the config from its folder, those of the command line from the current one."""
        here, given = Path.cwd(), self.given
        exclude = EXCLUDE if self.config.exclude is None else self.config.exclude
        found = [Ignore(self.root, exclude) if "exclude" not in given else Ignore(here, given["exclude"])]
        if self.config.extend_exclude:
            found.append(Ignore(self.root, self.config.extend_exclude))
        if "extend_exclude" in given:
            found.append(Ignore(here, given["extend_exclude"]))
        return found

    @cached_property
    def _ignores(self) -> list[tuple[Ignore, tuple[str, ...]]]:
        return [(Ignore(self.root, [pattern]), names) for pattern, names in self.config.per_file_ignores]


@dataclass(frozen=True)
class Asked:
    """What the command line says of the settings: fields of `Config` that it sets, and where to look for the others.

    Picklable, so that every process makes its own settings of it.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    file: Path | None = None
    isolated: bool = False
    profile: Path | None = None


class AllSettings:
    """The settings for every file, each config file read once.

    Raises click.UsageError for an unknown rule or a wrong file given with ``--config``, CannotRead for a wrong config
    file found beside a document.
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._found: dict[Path, Path | None] = {}
        self._made: dict[Path | None, Settings] = {}
        self._rules: dict[str, Rule | None] = {}

    def check(self) -> AllSettings:
        """These settings, when what the command line says is right: it is said before anything is read."""
        _ = self.profile
        with suppress(CannotRead):  # a wrong config file is said of the files that it is for
            self.of_folder(Path())
        return self

    def cleaner(self, source: Source) -> Cleaner:
        """The cleaner for a document, with what a profile of sites says of it."""
        rule = None
        if self.profile is not None:
            site = self._site(source)
            if site not in self._rules:
                self._rules[site] = self.profile.rule(site)
            rule = self._rules[site]
        return self.of(source.name).cleaner(source.name, rule)

    def _site(self, source: Source) -> str:
        """The name of the site of a document in the profile."""
        from cleantext.read.html import is_html

        assert self.profile is not None
        page = source.kind == "html" or (source.kind == "auto" and is_html(source.text))
        return self.profile.site(str(absolute(source.name)), source.text, page)

    @cached_property
    def _profile_digest(self) -> str:
        from hashlib import sha256

        assert self._asked.profile is not None
        return sha256(self._asked.profile.read_bytes()).hexdigest()

    def told(self, source: Source) -> str:
        """All that decides what is found in a document besides its bytes, in words."""
        site = self._site(source) if self.profile is not None else ""
        return "\n".join([source.encoding, source.kind, self.told_of(source.name), site])

    def told_of(self, path: str) -> str:
        """What the settings for the file at `path` say of what is found in it, in words."""
        from cleantext.site import TEMPLATE

        settings = self.of(path)
        config = settings.config
        said = [repr(getattr(config, name)) for name in DECIDING]
        # A rule's function has another address in every process; those of the package are told by its version.
        said += [
            f"{rule.name} {rule.group} {rule.reason} {rule.find!r}" for rule in config.rules if rule.doc != TEMPLATE.doc
        ]
        profile = f"{self.profile.by} {self._profile_digest}" if self.profile is not None else ""
        return "\n".join([*said, *sorted(settings.ignored(path)), profile])

    def told_in(self, folder: Path) -> str:
        """The same of all files in a folder, whatever their names; what is wrong with a config is part of it."""
        try:
            said = self.told_of(str(folder / "any.txt"))
            return f"{said}\n{self.of_folder(folder).config.per_file_ignores!r}"
        except CannotRead as error:
            return str(error)

    @cached_property
    def profile(self) -> Profile | None:
        """The profile of sites that the command line names."""
        path = self._asked.profile
        if path is None:
            return None
        from cleantext.site import Profile

        try:
            return Profile.of_json(path.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise click.UsageError(printable(f"{path}: {error}")) from error

    def of(self, path: str) -> Settings:
        """The settings for the file at `path`."""
        return self.of_folder(Path(path).parent)

    def of_folder(self, folder: Path) -> Settings:
        """The settings for what is in `folder`."""
        from cleantext.config import Config
        from cleantext.site import TEMPLATE

        file = self._asked.file
        if file is None and not self._asked.isolated:
            folder = absolute(folder)
            if folder not in self._found:
                self._found[folder] = Config.nearest(folder)
            file = self._found[folder]
        if file not in self._made:
            try:
                config = Config.load(file) if file is not None else Config()
                given = {name: value for name, value in self._asked.values.items() if name.endswith("exclude")}
                config = dataclasses.replace(config, rules=(*config.rules, TEMPLATE))
                config = dataclasses.replace(config, **self._over(config))
                config.check()
                made = Settings(config, file, Path.cwd() if file is None else absolute(file).parent, given)
                if config.exclude or config.extend_exclude or config.per_file_ignores or given:
                    made.check()
                self._made[file] = made
            except (ValueError, TypeError, OSError, RecursionError) as error:
                if file is None or file == self._asked.file:
                    raise click.UsageError(printable(str(error))) from error
                raise CannotRead(str(error)) from error
        return self._made[file]

    def _over(self, config: Config) -> dict[str, Any]:
        """What the command line says over `config`: what it selects, the file's ``ignore`` does not take away."""
        from cleantext.registry import rules, select

        given = {name: value for name, value in self._asked.values.items() if not name.endswith("exclude")}
        if "select" in given:
            given.setdefault("extend_select", ())
        if "ignore" not in given:
            known = {**rules(), **{rule.name: rule for rule in config.rules}}
            wanted = select(known, given.get("extend_select", ()))
            given["ignore"] = () if "select" in given else tuple(sorted(select(known, config.ignore) - wanted))
        return given
