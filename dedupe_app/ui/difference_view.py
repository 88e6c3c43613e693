"""Two texts side by side, to be read, searched for differences, selected and copied, with mouse and keyboard.

Compares nothing itself, and changes neither text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from dedupe_app.ui.difference_canvas import DifferenceCanvas
from dedupe_app.ui.difference_paint import GUTTER
from dedupe_app.ui.difference_select import Selection, place_at, word_around

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent

_DRAG_MS = 40


class DifferenceView(DifferenceCanvas):
    """What DifferenceCanvas shows, with a selection; Enter or a click opens what is folded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._pointer = QPoint()
        self._dragging = QTimer(self)
        self._dragging.setInterval(_DRAG_MS)
        self._dragging.timeout.connect(self._drag_on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Differences"))
        self._copy = self._action(self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy)
        self._select_all = self._action(
            self.tr("Select all"), QKeySequence.StandardKey.SelectAll, self.select_all
        )
        self._open_all = self._action(
            self.tr("Show everything that is alike"), QKeySequence("Ctrl+Shift+E"), self.open_all
        )

    # ---- selecting -----------------------------------------------------------------------------

    def selected_text(self) -> str:
        """Return what is selected, as it stands in the text."""
        start, end = self._selection.span()
        return self._text(self._selection.side)[start:end]

    @Slot()
    def copy(self) -> None:
        """Copy what is selected."""
        if selected := self.selected_text():
            QGuiApplication.clipboard().setText(selected)

    @Slot()
    def select_all(self) -> None:
        """Select the whole text of the side that was clicked last."""
        side = self._selection.side
        self._select(Selection(side, 0, len(self._text(side))))

    def _select(self, selection: Selection) -> None:
        self._selection = selection
        self.viewport().update()

    def _action(
        self,
        words: str,
        keys: QKeySequence | QKeySequence.StandardKey,
        slot: Callable[[], None],
    ) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(slot)
        self.addAction(action)
        return action

    # ---- events --------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show which fold Enter opens."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show no more which fold Enter opens."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Scroll with the usual keys; Enter opens the first fold in sight."""
        bar = self.verticalScrollBar()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_fold(self._fold_for_keyboard())
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
            bar.setValue(bar.maximum())  # the true heights of what came into sight
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open a fold, or begin to select."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        fold = self._fold_at(event.position().toPoint())
        if fold >= 0:
            self._open_fold(fold)
        elif (place := self._place_at(event.position().toPoint())) is not None:
            self._select(Selection(place[0], place[1], place[1]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select as far as the mouse; say with the pointer what can be done here."""
        self._pointer = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to_pointer()
            outside = not 0 <= self._pointer.y() < self.viewport().height()
            self._dragging.start() if outside else self._dragging.stop()
            return
        folded = self._fold_at(self._pointer) >= 0
        shape = Qt.CursorShape.PointingHandCursor if folded else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        """End selecting."""
        self._dragging.stop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select a word."""
        if (place := self._place_at(event.position().toPoint())) is not None:
            side, at = place
            self._select(Selection(side, *word_around(self._text(side), at)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what can be done with the text."""
        menu = QMenu(self)
        self._copy.setEnabled(bool(self.selected_text()))
        menu.addActions([self._copy, self._select_all, self._open_all])
        self._open_all.setEnabled(self.folds() > 0)
        menu.exec(event.globalPos())
        for action in (self._copy, self._open_all):
            action.setEnabled(True)

    # ---- places under the mouse ----------------------------------------------------------------

    @Slot()
    def _drag_on(self) -> None:
        """Scroll while the mouse is held outside."""
        bar = self.verticalScrollBar()
        step = bar.singleStep() if self._pointer.y() > 0 else -bar.singleStep()
        bar.setValue(bar.value() + step)
        self._drag_to_pointer()

    def _drag_to_pointer(self) -> None:
        """Select up to the mouse, in the text where the selection began."""
        page, side = self._page(), self._selection.side
        height = self.viewport().height()
        x, y = self._pointer.x(), max(0, min(self._pointer.y(), height - 1))
        if page.two_columns:
            start, width = page.column(side)
            x = max(start, min(x, start + width - 1))
        place = self._place_at(QPoint(x, y))
        if place is not None and place[0] == side:
            self._select(Selection(side, self._selection.anchor, place[1]))

    def _place_at(self, point: QPoint) -> tuple[int, int] | None:
        """Return which text is at a point, and the place in it."""
        found = self._sheet.part_at(point.x(), point.y() + self.verticalScrollBar().value())
        if found is None:
            return None
        part, inside = found
        return part.side, place_at(part, point.x(), inside, self._page(), GUTTER)

    def _fold_at(self, point: QPoint) -> int:
        in_sight = self._sheet.in_sight(self.verticalScrollBar().value(), self.viewport().height())
        item, _ = next(((item, y) for item, y in reversed(in_sight) if y <= point.y()), (-1, 0))
        return item if item >= 0 and self._sheet.items[item].folded else -1

    def _open_fold(self, item: int) -> None:
        if item < 0:
            return
        self._sheet.open_row(self._sheet.items[item].first)
        self._settle()
        self.opened.emit()
