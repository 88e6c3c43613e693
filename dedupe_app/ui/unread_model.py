"""The files that could not be read, as a table: name, folder, why, and what can be done about it."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from dedupe_app.records import SkipReason
from dedupe_app.ui import formats
from dedupe_app.ui.group_words import as_tip, folder_text
from dedupe_app.ui.sentences import in_words, join

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.records import UnreadRow

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_NO_PARENT = QModelIndex()
_LEAST_S, _TIMES = 300.0, 5
# What can be other the next time although the file is the same: installed programs, rights, drives, a busy machine.
_WORTH_IT = (
    SkipReason.NO_TEXT,
    SkipReason.NOT_PERMITTED,
    SkipReason.VANISHED,
    SkipReason.TIMED_OUT,
)


class UnreadColumn(IntEnum):
    """The columns of the table, from left to right."""

    NAME = 0
    FOLDER = 1
    WHY = 2
    DEED = 3


def why_text(row: UnreadRow) -> str:
    """Say why a file could not be read, and what helps."""
    translate = QCoreApplication.translate
    reason = {
        SkipReason.ENCRYPTED: translate("Unread", "Protected by a password."),
        SkipReason.NO_TEXT: translate("Unread", "No text in it (scanned)."),
        SkipReason.EMPTY: translate("Unread", "No text in it."),
        SkipReason.DAMAGED: translate("Unread", "Damaged."),
        SkipReason.TOO_LARGE: translate("Unread", "Too large."),
        SkipReason.TIMED_OUT: translate("Unread", "Took too long."),
        SkipReason.NOT_PERMITTED: translate("Unread", "Not permitted."),
        SkipReason.VANISHED: translate("Unread", "No longer there."),
        SkipReason.UNSUPPORTED: translate("Unread", "No reader for files of this kind."),
    }[row.reason]
    detail = formats.shown_path(in_words(row.detail))
    if row.reason in (SkipReason.TOO_LARGE, SkipReason.NOT_PERMITTED) and detail:
        return join(reason, detail)
    return detail or reason


def deed_texts() -> tuple[str, str]:
    """Return what the buttons say: for files that took too long, and for others."""
    translate = QCoreApplication.translate
    return translate("Unread", "Give it more time"), translate("Unread", "Read again")


def deed_text(row: UnreadRow) -> str:
    """Return what the button of a file says, "" for those without one."""
    if row.reason not in _WORTH_IT:
        return ""
    return deed_texts()[0 if row.reason is SkipReason.TIMED_OUT else 1]


def more_seconds(row: UnreadRow) -> float | None:
    """Return how much time to give a file that took too long: several times as much as it had; None for others."""
    if row.reason is not SkipReason.TIMED_OUT:
        return None
    had = re.search(r"([\d.]+(?:e[+]\d+)?) s\b", row.detail)
    return max(_LEAST_S, float(had[1]) * _TIMES) if had else _LEAST_S


class UnreadModel(QAbstractTableModel):
    """Shows the files that could not be read."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Show none yet."""
        super().__init__(parent)
        self._rows: Sequence[UnreadRow] = ()
        self._roots: tuple[Path, ...] = ()

    def show(self, rows: Sequence[UnreadRow], roots: tuple[Path, ...]) -> bool:
        """Show other files; returns whether they are others than before."""
        if list(rows) == list(self._rows) and roots == self._roots:
            return False
        self.beginResetModel()
        self._rows, self._roots = rows, roots
        self.endResetModel()
        return True

    def file(self, row: int) -> UnreadRow:
        """Return the file in a row."""
        return self._rows[row]

    def rows_of(self, files: frozenset[int]) -> list[int]:
        """Return the rows in which some files are now."""
        return [row for row, each in enumerate(self._rows) if each.file in files]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt
        """Count the files."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt
        """Count the columns."""
        return 0 if parent.isValid() else len(UnreadColumn)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:  # noqa: ANN401 - Qt
        """Return a cell as text, its tip, or its sentence for screen readers."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row, column = self._rows[index.row()], UnreadColumn(index.column())
        if role == _ROLE.DisplayRole:
            return self._text(row, column)
        if role == _ROLE.ToolTipRole:
            return as_tip(f"{formats.shown_path(row.path)}\n{why_text(row)}")
        if role == _ROLE.AccessibleTextRole and column == UnreadColumn.NAME:
            return self._sentence(row)
        return None

    def headerData(  # noqa: N802 - Qt
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.AccessibleTextRole and section == UnreadColumn.DEED:
            return self.tr("What can be done")
        names = (self.tr("Name"), self.tr("Folder"), self.tr("Why"), "")
        return names[section] if role == _ROLE.DisplayRole else None

    def _text(self, row: UnreadRow, column: UnreadColumn) -> str:
        match column:
            case UnreadColumn.NAME:
                return formats.shown_path(row.path.name)
            case UnreadColumn.FOLDER:
                return folder_text(row.path.parent, self._roots)
            case UnreadColumn.WHY:
                return why_text(row)
            case UnreadColumn.DEED:
                return deed_text(row)

    def _sentence(self, row: UnreadRow) -> str:
        folder = self.tr("in {}").format(folder_text(row.path.parent, self._roots))
        parts = [
            formats.shown_path(row.path.name),
            folder,
            why_text(row).rstrip("."),
            deed_text(row),
        ]
        return ", ".join(filter(None, parts))
