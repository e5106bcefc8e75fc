"""The engine: read, find, resolve, cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, Unpack
from urllib.parse import urlsplit

from cleantext.budget import Budget
from cleantext.config import Config, Options
from cleantext.document import Document
from cleantext.find import LIKELY
from cleantext.find.facts import lines_of
from cleantext.find.own import OwnElements, OwnLines
from cleantext.find.patterns import TIME_LIMIT
from cleantext.find.repeats import repeats
from cleantext.find.threads import is_discussion
from cleantext.find.zones import zones
from cleantext.guards import apart, blocks_in, covered, evidence, guarded, next_stage, outside_code
from cleantext.invariants import verify, wanted
from cleantext.keep import kept_blocks, kept_lines
from cleantext.markdown import markdown
from cleantext.passes import Passes
from cleantext.pieces import Verdict, judge_places, kept_of, markup_of, spans_of
from cleantext.read.encoding import decode
from cleantext.read.html import is_html, is_soup, markup_of_tree, read_html
from cleantext.read.text import read_text
from cleantext.registry import STAGES, Rule, Stage, rules, select
from cleantext.render import render
from cleantext.rest import Rest, rest_of
from cleantext.result import Problem, Result
from cleantext.span import Finding, Span, cut, resolve
from cleantext.whole_lines import merge, whole_lines

SAID = 200  # code points of what an error says that are told

if TYPE_CHECKING:
    from cleantext.read.soup import Soup

# Stages that judge what the rules on elements leave of a page, the score last.
REST_STAGES: tuple[Stage, ...] = ("lines", "score")

Stages = Mapping[Stage, tuple[Rule, ...]]
# What can be cleaned: text or a page, as a str or as bytes, or a tree of BeautifulSoup.
Source: TypeAlias = "str | bytes | bytearray | memoryview | Soup"


class Cleaner:
    """Cleans documents with one set of rules. Immutable, safe to share between threads, picklable.

    Takes a `Config` or its fields as keywords. Raises ValueError for an unknown rule, group or field (with the nearest
    name) and for a pattern that is no regular expression; TypeError for a value of the wrong type.
    """

    __slots__ = ("_again", "_selected", "_stages", "config")

    config: Config
    _stages: Stages
    _again: Stages
    _selected: frozenset[str]

    def __init__(self, config: Config | None = None, /, **options: Unpack[Options]) -> None:
        if config is not None and (options or not isinstance(config, Config)):
            raise TypeError(f"Cleaner() takes a Config or keywords, not {type(config).__name__}")
        config = config or Config.make(**options)
        every = {**rules(), **{r.name: r for r in config.rules}}
        chosen = select(every, config.select) if config.select is not None else _by_default(every.values())
        if config.level != "balanced":
            chosen = chosen - select(every, ["body"])
            chosen |= {"body-strict", "repeated-block"} if config.level == "strict" else set()
        chosen = (chosen | select(every, config.extend_select)) - select(every, config.ignore)
        if config.level != "strict" and "body-strict" not in (*(config.select or ()), *config.extend_select):
            chosen -= {"body-strict"}  # a group does not choose the level
        # The others run as well, to know the lines that only they would take; those of the caller's own do not, nor
        # those of the score, which is the last to judge.
        used = [
            r
            for r in every.values()
            if r.name in chosen or (r.default and r not in config.rules and r.stage != "score")
        ]
        stages = {stage: tuple(r for r in used if r.stage == stage) for stage in STAGES}
        # What patterns of the caller's say of a line by itself they have said in the first pass.
        again = {name: tuple(r for r in stage if not isinstance(r.find, OwnLines)) for name, stage in stages.items()}
        for name, value in {"config": config, "_stages": stages, "_again": again, "_selected": chosen}.items():
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
        return tuple(r for stage in self._stages.values() for r in stage if r.name in self._selected)

    def clean(self, source: Source, *, kind: str = "auto", url: str | None = None) -> Result:
        """Clean `source` and return the body with every removed span.

        `source` is text or a page, as a str or as bytes, whose encoding is found, or a tree of BeautifulSoup, a whole
        one or an element, to which no ``max_chars`` applies. `kind` is ``"text"``, ``"html"`` or ``"auto"``, which
        tells the one from the other. `url` is the address of a page, by which the selectors for its site are found;
        without it what the page says. Raises TypeError for another source and ValueError for another kind; no str,
        bytes or tree make it raise.

        Offsets count in ``Result.source``, which is what was passed in, or the decoded bytes, or ``str(tree)``.
        """
        if url is not None and not isinstance(url, str):
            raise TypeError(f"url takes a str, not {type(url).__name__}")
        if kind not in ("auto", "text", "html"):
            raise ValueError(f"kind must be 'auto', 'text' or 'html', not {kind!r}")
        if is_soup(source):
            if kind != "text":
                return self._checked(source, partial(self._clean_html, source, url))
            source = markup_of_tree(source)
        encoding = None
        if isinstance(source, bytes | bytearray | memoryview):
            data = bytes(source)
            source, encoding = decode(data, kind == "html" or (kind == "auto" and is_html(data.decode("latin-1"))))
        if not isinstance(source, str):
            hint = "; for a file, pass path.read_bytes()" if hasattr(source, "__fspath__") else ""
            raise TypeError(f"clean() takes a str, bytes or a tree of BeautifulSoup, not {type(source).__name__}{hint}")
        page = kind == "html" or (kind == "auto" and is_html(source))
        cleaned = partial(self._clean_html, source, url) if page else partial(self._clean_text, source)
        result = self._checked(source, cleaned)
        return result if encoding is None else replace(result, encoding=encoding)

    def _checked(self, source: str | Soup, clean: Callable[[], Result]) -> Result:
        """What `clean` makes of `source`, verified where that is wanted."""
        result = clean()
        if wanted():
            page = None if result.kind == "text" else read_html(source)
            verify(result, page, clean, partial(self._settled, page))
        return result

    def _settled(self, page: Document | None, text: str) -> list[Span]:
        """What rules with names find in the text that cleaning has left, which should be nothing.

        Of a page it stays known whether it is a discussion; its code stays or goes as one, whatever a pattern of the
        caller's finds in a line of it.
        """
        problems: dict[str, Problem] = {}
        document = read_text(text)
        if page is not None:
            document.carry(is_discussion, page)
        stages = self._stages if page is None else self._again
        return self._pass(
            document, {**stages, "score": ()}, kept_lines(document, self.config.keep, problems), problems
        )[0]

    def _too_long(self, source: str | Soup) -> bool:
        most = self.config.max_chars
        return most is not None and isinstance(source, str) and len(source) > most

    def _budget(self, source: str | Soup) -> Budget:
        """The time for a document; none for one that is too long."""
        return Budget(0.0 if self._too_long(source) else self.config.time_limit)

    def _clean_text(self, source: str) -> Result:
        budget = self._budget(source)
        problems: dict[str, Problem] = {}
        document = read_text(source, budget)
        kept = kept_lines(document, self.config.keep, problems)
        removed, title = self._pass(document, self._stages, kept, problems)
        text, again = cut(source, removed), removed
        passes = Passes(len(source))
        while again and not budget.over():
            # What went may bring lines together that are boilerplate only now. Looking until nothing is found makes
            # cleaning a cleaned text change nothing.
            rest = read_text(text, budget)
            if passes.over(rest):
                problems["passes"] = passes.problem()
                break
            rest.carry(lines_of, document)
            again, headline = self._pass(rest, self._again, kept, problems)
            title = title or headline
            removed = merge(source, removed, again)
            text = cut(source, removed)
        return Result(text, tuple(removed), title, source, "text", self._problems(source, problems, budget))

    def _clean_html(self, source: str | Soup, url: str | None) -> Result:
        """Clean a page: what elements, lines and the score say of its blocks, then what the text that is left says."""
        budget = self._budget(source)
        problems: dict[str, Problem] = {}
        document = read_html(source, budget=budget)
        keeping = kept_blocks(document, kept_lines(document, self.config.keep, problems))
        verdicts: list[Verdict] = [None] * len(document.texts)
        try:
            self._judge_site(document, url, verdicts, keeping)
        except Exception as error:  # a selector that only one of the readers knows
            problems["site-selector"] = Problem("site-selector", _message(error))
        rest = self._elements(document, verdicts, keeping, problems)
        for stage in REST_STAGES:
            rest = self._judge(rest, stage, verdicts, keeping, problems)
        passes = Passes(len(document.source))
        # The score has judged the blocks. A line of code that a pattern of the caller's claims stays, and hides what
        # stands near it: so what no pattern is asked about counts as well.
        named = {**self._stages, "score": ()}
        unasked = {**self._again, "score": ()}
        while True:
            text, places = render(document, [i for i, verdict in enumerate(verdicts) if verdict is None])
            left_text = read_text(text, budget)
            if passes.over(left_text):
                problems["passes"] = passes.problem()
                break
            if budget.over():
                break
            left_text.carry(lines_of, rest.document)
            left_text.carry(is_discussion, document)
            kept = kept_lines(left_text, self.config.keep, problems)
            again, _ = self._pass(left_text, named, kept, problems)
            gone = judge_places(places, again, verdicts, keeping)
            if not gone and unasked != named:
                again, _ = self._pass(left_text, unasked, kept, problems)
                gone = judge_places(places, again, verdicts, keeping)
            if not gone:
                break
        return Result(
            text,
            tuple(spans_of(document, verdicts)),
            document.title,
            source if isinstance(source, str) else markup_of(document),
            "html",
            self._problems(source, problems, budget),
            align=partial(kept_of, document, places),
            shape=partial(markdown, document, [place.block for place in places]),
        )

    def _problems(self, source: str | Soup, problems: Mapping[str, Problem], budget: Budget) -> tuple[Problem, ...]:
        """What is to be said of a result, with the limit that was passed."""
        found = list(problems.values())
        if self._too_long(source):
            said = f"{len(source)} code points are more than {self.config.max_chars}; all of it stays"
            found.append(Problem("max-chars", said))
        elif budget.spent:
            said = f"stopped after {self.config.time_limit:g} s, before all rules had looked"
            found.append(Problem("time-limit", said))
        return tuple(found)

    def _judge_site(self, document: Document, url: str | None, verdicts: list[Verdict], keeping: set[int]) -> None:
        """Let the selectors for the page's site judge its blocks: those that keep first."""
        page = document.page
        if page is None or not self.config.sites or document.budget.over():
            return
        host = _host(url or "") or _host(page.facts.address) or _host(page.facts.metas.get("og:url", ""))
        sites = [site for name, site in self.config.sites if host == name or host.endswith("." + name)]
        for site in sites:
            for selector in site.keep:
                keeping.update(*page.blocks_of(selector))
        for site in sites:
            for finding in OwnElements(site.remove)(document):
                for index in blocks_in(document, finding):
                    if index not in keeping:
                        verdicts[index] = finding._replace(rule="site-selector", group="own")

    def named(self, document: Document) -> Rest:
        """The rest of a page that the body score is asked about, with what rules on lines claim of it."""
        verdicts: list[Verdict] = [None] * len(document.texts)
        rest = self._elements(document, verdicts, frozenset(), {})
        return self._judge(rest, "lines", verdicts, frozenset(), {})

    def named_lines(self, source: str) -> Document:
        """A text as the score is asked about it, with what rules on lines claim of it."""
        document = read_text(source)
        _, claims, held = self._lines(document, self._stages, frozenset(), {})
        return next_stage(document, claims, held, frozenset())

    def _lines(
        self, document: Document, stages: Stages, keeping: Set[int], problems: dict[str, Problem]
    ) -> tuple[list[Finding], dict[int, str], dict[int, str]]:
        """What the rules on lines find in a text, the blocks it covers, and those that only other rules would take."""
        found, others = self._findings(stages["lines"], document, problems)
        claims = {i: group for i, group in covered(document, found).items() if i not in keeping}
        held = {i: group for i, group in covered(document, others).items() if i not in claims and i not in keeping}
        return found, claims, held

    def _elements(
        self, document: Document, verdicts: list[Verdict], keeping: Set[int], problems: dict[str, Problem]
    ) -> Rest:
        """Let the rules on elements judge the blocks of a page; the rest of it."""
        found, others = self._findings(self._stages["elements"], document, problems)
        # Elements stand in each other: the outermost says why.
        for finding in apart(document, resolve(found)):
            for index in blocks_in(document, finding):
                if verdicts[index] is None and index not in keeping:
                    verdicts[index] = finding
        gone = {index: verdict.group for index, verdict in enumerate(verdicts) if verdict is not None}
        return rest_of(document, gone, covered(document, others))

    def _judge(
        self, rest: Rest, stage: Stage, verdicts: list[Verdict], keeping: Set[int], problems: dict[str, Problem]
    ) -> Rest:
        """Let a stage judge the rest of a page, where no stage before has; the rest as the next stage sees it."""
        document, blocks = rest
        found, others = self._findings(self._stages[stage], document, problems)
        claims, held = dict(document.claims), dict(document.held)
        for finding in found:
            for index in blocks_in(document, finding):
                if index not in claims and index not in held and blocks[index] not in keeping:
                    verdicts[blocks[index]] = finding
                    claims[index] = finding.group
        held |= {index: group for index, group in covered(document, others).items() if index not in claims}
        return Rest(document.claimed(claims, held), blocks)

    def _pass(
        self, document: Document, stages: Stages, kept: frozenset[str], problems: dict[str, Problem]
    ) -> tuple[list[Span], str | None]:
        """One pass over a document: its spans, disjoint and sorted, and its headline."""
        structure, keeping = stages["structure"], kept_blocks(document, kept)
        found, claims, held = self._lines(document, stages, keeping, problems)
        if document.budget.over():
            return list(whole_lines(document, resolve(found), keeping | held.keys())), None
        seen = next_stage(document, claims, held, keeping)
        judged, _ = self._findings(stages["score"], seen, problems)
        if judged:  # a whole page
            # Menus and lists of links go first; the rules on structure look at what is left, in the next pass.
            return list(whole_lines(document, resolve(found + judged), keeping | held.keys())), None
        more, others = self._findings(structure, seen, problems)
        if others:
            taken = {*covered(document, more), *claims, *keeping}
            stays = {i: group for i, group in covered(document, others).items() if i not in taken} | held
            if len(stays) > len(held):
                held = stays
                seen = next_stage(document, claims, held, keeping)
                more, _ = self._findings(structure, seen, problems)
        more += self._beside(document, seen, structure, more, keeping, problems)
        headline = None if document.budget.over() else repeats(seen)
        title = document.texts[headline.at] if headline is not None else None
        return list(whole_lines(document, resolve(found + guarded(document, more)), keeping | held.keys())), title

    def _beside(
        self,
        document: Document,
        seen: Document,
        structure: tuple[Rule, ...],
        found: list[Finding],
        keeping: Set[int],
        problems: dict[str, Problem],
    ) -> list[Finding]:
        """What the rules on structure find besides, where what they have found speaks for lines beside it.

        Head, body and tail are those of `seen`, which they saw first. Rules that find lines by their own shape are not
        asked again: they would prove themselves right.
        """
        proof = evidence(document, found, keeping)
        if not proof or document.budget.over():
            return []
        asked = next_stage(document, {**seen.claims, **proof}, seen.held, keeping)
        asked.carry(zones, seen)
        by_shape = {f.rule for f in found if f.score >= LIKELY}
        return self._findings(tuple(r for r in structure if r.name not in by_shape), asked, problems)[0]

    def _findings(
        self, stage: tuple[Rule, ...], document: Document, problems: dict[str, Problem]
    ) -> tuple[list[Finding], list[Finding]]:
        """What the rules of a stage find: those that are selected, and the others."""
        found: list[Finding] = []
        others: list[Finding] = []
        for rule in stage:
            if document.budget.over():
                break
            if rule.name not in problems:
                try:
                    seen = rule.findings(document)
                    if seen and document.page is None and not isinstance(rule.find, OwnLines):
                        seen = outside_code(document, seen)  # rules of the caller's own know what they take
                    (found if rule.name in self._selected else others).extend(seen)
                except Exception as error:  # a rule must not stop the others, whatever it raises
                    if not (isinstance(error, TimeoutError) and document.budget.over()):
                        problems[rule.name] = Problem(rule.name, _message(error))
        return (guarded(document, found) if stage and stage[0].stage == "structure" else found), others


def _by_default(every: Iterable[Rule]) -> frozenset[str]:
    return frozenset(r.name for r in every if r.default)


def _host(url: str) -> str:
    """The host of an address, with or without its scheme, "" if it has none."""
    try:
        return (urlsplit(url if "//" in url else "//" + url).hostname or "").lower()
    except ValueError:
        return ""


def _message(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"ran out of time ({TIME_LIMIT:g} s) and was left out"
    said = next(iter(str(error).split("\n\n")[-1].strip().splitlines()), "")[:SAID]
    return f"failed and was left out: {type(error).__name__}: {said}"
