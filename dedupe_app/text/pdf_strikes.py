"""Whether lines run through the words of a PDF page, as in what is struck out. An underline touches but few letters."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

# A page with more objects or lines is a table, and each line asks all letters of its page.
_MOST_OBJECTS, _MOST_LINES = 5_000, 300
# In points: how thick and how short a line may be, and how far above and below it are the letters of its own line.
_THICKEST, _SHORTEST, _REACH, _MIDDLE = 2.5, 6.0, 3.0, 0.1
_FEWEST = 3  # letters


def is_struck(page: PdfPage, letters: PdfTextPage) -> bool:
    """Tell whether a level line goes through most of the letters around it."""
    lines = 0
    bounds = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = bounds
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, bounds))
        if top.value - bottom.value > _THICKEST or right.value - left.value < _SHORTEST:
            continue
        lines += 1
        if lines > _MOST_LINES:
            return False
        middle = (top.value + bottom.value) / 2
        through = _count(letters, left.value, right.value, middle, _MIDDLE)
        if through >= _FEWEST and 2 * through > _count(
            letters, left.value, right.value, middle, _REACH
        ):
            return True
    return False


def _count(letters: PdfTextPage, left: float, right: float, middle: float, reach: float) -> int:
    """Return how many letters, of which blanks are none, touch a level band of a page."""
    size = pdfium.FPDFText_GetBoundedText(
        letters.raw, left, middle + reach, right, middle - reach, None, 0
    )
    room = (ctypes.c_ushort * (size + 1))()
    pdfium.FPDFText_GetBoundedText(
        letters.raw, left, middle + reach, right, middle - reach, room, size
    )
    return sum(char > 0x20 for char in room)
