"""Raw text to canonical text: one spelling for what means the same, without page furniture and markup.

Never drops a line of content: only link targets, tags, dot leaders, and what is repeated of running headers and page
numbers at page breaks (form feeds, as the PDF reader writes them).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# What looks like the beginning of a link and is none is passed over as a whole (the last group is empty then): tried
# again from each of its brackets, a line of brackets took time by the square of its length.
_PICTURE = re.compile(r"!\[[^\]\n]*+(\]\()?")
_TARGET_END = re.compile(r"[)\s]")
_LINK = re.compile(r"\[([^\]\n]*+)(\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\))?")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_LEADER = re.compile(r"[._=-][._=\- ]{4,}")
_LINE_END_HYPHEN = re.compile(r"-[ \t]*\n[ \t]*")
_DIGITS = re.compile(r"\d+")
_ASCII = bytes(range(128))
# Of all bytes; with more that are not ASCII, to look at these takes as long as to fold all.
_FEW = 0.1
_LEADER_SIGNS = ("....", ". . . .", "____", "----", "====")
# Lines this near to a page break may be a running header or footer; fewer than this many pages have none.
_EDGE_LINES = 3
_FEWEST_PAGES = 3
_SPELLINGS = (
    ("\u00ad", ""),
    ("\u2010", "-"),
    ("\u2019", "'"),
    ("\u02bc", "'"),
    ("\r\n", "\n"),
    ("\r", "\n"),
    ("\u2028", "\n"),
    ("\u2029", "\n"),
)


@lru_cache(maxsize=2)  # the same-text hash and the canonical text ask one after the other
def normalise(text: str) -> str:
    """Return the text in NFKC, without soft hyphens, words parted by a hyphen at a line end joined, case folded.

    Keeps every letter and digit; what is left out cannot change the meaning. This is the ground of the
    same-text hash (Unicode Standard Annex 15, and section 3.13 for case folding).
    """
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        # Line by line: nothing is put together across a line end, and few lines need it.
        text = "\n".join(
            line if line.isascii() else unicodedata.normalize("NFKC", line)
            for line in text.split("\n")
        )
    for old, new in _SPELLINGS:
        if old in text:
            text = text.replace(old, new)
    text = _LINE_END_HYPHEN.sub(_join_word, text)
    return _folded(text)


def canonicalise(text: str) -> str:
    """Return the normalised text without link targets, tags, dot leaders and page furniture.

    Two readings of one document in different formats come out (nearly) alike; used for comparing, never for
    the same-text hash.
    """
    text = normalise(text)
    if "](" in text:
        text = _without_pictures(text)
        text = _LINK.sub(lambda found: found[1] if found[2] else found[0], text)
    if "</" in text or "<br" in text:
        text = _TAG.sub(" ", text)
    if any(sign in text for sign in _LEADER_SIGNS):
        text = _LEADER.sub(" ", text)
    if text.count("\f") + 1 >= _FEWEST_PAGES:
        text = _without_page_furniture(text)
    return text


def beyond_ascii(text: str) -> set[str]:
    """Return the characters of a text that are not ASCII: looked for in its bytes, in a tenth of the time."""
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return set(beyond.decode("utf-8", "surrogatepass"))


def _folded(text: str) -> str:
    """Return the text with its case folded, as bytes where only letters of ASCII have case: a fifth of the time."""
    if text.isascii():
        return text.lower()
    data = text.encode("utf-8", "surrogatepass")
    beyond = data.translate(None, _ASCII)
    if len(beyond) < _FEW * len(data):
        others = "".join(set(beyond.decode("utf-8", "surrogatepass")))
        if others.casefold() == others:
            return data.lower().decode("utf-8", "surrogatepass")
    return text.casefold()


def _join_word(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 1) : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if before.isalpha() and after.isalpha():
        return ""
    # A number, or the code of something, is broken behind its hyphen and keeps it.
    return "-" if before.isalnum() and after.isalnum() else match.group()


def _without_pictures(text: str) -> str:
    """Put a space in place of each ![caption](target); looks at no letter of a target twice."""
    parts: list[str] = []
    copied = place = endless = 0  # up to `endless` no target ends
    while head := _PICTURE.search(text, place):
        place = head.end()
        if not head[1] or place < endless:
            continue
        end = _TARGET_END.search(text, place)
        if end is None or end[0] != ")":
            endless = len(text) if end is None else end.start()
            continue
        parts.append(text[copied : head.start()])
        copied = place = end.end()
    return " ".join([*parts, text[copied:]])


def _without_page_furniture(text: str) -> str:
    pages = [[line for line in page.split("\n") if line.strip()] for page in text.split("\f")]
    edges = Counter(key for page in pages for key in {_mask(line) for line in _edge(page)})
    often = {key for key, count in edges.items() if count >= max(_FEWEST_PAGES, len(pages) // 3)}
    kept: list[str] = []
    seen: set[str] = set()
    for page in pages:
        last = len(page) - _EDGE_LINES
        for number, line in enumerate(page):
            key = _mask(line) if number < _EDGE_LINES or number >= last else ""
            # The first of them stays: a running header may hold the number of the invoice.
            if key not in often or key not in seen:
                kept.append(line)
            seen.add(key)
    return "\n".join(kept)


def _edge(page: list[str]) -> list[str]:
    return page[:_EDGE_LINES] + page[max(_EDGE_LINES, len(page) - _EDGE_LINES) :]


def _mask(line: str) -> str:
    return _DIGITS.sub("#", line.strip())
