"""Lays two texts out side by side, or one below the other where it is narrow, and paints what is in sight.

Both sides scroll together, what is alike is folded. Knows neither mouse nor keyboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from dedupe_app.ui import theme
from dedupe_app.ui.difference_paint import Chosen, Page, paint_fold, paint_row
from dedupe_app.ui.difference_select import Selection
from dedupe_app.ui.difference_sheet import Sheet
from dedupe_app.ui.difference_text import make_script
from dedupe_app.ui.difference_titles import ColumnTitles

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from dedupe_app.review.differences import Differences

_NARROW = 400
_LOOKS_CHANGED = frozenset(
    {
        QEvent.Type.PaletteChange,
        QEvent.Type.ApplicationPaletteChange,
        QEvent.Type.StyleChange,
        QEvent.Type.FontChange,
    }
)


class DifferenceCanvas(QAbstractScrollArea):
    """Two texts with their differences; `opened`: lines that were folded are shown now."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._alone = False
        self._current = -1
        self._selection = Selection()
        self._script = make_script(self.fontInfo().pixelSize())
        self._titles = ColumnTitles(self)
        self._titles.hide()
        self._sheet = Sheet(self._page())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # ---- what is shown -------------------------------------------------------------------------

    def show_differences(self, found: Differences, titles: tuple[str, str]) -> None:
        """Show two texts from the beginning, under a title each."""
        self._titles.set_titles(*titles)
        self._show(found, alone=False)

    def show_alone(self, found: Differences) -> None:
        """Show the left text by itself."""
        self._show(found, alone=True)

    def clear(self) -> None:
        """Show nothing."""
        self._show(None, alone=True)

    def current(self) -> int:
        """Return the number of the change that is pointed out, -1 for none."""
        return self._current

    def go_to(self, change: int) -> None:
        """Point out a change and bring it into sight, in the upper third unless it is in sight already."""
        self._current = change
        bar, height = self.verticalScrollBar(), self.viewport().height()
        for _ in range(3):  # what comes into sight gets its true height, which moves what is below
            first, last = self._sheet.extent(self._sheet.item_with(change), change)
            self._settle()
            if bar.value() <= first and min(last, first + height // 2) <= bar.value() + height:
                break
            bar.setValue(max(0, first - height // 3))
        self.viewport().update()

    def folds(self) -> int:
        """Count the places where lines that are alike are folded."""
        return len(self._sheet.folds())

    @Slot()
    def open_all(self) -> None:
        """Show all lines that are alike."""
        self._sheet.open_all()
        self._settle()
        self.opened.emit()

    def _text(self, side: int) -> str:
        found = self._sheet.found
        return "" if found is None else (found.right if side else found.left)

    # ---- layout --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802
        """Ask for the room that two columns need."""
        return QSize(476, 560)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Go down to one narrow column."""
        return QSize(300, 120)

    def _show(self, found: Differences | None, *, alone: bool) -> None:
        self._alone, self._current = alone, -1
        titled = found is not None and not alone
        self._titles.setVisible(titled)
        self.setViewportMargins(0, self._titles.sizeHint().height() if titled else 0, 0, 0)
        self._sheet = Sheet(self._page(), found)
        self._selection = Selection()
        self.verticalScrollBar().setValue(0)
        self._settle()

    def _page(self) -> Page:
        width = self.viewport().width()
        return Page(width, not self._alone and width >= _NARROW, self._script)

    def _settle(self) -> None:
        """Lay out what is in sight and put the scroll bar right."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        self._sheet.in_sight(bar.value(), height)
        bar.setRange(0, max(0, self._sheet.height() - height))
        bar.setPageStep(max(1, height - self._script.line_height))
        bar.setSingleStep(self._script.line_height)
        self.viewport().update()

    def _lay_out_again(self) -> None:
        """Lay out for another width or font; what stands at the top stays there."""
        bar, heights = self.verticalScrollBar(), self._sheet.heights
        top = heights.at(bar.value()) if len(heights) else 0
        into = bar.value() - heights.top(top) if len(heights) else 0
        self._sheet.set_page(self._page())
        self._settle()
        if top < len(self._sheet.heights):
            bar.setValue(self._sheet.heights.top(top) + min(into, self._sheet.heights[top]))

    # ---- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the items in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colours().panel)
        page, height = self._page(), self.viewport().height()
        in_sight = self._sheet.in_sight(self.verticalScrollBar().value(), height)
        chosen = Chosen(self._current, self._selection.side, self._selection.span())
        focused = self._fold_for_keyboard()
        if page.two_columns and in_sight:
            painter.setPen(theme.colours().line)
            painter.drawLine(page.width // 2, 0, page.width // 2, height)
        for item, y in in_sight:
            painter.setFont(self._script.font)
            if self._sheet.items[item].folded:
                painter.setFont(self.font())
                words = self.fold_words(item)
                paint_fold(painter, words, y, page.width, focused=item == focused)
            else:
                paint_row(painter, self._sheet.placed(item), y, page, chosen)

    def fold_words(self, item: int) -> str:
        """Say what a fold holds."""
        # Not tr(): of plurals it knows only those of the class itself, not of those that inherit from it.
        lines = self._sheet.items[item].lines
        return QCoreApplication.translate("DifferenceCanvas", "\u22ef %n line(s) alike", "", lines)

    def _fold_for_keyboard(self) -> int:
        """Return the fold that Enter opens: the first in sight while the view has the keyboard, else -1."""
        if not self.hasFocus():
            return -1
        in_sight = self._sheet.in_sight(self.verticalScrollBar().value(), self.viewport().height())
        return next((item for item, _ in in_sight if self._sheet.items[item].folded), -1)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802
        """Lay out what came into sight."""
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Lay out for another width."""
        super().resizeEvent(event)
        self._titles.setGeometry(0, 0, self.viewport().width(), self._titles.sizeHint().height())
        if event.size().width() != event.oldSize().width():
            self._lay_out_again()
        self._settle()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take other fonts and colours."""
        super().changeEvent(event)
        if event.type() in _LOOKS_CHANGED and hasattr(self, "_sheet"):
            self._script = make_script(self.fontInfo().pixelSize())
            self._lay_out_again()
