"""A JSON object for each span, a line each."""

from __future__ import annotations

from cleantext.cli.formats import Format
from cleantext.cli.formats.json import items

FORMAT = Format(items)
