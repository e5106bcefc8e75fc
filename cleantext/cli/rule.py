"""``cleantext rule``: what a rule removes, why, and what it keeps."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path

import click

from cleantext.cli.formats.json import dumped
from cleantext.cli.options import config_options
from cleantext.cli.problems import CannotRead, complain, printable
from cleantext.cli.settings import AllSettings, Asked
from cleantext.registry import STORY, Rule, rules, select


@click.command()
@click.argument("names", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Explain all rules.")
@click.option("--output-format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@config_options
def rule(names: tuple[str, ...], every: bool, output_format: str, asked: Asked) -> None:
    """Explain the rules NAMES, or all of the groups NAMES: what goes, what stays, examples. Own rules, too."""
    try:
        own = AllSettings(asked).of_folder(Path()).config.rules
    except CannotRead as error:
        complain(error)
        raise SystemExit(2) from error
    known = {**rules(), **{r.name: r for r in own}}
    if every == bool(names):
        raise click.UsageError("give either names of rules or groups, or --all, which shows every name")
    try:
        wanted = select(known, ["all"] if every else names)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    chosen = [known[name] for name in known if name in wanted]
    if output_format == "json":
        click.echo(dumped([_as_dict(r) for r in chosen], indent=2))
    elif output_format == "markdown":
        click.echo(markdown(chosen), nl=False)
    else:
        click.echo("\n\n".join(_as_text(r) for r in chosen))


def markdown(chosen: Iterable[Rule]) -> str:
    """The page docs/rules.md: every rule under its group."""
    chosen = sorted(chosen, key=lambda r: (r.group, r.name))
    lines = [
        "# Rules",
        "",
        "Made from the rules by `cleantext rule --all --output-format markdown`; do not edit. In the examples the",
        "marks ⟦ ⟧ stand around what goes; *(prose)* stands for a paragraph of an article. A phrase of a pack is",
        "compared with the whole line; it may have gaps for a number (#), a name (\\*) or any words (\\*\\*).",
    ]
    group = ""
    for r in chosen:
        if r.group != group:
            group = r.group
            lines += ["", f"## {group}"]
        lines += ["", f"### {r.name}", "", inspect.cleandoc(r.doc)]
        reason = printable(r.reason)
        lines += ["", f"Stage: {r.stage}. {'On' if r.default else 'Off'} by default. Reason given: *{reason}*."]
        for example in r.examples:
            lines += ["", "```text", *_short(example).split("\n"), "```"]
    return "\n".join(lines) + "\n"


def _as_text(r: Rule) -> str:
    head = f"{r.name} (group {r.group}, {'on' if r.default else 'off'} by default)"
    examples = "\n".join("    " + line if line else "" for e in r.examples for line in [*_short(e).split("\n"), ""])
    return f"{head}\n\n{inspect.cleandoc(r.doc)}\n\nExamples, with ⟦ ⟧ around what goes:\n\n{examples}".rstrip()


def _as_dict(r: Rule) -> dict[str, object]:
    return {
        "name": r.name,
        "group": r.group,
        "reason": r.reason,
        "stage": r.stage,
        "default": r.default,
        "doc": inspect.cleandoc(r.doc),
        "examples": list(r.examples),
    }


def _short(example: str) -> str:
    return example.replace(STORY, "(prose)")
