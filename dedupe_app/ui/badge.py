"""A small rounded label: a relation, or the state of something. Painted, so that it follows the look by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from dedupe_app.records import Relation
from dedupe_app.ui.theme import badge_colours, colours, relation_name

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_PIXELS = 11
_DESIGN_PIXELS = 13
_BESIDE, _ABOVE = 8, 2


class Badge(QWidget):
    """Shows a relation by its name and colours, or another text; `fine`: in green, otherwise grey."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty badge."""
        super().__init__(parent)
        self._text = ""
        self._relation: Relation | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_relation(self, relation: Relation) -> None:
        """Show a relation."""
        self._set(relation_name(relation), relation)

    def show_text(self, text: str, *, fine: bool = False) -> None:
        """Show a text."""
        self._set(text, Relation.SAME_TEXT if fine else None)

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for room for the text."""
        metrics = QFontMetrics(self._badge_font())
        return QSize(
            metrics.horizontalAdvance(self._text) + 2 * _BESIDE, metrics.height() + 2 * _ABOVE
        )

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the badge in the colours that hold now."""
        shown = colours()
        back, ink = badge_colours(self._relation) if self._relation else (shown.chip, shown.ink)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.setFont(self._badge_font())
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)

    def _set(self, text: str, relation: Relation | None) -> None:
        self._text, self._relation = text, relation
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _badge_font(self) -> QFont:
        font = QFont(self.font())
        pixels = font.pixelSize() if font.pixelSize() > 0 else self.fontInfo().pixelSize()
        font.setPixelSize(max(_PIXELS, round(pixels * _PIXELS / _DESIGN_PIXELS)))
        font.setWeight(QFont.Weight.DemiBold)
        return font
