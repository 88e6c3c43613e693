"""Finds files in the list of groups that were chosen elsewhere, opens their groups and chooses them there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.ui.group_rows import HEADER, Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.store.database import Library
    from dedupe_app.ui.group_model import GroupModel
    from dedupe_app.ui.group_table import GroupTable
    from dedupe_app.ui.library import LibraryThread

# More files than this are not looked for: nobody follows so many rows.
_MOST = 500


class GroupFinding(QObject):
    """Looks for files in one list of groups."""

    def __init__(self, library: LibraryThread, table: GroupTable, model: GroupModel) -> None:
        """Look in the table and its model."""
        super().__init__(table)
        self._library = library
        self._table = table
        self._model = model

    def choose(self, files: Sequence[int]) -> None:
        """Choose files; nothing happens where they are in no group that is listed."""
        if files:
            question = partial(_read_members, files=tuple(files[:_MOST]))
            self._library.ask(question, self._choose, key="find in groups")

    def choose_path(self, path: Path) -> None:
        """Choose the file at a path; nothing happens where it is in no group that is listed."""
        self._library.ask(partial(_read_place, path=path), self._choose, key="find in groups")

    @Slot(object)
    def _choose(self, members: list[tuple[int, int]]) -> None:
        model, table = self._model, self._table
        positions = model.positions({group for group, _ in members})
        for position in positions.values():
            if not model.rows.is_open(position):
                model.set_open(position, is_open=True)
        rows = []
        for group, file in members:
            if group in positions:
                line = model.line_of(positions[group], file, HEADER + 1)
                if line != HEADER:
                    rows.append(model.rows.row(Place(positions[group], line)))
        if rows:
            table.doItemsLayout()  # the scroll bar has to know how many rows there are now
            table.choose_rows([(row, row) for row in sorted(set(rows))], rows[0])
            table.show_row(rows[0])


def _read_members(library: Library, *, files: Sequence[int]) -> list[tuple[int, int]]:
    from dedupe_app.store.marks import groups_with_files

    return groups_with_files(library, WINDOW_SCOPE, files)


def _read_place(library: Library, *, path: Path) -> list[tuple[int, int]]:
    from dedupe_app.store.documents import file_at

    file = file_at(library, path)
    return [] if file is None else _read_members(library, files=(file,))
