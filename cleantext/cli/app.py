"""The command line as a whole: its commands, each imported when it is asked for, and how a run ends."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module

import click

import cleantext
from cleantext.cli.problems import complain

# What the help says of each command, in the order in which it shows them.
COMMANDS = {
    "check": "Report what would be removed, show it as a diff, or take it out.",
    "clean": "Print the body text, or write that of whole folders.",
    "restore": "Put back what clean took out.",
    "report": "Make a page that shows what stays and what goes.",
    "learn": "Learn what repeats across the pages of a site.",
    "rule": "Explain rules.",
}


class _Commands(click.Group):
    """A group whose commands are modules, and that says what could not be written as it says what could not be read."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"cleantext.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; status 2 if its output has no room. A reader that has seen enough is no failure."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            complain(f"cannot write: {error.strerror or error}")
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor can what is left in the buffer
            raise SystemExit(2) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(cleantext.__version__, "-V", "--version", message="cleantext %(version)s")
def app() -> None:
    """Strip boilerplate from scraped text and pages and show every piece that goes, with its rule and the reason.

    Exit status: 0 nothing to report, 1 findings, 2 something that was asked could not be done.
    """
