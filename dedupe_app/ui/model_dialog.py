"""The dialog in which a model is chosen once there are folders; before that, the first page shows the same cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.ui.card_line import CardLine
from dedupe_app.ui.model_cards import ModelCards

if TYPE_CHECKING:
    from dedupe_app.ui.model_cards import ModelChoice

_WIDTH = 808


class ModelChooser(QWidget):
    """The question, the cards, and the line about servers and folders. `chosen` gives the name of a model."""

    chosen = Signal(str)
    server_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the chooser; it is empty until it is told what there is."""
        super().__init__(parent)
        heading = QLabel(self.tr("How should documents be compared?"), self)
        heading.setProperty("look", "bold")
        self._cards = ModelCards(self)
        self._cards.chosen.connect(self.chosen)
        self._words = words = QLabel(self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setProperty("look", "mute")
        self._server = link = QPushButton(self.tr("Set up"), self)
        link.setProperty("look", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAutoDefault(False)
        link.setAccessibleName(self.tr("Set up a server or a folder"))
        link.clicked.connect(self.server_wanted)
        row = QHBoxLayout()
        row.setSpacing(5)
        row.addWidget(words)
        row.addWidget(link)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self._cards)
        column.addLayout(row)
        self.card_line = CardLine(self)
        column.addWidget(self.card_line)

    @Slot(object, str)
    def show_models(self, choices: list[ModelChoice], current: str) -> None:
        """Show how documents can be compared, and how they are now."""
        self._cards.show_choices(choices, current)
        self._cards.put_before(self._server)
        self._words.setText(self._other_ways(current))

    def _other_ways(self, current: str) -> str:
        """Say what else there is, or which of it is in use: no card is marked then."""
        kind, _, place = current.partition(":")
        if kind == "server":
            return self.tr("In use: {} on a server.").format(place.partition("#")[2] or place)
        if kind == "folder":
            name = place.rstrip("/").rpartition("/")[2]
            return self.tr("In use: {} in a folder of your own.").format(name)
        return self.tr(
            "A server instead (vLLM, text-embeddings-inference, llama.cpp, Ollama\u2026), or a folder of your own:"
        )


class ModelDialog(QDialog):
    """The chooser in a dialog, which stays open: a download takes a while."""

    server_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the dialog."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Model"))
        self.setFixedWidth(_WIDTH)
        self.chooser = ModelChooser(self)
        self.chooser.server_wanted.connect(self._leave_for_server)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.chooser)
        column.addWidget(buttons)

    @Slot()
    def _leave_for_server(self) -> None:
        self.reject()
        self.server_wanted.emit()
