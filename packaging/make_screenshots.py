"""Makes the pictures of docs/screenshots: opens the real window on copies of the samples, and drives it.

    python packaging/make_screenshots.py [LANGUAGE]     without one: in all languages, each in a folder of its own

Works with a display and without one. Nothing of the user's is read or written.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from dedupe_app.app import Program

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "screenshots"
LANGUAGES = {"en": OUT, "zh_CN": OUT / "zh"}
FOLDERS = ("Contracts", "Board", "Desktop", "Research 论文", "Invoices", "Archive 2019")
PROTECTED = "Archive 2019"
# What is saved while the window is open, and is seen to be a near-copy.
SAVED, ORIGINAL, COPY = "Desktop", "minutes march.txt", "minutes march, for printing.txt"
ADDED = "\nPrinted for the Board, with the kind help of the reading room.\n"
FONT = "Inter"  # where it is installed; the font of the desktop elsewhere
PATIENCE_MS = 60_000
STEP_MS = 20
CALM_MS = 900
LOOKED_FOR = "service agreement"


def main() -> None:
    """Make all pictures, each language in a process of its own."""
    if not sys.argv[1:]:
        for language in LANGUAGES:
            subprocess.run([sys.executable, __file__, language], check=True)
        return
    LANGUAGES[sys.argv[1]].mkdir(parents=True, exist_ok=True)
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="dedupe-app-") as place:
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(place, name.lower()))
        take_pictures(Path(place), sys.argv[1])


def take_pictures(place: Path, language: str) -> None:
    """Open the window in an empty place, and take one picture after the other."""
    from PySide6.QtGui import QCursor, QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    from dedupe_app.app import Program
    from dedupe_app.settings import Choices, choices_path, save_choices
    from dedupe_app.ui.first_run import FirstPage

    save_choices(Choices(look="light", language=language), choices_path())
    application = QApplication(sys.argv[:1])
    if FONT in QFontDatabase.families():
        application.setFont(QFont(FONT, 10))
    program = Program(application, place / "library.sqlite")
    window = program.window
    window.resize(1440, 900)
    program.show()
    try:
        wait_until(window.findChild(FirstPage).isVisible)
        QCursor.setPos(window.mapToGlobal(window.rect().bottomLeft()))  # beside all that shows it
        calm()
        save(window.grab(), "first-start")
        fill(program, copy_samples(place / "samples"))
        take_lists(program)
        take_views(program)
        take_dialogs(program)
        take_near_copy(program, place / "samples" / SAVED)
    finally:
        program.close()


def take_lists(program: Program) -> None:
    """Take pictures of the list of groups in both looks, and of what could not be read."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QLabel

    from dedupe_app.records import Show
    from dedupe_app.ui.groups_view import GroupsView
    from dedupe_app.ui.sources_panel import UNREAD, SourcesPanel

    window = program.window
    sidebar = window.findChild(SourcesPanel)
    groups = window.findChild(GroupsView)
    groups.table.setCurrentIndex(groups.model.index(2, 1))
    window.setFocus()
    place = QCoreApplication.translate("Compare", "{place} of {places}")
    first = place.format(place=1, places="")
    wait_until(lambda: any(each.text().startswith(first) for each in window.findChildren(QLabel)))
    calm()
    save(window.grab(), "groups-light")
    program.preferences.change(look="dark")
    calm()
    save(window.grab(), "groups-dark")
    program.preferences.change(look="light")
    sidebar.choose_show(UNREAD)
    calm()
    save(window.grab(), "unread")
    sidebar.choose_show(Show.ALL)
    calm()


def take_near_copy(program: Program, folder: Path) -> None:
    """Save a near-copy of a document, as people do, and take a picture of what the window says to it."""
    from dedupe_app.ui.near_copy_card import NearCopyCard

    card = program.window.findChild(NearCopyCard)
    text = (folder / ORIGINAL).read_text(encoding="utf-8")
    copy = folder / COPY
    copy.write_text(text + ADDED, encoding="utf-8")
    wait_until(lambda: card.path() == copy)
    calm()
    save(program.window.grab(), "near-copy")


def take_views(program: Program) -> None:
    """Take pictures of search and of the map."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from dedupe_app.ui.map_colours import ColourBy
    from dedupe_app.ui.map_view import MapView
    from dedupe_app.ui.search_view import SearchView

    window, control = program.window, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_3, control)
    search = window.findChild(SearchView)
    search.search_for(LOOKED_FOR)
    wait_until(lambda: search.model.rowCount() > 0)
    calm()
    save(window.grab(), "search")
    search.search_for("")
    calm()
    QTest.keyClick(window, Qt.Key.Key_2, control)
    drawn = window.findChild(MapView)
    wait_until(
        lambda: drawn.canvas.scene is not None and bool(drawn.canvas.scene.data.topics.any())
    )
    drawn.bar.colours_wanted.emit(ColourBy.RELATION)
    calm()
    save(window.grab(), "map")
    QTest.keyClick(window, Qt.Key.Key_1, control)
    calm()


def take_dialogs(program: Program) -> None:
    """Take pictures of the dialogs, each before the window."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QDialog, QPushButton

    from dedupe_app.ui.groups_view import GroupsView

    window = program.window
    words = QCoreApplication.translate("StatusLine", "Move to trash\u2026")
    trash = next(each for each in window.findChildren(QPushButton) if each.text() == words)
    keys = {
        "settings": (Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier),
        "keys": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    }
    for name in ("plan", *keys):
        if name in keys:
            window.activateWindow()  # keys go to the active window only, and no window manager may be there
            wait_until(window.isActiveWindow)
            QTest.keyClick(window, *keys[name])
        else:
            trash.click()
        calm()
        dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
        save(together(window, dialog), name)
        dialog.reject()
        calm()
    window.findChild(GroupsView).rules_wanted.emit([])
    calm()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    save(together(window, dialog), "rules")
    dialog.reject()
    calm()


def fill(program: Program, folders: list[Path]) -> None:
    """Add the folders, protect one of them, and wait for the groups."""
    from dedupe_app.engine.messages import Finished
    from dedupe_app.ui.groups_view import GroupsView

    done: list[Finished] = []

    def note(event: object) -> None:
        if isinstance(event, Finished) and event.scan is not None:
            done.append(event)

    program.bridge.event.connect(note)
    window = program.window
    window.add_folders(folders)
    wait_until(lambda: len(done) >= 1)
    window.protect(next(each for each in folders if each.name == PROTECTED))
    wait_until(lambda: len(done) >= 2)
    wait_until(lambda: window.findChild(GroupsView).shown_groups() > 0)
    calm()


def copy_samples(place: Path) -> list[Path]:
    """Copy the samples, with the times at which they were written."""
    from dedupe_app.ui.samples import copy_samples as copy

    copy(place)
    return [place / name for name in FOLDERS]


def together(window: QWidget, dialog: QWidget) -> QPixmap:
    """Return a picture of the window with the dialog in its middle."""
    from PySide6.QtGui import QPainter

    picture, front = window.grab(), dialog.grab()
    painter = QPainter(picture)
    painter.drawPixmap(
        (window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 3, front
    )
    painter.end()
    return picture


def save(picture: QPixmap, name: str, folder: Path | None = None) -> None:
    """Write a picture, as small as it can be; without a folder, to the one of the language."""
    from PySide6.QtGui import QImage

    path = (folder or LANGUAGES[sys.argv[1]]) / f"{name}.png"
    if (
        not picture.toImage()
        .convertToFormat(QImage.Format.Format_RGB888)
        .save(str(path), quality=0)
    ):
        raise OSError(f"{path} cannot be written")
    print(path.relative_to(ROOT))  # noqa: T201 - what a script is for


def calm(duration_ms: int = CALM_MS) -> None:
    """Let the program run for a while; QTest.qWait would keep its other threads from running."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(duration_ms, loop.quit)
    loop.exec()


def wait_until(condition: Callable[[], bool]) -> None:
    """Let the program run until something holds."""
    for _ in range(PATIENCE_MS // STEP_MS):
        if condition():
            return
        calm(STEP_MS)
    raise TimeoutError("the window does not come to what was waited for")


if __name__ == "__main__":
    main()
