"""The line above two texts that says which is which, with the sign that stands before what only one of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from dedupe_app.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_ROOM = 10
_OF_WINDOW = 11 / 13
_MARGIN = 18
_SIGN = 5


class ColumnTitles(QWidget):
    """Two titles over two columns, or beside each other over one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no titles yet."""
        super().__init__(parent)
        self._titles = ("", "")

    def set_titles(self, left: str, right: str) -> None:
        """Name both texts."""
        self._titles = (left, right)
        self.setAccessibleName(
            self.tr("Left: {left}. Right: {right}.").format(left=left, right=right)
        )
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for one line of small text."""
        return QSize(200, self.fontMetrics().height() + _ROOM)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the titles, shortened where they are too long."""
        painter = QPainter(self)
        colours = theme.colours()
        painter.fillRect(self.rect(), colours.panel)
        font = self.font()
        font.setPixelSize(round(self.fontInfo().pixelSize() * _OF_WINDOW))
        painter.setFont(font)
        half = self.width() // 2
        for side, colour in enumerate((colours.remove, colours.keep)):
            area = QRect(side * half, 0, half, self.height())
            painter.setPen(colour)
            painter.drawText(
                area.adjusted(_SIGN, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "\u2212+"[side]
            )
            painter.setPen(colours.mute)
            words = painter.fontMetrics().elidedText(
                self._titles[side], Qt.TextElideMode.ElideMiddle, half - _MARGIN - _SIGN
            )
            painter.drawText(area.adjusted(_MARGIN, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(colours.line)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.drawLine(half, 0, half, self.height())
