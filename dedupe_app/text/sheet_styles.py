"""What cells of a workbook look like: fill, colour, strike, border, format; saving it numbers its styles anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from dedupe_app.text.number_formats import code_of
from dedupe_app.text.odf_styles import SIGN_FONTS, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dedupe_app.text.reading import Element

Key = TypeVar("Key", int, str)

_LONGEST_NUMBER = 9
_MOST_KNOWN = 1000
_UNSEEN_OF_FONTS = frozenset({"charset", "family", "scheme", "sz"})
STRUCK = "strike"
_FONT_NAMES = frozenset({"name", "rFont"})
_SAYING = ("val", "patternType", "style")
_PLAIN_VALUES = frozenset({"0", "false", "none", "baseline"})
_PLAIN = frozenset(
    {("val", "1"), ("val", "true"), ("diagonalUp", "false"), ("diagonalDown", "false")}
)
_STRUCTURE = frozenset(
    "border bottom diagonal dxf end fill font horizontal left patternFill right rPr start top vertical".split()
)
# The colours that text and cells have by themselves, also as other programs write them: the automatic one, black.
_OF_TEXT = frozenset(
    {
        ("auto", "1"),
        ("auto", "true"),
        ("theme", "1"),
        ("indexed", "8"),
        ("indexed", "64"),
        ("rgb", "FF000000"),
    }
)
_OWN_COLORS = {"color": _OF_TEXT, "bgColor": frozenset({("indexed", "64")})}
# The first two of a theme are that of text and that of paper.
_MONOCHROME = frozenset("01")


class SheetStyles:
    """The styles of a workbook by their numbers, understood only when they are used."""

    def __init__(self, root: Element | None, theme: str) -> None:
        """Take the part with the styles, if there is one, and what names the colours of the theme."""
        self._theme = theme
        sections: dict[str, list[Element]] = {}
        for section in root if root is not None else ():
            if isinstance(section.tag, str):
                sections.setdefault(local_name(section.tag), list(section))
        codes = {
            index(entry.get("numFmtId", "")): entry.get("formatCode", "")
            for entry in sections.get("numFmts", ())
        }
        self._cells = sections.get("cellXfs", [])
        self._fonts = sections.get("fonts", [])
        self._fills = sections.get("fills", [])
        self._borders = sections.get("borders", [])
        self._differences = sections.get("dxfs", [])
        self.formats = [code_of(index(cell.get("numFmtId", "")), codes) for cell in self._cells]
        struck = {at for at, font in enumerate(self._fonts) if _is_struck(font)}
        self.struck = frozenset(
            at
            for at, cell in enumerate(self._cells if struck else ())
            if index(cell.get("fontId", "")) in struck
        )

    def look(self, style: int) -> str:
        """Return what tells a style of cells apart from those that look otherwise, "" if it is plain."""
        if not 0 <= style < len(self._cells):
            return ""
        cell, code = self._cells[style], self.formats[style]
        told = [code if code.lower() != "general" else ""]
        for part, key in (
            (self._fonts, "fontId"),
            (self._fills, "fillId"),
            (self._borders, "borderId"),
        ):
            number = index(cell.get(key, ""))
            told.append(self.told(part[number]) if 0 <= number < len(part) else "")
        return digest("\n".join(told)) if any(told) else ""

    def difference(self, number: str) -> str:
        """Return what a condition changes in the look of a cell."""
        at = index(number)
        return self.told(self._differences[at]) if 0 <= at < len(self._differences) else ""

    def told(self, element: Element) -> str:
        """Return all that is said of a font, a fill or a border, as far as it is seen."""
        found = ((local_name(part.tag), part.attrib) for part in element.iter("{*}*"))
        return " ".join(filter(None, (self.property(name, said) for name, said in found)))

    def property(self, name: str, said: Mapping[str, str]) -> str:
        """Return one property of a font, a fill or a border, "" if it is not seen."""
        if name in _UNSEEN_OF_FONTS or _PLAIN_VALUES.intersection(map(said.get, _SAYING)):
            return ""
        if name in _FONT_NAMES:
            font = said.get("val", "")
            return font if SIGN_FONTS.search(font) else ""
        told = sorted(item for item in said.items() if item not in _PLAIN)
        if name.lower().endswith("color"):
            is_own = not _OWN_COLORS.get(name, frozenset()).isdisjoint(told) and len(told) == 1
            theme = "" if said.get("theme", "0") in _MONOCHROME else self._theme
            return "" if is_own else f"{name}{told}{theme}"
        if not told:
            return "" if name in _STRUCTURE else name
        return f"{name}{told}"


class CellLooks(Generic[Key]):
    """Collects how cells look, row by row: equal ones side by side and equal rows below each other are told once."""

    def __init__(self, look_of: Callable[[Key], str], told: list[str]) -> None:
        """Add what is not plain to what is `told`; `look_of` gives a plain style the look ""."""
        self._look_of: Callable[[Key], str] = look_of
        self._told = told
        self.cells: list[tuple[Key, int]] = []  # of the row: a style, and for how many cells
        self._rows: dict[tuple[tuple[Key, int], ...], str] = {}
        self._looks: dict[Key, str] = {}
        self._look, self._row = "", 0

    def end_row(self, first: int, last: int) -> None:
        """End a row, and those below it that are the same."""
        cells = tuple(self.cells)
        self.cells.clear()
        look = self._rows.get(cells)
        if look is None:
            if len(self._rows) >= _MOST_KNOWN:
                self._rows.clear()
            look = self._rows[cells] = self._told_of(cells)
        if look != self._look or (look and first != self._row + 1):
            self.close()
            self._look = look
            self._told.append(f"\n{first}:{look}")
        self._row = last

    def close(self) -> None:
        """End the last rows that are the same."""
        if self._look:
            self._told.append(f"\nto {self._row}")
        self._look = ""

    def _told_of(self, cells: Sequence[tuple[Key, int]]) -> str:
        told: list[str] = []
        column, before = 0, ""
        for style, times in cells:
            look = self._looks.get(style)
            if look is None:
                look = self._looks[style] = self._look_of(style)
            if look != before:
                told.append(f"{column} {look}")
                before = look
            column += times
        return ",".join((*told, f"{column}" if before else ""))


def index(text: str) -> int:
    """Return a number that refers to something, -1 where it is none."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else -1


def local_name(tag: str) -> str:
    """Return the name of a tag without its namespace."""
    return tag.rpartition("}")[2]


def _is_struck(font: Element) -> bool:
    return any(mark.get("val") not in _PLAIN_VALUES for mark in font.iterfind("{*}strike"))
