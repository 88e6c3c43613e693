"""What stands in place of an empty list: a sentence and a hint, in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

_WIDTH = 420
_LARGER = 1.25


class MessagePage(QWidget):
    """Says something where there is nothing to list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._title = QLabel(self)
        self._hint = QLabel(self)
        font = QFont(self._title.font())
        font.setWeight(QFont.Weight.DemiBold)
        if font.pixelSize() > 0:
            font.setPixelSize(round(font.pixelSize() * _LARGER))
        else:
            font.setPointSizeF(font.pointSizeF() * _LARGER)
        self._title.setFont(font)
        self._hint.setProperty("look", "mute")
        middle = QWidget(self)
        middle.setFixedWidth(_WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        for label in (self._title, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)

    def say(self, title: str, hint: str) -> None:
        """Say this from now on."""
        self._title.setText(title)
        self._hint.setText(hint)
        self.setAccessibleName(f"{title} {hint}".strip())

    def said(self) -> tuple[str, str]:
        """Return the sentence and the hint that are shown."""
        return self._title.text(), self._hint.text()
