"""XLSX to lines: the sheets in their order, one line per row, with tabs between cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.number_formats import code_of, is_date, show_number
from dedupe_app.text.reading import Reading, Source, TextLines, damaged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST_NUMBER = 9
_LONGEST_COLUMN = 3
_LOOKS = frozenset(
    {"f", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
)
# More empty cells side by side than this are a gap between two tables.
_MOST_EMPTY = 50
# In days: those of old Macintosh computers begin with 1904 (ECMA-376, 18.17.4.1).
_LATER = 1462


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
    left = source.limits.text_chars
    strings = SharedStrings(left)
    if "sharedStrings" in parts:
        _feed(archive.read(parts["sharedStrings"]), strings)
    formats = _number_formats(archive, parts["styles"]) if "styles" in parts else []
    sheets = _sheets(archive, main, {key: name for key, _, name in related})
    texts: list[str] = []
    book = archive.tree(main)
    looks = [sheet.get("state", "") for sheet in book.iterfind("{*}sheets/{*}sheet")]
    years = book.find("{*}workbookPr[@date1904]")
    is_late = years is not None and years.get("date1904") in {"1", "true"}
    for title, name in sheets:
        target = SheetText(left, strings.texts, formats, _LATER if is_late else 0)
        text = _feed(archive.read(name), target)
        texts.extend([title, text] if text else [])
        looks += [*target.looks, target.exact()]
        left -= len(text)
        if left < 0:
            break
    return Reading("\n".join(text for text in texts if text), looks=tuple(looks))


def _sheets(archive: Archive, main: str, names: dict[str, str]) -> list[tuple[str, str]]:
    titles: dict[str, str] = {}  # each part is read once
    for sheet in archive.tree(main).iterfind("{*}sheets/{*}sheet"):
        key = next((v for k, v in sheet.items() if k.startswith("{") and k.endswith("}id")), "")
        if key in names:
            titles.setdefault(names[key], sheet.get("name", ""))
    return [(title, part) for part, title in titles.items()]


def _number_formats(archive: Archive, name: str) -> list[str]:
    """Return the code of the number format of each cell style."""
    root = archive.tree(name)
    codes = {
        _index(entry.get("numFmtId", "")): entry.get("formatCode", "")
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return [code_of(_index(style.get("numFmtId", "")), codes) for style in styles]


def _feed(data: bytes, target: SharedStrings | SheetText) -> str:
    try:
        return feed(data, xml_parser(data, target), target.lines)
    except etree.XMLSyntaxError as error:
        raise damaged("one of its sheets is not complete") from error


class SharedStrings:
    """Parser target for the table of texts that cells refer to by number."""

    def __init__(self, limit_chars: int) -> None:
        """Collect at most about `limit_chars` characters."""
        self.lines = TextLines(limit_chars)
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._phonetic = self._in_text = False

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        """Begin a text."""
        name = tag.rpartition("}")[2]
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._in_text = not self._phonetic

    def end(self, tag: str) -> None:
        """End a text."""
        name = tag.rpartition("}")[2]
        if name == "si":
            self.texts.append(" ".join("".join(self._parts).split()))
        elif name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._in_text = False

    def data(self, text: str) -> None:
        """Take text."""
        if self._in_text:
            self._parts.append(text)

    def close(self) -> None:
        """Finish; the texts are in `texts`."""


class SheetText:
    """Parser target for one sheet."""

    def __init__(
        self, limit_chars: int, strings: Sequence[str], formats: Sequence[str], later: int
    ) -> None:
        """Collect at most about `limit_chars` characters; days are counted from so much later than 1900."""
        self.lines = TextLines(limit_chars)
        self._strings = strings
        self._later = later
        self._formats = formats
        self._kind = ""
        self._style = -1
        self._value: list[str] = []
        self._in_value = False
        self._column = 0
        self.looks: list[str] = []  # what a cell is computed of, what is printed above and below
        self._in_look = False
        self._raw: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a row, a cell or its value."""
        name = tag.rpartition("}")[2]
        if name == "row":
            self._column = 0
        elif name == "c":
            self._skip_to(_column(attributes.get("r", "")))
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "")
            self._style = _index(style)
            self._value = []
        elif name in ("v", "t"):
            self._in_value = True
        elif name in _LOOKS:
            self._in_look = True

    def end(self, tag: str) -> None:
        """Write a cell; end a row."""
        name = tag.rpartition("}")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            self.lines.add(self._shown("".join(self._value)))
            self.lines.cell()
            self._column += 1
        elif name == "row":
            self.lines.row()
        elif name in _LOOKS:
            self._in_look = False

    def data(self, text: str) -> None:
        """Take the value of a cell."""
        if self._in_value:
            self._value.append(text)
        elif self._in_look:
            self.looks.append(text)

    def close(self) -> None:
        """Finish; the text is in `lines`."""

    def exact(self) -> str:
        """Return all numbers as they are stored: what is shown may be rounded."""
        return " ".join(self._raw)

    def _skip_to(self, column: int) -> None:
        """End the cells before a column that are not in the file, since they are empty."""
        for _ in range(min(column - self._column, _MOST_EMPTY)):
            self.lines.cell()
        self._column = max(column, self._column)

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            index = _index(value)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if self._kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self._kind != "n":
            return " ".join(value.split())
        try:
            number = float(value)
            self._raw.append(value)
        except ValueError:
            return value
        code = self._formats[self._style] if 0 <= self._style < len(self._formats) else ""
        return show_number(number + self._later * is_date(code), code)


def _index(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else -1


def _column(reference: str) -> int:
    """Return the number of the column of a cell: 0 for A1, 27 for AB3; 0 where it is not said."""
    number = 0
    for char in reference[:_LONGEST_COLUMN]:
        if not "A" <= char <= "Z":
            break
        number = 26 * number + ord(char) - ord("A") + 1
    return max(0, number - 1)
