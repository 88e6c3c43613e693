"""The page that is shown while there is no folder: drop one, choose one, or try with samples; and how to compare."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.ui.model_cards import ModelCards, ModelChoice

_WIDTH = 760


class FirstPage(QScrollArea):
    """Says what is wanted: `add_wanted`, `samples_wanted`, `model_chosen` with a name, `server_wanted`."""

    add_wanted = Signal()
    samples_wanted = Signal()
    model_chosen = Signal(str)
    server_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the page."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = QWidget(self)
        self.setWidget(page)
        row = QHBoxLayout(page)
        row.addStretch(1)
        middle = QWidget(page)
        middle.setFixedWidth(_WIDTH)
        row.addWidget(middle)
        row.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 68, 0, 20)
        column.setSpacing(0)
        self._add_words(column)
        column.addWidget(self._make_zone())
        self._add_models(column)
        column.addStretch(1)

    def show_models(self, choices: list[ModelChoice], current: str) -> None:
        """Show how documents can be compared, and how they are now."""
        self._cards.show_choices(choices, current)

    def _add_words(self, column: QVBoxLayout) -> None:
        title = _centred(self.tr("Find the documents you have twice"), 26, QFont.Weight.DemiBold)
        text = _centred(self.tr("Copies, other formats, drafts, excerpts, translations."), 15)
        text.setProperty("look", "mute")
        column.addWidget(title)
        column.addSpacing(8)
        column.addWidget(text)
        column.addSpacing(22)

    def _make_zone(self) -> QFrame:
        zone = QFrame(self)
        zone.setObjectName("first_zone")
        column = QVBoxLayout(zone)
        column.setContentsMargins(20, 54, 20, 54)
        column.setSpacing(12)
        column.addWidget(_centred(self.tr("Drop folders here"), 17, QFont.Weight.DemiBold))
        choose = QPushButton(self.tr("Choose folders\u2026"), zone)
        choose.setProperty("look", "primary")
        self.setFocusProxy(choose)
        choose.clicked.connect(self.add_wanted)
        samples = QPushButton(self.tr("Try with samples"), zone)
        samples.setToolTip(self.tr("Copies a few small documents into your user data folder."))
        samples.clicked.connect(self.samples_wanted)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        for button in (choose, samples):
            button.setProperty("room", "large")
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return zone

    def _add_models(self, column: QVBoxLayout) -> None:
        heading = QLabel(self.tr("How should documents be compared?"), self)
        heading.setProperty("look", "bold")
        column.addSpacing(26)
        column.addWidget(heading)
        column.addSpacing(10)
        self._cards = ModelCards(self)
        self._cards.chosen.connect(self.model_chosen)
        column.addWidget(self._cards)
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.setSpacing(5)
        words = self.tr(
            "A server instead: vLLM, text-embeddings-inference, llama.cpp, Ollama\u2026"
        )
        label = QLabel(words, self)
        label.setProperty("look", "mute")
        link = QPushButton(self.tr("Set up"), self)
        link.setProperty("look", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAccessibleName(self.tr("Set up a server"))
        link.clicked.connect(self.server_wanted)
        row.addWidget(label)
        row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)


def _centred(text: str, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    font = QFont(label.font())
    font.setPixelSize(pixels)
    font.setWeight(weight)
    label.setFont(font)
    return label
