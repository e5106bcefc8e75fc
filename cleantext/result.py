"""What cleaning made of a source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from cleantext.document import Kind
from cleantext.read.text import read_text
from cleantext.span import Kept, Span, gaps

Outcome = Literal["unchanged", "cleaned", "only boilerplate", "empty"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not done of the work on a document.

    ``rule`` names the rule that raised or ran out of time, while the others did their work, or the limit that stopped
    all of them: ``"max-chars"``, ``"time-limit"``, and ``"passes"`` for a text in which ever more came to light.
    """

    rule: str
    message: str


@dataclass(frozen=True)
class Result:
    """What cleaning made of a source.

    ``text`` is the body; ``removed`` the spans that went, sorted and disjoint; ``problems`` what was not done.
    For plain text ``text`` and the removed spans together are the source, character for character.

    ``source`` is what offsets count in: a str as it was passed in, bytes decoded, a tree of BeautifulSoup as markup.
    ``encoding`` is what bytes were in, by its name in the WHATWG Encoding Standard, None for the others. ``align`` and
    ``shape`` are for `kept` and `markdown` alone.
    """

    text: str
    removed: tuple[Span, ...]
    title: str | None
    source: str
    kind: Kind
    problems: tuple[Problem, ...] = ()
    encoding: str | None = None
    align: Callable[[], tuple[Kept, ...]] | None = field(default=None, repr=False, compare=False)
    shape: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def kept(self) -> tuple[Kept, ...]:
        """How ``text`` lies in the source: for each piece `k`, ``text[k.at:k.until]`` shows ``source[k.start:k.end]``.

        Of HTML that is worked out when it is asked for.
        """
        return self.align() if self.align is not None else tuple(gaps(len(self.source), self.removed))

    @cached_property
    def markdown(self) -> str:
        """The body as GitHub Flavored Markdown; of plain text the text as it is. Worked out when it is asked for."""
        return self.shape() if self.shape is not None else self.text

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the page's tree, which cannot be pickled: what needs it is worked out before."""
        return {**self.__dict__, "kept": self.kept, "markdown": self.markdown, "align": None, "shape": None}

    @property
    def outcome(self) -> Outcome:
        """What happened.

        ``"empty"``: nothing visible came in. ``"only boilerplate"``: everything visible went; an empty body is then the
        right answer. ``"unchanged"`` or ``"cleaned"`` otherwise.
        """
        if not self.removed:
            return "unchanged" if read_text(self.text).texts else "empty"
        return "cleaned" if read_text(self.text).texts else "only boilerplate"

    def by_rule(self) -> dict[str, tuple[Span, ...]]:
        """The removed spans by the name of their rule."""
        spans = sorted(self.removed, key=attrgetter("rule"))
        return {name: tuple(found) for name, found in groupby(spans, key=attrgetter("rule"))}

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, ready for JSON; offsets are code points into ``source``, which is not in it."""
        return {
            "kind": self.kind,
            "encoding": self.encoding,
            "outcome": self.outcome,
            "title": self.title,
            "text": self.text,
            "removed": [{name: getattr(s, name) for name in Span.__slots__} for s in self.removed],
            "kept": [k._asdict() for k in self.kept],
            "problems": [{"rule": p.rule, "message": p.message} for p in self.problems],
        }
