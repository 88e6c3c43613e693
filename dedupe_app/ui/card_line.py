"""The line below the models that says whether they run on the graphics card, with a link to set that up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class CardLine(QWidget):
    """A sentence and a link; not shown as long as there is nothing to say."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setProperty("look", "mute")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._link = QPushButton(QCoreApplication.translate("Card", "Graphics card"), self)
        self._link.setProperty("look", "link")
        self._link.setCursor(Qt.CursorShape.PointingHandCursor)
        self._link.setAutoDefault(False)
        self._link.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._words)
        row.addWidget(self._link)
        row.addStretch(1)
        self.hide()

    def say(self, words: str, link: str) -> None:
        """Show a sentence and what the link is called; "" hides the line."""
        if words:
            self._words.setText(words)
            self._link.setText(link)
            self._link.setAccessibleDescription(words)
        self.setVisible(bool(words))

    def said(self) -> tuple[str, str]:
        """Return what is shown."""
        return ("", "") if self.isHidden() else (self._words.text(), self._link.text())
