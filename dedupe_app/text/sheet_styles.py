"""What cells of a workbook look like: fill, colour, strike, border, format; saving it numbers its styles anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.text.digests import digest, shortened
from dedupe_app.text.number_formats import code_of
from dedupe_app.text.numbering import number_of
from dedupe_app.text.odf_styles import SIGN_FONTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe_app.text.reading import Element

_PARTS = ("fontId", "fillId", "borderId")
_DIFFERENCE = "dxfId"
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
                sections.setdefault(local_name(section.tag), list(section.iterchildren("{*}*")))
        codes = {
            index(entry.get("numFmtId", "")): entry.get("formatCode", "")
            for entry in sections.get("numFmts", ())
        }
        self._cells = sections.get("cellXfs", [])
        self._parts = {
            "fontId": sections.get("fonts", []),
            "fillId": sections.get("fills", []),
            "borderId": sections.get("borders", []),
            _DIFFERENCE: sections.get("dxfs", []),
        }
        self._told: dict[tuple[str, int], str] = {}
        self._looks: dict[int, str] = {}
        self.formats = [code_of(index(cell.get("numFmtId", "")), codes) for cell in self._cells]
        struck = {at for at, font in enumerate(self._parts["fontId"]) if _is_struck(font)}
        self.struck = frozenset(
            at
            for at, cell in enumerate(self._cells if struck else ())
            if index(cell.get("fontId", "")) in struck
        )

    def look(self, style: int) -> str:
        """Return what tells a style of cells apart from those that look otherwise, "" if it is plain."""
        look = self._looks.get(style)
        if look is None:
            look = self._looks[style] = self._look_of(style)
        return look

    def difference(self, number: str) -> str:
        """Return what a condition changes in the look of a cell."""
        return self._part(_DIFFERENCE, index(number))

    def _look_of(self, style: int) -> str:
        if not 0 <= style < len(self._cells):
            return ""
        cell, code = self._cells[style], self.formats[style]
        told = [code if code.lower() != "general" else ""]
        told += (self._part(key, index(cell.get(key, ""))) for key in _PARTS)
        return digest("\n".join(told)) if any(told) else ""

    def _part(self, key: str, number: int) -> str:
        """Return all that is said of a font, a fill or a border, as far as it is seen."""
        known = self._told.get((key, number))
        if known is None:
            parts = self._parts[key]
            elements = parts[number].iter("{*}*") if 0 <= number < len(parts) else ()
            said = (self.property(local_name(each.tag), each.attrib) for each in elements)
            known = self._told[key, number] = shortened(" ".join(filter(None, said)))
        return known

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


def index(text: str) -> int:
    """Return a number that refers to something, -1 where it is none."""
    return number_of(text, -1)


def local_name(tag: str) -> str:
    """Return the name of a tag without its namespace."""
    return tag.rpartition("}")[2]


def _is_struck(font: Element) -> bool:
    return any(mark.get("val") not in _PLAIN_VALUES for mark in font.iterfind("{*}strike"))
