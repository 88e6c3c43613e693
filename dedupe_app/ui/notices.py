"""What the window says by itself: a banner above the list, and a card about a file that was just saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.ui.badge import Badge
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.icons import icon, picture
from dedupe_app.ui.sentences import join
from dedupe_app.ui.theme import colours

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.engine.messages import NearCopy

_CARD_WIDTH = 340
_CARD_MARGIN = 16


class Banner(QFrame):
    """One thing that went wrong, and what to do about it. It goes when it is closed, or settled."""

    action_wanted = Signal(str)
    left = Signal()  # it went, and the keyboard was in it

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a banner that is not shown yet."""
        super().__init__(parent)
        self.setObjectName("banner")
        self.subject = ""
        self._what = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(self)
        self._button.clicked.connect(self._act)
        self._button.hide()
        self._close = QToolButton(self)
        self._close.setProperty("look", "plain")
        self._close.setAccessibleName(self.tr("Close this message"))
        self._close.clicked.connect(self.hide)
        for widget in (self._sign, self._text, self._button, self._close):
            row.addWidget(widget)
        row.setStretch(1, 1)
        self.hide()

    def tell(
        self,
        title: str,
        hint: str = "",
        *,
        subject: str = "",
        action: tuple[str, str] = ("", ""),
        stays: bool = False,
    ) -> None:
        """Show a message. subject: what it is about, for `settle`; action: its name, and the words on a button.

        stays: it cannot be closed, because nothing works before it is settled.
        """
        self.subject = subject
        self._text.setText(join(title, hint))
        self._what, words = action
        self._button.setText(words)
        self._button.setVisible(bool(words))
        self._close.setVisible(not stays)
        self._draw()
        self.setAccessibleName(self._text.text())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def settle(self, subject: str) -> None:
        """Take the message away if it is about this."""
        if self.subject == subject:
            self.hide()

    def text(self) -> str:
        """Return the message that is shown, "" if none is."""
        return "" if self.isHidden() else self._text.text()

    def setVisible(self, visible: bool) -> None:  # noqa: N802 - Qt's
        """Tell when the keyboard has to go elsewhere: Qt would take it to the next widget, whatever that is."""
        focus = QApplication.focusWidget()
        held = not visible and focus is not None and self.isAncestorOf(focus)
        super().setVisible(visible)
        if held:
            self.left.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the icons anew in the colours of another look."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._sign.setPixmap(picture("warning", colours().warn, 18))
        self._close.setIcon(icon("close", colours().mute))

    @Slot()
    def _act(self) -> None:
        self.hide()
        self.action_wanted.emit(self._what)


class NearCopyCard(QFrame):
    """Says in the lower right corner that a file that was just saved is a near-copy of another."""

    show_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        """Make a card that is not shown yet; it keeps to the corner of `window`."""
        super().__init__(window)
        self.setObjectName("card")
        self.setFixedWidth(_CARD_WIDTH)
        self._window = window
        self._near: NearCopy | None = None
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
        """Show which file is a near-copy of which."""
        self._near = near
        name = shown_path(near.other.name)
        self._title.setText(self.tr("You just saved a near-copy of {}").format(name))
        self._name.setText(
            self.tr("{name} in {folder}").format(
                name=shown_path(near.path.name), folder=shown_path(near.path.parent.name)
            )
        )
        self._name.setToolTip(shown_path(near.path))
        self._badge.show_relation(near.relation)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._name.text())
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def path(self) -> Path | None:
        """Return the file that the card is about, None when it is not shown."""
        return None if self.isHidden() or self._near is None else self._near.path

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep to the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        show = QPushButton(self.tr("Show"), self)
        show.setProperty("look", "primary")
        show.clicked.connect(self._show)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.hide)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(show)
        return row

    def _place(self) -> None:
        corner = self._window.rect().bottomRight()
        above_status_line = 52
        self.move(
            corner.x() - self.width() - _CARD_MARGIN,
            corner.y() - self.height() - _CARD_MARGIN - above_status_line,
        )

    @Slot()
    def _show(self) -> None:
        self.hide()
        if self._near is not None:
            self.show_wanted.emit(self._near)


def _wrapped(parent: QWidget, look: str) -> QLabel:
    label = QLabel(parent)
    label.setProperty("look", look)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
