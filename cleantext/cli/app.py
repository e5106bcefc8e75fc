"""The command line as a whole: its commands, each imported when it is asked for, and how a run ends."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from pathlib import Path

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
    "corpus": "Clean JSON Lines, Parquet, WARC or folders into a folder of parts.",
    "rule": "Explain rules.",
}


# Exit status of a command that a signal has ended, as shells tell it: 128 and the number of the signal.
INTERRUPTED, PIPE_CLOSED = 130, 141


class _Commands(click.Group):
    """A group whose commands are modules."""

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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(cleantext.__version__, "-V", "--version", message="cleantext %(version)s")
def app() -> None:
    """Strip boilerplate from scraped text and pages and show every piece that goes, with its rule and the reason.

    Exit status: 0 nothing to report, 1 findings, 2 something that was asked could not be done.
    """


def run() -> None:
    """Run the command line and exit with its status."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started us
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
    try:
        status = app.main(prog_name="cleantext", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.flush()
        os._exit(INTERRUPTED)  # at once: who waits for processes to end can be interrupted again
    except OSError as error:
        status = PIPE_CLOSED
        if error.errno != errno.EPIPE:
            complain(f"cannot write: {error.strerror or error}")
            status = 2
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer has no room either
    sys.exit(status if isinstance(status, int) else 0)
