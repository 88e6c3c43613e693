"""Shows the card of the file under the pointer. Reads a few rows at a time, with the connection of the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot

from dedupe_app.errors import DedupeError
from dedupe_app.records import Relation
from dedupe_app.ui import map_questions
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.group_words import folder_text
from dedupe_app.ui.map_card import MapCard

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from dedupe_app.ui.library import LibraryThread
    from dedupe_app.ui.map_canvas import MapCanvas
    from dedupe_app.ui.map_scene import Scene

_AROUND = 3
_RELATIONS = tuple(Relation)


class Pointing(QObject):
    """Keeps a card beside what a canvas says is pointed at. `roots`: the folders that people added."""

    def __init__(self, canvas: MapCanvas, library: LibraryThread, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.card = MapCard(parent)
        self.roots: tuple[Path, ...] = ()
        self._canvas = canvas
        self._library = library
        canvas.pointed.connect(self._point)

    @Slot()
    def hide(self) -> None:
        """Show no card."""
        self.card.hide()

    @Slot(object)
    def _point(self, row: int) -> None:
        scene = self._canvas.scene
        if row < 0 or scene is None:
            self.card.hide()
            return
        other = _partner(scene, row)
        wanted = [row, *([other] if other >= 0 else []), *scene.neighbours(row, _AROUND)]
        files = [int(scene.data.files[each]) for each in wanted]
        try:
            found = map_questions.read_rows(self._library.reading(), files)
        except DedupeError:
            self.card.hide()  # the window says so already
            return
        rows = {each.file: each for each in found}
        own = rows.get(files[0])
        if own is None:
            return
        code = int(scene.data.relations[row])
        like = None
        if code and other >= 0 and (partner := rows.get(files[1])) is not None:
            like = (_RELATIONS[code - 1], shown_path(partner.path.name))
        near = [rows[file] for file in files[-_AROUND:] if file in rows and file != own.file]
        names = [shown_path(each.path.name) for each in near]
        self.card.tell(own, folder_text(own.path.parent, self.roots), like, names)
        across, down = self._canvas.camera.to_screen(float(scene.x[row]), float(scene.y[row]))
        self.card.show_at(QPoint(round(across), round(down)), self._canvas)


def _partner(scene: Scene, row: int) -> int:
    """Return a file that one was compared with, -1 if there is none."""
    links = scene.data.links
    pairs = links[(links == row).any(1)]
    return next((int(each) for pair in pairs for each in pair if each != row), -1)
