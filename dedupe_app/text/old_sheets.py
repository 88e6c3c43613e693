"""XLS to lines, as workbooks of today: the sheets in their order, one line per row, numbers as the cells show them.

kreuzberg knows no number formats and parts no cells; it reads what xlrd does not.
"""

from __future__ import annotations

import io
import re
import struct
from typing import Any

from dedupe_app.text.compound import find_streams
from dedupe_app.text.number_formats import is_date, show_number
from dedupe_app.text.office import read_office
from dedupe_app.text.reading import Reading, Source, TextFullError, TextLines, encrypted

# In days, by the mode of the book: those of old Macintosh computers begin with 1904.
_LATER = (0, 1462)
_LOCKED = re.compile("encrypt|password", re.I)
_TEXT, _NUMBER, _DATE, _TRUTH, _ERROR = range(1, 6)
# [MS-XLS] 2.5.10.
_ERRORS = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A",
}  # fmt: skip
# What xlrd raises on damaged books, tried with random damage, besides its own errors.
_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, struct.error,
)  # fmt: skip


def read_xls(source: Source) -> Reading:
    """Return the cells of a workbook.

    Raises:
        UnreadableError: It is damaged or protected by a password.
    """
    import xlrd  # seldom needed

    try:
        # xlrd itself follows damaged chains without an end.
        book = xlrd.open_workbook(
            file_contents=_book(source.data),
            formatting_info=True,
            logfile=io.StringIO(),
            ragged_rows=True,  # or one cell far off would be as many empty ones
        )
        return _reading(book, source.limits.text_chars)
    except (
        xlrd.XLRDError,
        xlrd.compdoc.CompDocError,
        xlrd.formula.FormulaError,
        *_FAULTS,
    ) as error:
        if _LOCKED.search(str(error)):
            raise encrypted() from error
        return read_office(source)


def _book(data: bytes) -> bytes:
    streams = find_streams(data, {"Workbook", "Book"}.__contains__)
    return streams.get("Workbook") or streams["Book"]


def _reading(book: Any, limit_chars: int) -> Reading:  # noqa: ANN401 - xlrd comes without types
    struck = [bool(book.font_list[style.font_index].struck_out) for style in book.xf_list]
    codes = [
        book.format_map[style.format_key].format_str if style.format_key in book.format_map else ""
        for style in book.xf_list
    ]
    later = _LATER[book.datemode]
    lines = TextLines(limit_chars)
    try:
        for sheet in book.sheets():
            lines.row()
            lines.add(sheet.name)
            for row in range(sheet.nrows):
                lines.row()
                for cell in sheet.row(row):
                    text = _shown(cell, codes, later)
                    is_struck = bool(text) and cell.xf_index < len(struck) and struck[cell.xf_index]
                    lines.add(f"~~{text}~~" if is_struck else text)
                    lines.cell()
    except TextFullError:
        return Reading(lines.text(), is_cut=True)
    return Reading(lines.text())


def _shown(cell: Any, codes: list[str], later: int) -> str:  # noqa: ANN401 - xlrd comes without types
    if cell.ctype == _TEXT:
        return " ".join(cell.value.split())
    if cell.ctype in (_NUMBER, _DATE):
        code = codes[cell.xf_index] if cell.xf_index < len(codes) else ""
        return show_number(cell.value + later * is_date(code), code)
    if cell.ctype == _TRUTH:
        return "TRUE" if cell.value else "FALSE"
    return _ERRORS.get(cell.value, "") if cell.ctype == _ERROR else ""
