"""Cases for regression tests: a folder with a source, the expected body and the expected spans.

<slug>/source.txt     the document; source.html for a page
<slug>/expected.txt   the body that must be left
<slug>/removed.json   the spans that must go: rule (null for any of the group), group, start, end, text; a page may have
                      none, for what its score takes is one span here and three there with every fit
<slug>/case.toml      title; lang, kind, xfail (why it fails) and [config] if wanted
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleantext.engine import Cleaner
from cleantext.result import Result

FIELDS = ("rule", "group", "start", "end", "text")
KEYS = {"title": str, "lang": str, "kind": str, "xfail": str, "config": dict}


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands on disk; ``expected`` and ``removed`` are None where the file is missing."""

    path: Path
    title: str
    source: str
    expected: str | None
    removed: tuple[Mapping[str, Any], ...] | None
    xfail: str = ""
    kind: str = "auto"
    config: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_incomplete(self) -> bool:
        """Whether one of the files that say what must come out is missing."""
        return self.expected is None or (self.removed is None and self.kind != "html")

    def result(self) -> Result:
        """What cleaning makes of the source, with the case's config."""
        return Cleaner(**self.config).clean(self.source, kind=self.kind)


def load(path: str | Path) -> Case:
    """The case in the folder `path`.

    Raises ValueError if case.toml is no TOML, has an unknown key or no title, or if a span in removed.json does not
    say what stands in the source; OSError if the source or case.toml cannot be read.
    """
    path = Path(path)
    try:
        about = tomllib.loads((path / "case.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path / 'case.toml'}: {error}") from error
    unknown = sorted(about.keys() - KEYS)
    if unknown or not about.get("title"):
        raise ValueError(f"{path / 'case.toml'}: {f'unknown key {unknown[0]!r}' if unknown else 'no title'}")
    for key, kind in KEYS.items():
        if not isinstance(about.get(key, kind()), kind):
            raise ValueError(f"{path / 'case.toml'}: {key} takes a {kind.__name__}, not {about[key]!r}")
    is_page = (path / "source.html").exists()
    source = _read(path / ("source.html" if is_page else "source.txt"))
    expected = _read(path / "expected.txt") if (path / "expected.txt").exists() else None
    removed = _spans_in(path / "removed.json", source, is_page) if (path / "removed.json").exists() else None
    return Case(
        path,
        about["title"],
        source,
        expected,
        removed,
        xfail=about.get("xfail", ""),
        kind=about.get("kind", "html" if is_page else "auto"),
        config=about.get("config", {}),
    )


def _spans_in(path: Path, source: str, is_page: bool) -> tuple[Mapping[str, Any], ...]:
    try:
        spans = json.loads(_read(path))
        for span in spans:
            if not is_page and source[span["start"] : span["end"]] != span["text"]:
                where = f"{span['start']}:{span['end']}"
                raise ValueError(f"{span['text']!r} is not what stands at {where}")
            if missing := [name for name in FIELDS if name not in span]:
                raise KeyError(missing[0])
        return tuple(spans)
    except KeyError as error:
        raise ValueError(f"{path}: a span has no {error}") from error
    except (ValueError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error


def differences(case: Case) -> str:
    """What of the case does not come true, "" if all does: the spans first, then the text as a unified diff."""
    result = case.result()
    spans = _spans(case, result) if case.removed is not None or case.kind != "html" else []
    wanted, got = [_row(s) for s in case.removed or ()], [_row(s) for s in spans]
    lines = [f"- {row}" for row in wanted if row not in got] + [f"+ {row}" for row in got if row not in wanted]
    if case.is_incomplete:
        lines.insert(0, "expected.txt or removed.json is missing; --update-fixtures makes them")
    elif case.expected is not None and result.text != case.expected:
        lines += difflib.unified_diff(
            case.expected.splitlines(), result.text.splitlines(), "expected.txt", "result", lineterm="", n=1
        )
        lines.append("" if lines[-1:] else "the texts differ in their line breaks")
    lines += [f"! {problem.rule} {problem.message}" for problem in result.problems]
    return "\n".join(lines)


def update(case: Case) -> None:
    """Write what cleaning makes of the source to expected.txt and removed.json."""
    result = case.result()
    _write(case.path / "expected.txt", result.text)
    if case.removed is not None or case.kind != "html":
        _write(case.path / "removed.json", json.dumps(_spans(case, result), ensure_ascii=False, indent=1) + "\n")


def _spans(case: Case, result: Result) -> list[dict[str, Any]]:
    """The removed spans as they are written down; one for which the case takes any rule of the group has none."""
    any_rule = {(s["group"], s["start"], s["end"]) for s in case.removed or () if s["rule"] is None}
    spans = [{name: getattr(span, name) for name in FIELDS} for span in result.removed]
    for span in spans:
        if (span["group"], span["start"], span["end"]) in any_rule:
            span["rule"] = None
    return spans


def _row(span: Mapping[str, Any]) -> str:
    return f"{span['rule'] or 'any of ' + span['group']} {span['start']}:{span['end']} {span['text']!r}"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")  # line breaks as they are
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: {error}") from error


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
