"""The command line: ``cleantext check``, ``clean`` and others. Results go to stdout, talk to stderr."""

from __future__ import annotations

import sys

import cleantext


def main() -> None:
    """Run the command line. The version is told before anything is imported: scripts ask for it often."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        print(f"cleantext {cleantext.__version__}")
        return
    from cleantext.cli.app import run

    run()
