"""The table of files that could not be read, as a widget: it paints the rows and knows their buttons and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from dedupe_app.ui import theme
from dedupe_app.ui.row_delegate import MIDDLE_LEFT, PAD
from dedupe_app.ui.unread_model import UnreadColumn, UnreadModel, deed_text, deed_texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.ui.theme import Colours
    from dedupe_app.ui.unread_model import Index

_MIDDLE, _END = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
_NAME_WIDTH, _FOLDER_WIDTH = 420, 220
_NAME_SHARE, _FOLDER_SHARE = 0.32, 0.2
_LEAST_WHY = 200
_BUTTON_PAD, _BUTTON_GAP, _BAR = 9, 4, 3
_Select = QItemSelectionModel.SelectionFlag
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class UnreadTable(QTableView):
    """Shows an UnreadModel; tells by signals what was asked for."""

    again_wanted = Signal(object)  # the row whose button was clicked, None: the chosen rows
    open_wanted = Signal()
    reveal_wanted = Signal()
    menu_wanted = Signal(QPoint)
    choice_changed = Signal()

    def __init__(self, model: UnreadModel, parent: QWidget | None = None) -> None:
        """Show a model."""
        super().__init__(parent)
        self._model = model
        self._widths_set = False
        self._fitting = False
        self.setItemDelegate(_Delegate(self, model))
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Files that could not be read"))
        self._set_headers()
        self.horizontalHeader().sectionResized.connect(self._note_resized)

    def _set_headers(self) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            # A header that knows what is chosen asks for the flags of every row each time it paints.
            header.setSelectionModel(QItemSelectionModel(self._model, header))
        height = self.fontMetrics().height() + 16
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # In this order: a larger minimum alone resizes the rows one by one, each in time with their number.
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(MIDDLE_LEFT)
        header.setSectionResizeMode(UnreadColumn.WHY, QHeaderView.ResizeMode.Stretch)
        widest = max(map(self.fontMetrics().horizontalAdvance, deed_texts()))
        self.setColumnWidth(UnreadColumn.DEED, widest + 2 * (PAD + _BUTTON_PAD))
        self._fit()

    def _fit(self) -> None:
        """Share the room as long as the user has not done so; where there is little, the reason matters most."""
        if self._widths_set:
            return
        self._fitting = True
        whole = self.viewport().width()
        name = min(_NAME_WIDTH, int(whole * _NAME_SHARE))
        folder = min(_FOLDER_WIDTH, int(whole * _FOLDER_SHARE))
        why = whole - name - folder - self.columnWidth(UnreadColumn.DEED)
        self.setColumnWidth(UnreadColumn.NAME, name)
        self.setColumnWidth(UnreadColumn.FOLDER, folder)
        self.setColumnHidden(UnreadColumn.FOLDER, why < _LEAST_WHY)
        self._fitting = False

    @Slot(int, int, int)
    def _note_resized(self, column: int, _old: int, _new: int) -> None:
        # Before it is shown the table has hardly any room, and the style may ask for more.
        if column in (UnreadColumn.NAME, UnreadColumn.FOLDER) and self.isVisible():
            self._widths_set = self._widths_set or not self._fitting

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt
        """Share the room among the columns."""
        self._fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt
        """Follow another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_model"):
            self._set_headers()

    # ---- what is chosen ------------------------------------------------------------------------

    def chosen_rows(self) -> list[int]:
        """Return the chosen rows in order; the current one if none is chosen."""
        selection = self.selectionModel().selection()
        parts = [selection.at(each) for each in range(selection.count())]
        chosen = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        current = self.currentIndex().row()
        return chosen or ([current] if current >= 0 else [])

    def choose_rows(self, rows: list[int]) -> None:
        """Choose rows; the first becomes the current one."""
        selection = QItemSelection()
        for row in rows:
            selection.select(self._model.index(row, 0), self._model.index(row, UnreadColumn.DEED))
        if rows:
            index = self._model.index(rows[0], UnreadColumn.NAME)
            self.selectionModel().setCurrentIndex(index, _Select.NoUpdate)
        self.selectionModel().select(selection, _Select.ClearAndSelect)

    def moveCursor(  # noqa: N802 - Qt
        self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home and End go to the first and the last row: nobody walks through the columns."""
        ends = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
        if action in ends:
            keys |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, keys)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt
        """Do nothing: typing is for the filter."""

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt
        """Tell that something else is chosen."""
        super().selectionChanged(selected, deselected)
        self.choice_changed.emit()

    # ---- keys and mouse ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt
        """Read again with Space, open with Enter, reveal with Ctrl+Enter."""
        deeds: dict[tuple[int, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier): self._read_chosen,
            (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): self.open_wanted.emit,
            (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier): self.reveal_wanted.emit,
        }
        key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else event.key()
        deed = deeds.get((key, event.modifiers() & ~_KEYPAD))
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()
            event.accept()

    def _read_chosen(self) -> None:
        self.again_wanted.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt
        """Press the button of a row."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and index.column() == UnreadColumn.DEED:
            text = deed_text(self._model.file(index.row()))
            if text and self.button_rect(self.visualRect(index), text).contains(place):
                self.again_wanted.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt
        """Open a file."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != UnreadColumn.DEED:
            self.open_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt
        """Ask for the menu, at the current row when a key asked for it."""
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(PAD, 0))
        self.menu_wanted.emit(place)

    def button_rect(self, cell: QRect, text: str) -> QRect:
        """Return where in its cell the button of a row is."""
        width = self.fontMetrics().horizontalAdvance(text) + 2 * _BUTTON_PAD
        inside = cell.adjusted(PAD, _BUTTON_GAP, 0, -_BUTTON_GAP - 1)
        return QRect(inside.x(), inside.y(), min(width, inside.width()), inside.height())


class _Delegate(QStyledItemDelegate):
    """Paints the cells."""

    def __init__(self, table: UnreadTable, model: UnreadModel) -> None:
        super().__init__(table)
        self._table = table
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        rect, colours = option.rect, theme.colours()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colours.accbg if chosen else colours.panel)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colours.line)
        table, column = self._table, index.column()
        text = str(self._model.data(index) or "")
        if column == UnreadColumn.NAME and self._is_current(index.row()):
            painter.fillRect(rect.x(), rect.y(), _BAR, rect.height() - 1, colours.acc)
        if column == UnreadColumn.DEED:
            if text:
                self._paint_button(painter, table.button_rect(rect, text), text, colours)
            return
        inner = rect.adjusted(PAD, 0, -PAD, -1)
        mode = _END if column == UnreadColumn.WHY else _MIDDLE
        painter.setFont(table.font())
        painter.setPen(colours.mute if column == UnreadColumn.FOLDER else colours.ink)
        shown = table.fontMetrics().elidedText(text, mode, inner.width())
        painter.drawText(inner, MIDDLE_LEFT, shown)

    def _is_current(self, row: int) -> bool:
        return self._table.hasFocus() and row == self._table.currentIndex().row()

    def _paint_button(self, painter: QPainter, rect: QRect, text: str, colours: Colours) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(colours.panel)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colours.ink)
        painter.setFont(self._table.font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
