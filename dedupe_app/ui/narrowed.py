"""A line above the list of groups while it does not have all of them, with the way back to all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from dedupe_app.ui.formats import shown_path

if TYPE_CHECKING:
    from dedupe_app.records import GroupQuery


class Narrowed(QFrame):
    """Says which folder, words or files the list is about; hidden while it is about all."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a hidden line."""
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        button = QPushButton(self.tr("Show all groups"), self)
        button.clicked.connect(self.ended)
        row = QHBoxLayout(self)
        row.setContentsMargins(13, 6, 10, 6)
        row.addWidget(self._text, 1)
        row.addWidget(button)
        self.hide()

    def tell(self, query: GroupQuery) -> None:
        """Say what the list is narrowed to."""
        texts = []
        if query.files:
            files = len(query.files)
            texts.append(self.tr("Only the groups of %n file(s) chosen on the map", "", files))
        if query.folder is not None:
            folder = shown_path(query.folder.name or query.folder)
            texts.append(self.tr("Only groups with a file in “{}”").format(folder))
        if query.words.strip():
            texts.append(self.tr("Only groups with “{}”").format(query.words.strip()))
        self._text.setText(" \u00b7 ".join(texts))
        self._text.setToolTip(shown_path(query.folder) if query.folder else "")
        self.setVisible(bool(texts))

    def said(self) -> str:
        """Return what the line says, "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()
