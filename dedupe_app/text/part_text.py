"""The text of one part of a DOCX or PPTX, streamed; with each piece how it is written and what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from dedupe_app.text.digests import shortened
from dedupe_app.text.looks import FONTS, is_sign_font, said
from dedupe_app.text.reading import TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dedupe_app.text.looks import Looks

    Begin = Callable[[Any, str, Mapping[str, str]], None]
    End = Callable[[Any], None]

# fmt: off
# These say nothing where nothing is said in them.
_CONTAINERS = frozenset({
    "pPr", "rPr", "numPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sdt", "sdtContent",
    "smartTag", "ctrlPr", "lstStyle", "document", "footnotes", "endnotes", "comments",
})
# fmt: on
# How something was formatted before somebody changed it: the change is shown, the rest is not.
_CHANGES = frozenset(
    f"{name}PrChange" for name in ("p", "r", "sect", "tbl", "tblPrEx", "tc", "tr")
) | {"tblGridChange", "numberingChange"}
# Lines that are no picture and were drawn by hand: a signature.
_FREEHAND = frozenset({"custGeom", "contentPart", "oval", "polyline", "curve", "arc"})
# Frames and boxes, which a print cannot be told to have or not.
_PLAIN_SHAPES = frozenset({"rect", "roundRect"})
# Where these parts of a formula end says what it means.
_OF_FORMULAS = ("num", "den", "sub", "sup", "deg", "lim", "fName", "e")
# Properties of runs that mean more than how they look, or not that much.
_SPECIAL = FONTS | _CHANGES | {"strike", "dstrike", "rStyle", "vertAlign", "position"}
# What stands around runs is as good as a property of theirs.
AROUND = ("ins", "moveTo", "hyperlink", "dir", "bdo")
_NESTED = 8


class PartText:
    """Parser target that parts of DOCX and PPTX share; tags are told apart by their local names."""

    def __init__(self, limit_chars: int, looks: Looks, part: str) -> None:
        """Collect at most about `limit_chars` characters, and in `looks` what else is seen."""
        self.lines = TextLines(limit_chars)
        self._looks = looks
        self._names, self._attributes = looks.elements, looks.attributes
        self._targets = looks.targets(part)
        self._depth = self._skipped_at = self._properties_at = self._run_at = 0
        self._aside_at = 0
        self._place = 0  # letters so far: where lines end does not count
        self._has_moved = self._is_due = False
        self._add = looks.add
        self._in_text = self._is_struck = self._is_strike_open = self._is_deleting = False
        self._properties: list[str] = []
        self._around: list[str] = []
        self._look = self._look_before = ""
        self._raised = 0  # 1 where a run is raised, -1 where it is lowered

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin lines, and note what is seen."""
        self._depth += 1
        if self._skipped_at:
            return
        name = self._names[tag]
        if not name:
            self._skipped_at = self._depth
        elif self._properties_at:
            if name not in _SPECIAL or self._set_special(name, attributes):
                self._properties.append(said(name, attributes, self._attributes, self._targets))
        elif begin := self.begins.get(name):
            begin(self, name, attributes)
        else:
            self._show(name, attributes)

    def end(self, tag: str) -> None:
        """End lines and cells."""
        self._depth = depth = self._depth - 1
        if self._skipped_at:
            if depth < self._skipped_at:
                self._skipped_at, self._is_deleting = 0, False
        elif self._properties_at:
            if depth < self._properties_at:
                self._properties_at = 0
                self._look = ";".join(self._properties)
        elif end := self.ends.get(self._names[tag]):
            end(self)

    def data(self, text: str) -> None:
        """Take the text of runs, and what else is written between tags as something that is seen."""
        if self._skipped_at:
            return
        if self._in_text:
            self._write(text)
        elif not text.isspace():
            self._add(text)

    def close(self) -> None:
        """Finish; the text is in `lines`."""

    def _show(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._is_due:
            self._note_place()
        if attributes:
            name = said(name, attributes, self._attributes, self._targets)
        if name not in _CONTAINERS:
            self._add(f"{self._depth} {name}")

    def _show_only(self, name: str, attributes: Mapping[str, str]) -> None:
        self._show(name, attributes)
        self._skipped_at = self._depth

    def _show_font(self, name: str, attributes: Mapping[str, str]) -> None:
        if is_sign_font(attributes):
            self._show(name, attributes)

    def _show_freehand(self, name: str, attributes: Mapping[str, str]) -> None:
        self._looks.is_drawn = True
        self._show(name, attributes)

    def _show_preset(self, name: str, attributes: Mapping[str, str]) -> None:
        self._looks.is_drawn |= attributes.get("prst") not in _PLAIN_SHAPES
        self._show(name, attributes)

    def _show_shape(self, name: str, attributes: Mapping[str, str]) -> None:
        self._looks.is_drawn |= "path" in attributes
        self._show(name, attributes)

    def _set_special(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Take a property of a run, and tell whether it is seen."""
        if name in _CHANGES:
            self._skipped_at = self._depth
        return name not in FONTS or is_sign_font(attributes)

    def _begin_line(self, name: str, attributes: Mapping[str, str]) -> None:
        self.lines.line()
        self._show(name, attributes)

    def _begin_run(self, _name: str, _attributes: Mapping[str, str]) -> None:
        self._run_at, self._is_due = self._depth, True
        self._properties.clear()
        self._look, self._is_struck, self._raised = "", False, 0

    def _begin_properties(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._run_at and self._depth == self._run_at + 1:
            self._properties_at = self._depth
            self._properties.append(said("", attributes, self._attributes, self._targets))
        else:
            self._show(name, attributes)

    def _begin_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._aside_at:
            self._show(name, attributes)
            return
        self._note_run()
        if self._is_struck != self._is_strike_open:
            self._mark_struck()
        self._in_text = True

    def _begin_around(self, name: str, attributes: Mapping[str, str]) -> None:
        around = said(name, attributes, self._attributes, self._targets)
        self._around.append(shortened(around))  # it is told again with each run inside

    def _note_place(self) -> None:
        """Tell where in the text the next thing stands, and how its run is formatted."""
        self._is_due = False
        if self._run_at:
            self._note_run()
        if self._has_moved:
            self._note("")

    def _note_run(self) -> None:
        # Programs cut runs at other places when they save a document anew.
        look = self._look
        if self._around:
            look = " ".join((*self._around[-_NESTED:], look))
        if look != self._look_before:
            self._look_before = look
            self._note(look)

    def _note(self, look: str) -> None:
        self._has_moved = False
        self._add(f"{look} {self._place}")

    def _write(self, text: str) -> None:
        self._has_moved = self._is_due = True
        self._place += len(text) - text.count(" ")
        if self._raised:
            text = self.lines.small(text, is_raised=self._raised > 0)
        self.lines.add(text)

    def _mark_struck(self) -> None:
        # As Markdown has it: what is struck out is still to be read, and says the opposite.
        self._is_strike_open = not self._is_strike_open
        self._write("~~")

    def _end_text(self) -> None:
        self._in_text = False

    def _end_run(self) -> None:
        self._run_at = 0

    def _end_piece(self) -> None:
        self._is_due = self._has_moved = True
        self._note_place()
        self._add(f"/{self._depth}")

    def _end_around(self) -> None:
        if self._around:
            self._around.pop()

    def _end_line(self) -> None:
        if self._is_strike_open:
            self._mark_struck()
        self.lines.line()

    def _end_cell(self) -> None:
        self.lines.cell()

    def _end_row(self) -> None:
        self.lines.row()

    begins: ClassVar[dict[str, Begin]] = {
        **dict.fromkeys(_CHANGES, _show_only),
        **dict.fromkeys(FONTS, _show_font),
        **dict.fromkeys(_FREEHAND, _show_freehand),
        **dict.fromkeys(AROUND, _begin_around),
        "p": _begin_line,
        "r": _begin_run,
        "rPr": _begin_properties,
        "prstGeom": _show_preset,
        "shape": _show_shape,
        "t": _begin_text,
    }
    ends: ClassVar[dict[str, End]] = {
        **dict.fromkeys(AROUND, _end_around),
        **dict.fromkeys(_OF_FORMULAS, _end_piece),
        "p": _end_line,
        "r": _end_run,
        "t": _end_text,
        "tc": _end_cell,
        "tr": _end_row,
    }
