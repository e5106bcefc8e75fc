"""Image captions, alt texts and credits, and prompts to look or listen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz

from cleantext.document import Document
from cleantext.find import LIKELY, PROBABLE, phrases, take
from cleantext.find.facts import facts
from cleantext.find.neighbours import captions_beside
from cleantext.find.normal import normal
from cleantext.find.patterns import Pattern
from cleantext.find.phrases import words
from cleantext.find.repeats import NEAR_LINES, repeats
from cleantext.find.stamps import is_stamp
from cleantext.find.zones import is_title, stops, zones
from cleantext.rule import STORY, rule
from cleantext.span import Finding

# "<headline> - Image 2": an image word of any language and perhaps a number behind the last dash, bar or colon.
# Of 100, how far the words of an alt text are the headline's: where nothing else is said twice, where the headline
# or an image's alt line is, and right below such a headline.
ALT_SHARE, COPY_SHARE, BELOW_SHARE = 85, 80, 50
ALT_WORDS = range(5, 41)
# A caption is one or two sentences; a body paragraph that follows an alt line is longer.
CAPTION_WORDS = 45
SHORTEST_CAPTION = 4
LOOSE_CAPTION_WORDS = 24
# Photo agencies that stand alone or behind a slash in credits.
AGENCIES = frozenset(
    "ap afp reuters getty epa efe ansa dpa tass xinhua alamy shutterstock istock unsplash pexels pixabay handout imago "
    "belga anp tt ntb ritzau lehtikuva pap apa keystone zuma bloomberg flickr pa rex".split()
) | {"getty images", "adobe stock", "wikimedia commons", "pa wire"}
ENDS = '.,:;!?…"”।。'
# Characters at the end in which a credit stands, and words of the caption before it.
TAIL_CHARS, CAPTION_LEAST = 80, 4
CREDIT_WORDS, LABEL_WORDS, INNER_WORDS = 14, 3, 9
OPENING, CLOSING = "([（【", ")]）】"
SENTENCE_ENDS = '.!?”"’)。！？'
SENTENCE_BREAKS = (" / ", ". ", "! ", "? ", "” ", '" ', ") ", "。", " | ", " – ", " — ")
ALSO_WORDS = frozenset({"ap", "pa", "tt", "rex", "flickr", "handout", "bloomberg", "keystone"})
CAMERAS = ("▲", "△", "📷", "📸", "🎥", "📹", "🎦")
FILE_SHARE = 60
IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
NAME_CREDIT = Pattern(
    r"^[(\[]?(?:\p{Lu}[\p{L}.'’-]*\s){0,3}\p{Lu}[\p{L}.'’-]*\s?[/|]\s?\p{L}[\p{L} .&'’-]{1,40}[)\]]?$"
)


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
        f"{STORY}\n\nImage source, Harbour Press\n⟦Photo⟧\n\n{STORY}",
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
        "⟦Mayor opens bridge after long wait - Image 3⟧\nThe new bridge carried its first cars on Monday.",
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
        f"{STORY}\n\nMayor opens bridge after long wait - Image 3\n⟦Mayor Ida Roe at the opening.⟧\n\n{STORY}",
        f"{STORY}\n\nMayor opens bridge after long wait - Image 3\n\n{STORY}",
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


@rule(
    group="caption",
    stage="structure",
    reason="alt text that words the headline anew",
    examples=[
        "Mayor Opens Bridge in Quayside After a Long Wait\nMayor Opens Bridge in Quayside After a Long Wait\n"
        f"⟦Mayor opens Quayside bridge after wait⟧\n\n{STORY}",
        "Mayor Opens Bridge in Quayside After a Long Wait\nMayor Opens Bridge in Quayside After a Long Wait\n"
        f"Drivers queued since dawn to cross the Tarn\n\n{STORY}",
    ],
)
def image_alt_text(document: Document) -> Iterator[Finding]:
    """The headline in other words, as the alt text of the lead image.

    Removes: a title-like line between headline and body nearly all of whose words are the headline's, where the
    headline is repeated as well.

    Keeps: a standfirst: it adds words of its own or ends in a full stop.

    Source: lead images whose alt text an editor shortened from the headline.
    """
    headline, where = repeats(document), zones(document)
    known = facts(document)
    if headline is None or not where.article or "…" in document.texts[headline.at]:
        return
    twice = bool(headline.repeats) or any(_is_alt(document, i) for i, g in document.claims.items() if g == "caption")
    key = normal(document.texts[headline.at])
    repeated = {r.at for r in headline.repeats}
    least_words = max(5, 0.5 * known.words[headline.at])
    for index in range(headline.at + 1, min(where.first, headline.at + NEAR_LINES + 1)):
        other = known.keys[index]
        if known.words[index] < least_words or is_stamp(document.texts[index], other, known.words[index]):
            continue
        if not is_title(document, known, index) or index in repeated or not other:
            continue
        share = fuzz.token_set_ratio(key, other)
        right_below = index - 1 == headline.at or index - 1 in repeated
        least = ALT_SHARE if not twice else COPY_SHARE if not right_below else BELOW_SHARE
        if share >= least and not stops(document.texts[index]) and known.words[index] <= 1.3 * known.words[headline.at]:
            yield take(document, index, why=f"{share:.0f} % the headline's words", score=LIKELY)


def _is_name(text: str) -> bool:
    """Whether `text` can be the name of a photographer or an agency: few words, capitalised, no digits but a year."""
    tokens = [t for t in text.replace("/", " ").replace("|", " ").split() if t[0].isalpha()]
    if not tokens or len(tokens) > 8:
        return False
    capital = sum(not t[0].islower() for t in tokens)
    return capital >= max(1, 0.6 * len(tokens)) and not tokens[0][0].islower()


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
                yield take(document, index, why="an image suffix", score=LIKELY)
            elif (
                headline is not None and where.head(index) and text.islower() and text.count("-") + text.count("_") > 1
            ):
                shared = fuzz.token_set_ratio(normal(document.texts[headline.at]), normal(text.replace("-", " ")))
                if shared >= FILE_SHARE:
                    yield take(document, index, why=f"{shared:.0f} % the headline's words, joined", score=LIKELY)
        elif headline is not None and headline.at < index < where.first and 3 <= known.words[index] <= 15:
            if text.islower() and text.replace(" ", "").isalnum():
                share = fuzz.token_set_ratio(normal(document.texts[headline.at]), normal(text))
                if share >= 75:
                    yield take(document, index, why=f"{share:.0f} % the headline's words, in lower case", score=LIKELY)


@rule(
    group="caption",
    reason="photo credit",
    examples=[
        "⟦Photo: Ida Roe / Harbour Press⟧\nThe new bridge carried its first cars on Monday.",
        "⟦(AP Photo/Ida Roe)⟧\nThe new bridge carried its first cars on Monday.",
        "Photo: the evidence that convinced the jury",
    ],
)
def photo_credit(document: Document) -> Iterator[Finding]:
    """A line that names the photographer or the agency and nothing else.

    Removes: a credit label ("Photo:", "Foto:", "Courtesy of"), or ©, with a name behind it; a name and an agency
    joined by a slash; an agency alone.

    Keeps: a heading that begins with "Photo:" and goes on in ordinary words; © with a year (see copyright-line).

    Source: the credit labels of the phrase packs, names of the large photo agencies.
    """
    known = facts(document)
    for index, (text, key, count) in enumerate(zip(document.texts, known.keys, known.words, strict=True)):
        if count > CREDIT_WORDS or not key or (text[-1] in ENDS and text[-2:-1] not in CLOSING) or known.prose[index]:
            continue
        if text.isascii() and not (":" in text or "/" in text or "=" in text) and known.keys[index] not in AGENCIES:
            if known.keys[index].partition(" ")[0] not in _label_starts():
                continue
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(known.prose)]
        why = _credit(text, known.keys[index], alone=all(known.prose[i] for i in beside))
        if why:
            yield take(document, index, why=why, score=LIKELY)


def _credit(text: str, key: str, *, loose: bool = False, alone: bool = False) -> str:
    """What makes `text` a credit, "" if nothing does.

    `loose` where it stands at the end of a caption, `alone` where it stands between paragraphs.
    """
    bare = text.strip("()[]（）【】|·•-–—：: ").replace("=", ":").replace("＝", ":").replace("／", "/")
    key = key.replace("=", ":").replace("＝", ":")
    labels = words("credit")
    label, colon, _ = key.partition(":")
    if colon and (label in labels or (label.count(" ") < LABEL_WORDS and label.rpartition(" ")[2] in labels)):
        name = max(bare.partition(":")[2], bare.partition("：")[2], key=len).strip()
        if _is_name(name) or (loose and name.count(" ") < 3):
            return f"“{label}:” and a name"
    if "/" in bare:
        label, _, name = bare.partition("/")
        if normal(label) in labels and _is_name(name):
            return f"“{label.strip()}/” and a name"
        if label and normal(label.split()[-1]) in labels and _is_name(name) and _is_name(label):
            return "an agency's credit"
        names = [normal(part) for part in bare.split("/")]
        named = all(_is_name(part) for part in bare.split("/"))
        if named and (loose or names[-1] in AGENCIES or names[0] in AGENCIES) and NAME_CREDIT.search(text):
            return "a name and an agency"
        spaced = " /" in bare or "/ " in bare or " - " in bare
        if alone and named and " " in label.strip() and " " in name.strip() and not spaced and NAME_CREDIT.search(text):
            return "two names joined by a slash"
    if bare.startswith("©"):
        name = bare[1:].strip()
        return "© and a name" if _is_name(name) and not any(c.isdigit() for c in name) else ""
    if bare.startswith(CAMERAS):
        return "a camera sign"
    if key in AGENCIES and key not in ALSO_WORDS:
        return "an agency alone"
    first = key.split(" ", LABEL_WORDS)
    for count in range(1 if loose else 2, min(len(first), LABEL_WORDS + 1)):
        label = " ".join(first[:count])
        if label in labels and (
            (loose and (count > 1 or len(first) == count + 1)) or _is_name(" ".join(bare.split()[count:]))
        ):
            return f"“{label}” and a name"
    return ""


@rule(
    group="caption",
    reason="caption with a credit at its end",
    examples=[
        "⟦Crowds on the bridge on Monday. (Ida Roe/Harbour Press)⟧\nThe new bridge carried its first cars on Monday.",
        "⟦Crowds on the bridge. Photo: Ida Roe⟧\nThe new bridge carried its first cars on Monday.",
        "The effect was first seen in moss. (Roe and Bly 2019)",
    ],
)
def caption_with_credit(document: Document) -> Iterator[Finding]:
    """A caption that ends in the name of the photographer.

    Removes: a line of up to 60 words that closes with a credit: a name and an agency in brackets behind the full stop,
    or a credit label and a name.

    Keeps: sentences with a bracketed source; text that goes on behind the bracket.

    Source: house styles of news agencies.
    """
    known = facts(document)
    for index, text in enumerate(document.texts):
        # Most lines are paragraphs: they end in a full stop, credits in none.
        if text[-1] in ENDS or not 4 <= known.words[index] <= 60:
            continue
        credit = _end_credit(text)
        if credit:
            yield take(document, index, why=f"ends in “{credit}”", score=LIKELY)


def _is_labelled(text: str) -> bool:
    """Whether a label of a credit stands in front: one with a colon, or one of several words."""
    key = normal(text)
    label, colon, _ = key.partition(":")
    start = " ".join(key.split(" ")[:2])
    return (bool(colon) and label.rpartition(" ")[2] in words("credit")) or start in words("credit") or "/" in text


@cache
def _label_starts() -> frozenset[str]:
    return frozenset(label.split()[0] for label in words("credit"))


def _end_credit(text: str) -> str:
    """The credit behind the last sentence of a caption, "" if there is none."""
    bare = text.rstrip(". ")
    if bare[-1] in CLOSING:
        opening = max(bare.rfind(mark) for mark in OPENING)
        inner, before = bare[opening + 1 : -1].strip(), bare[:opening].rstrip()
        if opening < 1 or not inner or any(c.isdigit() for c in inner) or len(inner.split()) > INNER_WORDS:
            return ""
        if _credit(inner, normal(inner), loose="/" not in inner or before[-1:] in SENTENCE_ENDS):
            return inner
        named = ("/" in inner or ":" in inner) and before[-1:] in SENTENCE_ENDS
        return inner if named and all(_is_name(p.strip()) for p in inner.replace("/", ":").split(":")) else ""
    end = bare[-TAIL_CHARS:]
    if not (":" in end or "/" in end or "©" in end or "=" in end or "：" in end):
        if _label_starts().isdisjoint(end.lower().split()):
            return ""
    for mark in SENTENCE_BREAKS:
        at = bare.find(mark)
        while at > 0:
            inner = bare[at + len(mark) :]
            if inner.startswith("/") and _is_name(inner[1:].strip()):
                return inner
            words_there = 1 < len(inner.split()) + (":" in inner) <= INNER_WORDS
            # Behind a slash a name alone may as well be the next step of a trail.
            labelled = mark != " / " or normal(inner).partition(" ")[0].rstrip(":") in _label_starts()
            told = bare[:at].count(" ") + 1 >= CAPTION_LEAST
            if told and words_there and labelled and _credit(inner, normal(inner), loose=_is_labelled(inner)):
                return inner
            at = bare.find(mark, at + 1)
    return ""
