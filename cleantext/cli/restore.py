"""``cleantext restore``: put back what ``cleantext clean --removed`` kept."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cleantext.cli.options import max_size_option, overwrite_option
from cleantext.cli.problems import CannotRead, CannotWrite, complain
from cleantext.cli.removed import SUFFIX, cleaned_path, put_together
from cleantext.cli.source import read_bytes
from cleantext.cli.write import refuse_outside, replace


@click.command()
@click.argument("removed", type=click.Path(exists=True, path_type=str))
@click.option("--cleaned", type=click.Path(path_type=str), help="The text, if it is not where it was written.")
@click.option("-o", "--output", type=click.Path(path_type=str), help="Write to this file, or folder.")
@overwrite_option
@max_size_option
def restore(removed: str, cleaned: str | None, output: str | None, overwrite: bool, largest: int) -> None:
    """Put documents together again, byte for byte, from REMOVED, a file or folder that `clean --removed` has written.

    The cleaned texts are looked for where they were written. A text that has changed since is an error, and so is
    another file in the place of a document.

    Exit status: 0, or 2 if something could not be put together; all else is.
    """
    failed = False
    folder: str | None = None
    if Path(removed).is_dir():
        if output is None:
            raise click.UsageError("for a folder say with -o where the documents go")
        if cleaned is not None:
            raise click.UsageError("--cleaned is for one file")
        inside = [path for path in sorted(Path(removed).rglob(f"*{SUFFIX}")) if path.is_file()]
        pairs = [(str(path), str(path.relative_to(removed)).removesuffix(SUFFIX)) for path in inside]
        pairs = [(path, str(Path(output, name))) for path, name in pairs]
        folder = output
    elif output and Path(output).is_dir():
        pairs = [(removed, str(Path(output, Path(removed).name.removesuffix(SUFFIX))))]
        folder = output
    else:
        pairs = [(removed, output or "")]
    for path, target in pairs:
        try:
            raw = _restored(path, cleaned, largest)
            if target:
                if folder is not None:
                    refuse_outside(target, folder)
                if not overwrite and Path(target).is_file() and not _holds(Path(target), raw):
                    raise CannotWrite(f"{target}: is there already, and not the same; --overwrite takes its place")
                Path(target).parent.mkdir(parents=True, exist_ok=True)
                replace(target, raw)
            else:
                sys.stdout.buffer.write(raw)
        except (CannotRead, CannotWrite) as error:
            complain(error)
            failed = True
        except (OSError, ValueError) as error:
            complain(f"{target or path}: {getattr(error, 'strerror', None) or error}")
            failed = True
    sys.stdout.flush()
    raise SystemExit(2 if failed else 0)


def _restored(path: str, cleaned: str | None, largest: int) -> bytes:
    """The document that the file at `path` and its text tell. What that file alone names must be a file, too."""
    content, _ = read_bytes(path, largest)
    text = cleaned or cleaned_path(path, content)
    return put_together(path, content, read_bytes(text, largest, streams=cleaned is not None)[0])


def _holds(path: Path, raw: bytes) -> bool:
    return path.stat().st_size == len(raw) and path.read_bytes() == raw
