"""The page that is shown while there is no folder: drop one, choose one, or try with samples; and how to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

from dedupe_app.ui.model_dialog import ModelChooser

if TYPE_CHECKING:
    from dedupe_app.ui.card_line import CardLine
    from dedupe_app.ui.model_cards import ModelChoice

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
        self.setAccessibleName(self.tr("Find the documents you have twice"))
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
        self._models = ModelChooser(self)
        self._models.chosen.connect(self.model_chosen)
        self._models.server_wanted.connect(self.server_wanted)
        column.addSpacing(26)
        column.addWidget(self._models)
        column.addStretch(1)

    def show_models(self, choices: list[ModelChoice], current: str) -> None:
        """Show how documents can be compared, and how they are now."""
        self._models.show_models(choices, current)

    def card_line(self) -> CardLine:
        """Return the line that tells of the graphics card."""
        return self._models.card_line

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
        choose = QPushButton(self.tr("Choose a folder\u2026"), zone)
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
            button.setAutoDefault(True)  # Enter presses it, not only Space
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return zone


def _centred(text: str, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QLabel:
    label = QLabel(text)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    font = QFont(label.font())
    font.setPixelSize(pixels)
    font.setWeight(weight)
    label.setFont(font)
    return label
