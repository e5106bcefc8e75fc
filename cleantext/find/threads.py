"""Threads of user comments below an article: a heading, then names, times, texts and controls again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, dropwhile
from typing import NamedTuple

from cleantext.document import Document, once
from cleantext.find.context import amid_code
from cleantext.find.cues import cues
from cleantext.find.facts import ARTICLE_WORDS, facts
from cleantext.find.phrases import EDGE, NEAR, Label
from cleantext.find.stamps import is_stamp
from cleantext.find.zones import SOLID_WORDS, stops, zones

# A thread: at least so many stamps and controls, the first within so many lines of the heading, and no two farther
# apart than a comment has lines. All chosen on the marked cases.
SIGNS = 2
FIRST_WITHIN, APART = 8, 14
BODY_WORDS = 30  # of a paragraph that is the article's again
DATES = 1  # of the article's own below its beginning; more are a forum, a diary, a list of posts
HEAD_WORDS, CALL_WORDS = 4, 8  # of a heading of unknown wording; of one that ends in no letter: "What do you say?"
NAME_WORDS, CONTROL_WORDS = 4, 6  # of a user's name, and of a control of unknown wording
STAMP_WITHIN = 4  # lines between a control and the time of its comment
NAMED_CHARS, COUNT_WORDS = 10, 6  # of a headline, and of what stands around it in the heading of a thread
CLOCK_CHARS = 8  # of the end of a key with a time of day and "p.m." in any language
STAMP, CONTROL = "stamp", "control"
# Words of the site's, not of a user's: a section ends where one of these groups begins and no sign follows.
ENDS = frozenset({"legal", "nav", "related", "newsletter", "share", "tags", "consent", "paywall"})
# Types of schema.org, and software, of pages on which posts and answers are the content.
DISCUSSIONS = frozenset({"DiscussionForumPosting", "QAPage", "Question"})
FORUMS = ("discourse", "phpbb", "vbulletin", "xenforo", "flarum", "mybb", "smf", "vanilla", "invision", "nodebb")
# How labels of posts begin and end, normalised, in the software of forums (English is what most of it comes in, and
# what its users leave); how many, and of how many kinds, make a forum. Comments have one kind of them or none.
POST_STARTS = ("re: ", "post by ", "last edited by ", "originally posted by ", "joined: ", "join date", "posts: ")
POST_ENDS, QUOTED_WORDS = (" wrote", " said"), 6  # "Tom Bly wrote:"
POST_LABELS, POST_KINDS = 4, 2
# Prose besides the comments, in code points, from which a document has an article of its own; and how many times as
# long as that the comments may be. Longer threads below a short text are the content: link aggregators, forums. An
# article of `LONG` has its comments whatever their number. Measured on 250 pages with comments of either sort.
ARTICLE, TIMES, LONG = 1500, 2.5, 5000
SHORT_TIMES = 0.5  # below a text shorter than ARTICLE


class Thread(NamedTuple):
    """The first and the last block of a thread, its heading included, and how many signs it has."""

    first: int
    last: int
    signs: int


@once
def is_discussion(document: Document) -> bool:
    """Whether a page says that posts are its content, or a text has the labels of forum software."""
    page = document.page
    if page is None:
        return _has_posts(document)
    said = page.facts.metas.get("generator", "").lower()
    if any(name in said for name in FORUMS):
        return True
    if any(f'"{kind}"' in text for text in page.facts.json_ld for kind in DISCUSSIONS):
        return True
    return not DISCUSSIONS.isdisjoint(str(a["itemtype"]).rpartition("/")[2] for a in page.attributes if "itemtype" in a)


def _has_posts(document: Document) -> bool:
    known = facts(document)
    kinds: Counter[str] = Counter()
    for key, text, words in zip(known.keys, document.texts, known.words, strict=True):
        if key.startswith(POST_STARTS):
            kinds[next(start for start in POST_STARTS if key.startswith(start))] += 1
        elif words <= QUOTED_WORDS and text[-1] == ":" and key.endswith(POST_ENDS):
            kinds["quoted"] += 1
    return kinds.total() >= POST_LABELS and len(kinds) >= POST_KINDS


def are_comments(inside: int, outside: int) -> bool:
    """Whether so much prose in threads, in code points, is comments on so much outside, and not the content."""
    times = (float("inf") if outside >= LONG else TIMES) if outside >= ARTICLE else SHORT_TIMES
    return inside <= times * outside


@once
def comments(document: Document) -> list[Thread]:
    """The threads of a document that are comments on it. For the structure stage and the score."""
    found = list(threads(document))
    if not found:
        return []
    prose = [len(text) * told for text, told in zip(document.texts, facts(document).prose, strict=True)]
    inside = sum(sum(prose[thread.first : thread.last + 1]) for thread in found)
    return found if are_comments(inside, sum(prose) - inside) else []


def threads(document: Document) -> Iterator[Thread]:
    """The threads below the prose of an article; none where the posts are the content. For the structure stage."""
    known = facts(document)
    labels = (known.labels[i] for i in known.labelled)
    spoken_of = "comments" in document.claims.values() or any(label and label.group == "comments" for label in labels)
    if not (zones(document).article and spoken_of):
        return
    signs = _signs(document)
    if not signs or is_discussion(document):
        return
    above = list(accumulate((w if p else 0 for w, p in zip(known.words, known.prose, strict=True)), initial=0))
    body_end = max((i for i, p in enumerate(known.prose) if p and i not in document.claims), default=-1)
    stretches = list(_stretches(sorted(signs)))
    stops = [*(stretch[0] for stretch in stretches[1:]), len(document.texts)]
    for stretch, stop in zip(stretches, stops, strict=True):
        thread = _own_signs(document, stretch, signs)
        head = _head(document, thread[0]) if thread else None
        if not thread or not _is_thread(document, thread, head, signs):
            continue
        if head is None or not _is_heading(document, head):
            if sum(above[i] >= SOLID_WORDS for i in signs if i < thread[0] and signs[i] == STAMP) > DATES:
                continue  # posts with dates are the content
        first = thread[0] if head is None else head
        if head is None and signs[first] == STAMP and _is_short(document, first - 1):
            first -= 1  # the name above the time
        if above[first] < ARTICLE_WORDS:
            return
        last = _end(document, thread[-1], stop)
        yield Thread(first, last if body_end <= last else thread[-1], len(thread))


def _is_thread(document: Document, thread: list[int], head: int | None, signs: dict[int, str]) -> bool:
    """Whether the signs in `thread`, below the heading `head`, are those of comments."""
    known = facts(document)
    if head is None:
        return _is_thread_without_heading(document, thread, signs)
    controls = sum(signs[i] == CONTROL for i in thread)
    if head not in document.claims and (len(thread) < SIGNS or not controls):
        return False
    if not _is_heading(document, head) and controls == len(thread):
        return False  # a heading of unknown wording, and no time at all
    below = range(thread[-1], len(document.texts))
    # One date below a prompt, and the body goes on: no thread.
    return len(thread) >= SIGNS or not any(known.prose[i] and known.words[i] >= BODY_WORDS for i in below)


def _end(document: Document, last: int, stop: int) -> int:
    """The last line that belongs to the sign at `last`: the next group of the site's ends it, or the next thread."""
    known = facts(document)
    for index in range(last + 1, stop):
        label = known.labels[index]
        if label is not None and label.group in ENDS:
            break
        if document.marked.get(index) in ENDS:
            break
        last = index
    return last


def _own_signs(document: Document, stretch: list[int], signs: dict[int, str]) -> list[int]:
    """`stretch` without what the article has of dates, and of words like controls, above the thread's own heading."""
    thread = list(dropwhile(lambda i: signs[i] == STAMP and not _in_thread(document, signs, i), stretch))
    if not thread:
        return []
    control = next((i for i in thread if signs[i] == CONTROL), thread[-1])
    stop = thread[-1] if _head(document, thread[0]) is None else control
    for index in range(thread[0], stop):
        if _is_heading(document, index):
            return [i for i in thread if i > index]
    return thread


def _is_heading(document: Document, index: int) -> bool:
    """Whether a phrase makes a line a heading or prompt of comments."""
    label = facts(document).labels[index]
    known = label is not None and label.group == "comments" and label.strength != NEAR
    return known or document.claims.get(index) == "comments"


def _counts_by_headline(document: Document, index: int) -> bool:
    """Whether a line is the headline with a number and a few words: "2 thoughts on" it, in whatever language."""
    known, headline = facts(document), zones(document).headline
    if headline is None or index <= headline or "#" not in known.keys[index] or index in document.marked:
        return False
    named = known.keys[headline]
    return (
        len(named) >= NAMED_CHARS
        and named in known.keys[index]
        and known.words[index] <= (known.words[headline] + COUNT_WORDS)
    )


def _is_thread_without_heading(document: Document, thread: list[int], signs: dict[int, str]) -> bool:
    """Whether signs alone make a thread below an article.

    It takes two times and two controls that say what they are: "Tom says" right above a time, or one that recurs beside
    times. A thread that begins with a control goes on from a first post: a forum.
    """
    known = facts(document)
    first = thread[0]
    named = {i for i in thread if (label := known.labels[i]) is not None and _names_speaker(label)}
    if signs[first] == CONTROL and first not in named:
        return False
    if signs[first] == STAMP and first and known.prose[first - 1] and not document.gaps[first] and any(document.gaps):
        return False  # it signs the paragraph above: who asked a question signs in the same way
    often = Counter(known.keys[i] for i in thread if i not in named)
    stamps = sum(signs[i] == STAMP for i in thread)
    if min(len(named), max(often.values(), default=0)) >= SIGNS:
        return True  # "Tom says" and "Reply" again and again, without times
    sure, near = 0, _near_stamps(signs)
    for index in thread:
        phrase = _phrase(document, index)
        if index in named:
            sure += signs.get(index + 1) == STAMP
        elif phrase:
            sure += often[known.keys[index]] > 1 and index in near
    return stamps >= SIGNS and sure >= SIGNS


def _names_speaker(label: Label) -> bool:
    """Whether a phrase is that of a line such as "Tom says"."""
    return label.group == "comments" and label.strength == NEAR and "*" in label.phrase


def _phrase(document: Document, index: int) -> str:
    label = facts(document).labels[index]
    return label.phrase if label is not None and label.group == "comments" else ""


def _in_thread(document: Document, signs: dict[int, str], stamp: int) -> bool:
    """Whether a control stands near a stamp, or a comment heading above it."""
    near = any(signs.get(i) == CONTROL for i in range(stamp - STAMP_WITHIN, stamp + STAMP_WITHIN + 1))
    return near or _head(document, stamp) is not None


def _stretches(signs: list[int]) -> Iterator[list[int]]:
    """`signs` in stretches in which no two neighbours are farther apart than a long comment."""
    thread: list[int] = []
    for sign in signs:
        if thread and sign - thread[-1] > APART:
            yield thread
            thread = []
        thread.append(sign)
    if thread:
        yield thread


def _head(document: Document, sign: int) -> int | None:
    """The first of the comment headings or prompts a few lines above the first sign of a thread."""
    known, head = facts(document), None
    for index in range(sign - 1, max(sign - FIRST_WITHIN, -1), -1):
        if index not in document.claims and known.prose[index] and known.words[index] >= SOLID_WORDS:
            break  # a paragraph: a prompt above it stands amid the article
        label = known.labels[index]
        if head in document.claims and label is None and index not in document.claims and stops(document.texts[index]):
            break  # a sentence of the body above the heading that is certain
        if _is_heading(document, index) or _counts_by_headline(document, index):
            head = index
        elif label is None and not known.prose[index]:
            if known.words[index] > (HEAD_WORDS if document.texts[index][-1].isalpha() else CALL_WORDS):
                continue
            if any(group == "comments" for _, group in cues(document, index)):
                head = index
    return head


def _is_short(document: Document, index: int) -> bool:
    """Whether a line can be a user's name."""
    known = facts(document)
    return index >= 0 and known.words[index] <= NAME_WORDS and not known.prose[index] and index not in document.claims


def _signs(document: Document) -> dict[int, str]:
    """The lines that threads have: stamps, and controls such as "Reply" and "Tom says"."""
    known, claims = facts(document), document.claims
    signs: dict[int, str] = {}
    weak = {
        i
        for i in known.labelled
        if (label := known.labels[i]) is not None and label.group == "comments" and label.strength in (NEAR, EDGE)
    }
    for index, key in enumerate(known.keys):
        told = known.prose[index] and not 0 <= key.rfind("#:#") >= len(key) - CLOCK_CHARS  # "at 11:02 p.m." is not
        if "#" in key and not told and (index in weak or claims.get(index) in (None, "byline")):
            if is_stamp(document.texts[index], key, known.words[index]) and not amid_code(document, index):
                signs[index] = STAMP
    controls = sorted(weak - signs.keys())
    if not signs and len(controls) < SIGNS:
        return {}
    often = Counter(known.keys)
    near = _near_stamps(signs)
    for index in controls:
        # Fields of a form stand once and apart from any time.
        if index in near or often[known.keys[index]] > 1 or "*" in known.labels[index].phrase:  # type: ignore[union-attr]
            signs[index] = CONTROL
    # In whatever language, what recurs in the same words right beside times is a control.
    recurring = [
        i
        for i, key in enumerate(known.keys)
        if often[key] > 1 and i not in signs and known.words[i] <= CONTROL_WORDS and any(map(str.isalpha, key))
        if ":" not in document.texts[i] and document.texts[i][-1] not in "：."
        if i in near and i not in claims and not known.prose[i] and not amid_code(document, i)
    ]
    beside_stamps = Counter(known.keys[i] for i in recurring)
    signs.update({i: CONTROL for i in recurring if beside_stamps[known.keys[i]] > 1})
    return signs


def _near_stamps(signs: dict[int, str]) -> set[int]:
    """The lines within reach of a stamp."""
    stamps = (index for index, sign in signs.items() if sign == STAMP)
    return {index + step for index in stamps for step in range(-STAMP_WITHIN, STAMP_WITHIN + 1)}
