"""What an OpenDocument shows beside its text, each with its place: shapes, fields of forms, tables, links."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from dedupe_app.text.cell_looks import CellLooks
from dedupe_app.text.numbering import number_of
from dedupe_app.text.odf_names import DRAW, FIELD, OFFICE, TABLE, XLINK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe_app.text.odf_styles import Styles

LINK = f"{XLINK}href"
_FREEHAND = frozenset(
    f"{DRAW}{name}"
    for name in ("path", "polygon", "polyline", "ellipse", "circle", "line", "connector")
)
# Frames and boxes, which a print cannot be told to have or not.
_GEOMETRY, _SHAPE = f"{DRAW}enhanced-geometry", f"{DRAW}type"
_PLAIN_SHAPES = frozenset(
    {"rectangle", "round-rectangle", "mso-spt202", "ooxml-rect", "ooxml-roundRect", "ooxml-textBox"}
)
_NAMING = ("style-name", "page-layout-name", "validation-name")
# Numbers and names that say nothing: other programs, or another day, give others.
_UNSAID = re.compile(
    r"(?:.*-)?id$|name$|control$|(?:start|end)-shape$|mime-type$|engine$|use-soft-page|presentation-page-layout"
    r"|generator|nav-order|version$|notify|dynamic$"
)
# What a program makes of the rest, for those that cannot draw it; and places inside of the document.
_MADE = re.compile(r"#|ObjectReplacements/|.*\.svm$")
_CELL_STYLE, _REPEATED = f"{TABLE}default-cell-style-name", "1"
_ROWS, _COLUMNS = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
_VALUES = dict.fromkeys(("float", "percentage", "currency"), f"{OFFICE}value") | {
    kind: f"{OFFICE}{kind}-value" for kind in ("date", "time", "boolean")
}
_VALUE_TYPE, _CELL = f"{OFFICE}value-type", f"{TABLE}style-name"
_OF_CELLS = frozenset(
    f"{TABLE}{name}"
    for name in ("formula", "number-columns-spanned", "number-rows-spanned", "content-validation-name")
)  # fmt: skip
_MOST_KNOWN = 2000
_SAID, _STYLED, _LINKED = 1, 2, 3


class OdfLooks:
    """Collects how a part of a document looks while it is read from its beginning."""

    def __init__(self, styles: Styles, links: Mapping[str, str]) -> None:
        """Begin with nothing; `links`: what names the contents of each part."""
        self._styles = styles
        self._links = links
        self._tables: list[_Table] = []
        self._values: list[str] = []  # of cells, as they are stored: what is shown may be rounded
        self._looks: list[str] = []
        self.place = 0  # how many characters were read, without blanks
        self.is_drawn = False
        self._run, self._run_start, self._run_end = "", 0, -1
        self._column: list[str] = []
        self._columns = 0

    def note(self, told: str) -> None:
        """Add what stands here."""
        self._looks.append(f"{self.place} {told}")

    def note_element(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Add a shape, a field of a form, or whatever else is shown."""
        told = self._told(attributes)
        if told or tag.startswith(DRAW):
            self.note(f"{tag} {told}")
        is_shape = tag == _GEOMETRY and attributes.get(_SHAPE) not in _PLAIN_SHAPES
        self.is_drawn |= is_shape or tag in _FREEHAND

    def note_style(self, kind: str, name: str) -> None:
        """Add what a style looks like, unless it is plain."""
        if look := self._styles.look(name):
            self._looks.append(f"{self.place} {kind} {look}")

    def note_link(self, link: str) -> None:
        """Add where a link leads to."""
        self.note(self._target(link))

    def note_run(self, look: str, start: int) -> None:
        """Add how the text looks that has been read since `start`."""
        # Programs cut text at other places when they save a document anew.
        if look != self._run or start != self._run_end:
            self._end_run()
            self._run, self._run_start = look, start
        self._run_end = self.place

    def begin_table(self, attributes: Mapping[str, str]) -> None:
        """Add a table; its cells follow."""
        self._tables.append(_Table(CellLooks(self._styles.look, self._looks)))
        self.note_style("table", attributes.get(f"{TABLE}style-name", ""))

    def begin_column(self, attributes: Mapping[str, str]) -> None:
        """Add one column of a table, or several that are alike."""
        if self._tables:
            self._tables[-1].add_column(attributes)
        # Programs write columns that are alike as one or as several.
        times = number_of(attributes.get(_COLUMNS, "1"), 1)
        told = self._told({key: value for key, value in attributes.items() if key != _COLUMNS})
        if told != self._column:
            self._end_columns()
            self._column = told
        self._columns += times

    def _end_columns(self) -> None:
        if self._column:
            self.note(f"column {self._column} {self._columns}")
        self._column, self._columns = [], 0

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        """Add one row of a table, or several that are alike."""
        self._end_columns()
        if self._tables:
            self._tables[-1].begin_row(attributes)
        if told := self._told(attributes):
            self.note(f"row {told}")

    def add_cell(self, attributes: Mapping[str, str]) -> tuple[str, int]:
        """Add a cell, and return the style that holds for it and for how many cells side by side it stands."""
        style = attributes.get(_CELL, "")
        times = number_of(attributes[_COLUMNS], 1) if _COLUMNS in attributes else 1
        if self._tables:
            style = self._tables[-1].add_cell(style, times)
        if value := attributes.get(_VALUES.get(attributes.get(_VALUE_TYPE, ""), "")):
            self._values.append(value)
        if not _OF_CELLS.isdisjoint(attributes):
            said = {key: value for key, value in attributes.items() if key in _OF_CELLS}
            self.note(f"{self._told(said)}")
        return style, times

    def cell(self) -> str:
        """Name the cell that was begun last, "" outside of tables: an empty one has no place in the text."""
        return self._tables[-1].cell() if self._tables else ""

    def end_row(self) -> None:
        """End a row of a table."""
        if self._tables:
            self._tables[-1].end_row()

    def end_table(self) -> None:
        """End a table."""
        if self._tables:
            self._tables.pop().close()

    def told(self) -> tuple[str, str]:
        """Return all that was added."""
        self._end_run()
        return "\n".join(self._looks), " ".join(self._values)

    def _end_run(self) -> None:
        if self._run:
            self._looks.append(f"{self._run} {self._run_start} {self._run_end}")
        self._run = ""

    def _told(self, attributes: Mapping[str, str]) -> list[str]:
        """Return the attributes of an element that are seen; of styles what they look like."""
        told: list[str] = []
        for key, value in attributes.items():
            kind = _kind_of(key)
            if kind == _SAID:
                told.append(f"{key}={value}")
            elif kind == _STYLED:
                if look := self._styles.look(value):
                    told.append(f"{key}={look}")
            elif kind:
                told.append(self._target(value))
        told.sort()
        return told

    def _target(self, link: str) -> str:
        """Return what names the part that a link leads to, or the link itself if it leads elsewhere."""
        if _MADE.match(link.removeprefix("./")):
            return ""
        name = link.removeprefix("./")
        return self._links.get(name) or self._links.get(f"{name}/content.xml") or link


class _Table:
    """An open table: where its next cell stands, and what cells look like that name no style."""

    def __init__(self, cells: CellLooks[str]) -> None:
        self._cells = cells
        self._first = self._row = self._column = 0
        self._row_style = ""
        self._ends: list[int] = []  # where columns of one style end
        self._of_columns: list[str] = []

    def add_column(self, attributes: Mapping[str, str]) -> None:
        times = number_of(attributes.get(_COLUMNS, _REPEATED), 1)
        self._ends.append((self._ends[-1] if self._ends else 0) + times)
        self._of_columns.append(attributes.get(_CELL_STYLE, ""))

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self._first = self._row + 1
        self._row += number_of(attributes.get(_ROWS, _REPEATED), 1)
        self._row_style = attributes.get(_CELL_STYLE, "")
        self._column = 0

    def add_cell(self, style: str, times: int) -> str:
        """Add cells with a style of their own or "", and return the style that holds for them."""
        self._cells.cells.append((style, times))
        column = self._column
        self._column += times
        if style or self._row_style:
            return style or self._row_style
        at = bisect_right(self._ends, column)
        return self._of_columns[at] if at < len(self._ends) else ""

    def cell(self) -> str:
        return f"{self._row} {self._column}"

    def end_row(self) -> None:
        self._cells.end_row(self._first, self._row)

    def close(self) -> None:
        self._cells.close()


@lru_cache(maxsize=_MOST_KNOWN)
def _kind_of(key: str) -> int:
    local = key.rpartition("}")[2]
    if key.startswith(XLINK):
        return _LINKED if key == LINK else 0
    if local.endswith(_NAMING):
        return _STYLED
    return 0 if _UNSAID.match(local) and not key.startswith(FIELD) else _SAID
