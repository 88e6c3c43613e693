"""One list of the sidebar: a name on the left, a count on the right, perhaps a coloured dot. As high as its rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dedupe_app.ui.theme import Colours, colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

_ROW = 31
_SMALL_PIXELS = 11
_ITEM_ROLE = int(Qt.ItemDataRole.UserRole)
_Index = QModelIndex | QPersistentModelIndex


class Shape(Enum):
    """What a dot looks like: filled, a ring, a ring around a smaller dot, or a ring with a bar through it."""

    FULL = "full"
    RING = "ring"
    CORE = "core"
    BARRED = "barred"


@dataclass(frozen=True, slots=True)
class SideItem:
    """One row. `key`: what it stands for; `dot`: a field of Colours, "" for none; `spoken`: for screen readers.

    `shape`: of the dot, so that it differs not by colour alone.
    """

    key: object
    text: str
    count: str = ""
    note: str = ""
    dot: str = ""
    shape: Shape = Shape.FULL
    tooltip: str = ""
    spoken: str = ""


class _SideModel(QAbstractListModel):
    """The rows of a list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: tuple[SideItem, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not 0 <= index.row() < len(self.items):
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return item.tooltip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.spoken or ", ".join(filter(None, (item.text, item.note, item.count)))
        return item if role == _ITEM_ROLE else None

    def replace(self, items: Sequence[SideItem]) -> None:
        """Show other rows; where they stand for the same things only their texts change."""
        if [each.key for each in items] == [each.key for each in self.items]:
            self.items = tuple(items)
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()


class _SideDelegate(QStyledItemDelegate):
    """Paints a row."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802
        return QSize(80, max(_ROW, QFontMetrics(option.font).height() + 11))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = index.data(_ITEM_ROLE)
        shown = colours()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shown.accbg if chosen else shown.chip)
            painter.drawRoundedRect(box, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(shown.acc, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # In the middle of pixels: what reaches beyond the row is not painted over when it goes.
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        _paint_texts(painter, box.adjusted(8, 0, -8, 0), item, option, shown, chosen=chosen)
        painter.restore()


def _paint_texts(
    painter: QPainter,
    box: QRect,
    item: SideItem,
    option: QStyleOptionViewItem,
    shown: Colours,
    *,
    chosen: bool,
) -> None:
    font = QFont(option.font)
    small = QFont(font)
    small.setPixelSize(max(_SMALL_PIXELS, QFontMetrics(font).height() * 11 // 16))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(small)
    painter.setPen(shown.mute)
    painter.drawText(box, right, item.count)
    room = QRect(box)
    room.setRight(box.right() - QFontMetrics(small).horizontalAdvance(item.count) - 8)
    if item.dot:
        _paint_dot(painter, room, getattr(shown, item.dot), item.shape)
        room.setLeft(room.left() + 14)
    note = f" \u00b7 {item.note}" if item.note else ""
    note_width = QFontMetrics(small).horizontalAdvance(note)
    font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(
        item.text, Qt.TextElideMode.ElideMiddle, max(room.width() - note_width, 40)
    )
    painter.setFont(font)
    painter.setPen(shown.acc if chosen else shown.ink)
    painter.drawText(room, left, text)
    painter.setFont(small)
    painter.setPen(shown.mute)
    room.setLeft(room.left() + metrics.horizontalAdvance(text))
    painter.drawText(room, left, note)


def _paint_dot(painter: QPainter, box: QRect, colour: QColor, shape: Shape) -> None:
    middle = QPointF(box.left() + 4, box.center().y() + 0.5)
    full = shape is Shape.FULL
    painter.setPen(Qt.PenStyle.NoPen if full else QPen(colour, 1.5))
    painter.setBrush(colour if full else Qt.BrushStyle.NoBrush)
    radius = 4.0 if full else 3.25
    painter.drawEllipse(middle, radius, radius)
    if shape is Shape.CORE:
        painter.setBrush(colour)
        painter.drawEllipse(middle, 0.75, 0.75)
    elif shape is Shape.BARRED:
        reach = QPointF(radius, -radius)
        painter.drawLine(middle - reach, middle + reach)


class SideList(QListView):
    """A list whose rows are chosen by mouse and keyboard. `chosen` gives the key of the row, None for no row."""

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        or_none: bool = False,
        least: int | None = None,
    ) -> None:
        """Make an empty list; `name` is what a screen reader calls it.

        `or_none`: a second click chooses no row. `least`: how many rows can be seen at least, None: all.
        """
        super().__init__(parent)
        self._least = least
        self._or_none = or_none
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setProperty("look", "side")
        self._model = _SideModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_SideDelegate(self))
        self.selectionModel().selectionChanged.connect(self._report)

    def show_items(self, items: Sequence[SideItem]) -> None:
        """Show these rows; what was chosen stays so, and nothing is reported."""
        key, current = self.key(), self.current_key()
        with QSignalBlocker(self.selectionModel()):
            self._model.replace(items)
            self.choose(key)
            if key is None and (row := self._row_of(current)) >= 0:
                index = self._model.index(row)
                no_choice = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(index, no_choice)
        self.updateGeometry()
        self.viewport().update()

    def items(self) -> tuple[SideItem, ...]:
        """Return the rows."""
        return self._model.items

    def key(self) -> object:
        """Return what the chosen row stands for, None when none is chosen."""
        rows = self.selectionModel().selectedIndexes()
        return self._model.items[rows[0].row()].key if rows else None

    def current_key(self) -> object:
        """Return what the row stands for that the keyboard is at, None without one."""
        row = self.currentIndex().row()
        return self._model.items[row].key if 0 <= row < len(self._model.items) else None

    def choose(self, key: object) -> None:
        """Choose the row that stands for `key`; none when there is no such row."""
        row = self._row_of(key)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))
        else:
            self.clearSelection()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the height of all rows."""
        rows = len(self._model.items)
        return QSize(120, rows * self.sizeHintForRow(0) if rows else 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for some rows at least: more can be scrolled to."""
        rows = len(self._model.items)
        rows = rows if self._least is None else min(rows, self._least)
        return QSize(80, rows * self.sizeHintForRow(0) if rows else 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the row, or no row when it was chosen already; other buttons only make it the current one."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._or_none and self.selectionModel().isSelected(index):
            self.clearSelection()
            return
        if left:
            super().mousePressEvent(event)
        elif index.isValid():  # for the menu of this row: what is shown stays as it is
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Escape choose no row where that is possible."""
        if event.key() == Qt.Key.Key_Escape and self._or_none and self.key() is not None:
            self.clearSelection()
            return
        super().keyPressEvent(event)

    def _row_of(self, key: object) -> int:
        keys = [item.key for item in self._model.items]
        return keys.index(key) if key is not None and key in keys else -1

    @Slot()
    def _report(self) -> None:
        self.chosen.emit(self.key())
