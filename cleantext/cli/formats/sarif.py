"""SARIF 2.1.0, the format of static analysis results that code hosts and editors read."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from cleantext import __version__
from cleantext.cli.formats import Format
from cleantext.cli.formats.concise import shown
from cleantext.cli.formats.json import dumped
from cleantext.cli.records import Record
from cleantext.registry import Rule, rules


def items(records: Sequence[Record], source: str) -> list[str]:
    """The results for one file, each with the edit that takes the span out."""
    times: Counter[tuple[str, str]] = Counter()
    found = []
    for record in records:
        times[record.rule, record.text] += 1
        known = "\0".join([record.rule, record.text, str(times[record.rule, record.text])])
        uri = {"uri": quote(PurePath(record.path).as_posix(), errors="surrogateescape")}
        region = {"charOffset": record.start, "charLength": record.end - record.start}
        entry = {
            "ruleId": record.rule,
            "level": "warning",
            "message": {"text": f"{record.reason}: {shown(record.text)}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": uri,
                        "region": {
                            "startLine": record.line,
                            "startColumn": record.column,
                            "endLine": record.end_line,
                            "endColumn": record.end_column,
                        },
                    }
                }
            ],
            "partialFingerprints": {"cleantext/v1": hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()},
            "fixes": [
                {
                    "description": {"text": "Take it out."},
                    "artifactChanges": [{"artifactLocation": uri, "replacements": [{"deletedRegion": region}]}],
                }
            ],
            "properties": {"group": record.group, "score": record.score},
        }
        found.append(dumped(entry))
    return found


def _rule(rule: Rule) -> dict[str, object]:
    doc = inspect.cleandoc(rule.doc)
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.reason},
        "fullDescription": {"text": doc.partition("\n")[0] or rule.reason},
        "help": {"text": doc or rule.reason},
        "properties": {"group": rule.group, "default": rule.default},
    }


def _begin() -> str:
    driver = {"name": "cleantext", "version": __version__, "rules": [_rule(r) for r in rules().values()]}
    head = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    return f'{json.dumps(head)[:-1]}, "runs": [{dumped(run)[:-1]}, "results": [\n'


FORMAT = Format(items, _begin, ",\n", lambda totals: "\n]}]}\n")
