"""The list behind a plan or a report: every file with its reason. Last copies can be let go here, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.ui.formats import shown_path, size_text
from dedupe_app.ui.plan_parts import mute_label, title_label
from dedupe_app.ui.room import room_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_WIDTHS = (220, 190)  # of name and folder; the reason gets what is left
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class ListLine:
    """One file of the list. `size_bytes`: None when it does not matter; `last`: it may be let go as the last copy."""

    path: Path
    why: str
    size_bytes: int | None = None
    last: bool = False


class Column(IntEnum):
    """The columns of the list."""

    NAME = 0
    FOLDER = 1
    WHY = 2
    SIZE = 3


class ListModel(QAbstractTableModel):
    """Things, each shown as the line that `describe` makes of it; the lines of last copies can be ticked."""

    def __init__(
        self,
        things: Sequence[T],
        describe: Callable[[T], ListLine],
        ticked: frozenset[Path],
        parent: QWidget | None = None,
    ) -> None:
        """Show all of these things, describing those that are seen."""
        super().__init__(parent)
        self._things = things
        self._describe: Callable[[Any], ListLine] = describe
        self._ticked = set(ticked)
        self._sized = bool(things) and describe(things[0]).size_bytes is not None

    def ticked(self) -> frozenset[Path]:
        """Return the last copies that may go."""
        return frozenset(self._ticked)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._things)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column) - (not self._sized)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as Qt has it
        """Return the names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Name"), self.tr("Folder"), self.tr("Why"), self.tr("Size"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell shows."""
        line = self._line(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{shown_path(line.path)}\n{line.why}"
        if role == Qt.ItemDataRole.CheckStateRole and line.last and index.column() == Column.NAME:
            is_ticked = line.path in self._ticked
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        return None

    def setData(  # noqa: N802 - Qt's name
        self,
        index: Index,
        value: Any,  # noqa: ANN401 - as Qt has it
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Tick a last copy, or not."""
        line = self._line(index)
        if role != Qt.ItemDataRole.CheckStateRole or not line.last:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(line.path)
        else:
            self._ticked.discard(line.path)
        self.dataChanged.emit(index, index, [role])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let last copies be ticked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == Column.NAME and self._line(index).last:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def _line(self, index: Index) -> ListLine:
        return self._describe(self._things[index.row()])

    def _text(self, line: ListLine, column: int) -> str:
        if column == Column.NAME:
            return shown_path(line.path.name)
        if column == Column.FOLDER:
            return shown_path(line.path.parent)
        if column == Column.WHY:
            return line.why
        return "" if line.size_bytes is None else size_text(line.size_bytes)


class ListDialog(QDialog):
    """Shows the list; `ticked()` tells afterwards which last copies may go."""

    def __init__(
        self,
        title: str,
        things: Sequence[T],
        describe: Callable[[T], ListLine],
        parent: QWidget | None = None,
        *,
        ticked: frozenset[Path] | None = None,
    ) -> None:
        """Show things under a title; `ticked`: which last copies may go, None where that is not asked."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(QSize(1060, 480).boundedTo(room_on(self.screen())))
        self._model = ListModel(things, describe, ticked or frozenset(), self)
        heading = title_label(self)
        heading.setText(title)
        hint = mute_label(self)
        hint.setText(
            self.tr(
                "No copy of the files with a box would stay. Tick those that may go all the same: "
                "to the trash or to a folder, never for good."
            )
        )
        hint.setVisible(ticked is not None)
        self._table = _make_table(self._model, self)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (heading, hint, self._table, buttons):
            column.addWidget(widget)
        self._table.setFocus()

    def ticked(self) -> frozenset[Path]:
        """Return the last copies that may go."""
        return self._model.ticked()

    @Slot()
    def reject(self) -> None:
        """Close the list; what was ticked holds."""
        self.accept()


def _make_table(model: ListModel, parent: QWidget) -> QTableView:
    table = QTableView(parent)
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setAccessibleName(QCoreApplication.translate("ListDialog", "Files"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 12)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(_WIDTHS):
        table.setColumnWidth(column, width)
    header.setSectionResizeMode(Column.WHY, QHeaderView.ResizeMode.Stretch)
    return table
