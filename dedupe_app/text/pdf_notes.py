"""What is on a page of a PDF besides its text: values of fields, ticked boxes, comments, marks, pictures.

Two forms that differ in nothing but what was filled in are not the same text.
"""

from __future__ import annotations

import ctypes
from functools import partial
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdfium2 import PdfDocument, PdfPage

_TICKED, _EMPTY = "\u2612", "\u2610"
# A page with more notes, or more objects before its first picture, is a map or a drawing.
_MOST_NOTES, _MOST_OBJECTS = 5000, 500
# A form in the sense of PDF is a piece of a page, as letterheads and pictures are put in.
_PICTURES = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM})
# The bytes of the zero that ends a string in UTF-16.
_END_BYTES = 2
# What a link or the window of a comment says stands elsewhere.
_SAY_NOTHING = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
# Nothing is drawn for these but what they say.
_ONLY_SAY = frozenset({pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT})
_TICKED_FIELDS = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})
_CHOSEN_FIELDS = frozenset({pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX})
_FILLED_FIELDS = _CHOSEN_FIELDS | {pdfium.FPDF_FORMFIELD_TEXTFIELD}


def read_notes(document: PdfDocument, page: PdfPage) -> tuple[list[str], list[str]]:
    """Return what is filled in, ticked and noted on a page, and what marks are drawn on it: kind and place of each.

    The forms of the document are initialised.
    """
    form = document.formenv.raw if document.formenv else None
    found: list[str] = []
    marks: list[str] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if not note:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(note)
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                said = _field(form, note) if form else ""
            elif kind in _SAY_NOTHING:
                said = ""
            else:
                said = _text(partial(pdfium.FPDFAnnot_GetStringValue, note, b"Contents"))
                marks += [] if kind in _ONLY_SAY else [f"{kind} {_place(note)}"]
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
        if said.strip():
            found.append(said.strip())
    return found, marks


def shows_pictures(page: PdfPage, *, any_drawing: bool) -> bool:
    """Tell whether a page has a picture among its first objects, or, if asked for, anything at all."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    if any_drawing:
        return bool(count > 0)
    kinds = (
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, number))
        for number in range(min(count, _MOST_OBJECTS))
    )
    return not _PICTURES.isdisjoint(kinds)


def _field(form: Any, note: Any) -> str:  # noqa: ANN401 - handles of PDFium
    """Return what is filled into a field, or whether a box is ticked."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if kind in _TICKED_FIELDS:
        return _TICKED if pdfium.FPDFAnnot_IsChecked(form, note) else _EMPTY
    if kind in _FILLED_FIELDS:
        return _text(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, note))
    return ""


def _place(note: Any) -> str:  # noqa: ANN401 - a handle of PDFium
    corners = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, ctypes.byref(corners))
    return f"{corners.left:.0f} {corners.bottom:.0f} {corners.right:.0f} {corners.top:.0f}"


def _text(ask: Callable[..., int]) -> str:
    """Return a string that PDFium writes into a buffer, in UTF-16 with a zero at its end."""
    size = ask(None, 0)
    if size <= _END_BYTES:
        return ""
    room = ctypes.create_string_buffer(size)
    ask(ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    text = room.raw[: size - _END_BYTES].decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
