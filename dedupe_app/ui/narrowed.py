"""A line above the list of groups while it only has those of some chosen files, with the way back to all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class Narrowed(QFrame):
    """Says how many files the list is about; hidden while it is about all."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a hidden line."""
        super().__init__(parent)
        self._text = QLabel(self)
        button = QPushButton(self.tr("Show all groups"), self)
        button.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 6, 10, 6)
        row.addWidget(self._text, 1)
        row.addWidget(button)
        self.hide()

    def tell(self, files: int) -> None:
        """Say how many files were chosen; 0: all groups are shown."""
        self._text.setText(self.tr("Only the groups of %n file(s) chosen on the map", "", files))
        self.setVisible(files > 0)
