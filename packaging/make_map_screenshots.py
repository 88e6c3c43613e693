"""Makes the pictures of the map in docs/screenshots: the real window on folders with some hundreds of documents.

Run: .venv/bin/python packaging/make_map_screenshots.py FOLDER... The samples are too few for a map. Works with a
display and without one. Nothing of the user's is read or written but the folders, which are only read.
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from make_screenshots import FONT, OUT, calm, save, wait_until

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from dedupe_app.app import Program
    from dedupe_app.ui.map_view import MapView

_STEPS = 40
_AROUND = 85


def main() -> None:
    """Make all pictures of the map."""
    folders = [Path(name).resolve() for name in sys.argv[1:]]
    if not folders:
        raise SystemExit(__doc__)
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="dedupe-app-") as place:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(place, name.lower()))
        take_pictures(Path(place), folders)


def take_pictures(place: Path, folders: list[Path]) -> None:
    """Read the folders in, draw their map, and take one picture after the other."""
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    from dedupe_app.app import Program

    application = QApplication(sys.argv[:1])
    if FONT in QFontDatabase.families():
        application.setFont(QFont(FONT, 10))
    program = Program(application, place / "library.sqlite")
    program.preferences.change(look="light")
    program.window.resize(1440, 900)
    program.show()
    try:
        view = draw(program, folders)
        take_map(program, view)
    finally:
        program.close()


def draw(program: Program, folders: list[Path]) -> MapView:
    """Scan the folders and open the map; return it when it is drawn and named."""
    from PySide6.QtWidgets import QPushButton

    from dedupe_app.engine.messages import Finished
    from dedupe_app.ui.map_view import MapView

    done: list[Finished] = []

    def note(event: object) -> None:
        if isinstance(event, Finished) and event.scan is not None and event.scan.files:
            done.append(event)

    program.bridge.event.connect(note)
    program.window.add_folders(folders)
    wait_until(lambda: bool(done))
    buttons = program.window.findChildren(QPushButton)
    next(button for button in buttons if button.text() == "Map").click()
    view = program.window.findChild(MapView)
    wait_until(lambda: view.canvas.scene is not None and bool(view.canvas.scene.data.topic_list))
    calm()
    return view


def take_map(program: Program, view: MapView) -> None:
    """Take pictures of the map with a card, with a lasso, near, and in the dark."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    canvas = view.canvas
    scene = canvas.scene
    topics = [topic for topic in scene.data.topic_list if topic.detail == 0]
    chosen = scene.nearest(topics[2].x, topics[2].y, 9.0)
    twins = [row for row in range(len(scene)) if scene.data.relations[row] == 1]
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=pixel(view, twins[-1]))
    calm()
    QTest.mouseMove(canvas, pixel(view, twins[-1]) + QPoint(1, 0))
    calm()
    save(program.window.grab(), "map-light", OUT)
    centre = pixel(view, chosen)
    turns = [2 * math.pi * step / _STEPS for step in range(_STEPS)]
    line = [
        centre + QPoint(round(_AROUND * math.cos(turn)), round(_AROUND * 0.8 * math.sin(turn)))
        for turn in turns
    ]
    view.bar.lasso_wanted.emit(True)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=line[0])
    for point in line[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=line[-1])
    calm()
    save(program.window.grab(), "map-lasso", OUT)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    program.preferences.change(look="dark")
    calm()
    save(program.window.grab(), "map-dark", OUT)


def pixel(view: MapView, row: int) -> QPoint:
    """Return where a file is on the canvas."""
    from PySide6.QtCore import QPoint

    scene = view.canvas.scene
    across, down = view.canvas.camera.to_screen(float(scene.x[row]), float(scene.y[row]))
    return QPoint(round(across), round(down))


if __name__ == "__main__":
    main()
