"""The middle of the window: one view at a time, all about the same question. A further view is one line here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from dedupe_app.records import Counts, GroupQuery, Show
from dedupe_app.ui.groups_view import GroupsView
from dedupe_app.ui.sources_panel import UNREAD
from dedupe_app.ui.states import Situation, words_for
from dedupe_app.ui.unread_view import UnreadView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.ui.library import LibraryThread
    from dedupe_app.ui.top_bar import TopBar


class Views(QStackedWidget):
    """Passes on what a view wants; `current_changed` gives a FileRow or None."""

    current_changed = Signal(object)
    decisions_changed = Signal()
    regroup_wanted = Signal()
    read_again_wanted = Signal(object, object)
    protect_wanted = Signal(object)
    open_wanted = Signal(object)
    reveal_wanted = Signal(object)
    rules_wanted = Signal(object)

    def __init__(self, library: LibraryThread, top: TopBar, parent: QWidget | None = None) -> None:
        """Make the list of groups and that of unread files; other views are made when they are first shown."""
        super().__init__(parent)
        self.setObjectName("views")
        self._top = top
        self._library = library
        self._query = GroupQuery()
        self._counts: Counts | None = None
        self._busy = False
        self._later: dict[int, Callable[[], QWidget]] = {}
        self._made: list[QWidget | None] = []
        self.groups = GroupsView(library, self)
        self.unread = UnreadView(library, self)
        self.addWidget(self.unread)
        self._add_view(self.tr("Groups"), self._give_groups)
        self.show_view(0)
        self._connect()

    def query(self) -> GroupQuery:
        """Return what is shown, in the order that was chosen in the list."""
        return self.groups.query()

    # ---- what to show --------------------------------------------------------------------------

    @Slot(object)
    def show_view(self, index: int) -> None:
        """Show a view by its number; nothing happens if there is none."""
        if not 0 <= index < len(self._made):
            return
        view = self._made[index]
        if view is None:
            view = self._made[index] = self._later.pop(index)()
            self.addWidget(view)
        self.setCurrentWidget(view)
        self.setFocusProxy(view)
        self._top.show_view(index)
        view.setFocus()

    @Slot()
    def show_first(self) -> None:
        """Show the first view."""
        self.show_view(0)

    @Slot()
    def show_second(self) -> None:
        """Show the second view."""
        self.show_view(1)

    @Slot()
    def show_third(self) -> None:
        """Show the third view."""
        self.show_view(2)

    @Slot(object)
    def show_kind(self, key: object) -> None:
        """Show the groups of a relation, or what could not be read."""
        if key == UNREAD:
            self.setCurrentWidget(self.unread)
            self.setFocusProxy(self.unread)
            self._top.show_view(0)
            return
        if isinstance(key, Show):
            self._ask(replace(self._query, show=key))
        self.setCurrentWidget(self.groups)
        self.setFocusProxy(self.groups)
        self._top.show_view(0)

    @Slot(object)
    def show_folder(self, folder: Path | None) -> None:
        """Show only groups with a file in this folder; None: in all."""
        self._ask(replace(self._query, folder=folder))

    @Slot(str)
    def show_words(self, words: str) -> None:
        """Show only groups in which these words occur."""
        self._ask(replace(self._query, words=words))

    @Slot()
    def reload_groups(self) -> None:
        """Read the groups again."""
        self.groups.reload()

    @Slot()
    def reload_unread(self) -> None:
        """Read again what could not be read."""
        self.unread.reload()

    def reload_all(self) -> None:
        """Read everything again."""
        self.groups.reload()
        self.unread.reload()

    def show_situation(self, counts: Counts | None, *, busy: bool) -> None:
        """Say in the list what there is while it is empty."""
        self._counts, self._busy = counts, busy
        query = self._query
        now = Situation(
            files=counts.files if counts else 0,
            groups=counts.groups.get(Show.ALL, 0) if counts else 0,
            scanning=busy,
            filtered=bool(query.words or query.folder),
            show=query.show,
        )
        self.groups.set_state(*(words_for(now) if counts else ("", "")))

    # ---- views ---------------------------------------------------------------------------------

    def _add_view(self, name: str, make: Callable[[], QWidget]) -> None:
        self._top.add_view(name)
        self._later[len(self._made)] = make
        self._made.append(None)

    def _give_groups(self) -> QWidget:
        return self.groups

    def _ask(self, query: GroupQuery) -> None:
        if query == self._query:
            return
        self._query = query
        self.groups.set_query(query)
        self.show_situation(self._counts, busy=self._busy)

    def _connect(self) -> None:
        groups, unread = self.groups, self.unread
        groups.current_changed.connect(self.current_changed)
        groups.decisions_changed.connect(self.decisions_changed)
        groups.regroup_wanted.connect(self.regroup_wanted)
        groups.protect_wanted.connect(self.protect_wanted)
        groups.rules_wanted.connect(self.rules_wanted)
        unread.read_again_wanted.connect(self.read_again_wanted)
        for view in (groups, unread):
            view.open_wanted.connect(self.open_wanted)
            view.reveal_wanted.connect(self.reveal_wanted)
