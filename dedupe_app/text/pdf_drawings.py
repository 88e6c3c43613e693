"""What is drawn on a page of a PDF by lines or put straight into it: a signature by hand, a cross, a figure.

Files of other formats cannot be told to show the same. Asks for every object of every page, so each call is bare.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdfium2 import PdfPage

    Holder = tuple[int, Callable[[int], int], Callable[[int, int], int]]

# A page with more is a map or a drawing itself; a table has some thousands of lines. Pieces that are placed again
# count again, so that pieces in pieces are no bomb.
_MOST_OBJECTS = 20_000
# Rules, underlines, frames and cells of printed documents have at most 6 segments, all of them upright or level.
_MOST_SEGMENTS = 8
# Lines that are rounded are not quite level.
_SLANT = 0.05
_WIDTH = re.compile(rb"/Width\s+(\d{1,10})")
_HEIGHT = re.compile(rb"/Height\s+(\d{1,10})")

_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_FORM, _IMAGE = pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE
_LINE, _CURVE = pdfium.FPDF_SEGMENT_LINETO, pdfium.FPDF_SEGMENT_BEZIERTO
_HANDLE, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
_FLOATS, _INTS = ctypes.POINTER(ctypes.c_float), ctypes.POINTER(ctypes.c_uint)


def _bare(function: object, result: type, *given: type) -> Callable[..., int]:
    """Return a function of PDFium that takes and gives plain numbers: half the time of a call that makes objects."""
    address = ctypes.cast(function, _HANDLE).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result, *given)(address or 0)


_count_of_page = _bare(pdfium.FPDFPage_CountObjects, _INT, _HANDLE)
_object_of_page = _bare(pdfium.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
_count_of_form = _bare(pdfium.FPDFFormObj_CountObjects, _INT, _HANDLE)
_object_of_form = _bare(pdfium.FPDFFormObj_GetObject, _HANDLE, _HANDLE, _LONG)
_kind_of = _bare(pdfium.FPDFPageObj_GetType, _INT, _HANDLE)
_count_segments = _bare(pdfium.FPDFPath_CountSegments, _INT, _HANDLE)
_segment_of = _bare(pdfium.FPDFPath_GetPathSegment, _HANDLE, _HANDLE, _INT)
_kind_of_segment = _bare(pdfium.FPDFPathSegment_GetType, _INT, _HANDLE)
_end_of_segment = _bare(pdfium.FPDFPathSegment_GetPoint, _INT, _HANDLE, _FLOATS, _FLOATS)
_size_of = _bare(pdfium.FPDFImageObj_GetImagePixelSize, _INT, _HANDLE, _INTS, _INTS)
# Where the last segment ended. PDFium may be called by one thread at a time only.
_x, _y = ctypes.c_float(), ctypes.c_float()
_at_x, _at_y = ctypes.byref(_x), ctypes.byref(_y)


def is_drawn_on(page: PdfPage, sizes: set[tuple[int, int]], strikes: Callable[[int], bool]) -> bool:
    """Tell whether a page has more than text, pictures, rules and frames.

    Adds the `sizes` of its pictures in pixels. `strikes`: tells whether a path, by its address, strikes out words.
    """
    address = ctypes.cast(page.raw, _HANDLE).value or 0
    holders: list[Holder] = [(address, _count_of_page, _object_of_page)]
    asked = 0
    while holders:
        holder, count_objects, get_object = holders.pop()
        count = count_objects(holder)
        asked += count
        if asked > _MOST_OBJECTS:
            return True
        for number in range(count):
            item = get_object(holder, number)
            kind = _kind_of(item)
            if kind == _TEXT:
                continue
            if kind == _FORM:
                # A piece of a page, as letterheads and what is flattened into a page are put in.
                holders.append((item, _count_of_form, _object_of_form))
            elif kind == _IMAGE:
                sizes.add(_size(item))
            elif kind != _PATH or _is_drawing(item) or (holder == address and strikes(item)):
                return True
    return False


def are_stored(sizes: set[tuple[int, int]], data: bytes) -> bool:
    """Tell whether pictures of these sizes stand in a file by themselves, and not in the contents of a page.

    The latter, as small ones often are, are not among the pictures that are counted.
    """
    if not sizes:
        return True
    widths, heights = ({int(size) for size in found.findall(data)} for found in (_WIDTH, _HEIGHT))
    return all(width in widths and height in heights for width, height in sizes)


def _size(picture: int) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    _size_of(picture, ctypes.byref(width), ctypes.byref(height))
    return width.value, height.value


def _is_drawing(path: int) -> bool:
    """Tell whether a path has a curve, many corners, or a line that is neither upright nor level."""
    count = _count_segments(path)
    if count > _MOST_SEGMENTS:
        return True
    old_x = old_y = 0.0
    for number in range(count):
        segment = _segment_of(path, number)
        kind = _kind_of_segment(segment)
        if kind == _CURVE:
            return True
        _end_of_segment(segment, _at_x, _at_y)
        x, y = _x.value, _y.value
        if kind == _LINE and x != old_x and y != old_y:
            across, along = abs(x - old_x), abs(y - old_y)
            if min(across, along) > _SLANT * max(across, along):
                return True
        old_x, old_y = x, y
    return False
