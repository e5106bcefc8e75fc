"""The body score: what no named rule claims is judged by how likely it is body text."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find import LIKELY
from cleantext.find.facts import facts
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

STRICT = 1.3  # times the threshold
# How many lines a text has, how many that are no prose, nor claimed, and how many that phrase packs know, from which
# the score is asked. Of pages flattened to text nine of ten have as many, of the bodies of articles none of 200: they
# are spared its cost. Below, it takes dialogues and cast lists for menus.
LINES, LABELS, KNOWN = 70, 12, 3
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
    """Blocks of a page, or lines of a page as text, that are not likely to be body text.

    Removes: what no named rule claims and a model of many small heuristics takes for boilerplate: length, punctuation,
    function words, links, tags and names of the elements around, place on the page, the blocks around, what the page
    says of itself. Of text only what is a whole page with its menus and footers as lines is judged.

    Keeps: blocks above the page's own threshold, the one from which on what stays can be expected to fit the body best;
    of lists, tables, headings and code of a page less is asked, and least of a heading right above a block that stays.
    Of text: code, tables, terms with what they mean, and long lists below the first prose in which nothing is known;
    all of a text that has fewer than 70 lines, three known prompts and labels, or 12 lines that are neither prose nor
    claimed, or that is no whole page: an article, a list, a poem. All where next to nothing would stay.

    Source: fitted on the WCXB, article extraction and trafilatura evaluation sets; ``python -m benchmarks.fit`` and
    ``python -m benchmarks.fit_lines``.
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
    """Blocks of a page, or lines of a page as text, that are not very likely to be body text.

    Removes: what `body-score` does and more, with a threshold that is higher by a third; ``level="strict"`` selects it.

    Keeps: blocks above that threshold; the same texts as `body-score`.

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
    if document.page is None:
        return
    from cleantext.score import repeated

    for blocks in repeated(document):
        for index in blocks:
            yield Finding(document.starts[index], document.ends[index], "", LIKELY)


def _below(document: Document, strictness: float) -> Iterator[Finding]:
    if document.page is None and not _has_labels(document):
        return
    # The score needs numpy, which cleaning most articles does not.
    from cleantext.score import unlikely
    from cleantext.score.lines import unlikely_lines
    from cleantext.score.reason import reason, reason_of_lines

    stretches, why = (unlikely_lines, reason_of_lines) if document.page is None else (unlikely, reason)
    for first, last, score in stretches(document, strictness):
        yield Finding(document.starts[first], document.ends[last - 1], why(document, first, last), score)


def _has_labels(document: Document) -> bool:
    """Whether a text has what pages have besides articles, so that asking the score is worth it."""
    if len(document.texts) < LINES:
        return False
    known = facts(document)
    labels = sum(not prose and index not in document.claims for index, prose in enumerate(known.prose))
    return labels >= LABELS and len(known.labelled) >= KNOWN
