"""A small window from which a folder can be dragged, for try_deb.sh: drag_source.py FOLDER. Drags the name only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class Source(QLabel):
    """Begins to drag the folder when it is pressed."""

    def __init__(self, folder: Path) -> None:
        """Show the name of the folder."""
        super().__init__(folder.name)
        self._folder = folder
        self.setWindowTitle("drag source")
        self.setFixedSize(120, 60)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag until the button is let go."""
        self._dragged = QMimeData()  # kept: Qt's own reference is not enough for Python
        self._dragged.setUrls([QUrl.fromLocalFile(str(self._folder))])
        drag = QDrag(self)
        drag.setMimeData(self._dragged)
        drag.exec(Qt.DropAction.CopyAction)


def main() -> None:
    """Show the window in the upper left corner until the process is ended."""
    application = QApplication(sys.argv[:1])
    source = Source(Path(sys.argv[1]))
    source.move(0, 0)
    source.show()
    application.exec()


if __name__ == "__main__":
    main()
