"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from cleantext.cli.settings import Asked
from cleantext.cli.source import LARGEST, Reading

LEVELS = ("named", "balanced", "strict")
_NAMES = "rules or groups, separated by commas; may be given several times"
_PATTERNS = "patterns in the form of a .gitignore; may be given several times"

_CONFIG = (
    click.option(
        "--config",
        "config_file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Take the config from this file instead of the nearest cleantext.toml or pyproject.toml.",
    ),
    click.option("--isolated", is_flag=True, help="Read no config file."),
)
_SETTINGS = (
    click.option("--select", multiple=True, metavar="NAMES", help=f"Use only these {_NAMES}."),
    click.option("--extend-select", multiple=True, metavar="NAMES", help=f"Use these {_NAMES}, too."),
    click.option("--ignore", multiple=True, metavar="NAMES", help=f"Do not use these {_NAMES}."),
    click.option(
        "--level",
        type=click.Choice(LEVELS),
        help="How much of a page goes: what a rule names; also what scores as boilerplate (balanced, the default); "
        "more of that.",
    ),
    *_CONFIG,
    click.option(
        "--site-profile",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Take out what repeats across the site, by this profile of `cleantext learn`.",
    ),
)
_FILES = (
    click.option("--exclude", multiple=True, metavar="PATTERN", help=f"Leave out these {_PATTERNS}."),
    click.option("--extend-exclude", multiple=True, metavar="PATTERN", help=f"Nor these {_PATTERNS}."),
    click.option("--force-exclude", is_flag=True, help="Exclude also files that are named, as hooks name them."),
    click.option(
        "--respect-gitignore/--no-respect-gitignore", default=None, help="Whether to leave out what git ignores [yes]."
    ),
)
max_size_option = click.option(
    "--max-size", "largest", type=click.IntRange(1), default=LARGEST, help="Megabytes of a file [100]."
)
_READING = (
    click.option("--kind", type=click.Choice(["auto", "text", "html"]), default="auto", help="Read all as this."),
    click.option("--encoding", metavar="NAME", help="Read every file in this encoding."),
    max_size_option,
    click.option("--stdin-filename", "stdin_name", metavar="PATH", help="What the document on stdin is called."),
)
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say only what could not be done.")
_TALK = (
    quiet_option,
    click.option("-v", "--verbose", is_flag=True, help="Say also what is left out."),
)
overwrite_option = click.option("--overwrite", is_flag=True, help="Take the place of documents that are there already.")
jobs_option = click.option("-j", "--jobs", type=click.IntRange(0), default=0, help="Processes; 0 for all cores.")

Command = Callable[..., None]


def config_options(command: Command) -> Command:
    """Add ``--config`` and ``--isolated``; the command gets them as ``asked``, an `Asked`."""
    return _with(command, _CONFIG)


def files_options(command: Command) -> Command:
    """Add the options that say which rules hold and which files are meant: ``asked``, an `Asked`, and ``force``."""
    return _with(command, (*_SETTINGS, *_FILES))


def settings_options(command: Command) -> Command:
    """Add the options that say which rules hold; the command gets them as ``asked``, an `Asked`."""
    return _with(command, _SETTINGS)


def reading_options(command: Command) -> Command:
    """Add the options that say how a file is read; the command gets them as ``reading``, a `Reading`."""

    @wraps(command)
    def given(*, kind: str, encoding: str | None, largest: int, stdin_name: str | None, **others: Any) -> None:
        command(reading=Reading(kind, encoding, largest, stdin_name), **others)

    return _add(given, _READING)


def talk_options(command: Command) -> Command:
    """Add ``--quiet`` and ``--verbose``."""
    return _add(command, _TALK)


def _with(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    @wraps(command)
    def given(*, config_file: Path | None, isolated: bool, site_profile: Path | None = None, **others: Any) -> None:
        if isolated and config_file is not None:
            raise click.UsageError("--config and --isolated exclude each other")
        values: dict[str, Any] = {}
        for option in ("select", "extend_select", "ignore"):
            if found := others.pop(option, ()):
                values[option] = _names(option, found)
        for option in ("exclude", "extend_exclude"):
            if found := others.pop(option, ()):
                values[option] = found
        for option in ("level", "respect_gitignore"):
            if (found := others.pop(option, None)) is not None:
                values[option] = found
        if "force_exclude" in others:
            others["force"] = others.pop("force_exclude")
        command(asked=Asked(values, config_file, isolated, site_profile), **others)

    return _add(given, options)


def _add(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def _names(option: str, values: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(part.strip() for value in values for part in value.split(",") if part.strip())
    if not names:
        raise click.UsageError(f"--{option.replace('_', '-')} names no rule or group")
    return names
