"""``cleantext clean``: the body on stdout."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cleantext.cli.files import CannotRead, complain, kind_of, read, show_path
from cleantext.cli.options import Cleaners, rule_options


@click.command()
@click.argument("path", type=click.Path(path_type=str))
@rule_options
def clean(cleaners: Cleaners, path: str) -> None:
    """Print the body text of the file PATH, or of stdin for -. The file itself is not changed."""
    try:
        if path != "-" and Path(path).is_dir():
            raise CannotRead(f"{path}: is a folder; clean takes one file")
        result = cleaners.for_path(path).clean(read(path), kind=kind_of(path))
    except CannotRead as error:
        complain(error)
        raise SystemExit(2) from error
    for problem in result.problems:
        complain(f"{show_path(path)}: {problem.rule} {problem.message}")
    sys.stdout.buffer.write(result.text.encode("utf-8"))
    sys.stdout.buffer.flush()
    raise SystemExit(2 if result.problems else 0)
