"""The card about files that were just saved and are near-copies of others: one at a time, the others a step away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.ui.badge import Badge
from dedupe_app.ui.formats import count_text, shown_path

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.engine.messages import NearCopy

_WIDTH, _MARGIN = 340, 16
_ABOVE_STATUS_LINE = 52
# Nobody goes through more: the list of groups has them all.
_MOST = 50


class NearCopyCard(QFrame):
    """Says in the lower right corner that files were saved that are near-copies. The last one is shown first."""

    show_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        """Make a card that is not shown yet; it keeps to the corner of `window`."""
        super().__init__(window)
        self.setObjectName("card")
        self.setFixedWidth(_WIDTH)
        self._window = window
        self._nears: list[NearCopy] = []
        self._at = 0
        self._title = _wrapped(self, "bold")
        self._name = _wrapped(self, "mute")
        self._badge = Badge(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._name)
        column.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._make_buttons())
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(18)
        shadow.setOffset(0, 4)
        self.setGraphicsEffect(shadow)
        window.installEventFilter(self)
        self.hide()

    def tell(self, near: NearCopy) -> None:
        """Show which file is a near-copy of which; those that were told before can be gone back to.

        Whoever is going through those stays where he is.
        """
        looked_at = self._nears[self._at] if self._at < len(self._nears) - 1 else near
        others = [each for each in self._nears if each.path != near.path]
        self._nears = [*others, near][-_MOST:]
        last = len(self._nears) - 1
        self._at = self._nears.index(looked_at) if looked_at in self._nears else last
        self._show_current()

    def path(self) -> Path | None:
        """Return the file that the card is about, None when it is not shown."""
        return None if self.isHidden() or not self._nears else self._nears[self._at].path

    @Slot()
    def close_message(self) -> bool:
        """Close the card and forget what it told. Returns whether it was there."""
        was_there = not self.isHidden()
        self._nears.clear()
        self.hide()
        return was_there

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep to the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_message()
        else:
            super().keyPressEvent(event)

    # ---- parts ---------------------------------------------------------------------------------

    def _make_buttons(self) -> QHBoxLayout:
        self._previous, self._next = QToolButton(self), QToolButton(self)
        self._count = QLabel(self)
        self._count.setProperty("look", "small")
        for button, sign, name, slot in (
            (self._previous, "\u2039", self.tr("Previous near-copy"), self._go_back),
            (self._next, "\u203a", self.tr("Next near-copy"), self._go_on),
        ):
            button.setText(sign)
            button.setProperty("look", "plain")
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(slot)
        show = QPushButton(self.tr("Show"), self)
        show.setProperty("look", "primary")
        show.clicked.connect(self._show)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close_message)
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        for widget in (self._previous, self._count, self._next):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(show)
        return row

    # ---- what it tells -------------------------------------------------------------------------

    def _show_current(self) -> None:
        near = self._nears[self._at]
        name = shown_path(near.other.name)
        self._title.setText(self.tr("You just saved a near-copy of {}").format(name))
        self._name.setText(
            self.tr("{name} in {folder}").format(
                name=shown_path(near.path.name), folder=shown_path(near.path.parent.name)
            )
        )
        self._name.setToolTip(shown_path(near.path))
        self._badge.show_relation(near.relation)
        said = self._show_place()
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(" \u00b7 ".join(filter(None, (self._name.text(), said))))
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _show_place(self) -> str:
        """Show which of several this is, and the ways to the others; returns it in words, "" for the only one."""
        several = len(self._nears) > 1
        for widget in (self._previous, self._count, self._next):
            widget.setVisible(several)
        self._previous.setEnabled(self._at > 0)
        self._next.setEnabled(self._at < len(self._nears) - 1)
        at, of = count_text(self._at + 1), count_text(len(self._nears))
        self._count.setText(self.tr("{0} of {1}").format(at, of))
        return self._count.text() if several else ""

    def _place(self) -> None:
        corner = self._window.rect().bottomRight()
        self.move(
            corner.x() - self.width() - _MARGIN,
            corner.y() - self.height() - _MARGIN - _ABOVE_STATUS_LINE,
        )

    @Slot()
    def _go_back(self) -> None:
        self._go(self._at - 1)

    @Slot()
    def _go_on(self) -> None:
        self._go(self._at + 1)

    def _go(self, place: int) -> None:
        if 0 <= place < len(self._nears):
            self._at = place
            self._show_current()

    @Slot()
    def _show(self) -> None:
        """Let the files be shown; the others that were told can still be gone through."""
        if not self._nears:
            return
        near = self._nears.pop(self._at)
        self._at = max(0, min(self._at, len(self._nears) - 1))
        if self._nears:
            self._show_current()
        else:
            self.hide()
        self.show_wanted.emit(near)


def _wrapped(parent: QWidget, look: str) -> QLabel:
    label = QLabel(parent)
    label.setProperty("look", look)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
