"""Rules: what one is, how one is declared, and the registry of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from cleantext.document import Document
from cleantext.span import Finding

GROUPS = (
    "nav",
    "headline",
    "caption",
    "comments",
    "related",
    "share",
    "newsletter",
    "consent",
    "paywall",
    "ad",
    "legal",
    "tags",
    "byline",
    "body",
    "site",
    "own",
)

# Prose for examples: what surrounds the lines in question has to be an article for rules of the structure stage.
STORY = (
    "The new bridge over the Tarn carried its first cars on Monday, nine years after the council voted for it and four "
    "years after it was due. Drivers had queued since dawn. Some had brought flags, and one had brought the ribbon "
    "that was cut when work began. It was green then and had faded to grey. By noon the queue was gone, and so was "
    "the ribbon."
)
# The same as paragraphs of a page.
STORY_HTML = "<p>" + STORY.replace(" Some had", "</p><p>Some had") + "</p>"

# What a rule looks at: the elements of a page; each line by itself; lines with what the ones around were taken for; how
# likely a block of a page is body text. Plain text has no elements and no score.
Stage = Literal["elements", "lines", "score", "structure"]
STAGES: tuple[Stage, ...] = ("elements", "lines", "score", "structure")
Find = Callable[[Document], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recognise boilerplate.

    ``find`` yields findings on an immutable document. Rules of the stage ``lines`` judge each line by itself; rules of
    the stage ``structure`` also see what the lines around it were taken for. In ``examples`` the marks ⟦ ⟧ stand around
    exactly what must go, by this rule or by one that it needs; an example without marks must stay whole. A rule with
    ``default=False`` runs when selected.
    """

    name: str
    group: str
    reason: str
    find: Find
    stage: Stage = "lines"
    examples: tuple[str, ...] = ()
    doc: str = ""
    default: bool = True

    def findings(self, document: Document) -> list[Finding]:
        """What the rule finds in `document`, signed with its name, group and reason."""
        found = []
        for f in self.find(document):  # most rules find nothing in most documents: a loop costs them least
            reason = f"{self.reason}: {f.reason}" if f.reason else self.reason
            found.append(Finding(f.start, f.end, reason, f.score, self.name, self.group))
        return found


_registry: dict[str, Rule] = {}


def rule(
    *, group: str, reason: str, examples: Sequence[str], stage: Stage = "lines", default: bool = True
) -> Callable[[Find], Find]:
    """Register a function as a rule: its name in kebab-case is the rule's, its docstring the documentation.

    Raises ValueError for a name that is taken and for an unknown group or stage.
    """

    def register(find: Find) -> Find:
        name = find.__name__.replace("_", "-")
        for value, known in ((group, GROUPS), (stage, STAGES)):
            if value not in known:
                raise ValueError(f"rule {name!r}: {value!r} is none of {', '.join(known)}{near(value, known)}")
        if name in _registry:
            raise ValueError(f"two rules are named {name!r}")
        doc = (find.__doc__ or "").strip()
        _registry[name] = Rule(name, group, reason, find, stage, tuple(examples), doc, default)
        return find

    return register


def rules() -> Mapping[str, Rule]:
    """All registered rules by name, sorted."""
    _import_built_in()
    return dict(sorted(_registry.items()))


def registered() -> int:
    """How many rules there are by now: a cleaner made with fewer does not know them all."""
    return len(_registry)


@cache
def _import_built_in() -> None:
    """Import every module in ``cleantext/rules``."""
    package = import_module("cleantext.rules")
    for module in iter_modules(package.__path__):
        import_module(f"cleantext.rules.{module.name}")


def select(known: Mapping[str, Rule], names: Iterable[str]) -> frozenset[str]:
    """The names of the rules that `names` (rules, groups or ``all``) stand for.

    Raises ValueError for a name that is neither, with the nearest that is.
    """
    chosen: set[str] = set()
    for name in names:
        if name == "all":
            chosen.update(known)
        elif name in known:
            chosen.add(name)
        elif name in GROUPS:
            chosen.update(r.name for r in known.values() if r.group == name)
        else:
            raise ValueError(f"unknown rule or group {name!r}{near(name, [*known, *GROUPS, 'all'])}")
    return frozenset(chosen)


def near(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` for the nearest of `known`, "" if none is near."""
    import difflib  # for errors only

    found = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""
