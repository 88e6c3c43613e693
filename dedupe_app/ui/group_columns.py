"""How wide the columns of the list of groups are: as the user set them, otherwise as font and room allow.

Where there is little room the name keeps what it needs: the folder gets narrower, then the date and the size go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from dedupe_app.ui import formats
from dedupe_app.ui.group_model import Column, GroupModel
from dedupe_app.ui.row_delegate import PAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTableView

MARK_WIDTH = 40
_ARROW = 12  # of the order, beside the name of a column
_NAME_LETTERS, _FOLDER_LETTERS = 26, 12  # at least to be seen of a name and of a folder
_MOST_FOLDER, _FOLDER_SHARE = 480, 0.22
_LEAST_SHARE = 0.34  # of the whole, for the name
_NARROW = (Column.MODIFIED, Column.SIZE)  # what goes first where there is little room


class ColumnWidths(QObject):
    """Keeps the columns of one table; the name gets what the others leave."""

    def __init__(self, table: QTableView, model: GroupModel) -> None:
        """Keep the widths of a table that shows the model already."""
        super().__init__(table)
        self._table = table
        self._model = model
        self._own: dict[Column, int] = {}
        self._arranging = False
        table.horizontalHeader().sectionResized.connect(self._note_resized)

    def own(self) -> tuple[int, ...]:
        """Return the widths that the user set, column by column, 0 for the others; nothing if there are none."""
        return tuple(self._own.get(column, 0) for column in Column) if self._own else ()

    def restore(self, widths: Sequence[int]) -> None:
        """Make columns as wide as the user set them once."""
        own = dict(zip(Column, widths, strict=False))
        self._own = {column: width for column, width in own.items() if width > 0}
        self.fit()

    def fit(self) -> None:
        """Share the room that there is."""
        self._arranging = True
        widths = {column: self._wanted(column) for column in Column}
        widths[Column.FOLDER] = self._own.get(Column.FOLDER) or self._folder_width()
        least_folder = min(self._letters(_FOLDER_LETTERS), widths[Column.FOLDER])
        whole = self._table.viewport().width()
        room = whole - max(self._letters(_NAME_LETTERS), int(whole * _LEAST_SHARE))
        hidden: list[Column] = []
        for column in (*_NARROW, None):
            shown = [each for each in Column if each not in (Column.NAME, *hidden)]
            over = sum(widths[each] for each in shown) - room
            if over <= widths[Column.FOLDER] - least_folder or column is None:
                break
            hidden.append(column)
        widths[Column.FOLDER] = max(least_folder, widths[Column.FOLDER] - max(over, 0))
        for column, width in widths.items():
            self._table.setColumnHidden(column, column in hidden)
            if column not in (Column.NAME, *hidden):
                self._table.setColumnWidth(column, width)
        self._arranging = False

    def _wanted(self, column: Column) -> int:
        """Return how wide a column is to be; 0 for those that depend on the room."""
        if column == Column.MARK:
            return MARK_WIDTH
        texts = {
            Column.SIZE: [formats.size_text(888_000_000), formats.size_text(888)],
            Column.MODIFIED: ["8888-88-88"],
            Column.SIMILAR: [formats.percent_text(100.0)],
        }.get(column)
        if texts is None or column in self._own:
            return self._own.get(column, 0)
        metrics = self._table.fontMetrics()
        named = metrics.horizontalAdvance(self._model.column_name(column)) + _ARROW
        return max(named, *map(metrics.horizontalAdvance, texts)) + 2 * PAD + 2

    def _folder_width(self) -> int:
        wanted = int(self._table.viewport().width() * _FOLDER_SHARE)
        return max(self._letters(_FOLDER_LETTERS), min(wanted, _MOST_FOLDER))

    def _letters(self, count: int) -> int:
        return count * self._table.fontMetrics().averageCharWidth() + 2 * PAD

    @Slot(int, int, int)
    def _note_resized(self, column: int, _old: int, new: int) -> None:
        # Before it is shown the table has hardly any room, and the style may ask for more.
        by_user = not self._arranging and self._table.isVisible()
        if by_user and column not in (Column.MARK, Column.NAME) and new > 0:
            self._own[Column(column)] = new
