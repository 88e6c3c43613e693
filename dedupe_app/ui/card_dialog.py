"""The dialog about the graphics card: what setting it up takes, how far it is, what came of it. Shows and asks only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLayout,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.runtime.places import State
from dedupe_app.ui import card_words
from dedupe_app.ui.card_sources import SourcesFields
from dedupe_app.ui.plan_parts import NoteBox, mute_label, title_label
from dedupe_app.ui.sentences import in_words
from dedupe_app.ui.status_line import ProgressBar

if TYPE_CHECKING:
    from dedupe_app.engine.card import CardFacts
    from dedupe_app.engine.messages import Working

_WIDTH = 552


class CardDialog(QDialog):
    """`set_up_wanted` with Sources; `stop_wanted`, `remove_wanted`. It can be closed while packages are fetched."""

    set_up_wanted = Signal(object)
    stop_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Graphics card"))
        self._title = title_label(self)
        self._title.setMinimumWidth(_WIDTH)
        self._title.setText(self.tr("Use the graphics card"))
        self._head = mute_label(self)
        self._cost = mute_label(self)
        self._fine = NoteBox("add", self)
        self._wrong = NoteBox("del_", self)
        self._sources = SourcesFields(self)
        self._stage = mute_label(self)
        self._bar = ProgressBar(self)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._remove = QPushButton(self.tr("Remove"), self)
        self._remove.setProperty("look", "danger")
        self._remove.setAutoDefault(False)
        self._stop = QPushButton(self.tr("Stop"), self)
        self._close = QPushButton(self.tr("Close"), self)
        self._begin = QPushButton(self)
        self._begin.setProperty("look", "primary")
        self._begin.setDefault(True)
        self._lay_out()
        self._remove.clicked.connect(self._ask_to_remove)
        self._stop.clicked.connect(self.stop_wanted)
        self._close.clicked.connect(self.reject)
        self._begin.clicked.connect(self._want)

    def show_facts(self, facts: CardFacts) -> None:
        """Show what there is, and what can be done about it."""
        from dedupe_app.engine.card import last_sources

        state = facts.found.state
        ready = state is State.READY
        self._head.setText(card_words.head_text(facts))
        self._cost.setText("" if ready else card_words.cost_text(facts))
        self._fine.say([(self.tr("Set up."), card_words.ready_text(facts))] if ready else [])
        title, hint = facts.found.trouble if ready else facts.problem
        self.show_trouble(title, hint)
        if not self._sources.isVisible():
            self._sources.show_sources(last_sources(facts.found))
        able = not any(facts.problem)
        self._cost.setVisible(not ready and able)
        self._sources.setVisible(not ready and able)
        self._begin.setText(card_words.button_text(state))
        self._begin.setVisible(not ready and able)
        self._remove.setVisible(state is not State.ABSENT)
        self._close.setText(self.tr("Close"))
        self._show_progress(shown=False)
        (self._begin if not ready and able else self._close).setFocus()

    def show_working(self, working: Working) -> None:
        """Show how far it is."""
        for widget in (self._cost, self._sources, self._begin, self._remove, self._fine):
            widget.hide()
        self._wrong.say([])
        share = working.done / working.total if working.total else None
        self._bar.show_share(share)
        texts = (card_words.stage_text(working.stage), card_words.progress_text(working))
        self._stage.setText("  ".join(filter(None, texts)))
        self._show_progress(shown=True)
        self._close.setText(self.tr("Continue in the background"))
        if self._begin.hasFocus() or not self.focusWidget():
            self._close.setFocus()

    def show_trouble(self, title: str, hint: str) -> None:
        """Show what went wrong; "" shows nothing."""
        self._wrong.say([(in_words(title), in_words(hint))] if title else [])

    def _show_progress(self, *, shown: bool) -> None:
        for widget in (self._stage, self._bar, self._stop):
            widget.setVisible(shown)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._remove)
        row.addStretch(1)
        for button in (self._stop, self._close, self._begin):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        for widget in (
            *(self._title, self._head, self._cost, self._fine, self._wrong),
            *(self._sources, self._stage, self._bar),
        ):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addLayout(row)

    @Slot()
    def _want(self) -> None:
        self.set_up_wanted.emit(self._sources.sources())

    @Slot()
    def _ask_to_remove(self) -> None:
        question = self.tr("Remove what was set up? Models run on the processor then.")
        answer = QMessageBox.question(self, self.tr("Graphics card"), question)
        if answer == QMessageBox.StandardButton.Yes:
            self.remove_wanted.emit()
