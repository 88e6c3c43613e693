"""A shade over the window while a dialog is open in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from dedupe_app.ui.room import room_on

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QDialog

_SHADE = QColor(10, 15, 25, 115)


class Shade(QWidget):
    """Lies over a window until the dialog is closed."""

    def __init__(self, window: QWidget) -> None:
        """Cover the window."""
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Be as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Darken what is below."""
        QPainter(self).fillRect(self.rect(), _SHADE)

    @Slot()
    def lift(self) -> None:
        """Uncover the window."""
        self.hide()
        self.deleteLater()


def open_over(dialog: QDialog, window: QWidget) -> None:
    """Open a dialog in front of a window that is shaded as long; the dialog is gone once it is closed."""
    shade = Shade(window)
    dialog.finished.connect(shade.lift)
    dialog.resize(dialog.size().boundedTo(room_on(window.screen())))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
