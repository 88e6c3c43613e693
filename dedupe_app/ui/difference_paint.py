"""Lays out and paints one item of the side-by-side view: a row of one or two columns, or a fold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPen, QTextCharFormat

from dedupe_app.review.rows import RowKind
from dedupe_app.ui import theme
from dedupe_app.ui.difference_text import Laid, Marking, format_range, lay_out

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextLine

    from dedupe_app.review.differences import Differences
    from dedupe_app.review.rows import Mark, Row, Span
    from dedupe_app.ui.difference_text import Script

LEFT, RIGHT = 0, 1
GUTTER = 18
FOLD_HEIGHT = 28
_MARGIN = 8
_BAR = 3
_MOST_FRAMED = 4


@dataclass(frozen=True, slots=True)
class Page:
    """How the view is divided: its width in pixels, whether in two columns, and the font."""

    width: int
    two_columns: bool
    script: Script

    def column(self, side: int) -> Span:
        """Return where the column of a side begins and how wide it is."""
        if not self.two_columns:
            return 0, self.width
        half = self.width // 2
        return (0, half) if side == LEFT else (half, self.width - half)

    def text_width(self) -> int:
        """Return how much of a column is for text."""
        return max(40, self.column(LEFT)[1] - GUTTER - _MARGIN)


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a row in its place: `x` of its column, `top` within the row; `marks` may be of the current change."""

    side: int
    x: int
    width: int
    top: int
    laid: Laid
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, laid out, with its height in pixels."""

    row: Row
    parts: tuple[Part, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be told from the rest: the current change, and the selected stretch of one side."""

    change: int = -1
    side: int = LEFT
    span: Span = (0, 0)


def place_row(found: Differences, row: Row, page: Page) -> Placed:
    """Lay out a row for a page."""
    colours = theme.colours()
    underline = QTextCharFormat.UnderlineStyle
    removed = Marking(row.left_marks, colours.delk, underline.DashUnderline)
    added = Marking(row.right_marks, colours.addk, underline.SingleUnderline)
    sides = [(LEFT, found.left, row.left, removed), (RIGHT, found.right, row.right, added)]
    shown = [side for side in sides if side[2][0] < side[2][1]]
    if not page.two_columns and row.kind is RowKind.ALIKE:
        shown = shown[:1]
    flowing = _is_wrapped_otherwise(found, row)
    parts: list[Part] = []
    top = height = 0
    blank = False
    for side, text, span, marking in shown:
        laid = lay_out(text, span, page.text_width(), page.script, marking, flowing=flowing)
        x, width = page.column(side)
        parts.append(Part(side, x, width, top, laid, marking.marks))
        blank |= laid.blank_below
        height = max(height, top + laid.height)
        top = 0 if page.two_columns else height
    return Placed(row, tuple(parts), height + (page.script.line_height if blank else 0))


def _is_wrapped_otherwise(found: Differences, row: Row) -> bool:
    """Tell whether both sides are the same paragraph with other line breaks: then those mean nothing."""
    if row.kind is not RowKind.ALIKE and not (row.left_marks or row.right_marks):
        return False
    if row.kind not in (RowKind.ALIKE, RowKind.CHANGED) or row.right[0] == row.right[1]:
        return False
    left, right = found.left[slice(*row.left)], found.right[slice(*row.right)]
    return left.rstrip().count("\n") != right.rstrip().count("\n")


def paint_row(painter: QPainter, placed: Placed, y: int, page: Page, chosen: Chosen) -> None:
    """Paint a row at a height of the view."""
    colours = theme.colours()
    row = placed.row
    bottom = max((part.top + part.laid.height for part in placed.parts), default=0)
    if page.two_columns and row.kind in (RowKind.REMOVED, RowKind.ADDED, RowKind.MOVED):
        for side in {LEFT, RIGHT} - {part.side for part in placed.parts}:
            x, width = page.column(side)
            painter.fillRect(QRect(x + 1, y, width - 1, bottom), colours.bg)
    for part in placed.parts:
        height = bottom if page.two_columns else part.laid.height
        _paint_ground(painter, row.kind, part, QRect(part.x, y + part.top, part.width, height))
        painter.setPen(colours.ink)
        at = QPointF(part.x + GUTTER, y + part.top)
        part.laid.layout.draw(painter, at, _selected(part, chosen))
        _frame_current(painter, part, at, chosen.change)
    if row.changes[0] <= chosen.change < row.changes[1]:
        for part in placed.parts:
            painter.fillRect(part.x, y + part.top, _BAR, part.laid.height, colours.acc)


def paint_fold(painter: QPainter, words: str, y: int, width: int, *, focused: bool) -> None:
    """Paint the line that stands for many that are alike."""
    colours = theme.colours()
    area = QRect(0, y, width, FOLD_HEIGHT)
    painter.fillRect(area, colours.bg)
    painter.setPen(colours.line)
    painter.drawLine(area.topLeft(), area.topRight())
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    painter.setPen(colours.mute)
    painter.drawText(area.adjusted(GUTTER, 0, -_MARGIN, 0), Qt.AlignmentFlag.AlignVCenter, words)
    if focused:
        painter.setPen(QPen(colours.acc, 1, Qt.PenStyle.DotLine))
        painter.drawRect(area.adjusted(2, 2, -3, -3))


def mark_areas(part: Part, at: QPointF, change: int) -> list[QRectF]:
    """Return where the marks of a change are painted, line by line."""
    areas = []
    for each in part.marks:
        if each.change != change:
            continue
        first, last = part.laid.cursor(each.start), part.laid.cursor(each.end)
        layout = part.laid.layout
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            start = max(first, line.textStart())
            end = min(last, line.textStart() + line.textLength())
            if start < end:
                areas.append(_stretch(line, start, end).translated(at))
    return areas


def _stretch(line: QTextLine, start: int, end: int) -> QRectF:
    edges = sorted((_x(line, start), _x(line, end)))
    return QRectF(edges[0], line.y(), edges[1] - edges[0], line.height())


def _x(line: QTextLine, cursor: int) -> float:
    # Bound to return the place and the cursor that was reached, though declared as the place alone.
    found: Any = line.cursorToX(cursor)
    return float(found[0] if isinstance(found, tuple) else found)


def _paint_ground(painter: QPainter, kind: RowKind, part: Part, area: QRect) -> None:
    colours = theme.colours()
    if kind is RowKind.PARALLEL and part.top:
        painter.fillRect(area.adjusted(_MARGIN // 2, 0, -_MARGIN // 2, 0), colours.bg)
    if kind in (RowKind.ALIKE, RowKind.PARALLEL):
        return
    ground = colours.accbg if kind is RowKind.MOVED else (colours.del_, colours.add)[part.side]
    painter.fillRect(area.adjusted(_MARGIN // 2, 0, -_MARGIN // 2, 0), ground)
    if kind is RowKind.MOVED:
        _paint_arrows(painter, area, colours.acc)
        return
    painter.setPen((colours.remove, colours.keep)[part.side])
    sign = QRect(area.left() + _MARGIN // 2, area.top(), GUTTER - _MARGIN // 2, part.laid.height)
    align = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    painter.drawText(sign.adjusted(0, 2, 0, 0), align, "\u2212+"[part.side])


def _paint_arrows(painter: QPainter, area: QRect, colour: QColor) -> None:
    """Paint an arrow up and down: this stands elsewhere in the other text."""
    x, top = area.left() + GUTTER // 2 + 1, area.top() + 5
    painter.setPen(QPen(colour, 1.4))
    painter.drawLine(x, top, x, top + 9)
    for y, step in ((top, 3), (top + 9, -3)):
        painter.drawLine(x, y, x - 3, y + step)
        painter.drawLine(x, y, x + 3, y + step)


def _selected(part: Part, chosen: Chosen) -> list[QTextLayout.FormatRange]:
    if chosen.side != part.side or chosen.span[0] >= chosen.span[1]:
        return []
    looks = QTextCharFormat()
    looks.setBackground(theme.colours().acc)
    looks.setForeground(theme.colours().on_acc)
    found = format_range(part.laid, *chosen.span, looks)
    return [found] if found.length > 0 else []


def _frame_current(painter: QPainter, part: Part, at: QPointF, change: int) -> None:
    areas = mark_areas(part, at, change)
    if len(areas) > _MOST_FRAMED:
        return  # the bar beside it says enough
    painter.setPen(QPen(theme.colours().acc, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for area in areas:
        painter.drawRoundedRect(area.adjusted(-1.5, 0.5, 1.5, -0.5), 2, 2)
