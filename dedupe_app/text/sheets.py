"""XLSX to lines: the sheets in their order, one line per row, with tabs between cells."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lxml import etree

from dedupe_app.text.archives import Archive
from dedupe_app.text.markup import feed, xml_parser
from dedupe_app.text.reading import Reading, Source, TextLines, damaged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DATE_FORMATS = frozenset("14 15 16 17 22 27 28 29 30 31 36 50 57 58".split())
_LONGEST_NUMBER = 9
_DATE_CODE = re.compile(r"[ymd]", re.I)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_EPOCH = datetime(1899, 12, 30)  # a spreadsheet date has no zone


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
    dates = _date_styles(archive, parts["styles"]) if "styles" in parts else frozenset()
    sheets = _sheets(archive, main, {key: name for key, _, name in related})
    texts: list[str] = []
    for title, name in sheets:
        target = SheetText(left, strings.texts, dates)
        text = _feed(archive.read(name), target)
        texts.extend([title, text] if text else [])
        left -= len(text)
        if left < 0:
            break
    return Reading("\n".join(text for text in texts if text))


def _sheets(archive: Archive, main: str, names: dict[str, str]) -> list[tuple[str, str]]:
    titles: dict[str, str] = {}  # each part is read once
    for sheet in archive.tree(main).iterfind("{*}sheets/{*}sheet"):
        key = next((v for k, v in sheet.items() if k.startswith("{") and k.endswith("}id")), "")
        if key in names:
            titles.setdefault(names[key], sheet.get("name", ""))
    return [(title, part) for part, title in titles.items()]


def _date_styles(archive: Archive, name: str) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a date."""
    root = archive.tree(name)
    custom = {
        entry.get("numFmtId"): _QUOTED.sub("", entry.get("formatCode", ""))
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    dates: set[int] = set()
    for index, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        number = style.get("numFmtId", "0")
        code = custom.get(number, "")
        if code.lower() != "general" and (_DATE_CODE.search(code) or (number in _DATE_FORMATS)):
            dates.add(index)
    return frozenset(dates)


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

    def __init__(self, limit_chars: int, strings: Sequence[str], dates: frozenset[int]) -> None:
        """Collect at most about `limit_chars` characters."""
        self.lines = TextLines(limit_chars)
        self._strings = strings
        self._dates = dates
        self._kind = ""
        self._style = -1
        self._value: list[str] = []
        self._in_value = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin a cell or its value."""
        name = tag.rpartition("}")[2]
        if name == "c":
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "")
            self._style = _index(style)
            self._value = []
        elif name in ("v", "t"):
            self._in_value = True

    def end(self, tag: str) -> None:
        """Write a cell; end a row."""
        name = tag.rpartition("}")[2]
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            self.lines.add(self._shown("".join(self._value)))
            self.lines.cell()
        elif name == "row":
            self.lines.row()

    def data(self, text: str) -> None:
        """Take the value of a cell."""
        if self._in_value:
            self._value.append(text)

    def close(self) -> None:
        """Finish; the text is in `lines`."""

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
        except ValueError:
            return value
        if self._style in self._dates and 0 < number < 2_958_466:  # up to the year 9999
            return _date(number)
        return f"{number:.15g}"


def _index(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else -1


def _date(number: float) -> str:
    moment = _EPOCH + timedelta(days=number)
    rounded = moment + timedelta(microseconds=500_000)
    return rounded.strftime("%Y-%m-%d" if number == int(number) else "%Y-%m-%d %H:%M:%S")
