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

    from dedupe_app.store.library import Library
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

    def choose_pair(self, path: Path, other: Path) -> None:
        """Choose the file at a path; where it is the one that others are compared with, the other file."""
        question = partial(_read_places, paths=(path, other))
        self._library.ask(question, self._choose_compared, key="find in groups")

    @Slot(object)
    def _choose_compared(self, members: list[tuple[int, int]]) -> None:
        self._choose([each for each in members if self._is_compared(*each)][:1] or members[:1])

    def _is_compared(self, group: int, file: int) -> bool:
        for position in self._model.positions({group}).values():
            line = self._model.line_of(position, file, HEADER + 1)
            row = self._model.file(position, line) if line != HEADER else None
            return row is not None and row.compared_with is not None
        return False

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


def _read_places(library: Library, *, paths: Sequence[Path]) -> list[tuple[int, int]]:
    from dedupe_app.store.documents import file_at

    files = [file for path in paths if (file := file_at(library, path)) is not None]
    return _read_members(library, files=files)
