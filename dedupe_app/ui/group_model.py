"""The groups and their files as one flat table for the view: a million rows, of which only those looked at are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dedupe_app.records import FileRow, GroupRow
from dedupe_app.ui import formats, group_words
from dedupe_app.ui.group_pages import GroupPages
from dedupe_app.ui.group_rows import HEADER, GroupRows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from dedupe_app.records import Decision
    from dedupe_app.ui.group_pages import GroupSource

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_WAITING = "\u2026"
_NO_PARENT = QModelIndex()
# In a group of more files than this, a file is not looked for from first to last.
SMALL = 2048


class Column(IntEnum):
    """The columns of the table, from left to right."""

    MARK = 0
    NAME = 1
    FOLDER = 2
    SIZE = 3
    MODIFIED = 4
    SIMILAR = 5


@dataclass(frozen=True, slots=True)
class Openness:
    """Which groups show their files: all or none of them, apart from some numbers."""

    usual: bool = True
    others: frozenset[int] = frozenset()

    def is_open(self, number: int) -> bool:
        """Tell whether a group shows its files."""
        return self.usual != (number in self.others)

    def turned(self, number: int) -> Openness:
        """Return the same with one group turned round."""
        return Openness(self.usual, self.others ^ {number})


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: the numbers of the groups and their sizes, in order. `roots`: the folders that were added."""

    numbers: Sequence[int] = ()
    sizes: Sequence[int] = ()
    roots: tuple[Path, ...] = ()
    openness: Openness = field(default_factory=Openness)
    rows: GroupRows = field(default_factory=lambda: GroupRows(()))


def make_listing(
    numbers: Sequence[int],
    sizes: Sequence[int],
    roots: tuple[Path, ...] = (),
    openness: Openness | None = None,
) -> Listing:
    """Lay out groups; best done in the background when there are very many."""
    chosen = openness or Openness()
    listed = enumerate(numbers) if chosen.others else ()
    others = [position for position, number in listed if number in chosen.others]
    rows = GroupRows(sizes, is_open=chosen.usual, others=others)
    return Listing(numbers, sizes, roots, chosen, rows)


def _begins_with(listing: Listing, other: Listing) -> bool:
    groups = len(other.numbers)
    same = listing.numbers[:groups] == other.numbers and listing.sizes[:groups] == other.sizes
    return same and (groups > 0 or not listing.numbers)


class GroupModel(QAbstractTableModel):
    """Shows one listing: a header row for each group, below it its files."""

    def __init__(self, source: GroupSource, parent: QObject | None = None) -> None:
        """Show nothing yet; `source` is asked for what is looked at."""
        super().__init__(parent)
        self._source = source
        self._folders: dict[Path, str] = {}
        self._listing = Listing()
        self._pages = GroupPages(source, (), self._listing.rows)

    # ---- what is listed ------------------------------------------------------------------------

    @property
    def rows(self) -> GroupRows:
        """Return where groups and files stand."""
        return self._listing.rows

    @property
    def openness(self) -> Openness:
        """Return which groups show their files."""
        return self._listing.openness

    def show(self, listing: Listing) -> bool:
        """Show another listing. Returns whether rows moved: if not, selection and scrolling are as before."""
        if listing.openness != self.openness:  # turned by the user since the listing was asked for
            listing = make_listing(
                listing.numbers, listing.sizes, listing.roots, self._listing.openness
            )
        if _begins_with(listing, self._listing):
            self._extend(listing)
            return False
        self.beginResetModel()
        self._set(listing)
        self.endResetModel()
        return True

    @property
    def numbers(self) -> Sequence[int]:
        """Return the numbers of the groups, in order."""
        return self._listing.numbers

    def number(self, position: int) -> int:
        """Return the number of a group."""
        return self._listing.numbers[position]

    def positions(self, numbers: Collection[int]) -> dict[int, int]:
        """Return where some groups are in the list, by their numbers; those not listed are left out."""
        if not numbers:
            return {}
        listed = enumerate(self._listing.numbers)
        return {number: position for position, number in listed if number in numbers}

    def group(self, position: int) -> GroupRow | None:
        """Return a group, None if it is gone."""
        return self._pages.group(position)

    def file(self, position: int, line: int) -> FileRow | None:
        """Return a file of a group, counted from 1, None if it is gone."""
        return self._pages.file(position, line)

    def files(self, position: int) -> list[FileRow]:
        """Return all files of a group, keeper first; not for huge groups."""
        return self._pages.files(position)

    def entry(self, row: int) -> GroupRow | FileRow | None:
        """Return what stands in a row, None if it is gone from the library."""
        place = self.rows.place(row)
        if place.line == HEADER:
            return self._pages.group(place.position)
        return self._pages.file(place.position, place.line)

    def line_of(self, position: int, file: int, near: int) -> int:
        """Return the line of a file of a group, HEADER if it is not there; a huge group is looked at around `near`."""
        size = self.rows.size(position)
        first = 1 if size <= SMALL else max(1, near - SMALL)
        last = min(size, max(near, 1) + SMALL)
        for line in range(first, last + 1):
            row = self._pages.file(position, line)
            if row is not None and row.file == file:
                return line
        return HEADER

    def folder_text(self, folder: Path) -> str:
        """Return a folder as it is called from the folder that the user added."""
        if folder not in self._folders:
            self._folders[folder] = group_words.folder_text(folder, self._listing.roots)
        return self._folders[folder]

    # ---- what changes --------------------------------------------------------------------------

    def set_open(self, position: int, *, is_open: bool) -> None:
        """Show or hide the files of a group."""
        if self.rows.is_open(position) == is_open:
            return
        header, size = self.rows.header_row(position), self.rows.size(position)
        if is_open:
            self.beginInsertRows(_NO_PARENT, header + 1, header + size)
        else:
            self.beginRemoveRows(_NO_PARENT, header + 1, header + size)
        self.rows.set_open(position, is_open=is_open)
        old = self._listing
        openness = old.openness.turned(self.number(position))
        self._listing = Listing(old.numbers, old.sizes, old.roots, openness, old.rows)
        if is_open:
            self.endInsertRows()
        else:
            self.endRemoveRows()
        self._redraw(header, header)

    def set_all_open(self, *, is_open: bool) -> None:
        """Show or hide the files of all groups."""
        self.beginResetModel()
        old = self._listing
        self._listing = make_listing(old.numbers, old.sizes, old.roots, Openness(is_open))
        self._pages = GroupPages(self._source, old.numbers, self.rows)
        self.endResetModel()

    def redecide(self, files: Collection[int], decision: Decision) -> None:
        """Show another decision about some files at once, before it is written."""
        for position in self._pages.redecide(files, decision):
            self._redraw_group(position)

    def forget_groups(self, numbers: Collection[int]) -> None:
        """Read the headers of some groups anew: what is decided about their files has been written."""
        positions = self.positions(numbers)
        self._pages.forget_groups(positions.values())
        for position in positions.values():
            header = self.rows.header_row(position)
            self._redraw(header, header)

    def refresh(self) -> None:
        """Read everything anew when it is next looked at; the rows stay."""
        self._set(self._listing)
        self._redraw(0, len(self.rows) - 1)

    # ---- what Qt asks --------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt
        """Count the columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:  # noqa: ANN401 - Qt
        """Return a cell as text, its tip, its sentence for screen readers, or the record (UserRole)."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        column = Column(index.column())
        if role == _ROLE.DisplayRole:
            return self._text(index.row(), column)
        if role == _ROLE.ToolTipRole:
            return self._tip(index.row(), column)
        if role == _ROLE.AccessibleTextRole:
            return self._sentence(index.row(), column)
        return self.entry(index.row()) if role == _ROLE.UserRole else None

    def headerData(  # noqa: N802 - Qt
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = _ROLE.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = self.column_name(Column(section))
        if role == _ROLE.DisplayRole:
            return "" if section == Column.MARK else name
        return name if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole) else None

    def column_name(self, column: Column) -> str:
        """Return the name of a column, also where the header has no room for it."""
        return {
            Column.MARK: self.tr("Decision"),
            Column.NAME: self.tr("Name"),
            Column.FOLDER: self.tr("Folder"),
            Column.SIZE: self.tr("Size"),
            Column.MODIFIED: self.tr("Modified"),
            Column.SIMILAR: self.tr("Similar"),
        }[column]

    # ---- cells ---------------------------------------------------------------------------------

    def _text(self, row: int, column: Column) -> str:
        entry = self.entry(row)
        if entry is None:
            return _WAITING if column == Column.NAME else ""
        if isinstance(entry, FileRow):
            return self.file_text(entry, column)
        match column:
            case Column.NAME:
                return group_words.title_text(entry)
            case Column.FOLDER:
                return group_words.summary_text(entry)
            case Column.SIMILAR:
                return formats.percent_text(entry.similarity)
        return ""

    def file_text(self, row: FileRow, column: Column) -> str:
        """Return one cell of a file."""
        match column:
            case Column.MARK:
                return group_words.mark_text(row)
            case Column.NAME:
                return formats.shown_path(row.path.name)
            case Column.FOLDER:
                return self.folder_text(row.path.parent)
            case Column.SIZE:
                return formats.size_text(row.size_bytes)
            case Column.MODIFIED:
                return formats.date_text(row.mtime_ns)
            case Column.SIMILAR:
                return group_words.similar_text(row)

    def _tip(self, row: int, column: Column) -> str | None:
        entry = self.entry(row)
        if isinstance(entry, GroupRow):
            return group_words.group_tip(entry)
        if entry is None:
            return None
        words = group_words.mark_tip if column == Column.MARK else group_words.file_tip
        marking = self._pages.marking(self.rows.place(row).position, entry)
        return group_words.as_tip(words(entry, marking))

    def _sentence(self, row: int, column: Column) -> str:
        entry = self.entry(row)
        if column != Column.NAME or entry is None:
            return self._text(row, column)
        place = self.rows.place(row)
        if isinstance(entry, GroupRow):
            return group_words.group_sentence(entry, is_open=self.rows.is_open(place.position))
        known = self._pages.known_files(place.position)
        keeper = next((each.path.name for each in known if each.file == entry.compared_with), "")
        folder = self.folder_text(entry.path.parent)
        marking = self._pages.marking(place.position, entry)
        return group_words.file_sentence(entry, keeper, folder, marking)

    def _extend(self, listing: Listing) -> None:
        """Show a listing that has the same as before, perhaps with further groups at its end."""
        known, rows = len(self.rows), len(listing.rows)
        if rows > known:
            self.beginInsertRows(_NO_PARENT, known, rows - 1)
        self._set(listing)
        if rows > known:
            self.endInsertRows()
        self._redraw(0, known - 1)

    def _set(self, listing: Listing) -> None:
        self._listing = listing
        self._pages = GroupPages(self._source, listing.numbers, listing.rows)
        self._folders.clear()

    def _redraw_group(self, position: int) -> None:
        header = self.rows.header_row(position)
        last = header + self.rows.size(position) if self.rows.is_open(position) else header
        self._redraw(header, last)

    def _redraw(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
