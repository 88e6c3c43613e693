"""Folders dropped on the window: what was dropped, and the veil that says where it will go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QWidget

from dedupe_app.ui.theme import colours

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData


def dropped_paths(mime: QMimeData) -> list[Path]:
    """Return the places on this computer that are dropped, in order, each once."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return list(dict.fromkeys(paths))


def parted(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Part what was dropped into folders, and the folders that dropped files lie in."""
    folders = [path for path in paths if path.is_dir()]
    holding = [path.parent for path in paths if path not in folders and path.exists()]
    return folders, [each for each in dict.fromkeys(holding) if each not in folders]


class DropFilter(QObject):
    """Takes what is dropped anywhere on a window and shows the veil while something is above it."""

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        """Watch over `window`."""
        super().__init__(window)
        self._window = window
        self._veil = _Veil(window)
        self._dragged: list[Path] = []
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take drags of folders and files; leave all else to the window."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._veil.hide()
            # Under X a source may hand its data out only as long as the drag goes on.
            paths = dropped_paths(event.mimeData()) or self._dragged
            self._dragged = []
            if paths:
                event.setDropAction(Qt.DropAction.CopyAction)  # never move what was dropped
                event.accept()
                self.dropped.emit(paths)
            return True
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            self._dragged = dropped_paths(event.mimeData())
            if self._dragged:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._veil.cover()
            return True
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.WindowDeactivate):
            self._veil.hide()
        return False


class _Veil(QWidget):
    """Lies over the window while folders are dragged over it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        if self.isVisible():
            return
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        shown = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.9)
        painter.fillRect(self.rect(), shown.panel)
        painter.setOpacity(1)
        painter.setPen(QPen(shown.acc, 2, Qt.PenStyle.DashLine))
        painter.setBrush(shown.accbg)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 14, 14)
        font = QFont(self.font())
        font.setPixelSize(20)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(shown.ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Drop to add"))


class DropZone(QPushButton):
    """The dashed field that says folders can be dropped; a click chooses them instead."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Make the field with the words in it."""
        super().__init__(text, parent)
        self.setProperty("look", "drop")
        self.setMinimumHeight(48)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Drop folders anywhere in the window, or click to choose them."))
