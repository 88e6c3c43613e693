"""The buttons of the compare pane: what to do with the file, and from one difference to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.records import Decision, Role
from dedupe_app.ui import compare_words, theme
from dedupe_app.ui.compare_head import ShortLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from dedupe_app.records import FileRow

_NARROW = 420


class CompareTools(QWidget):
    """Keep this, Open, Reveal; which difference is pointed out; what changed, in one line."""

    keep_wanted = Signal()
    open_wanted = Signal()
    reveal_wanted = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()
    filter_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing to step through yet."""
        super().__init__(parent)
        self._keep = QPushButton(self.tr("Keep this"), self)
        self._keep.setToolTip(
            self.tr("Keep this file of the group, and compare the others with it")
        )
        self._open = QPushButton(self.tr("Open"), self)
        self._reveal = QPushButton(self.tr("Reveal"), self)
        self._reveal.setToolTip(self.tr("Show it in the file manager"))
        self._previous = self._step_button("\u2039", self.tr("Previous difference"), "Shift+F7")
        self._next = self._step_button("\u203a", self.tr("Next difference"), "F7")
        self._counter = QLabel(self)
        self._counter.setProperty("look", "mute")
        self._summary = ShortLabel(self, Qt.TextElideMode.ElideRight)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._weighty = QCheckBox(self.tr("Figures and names"), self)
        self._weighty.setToolTip(self.tr("Step only through differences in figures and names"))
        self._build()
        for button, signal in (
            (self._keep, self.keep_wanted),
            (self._open, self.open_wanted),
            (self._reveal, self.reveal_wanted),
            (self._next, self.next_wanted),
            (self._previous, self.previous_wanted),
        ):
            button.clicked.connect(signal)
        self._weighty.toggled.connect(self.filter_changed)

    def show_file(self, row: FileRow) -> None:
        """Offer what can be done with a file; nothing is known of its differences yet."""
        is_kept = row.role is Role.KEEPER and row.decision is Decision.KEEP
        self._keep.setEnabled(
            bool(row.group) and not is_kept
        )  # a hit of a search may be in no group
        self._open.setEnabled(not row.offline)
        self._reveal.setEnabled(not row.offline)

    def clear(self) -> None:
        """Say nothing of differences."""
        self._summary.setText("")
        self._counter.setText("")
        self._enable_steps(0)

    def show_summary(self, words: str, *, weighty: bool) -> None:
        """Say in one line what differs; `weighty`: some differences are in figures or names, others are not."""
        self._summary.setText(words)
        self._weighty.setVisible(weighty)
        self._line.setVisible(bool(words) or weighty)

    def show_place(self, place: int, places: int) -> None:
        """Say which of how many differences is pointed out."""
        self._counter.setText(compare_words.counter(place, places))
        self._enable_steps(places)

    def only_weighty(self) -> bool:
        """Tell whether only figures and names are gone through."""
        return self._weighty.isChecked() and not self._weighty.isHidden()

    def _enable_steps(self, places: int) -> None:
        self._previous.setEnabled(places > 0)
        self._next.setEnabled(places > 0)

    def _step_button(self, sign: str, name: str, keys: str) -> QPushButton:
        button = QPushButton(sign, self)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        button.setFixedWidth(31)
        return button

    def _build(self) -> None:
        actions, steps = QHBoxLayout(), QHBoxLayout()
        for button in (self._keep, self._open, self._reveal):
            actions.addWidget(button)
        actions.addStretch(1)
        steps.addStretch(1)
        for widget in (self._counter, self._previous, self._next):
            steps.addWidget(widget)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for part in (actions, steps, self._buttons):
            part.setSpacing(8)
        self._buttons.addLayout(actions)
        self._buttons.addLayout(steps)
        self._line = QWidget(self)
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(self._summary, 1)
        line.addWidget(self._weighty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 11)
        layout.setSpacing(8)
        layout.addLayout(self._buttons)
        layout.addWidget(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the steps below the other buttons where there is no room beside them."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        direction = QBoxLayout.Direction
        self._buttons.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the line below."""
        painter = QPainter(self)
        painter.setPen(theme.colours().line)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
