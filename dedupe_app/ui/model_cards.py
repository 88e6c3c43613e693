"""The cards that say how documents can be compared: by their words, or by their meaning with a model."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dedupe_app.ui.badge import Badge
from dedupe_app.ui.formats import size_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One way to compare. `state`: on the badge; `ready`: it works now; `usable`: it can be chosen."""

    name: str
    title: str
    text: str
    state: str
    ready: bool
    usable: bool


def model_choices(
    device: str = "", downloading: Mapping[str, str] | None = None
) -> list[ModelChoice]:
    """Return the ways to compare that there are. device: the graphics card in words; downloading: states by name."""
    from dedupe_app.embed.weights import KNOWN_MODELS, find

    translate = QCoreApplication.translate
    words = ModelChoice(
        "lexical",
        translate("Models", "By their words"),
        translate(
            "Models",
            "Built in. Works now, without a download. Finds copies, revisions and excerpts in any language.",
        ),
        translate("Models", "Ready"),
        ready=True,
        usable=True,
    )
    choices = [words]
    for name, (title, text) in _model_texts(device).items():
        model = KNOWN_MODELS[name]
        ready = find(name) is not None
        state = translate("Models", "Download {}").format(size_text(model.weights_bytes))
        state = translate("Models", "Ready") if ready else (downloading or {}).get(name, state)
        text = text.format(size_text(model.card_bytes))
        choices.append(ModelChoice(name, title, text, state, ready, usable=True))
    return choices


def template_text(name: str) -> str:
    """Return what a model is told to look for, in words."""
    translate = QCoreApplication.translate
    return {
        "clustering": translate("Models", "What documents are about"),
        "official": translate("Models", "What would answer a question"),
        "none": translate("Models", "Nothing in particular"),
    }.get(name, name)


def _model_texts(device: str) -> dict[str, tuple[str, str]]:
    translate = QCoreApplication.translate
    slow = translate("Models", " on the processor, which takes long")
    on = translate("Models", " on your {}").format(device) if _is_card(device) else slow
    return {
        "qwen3-0.6b": (
            translate("Models", "By their meaning"),
            translate(
                "Models", "Qwen3-Embedding 0.6B{on}. Also finds translations and paraphrases."
            ).format(on=on if device else ""),
        ),
        "qwen3-4b": (
            translate("Models", "By meaning, best"),
            translate("Models", "Qwen3-Embedding 4B. Needs {} on the card, about 8 times slower.")
            if _is_card(device) or not device
            else translate(
                "Models", "Qwen3-Embedding 4B. Made for a graphics card with {}: very slow here."
            ),
        ),
    }


def _is_card(device: str) -> bool:
    return bool(device) and device.upper() != "CPU"


class ModelCards(QWidget):
    """The cards side by side. `chosen` gives the name of a model."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self._cards: list[ModelCard] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)

    def show_choices(self, choices: Sequence[ModelChoice], current: str) -> None:
        """Show these ways to compare, one of them chosen."""
        if [card.choice.name for card in self._cards] != [each.name for each in choices]:
            for card in self._cards:
                card.deleteLater()
            self._cards = [ModelCard(each, self) for each in choices]
            for card in self._cards:
                card.clicked.connect(self.chosen)
                self._row.addWidget(card, 1)
        for card, choice in zip(self._cards, choices, strict=True):
            card.show_choice(choice, chosen=choice.name == current)

    def put_before(self, widget: QWidget) -> None:
        """Let the Tab key go from card to card, and then to a widget."""
        for one, other in pairwise([*self._cards, widget]):
            QWidget.setTabOrder(one, other)


class ModelCard(QFrame):
    """One way to compare, to be chosen by mouse or keyboard."""

    clicked = Signal(str)

    def __init__(self, choice: ModelChoice, parent: QWidget | None = None) -> None:
        """Make the card."""
        super().__init__(parent)
        self.choice = choice
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("look", "choice")
        self._title = QLabel(self)
        self._title.setProperty("look", "bold")
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setProperty("look", "mute")
        self._text.setMinimumHeight(76)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._state = Badge(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(6)
        column.addWidget(self._state)

    def show_choice(self, choice: ModelChoice, *, chosen: bool) -> None:
        """Show what there is to say about it, and whether it is the one in use."""
        self.choice = choice
        self._title.setText(choice.title)
        self._text.setText(choice.text)
        self._state.show_text(choice.state, fine=choice.ready)
        self.setEnabled(choice.usable)
        self.setProperty("chosen", chosen)
        state = self.tr("in use") if chosen else choice.state
        self.setAccessibleName(f"{choice.title}, {state}")
        self.setAccessibleDescription(choice.text)
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.choice.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose it with the space bar or Enter."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.choice.name)
        else:
            super().keyPressEvent(event)
