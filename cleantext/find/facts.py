"""What is known of every line before any rule looks: its key, its label, its length in words, whether it is prose."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable
from itertools import takewhile
from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find.context import doubt_headings, in_stanzas, no_labels
from cleantext.find.normal import normal
from cleantext.find.patterns import LONG
from cleantext.find.phrases import ALWAYS, EDGE, HEADING, Label, Phrases, phrases, surest

FULL_STOPS = ".。।॥۔．｡"
OTHER_STOPS = "!?！？؟…"
STOPS = FULL_STOPS + OTHER_STOPS
QUESTION = "?？؟"
CLOSERS = " \"'“”’»«›)]）」』】*"
_BREAKS = (". ", "! ", "? ", '." ', ".” ", "。", "！", "？", "। ", "۔ ", "؟ ", ".) ")

# Words of prose from which a document is an article rather than a poem, a list or a table.
# One line of it has to be longer than lines of verse are, unless it has far more prose than poems do: where sentences
# are paragraphs, in languages without articles, all lines may be short.
ARTICLE_WORDS, LINE_WORDS, SHORT_LINED_WORDS = 60, 20, 150
# Code points up to which a line is compared whole; longer ones are only asked whether a wildcard phrase begins them.
SHORT = 120
# Code points to a word from which a line may be of a script that writes no spaces.
UNSPACED = 8
# Words up to which a line that is no phrase as a whole is asked whether its parts are.
PARTS_WORDS, PITCH_WORDS = 24, 18
# Words beyond which a line that a phrase merely begins may be a sentence of the body.
CLAUSE_WORDS = {"legal": 20, "share": 14, "nav": 14, "tags": 14}
# Groups whose prompts may begin as a sentence of the body does, and words that are too few to tell them apart.
OPEN_GROUPS, OPEN_WORDS = frozenset({"newsletter", "paywall", "comments", "share"}), 3
# Words of a line that a phrase may lead, and of that phrase.
LED_WORDS, LEADING_WORDS = 30, 4
# Words of a heading that may stand before a title on one line, and characters of one in a script without spaces.
HEADED_WORDS, HEADED_CHARS, HEADED_GROUPS = 3, 6, frozenset({"related"})
ASKED_GROUPS, ASKED_LONG = frozenset({"nav", "paywall"}), 7
ASKED_WORDS = 3  # of a question that may be a heading of the body
CONTROL_GROUPS, CONTROL_WORDS = frozenset({"nav", "share"}), 4
LED_GROUPS = frozenset({"related", "ad"})
CHECKED = 2_000  # lines after which it is asked whether there is time left
_SET_OFF = ":：|-–—>➤▸►▶→»➡👉⇒⟶↗➔➜"
_ARROWS = frozenset("➤▸►▶→»➡👉⇒⟶↗➔➜")
_MARKDOWN = re.compile(r"^#{1,6} +")
_LINK = re.compile(r'!?\[([^\[\]]*)\]\([^()\s]*(?: "[^"]*")?\)')
# Words from which a line is prose: a sentence that ends in a full stop, one that ends in ! or ?, a line with a
# sentence break inside (that ends in a stop, or in none), any line. Headlines seldom pass 20 words and end in none.
SENTENCE_WORDS, EXCLAIMED_WORDS, BROKEN_WORDS, UNENDED_WORDS, LONG_WORDS, THAI_WORDS = 7, 16, 10, 22, 30, 20


class Facts(NamedTuple):
    """Parallel tuples, one entry per block of a document.

    ``keys`` is "" for a line of more than 120 code points, unless it begins like a phrase with a wildcard;
    ``labels`` is what the phrase packs say, None for most;
    ``words`` counts words (in scripts without spaces, what would be words); ``prose`` says whether the line reads as
    running text rather than as a title or a label. ``labelled`` is the indices that have a label.
    """

    keys: tuple[str, ...]
    labels: tuple[Label | None, ...]
    words: tuple[int, ...]
    prose: tuple[bool, ...]
    labelled: tuple[int, ...]

    def without_labels(self, lines: Container[int]) -> Facts:
        """The same facts, with no label for `lines`."""
        labels = tuple(None if i in lines else label for i, label in enumerate(self.labels))
        return self._replace(labels=labels, labelled=tuple(i for i in self.labelled if i not in lines))

    def part(self, first: int, last: int) -> Facts:
        """What is known of the lines from `first` to `last` (half-open)."""
        labelled = self.labelled[bisect_left(self.labelled, first) : bisect_left(self.labelled, last)]
        lines = slice(first, last)
        numbers = tuple(index - first for index in labelled)
        return Facts(self.keys[lines], self.labels[lines], self.words[lines], self.prose[lines], numbers)


# What a line says by itself, whatever stands around it: key, label, words, whether it is prose.
Line = tuple[str, Label | None, int, bool]


class Lines(dict[str, Line]):
    """What lines say by themselves, worked out when one is first asked for.

    `padded` is whether any of them may hold more white space than single spaces.
    """

    def __init__(self, padded: bool) -> None:
        super().__init__()
        self.padded = padded

    def __missing__(self, text: str) -> Line:
        line = _remembered.get(text)
        if line is None:
            line = _line(text, self.padded)
        self[text] = line
        return line


@once
def lines_of(document: Document) -> Lines:
    """The different lines of `document`; what is left of it, cleaned again, may carry them over."""
    return Lines(_is_padded(document.source))


# Short lines stand on many pages ("Home", "Share", "Comments"); as many of them are remembered.
_remembered: dict[str, Line] = {}
REMEMBERED = 20_000


def _line(text: str, padded: bool) -> Line:
    """What a line says by itself."""
    if "](" in text:
        text = unlinked(text) or text
    # Padding is no words, and no-break spaces part them.
    shown = " ".join(text.split()) if padded and _is_padded(text) else text
    words = shown.count(" ") + 1
    length = len(text)
    if len(shown) >= UNSPACED * words and not shown.isascii():
        words = _unspaced_words(shown, words)
    prose = words >= LONG_WORDS or (words >= SENTENCE_WORDS and _is_prose(text, words))
    if length > SHORT and (length > LONG or not phrases().may_start(text)):
        return "", None, words, prose
    shown = _MARKDOWN.sub("", text) if text[0] == "#" else text
    key = normal(shown)
    line = key, _label(phrases(), shown, key, words) if key else None, words, prose
    if length <= SHORT:
        if len(_remembered) >= REMEMBERED:
            _remembered.clear()
        _remembered[text] = line
    return line


def unlinked(text: str) -> str:
    """A line of Markdown with the text of its links and images in their place."""
    for _ in range(2):  # an image may be a link
        text = _LINK.sub(r"\1", text)
    return text.strip()


@once
def facts(document: Document) -> Facts:
    """The facts of every block of `document`. Raises TimeoutError when time is up."""
    lines = lines_of(document)
    known: list[Line] = []
    for at in range(0, len(document.texts), CHECKED):
        document.budget.check()
        known += [lines[text] for text in document.texts[at : at + CHECKED]]
    keys, labels, words, prose = zip(*known, strict=True) if known else ((), (), (), ())
    labelled = [i for i, label in enumerate(labels) if label is not None]
    if labelled:
        doubtful = list(labels)
        for index in no_labels(document, labelled, keys):
            doubtful[index] = None
        doubt_headings(document, labelled, keys, doubtful, words, prose)
        if not is_article(words, prose):
            for index in in_stanzas(document, labelled, prose):
                doubtful[index] = None
        labels = tuple(doubtful)
        labelled = [i for i in labelled if labels[i] is not None]
    return Facts(keys, labels, words, prose, tuple(labelled))


def _is_padded(text: str) -> bool:
    """Whether there are runs of spaces in `text`, or such as do not break."""
    return "  " in text or (not text.isascii() and ("\xa0" in text or "\u202f" in text))


def is_article(words: Iterable[int], prose: Iterable[bool]) -> bool:
    """Whether lines of as many words, some of them prose, are an article rather than a poem, a list or a table."""
    told = [count for count, is_prose in zip(words, prose, strict=True) if is_prose]
    return is_told(sum(told), max(told, default=0))


def is_told(words: int, longest: int) -> bool:
    """Whether prose of so many words in all, and in its longest line, is an article's."""
    return words >= ARTICLE_WORDS and (longest >= LINE_WORDS or words >= SHORT_LINED_WORDS)


def _label(table: Phrases, text: str, key: str, words: int) -> Label | None:
    """What the phrase packs say of a line as a whole, of what leads it, or of its parts."""
    label = table.look_up(key)
    unsure = label is None or label.strength not in (ALWAYS, HEADING)
    if unsure and words <= LED_WORDS and (text[:3].isupper() or _has_arrow(text)):
        label = _led(text, table.look_up) or label
    if unsure and words <= PARTS_WORDS:
        label = surest(label, table.look_up_parts(key))
        if label is None and ": " in key:
            label = _headed(key, table.look_up)
    if label is None:
        return None
    if label.group in CONTROL_GROUPS and words <= CONTROL_WORDS and text[-1] in FULL_STOPS and text[-2:] != "..":
        return None  # "Next." ends a sentence; a control has no full stop
    sure = label.strength in (ALWAYS, HEADING)
    if sure and text[-1] in QUESTION and label.phrase[-1] != "*":
        worded = label.phrase[-1] in QUESTION and label.group not in ASKED_GROUPS
        if words <= (ASKED_LONG if label.group in ASKED_GROUPS else ASKED_WORDS) and not worded:
            label = label._replace(strength=EDGE)  # "What are you looking for?" may be asked in the body
    if label.group == "ad" and label.strength == EDGE and "*" not in label.phrase and text.isupper():
        label = label._replace(strength=ALWAYS)  # the mark of an advertisement rather than a heading
    opens = label.phrase.endswith("*") and text[-1] in FULL_STOPS
    if opens and label.strength == ALWAYS and label.group == "caption" and _in_lower_case(text, label):
        label = label._replace(strength=EDGE)  # "Photo by photo, the town came back"
    if "**" not in label.phrase:
        return label
    if label.group == "related" and text.partition(":")[2].lstrip()[:1].islower() and text[-1] in FULL_STOPS:
        return None  # "Read more: that was her advice."
    if label.strength == ALWAYS and words > PITCH_WORDS and any(b in text for b in _BREAKS):
        label = label._replace(strength=EDGE)  # a paragraph that opens with the phrase, until its place says otherwise
    if label.strength == ALWAYS and label.group in OPEN_GROUPS and "!" not in text and _is_open(label.phrase):
        label = label._replace(strength=EDGE)  # "Never miss a deadline again" begins as "Never miss a story" does
    if words > CLAUSE_WORDS.get(label.group, words):
        # Perhaps a clause of the text's own licence: its place must prove it. Buttons and tags are no sentences.
        return label._replace(strength=EDGE) if label.group == "legal" else None
    return label


@once
def frequency(document: Document) -> Counter[str]:
    """How often each key stands in `document`."""
    return Counter(facts(document).keys)


def _is_open(phrase: str) -> bool:
    """Whether a phrase names only the first few words of the lines it matches."""
    head, gap, rest = phrase.partition("**")
    if not gap or rest or " " not in head.strip():
        return False  # one word, or a script without spaces, where words cannot be counted
    return head.rstrip()[-1:] not in ":?!" and head.count(" ") <= OPEN_WORDS


def _in_lower_case(text: str, label: Label) -> bool:
    """Whether a line goes on in lower case behind the words of an open phrase."""
    return text.split(" ", label.phrase.count(" "))[-1][:1].islower()


def _has_arrow(text: str) -> bool:
    return (not text.isascii() and not _ARROWS.isdisjoint(text)) or (">" in text and (" >> " in text or " > " in text))


def _led(text: str, look_up: Callable[[str], Label | None]) -> Label | None:
    """The label of a line that a phrase in capitals or before an arrow leads: ``SEE ALSO ▸ Ten bridges``."""
    head = text.partition(" >> ")[0].partition(" > ")[0]
    for arrow in () if head.isascii() else _ARROWS.intersection(head):
        head = min(head, head.partition(arrow)[0], key=len)
    if head == text:
        head = " ".join(takewhile(lambda word: not any(map(str.islower, word)), text.split()[: LEADING_WORDS + 1]))
    if not 0 < head.count(" ") + 1 <= LEADING_WORDS or len(head) == len(text):
        return None
    key = normal(head)
    label = look_up(key) or look_up(f"{key}: …")
    if label is None or label.group not in LED_GROUPS:
        return None
    # A single word in capitals may be a name: "TOP", "VICE".
    set_off = " " in head or head[-1] in _SET_OFF or text[len(head) :].lstrip()[:1] in _SET_OFF
    return label._replace(strength=ALWAYS) if set_off or label.strength in (ALWAYS, HEADING) else None


def _headed(key: str, look_up: Callable[[str], Label | None]) -> Label | None:
    """The label of a line with a heading of related articles before a title: ``You may also like: Ten bridges``."""
    head, _, _ = key.partition(": ")
    if head.count(" ") + 1 < HEADED_WORDS and (head.isascii() or len(head) < HEADED_CHARS):
        return None
    label = look_up(head)
    if label is None or label.group not in HEADED_GROUPS or label.strength != HEADING or "*" in label.phrase:
        return None
    return label._replace(strength=ALWAYS, phrase=f"{label.phrase}: **")


def _unspaced_words(text: str, spaced: int) -> int:
    """Words in `text` of `spaced` or more: two characters to one in CJK, five in Thai, Lao, Khmer and Burmese."""
    wide = sum(
        "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\U00020000" <= c <= "\U0003ffff" for c in text
    )
    thai = sum("\u0e00" <= c <= "\u0eff" or "\u1000" <= c <= "\u109f" or "\u1780" <= c <= "\u17ff" for c in text)
    return max(spaced, wide // 2 + thai // 5)


def _is_prose(text: str, words: int) -> bool:
    """Whether a line of 7 to 29 words reads as running text."""
    if words >= THAI_WORDS and "\u0e00" <= text[len(text) // 2] <= "\u0eff":
        return True  # Thai ends its sentences in no mark
    last = text[-1] if text[-1] not in CLOSERS else text.rstrip(CLOSERS)[-1:]
    if last in FULL_STOPS and not text.endswith("..."):
        return True
    if last in OTHER_STOPS and words >= EXCLAIMED_WORDS:
        return True
    # A break inside: a cut or hard-wrapped paragraph. Headlines of two sentences are shorter, or end in no stop.
    return words >= (BROKEN_WORDS if last in STOPS else UNENDED_WORDS) and any(b in text for b in _BREAKS)
