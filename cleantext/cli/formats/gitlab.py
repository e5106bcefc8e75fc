"""A report of code quality, as GitLab reads it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from cleantext.cli.formats import Format
from cleantext.cli.formats.concise import shown
from cleantext.cli.formats.json import dumped
from cleantext.cli.records import Record


def items(records: Sequence[Record], source: str) -> list[str]:
    """The findings of one file. Fingerprints stay when lines move: they are of rule, text and how often both came."""
    times: Counter[tuple[str, str]] = Counter()
    found = []
    for record in records:
        times[record.rule, record.text] += 1
        known = "\0".join([record.path, record.rule, record.text, str(times[record.rule, record.text])])
        entry = {
            "description": f"{record.reason}: {shown(record.text)}",
            "check_name": record.rule,
            "severity": "minor",
            "fingerprint": hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest(),
            "location": {
                "path": record.path,
                "positions": {
                    "begin": {"line": record.line, "column": record.column},
                    "end": {"line": record.end_line, "column": record.end_column},
                },
            },
        }
        found.append(dumped(entry))
    return found


FORMAT = Format(items, lambda: "[\n", ",\n", lambda totals: "\n]\n")
