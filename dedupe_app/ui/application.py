"""The application of Qt; it takes what the desktop hands over, such as what is dropped on its icon in the Dock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

# Several things dropped at once come one by one.
_TOGETHER_MS = 100


class Application(QApplication):
    """`opened` gives the places that were handed over together, in order, each once.

    A filter would do as well, but would see every event of every window, and signals of the system interrupt it.
    """

    opened = Signal(object)

    def __init__(self, arguments: Sequence[str]) -> None:
        """Begin; nothing was handed over yet."""
        super().__init__(list(arguments))
        self._paths: list[Path] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MS)
        self._soon.timeout.connect(self._tell)

    def event(self, event: QEvent) -> bool:
        """Take what is to be opened."""
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if event.file():  # an address on the net has none
            self._paths.append(Path(event.file()))
            self._soon.start()
        return True

    @Slot()
    def _tell(self) -> None:
        paths, self._paths = list(dict.fromkeys(self._paths)), []
        self.opened.emit(paths)
