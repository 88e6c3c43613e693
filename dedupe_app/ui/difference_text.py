"""Lays out the text of one side of a row: what stands there is made visible, never changed, so that places agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from dedupe_app.review.rows import Weight

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

    from dedupe_app.review.rows import Mark, Span

_OF_WINDOW = 12 / 13
_LINE_SPACING = 1.55
_TAB_CHARACTERS = 4
_LAST_OF_PLANE = "\uffff"
# Each sign stands for one other, so that places stay the same: control characters and overrides become visible.
_VISIBLE = {
    **{code: 0x2400 + code for code in range(0x20)},
    **dict.fromkeys(range(0x7F, 0xA0), 0xFFFD),
    **dict.fromkeys((0x202D, 0x202E), 0xFFFD),
    0x09: 0x09,
    0x0A: 0x2028,
}


@dataclass(frozen=True, slots=True)
class Script:
    """The font of the texts, the height of a line and the width of a character, in pixels."""

    font: QFont
    line_height: int
    character: float


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of one side of a row, laid out. `start`: its place in the whole text; `height` without blank lines."""

    layout: QTextLayout
    start: int
    text: str
    height: int
    blank_below: bool

    def place(self, cursor: int) -> int:
        """Return the place in the whole text of a place in the layout, which counts in UTF-16."""
        if self.text and max(self.text) > _LAST_OF_PLANE:
            units = self.text.encode("utf-16-le", "surrogatepass")[: 2 * cursor]
            cursor = len(units.decode("utf-16-le", "ignore"))
        return self.start + cursor

    def cursor(self, place: int) -> int:
        """Return the place in the layout of a place in the whole text."""
        inside = max(0, min(place - self.start, len(self.text)))
        if self.text and max(self.text) > _LAST_OF_PLANE:
            return len(self.text[:inside].encode("utf-16-le", "surrogatepass")) // 2
        return inside


def make_script(window_pixels: int) -> Script:
    """Return the fixed-width font of the system, somewhat smaller than the font of the window, given in pixels."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    pixels = round(window_pixels * _OF_WINDOW)
    font.setPixelSize(pixels)
    metrics = QFontMetricsF(font)
    return Script(font, round(pixels * _LINE_SPACING), metrics.horizontalAdvance("0"))


@dataclass(frozen=True, slots=True)
class Marking:
    """How changed words are marked: those of one side, on what colour, and how they are underlined."""

    marks: tuple[Mark, ...]
    colour: QColor
    line: QTextCharFormat.UnderlineStyle


def lay_out(
    text: str, span: Span, width: int, script: Script, marking: Marking, *, flowing: bool
) -> Laid:
    """Lay out a stretch of text in lines of `width` pixels; `flowing`: its own line ends are but spaces."""
    raw = text[span[0] : span[1]]
    shown = raw.rstrip()
    below = raw.count("\n", len(shown)) > 1
    if flowing:
        shown = shown.replace(" \n", " \u200b").replace("\n", " ")
    shown = shown.translate(_VISIBLE)
    layout = QTextLayout(shown, script.font)
    layout.setTextOption(_option(script))
    layout.setCacheEnabled(True)
    laid = Laid(layout, span[0], shown, 0, below)
    layout.setFormats(_formats(laid, marking))  # later ones would make the lines void
    layout.beginLayout()
    height = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height + (script.line_height - line.height()) / 2))
        height += script.line_height
    layout.endLayout()
    return replace(laid, height=height or script.line_height)


def _formats(laid: Laid, marking: Marking) -> list[QTextLayout.FormatRange]:
    """Mark the changed words: coloured and underlined; mere signs are dotted only."""
    ranges = []
    for each in marking.marks:
        looks = QTextCharFormat()
        if each.weight is Weight.SIGNS:
            looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        else:
            looks.setBackground(marking.colour)
            looks.setUnderlineStyle(marking.line)
        ranges.append(format_range(laid, each.start, each.end, looks))
    return ranges


def format_range(
    laid: Laid, start: int, end: int, looks: QTextCharFormat
) -> QTextLayout.FormatRange:
    """Return the look of a stretch, given by its places in the whole text."""
    found = QTextLayout.FormatRange()
    found.start = laid.cursor(start)
    found.length = laid.cursor(end) - found.start
    found.format = looks
    return found


def _option(script: Script) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(_TAB_CHARACTERS * script.character)
    option.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return option
