"""The engine: read, find, resolve, cut."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from time import monotonic
from typing import Any, Literal

from cleantext.config import Config
from cleantext.document import Document, Kind
from cleantext.find.facts import lines_of
from cleantext.find.patterns import TIME_LIMIT, Pattern
from cleantext.find.zones import zones
from cleantext.read.text import read_text
from cleantext.rule import STAGES, Rule, rules, select
from cleantext.span import Finding, Kept, Span, cut, gaps, resolve

# A structure rule that would leave less than this share of the visible characters stands back (DESIGN: "guard every
# group"). Rules on single lines know what they take and need no guard.
LEAVE = 1 / 7
# Passes after which cleaning stops looking for what its own removals brought together; real documents need two or
# three.
PASSES = 25
# Seconds a `keep` pattern may look through one line, of TIME_LIMIT for all of them.
KEEP_LIMIT = 0.1

Outcome = Literal["unchanged", "cleaned", "only boilerplate", "empty"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that did not do its work on a document: it raised, or ran out of time. The others did theirs."""

    rule: str
    message: str


@dataclass(frozen=True)
class Result:
    """What cleaning made of a source.

    ``text`` is the body; ``removed`` the spans that went, sorted and disjoint; ``problems`` the rules that failed.
    For plain text ``text`` and the removed spans together are the source, character for character.
    """

    text: str
    removed: tuple[Span, ...]
    title: str | None
    source: str
    kind: Kind
    problems: tuple[Problem, ...] = ()

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """How ``text`` lies in the source: ``text[k.at : k.at + k.end - k.start] == source[k.start : k.end]``."""
        return tuple(gaps(len(self.source), self.removed))

    @property
    def outcome(self) -> Outcome:
        """What happened.

        ``"empty"``: nothing visible came in. ``"only boilerplate"``: everything visible went; an empty body is then the
        right answer. ``"unchanged"`` or ``"cleaned"`` otherwise.
        """
        if not self.removed:
            return "unchanged" if read_text(self.source).texts else "empty"
        return "cleaned" if read_text(self.text).texts else "only boilerplate"

    def by_rule(self) -> dict[str, tuple[Span, ...]]:
        """The removed spans by the name of their rule."""
        spans = sorted(self.removed, key=attrgetter("rule"))
        return {name: tuple(found) for name, found in groupby(spans, key=attrgetter("rule"))}

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, ready for JSON; offsets are code points into ``source``, which is not in it."""
        return {
            "kind": self.kind,
            "outcome": self.outcome,
            "title": self.title,
            "text": self.text,
            "removed": [{name: getattr(s, name) for name in Span.__slots__} for s in self.removed],
            "kept": [k._asdict() for k in self.kept],
            "problems": [{"rule": p.rule, "message": p.message} for p in self.problems],
        }


class Cleaner:
    """Cleans documents with one set of rules. Immutable, safe to share between threads, picklable.

    Takes a `Config` or its fields as keywords. Raises ValueError for an unknown rule, group or field (with the nearest
    name) and for a pattern that is no regular expression; TypeError for a value of the wrong type.
    """

    __slots__ = ("_all", "_keep", "_off", "_selected", "config")

    config: Config
    _all: tuple[tuple[Rule, ...], ...]
    _selected: frozenset[str]
    _off: frozenset[str]
    _keep: tuple[Pattern, ...]

    def __init__(self, config: Config | None = None, /, **options: Any) -> None:
        if config is not None and (options or not isinstance(config, Config)):
            raise TypeError(f"Cleaner() takes a Config or keywords, not {type(config).__name__}")
        config = config or Config.make(**options)
        every = {**rules(), **{r.name: r for r in config.rules}}
        chosen = select(every, config.select) if config.select is not None else _by_default(every.values())
        chosen = (chosen | select(every, config.extend_select)) - select(every, config.ignore)
        # Rules of the package run even if ignored, as evidence; the caller's own only if they are wanted.
        used = [r for r in every.values() if r.name in chosen or r.name in rules()]
        stages = tuple(tuple(r for r in used if r.stage == stage) for stage in STAGES)
        off = frozenset(r.name for r in every.values() if not r.default)
        values = {"config": config, "_all": stages, "_selected": chosen, "_off": off, "_keep": config.keep}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Cleaner is immutable; make another one")

    def __reduce__(self) -> tuple[type[Cleaner], tuple[Config]]:
        return Cleaner, (self.config,)

    def __repr__(self) -> str:
        return f"Cleaner({getattr(self, 'config', '')!r})"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules whose findings are removed, by stage and name."""
        return tuple(r for stage in self._all for r in stage if r.name in self._selected)

    def clean(self, source: str, *, kind: str = "auto") -> Result:
        """Clean `source` and return the body with every removed span.

        `kind` is ``"text"`` or ``"auto"``, which takes a str for plain text. Raises TypeError for anything but a str
        and ValueError for another kind; no str makes it raise.
        """
        if not isinstance(source, str):
            raise TypeError(f"clean() takes a str, not {type(source).__name__}{_hint(source)}")
        if kind not in ("auto", "text"):
            raise ValueError(f"kind must be 'auto' or 'text', not {kind!r}")
        problems: dict[str, Problem] = {}
        spent: set[str] = set()
        document = read_text(source)
        removed, title = self._pass(document, problems, spent)
        text = cut(source, removed)
        # A pattern that ran out of time has told too little to look again.
        unsure = any(name.startswith("keep ") for name in problems)
        for _ in range(PASSES - 1 if removed and not unsure else 0):
            # What went may bring lines together that are boilerplate only now. Looking until nothing is found makes
            # cleaning a cleaned text change nothing.
            rest = read_text(text)
            rest.carry(lines_of, document)
            again, _ = self._pass(rest, problems, spent)
            if not again:
                break
            removed = _merge(source, removed, again)
            text = cut(source, removed)
        return Result(text, tuple(removed), title, source, "text", tuple(problems.values()))

    def _pass(self, document: Document, problems: dict[str, Problem], spent: set[str]) -> tuple[list[Span], str | None]:
        """One pass over a document: its spans, disjoint and sorted, and its headline.

        `spent` are lines that were claimed in an earlier pass and stayed, because the caller keeps them or ignores the
        rule. They have taken along what belongs to them and are no evidence for what has moved up beside them since.
        """
        findings: list[Finding] = []
        kept = self._protected(document, problems)
        for stage, stage_rules in zip(STAGES, self._all, strict=True):
            found = []
            for rule in stage_rules:
                if rule.name in problems:
                    continue
                try:
                    found += self._guarded(rule, document)
                except Exception as error:  # a rule must not stop the others, whatever it raises
                    problems[rule.name] = Problem(rule.name, _message(error))
            findings += found
            if stage == "lines":
                claims = _claims(document, found)
                if spent:
                    claims = {i: group for i, group in claims.items() if document.texts[i] not in spent}
                document = document.claimed(claims)
                ignored = [f for f in found if f.rule not in self._selected and f.rule not in self._off]
                spent.update(document.texts[i] for i in (*_claims(document, ignored), *(kept & claims.keys())))
        chosen = [f for f in findings if f.rule in self._selected]
        headline = zones(document).headline
        title = document.texts[headline] if headline is not None else None
        return list(_spans(document, resolve(chosen), kept)), title

    def _guarded(self, rule: Rule, document: Document) -> list[Finding]:
        found = rule.findings(document)
        if rule.stage == "structure" and found:
            visible = sum(map(len, document.texts))
            if visible - sum(f.end - f.start for f in resolve(found)) < LEAVE * visible:
                return []
        return found

    def _protected(self, document: Document, problems: dict[str, Problem]) -> frozenset[int]:
        """The blocks that a `keep` pattern holds. One that it has no time to look through is held: it may match."""
        held: set[int] = set()
        for pattern in self._keep:
            deadline = monotonic() + TIME_LIMIT
            for index, text in enumerate(document.texts):
                now = monotonic()
                try:
                    if pattern.search(text, min(deadline, now + KEEP_LIMIT)):
                        held.add(index)
                except TimeoutError as error:
                    name = f"keep {pattern.text!r}"
                    problems[name] = Problem(name, _message(error))
                    held.add(index)
                    if now >= deadline:
                        held.update(range(index, len(document.texts)))
                        break
        return frozenset(held)


def _by_default(every: Iterable[Rule]) -> frozenset[str]:
    return frozenset(r.name for r in every if r.default)


def _hint(source: object) -> str:
    if isinstance(source, bytes | bytearray):
        return "; decode it first, for example with source.decode('utf-8')"
    return "; for a file, pass path.read_text(encoding='utf-8')" if hasattr(source, "__fspath__") else ""


def _message(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"ran out of time ({TIME_LIMIT:g} s) and was left out"
    return f"failed and was left out: {type(error).__name__}: {error}"


def _claims(document: Document, findings: list[Finding]) -> dict[int, str]:
    """The blocks that findings cover, with their group."""
    claims = {}
    for finding in findings:
        index = bisect_left(document.starts, finding.start)
        while index < len(document.texts) and document.starts[index] < finding.end:
            claims[index] = finding.group
            index += 1
    return claims


def _spans(document: Document, findings: list[Finding], kept: frozenset[int]) -> Iterator[Span]:
    """Findings widened to the lines they stand on, without the blocks that are kept.

    A span runs on to the next line that shows something, so that no hole is left; at the end of the document it
    begins right after the line break of the last kept line instead.
    """
    source = document.source
    taken: list[tuple[Finding, int, int]] = []  # finding, first and last block
    index = 0
    for finding in findings:
        while index < len(document.texts) and document.starts[index] < finding.start:
            index += 1
        first = index
        while index < len(document.texts) and document.starts[index] < finding.end:
            if index in kept:
                if first < index:
                    taken.append((finding, first, index - 1))
                first = index + 1
            index += 1
        if first < index:
            taken.append((finding, first, index - 1))
    runs_to_end = _runs_to_end([(first, last) for _, first, last in taken], len(document.texts))
    for number, (finding, first, last) in enumerate(taken):
        start = _line_start(source, document.starts[first]) if first else 0
        if number == runs_to_end and first:
            start = _next_line(source, document.ends[first - 1])
        end = _line_start(source, document.starts[last + 1]) if last + 1 < len(document.texts) else len(source)
        yield Span(start, end, source[start:end], finding.rule, finding.group, finding.reason, finding.score)


def _runs_to_end(extents: list[tuple[int, int]], length: int) -> int | None:
    """The number of the extent with which an unbroken run to the last block begins, None if there is none."""
    begin, expected = None, length - 1
    for number in range(len(extents) - 1, -1, -1):
        first, last = extents[number]
        if last != expected:
            break
        begin, expected = number, first - 1
    return begin


LINE_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def _line_start(source: str, offset: int) -> int:
    while offset and source[offset - 1] not in LINE_BREAKS:
        offset -= 1
    return offset


def _next_line(source: str, offset: int) -> int:
    while offset < len(source) and source[offset] not in LINE_BREAKS:
        offset += 1
    return offset + (2 if source[offset : offset + 2] == "\r\n" else 1 if offset < len(source) else 0)


def _merge(source: str, removed: list[Span], again: list[Span]) -> list[Span]:
    """Add spans found in ``cut(source, removed)`` to `removed`, in offsets of the source.

    A new span that runs across a place where something was cut out before becomes a span on each side.
    """
    pieces, waiting = list(removed), iter(again)
    span = next(waiting, None)
    for kept in gaps(len(source), removed):
        shift, kept_end = kept.start - kept.at, kept.at + kept.end - kept.start
        while span is not None and span.start < kept_end:
            begin, stop = max(span.start, kept.at) + shift, min(span.end, kept_end) + shift
            pieces.append(replace(span, start=begin, end=stop, text=source[begin:stop]))
            if span.end > kept_end:
                break
            span = next(waiting, None)
    return _absorbed(source, sorted(pieces, key=attrgetter("start")))


def _absorbed(source: str, spans: list[Span]) -> list[Span]:
    """`spans` with those of mere white space joined to the span before or after them, which they touch."""
    joined: list[Span] = []
    start: int | None = None  # of white space that waits for the span after it
    for span in spans:
        if not span.text.isspace():
            if start is not None:
                span = replace(span, start=start, text=source[start : span.end])
                start = None
            joined.append(span)
        elif joined and joined[-1].end == span.start:
            joined[-1] = replace(joined[-1], end=span.end, text=source[joined[-1].start : span.end])
        else:
            start = span.start
    return joined
