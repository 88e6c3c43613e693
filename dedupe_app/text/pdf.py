"""PDF to text, with what is filled in and noted on it, by PDFium (2.6 times as fast as kreuzberg); scans through OCR.

Never renders a page unless no page holds text.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2

from dedupe_app.text.ocr import recognise
from dedupe_app.text.pdf_drawings import are_stored, is_drawn_on
from dedupe_app.text.pdf_notes import read_notes, shows_pictures
from dedupe_app.text.pdf_strikes import Strikes
from dedupe_app.text.reading import FEW_CHARS, Reading, Source, damaged, encrypted

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)

HYPHEN = "\ufffe"
# What a font shows that does not tell which letters it shows.
_UNKNOWN = re.compile("[\x00\x01\x03-\x08\x0b\x0e-\x1f]")
_WORDS = re.compile(f"[\\w{HYPHEN}]+")
_HARD_CUT = re.compile(r"-\n(?=\w)(?<=[^\s-]-\n)")
_ERROR_PASSWORD = 4
_ERROR_SECURITY = 5


def read_pdf(source: Source) -> Reading:
    """Return the text of all pages.

    Raises:
        UnreadableError: It is encrypted, damaged, or a scan that cannot be recognised.
    """
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) in (_ERROR_PASSWORD, _ERROR_SECURITY)
        # Of some damaged files PDFium tells the code of the file before.
        if is_locked and b"/Encrypt" in source.data:
            raise encrypted() from error
        raise damaged("it is not a complete PDF file") from error
    try:
        if document.get_formtype():
            document.init_forms()
        return _read_pages(document, source)
    finally:
        document.close()


def _read_pages(document: pypdfium2.PdfDocument, source: Source) -> Reading:
    count = len(document)
    if not count:
        raise damaged("it has no pages")
    texts: list[str] = []
    notes: list[str] = []
    shown: list[bool] = []
    marks: list[str] = []
    drawings = _Drawings()
    left = source.limits.text_chars
    unreadable = 0
    for number in range(count):
        try:
            text, said, shows_more, marked = _read_page(document, number, drawings)
        except pypdfium2.PdfiumError as error:
            logger.debug("page %d of %s: %s", number + 1, source.path, error)
            unreadable += 1
            continue
        texts.append(text)
        notes.append(said)
        shown.append(shows_more)
        marks += [f"{number} {mark}" for mark in marked]
        left -= len(text) + len(said)
        if left < 0:
            break
    if unreadable == count:
        raise damaged("none of its pages can be read")
    bare = sum(not text.strip() for text in texts)
    if bare == len(texts):
        return recognise(document, source.limits)
    text = _joined(texts, notes)
    in_doubt = _is_scanned(texts, shown) or bool(_UNKNOWN.search(text))
    warning = _warning(bare, unreadable, count)
    is_drawn = drawings.found or not are_stored(drawings.sizes, source.data)
    return Reading(text, warning, in_doubt, tuple(marks), is_cut=left < 0, is_drawn=is_drawn)


def _joined(texts: list[str], notes: list[str]) -> str:
    # A form feed between pages: near to it stand running headers and page numbers.
    pages = (f"{text}\n{said}" if said else text for text, said in zip(texts, notes, strict=True))
    return join_words("\f".join(pages))


def _is_scanned(texts: list[str], shown: list[bool]) -> bool:
    """Tell whether a page shows more than its text, where that is little."""
    few = sum(map(len, texts)) < FEW_CHARS
    return any(more and (few or not text.strip()) for more, text in zip(shown, texts, strict=True))


@dataclass(slots=True)
class _Drawings:
    """Whether a page was drawn on, and the sizes of the pictures on the pages before."""

    found: bool = False
    sizes: set[tuple[int, int]] = field(default_factory=set)


def _read_page(
    document: pypdfium2.PdfDocument, number: int, drawings: _Drawings
) -> tuple[str, str, bool, list[str]]:
    """Return the text of a page, what is filled in and noted there, whether it shows more, and marks drawn on it."""
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            text: str = textpage.get_text_range()
            strikes = Strikes(textpage).runs_through
            drawings.found = drawings.found or is_drawn_on(page, drawings.sizes, strikes)
        finally:
            textpage.close()
        notes, marks = read_notes(document, page)
        shows_more = len(text) < FEW_CHARS and shows_pictures(page, any_drawing=not text.strip())
    finally:
        page.close()
    text = text.replace("\r\n", "\n").replace("\x02", HYPHEN)
    return text, "\n".join(notes), shows_more, marks


def join_words(text: str) -> str:
    """Put words together that a hyphen parts at the end of a line.

    PDFium marks such hyphens and drops the line break. A hyphen that was there before stays: in
    "public-mailing", where both parts, and not the whole, are words of the document, and in
    documents that are not hyphenated at all.
    """
    places = list(_cut_words(text))
    cut = {(text[first:place], text[place + 1 : last]) for first, place, last in places}
    wanted = {part.lower() for pair in cut for part in (*pair, "".join(pair))}
    # A wanted word has nothing but letters, so that only a run of nothing but letters is one.
    known = wanted.intersection(map(str.lower, set(_WORDS.findall(text)))) if cut else set()
    hyphenated = len(cut) * 30 > text.count("\n") or any("".join(p).lower() in known for p in cut)

    def join(first: str, second: str) -> str:
        whole = (first + second).lower() in known
        apart = not whole and (not hyphenated or {first.lower(), second.lower()} <= known)
        return f"{first}-{second}" if apart else first + second

    parts, done = [], 0
    for first, place, last in places:
        parts += [text[done:first], join(text[first:place], text[place + 1 : last])]
        done = last
    return _HARD_CUT.sub("-", "".join([*parts, text[done:]])).replace(HYPHEN, "-")


def _cut_words(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, hyphen and end of each word that is cut in two; none overlaps another."""
    done = 0
    place = text.find(HYPHEN)
    while place >= 0:
        first, last = place, place + 1
        while first > done and _is_letter(text[first - 1]):
            first -= 1
        while last < len(text) and _is_letter(text[last]):
            last += 1
        if first < place and last > place + 1:
            yield first, place, last
            done = last
        place = text.find(HYPHEN, place + 1)


def _is_letter(char: str) -> bool:
    return char.isalnum() and not char.isdecimal()


def _warning(bare: int, unreadable: int, count: int) -> str:
    if unreadable:
        return f"{unreadable} of {count} pages are damaged and were left out."
    if bare * 2 > count and count > 1:
        return f"{bare} of {count} pages hold no text; they may be scans."
    return ""
