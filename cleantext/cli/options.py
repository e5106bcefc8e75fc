"""Options that several commands share, and the cleaner that they and the config files ask for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cleantext.cli.files import STDIN, CannotRead
from cleantext.config import LEVELS, Config
from cleantext.engine import Cleaner


def rule_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--select``, ``--extend-select``, ``--ignore``, ``--level``, ``--config`` and ``--isolated``.

    The command gets what they ask for as its first argument, a `Cleaners`.
    """

    @wraps(command)
    def with_cleaners(*, config_file: Path | None, isolated: bool, **others: Any) -> None:
        if isolated and config_file is not None:
            raise click.UsageError("--config and --isolated exclude each other")
        asked = {option: others.pop(option) for option in ("select", "extend_select", "ignore")}
        command(Cleaners(asked, others.pop("level"), config_file, isolated), **others)

    given: Callable[..., None] = with_cleaners
    names = "rules or groups, separated by commas; may be given several times"
    for option in (
        click.option("--isolated", is_flag=True, help="Read no config file."),
        click.option(
            "--config",
            "config_file",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Take the config from this file instead of the nearest cleantext.toml or pyproject.toml.",
        ),
        click.option(
            "--level",
            type=click.Choice(LEVELS),
            help="How much of a web page goes: what a rule names; also what scores as boilerplate (balanced, the "
            "default); more of that.",
        ),
        click.option("--ignore", multiple=True, metavar="NAMES", help=f"Do not use these {names}."),
        click.option("--extend-select", multiple=True, metavar="NAMES", help=f"Use these {names}, too."),
        click.option("--select", multiple=True, metavar="NAMES", help=f"Use only these {names}."),
    ):
        given = option(given)
    return given


class Cleaners:
    """Makes the cleaner for a path: command line over nearest config file over defaults.

    Raises click.UsageError for an unknown rule or a wrong file given with ``--config``, CannotRead for a wrong config
    file found beside a document.
    """

    def __init__(
        self, asked: Mapping[str, tuple[str, ...]], level: str | None, config_file: Path | None, isolated: bool
    ) -> None:
        self._given: dict[str, Any] = {name: _names(name, values) for name, values in asked.items() if values}
        if level is not None:
            self._given["level"] = level
        self._file, self._isolated = config_file, isolated
        self._found: dict[Path, Path | None] = {}
        self._made: dict[Path | None, Cleaner] = {}

    def _over(self, config: Config) -> dict[str, Any]:
        """What the command line says over `config`: what it selects, the file's ``ignore`` does not take away."""
        if "ignore" in self._given:
            return self._given
        wanted = self._given.get("extend_select", ())
        kept = () if "select" in self._given else tuple(name for name in config.ignore if name not in wanted)
        return {**self._given, "ignore": kept}

    def for_path(self, path: str) -> Cleaner:
        """The cleaner for the document at `path`."""
        file = self._file
        if file is None and not self._isolated:
            folder = Path.cwd() if path == STDIN else Path(path).absolute().parent
            if folder not in self._found:
                self._found[folder] = Config.nearest(folder)
            file = self._found[folder]
        if file not in self._made:
            try:
                config = Config.load(file) if file is not None else Config()
                self._made[file] = Cleaner(dataclasses.replace(config, **self._over(config)))
            except (ValueError, OSError) as error:
                if file is None or file == self._file:
                    raise click.UsageError(str(error)) from error
                raise CannotRead(str(error)) from error
        return self._made[file]


def _names(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(part.strip() for value in values for part in value.split(",") if part.strip())
    if not names:
        raise click.UsageError(f"--{option.replace('_', '-')} names no rule or group")
    return names
