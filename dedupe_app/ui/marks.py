"""Paints what shall happen to a file: a dot, a cross, a ring or a lock. Told apart by shape, not by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from dedupe_app.records import Decision, Role

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from dedupe_app.records import FileRow
    from dedupe_app.ui.theme import Colours

_ORDER = (Decision.KEEP, Decision.REMOVE, Decision.UNDECIDED)


def next_decision(decision: Decision) -> Decision:
    """Return what a click makes of a decision: keep, remove, undecided, and keep again."""
    return _ORDER[(_ORDER.index(decision) + 1) % len(_ORDER)]


def paint_mark(painter: QPainter, rect: QRect, row: FileRow, colours: Colours) -> None:
    """Paint the mark of a file in the middle of a cell."""
    centre = QRectF(rect).center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if row.role is Role.PROTECTED:
        _paint_lock(painter, centre, colours.mute)
    elif row.decision is Decision.KEEP:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.keep)
        painter.drawEllipse(centre, 5.0, 5.0)
    elif row.decision is Decision.REMOVE:
        painter.setPen(_pen(colours.remove, 1.8))
        painter.drawLine(centre + QPointF(-3.6, -3.6), centre + QPointF(3.6, 3.6))
        painter.drawLine(centre + QPointF(-3.6, 3.6), centre + QPointF(3.6, -3.6))
    else:
        painter.setPen(_pen(colours.mute, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 4.4, 4.4)
    painter.restore()


def paint_arrow(painter: QPainter, rect: QRect, colour: QColor, *, is_open: bool) -> None:
    """Paint the arrow of a group: down when its files are shown, sideways when not."""
    x, y = QRectF(rect).center().toTuple()
    corners = (
        [(x - 4.5, y - 2.5), (x + 4.5, y - 2.5), (x, y + 3.5)]
        if is_open
        else [(x - 2.5, y - 4.5), (x - 2.5, y + 4.5), (x + 3.5, y)]
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    painter.restore()


def _paint_lock(painter: QPainter, centre: QPointF, colour: QColor) -> None:
    body = QRectF(centre.x() - 4.5, centre.y() - 1.5, 9.0, 7.0)
    shackle = QPainterPath()
    shackle.moveTo(centre.x() - 2.8, centre.y() - 1.5)
    shackle.lineTo(centre.x() - 2.8, centre.y() - 3.2)
    shackle.arcTo(QRectF(centre.x() - 2.8, centre.y() - 6.0, 5.6, 5.6), 180.0, -180.0)
    shackle.lineTo(centre.x() + 2.8, centre.y() - 1.5)
    painter.setPen(_pen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shackle)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(body, 1.5, 1.5)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
