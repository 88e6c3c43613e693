"""The table of groups as a widget: its columns, and what mouse and keys mean in it. Decides nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from dedupe_app.ui.group_columns import MARK_WIDTH, ColumnWidths
from dedupe_app.ui.group_model import Column, GroupModel
from dedupe_app.ui.group_rows import HEADER, Place
from dedupe_app.ui.row_delegate import PAD, RowDelegate

if TYPE_CHECKING:
    from collections.abc import Callable


_Select = QItemSelectionModel.SelectionFlag
_NEITHER = ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)


class GroupTable(QTableView):
    """Shows a GroupModel; tells by signals what was asked for. Rows are given as numbers."""

    toggle_wanted = Signal(object)  # the row whose mark was clicked, None: the chosen rows
    remove_wanted = Signal()
    keeper_wanted = Signal()
    open_wanted = Signal()
    reveal_wanted = Signal()
    copy_wanted = Signal()
    menu_wanted = Signal(QPoint)
    current_moved = Signal()

    def __init__(self, model: GroupModel, parent: QWidget | None = None) -> None:
        """Show a model."""
        super().__init__(parent)
        self._model = model
        self._mark_pressed = False
        self._delegate = RowDelegate(self, model)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self._set_behaviour()
        self._set_headers()
        self.columns = ColumnWidths(self, model)
        self._arrange()

    def _set_behaviour(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("Groups of duplicates"))

    def _set_headers(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            # A header that knows what is chosen asks for the flags of every row each time it paints.
            header.setSelectionModel(QItemSelectionModel(self._model, header))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(MARK_WIDTH)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.MARK, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)

    # ---- widths and heights --------------------------------------------------------------------

    def _arrange(self) -> None:
        """Set heights and widths from the font."""
        height = self.fontMetrics().height() + 16
        # In this order: a larger minimum alone resizes the rows one by one, each in time with their number.
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)
        self.columns.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt
        """Share the room among the columns."""
        self.columns.fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt
        """Follow another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "columns"):
            self._delegate.refresh_fonts()
            self._arrange()

    # ---- what is chosen ------------------------------------------------------------------------

    def current_row(self) -> int:
        """Return the current row, -1 if there is none."""
        return self.currentIndex().row()

    def chosen_rows(self) -> list[tuple[int, int]]:
        """Return the chosen rows as ranges, both ends included, in order; the current row if none is chosen."""
        selection = self.selectionModel().selection()
        parts = [selection.at(each) for each in range(selection.count())]
        ranges = sorted({(each.top(), each.bottom()) for each in parts})
        if not ranges and self.current_row() >= 0:
            return [(self.current_row(), self.current_row())]
        return ranges

    def choose_rows(self, ranges: list[tuple[int, int]], current: int) -> None:
        """Choose ranges of rows and make one row the current one, without scrolling."""
        selection = QItemSelection()
        for top, bottom in ranges:
            selection.select(self._model.index(top, 0), self._model.index(bottom, len(Column) - 1))
        chooser = self.selectionModel()
        if current >= 0:
            index = self._model.index(current, Column.NAME)
            chooser.setCurrentIndex(index, _Select.NoUpdate)
        chooser.select(selection, _Select.ClearAndSelect)

    def go_to(self, row: int) -> None:
        """Make a row the current one and the only one chosen, and scroll to it."""
        if 0 <= row < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row, Column.NAME))

    def top_of(self, row: int) -> int:
        """Return how far down a row is, in pixels from the top of the list."""
        return row * self.verticalHeader().defaultSectionSize() if row > 0 else 0

    def show_row(self, row: int) -> None:
        """Scroll until a row can be seen, to the middle if it could not."""
        top, height = self.top_of(row), self.viewport().height()
        bar = self.verticalScrollBar()
        if not bar.value() <= top <= bar.value() + height - self.rowHeight(row):
            bar.setValue(top - height // 2)

    def selectAll(self) -> None:  # noqa: N802 - Qt
        """Choose all rows as one range: row by row it takes minutes for a million."""
        last = self._model.rowCount() - 1
        if last >= 0:
            self.choose_rows([(0, last)], max(self.current_row(), 0))

    def moveCursor(  # noqa: N802 - Qt
        self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home and End go to the first and the last row: nobody walks through the columns."""
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if action in ends:
            keys |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, keys)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt
        """Do nothing: looking through a million rows for what is typed is the filter's work."""

    def currentChanged(  # noqa: N802 - Qt
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell who wants to know, and paint the bar beside the current row anew."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.update(self._model.index(index.row(), Column.MARK))
        self.current_moved.emit()

    # ---- keys ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt
        """Mark, keep, open, show or hide; all else as in any table, but typing does nothing."""
        deed = self._deed(event)
        if deed is not None:
            deed()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # a letter: for shortcuts of the window
            return
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _deed(self, event: QKeyEvent) -> Callable[[], None] | None:
        held = event.modifiers() & _NEITHER
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if held == Qt.KeyboardModifier.ControlModifier:
                return self.reveal_wanted.emit
            return self._open if held == Qt.KeyboardModifier.NoModifier else None
        if held != Qt.KeyboardModifier.NoModifier:
            return None
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space: self._toggle_chosen,
            Qt.Key.Key_Delete: self.remove_wanted.emit,
            Qt.Key.Key_K: self.keeper_wanted.emit,
            Qt.Key.Key_Left: self._go_left,
            Qt.Key.Key_Right: self._go_right,
            Qt.Key.Key_Home: self._go_first,
            Qt.Key.Key_End: self._go_last,
        }
        return deeds.get(key)

    def _toggle_chosen(self) -> None:
        self.toggle_wanted.emit(None)

    def _open(self) -> None:
        place = self._current_place()
        if place is not None and place.line == HEADER:
            self._turn(place.position)
        else:
            self.open_wanted.emit()

    def _go_left(self) -> None:
        place = self._current_place()
        if place is None:
            return
        if place.line == HEADER:
            self._model.set_open(place.position, is_open=False)
        else:
            self.go_to(self._model.rows.header_row(place.position))

    def _go_right(self) -> None:
        place = self._current_place()
        if place is None or place.line != HEADER:
            return
        if self._model.rows.is_open(place.position):
            self.go_to(self.current_row() + 1)
        else:
            self._model.set_open(place.position, is_open=True)

    def _go_first(self) -> None:
        self.go_to(0)

    def _go_last(self) -> None:
        self.go_to(self._model.rowCount() - 1)

    def _current_place(self) -> Place | None:
        row = self.current_row()
        return self._model.rows.place(row) if row >= 0 else None

    def _turn(self, position: int) -> None:
        self._model.set_open(position, is_open=not self._model.rows.is_open(position))

    # ---- mouse ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt
        """Turn a group by its arrow, a decision by its mark; both leave alone what is chosen."""
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        left = event.button() == Qt.MouseButton.LeftButton
        self._mark_pressed = index.column() == Column.MARK and plain and left
        if not self._mark_pressed:
            super().mousePressEvent(event)
            return
        place = self._model.rows.place(index.row())
        if place.line == HEADER:
            self._turn(place.position)
        else:
            self.toggle_wanted.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt
        """Choose by dragging, but not from a mark on."""
        if not self._mark_pressed:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt
        """End a click on a mark, or whatever else was begun."""
        if not self._mark_pressed:
            super().mouseReleaseEvent(event)
        self._mark_pressed = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt
        """Open a file, or show or hide the files of a group; a second click on a mark is another click."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        if index.column() == Column.MARK:
            self.mousePressEvent(event)
            return
        self._open()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt
        """Ask for the menu, at the current row when a key asked for it."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(PAD, 0))
        self.menu_wanted.emit(place)
