"""The body score: what no named rule claims is judged by how likely it is body text."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
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
    says of itself. Of long blocks with the same text all but the first.

    Keeps: blocks above the page's own threshold, the one from which on what stays can be expected to fit the body best;
    all of plain text, which has no score.

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


def _below(document: Document, strictness: float) -> Iterator[Finding]:
    # The score needs numpy, which cleaning plain text does not.
    from cleantext.score import unlikely
    from cleantext.score.reason import reason

    for first, last, score in unlikely(document, strictness):
        yield Finding(document.starts[first], document.ends[last - 1], reason(document, first, last), score)
