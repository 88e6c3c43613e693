"""A line below a list that says what came of the last thing done there; also to people who cannot see it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from dedupe_app.ui import theme

_BAR = 3


class Note(QLabel):
    """Shows a sentence until it is told to be silent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(13, 8, 10, 8)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence and have it read out; without one, hide."""
        self.setText(text)
        self.setVisible(bool(text))
        if text:
            announce(self, text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt
        """Paint the sentence apart from the list above it."""
        colours = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.bg)
        painter.fillRect(0, 0, self.width(), 1, colours.line)
        painter.fillRect(0, 1, _BAR, self.height() - 1, colours.warn)
        painter.end()
        super().paintEvent(event)


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say something that is seen elsewhere, or not at all."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
