"""What is on a page of a PDF besides its text: values of fields, ticked boxes, comments, pictures.

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
# A page with more of them is a map or a drawing.
_MOST = 5000
_ZERO = 2
_MOST_OBJECTS = 500
# What a link or the window of a comment says stands elsewhere.
_SAY_NOTHING = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP})
_TICKED_FIELDS = frozenset({pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON})
_CHOSEN_FIELDS = frozenset({pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX})
_FILLED_FIELDS = _CHOSEN_FIELDS | {pdfium.FPDF_FORMFIELD_TEXTFIELD}


def read_notes(document: PdfDocument, page: PdfPage) -> list[str]:
    """Return what is filled in, ticked and noted on a page, in order; the forms of the document are initialised."""
    form = document.formenv.raw if document.formenv else None
    found: list[str] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
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
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
        if said.strip():
            found.append(said.strip())
    return found


def shows_pictures(page: PdfPage, *, any_drawing: bool) -> bool:
    """Tell whether a page has a picture among its first objects, or, if asked for, anything at all."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    if any_drawing:
        return bool(count > 0)
    kinds = (
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, number))
        for number in range(min(count, _MOST_OBJECTS))
    )
    return any(kind == pdfium.FPDF_PAGEOBJ_IMAGE for kind in kinds)


def _field(form: Any, note: Any) -> str:  # noqa: ANN401 - handles of PDFium
    """Return what is filled into a field, or whether a box is ticked."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    if kind in _TICKED_FIELDS:
        return _TICKED if pdfium.FPDFAnnot_IsChecked(form, note) else _EMPTY
    if kind in _FILLED_FIELDS:
        return _text(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, note))
    return ""


def _text(ask: Callable[..., int]) -> str:
    """Return a string that PDFium writes into a buffer, in UTF-16 with a zero at its end."""
    size = ask(None, 0)
    if size <= _ZERO:
        return ""
    room = (ctypes.c_ushort * (size // 2))()
    ask(room, size)
    return (
        bytes(room)[: size - _ZERO]
        .decode("utf-16-le", "replace")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )
