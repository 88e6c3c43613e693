"""The field to search with: sends what is typed when it is quiet for a moment. Searches nothing itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_QUIET_MS = 150
_LARGER = 15 / 13
_HEIGHT = 30


class SearchField(QLineEdit):
    """A large field; Down and Enter lead to the hits, Esc empties it."""

    words_changed = Signal(str)
    down_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty field."""
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search names and texts\u2026"))
        self.setAccessibleName(self.tr("Search"))
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(_HEIGHT)
        self.setStyleSheet("padding: 6px 12px;")
        font = QFont(self.font())
        if font.pixelSize() > 0:
            font.setPixelSize(round(font.pixelSize() * _LARGER))
        else:
            font.setPointSizeF(font.pointSizeF() * _LARGER)
        self.setFont(font)
        self.setAcceptDrops(False)  # what is dropped here is for the whole view
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self.send)
        self.textChanged.connect(self._wait)

    @Slot()
    def send(self) -> None:
        """Send what stands in the field now."""
        self._quiet.stop()
        self.words_changed.emit(self.text())

    def show_words(self, words: str) -> None:
        """Write something into the field without searching for it."""
        self.setText(words)
        self._quiet.stop()

    @Slot(str)
    def _wait(self, _words: str) -> None:
        self._quiet.start()

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window as long as there is something to be emptied."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() == QEvent.Type.ShortcutOverride and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Empty the field, or go on to the hits."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self._send_now()
            self.down_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
            self.down_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _send_now(self) -> None:
        if self._quiet.isActive():
            self.send()
