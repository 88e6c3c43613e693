"""XLSX to lines: the sheets in their order, one line per row, with tabs between cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.cell_looks import CellLooks
from dedupe_app.text.digests import digest
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.number_formats import is_date, show_number
from dedupe_app.text.reading import Element, Reading, Source, TextLines, damaged
from dedupe_app.text.shared_strings import SharedStrings
from dedupe_app.text.sheet_styles import SheetStyles, index, local_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST_COLUMN = 3
# Of a sheet nothing of these is seen, or it is told elsewhere.
_SKIPPED = frozenset(
    "dimension sheetCalcPr sheetProtection protectedRanges scenarios sortState dataConsolidate"
    " customSheetViews phoneticPr printOptions pageMargins pageSetup rowBreaks colBreaks customProperties cellWatches"
    " ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture tableParts webPublishItems Fallback"
    " selection pane pivotSelection id".split()
)
_STRUCTURE = frozenset(
    "worksheet sheetData sheetViews sheetPr outlinePr pageSetUpPr cols is r t v rPr extLst".split()
)
# Attributes by their local names: numbers given anew, how large something is.
_UNSAID = frozenset({"id", "uid", "count", "shapeId", "name", "baseColWidth", "Requires", "uri"})
# More empty cells side by side than this are a gap between two tables.
_MOST_EMPTY = 50
# In days: those of old Macintosh computers begin with 1904 (ECMA-376, 18.17.4.1).
_LATER = 1462
_ON = frozenset({"1", "true"})
# What does not show what stands there, or shows formulas in its place; and what is so of itself.
_VIEWS = {"showZeros": "1", "showFormulas": "0", "rightToLeft": "0"}
_ZERO = re.compile(r"0+(?:\.0*)?")
# Parts that a sheet leads to, and what these lead to: the numbers of printers and of notes' shapes say nothing.
_UNSEEN_KINDS = frozenset(
    {"customProperty", "pivotTable", "printerSettings", "queryTable", "slicer", "timeline"}
)
_OF_NOTES = re.compile(rb"ObjectType=[\"']Note")
_NUMBERED = re.compile(rb"""\s(?:id|type|o:spid|o:gfxdata)=(?:"[^"]*"|'[^']*')""")


def read_xlsx(source: Source) -> Reading:
    """Return the cells of a workbook.

    Raises:
        UnreadableError: It is damaged or protected by a password.
    """
    archive = Archive(source.data, source.limits)
    main = next((name for _, kind, name in archive.related("") if kind == "officeDocument"), "")
    main = main or "xl/workbook.xml"
    related = list(archive.related(main))
    parts = {kind: name for _, kind, name in related}
    checks = {name: f"{check} {size}" for name, check, size in archive.parts()}
    left = source.limits.text_chars
    styles = SheetStyles(
        archive.tree(parts["styles"]) if "styles" in parts else None,
        checks.get(parts.get("theme", ""), ""),
    )
    strings = SharedStrings(left, styles)
    if "sharedStrings" in parts:
        _feed(archive.read(parts["sharedStrings"]), strings)
    texts: list[str] = []
    book = archive.tree(main)
    looks = [sheet.get("state", "") for sheet in book.iterfind("{*}sheets/{*}sheet")]
    years = book.find("{*}workbookPr[@date1904]")
    is_late = years is not None and years.get("date1904") in _ON
    for title, name in _sheets(book, {key: name for key, _, name in related}):
        target = SheetText(left, strings, styles, _LATER if is_late else 0)
        text = _feed(archive.read(name), target)
        texts.extend([title, text] if text else [])
        links = sorted(link for _, link in archive.links(name))
        looks += [*target.told(), *links, *_beside(archive, name, checks)]
        left -= len(text)
        if left < 0:
            break
    return Reading("\n".join(text for text in texts if text), looks=tuple(looks))


def _sheets(book: Element, names: dict[str, str]) -> list[tuple[str, str]]:
    titles: dict[str, str] = {}  # each part is read once
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        key = next((v for k, v in sheet.items() if k.startswith("{") and k.endswith("}id")), "")
        if key in names:
            titles.setdefault(names[key], sheet.get("name", ""))
    return [(title, part) for part, title in titles.items()]


def _beside(archive: Archive, sheet: str, checks: Mapping[str, str]) -> list[str]:
    """Return what lies over the cells of a sheet: drawings with their pictures, notes, fields to tick, tables."""
    told: list[str] = []
    for _, kind, name in archive.related(sheet):
        if kind == "vmlDrawing":
            shapes = archive.read(name).split(b"<v:shape")[1:]
            fields = (_NUMBERED.sub(b"", shape) for shape in shapes if not _OF_NOTES.search(shape))
            told += [digest(field.decode("latin-1")) for field in fields]
        elif kind not in _UNSEEN_KINDS:
            told.append(f"{kind} {checks[name]}")
            told += [checks[inner] for _, _, inner in sorted(archive.related(name))]
    return told


def _told(tag: str, attributes: Mapping[str, str]) -> str:
    said = sorted(
        (key, value) for key, value in attributes.items() if local_name(key) not in _UNSAID
    )
    return f"{local_name(tag)}{said}"


def _feed(data: bytes, target: SharedStrings | SheetText) -> str:
    try:
        return feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("one of its sheets is not complete") from error


class SheetText:
    """Parser target for one sheet."""

    def __init__(
        self, limit_chars: int, strings: SharedStrings, styles: SheetStyles, later: int
    ) -> None:
        """Collect at most about `limit_chars` characters; days are counted from so much later than 1900."""
        self.lines = TextLines(limit_chars)
        self._strings: Sequence[str] = strings.texts
        self._rich = strings.looks
        self._later = later
        self._styles = styles
        self._kind = ""
        self._style = 0
        self._value: list[str] = []
        self._in_value = False
        self._column = self._row = 0
        self._looks: list[str] = []  # what cells are computed of, and what lies over them
        self._cells: CellLooks[int] = CellLooks(styles.look, self._looks)
        self._raw: list[str] = []
        self._depth = 0
        self._skipped_at = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a row, a cell or its value."""
        self._depth += 1
        if self._skipped_at:
            return
        name = local_name(tag)
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._in_value = True
        elif name == "row":
            self._begin_row(attributes)
        elif name in _SKIPPED:
            self._skipped_at = self._depth
        else:
            self._begin_look(name, attributes)

    def end(self, tag: str) -> None:
        """Write a cell; end a row."""
        self._depth -= 1
        if self._skipped_at:
            if self._depth < self._skipped_at:
                self._skipped_at = 0
            return
        name = local_name(tag)
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            self.lines.add(self._shown("".join(self._value)))
            self.lines.cell()
            self._column += 1
        elif name == "row":
            self.lines.row()
            self._cells.end_row(self._row, self._row)

    def data(self, text: str) -> None:
        """Take the value of a cell."""
        if self._in_value:
            self._value.append(text)
        elif not self._skipped_at and not text.isspace():
            self._looks.append(text)

    def close(self) -> None:
        """Finish; the text is in `lines`."""

    def told(self) -> tuple[str, str]:
        """Return how all looks, and all numbers as they are stored: what is shown may be rounded."""
        self._cells.close()
        return "".join(self._looks), " ".join(self._raw)

    def _note(self, told: str) -> None:
        self._looks.append(f"\n{self._row} {self._column} {told}")

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._column = 0
        row = index(attributes.get("r", ""))
        self._row = row if row > 0 else self._row + 1
        if _is_hidden(attributes, "ht"):
            self._note("hidden")
        if attributes.get("customFormat") in _ON and (style := attributes.get("s")):
            self._note(self._styles.look(index(style)))

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        column = _column(attributes.get("r", ""))
        if column > self._column:
            self._cells.cells.append((-1, column - self._column))
            if column - self._column > _MOST_EMPTY:
                self._note(f"from {column}")
            self._skip_to(column)
        self._kind = attributes.get("t", "n")
        self._style = style = index(attributes.get("s", "0"))
        self._cells.cells.append((style, 1))
        if "vm" in attributes:  # a picture that lies in the cell
            self._note(attributes["vm"])
        self._value = []

    def _begin_look(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note whatever else is shown in a sheet, or how it is shown."""
        if name in _STRUCTURE:
            return
        if name == "col":
            style = self._styles.look(index(attributes.get("style", "0")))
            is_hidden = _is_hidden(attributes, "width")
            if style or is_hidden:
                self._note(f"{attributes.get('min')} {attributes.get('max')} {is_hidden} {style}")
        elif name == "sheetView":
            self._note(f"{[attributes.get(key, usual) in _ON for key, usual in _VIEWS.items()]}")
        elif name == "sheetFormatPr":
            self._note(f"{attributes.get('zeroHeight') in _ON}")
        elif name == "f":  # which cells share one, and how that is numbered, says nothing
            self._note("f")
        elif difference := attributes.get("dxfId"):
            said = {key: value for key, value in attributes.items() if key != "dxfId"}
            self._note(f"{_told(name, said)} {self._styles.difference(difference)}")
        else:
            self._note(_told(name, attributes))

    def _skip_to(self, column: int) -> None:
        """End the cells before a column that are not in the file, since they are empty."""
        for _ in range(min(column - self._column, _MOST_EMPTY)):
            self.lines.cell()
        self._column = max(column, self._column)

    def _string(self, number: int) -> str:
        if number in self._rich:
            self._note(self._rich[number])
        return self._strings[number] if 0 <= number < len(self._strings) else ""

    def _shown(self, value: str) -> str:
        """Return what a cell shows."""
        text = self._read(value)
        # As Markdown has it: what is struck out is still to be read, and says the opposite.
        return f"~~{text}~~" if text and self._style in self._styles.struck else text

    def _read(self, value: str) -> str:
        if self._kind == "s":
            return self._string(index(value))
        if self._kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self._kind != "n":
            return " ".join(value.split())
        try:
            number = float(value)
            self._raw.append(value)
        except ValueError:
            return value
        formats = self._styles.formats
        code = formats[self._style] if 0 <= self._style < len(formats) else ""
        return show_number(number + self._later * is_date(code), code)


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    return attributes.get("hidden") in _ON or bool(_ZERO.fullmatch(attributes.get(size, "")))


def _column(reference: str) -> int:
    """Return the number of the column of a cell: 0 for A1, 27 for AB3; 0 where it is not said."""
    number = 0
    for char in reference[:_LONGEST_COLUMN]:
        if not "A" <= char <= "Z":
            break
        number = 26 * number + ord(char) - ord("A") + 1
    return max(0, number - 1)
