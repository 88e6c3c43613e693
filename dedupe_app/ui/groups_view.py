"""The list of groups in the middle of the window: shows what the library holds, and writes down decisions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from dedupe_app.records import FileRow, GroupQuery, SortKey
from dedupe_app.ui.deciding import Deciding
from dedupe_app.ui.group_bookmark import follow_files, return_to, set_bookmark
from dedupe_app.ui.group_deeds import GroupDeeds
from dedupe_app.ui.group_finding import GroupFinding
from dedupe_app.ui.group_menu import deeds_menu, order_menu
from dedupe_app.ui.group_model import Column, GroupModel, Listing
from dedupe_app.ui.group_questions import LibrarySource, read_first_listing, read_listing
from dedupe_app.ui.group_table import GroupTable
from dedupe_app.ui.message_page import MessagePage
from dedupe_app.ui.note import Note, announce

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.ui.library import LibraryThread

_SORTED_BY = {
    Column.NAME: SortKey.NAME,
    Column.FOLDER: SortKey.FOLDER,
    Column.SIZE: SortKey.SIZE,
    Column.MODIFIED: SortKey.MODIFIED,
    Column.SIMILAR: SortKey.SIMILAR,
}
_LETTERS = (SortKey.NAME, SortKey.FOLDER)


class GroupsView(QWidget):
    """Lists the groups; what is to be opened, protected or grouped anew it asks of the window."""

    current_changed = Signal(object)  # FileRow | None
    decisions_changed = Signal()
    regroup_wanted = Signal()
    protect_wanted = Signal(object)  # Path
    open_wanted = Signal(object)  # Path
    reveal_wanted = Signal(object)  # Path
    rules_wanted = Signal(object)  # list[int]
    similar_wanted = Signal(object)  # FileRow
    query_changed = Signal(object)  # GroupQuery: the order was changed in the list
    listed = Signal(object)  # int: how many groups are shown now
    warned = Signal(str)

    def __init__(self, library: LibraryThread, parent: QWidget | None = None) -> None:
        """List nothing yet: reload() does."""
        super().__init__(parent)
        self._library = library
        self._query = GroupQuery()
        self._ordered_here = False
        self._listed_query = self._query
        self._current: FileRow | None = None
        self._showing = False
        self.model = GroupModel(LibrarySource(library), self)
        self.table = GroupTable(self.model, self)
        self._deciding = Deciding(library, self.model, self)
        self.deeds = GroupDeeds(self.table, self.model, self._deciding, self)
        self._finding = GroupFinding(library, self.table, self.model)
        self._page = MessagePage(self)
        self._note = Note(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._page)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._note)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        table, deeds, deciding = self.table, self.deeds, self._deciding
        table.menu_wanted.connect(self._show_menu)
        table.current_moved.connect(self._follow_current)
        deeds.open_wanted.connect(self.open_wanted)
        deeds.reveal_wanted.connect(self.reveal_wanted)
        deeds.protect_wanted.connect(self.protect_wanted)
        deeds.rules_wanted.connect(self.rules_wanted)
        deeds.similar_wanted.connect(self.similar_wanted)
        header = table.horizontalHeader()
        header.sectionClicked.connect(self._sort_by_column)
        header.customContextMenuRequested.connect(self._show_order_menu)
        deciding.decisions_changed.connect(self.decisions_changed)
        deciding.regroup_wanted.connect(self.regroup_wanted)
        deciding.warned.connect(self._note_down)
        deciding.marked.connect(self._read_out)

    # ---- what is listed ------------------------------------------------------------------------

    def query(self) -> GroupQuery:
        """Return what is listed, in the order that was chosen here."""
        return self._query

    def set_query(self, query: GroupQuery) -> None:
        """List other groups. An order that was chosen in the list itself stays."""
        if self._ordered_here:
            query = replace(query, sort=self._query.sort, descending=self._query.descending)
        if query != self._query:
            self._query = query
            self.reload()

    def reload(self) -> None:
        """Read the groups anew; what is chosen, open and in sight stays so."""
        query, openness = self._query, self.model.openness
        if not self.shown_groups() and not query.narrows:
            first = partial(read_first_listing, query=query, openness=openness)
            self._library.ask(first, self._show_first, key="first groups")
        question = partial(read_listing, query=query, openness=openness)
        self._library.ask(question, self._show, key="groups")

    def set_state(self, title: str, hint: str) -> None:
        """Set what is said while there is no group to show; without a title, nothing is said."""
        self._page.say(title, hint)

    def shown_groups(self) -> int:
        """Return how many groups are listed."""
        return self.model.rows.groups

    def selection(self) -> list[int]:
        """Return the numbers of the chosen files; a header stands for the files of its group when they are hidden."""
        return self._deciding.files(self.table.chosen_rows())

    @Slot(object)
    def choose_files(self, files: list[int]) -> None:
        """Choose files that were chosen elsewhere, and open their groups."""
        self._finding.choose(files)

    def choose_pair(self, path: Path, other: Path) -> None:
        """Choose the file at a path, or the other one, so that the two are compared; open their group."""
        self._finding.choose_pair(path, other)

    def set_order(self, key: SortKey, *, descending: bool) -> None:
        """List in an order that was chosen in the list once, from the next reading on."""
        if (key, descending) != (self._query.sort, self._query.descending):
            self._ordered_here = True
            self._query = replace(self._query, sort=key, descending=descending)
            self._show_order()

    @Slot()
    def forget_note(self) -> None:
        """Take back what was said about the last deed: it holds no more."""
        self._note.hide()

    def add_above(self, widget: QWidget) -> None:
        """Put something above the list."""
        self._column.insertWidget(0, widget)

    def current_file(self) -> FileRow | None:
        """Return the file in the current row, None on a header or when there is none."""
        return self.deeds.current_file()

    @Slot(object)
    def keep(self, row: FileRow) -> None:
        """Make a file the one to keep in its group."""
        self._deciding.keep(row)

    @Slot(object)
    def _show_first(self, answer: tuple[GroupQuery, Listing]) -> None:
        """Show the first groups of what is still being listed; nobody is told before all are there."""
        query, listing = answer
        if query == self._query and not self.shown_groups() and listing.numbers:
            self.model.show(listing)
            self._listed_query = query
            self._stack.setCurrentIndex(0)
            self._show_order()

    @Slot(object)
    def _show(self, answer: tuple[GroupQuery, Listing]) -> None:
        query, listing = answer
        bookmark = set_bookmark(self.table, self.model)
        self._showing = True
        if self.model.show(listing):
            return_to(bookmark, self.table, self.model, stay=query == self._listed_query)
        else:
            follow_files(bookmark, self.table, self.model)
        self._showing = False
        self._listed_query = query
        self._stack.setCurrentIndex(0 if self.shown_groups() else 1)
        self._show_order()
        self._tell_current()
        self.listed.emit(self.shown_groups())

    @Slot()
    def _follow_current(self) -> None:
        if not self._showing:  # a note about the last mark stays while the list is read anew
            self._note.hide()
            self._tell_current()

    def _tell_current(self) -> None:
        row = self.deeds.current_file()
        known, self._current = self._current, row
        if row is None or known is None:
            changed = row is not known
        else:  # a decision changes nothing about what is compared
            known = replace(known, decision=row.decision, decided=row.decided)
            changed = (
                replace(known, decided_at=row.decided_at, for_same_text=row.for_same_text) != row
            )
        if changed:
            self.current_changed.emit(row)

    # ---- the order -----------------------------------------------------------------------------

    @Slot(int)
    def _sort_by_column(self, column: int) -> None:
        key = _SORTED_BY.get(Column(column), SortKey.FREES)
        if key is self._query.sort:
            self.reverse_order()
        else:
            self._sort(key, key not in _LETTERS)

    @Slot(QAction)
    def take_order(self, action: QAction) -> None:
        """Sort as an entry of the menu of orders says."""
        key = SortKey(action.data())
        self._sort(key, key not in _LETTERS)

    @Slot()
    def reverse_order(self) -> None:
        """List the same the other way round."""
        self._sort(self._query.sort, not self._query.descending)

    def _sort(self, key: SortKey, descending: bool) -> None:
        self._ordered_here = True
        self._query = replace(self._query, sort=key, descending=descending)
        self._show_order()
        self.reload()
        self.query_changed.emit(self._query)

    def _show_order(self) -> None:
        header = self.table.horizontalHeader()
        columns = [column for column, key in _SORTED_BY.items() if key is self._query.sort]
        header.setSortIndicatorShown(bool(columns))
        if columns:
            # The style paints "ascending" as an arrow down; here what goes up has an arrow up.
            down, up = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
            header.setSortIndicator(columns[0], down if self._query.descending else up)

    # ---- groups, notes, menus ------------------------------------------------------------------

    @Slot()
    def expand_all(self) -> None:
        """Show the files of all groups."""
        self._set_all_open(is_open=True)

    @Slot()
    def collapse_all(self) -> None:
        """Show only the headers of all groups."""
        self._set_all_open(is_open=False)

    def _set_all_open(self, *, is_open: bool) -> None:
        bookmark = set_bookmark(self.table, self.model)
        self.model.set_all_open(is_open=is_open)
        return_to(bookmark, self.table, self.model, stay=False)
        self._tell_current()

    @Slot(str)
    def _note_down(self, text: str) -> None:
        self._note.say(text)
        if text:
            self.warned.emit(text)

    @Slot(str)
    def _read_out(self, text: str) -> None:
        announce(self.table, text)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self.table.current_row() >= 0:
            self._pop_up(deeds_menu(self, self.deeds), place)

    @Slot(QPoint)
    def _show_order_menu(self, place: QPoint) -> None:
        self._pop_up(order_menu(self, self), self.table.horizontalHeader().mapToGlobal(place))

    def _pop_up(self, menu: QMenu, place: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
