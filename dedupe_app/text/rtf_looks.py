"""How the text of an RTF document is written, and what stands beside it: fills of cells, shapes, links, formulas.

Numbers of colours are resolved, since programs count them anew; what is equal to what was before is told once.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, ClassVar

from dedupe_app.text.pictures import is_plain_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# fmt: off
_UNDERLINES = frozenset({
    "ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulhwave", "ulldash", "ulth", "ulthd", "ulthdash",
    "ulthdashd", "ulthdashdd", "ulthldash", "ululdbwave", "ulw", "ulwave", "ulnone",
})
_RAISED = frozenset({"super", "sub", "nosupersub"})
_OF_RUNS = _UNDERLINES | _RAISED | {
    "ab", "acf", "ai", "aul", "b", "caps", "cb", "cf", "chbrdr", "chcbpat", "chcfpat", "chshdng", "dn", "embo",
    "highlight", "i", "impr", "outl", "revised", "scaps", "shad", "ulc", "up", "v", "webhidden",
}
_OF_PARAGRAPHS = frozenset({"cbpat", "cfpat", "rtlpar", "shading"})
_OF_CELLS = frozenset({
    "clcbpat", "clcfpat", "cldgll", "cldglu", "clmgf", "clmrg", "clshdng", "clvmgf", "clvmrg", "rtlrow",
})
_COLOURS = frozenset({
    "acf", "cb", "cbpat", "cf", "cfpat", "chcbpat", "chcfpat", "clcbpat", "clcfpat", "highlight", "ulc",
})
# Where shapes are, and what older programs draw.
SHAPE_WORDS = frozenset({
    "dparc", "dpcallout", "dpellipse", "dpline", "dppolygon", "dppolyline", "dpptx", "dppty", "dprect", "dptxbx",
    "dpx", "dpxsize", "dpy", "dpysize", "shpbottom", "shpleft", "shpright", "shptop",
})
_DRAWN = frozenset({"dparc", "dpcallout", "dpellipse", "dppolygon", "dppolyline"})
# fmt: on
TABLE_WORDS = _OF_CELLS | {"trowd", "cellx", "row", "nestrow"}
WRITING_WORDS = _OF_RUNS | _OF_PARAGRAPHS | {"plain", "pard"}
FORMULA = "momath"
# Groups of which the contents are told, but are no text.
TOLD = frozenset({"colortbl", "fldinst", "pict", "sn", "sv", FORMULA})
_COLOUR = re.compile(rb"(red|green|blue)(\d{1,9})")
# Where in the document a field leads is named anew.
_LEADS_INSIDE = re.compile(r'\s*(?:PAGEREF|REF|NOTEREF|TOC)\b|.*"_(?:Toc|Ref)')
# What a shape is called is not seen, and the last is a copy of all the rest.
_NAMES = frozenset({"wzName", "wzDescription", "pibName", "metroBlob"})


class RtfLooks:
    """Collects how text is written and what stands beside it: as `looks` and `is_drawn` of Reading."""

    def __init__(self) -> None:
        """Begin with plain text."""
        self.looks: list[str] = []
        self.is_drawn = False
        self._run: Mapping[str, str] = {}
        self._paragraph: Mapping[str, str] = {}
        self._saved: list[tuple[Mapping[str, str], Mapping[str, str]]] = []
        self._written: tuple[Mapping[str, str], Mapping[str, str]] = (self._run, self._paragraph)
        self._colours: list[str] = []
        self._cells = 0
        self._cell: list[str] = []
        self._is_filled = False
        self._rows = 0
        self._property = ""
        self._told: list[bytearray] = []

    def open_group(self) -> None:
        """Save how text is written."""
        self._saved.append((self._run, self._paragraph))

    def close_group(self) -> None:
        """Go back to how text was written before the group."""
        if self._saved:
            self._run, self._paragraph = self._saved.pop()

    def change(self, name: str, value: int | None) -> None:
        """Take one of WRITING_WORDS."""
        if name == "plain":
            self._run = {}
        elif name == "pard":
            self._paragraph = {}
        elif name in _OF_PARAGRAPHS:
            self._paragraph = self._changed(self._paragraph, name, self._value(name, value))
        elif name in _RAISED:
            is_off = name == "nosupersub" or value == 0
            self._run = self._changed(self._run, "super", "" if is_off else name)
        elif name in _UNDERLINES:
            is_off = name == "ulnone" or value == 0
            self._run = self._changed(self._run, "ul", "" if is_off else name)
        else:
            self._run = self._changed(self._run, name, self._value(name, value))

    def is_raised(self) -> bool | None:
        """Tell whether text is raised now, or lowered; None where it is neither."""
        run = self._run
        if "up" in run or "dn" in run:
            return "up" in run
        return run["super"] == "super" if "super" in run else None

    def write(self, place: str, length: int) -> None:
        """Take that text is written, `length` characters into the text of this place."""
        run, paragraph = self._written
        if run is self._run and paragraph is self._paragraph:
            return
        if run != self._run or paragraph != self._paragraph:
            looks = sorted({**self._run, **self._paragraph}.items())
            self.looks.append(f"{place} {length} {looks}")
        self._written = (self._run, self._paragraph)

    def lay_out(self, name: str, value: int | None, length: int) -> None:
        """Take one of TABLE_WORDS."""
        if name == "trowd":
            self._cells, self._cell = 0, []
            if self._is_filled:  # a row without this word has the cells of the row before
                self.looks.append(f"trowd {self._rows} {length}")
        elif name == "cellx":
            self._cells += 1
            if self._cell:
                self._is_filled = True
                self.looks.append(f"cell {self._rows} {self._cells} {length} {self._cell}")
                self._cell = []
        elif name in _OF_CELLS:
            if said := self._value(name, value):
                self._cell.append(f"{name} {said}")
        else:
            self._rows += 1

    def draw(self, name: str, value: int | None, length: int) -> None:
        """Take one of SHAPE_WORDS."""
        self.looks.append(f"{name} {value} {length}")
        self.is_drawn = self.is_drawn or name in _DRAWN

    def note(self, name: str, place: str, length: int) -> None:
        """Take that a note stands here, `length` characters into the text of this place."""
        self.looks.append(f"{name} {place} {length}")

    def begin(self) -> None:
        """Take that the contents of a group begin that are told."""
        self._told.append(bytearray())

    def tell(self, data: bytes) -> None:
        """Take contents of a group that are told."""
        self._told[-1] += data

    def finish(self, name: str, length: int) -> None:
        """Take the end of one of TOLD, `length` characters into the text."""
        self._FINISH[name](self, bytes(self._told.pop()), length)

    def _changed(self, looks: Mapping[str, str], name: str, value: str) -> Mapping[str, str]:
        if looks.get(name, "") == value:
            return looks
        changed = {**looks, name: value}
        if not value:
            del changed[name]
        return changed

    def _value(self, name: str, value: int | None) -> str:
        """Return what a word says, "" where it says nothing but what is usual."""
        if name not in _COLOURS:
            return "" if value == 0 else str(value)
        number = value or 0
        return self._colours[number] if 0 <= number < len(self._colours) else ""

    def _finish_colours(self, data: bytes, _length: int) -> None:
        entries = (dict(_COLOUR.findall(entry)) for entry in data.split(b";"))
        self._colours = [
            " ".join(f"{part.decode()}{int(number)}" for part, number in entry.items())
            for entry in entries
        ]

    def _finish_field(self, data: bytes, length: int) -> None:
        code = data.decode("latin-1").strip()
        if code and not _LEADS_INSIDE.match(code):
            self.looks.append(f"field {length} {code}")

    def _finish_formula(self, data: bytes, length: int) -> None:
        self.looks.append(f"formula {length} {data!r}")

    def _finish_picture(self, data: bytes, length: int) -> None:
        self.looks.append(f"picture {length} {zlib.crc32(data)}")

    def _finish_name(self, data: bytes, _length: int) -> None:
        self._property = data.decode("latin-1").strip()

    def _finish_value(self, data: bytes, length: int) -> None:
        name, value = self._property, data.decode("latin-1").strip()
        if name in _NAMES:
            return
        self.looks.append(f"{name} {length} {value}")
        is_kind = name == "shapeType" and value.isdecimal()
        is_plain = is_plain_shape(int(value[:9])) if is_kind else name != "pVerticies"
        self.is_drawn = self.is_drawn or not is_plain

    _FINISH: ClassVar[dict[str, Callable[[RtfLooks, bytes, int], None]]] = {
        "colortbl": _finish_colours,
        "fldinst": _finish_field,
        FORMULA: _finish_formula,
        "pict": _finish_picture,
        "sn": _finish_name,
        "sv": _finish_value,
    }
