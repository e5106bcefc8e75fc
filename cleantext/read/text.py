"""Read plain text: every line that shows something is a block."""

from __future__ import annotations

from operator import add

from cleantext.budget import UNLIMITED, Budget
from cleantext.document import Document

# Shown as nothing, yet no white space to str.strip(): zero-width space, joiners, direction marks, word joiner,
# byte order mark, soft hyphen (Unicode, general category Cf).
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\ufeff\u00ad"
BLANK = "".join(chr(c) for c in (*range(0x21), *range(0x7F, 0xA1))) + "\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
BLANK += "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + INVISIBLE


def read_text(source: str, budget: Budget = UNLIMITED) -> Document:
    """Read `source` as plain text, for finders that have `budget`.

    Lines end where ``str.splitlines`` says, so every newline style is understood. The source is never rewritten:
    blocks point into it.
    """
    texts: list[str] = []
    starts: list[int] = []
    gaps: list[int] = []
    start = gap = 0
    for line in source.splitlines(keepends=True):
        text = line.strip()
        if text and not (text[0].isalnum() and text[-1].isprintable()):
            text = text.strip(BLANK)
        if text:
            texts.append(text)
            starts.append(start if line[0] == text[0] else start + line.index(text))
            gaps.append(gap)
            gap = 0
        else:
            gap += 1
        start += len(line)
    ends = tuple(map(add, starts, map(len, texts)))
    return Document(source, "text", tuple(texts), tuple(starts), ends, tuple(gaps), budget=budget)
