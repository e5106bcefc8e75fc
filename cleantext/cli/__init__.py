"""The command line: ``cleantext check``, ``clean`` and ``rule``. Results go to stdout, talk to stderr."""

from __future__ import annotations

import errno
import os
import sys

import click

import cleantext
from cleantext.cli.check import check
from cleantext.cli.clean import clean
from cleantext.cli.files import complain
from cleantext.cli.rule import rule


class _Group(click.Group):
    """A group that says what could not be written as it says what could not be read."""

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


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(cleantext.__version__, "-V", "--version", message="cleantext %(version)s")
def main() -> None:
    """Strip boilerplate from scraped text and show every piece that goes, with its rule and the reason.

    Exit status: 0 nothing to report, 1 findings, 2 something that was asked could not be done.
    """


main.add_command(check)
main.add_command(clean)
main.add_command(rule)
