"""The same as the map says, as a table: for those who cannot see it, or would rather read."""

from __future__ import annotations

from collections import OrderedDict
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from dedupe_app.records import Detail, Relation
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.group_words import folder_text
from dedupe_app.ui.theme import relation_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from PySide6.QtGui import QKeyEvent

    from dedupe_app.records import FileRow
    from dedupe_app.ui.map_scene import Scene

_PAGE, _PAGES = 256, 16
_Index = QModelIndex | QPersistentModelIndex
_RELATIONS = tuple(Relation)
# More rows than this are not chosen one by one.
_MOST_CHOSEN = 5000
_Select = QItemSelectionModel.SelectionFlag


class Column(IntEnum):
    """The columns of the table."""

    NAME = 0
    FOLDER = 1
    TOPIC = 2
    RELATION = 3


class MapModel(QAbstractTableModel):
    """The files of a Scene, topic after topic, those of a group together. Rows of the scene are called dots here."""

    def __init__(
        self, read: Callable[[Sequence[int]], list[FileRow]], parent: QObject | None = None
    ) -> None:
        """Begin empty; `read` returns files by their numbers, a page at a time."""
        super().__init__(parent)
        self._read = read
        self._scene: Scene | None = None
        self._roots: tuple[Path, ...] = ()
        self._order = np.zeros(0, np.int64)
        self._topics: dict[int, str] = {}
        self._pages: OrderedDict[int, dict[int, FileRow]] = OrderedDict()

    def show(self, scene: Scene, roots: tuple[Path, ...]) -> None:
        """Show the files of a scene."""
        self.beginResetModel()
        data = scene.data
        self._scene, self._roots = scene, roots
        self._topics = {topic.number: topic.name for topic in data.topic_list}
        sizes = {topic.number: topic.texts for topic in data.topic_list}
        broad = data.topics[:, Detail.BROAD]
        numbers, back = np.unique(broad, return_inverse=True)
        weight = np.array([-sizes.get(each, 0) for each in numbers.tolist()], np.int64)
        self._order = np.lexsort(
            (data.files, data.groups, data.topics[:, Detail.FINE], weight[back.ravel()])
        )
        self._pages.clear()
        self.endResetModel()

    def dots(self, rows: Sequence[int]) -> NDArray[np.int64]:
        """Return which dots stand in some rows."""
        return self._order[np.array(rows, np.int64)]

    def rows(self, dots: NDArray[np.int64]) -> list[int]:
        """Return the rows in which dots stand, in order."""
        return [int(row) for row in np.flatnonzero(np.isin(self._order, dots))]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.NAME: self.tr("Name"),
            Column.FOLDER: self.tr("Folder"),
            Column.TOPIC: self.tr("Topic"),
            Column.RELATION: self.tr("Relation"),
        }[Column(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what stands in a cell."""
        known = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if self._scene is None or not index.isValid() or role not in known:
            return None
        dot = int(self._order[index.row()])
        column = Column(index.column())
        if column is Column.TOPIC:
            return self._topic(self._scene, dot)
        if column is Column.RELATION:
            code = int(self._scene.data.relations[dot])
            return relation_name(_RELATIONS[code - 1]) if code else self.tr("Like no other")
        file = self._file(index.row())
        if file is None:
            return ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown_path(file.path)
        if column is Column.FOLDER:
            return folder_text(file.path.parent, self._roots)
        return shown_path(file.path.name)

    def _topic(self, scene: Scene, dot: int) -> str:
        own = [self._topics.get(int(number), "") for number in scene.data.topics[dot]]
        named = list(dict.fromkeys(name for name in own if name))
        return " \u203a ".join(named) if named else self.tr("Not in a topic")

    def _file(self, row: int) -> FileRow | None:
        if self._scene is None:
            return None
        page, place = divmod(row, _PAGE)
        found = self._pages.get(page)
        if found is None:
            dots = self._order[page * _PAGE : (page + 1) * _PAGE]
            files = self._scene.data.files[dots].tolist()
            known = {file.file: file for file in self._read(files)}
            found = {at: known[file] for at, file in enumerate(files) if file in known}
            self._pages[page] = found
            while len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        return found.get(place)


class MapTable(QTableView):
    """Shows a MapModel; tells which dots are chosen."""

    chosen_changed = Signal(object)  # dots
    current_changed = Signal(object)  # a dot
    open_wanted = Signal()

    def __init__(self, model: MapModel, parent: QWidget | None = None) -> None:
        """Show a model."""
        super().__init__(parent)
        self._model = model
        self._following = False
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("Map of all documents, as a table"))
        self.setStyleSheet("QTableView::item { padding: 0 7px; }")  # as far in as the names above
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 16)
        for header in (rows, columns):
            header.setSelectionModel(QItemSelectionModel(model, header))
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((Column.FOLDER, 180), (Column.TOPIC, 240), (Column.RELATION, 120)):
            self.setColumnWidth(column, width)
        columns.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)

    def follow(self, chosen: NDArray[np.int64], current: int) -> None:
        """Choose the rows of some dots, without telling."""
        self._following = True
        selection = QItemSelection()
        last = len(Column) - 1
        for row in self._model.rows(chosen[:_MOST_CHOSEN]):
            selection.select(self._model.index(row, 0), self._model.index(row, last))
        rows = self._model.rows(np.array([current])) if current >= 0 else []
        if rows and not len(chosen):
            selection.select(self._model.index(rows[0], 0), self._model.index(rows[0], last))
        self.selectionModel().select(selection, _Select.ClearAndSelect)
        if rows:
            index = self._model.index(rows[0], Column.NAME)
            self.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
            self.scrollTo(index)
        self._following = False

    def selectionChanged(  # noqa: N802 - Qt's name
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        """Tell which dots are chosen; one alone is only the current one."""
        super().selectionChanged(selected, deselected)
        if self._following:
            return
        rows: set[int] = set()
        selection = self.selectionModel().selection()
        for part in (selection.at(each) for each in range(selection.count())):
            rows.update(range(part.top(), part.bottom() + 1))
        dots = self._model.dots(sorted(rows)) if len(rows) > 1 else np.zeros(0, np.int64)
        self.chosen_changed.emit(dots)

    def currentChanged(self, current: _Index, previous: _Index) -> None:  # noqa: N802 - Qt's name
        """Tell which dot is the current one."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._following:
            self.current_changed.emit(int(self._model.dots([current.row()])[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open the current file with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)
