"""Whether lines run through the words of a PDF page, as in what is struck out. An underline touches but few letters."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

# A page with more is a table, and each line asks all letters of its page.
_MOST_LINES = 300
# In points: how thick and how short a line may be, and how far above and below it are the letters of its own line.
_THICKEST, _SHORTEST, _REACH, _MIDDLE = 2.5, 6.0, 3.0, 0.1
_FEWEST = 3  # letters
_BLANK = 0x20


class Strikes:
    """Asks of the lines of one page whether they strike out words."""

    def __init__(self, letters: PdfTextPage) -> None:
        """Take the letters of the page, as long as they are open."""
        self._letters = letters
        self._left = _MOST_LINES
        self._bounds = [ctypes.c_float() for _ in range(4)]
        self._places = [ctypes.byref(bound) for bound in self._bounds]

    def runs_through(self, path: int) -> bool:
        """Tell whether a path, by its address, is a level line through most of the letters around it."""
        pdfium.FPDFPageObj_GetBounds(ctypes.cast(path, pdfium.FPDF_PAGEOBJECT), *self._places)
        left, bottom, right, top = (bound.value for bound in self._bounds)
        if top - bottom > _THICKEST or right - left < _SHORTEST or not self._left:
            return False
        self._left -= 1
        middle = (top + bottom) / 2
        through = self._count(left, right, middle, _MIDDLE)
        return through >= _FEWEST and 2 * through > self._count(left, right, middle, _REACH)

    def _count(self, left: float, right: float, middle: float, reach: float) -> int:
        """Return how many letters touch a level band."""
        band = (self._letters.raw, left, middle + reach, right, middle - reach)
        size = pdfium.FPDFText_GetBoundedText(*band, None, 0)
        room = (ctypes.c_ushort * (size + 1))()
        pdfium.FPDFText_GetBoundedText(*band, room, size)
        return sum(char > _BLANK for char in room)
