"""``python -m cleantext``."""

from __future__ import annotations

from cleantext.cli import main

main()
