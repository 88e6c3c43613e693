"""What can be done with the rows that are chosen in the list of groups, by key, mouse or menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from dedupe_app.records import Decision, FileRow
from dedupe_app.ui.formats import shown_path

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.ui.deciding import Deciding
    from dedupe_app.ui.group_model import GroupModel
    from dedupe_app.ui.group_table import GroupTable

_MOST_PATHS = 10_000


class GroupDeeds(QObject):
    """Does what the table and its menu ask for; what is the window's to do, it asks of the window."""

    protect_wanted = Signal(object)  # Path
    open_wanted = Signal(object)  # Path
    reveal_wanted = Signal(object)  # Path
    rules_wanted = Signal(object)  # list[int]
    similar_wanted = Signal(object)  # FileRow

    def __init__(
        self, table: GroupTable, model: GroupModel, deciding: Deciding, parent: QObject
    ) -> None:
        """Work on what is chosen in `table`."""
        super().__init__(parent)
        self._table = table
        self._model = model
        self._deciding = deciding
        table.toggle_wanted.connect(self._toggle)
        table.remove_wanted.connect(self.mark_to_remove)
        table.keeper_wanted.connect(self.keep_current)
        table.open_wanted.connect(self.open_current)
        table.reveal_wanted.connect(self.reveal_current)
        table.copy_wanted.connect(self.copy_paths)

    def current_file(self) -> FileRow | None:
        """Return the file in the current row, None on a header or when there is none."""
        row = self._table.current_row()
        entry = self._model.entry(row) if row >= 0 else None
        return entry if isinstance(entry, FileRow) else None

    # ---- decisions -----------------------------------------------------------------------------

    @Slot(object)
    def _toggle(self, row: int | None) -> None:
        self._deciding.toggle(self._table.chosen_rows() if row is None else [(row, row)])

    @Slot()
    def mark_to_remove(self) -> None:
        """Mark the chosen files to be removed."""
        self._mark(Decision.REMOVE)

    @Slot()
    def mark_to_keep(self) -> None:
        """Mark the chosen files to stay."""
        self._mark(Decision.KEEP)

    @Slot()
    def leave_undecided(self) -> None:
        """Take the marks from the chosen files."""
        self._mark(Decision.UNDECIDED)

    def _mark(self, decision: Decision) -> None:
        if ranges := self._table.chosen_rows():
            self._deciding.mark(ranges, decision)

    @Slot()
    def keep_current(self) -> None:
        """Make the current file the one to keep in its group."""
        if (row := self.current_file()) is not None:
            self._deciding.keep(row)

    @Slot()
    def reject_chosen(self) -> None:
        """Remember that the chosen files are no duplicates of the others in their group."""
        if ranges := self._table.chosen_rows():
            self._deciding.reject(ranges)

    @Slot()
    def ask_for_rules(self) -> None:
        """Ask the window to apply keep rules to the chosen files."""
        self.rules_wanted.emit(self._deciding.files(self._table.chosen_rows()))

    # ---- the current file ----------------------------------------------------------------------

    @Slot()
    def open_current(self) -> None:
        """Ask the window to open the current file."""
        if (row := self.current_file()) is not None:
            self.open_wanted.emit(row.path)

    @Slot()
    def reveal_current(self) -> None:
        """Ask the window to show the current file in the file manager."""
        if (row := self.current_file()) is not None:
            self.reveal_wanted.emit(row.path)

    @Slot()
    def find_like_current(self) -> None:
        """Ask the window for documents that are like the current file."""
        if (row := self.current_file()) is not None:
            self.similar_wanted.emit(row)

    @Slot()
    def protect_folder(self) -> None:
        """Ask the window to protect the folder of the current file."""
        if (row := self.current_file()) is not None:
            self.protect_wanted.emit(row.path.parent)

    @Slot()
    def copy_paths(self) -> None:
        """Put the paths of the chosen files on the clipboard, one in a line."""
        paths = self._deciding.paths(self._table.chosen_rows(), _MOST_PATHS)
        if paths:
            QGuiApplication.clipboard().setText("\n".join(map(_plain_path, paths)))


def _plain_path(path: Path) -> str:
    try:
        str(path).encode()
    except UnicodeEncodeError:  # bytes that are no text cannot be pasted anywhere
        return shown_path(path)
    return str(path)
