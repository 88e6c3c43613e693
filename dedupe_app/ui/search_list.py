"""The list of hits as a widget: paints them, knows the keys, and tells what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from dedupe_app.ui.search_paint import HitDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from dedupe_app.records import SearchHit
    from dedupe_app.ui.search_model import HitModel, Index

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class HitList(QListView):
    """Shows a HitModel; one hit is the current one, several may be chosen."""

    open_wanted = Signal()
    reveal_wanted = Signal()
    copy_wanted = Signal()
    up_wanted = Signal()  # beyond the first hit
    menu_wanted = Signal(QPoint)
    current_moved = Signal()

    def __init__(self, model: HitModel, parent: QWidget | None = None) -> None:
        """Show a model."""
        super().__init__(parent)
        self._model = model
        self._delegate = HitDelegate(self, model)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Documents that were found"))
        self.setMouseTracking(True)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.doubleClicked.connect(self._open)

    def current_hit(self) -> SearchHit | None:
        """Return the hit in the current row, None without one."""
        row = self.currentIndex().row()
        return self._model.hit(row) if 0 <= row < self._model.rowCount() else None

    def chosen_hits(self) -> list[SearchHit]:
        """Return the hits that are chosen, in order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._model.hit(row) for row in rows]

    def choose(self, row: int) -> None:
        """Make a row the current one, the only one that is chosen."""
        self.setCurrentIndex(self._model.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt
        """Tell that another hit is the current one."""
        super().currentChanged(current, previous)
        self.current_moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open, reveal and copy by keys; go up to the field from the first hit."""
        keys = event.modifiers() & ~_KEYPAD
        control = Qt.KeyboardModifier.ControlModifier
        plain = Qt.KeyboardModifier.NoModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and keys == plain:
            self.open_wanted.emit()
        elif enter and keys == control:
            self.reveal_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Up and keys == plain and self.currentIndex().row() <= 0:
            self.up_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Have a current hit as soon as keys come here."""
        super().focusInEvent(event)
        if self._model.rowCount() and not self.currentIndex().isValid():
            self.choose(0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Measure the rows again in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(
            self, "_delegate"
        ):
            self._delegate.refresh_fonts()
            self.scheduleDelayedItemsLayout()

    @Slot(QPoint)
    def _ask_for_menu(self, place: QPoint) -> None:
        if self.currentIndex().isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    @Slot(object)
    def _open(self, _index: object) -> None:
        self.open_wanted.emit()
