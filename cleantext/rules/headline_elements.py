"""Rules on elements: the headline of a page."""

from __future__ import annotations

from collections.abc import Iterator

from cleantext.document import Document
from cleantext.find.elements import elements
from cleantext.registry import STORY_HTML, rule
from cleantext.span import Finding

MORE = (
    "<p>The council has paid four million for the steel alone, and nobody in the hall could say on Monday what the "
    "stone will have cost when the last bill is in.</p>"
)


@rule(
    group="headline",
    stage="elements",
    reason="the headline, which is the title",
    examples=[
        f"<title>Bridge opens</title><article>⟦<h1>Bridge opens</h1>⟧{STORY_HTML}</article>",
        f"<title>Bridge opens | Tidewire</title><article>⟦<h2>Bridge opens</h2>⟧{STORY_HTML}</article>",
        f"<title>Bridge opens</title><article>{STORY_HTML}<h2>What it cost</h2>{MORE}</article>",
    ],
)
def page_headline(document: Document) -> Iterator[Finding]:
    """The headline of a page, which is the ``title`` of the result and not in its text.

    Removes: text within an h1, or before the first paragraph an h2, that is the same as the title found for the page.

    Keeps: other headings; a headline that the page sets as something else than an h1 or h2.

    Source: the bodies of the WCXB and article extraction sets leave the headline out.
    """
    page = document.page
    if page is None or document.title is None:
        return
    prose = elements(document).prose
    for element, tag in enumerate(page.tags):
        if tag == "h1" or (tag == "h2" and not prose[page.first[element]]):
            first, last = page.first[element], page.last[element]
            lines = document.texts[first:last]
            if len(lines) > 1 and " ".join(lines) == document.title:
                yield Finding(document.starts[first], document.ends[last - 1], "", 0.9)
                continue
            for index, line in enumerate(lines, first):
                if line == document.title:
                    yield Finding(document.starts[index], document.ends[index], "", 0.9)
