"""No regular expression of the package takes longer than it should, whatever it is run on.

The expressions are found, not listed: a new one is tested by being there. What each is attacked with is made from its
own parsed form, so that a change to one changes the attack.
"""

from __future__ import annotations

import ast
import pkgutil
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
import regex

import cleantext
from cleantext.find.credits import TAKEN_CHARS
from cleantext.find.patterns import LONG, Linear, Pattern

ROOT = Path(cleantext.__file__).parent
ENGINES = (".spark", ".ray")
CALLS = frozenset("compile search match fullmatch sub subn split findall finditer".split())
MAKERS = frozenset({"Linear", "Pattern"})

# Calls that make or run an expression where no collector of module-level values sees it, each with why it may.
ELSEWHERE = {
    ("find/patterns.py", "re.compile(self.text)"): "a Linear, which is collected itself",
    ("find/patterns.py", "regex.compile(self.text)"): "a Pattern: one of the package is collected, others have a limit",
    ("find/patterns.py", "Pattern(self.text)"): "not a call but the way to pickle one",
    ("config.py", "Pattern(text)"): "the caller's, under a time limit",
    ("markdown.py", "re.findall('`+', code)"): "one class of characters, repeated",
    ("render.py", "re.findall('`{3,}', document.source)"): "the same",
    ("config.py", "re.sub(_NO_KEYS, lambda found: '\\n' * found[0].count('\\n'), text)"): "linear",
    ("pattern_size.py", "re.finditer(_COUNT, text)"): "of expressions of up to 10,000 characters, as the others there",
    ("pattern_size.py", "re.search(_COMMENTED, text)"): "as above",
    ("pattern_size.py", "re.search(_VERBOSE, text)"): "as above",
    ("pattern_size.py", "re.search(_OTHER_SYNTAX, text)"): "as above",
    ("pattern_size.py", "re.finditer(_TOKEN, text)"): "as above",
}
# Expressions that only ever see texts of so many code points, because of what is asked before. All others have to be
# linear in texts of any length.
SHORT = {
    "rules.nav.PAGES": LONG,  # facts know no key of longer ones
    "rules.nav_masthead.DOMAIN": LONG,
    "find.credits._TAKEN": TAKEN_CHARS,
}
# Expressions that are known to take too long; an entry goes with its cause.
KNOWN: dict[str, str] = {}
# Seconds that a search of such a text may take.
MOST = 0.002
# What no character class of the package's own would make up.
GENERIC = (*"a A1(-/|_=<&'\"\\\n\u00a0é", "1 ", ". ", "<!--")
FAILING = ("\x00", "!", "a", "")
# Sizes at which time is taken, the larger being four times the smaller, and how many times as long that may take: four
# if it is linear, sixteen if it is quadratic.
SMALL, TIMES = 2000, 4
GROWTH = 8.0
# Seconds below which nothing is said of growth, and from which no larger text is tried.
SHORTEST, SLOW = 0.0015, 0.1


@dataclass
class Expression:
    """An expression of the package: its name, its text and flags, and the methods that the package calls."""

    name: str
    text: str
    flags: int
    run: Any
    methods: frozenset[str]
    found: object = field(repr=False)

    def seconds(self, attack: str, tries: int = 1) -> float:
        """The least processor time of some tries with each of the methods."""
        given: Any = attack if isinstance(self.run.pattern, str) else attack.encode("latin-1", "replace")
        calls = [_call(self.run, method) for method in sorted(self.methods)]
        return max(_timed(call, given, tries) for call in calls)


def _call(run: Any, method: str) -> Callable[[Any], object]:
    found = getattr(run, method)
    made: Callable[[Any], object] = (lambda text: found(run.pattern[:0], text)) if method == "sub" else found
    return made


def _timed(call: Callable[[Any], object], given: Any, tries: int) -> float:
    best = float("inf")
    for _ in range(tries):
        start = time.process_time()
        call(given)
        best = min(best, time.process_time() - start)
    return best


def _modules() -> Iterator[str]:
    yield "cleantext"
    for found in pkgutil.walk_packages(cleantext.__path__, "cleantext."):
        if found.name.endswith(ENGINES):  # which need what is not there, and have none
            assert "compile(" not in (ROOT / Path(*found.name.split(".")[1:])).with_suffix(".py").read_text()
        elif not found.name.endswith(".__main__"):
            yield found.name


def _inside(value: object) -> Iterator[object]:
    """The expressions in a value, however deep in tuples, lists, sets and mappings."""
    if isinstance(value, re.Pattern | Linear | Pattern):
        yield value
    elif isinstance(value, Mapping):
        for inner in (*value.keys(), *value.values()):
            yield from _inside(inner)
    elif isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from _inside(inner)


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@cache
def _methods() -> dict[str, set[str]]:
    """The methods that are called on names, by name: what begins at the start costs less than a search."""
    found: dict[str, set[str]] = {}
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in CALLS and isinstance(node.value, ast.Name):
                found.setdefault(node.value.id, set()).add(node.attr)
    return found


@cache
def expressions() -> tuple[Expression, ...]:
    """The expressions that stand in the package's modules, each once."""
    found: dict[int, Expression] = {}
    for name in _modules():
        for variable, value in vars(import_module(name)).items():
            if variable.startswith("__"):
                continue
            for made in _inside(value):
                if isinstance(made, re.Pattern):
                    run: Any = made
                    text = made.pattern
                else:
                    assert isinstance(made, Linear | Pattern)
                    text = made.text
                    run = re.compile(text) if isinstance(made, Linear) else regex.compile(text)
                methods = frozenset(_methods().get(variable, {"search"})) - {"compile"}
                if id(made) not in found:
                    shown = f"{name.removeprefix('cleantext.')}.{variable}"
                    text = text if isinstance(text, str) else text.decode("latin-1")
                    found[id(made)] = Expression(shown, text, run.flags, run, methods or frozenset({"search"}), made)
    return tuple(found.values())


def _calls(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """The calls that make or run an expression, as text, and whether they stand at the level of the module."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, True)]
    while waiting:
        node, outside = waiting.pop()
        if isinstance(node, ast.Call):
            called = node.func
            of_re = (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id in ("re", "regex")
                and called.attr in CALLS
            )
            if of_re or (isinstance(called, ast.Name) and called.id in MAKERS):
                yield ast.unparse(node), outside
        # What a class has is a value of the class and not of the module.
        within = outside and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef)
        waiting += [(inner, within) for inner in ast.iter_child_nodes(node)]


def test_every_expression_is_seen() -> None:
    made = 0
    for path, tree in _trees():
        for call, outside in _calls(tree):
            made += outside
            assert outside or (path, call) in ELSEWHERE, f"{path}: {call} is made or run where no test sees it"
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("re", "regex"), f"{path}: calls of what is imported from {node.module}"
            if isinstance(node, ast.Import):
                names = [(a.name, a.asname) for a in node.names if a.name in ("re", "regex")]
                assert all(other is None for _, other in names), f"{path}: re under another name"
                assert ("regex", None) not in names or path == "find/patterns.py", f"{path}: regex without a time limit"
    known = {value.text for value in expressions()}
    assert len(expressions()) == made, "an expression is made at the level of a module and no value of it"
    assert {*SHORT, *KNOWN} <= {e.name for e in expressions()}, "SHORT or KNOWN names what is not there"
    assert "^#{1,6} +" in known


# What a text of an expression may stand for in the syntax of re, which has no properties of characters.
_PROPERTIES = {r"\p{L}": "A-Za-zé", r"\p{Lu}": "A-Z", r"\p{Ll}": "a-z", r"\p{M}": "\u0301"}


def _plain(text: str) -> str:
    """An expression in the syntax of re that is attacked like one in that of regex."""
    out, at, in_set = "", 0, False
    while at < len(text):
        name = next((p for p in _PROPERTIES if text.startswith(p, at)), "")
        if name:
            out += _PROPERTIES[name] if in_set else f"[{_PROPERTIES[name]}]"
            at += len(name)
            continue
        if text[at] == "\\":
            out += text[at : at + 2]
            at += 2
            continue
        in_set = text[at] == "[" or (in_set and text[at] != "]")
        out += text[at]
        at += 1
    return out


REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
CANDIDATES = [chr(c) for c in range(32, 127)] + list("\t\n\u00a0éß·»›«–—→撮影（）＞…")


class Attacks:
    """Texts that an expression has most trouble with."""

    def __init__(self, expression: Expression) -> None:
        text = _plain(expression.text)
        self._flags = expression.flags & (re.IGNORECASE | re.DOTALL | re.MULTILINE | re.VERBOSE)
        self._tree = _parser.parse(text, self._flags)
        self._random = random.Random(1)
        self._branch = 0  # which alternative a text takes
        # What no part of the text may be, before something that is no end.
        self.ends = (*FAILING, *(sign + "x" for sign in sorted(_excluded(list(self._tree)))[:2]))

    def pumps(self) -> set[tuple[str, str]]:
        """What is to stand before, and what is repeated: what each repeat repeats, behind what leads to it."""
        found: set[tuple[str, str]] = {("", piece) for piece in GENERIC}
        self._pumps(list(self._tree), {""}, found)
        whole = self._samples(list(self._tree), 12)
        for text in whole:
            found |= {("", text), ("", text[:-1]), ("", text[: len(text) // 2])}
        return {(before, piece) for before, piece in found if piece}

    def texts(self, length: int, number: int) -> Iterator[str]:
        """Texts of about `length` that it nearly matches, long wherever it lets them be."""
        for _ in range(number):
            text = self._sample(list(self._tree), once=False)
            yield text[:length] if length else text

    def _pumps(self, nodes: list[Any], leads: set[str], found: set[tuple[str, str]]) -> None:
        """Add the pumps of a sequence. `leads` are texts that lead to it."""
        for node in nodes:
            kind, value = str(node[0]), node[1]
            if kind in REPEATS:
                inner = list(value[2])
                pieces = self._samples(inner, 12) | set(self._characters(inner))
                found |= {(lead, piece) for lead in leads for piece in pieces}
                found |= {("", lead + piece) for lead in leads for piece in pieces}
                self._pumps(inner, leads, found)
            elif kind == "BRANCH":
                for branch in value[1]:
                    self._pumps(list(branch), leads, found)
            elif kind == "SUBPATTERN":
                self._pumps(list(value[3]), leads, found)
            elif kind in ("ASSERT", "ASSERT_NOT"):
                self._pumps(list(value[1]), leads, found)
            elif kind == "ATOMIC_GROUP":
                self._pumps(list(value), leads, found)
            some = self._samples([node], 3)
            leads = set(sorted(lead + more for lead in leads for more in some)[:3])

    def _samples(self, nodes: list[Any], number: int) -> set[str]:
        """Short texts that a sequence matches, each with other alternatives."""
        found = set()
        for self._branch in range(number):
            found.add(self._sample(nodes, once=True))
        return found

    def _characters(self, nodes: list[Any]) -> list[str]:
        """A few characters that a repeated class has: those that other parts may have as well."""
        if len(nodes) != 1 or str(nodes[0][0]) not in ("IN", "LITERAL", "NOT_LITERAL", "ANY"):
            return []
        accepted = self._accepted(nodes[0])
        usual = [c for c in accepted if c in " a1-A._\u00a0"]
        return usual[:5] or accepted[:2]

    def _accepted(self, node: Any) -> list[str]:
        found = re.compile(_class_text(node), self._flags)
        return [c for c in CANDIDATES if found.fullmatch(c)]

    def _sample(self, nodes: Iterable[Any], *, once: bool) -> str:
        """A text that a sequence matches, but for what it asserts; repeats run once or twice, or long."""
        out = ""
        for node in nodes:
            kind, value = str(node[0]), node[1]
            if kind == "LITERAL":
                out += chr(value)
            elif kind in ("IN", "NOT_LITERAL", "ANY"):
                accepted = self._accepted(node)
                out += self._random.choice(accepted) if accepted else "a"
            elif kind in REPEATS:
                least, most, inner = value[0], min(int(value[1]), 90), list(value[2])
                times = (
                    max(least, min(most, 1)) if once else self._random.choice((least, most, most, (least + most) // 2))
                )
                if not once and (same := self._characters(inner)):
                    out += self._random.choice(same) * times
                else:
                    out += "".join(self._sample(inner, once=once or most > 9) for _ in range(times))
            elif kind == "BRANCH":
                branch = value[1][self._branch % len(value[1])] if once else self._random.choice(value[1])
                out += self._sample(list(branch), once=once)
            elif kind == "SUBPATTERN":
                out += self._sample(list(value[3]), once=once)
            elif kind == "ATOMIC_GROUP":
                out += self._sample(list(value), once=once)
        return out


def _excluded(nodes: list[Any]) -> set[str]:
    """The characters that classes of a parsed expression exclude."""
    found: set[str] = set()
    for kind, value in nodes:
        if str(kind) == "NOT_LITERAL":
            found.add(chr(value))
        elif str(kind) == "IN" and str(value[0][0]) == "NEGATE":
            found |= {chr(inner) for part, inner in value[1:] if str(part) == "LITERAL"}
        elif str(kind) in REPEATS:
            found |= _excluded(list(value[2]))
        elif str(kind) == "BRANCH":
            found |= {sign for branch in value[1] for sign in _excluded(list(branch))}
        elif str(kind) == "SUBPATTERN":
            found |= _excluded(list(value[3]))
    return found


def _class_text(node: Any) -> str:
    """A class of characters of a parsed expression, as text."""
    kind, value = str(node[0]), node[1]
    if kind == "ANY":
        return "(?s:.)"
    if kind == "NOT_LITERAL":
        return f"[^{re.escape(chr(value))}]"
    if kind == "LITERAL":
        return re.escape(chr(value))
    names = {
        "CATEGORY_DIGIT": r"\d",
        "CATEGORY_NOT_DIGIT": r"\D",
        "CATEGORY_SPACE": r"\s",
        "CATEGORY_NOT_SPACE": r"\S",
        "CATEGORY_WORD": r"\w",
        "CATEGORY_NOT_WORD": r"\W",
    }
    out = ""
    for part, inner in value:
        if str(part) == "NEGATE":
            out = "^"
        elif str(part) == "LITERAL":
            out += re.escape(chr(inner))
        elif str(part) == "RANGE":
            out += f"{re.escape(chr(inner[0]))}-{re.escape(chr(inner[1]))}"
        else:
            out += names[str(inner)]
    return f"[{out}]"


def _grown(expression: Expression, attack: Callable[[int], str]) -> str:
    """What is wrong with the time that an attack of two sizes takes; "" if nothing is.

    It begins small, so that what doubles with every character is found out before it runs for ever.
    """
    size = 20
    while size < SMALL:
        if expression.seconds(attack(size)) > SLOW:
            return f"{size} code points take more than {SLOW} s"
        size = size * 3 // 2 if size < 200 else SMALL
    large = expression.seconds(attack(SMALL * TIMES))
    if large < SHORTEST:
        return ""
    for tries in (2, 5, 9):  # other processes only ever add to what is measured
        small, large = expression.seconds(attack(SMALL), tries), expression.seconds(attack(SMALL * TIMES), tries)
        if large <= GROWTH * small or large < SHORTEST:
            return ""
    return f"{small * 1e3:.2f} ms for {SMALL} code points, {large * 1e3:.2f} ms for {SMALL * TIMES}"


def _marked(expression: Expression) -> object:
    reason = KNOWN.get(expression.name)
    marks = [pytest.mark.xfail(reason=reason, raises=AssertionError)] if reason is not None else []
    return pytest.param(expression, marks=marks, id=expression.name)


@pytest.mark.parametrize("expression", [*map(_marked, expressions())])
def test_time_is_linear(expression: Expression) -> None:
    attacks = Attacks(expression)
    longest = SHORT.get(expression.name)
    if longest is not None:
        pumped = (before + piece * longest for before, piece in sorted(attacks.pumps()))
        # Begun with short ones, so that what doubles with every character is found out before it runs for ever.
        sizes = [*range(20, longest, 20), longest]
        bodies = [*pumped, *attacks.texts(longest, 200)]
        for text in (body[: size - len(end)] + end for body in bodies for end in attacks.ends for size in sizes):
            taken = expression.seconds(text)
            if taken > MOST:
                taken = expression.seconds(text, 5)
            assert taken <= MOST, f"{expression.name} takes {taken * 1e3:.1f} ms for {text!r}"
        return
    for before, piece in sorted(attacks.pumps()):
        for end in attacks.ends:
            wrong = _grown(expression, lambda size: before + piece * (size // len(piece) + 1) + end)  # noqa: B023
            assert not wrong, f"{expression.name}: {before!r} + {piece!r} * n + {end!r}: {wrong}"
    for text in attacks.texts(0, 60):
        wrong = _grown(expression, lambda size: text * (size // max(len(text), 1) + 1) + "\x00")  # noqa: B023
        assert not wrong, f"{expression.name}: {text!r} * n: {wrong}"


@pytest.mark.parametrize(
    "text",
    [r"[|:\s-]*-[|:\s-]*$", r"\s+$", r"(?:\d{1,4}\s?)+$", r"a*b", r"(?:a|a)*b", r"<p\s*>|x[^>]*>"],
)
def test_the_attacks_find_what_is_not_linear(text: str) -> None:
    expression = Expression("one", text, 0, re.compile(text), frozenset({"search"}), text)
    attacks = Attacks(expression)
    found = (
        _grown(expression, lambda size: before + piece * (size // len(piece) + 1) + end)  # noqa: B023
        for before, piece in sorted(attacks.pumps())
        for end in attacks.ends
    )
    assert any(found)
