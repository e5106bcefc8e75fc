"""The body score: what no named rule claims is judged by how likely it is body text."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY
from cleantext.rule import STORY_HTML, rule
from cleantext.span import Finding

STRICT = 1.3  # times the threshold
HOME = "<ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li></ul>"


@rule(
    group="body",
    stage="score",
    reason="not body text",
    examples=[
        f"<body>⟦{HOME}⟧<article>{STORY_HTML}</article></body>",
        f"<body><article>{STORY_HTML}</article></body>",
    ],
)
def body_score(document: Document) -> Iterator[Finding]:
    """Blocks of a page that are not likely to be body text.

    Removes: what no named rule claims and a model of many small heuristics takes for boilerplate: length, punctuation,
    function words, links, tags and names of the elements around, place on the page, the blocks around, what the page
    says of itself.

    Keeps: blocks above the page's own threshold, the one from which on what stays can be expected to fit the body best;
    of lists, tables, headings and code less is asked, and least of a heading right above a block that stays; all of
    plain text, which has no score.

    Source: fitted on the WCXB, article extraction and trafilatura evaluation sets; ``python -m benchmarks.fit``.
    """
    return _below(document, 1.0)


@rule(
    group="body",
    stage="score",
    reason="hardly body text",
    default=False,
    examples=[
        f"<body>⟦{HOME}⟧<article>{STORY_HTML}</article></body>",
        f"<body><article>{STORY_HTML}</article></body>",
    ],
)
def body_strict(document: Document) -> Iterator[Finding]:
    """Blocks of a page that are not very likely to be body text.

    Removes: what `body-score` does and more, with a threshold that is higher by a third; ``level="strict"`` selects it.

    Keeps: blocks above that threshold; all of plain text.

    Source: as `body-score`.
    """
    return _below(document, STRICT)


@rule(
    group="body",
    stage="score",
    reason="repeats what stands above",
    examples=[
        f"<main>{STORY_HTML}⟦<div>{STORY_HTML}</div>⟧</main>",
        f"<main>{STORY_HTML}<p>Repeat the row ten times.</p><p>Turn.</p><p>Repeat the row ten times.</p></main>",
    ],
)
def repeated_block(document: Document) -> Iterator[Finding]:
    """Text of a page that stands there twice: for small screens, for print, folded up and laid open.

    Removes: blocks that repeat others before them in the same order, 20 words or more in a row.

    Keeps: the first of each; tables, code, refrains of up to 60 words in lines, the same bullets of two plans, steps
    that come again; all of plain text.

    Source: the bodies of the WCXB set hold such text once; on sites left out of the fit it adds 0.005 to F1.
    """
    from cleantext.score import repeated

    for blocks in repeated(document):
        for index in blocks:
            yield Finding(document.starts[index], document.ends[index], "", LIKELY)


def _below(document: Document, strictness: float) -> Iterator[Finding]:
    # The score needs numpy, which cleaning plain text does not.
    from cleantext.score import unlikely
    from cleantext.score.reason import reason

    for first, last, score in unlikely(document, strictness):
        yield Finding(document.starts[first], document.ends[last - 1], reason(document, first, last), score)
