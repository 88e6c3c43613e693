"""What is done with the folders of the sidebar: add, watch, protect, leave out, remove. Tells the engine afterwards."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from dedupe_app.engine.messages import FoldersChanged, Scan
from dedupe_app.settings import samples_path
from dedupe_app.ui.drops import parted
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.opening import reveal
from dedupe_app.ui.patterns_dialog import PatternsDialog
from dedupe_app.ui.samples import copy_samples
from dedupe_app.ui.sentences import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedupe_app.engine.messages import Command
    from dedupe_app.records import Folder
    from dedupe_app.store.library import Library
    from dedupe_app.ui.library import LibraryThread


class FolderActions(QObject):
    """`changed` gives the folders and how many files are in each, whenever they may be other than before.

    `told`: something to know; `failed`: something to do.
    """

    changed = Signal(object, object)
    told = Signal(str)
    failed = Signal(str, str)

    def __init__(
        self, library: LibraryThread, submit: Callable[[Command], None], window: QWidget
    ) -> None:
        """Work on the folders of a library; `submit` tells the engine, `window` is what dialogs belong to."""
        super().__init__(window)
        self._library = library
        self._submit = submit
        self._window = window
        self._last = Path.home()
        self._usable = False
        self._waiting: list[Path] = []

    def begin(self) -> None:
        """Begin to use the library: it is there now."""
        self._usable = True
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.add(waiting)
        self.reload()

    def peek(self) -> None:
        """Read the folders of a library that may not be there, or not as it has to be."""
        self._library.ask(_read_folders, self._report, key="folders")

    @Slot()
    def reload(self) -> None:
        """Read the folders again."""
        if self._usable:
            self._library.ask(_read_folders, self._report, key="folders")

    @Slot()
    def choose(self) -> None:
        """Let a folder be chosen, and add it."""
        title = self.tr("Choose a folder with documents")
        chosen = QFileDialog.getExistingDirectory(self._window, title, str(self._last))
        if chosen:
            self._last = Path(chosen).parent
            self.add([Path(chosen)])

    @Slot(object)
    def take_dropped(self, paths: list[Path]) -> None:
        """Add the folders that were dropped; for files, offer the folders they lie in."""
        folders, holding = parted(paths)
        gone = next((path for path in paths if not os.path.lexists(path)), None)
        if gone is not None:
            title = self.tr("{} is not there.").format(shown_path(gone))
            self.failed.emit(title, self.tr("It was not added."))
        if holding and self._confirm_holding(holding):
            folders += holding
        self.add(folders)

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders; those that are in the list already stay as they are."""
        places = [Path(os.path.abspath(each)) for each in folders]  # noqa: PTH100 - links stay
        if not self._usable:
            self._waiting += places
        elif places:
            self._library.write(partial(_add, places=places), self._tell_added)

    @Slot()
    def add_samples(self) -> None:
        """Copy the samples to a place of the user's, where they can be moved and removed, and add it."""
        place = samples_path()
        try:
            copy_samples(place)
        except OSError as error:
            title = self.tr("The samples cannot be copied to {}.").format(shown_path(place))
            self.failed.emit(title, in_words(f"{error.strerror or error}."))
            return
        self.add([place])

    @Slot(str, object)
    def do(self, what: str, folder: Folder) -> None:
        """Do what the menu of a folder offers."""
        if what == "watch":
            self._replace(replace(folder, watch=not folder.watch))
        elif what == "protect":
            self._replace(replace(folder, protected=not folder.protected))
        elif what == "exclude":
            self._ask_patterns(folder)
        elif what == "scan":
            self._submit(Scan((folder.path,)))
        elif what == "reveal":
            reveal(folder.path)
        elif what == "remove":
            self._ask_remove(folder)

    def protect(self, path: Path, known: Sequence[Folder]) -> None:
        """Protect a folder, which need not be in the list yet."""
        own = next((each for each in known if each.path == path), None)
        self._change(partial(_protect, path=path, number=own.number if own else 0))

    # ---- questions -----------------------------------------------------------------------------

    def _confirm_holding(self, folders: list[Path]) -> bool:
        names = "\n".join(shown_path(each) for each in folders)
        question = self.tr("Whole folders are compared. Add the folder of these files?")
        answer = QMessageBox.question(self._window, self.tr("Add folder"), f"{question}\n\n{names}")
        return answer == QMessageBox.StandardButton.Yes

    def _ask_patterns(self, folder: Folder) -> None:
        dialog = PatternsDialog(folder, self._window)
        dialog.accepted.connect(self._take_patterns)
        dialog.open()

    @Slot()
    def _take_patterns(self) -> None:
        dialog = self.sender()
        if isinstance(dialog, PatternsDialog):
            self._replace(replace(dialog.folder, exclude=dialog.patterns()))

    def _ask_remove(self, folder: Folder) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Remove folder"))
        box.setText(self.tr("Remove {} from the list?").format(shown_path(folder.path.name)))
        box.setInformativeText(
            self.tr(
                "The folder itself and its files stay where they are. What was read of them can be kept, "
                "so that adding the folder again is quick, or forgotten."
            )
        )
        keep = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        forget = box.addButton(self.tr("Remove and forget"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(keep)
        box.exec()
        if box.clickedButton() in (keep, forget):
            forgotten = box.clickedButton() is forget
            self._change(partial(_remove, number=folder.number, forget=forgotten))

    # ---- changes -------------------------------------------------------------------------------

    def _replace(self, folder: Folder) -> None:
        self._change(partial(_replace_folder, folder=folder))

    def _change(self, change: Callable[[Library], object]) -> None:
        self._library.write(change, self._tell_engine)

    @Slot(object)
    def _tell_added(self, namesakes: list[tuple[Path, Path]]) -> None:
        for named, listed in namesakes:
            text = self.tr("{} is the same folder as {}, so it was not added.")
            self.told.emit(text.format(shown_path(named), shown_path(listed)))
        self._tell_engine(None)

    @Slot(object)
    def _tell_engine(self, _done: object) -> None:
        self._submit(FoldersChanged())
        self.reload()

    @Slot(object)
    def _report(self, found: tuple[list[Folder], dict[Path, int]]) -> None:
        self.changed.emit(*found)


# ---- in the background: what is read and written --------------------------------------------------


def _read_folders(library: Library) -> tuple[list[Folder], dict[Path, int]]:
    from dedupe_app.store import folders

    return folders.folders(library), folders.folder_files(library)


def _add(library: Library, places: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Add folders, and return those that are in the list under another name, with that name."""
    from dedupe_app.intake.roots import namesakes, new_folders
    from dedupe_app.store import folders

    listed = [folder.path for folder in folders.folders(library)]
    folders.add_folders(library, new_folders(listed, places))
    return namesakes(listed, places)


def _replace_folder(library: Library, folder: Folder) -> None:
    from dedupe_app.store import folders

    folders.change_folder(library, folder)


def _remove(library: Library, number: int, *, forget: bool) -> None:
    from dedupe_app.store import folders

    folders.remove_folder(library, number, forget=forget)


def _protect(library: Library, path: Path, number: int) -> None:
    from dedupe_app.store import folders

    found = folders.folders(library) if number else folders.add_folders(library, [path])
    for folder in found:
        if folder.path == path:
            folders.change_folder(library, replace(folder, protected=True))
