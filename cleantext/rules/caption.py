"""Image captions, alt texts and credits, and prompts to look or listen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from cleantext.document import Document
from cleantext.find import LIKELY, PROBABLE, phrases, take
from cleantext.find.credits import (
    CLOSING,
    CREDIT_WORDS,
    OPENING,
    credit,
    end_credit,
    in_list_of_credits,
    may_be_credit,
    unended,
)
from cleantext.find.facts import facts
from cleantext.find.neighbours import captions_beside
from cleantext.find.normal import normal
from cleantext.find.phrases import words
from cleantext.find.repeats import NEAR_LINES, SAME, numbers, repeats, shared_words
from cleantext.find.spaced import spaced
from cleantext.find.stamps import is_stamp
from cleantext.find.zones import is_title, stops, zones
from cleantext.registry import STORY, rule
from cleantext.span import Finding

# Of 100, how far the words of an alt text are the headline's: where nothing else is said twice, where the headline
# or an image's alt line is, and right below such a headline.
ALT_SHARE, COPY_SHARE, BELOW_SHARE = 85, 80, 50
# "<headline> - Image 2": words of such a line.
ALT_WORDS = range(5, 41)
# A caption is one or two sentences; a body paragraph that follows an alt line is longer.
CAPTION_WORDS = 45
SHORTEST_CAPTION = 4
LOOSE_CAPTION_WORDS = 24
CREDITED_WORDS, CREDITED_CHARS = range(4, 61), 1_000  # of a caption with its credit
# Of 100, how far the words of a file name, and of an alt text in lower case, are the headline's.
FILE_SHARE, LOWER_SHARE = 60, 75
BRACKETS = frozenset(OPENING + CLOSING)
IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


@rule(
    group="caption",
    reason="caption label or media prompt",
    examples=[
        "⟦Image source, Harbour Press⟧\nThe new bridge carried its first cars on Monday.",
        "⟦Listen to this article⟧\nThe new bridge carried its first cars on Monday.",
        "She asked them to listen to this article of the charter.",
    ],
)
def caption_prompt(document: Document) -> Iterator[Finding]:
    """Labelled captions and sources, and prompts to enlarge, watch or listen.

    Removes: a line that is, as a whole, a caption phrase of a phrase pack ("Image source, …", "Play video").

    Keeps: sentences that contain such words; "Figure 3. …" of a paper.

    Source: the phrase packs.
    """
    return phrases(document, "caption")


@rule(
    group="caption",
    stage="structure",
    reason="caption label",
    examples=[
        f"{STORY}\n\n⟦Image source, Harbour Press\nPhoto⟧\n\n{STORY}",
        f"Photos\n\n{STORY}",
    ],
)
def caption_label(document: Document) -> Iterator[Finding]:
    """Short caption labels beside a caption.

    Removes: "Photo", "Video" and their like beside a line that another caption rule takes.

    Keeps: the same words as headings of the body.

    Source: the phrase packs.
    """
    return captions_beside(document)


def alt_word(key: str) -> str:
    """The image word of an alt line ``<title>: <image word> #``, "" if `key` is none."""
    title, _, tail = key.replace(" (", ": ").rpartition(": ")
    if not title and not key.isascii():
        title, _, tail = key.rpartition(" ")  # scripts that write "写真1" set it off by a space
        if " #" in key[-3:]:
            return ""
    word = tail.replace("#", "").strip()
    if not word or word not in words("image") or not title:
        return ""
    return word if "#" in tail else ""


def _is_alt(document: Document, index: int) -> bool:
    return bool(alt_word(facts(document).keys[index] or normal(document.texts[index])))


@rule(
    group="caption",
    reason="alt text of an image",
    examples=[
        f"Mayor opens bridge after long wait\n\n{STORY}\n\n⟦Mayor opens bridge after long wait - Image 3⟧",
        "The lamps are out, as image 3 shows.",
        "Fig. 2: image 3",
    ],
)
def image_alt_line(document: Document) -> Iterator[Finding]:
    """The headline with an image's number, as gallery plugins write it.

    Removes: a line of several words that ends in a dash or bar, an image word of any language and a number.

    Keeps: sentences that speak of "image 3".

    Source: the image words of the phrase packs.
    """
    known = facts(document)
    for index, text in enumerate(document.texts):
        if (text[-1].isdigit() or text[-2:-1].isdigit()) and known.words[index] in ALT_WORDS:
            word = alt_word(known.keys[index] or normal(text))
            if word:
                yield take(document, index, why=f"ends in “{word}” and a number")


@rule(
    group="caption",
    stage="structure",
    reason="caption below an alt text",
    examples=[
        f"{STORY}\n\n⟦Mayor opens bridge after long wait - Image 3\nMayor Ida Roe at the opening.⟧\n\n{STORY}",
        f"{STORY}\n\n⟦Mayor opens bridge after long wait - Image 3⟧\n\n{STORY}",
    ],
)
def caption_below(document: Document) -> Iterator[Finding]:
    """The caption on the line after an alt line.

    Removes: the line below an alt line if it is no longer than captions are: 45 words when it stands in the same
    paragraph as the alt line while other paragraphs are set apart, otherwise one sentence of 24 words or less.

    Keeps: the next paragraph of the body: longer, or of several sentences, or opening with a quotation.

    Source: the layout of galleries that extractors flatten; 95 of 100 captions of news sites have under 45 words.
    """
    known = facts(document)
    apart = sum(gap > 0 for gap in document.gaps) > len(document.texts) / 3
    for index in range(1, len(document.texts)):
        if document.claims.get(index - 1) != "caption" or index in document.claims:
            continue
        if not _is_alt(document, index - 1) and document.texts[index - 1][-1] not in ",:":
            continue
        text, count = document.texts[index], known.words[index]
        together = apart and document.gaps[index] == 0
        if count < SHORTEST_CAPTION:
            continue
        if together and count <= CAPTION_WORDS:
            yield take(document, index, why=f"{count} words in one paragraph with it", score=LIKELY)
        elif not apart or document.gaps[index]:
            one = count <= LOOSE_CAPTION_WORDS and stops(text) and not any(f"{stop} " in text for stop in ".!?")
            if one and text[0] not in "“\"«„‘'":
                yield take(document, index, why=f"one sentence of {count} words", score=PROBABLE)


def _words_anew(document: Document, index: int, key: str) -> bool:
    """Whether a title-like line has most of its words from the headline with that key."""
    known = facts(document)
    if index >= len(document.texts) or not is_title(document, known, index):
        return False
    return shared_words(key, known.keys[index] or normal(document.texts[index])) >= BELOW_SHARE


@rule(
    group="caption",
    stage="structure",
    reason="alt text that words the headline anew",
    examples=[
        "Mayor Opens Bridge in Quayside After a Long Wait\n⟦Mayor Opens Bridge in Quayside After a Long Wait\n"
        f"Mayor opens Quayside bridge after wait⟧\n\n{STORY}",
        "Ten questions to ask before the bridge opens\n⟦Ten questions to ask before the bridge opens⟧\n"
        f"What to ask when the bridge opens\nQuestions for after the bridge opens\n\n{STORY}",
        "Mayor Opens Bridge in Quayside After a Long Wait\n⟦Mayor Opens Bridge in Quayside After a Long Wait⟧\n"
        f"Drivers queued since dawn to cross the Tarn\n\n{STORY}",
    ],
)
def image_alt_text(document: Document) -> Iterator[Finding]:
    """The headline in other words, as the alt text of the lead image.

    Removes: a title-like line between headline and body nearly all of whose words are the headline's, where the
    headline is repeated as well.

    Keeps: a standfirst: it adds words of its own or ends in a full stop; several such lines in a row: headings.

    Source: lead images whose alt text an editor shortened from the headline.
    """
    headline, where = repeats(document), zones(document)
    known = facts(document)
    if headline is None or not where.article or "…" in document.texts[headline.at]:
        return
    twice = bool(headline.repeats) or any(_is_alt(document, i) for i, g in document.claims.items() if g == "caption")
    key = normal(document.texts[headline.at])
    repeated = {r.at for r in headline.repeats}
    told = numbers(document.texts[headline.at])
    least_words = max(5, 0.5 * known.words[headline.at])
    for index in range(headline.at + 1, min(where.first, headline.at + NEAR_LINES + 1)):
        other = known.keys[index]
        if known.words[index] < least_words or is_stamp(document.texts[index], other, known.words[index]):
            continue
        if not is_title(document, known, index) or index in repeated or other in ("", key):
            continue
        if told and not (numbers(document.texts[index]) or told).startswith(told):
            continue  # another model of the product, another round
        share = shared_words(key, other)
        right_below = index - 1 == headline.at or index - 1 in repeated
        least = ALT_SHARE if not twice else COPY_SHARE if not right_below else BELOW_SHARE
        if share < least or stops(document.texts[index]) or known.words[index] > 1.3 * known.words[headline.at]:
            continue
        around = {index - 1, index + 1} - repeated - {headline.at}
        # Several of them are headings of its parts in a row.
        if share >= SAME or not any(_words_anew(document, i, key) for i in around):
            yield take(document, index, why=f"{share:.0f} % the headline's words", score=LIKELY)


@rule(
    group="caption",
    stage="structure",
    reason="name of an image file",
    examples=[
        f"Mayor opens bridge after long wait\n⟦mayor-opens-bridge-tarn-2026⟧\n\n{STORY}",
        f"Mayor opens bridge after long wait\nWell-to-do\n\n{STORY}",
        "⟦IMG_2041.jpg⟧\nThe new bridge carried its first cars on Monday.",
    ],
)
def image_file_name(document: Document) -> Iterator[Finding]:
    """The name of an image file, which stands in for its alt text.

    Removes: a line without spaces that ends in an image suffix; above the body, three or more lower-case words joined
    by hyphens or underscores, and the headline's own words in lower case without any marks.

    Keeps: hyphenated words; file names in a how-to that do not stand alone.

    Source: what content management systems put into an empty alt text.
    """
    where, known = zones(document), facts(document)
    headline = repeats(document)
    for index, text in enumerate(document.texts):
        if " " not in text:
            if text.lower().endswith(IMAGE_SUFFIXES):
                if any(
                    t.lower().endswith(IMAGE_SUFFIXES)
                    for t in (document.texts[index - 1 : index] + document.texts[index + 1 : index + 2])
                ):
                    continue  # a list of files
                yield take(document, index, why="an image suffix", score=LIKELY)
            elif (
                headline is not None and where.head(index) and text.islower() and text.count("-") + text.count("_") > 1
            ):
                shared = shared_words(normal(document.texts[headline.at]), normal(text.replace("-", " ")))
                if shared >= FILE_SHARE:
                    yield take(document, index, why=f"{shared:.0f} % the headline's words, joined", score=LIKELY)
        elif headline is not None and headline.at < index < where.first and 3 <= known.words[index] <= 15:
            if text.islower() and text.replace(" ", "").isalpha():
                share = shared_words(normal(document.texts[headline.at]), normal(text))
                if share >= LOWER_SHARE:
                    yield take(document, index, why=f"{share:.0f} % the headline's words, in lower case", score=LIKELY)


@rule(
    group="caption",
    reason="photo credit",
    examples=[
        "⟦Photo: Ida Roe / Harbour Press⟧\nThe new bridge carried its first cars on Monday.",
        "⟦Ida Roe / AFP⟧\nThe new bridge carried its first cars on Monday.",
        "⟦Fot. Ida Roe⟧\nThe new bridge carried its first cars on Monday.",
        "Photo: the evidence that convinced the jury",
    ],
)
def photo_credit(document: Document) -> Iterator[Finding]:
    """A line that names the photographer or the agency and nothing else.

    Removes: a credit label ("Photo:", "Foto:", "Courtesy of"), or ©, with a name behind it; a name and an agency
    joined by a slash; an agency alone.

    Keeps: a heading that begins with "Photo:" and goes on in ordinary words; © with a year (see copyright-line); a
    photographer among others who made a film or a play.

    Source: the credit labels of the phrase packs, names of the large photo agencies.
    """
    known, texts = facts(document), spaced(document).texts
    for index in unended(document):
        text, key = texts[index], known.keys[index]
        if known.words[index] > CREDIT_WORDS or not key or known.prose[index] or not may_be_credit(text, key):
            continue
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(known.prose)]
        why = credit(text, key, alone=all(known.prose[i] for i in beside))
        if why and not in_list_of_credits(document, index):
            yield take(document, index, why=why, score=LIKELY)


@rule(
    group="caption",
    reason="caption in brackets",
    examples=[
        "⟦[Photo: the first cars on the new bridge]⟧\nThe new bridge carried its first cars on Monday.",
        "⟦（写真：開通した橋）⟧\nThe new bridge carried its first cars on Monday.",
        "[Editor's note: the toll was corrected on Tuesday.]\n(Photo finishes came to the track in 1937.)",
    ],
)
def bracketed_caption(document: Document) -> Iterator[Finding]:
    """A line in brackets that says of itself that it is of an image.

    Removes: a line of up to 60 words, in brackets of any form as a whole, that begins with a word for images or a
    credit label of any language and a colon.

    Keeps: other notes in brackets; sentences that begin with such a word.

    Source: the placeholders that archives and newsrooms leave where an image stood.
    """
    known = facts(document)
    for index, text in enumerate(document.texts):
        if text[0] not in OPENING or text[-1] not in CLOSING or len(text) > CREDITED_CHARS:
            continue
        key = known.keys[index] or normal(text)
        label, _, rest = key.partition(":")
        label = label.rstrip(" #")  # "Image 2:"
        told = rest and known.words[index] < CREDITED_WORDS.stop and BRACKETS.isdisjoint(text[1:-1])
        if told and label in _image_labels() and not credit(text, key):
            yield take(document, index, why=f"“{label}:”", score=LIKELY)


@cache
def _image_labels() -> frozenset[str]:
    return words("image") | words("credit")


@rule(
    group="caption",
    reason="caption with a credit at its end",
    examples=[
        "⟦Crowds on the bridge on Monday. (Ida Roe/Harbour Press)⟧\nThe new bridge carried its first cars on Monday.",
        "⟦Crowds on the bridge. Photo\u00a0: Ida Roe⟧\nThe new bridge carried its first cars on Monday.",
        "⟦開通した橋を渡る人たち＝鳥瀬市で、田所誠撮影⟧\nThe new bridge carried its first cars on Monday.",
        "The effect was first seen in moss. (Roe and Bly 2019)",
    ],
)
def caption_with_credit(document: Document) -> Iterator[Finding]:
    """A caption that ends in the name of the photographer.

    Removes: a line of up to 60 words that closes with a credit: a name and an agency in brackets behind the full stop,
    or a credit label and a name.

    Keeps: sentences with a bracketed source; text that goes on behind the bracket; numbered lists of works and their
    authors.

    Source: house styles of news agencies.
    """
    known, texts = facts(document), spaced(document).texts
    for index in unended(document):
        text = texts[index]
        # What a number begins is a list of works and their authors, what tabs part a table.
        caption = known.words[index] in CREDITED_WORDS and len(text) <= CREDITED_CHARS
        if caption and "\t" not in text and not known.keys[index].startswith("#. "):
            found = end_credit(text)
            if found:
                yield take(document, index, why=f"ends in “{found}”", score=LIKELY)
