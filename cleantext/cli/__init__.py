"""The command line: ``cleantext check``, ``clean`` and ``rule``. Results go to stdout, talk to stderr."""

from __future__ import annotations

import click

import cleantext
from cleantext.cli.check import check
from cleantext.cli.clean import clean
from cleantext.cli.rule import rule


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(cleantext.__version__, "-V", "--version", message="cleantext %(version)s")
def main() -> None:
    """Strip boilerplate from scraped text and show every piece that goes, with its rule and the reason.

    Exit status: 0 nothing to report, 1 findings, 2 something that was asked could not be done.
    """


main.add_command(check)
main.add_command(clean)
main.add_command(rule)
