"""What two files of one format share when they are the same to whoever reads them: every sign, cells, pictures, marks.

Between formats signs, case and cells cannot be compared, since each program writes them otherwise; there the letters
must do, and the number of pictures.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from dedupe_app.sameness import NO_OTHER, beside_name
from dedupe_app.text.canonical import beyond_ascii
from dedupe_app.text.pictures import find_pictures
from dedupe_app.text.plain import decode
from dedupe_app.text.sniff import PLAIN

if TYPE_CHECKING:
    from dedupe_app.text.reading import Reading, Source

_DIGITS = 16
_PROSE = frozenset(
    "txt text md markdown mdx rst adoc asciidoc org log tex ltx textile creole wiki me nfo srt vtt sub man".split()
)
# How far a line stands in says what it belongs to: a point of a list, a block of a program.
_LEVELLED = frozenset("md markdown mdx rst adoc asciidoc org textile creole wiki".split())
# In programs, settings and data also blanks and ends of lines mean something.
_CODE = PLAIN - _PROSE
# Of these too little is read to tell: neither what is struck out nor colours.
_ONLY_BYTES = frozenset({"doc", "ppt", "xls"})
# Lines are broken anew at other places. Cells are told apart by tabs.
_BLANKS = b" \n\r\x0b\x0c"
# What programs for writing put in place of what is typed, and characters that are not seen; of these two change how
# letters are joined, and what an emoji is.
_TYPED = (
    dict.fromkeys("\u2018\u2019\u201a\u2032\u2039\u203a", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u00ad\u061c\u180e\u200b\u200e\u200f\ufeff", "")
    | dict.fromkeys(map(chr, (*range(0x202A, 0x202F), *range(0x2060, 0x206A))), "")
    | dict.fromkeys(
        map(chr, (0x85, 0xA0, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x3000)), ""
    )
    | {"\u2026": "..."}
)
_EMPTY_CELL, _LEVEL = "\x01", "\x02"


def name_exactly(source: Source, reading: Reading, text: str) -> str:
    """Name all that a file says and shows besides the letters of its `text` (see `dedupe_app.sameness`)."""
    found = find_pictures(source)
    pictures = {*found.shown, *(mark.encode("utf-8", "replace") for mark in reading.marks)}
    digest = hashlib.sha256(_exact_text(source, text))
    for each in sorted(pictures.union(found.drawn, found.beside)):
        digest.update(hashlib.sha256(each).digest())
    # All at once: there are thousands. In quotes none runs into the next.
    digest.update(repr(reading.looks).encode())
    is_alone = source.format in _CODE or bool(found.drawn) or reading.is_drawn
    count = NO_OTHER if is_alone else len(pictures)
    return beside_name(source.format, count, digest.hexdigest()[:_DIGITS])


def _exact_text(source: Source, text: str) -> bytes:
    """Return the text as far as its spelling counts within one format."""
    if source.format in _CODE:
        return "\n".join(map(str.rstrip, text.split("\n"))).rstrip().encode("utf-8", "replace")
    if source.format in _ONLY_BYTES:
        return source.data
    if source.format == "xml":
        text = decode(source.data)  # names and attributes of elements may be the data
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        for char in _TYPED.keys() & beyond_ascii(text):
            text = text.replace(char, _TYPED[char])
    if source.format in _LEVELLED and "\n " in text:
        text = _with_levels(text)
    # A row that begins with empty cells is not the end of the one before.
    text = text.replace("\n\t", f"{_EMPTY_CELL}\t")
    return text.encode("utf-8", "replace").translate(None, _BLANKS)


def _with_levels(text: str) -> str:
    """Mark where a line stands further in or out than the one before."""
    lines, level = text.split("\n"), -1
    for number, line in enumerate(lines):
        if level == 0 and line[:1] > " ":
            continue
        words = line.lstrip(" ")
        if words and not words.isspace():
            indent = len(line) - len(words)
            if indent != level and level >= 0:
                lines[number] = f"{_LEVEL}{indent - level}{_LEVEL}{words}"
            level = indent
    return "\n".join(lines)
