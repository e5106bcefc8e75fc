"""From bytes to text: in what encoding they are."""

from __future__ import annotations

import re

XML_DECLARATION = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
DECLARATION = re.compile(rb"charset|encoding", re.IGNORECASE)
# Begins Japanese in ISO-2022-JP, which is all ASCII to who does not know.
SHIFT = b"\x1b$"
# An encoding is right if no more than this share of the characters beyond ASCII are undecodable: files are cut short
# and pasted together, while in another encoding hardly anything holds.
SPOILT = 0.1


def decode(data: bytes, page: bool, charset: str | None = None) -> tuple[str, str]:
    """The text of `data` and the name of its encoding, as the WHATWG Encoding Standard has it; never raises.

    A byte order mark decides, and is no part of the text. Then what reads as UTF-8 is UTF-8, whatever it says of
    itself: text in another encoding does not read so by chance, and servers that convert pages leave their
    declarations as they were. Then the `charset` that a server named is believed, then a page, unless the bytes say
    otherwise, and last the encoding is guessed. Bytes that mean nothing become U+FFFD.
    """
    from turbohtml.detect import detect  # of bytes alone: who reads text from a str does not wait for it

    mark = detect(data[:4])
    if mark.bom and mark.encoding is not None:
        name = mark.encoding.removesuffix("-SIG")
        return data.decode(name, "replace").removeprefix("\ufeff"), name
    text = data.decode("utf-8", "replace")
    if _is_right(text) and not (SHIFT in data and detect(data).encoding == "ISO-2022-JP"):
        return text, "UTF-8"
    served = _known(charset) if charset else None
    if served is not None:
        text = _decoded(data, served)
        if _is_right(text):
            return text, served
    if page:
        name = declared(data)
        text = _decoded(data, name)
        if _is_right(text):
            return text, name
    name = detect(DECLARATION.sub(b"", data)).encoding or "windows-1252"
    return _decoded(data, name), name


def declared(data: bytes) -> str:
    """The encoding that a page names in an XML declaration or a meta element, else what is guessed."""
    import turbohtml  # of pages and bytes alone

    declaration = XML_DECLARATION.match(data)
    name = _known(declaration[1].decode("ascii")) if declaration is not None else None
    return name or turbohtml.parse(data, detect_encoding=True).encoding or "UTF-8"


def _known(label: str) -> str | None:
    """The name of the encoding that a label of the WHATWG stands for, None for another label."""
    import turbohtml

    try:
        return turbohtml.parse(b"", encoding=label).encoding
    except LookupError:
        return None


def _decoded(data: bytes, name: str) -> str:
    """`data` in an encoding of the WHATWG, for which turbohtml has the codecs."""
    return data.decode(f"whatwg-{name.lower()}", "replace")


def _is_right(text: str) -> bool:
    """Whether nearly all of what is not ASCII could be decoded."""
    spoilt = text.count("\ufffd")
    return not spoilt or spoilt <= SPOILT * (len(text) - len(text.encode("ascii", "ignore")))
