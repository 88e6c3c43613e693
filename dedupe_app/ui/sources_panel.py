"""The sidebar: folders with their state, what to show with counts, and the model in use. Shows and asks, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.records import Folder, FolderState, Show
from dedupe_app.ui.drops import DropZone
from dedupe_app.ui.formats import count_text, shown_path
from dedupe_app.ui.sentences import in_words
from dedupe_app.ui.side_list import Shape, SideItem, SideList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from dedupe_app.records import Counts

_LEAST_FOLDERS = 5
# Lower than this, the panel has no field for dropping. Device-independent pixels.
_ROOMY = 680
UNREAD = "unread"  # the key of the row below the relations
_DOTS = {
    FolderState.SCANNING: ("acc", Shape.CORE),
    FolderState.WATCHED: ("fine", Shape.FULL),
    FolderState.POLLED: ("fine", Shape.RING),
    FolderState.UNWATCHED: ("mute", Shape.RING),
    FolderState.OFFLINE: ("remove", Shape.BARRED),
}


class SourcesPanel(QWidget):
    """`show_chosen`: a Show or UNREAD; `folder_chosen`: a path or None; `folder_wanted`: (what to do, Folder)."""

    show_chosen = Signal(object)
    folder_chosen = Signal(object)
    folder_wanted = Signal(str, object)
    add_wanted = Signal()
    model_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the sidebar; it is empty until it is told what there is."""
        super().__init__(parent)
        self.setObjectName("sources_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folders: dict[Path, Folder] = {}
        self._counts: Mapping[Path, int] = {}
        self._states: Mapping[Path, FolderState] = {}
        self._details: Mapping[Path, str] = {}
        self._engine_runs = True
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = self._add_scrolled(whole)
        self._add_folders(column)
        self._add_shows(column)
        column.addStretch(1)
        below = QVBoxLayout()
        below.setContentsMargins(10, 0, 10, 14)
        below.setSpacing(2)
        whole.addLayout(below)
        self._add_model(below)
        self.show_counts(None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out the field for dropping where lists need its room: folders can be dropped anywhere."""
        self._zone.setVisible(event.size().height() >= _ROOMY)
        super().resizeEvent(event)

    # ---- what it is told -----------------------------------------------------------------------

    def show_folders(self, folders: Sequence[Folder], counts: Mapping[Path, int]) -> None:
        """Show the folders and how many files are in each."""
        self._folders = {folder.path: folder for folder in folders}
        self._counts = counts
        self._show_folders()

    def show_states(self, states: Mapping[Path, FolderState], details: Mapping[Path, str]) -> None:
        """Show how each folder is kept up to date."""
        self._states, self._details = states, details
        self._engine_runs = True
        self._show_folders()

    @Slot()
    def show_engine_lost(self) -> None:
        """Show that no folder is watched, until states are told again: the engine is not running."""
        self._states, self._details = {}, {}
        self._engine_runs = False
        self._show_folders()

    def show_counts(self, counts: Counts | None) -> None:
        """Show how many groups there are of each relation, and how many files could not be read."""
        names = self._show_names()
        tips = self._show_tips()
        items = [
            SideItem(
                show,
                name,
                count_text(counts.groups.get(show, 0)) if counts else "",
                tooltip=tips.get(show, ""),
            )
            for show, name in names.items()
        ]
        unread = count_text(counts.unread) if counts else ""
        items.append(SideItem(UNREAD, self.tr("Could not read"), unread))
        self._shows.show_items(items)
        if self._shows.key() is None:
            self._shows.choose(Show.ALL)

    def show_model(self, name: str, device: str, detail: str) -> None:
        """Show how documents are compared."""
        self._model.setText(name)
        self._model.setAccessibleName(self.tr("Compared by: {}. Change").format(name))
        self._device.setText(device)
        self._detail.setText(detail)

    def choose_show(self, key: object) -> None:
        """Choose what to show as if it was clicked."""
        self._shows.choose(key)

    @Slot(object)
    def note_show(self, key: object) -> None:
        """Point out what is shown already: nothing is reported."""
        with QSignalBlocker(self._shows):
            self._shows.choose(key)

    def choose_folder(self, folder: Path | None) -> None:
        """Show only what is in a folder, None for all folders, as if it was clicked."""
        self._list.choose(folder)

    def folders(self) -> tuple[Folder, ...]:
        """Return the folders that are shown."""
        return tuple(self._folders.values())

    # ---- parts ---------------------------------------------------------------------------------

    def _add_scrolled(self, whole: QVBoxLayout) -> QVBoxLayout:
        """Return a column that is scrolled where it has no room: in a low window, or with a large font."""
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 12, 10, 0)
        column.setSpacing(2)
        area = QScrollArea(self)
        area.setProperty("look", "side")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        # What scrolls lies upon the colour of the panel.
        for each in (area.viewport(), inner):
            each.setAutoFillBackground(False)
        whole.addWidget(area, 1)
        return column

    def _add_folders(self, column: QVBoxLayout) -> None:
        column.addWidget(_heading(self.tr("Folders"), self))
        self._list = SideList(self.tr("Folders"), self, or_none=True, least=_LEAST_FOLDERS)
        self._list.chosen.connect(self.folder_chosen)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._open_menu)
        self._list.doubleClicked.connect(self._reveal)
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._remove)
        column.addWidget(self._list)
        zone = DropZone(self.tr("Drop folders here"), self)
        zone.clicked.connect(self.add_wanted)
        self._zone = QWidget(self)
        around = QVBoxLayout(self._zone)
        around.setContentsMargins(8, 8, 8, 8)
        around.addWidget(zone)
        column.addWidget(self._zone)

    def _add_shows(self, column: QVBoxLayout) -> None:
        column.addWidget(_heading(self.tr("Show"), self))
        self._shows = SideList(self.tr("Show"), self)
        self._shows.chosen.connect(self.show_chosen)
        column.addWidget(self._shows)

    def _add_model(self, column: QVBoxLayout) -> None:
        column.addWidget(_heading(self.tr("Model"), self))
        row = QHBoxLayout()
        row.setContentsMargins(8, 5, 8, 5)
        self._model = QPushButton(self)
        self._model.setProperty("look", "row")
        self._model.setToolTip(self.tr("Compare in another way\u2026"))
        self._model.setAccessibleName(
            self._model.toolTip()
        )  # until it is known how they are compared
        self._model.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._model.clicked.connect(self.model_wanted)
        self._device = QLabel(self)
        self._detail = QLabel(self)
        self._detail.setWordWrap(True)
        self._detail.setContentsMargins(8, 2, 8, 2)
        for label in (self._device, self._detail):
            label.setProperty("look", "small")
        row.addWidget(self._model, 1)
        row.addWidget(self._device)
        column.addLayout(row)
        column.addWidget(self._detail)

    def _show_names(self) -> dict[Show, str]:
        return {
            Show.ALL: self.tr("All groups"),
            Show.IDENTICAL: self.tr("Identical files"),
            Show.SAME_TEXT: self.tr("Same text"),
            Show.REVISION: self.tr("Revisions"),
            Show.CONTAINED: self.tr("Contained"),
            Show.SAME_MEANING: self.tr("Same meaning"),
            Show.SAME_TEMPLATE: self.tr("Same template"),
        }

    def _show_tips(self) -> dict[Show, str]:
        """Say which groups are counted where: each is counted once, by what is least alike in it."""
        return {
            Show.IDENTICAL: self.tr("Groups in which all files have the same bytes"),
            Show.SAME_TEXT: self.tr(
                "Groups in which all files have the same text, but not the same bytes"
            ),
            Show.REVISION: self.tr(
                "Groups with files that differ in some words; others in them may be identical"
            ),
        }

    # ---- folders -------------------------------------------------------------------------------

    def _show_folders(self) -> None:
        self._list.show_items([self._folder_item(each) for each in self._folders.values()])

    def _folder_item(self, folder: Folder) -> SideItem:
        state = self._states.get(folder.path, FolderState.UNWATCHED)
        dot, shape = _DOTS[state]
        if folder.protected and dot == "fine":
            dot = "hold"
        offline = state is FolderState.OFFLINE
        marks = [self.tr("offline")] if offline else []
        if folder.protected:
            marks.append(self.tr("protected"))
        note = next(iter(marks), "") if self._engine_runs else self.tr("not watched")
        name = shown_path(folder.path.name or str(folder.path))
        count = count_text(self._counts.get(folder.path, 0))
        says = self._state_text(state)
        protected = self.tr("Protected: nothing in it is ever marked") if folder.protected else ""
        detail = in_words(self._details.get(folder.path, ""))
        lines = (shown_path(folder.path), protected, says, detail)
        spoken = self.tr("{name}, {count} files, {state}").format(
            name=name, count=count, state=", ".join((*marks, says))
        )
        tooltip = "\n".join(filter(None, lines))
        return SideItem(folder.path, name, count, note, dot, shape, tooltip, spoken)

    def _state_text(self, state: FolderState) -> str:
        if not self._engine_runs:
            return self.tr("Not watched: the engine is not running")
        return {
            FolderState.SCANNING: self.tr("Being scanned now"),
            FolderState.WATCHED: self.tr("Watched: changes are seen at once"),
            FolderState.POLLED: self.tr("Looked at every now and then"),
            FolderState.UNWATCHED: self.tr("Not watched: scan to see what changed (F5)"),
            FolderState.OFFLINE: self.tr("Not there now; its files stay listed"),
        }[state]

    def _current(self) -> Folder | None:
        key = self._list.current_key()
        return next((each for path, each in self._folders.items() if path == key), None)

    @Slot(QPoint)
    def _open_menu(self, where: QPoint) -> None:
        folder = self._current()
        if folder is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for what, name, checked in (
            ("watch", self.tr("Watch for changes"), folder.watch),
            ("protect", self.tr("Protect: never mark anything in it"), folder.protected),
            ("exclude", self.tr("Leave out\u2026"), None),
            ("", "", None),
            ("scan", self.tr("Scan again"), None),
            ("reveal", self.tr("Reveal in file manager"), None),
            ("", "", None),
            ("remove", self.tr("Remove from the list\u2026"), None),
        ):
            if not what:
                menu.addSeparator()
                continue
            action = menu.addAction(name)
            action.setData((what, folder))
            action.setCheckable(checked is not None)
            action.setChecked(bool(checked))
        menu.triggered.connect(self._want)
        menu.popup(self._list.viewport().mapToGlobal(where))

    @Slot(object)
    def _want(self, action: object) -> None:
        what, folder = action.data()  # type: ignore[attr-defined]
        self.folder_wanted.emit(what, folder)

    @Slot()
    def _remove(self) -> None:
        if (folder := self._current()) is not None:
            self.folder_wanted.emit("remove", folder)

    @Slot()
    def _reveal(self) -> None:
        if (folder := self._current()) is not None:
            self.folder_wanted.emit("reveal", folder)


def _heading(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("look", "heading")
    font = QFont(label.font())
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    label.setFont(font)
    label.setContentsMargins(8, 10, 8, 4)
    return label
