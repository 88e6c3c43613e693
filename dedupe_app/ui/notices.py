"""What the window says above the list: one message at a time, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from dedupe_app.ui.icons import icon, picture
from dedupe_app.ui.sentences import join
from dedupe_app.ui.theme import colours


@dataclass(frozen=True, slots=True)
class _Message:
    """What the banner says. action: its name, and the words on the button; stays: it cannot be closed."""

    text: str = ""
    subject: str = ""
    action: tuple[str, str] = ("", "")
    stays: bool = False


class Banner(QFrame):
    """One thing that went wrong, and what to do about it. It goes when it is closed, or settled.

    What has to stay comes back when a message that was shown in its place is closed.
    """

    action_wanted = Signal(str)
    left = Signal()  # it went, and the keyboard was in it

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make a banner that is not shown yet."""
        super().__init__(parent)
        self.setObjectName("banner")
        self._shown = _Message()
        self._lasting: _Message | None = None
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
        self._close.clicked.connect(self.close_message)
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
        message = _Message(join(title, hint), subject, action, stays)
        if stays or (self._lasting is not None and self._lasting.subject == subject):
            self._lasting = message if stays else None
        self._show(message)

    def _show(self, message: _Message) -> None:
        self._shown = message
        self._text.setText(message.text)
        words = message.action[1]
        self._button.setText(words)
        self._button.setVisible(bool(words))
        self._close.setVisible(not message.stays)
        self._draw()
        self.setAccessibleName(self._text.text())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def settle(self, subject: str) -> None:
        """Take the message away if it is about this."""
        if self._lasting is not None and self._lasting.subject == subject:
            self._lasting = None
        if self._shown.subject == subject:
            self.close_message()

    @Slot()
    def close_message(self) -> bool:
        """Take the message away; what has to stay is shown again. Returns whether anything was taken away."""
        closed = self.isVisible() and self._shown is not self._lasting
        if self._lasting is None:
            self.hide()
        elif closed:
            self._show(self._lasting)
        return closed

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
        what = self._shown.action[0]
        if self._shown is self._lasting:
            self._lasting = None
            self.hide()
        else:
            self.close_message()
        self.action_wanted.emit(what)
