"""The middle of the window: one view at a time, all about the same question. A further view is one line here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from dedupe_app.engine.messages import Cancelled, Configure, Failed, Finished, MakeMap, Ready
from dedupe_app.engine.search_messages import SearchFound
from dedupe_app.records import Counts, FileRow, GroupQuery, Show
from dedupe_app.ui.groups_view import GroupsView
from dedupe_app.ui.narrowed import Narrowed
from dedupe_app.ui.sources_panel import UNREAD
from dedupe_app.ui.states import Situation, words_for
from dedupe_app.ui.unread_view import UnreadView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit

    from dedupe_app.engine.messages import EngineEvent
    from dedupe_app.ui.library import LibraryThread
    from dedupe_app.ui.map_view import MapView
    from dedupe_app.ui.search_view import SearchView
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
    export_wanted = Signal(object)
    command_wanted = Signal(object)
    query_changed = Signal(object)  # GroupQuery
    unread_left = Signal(object)  # Show: what is shown instead of what could not be read
    all_wanted = Signal()  # the groups of all folders, words and files

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
        self.map: MapView | None = None
        self.search: SearchView | None = None
        self._model_news: list[EngineEvent] = []
        self._narrowed = Narrowed(self.groups)
        self.groups.add_above(self._narrowed)
        self._chosen_on_map: list[int] = []
        self.addWidget(self.unread)
        self._add_view(self.tr("Groups"), self._give_groups)
        self._add_view(self.tr("Map"), self._make_map)
        self._add_view(self.tr("Search"), self._make_search)
        self.show_view(0)
        self._connect()

    def query(self) -> GroupQuery:
        """Return what is shown, in the order that was chosen in the list."""
        return self.groups.query()

    def index(self) -> int:
        """Return the number of the view that is shown; what could not be read is shown in the first."""
        shown = self.currentWidget()
        return self._made.index(shown) if shown in self._made else 0

    def shows_unread(self) -> bool:
        """Tell whether what could not be read is shown, and so no groups."""
        return self.currentWidget() is self.unread

    # ---- what to show --------------------------------------------------------------------------

    @Slot(object)
    def show_view(self, index: int) -> None:
        """Show a view by its number; nothing happens if there is none."""
        if not 0 <= index < len(self._made):
            return
        view = self._made[index]
        if self.currentWidget() is self.unread:
            self.unread_left.emit(self._query.show)
        if view is None:
            view = self._made[index] = self._later.pop(index)()
            self.addWidget(view)
        self.setCurrentWidget(view)
        self.setFocusProxy(view)
        self._carry_choice(view)
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
            self._show_in_first(self.unread)
            self.current_changed.emit(None)  # there is nothing to compare
            return
        if isinstance(key, Show):
            self._ask(replace(self._query, show=key))
        self._show_in_first(self.groups)
        self.current_changed.emit(self.groups.current_file())

    @Slot(object)
    def show_folder(self, folder: Path | None) -> None:
        """Show only groups with a file in this folder; None: in all."""
        self._ask(replace(self._query, folder=folder))
        if self.search is not None:
            self.search.look_in(folder)

    @Slot(str)
    def show_words(self, words: str) -> None:
        """Show only groups in which these words occur."""
        self._ask(replace(self._query, words=words))

    @Slot(object)
    def show_files(self, files: list[int]) -> None:
        """Show only the groups of some files; none: of all."""
        self._ask(replace(self._query, files=tuple(files)))
        if files:
            self.show_kind(Show.ALL)

    @Slot()
    def show_all_files(self) -> None:
        """Show the groups of all files again."""
        self.show_files([])

    @Slot()
    def reload_groups(self) -> None:
        """Read the groups again, and what is said of them on the map and among the hits."""
        self.groups.reload()
        self.reload_map()
        self.reload_search()

    @Slot()
    def reload_map(self) -> None:
        """Read the map again, if it was ever looked at."""
        if self.map is not None:
            self.map.reload()

    @Slot()
    def reload_search(self) -> None:
        """Search again, if anybody searches."""
        if self.search is not None:
            self.search.reload()

    @Slot()
    def reload_unread(self) -> None:
        """Read again what could not be read, and what may have gone from the hits."""
        self.unread.reload()
        self.reload_search()

    def reload_all(self) -> None:
        """Read everything again."""
        self.groups.reload()
        self.unread.reload()
        self.reload_search()

    @Slot(object)
    def take_event(self, event: EngineEvent) -> None:
        """Tell the search what the engine says about it, and about the model, also when it is made only later."""
        if isinstance(event, Ready) or (
            isinstance(event, Finished) and isinstance(event.command, Configure)
        ):
            self._model_news = [event]
        stopped = isinstance(event, Cancelled | Failed) and isinstance(event.command, MakeMap)
        if stopped and self.map is not None:
            self.map.show_stopped()
        if self.search is not None and (
            isinstance(event, SearchFound | Cancelled | Failed) or event in self._model_news
        ):
            self.search.engine_event(event)

    @Slot(object)
    def find_like(self, row: FileRow) -> None:
        """Show the documents that are like a file."""
        self.show_third()
        if self.search is not None:
            self.search.find_like(row.file, row.path)

    @Slot(object)
    def show_on_map(self, files: list[int]) -> None:
        """Show where some files lie on the map."""
        self.show_second()
        if self.map is not None:
            self.map.select_files(files)

    def own_field(self) -> QLineEdit | None:
        """Return the field of the view that is shown, None if it has none of its own."""
        shown = self.search is not None and self.currentWidget() is self.search
        return self.search.field if shown and self.search is not None else None

    def show_situation(self, counts: Counts | None, *, busy: bool) -> None:
        """Say in the list what there is while it is empty."""
        self._counts, self._busy = counts, busy
        query = self._query
        now = Situation(
            files=counts.files if counts else 0,
            groups=counts.groups.get(Show.ALL, 0) if counts else 0,
            scanning=busy,
            filtered=query.narrows,
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

    def _make_map(self) -> QWidget:
        from dedupe_app.ui.map_view import MapView  # numpy comes with it: not before it is wanted

        self.map = made = MapView(self._library, self.command_wanted.emit, self)
        made.files_selected.connect(self._note_choice)
        made.current_changed.connect(self._tell_current)
        made.decisions_changed.connect(self.decisions_changed)
        made.decisions_changed.connect(self.groups.reload)
        made.groups_wanted.connect(self.show_files)
        made.export_wanted.connect(self.export_wanted)
        made.open_wanted.connect(self.open_wanted)
        made.reveal_wanted.connect(self.reveal_wanted)
        return made

    def _make_search(self) -> QWidget:
        from dedupe_app.ui.search_view import SearchView

        self.search = made = SearchView(self._library, self.command_wanted.emit, self)
        made.look_in(self._query.folder)
        made.current_changed.connect(self._tell_current)
        made.open_wanted.connect(self.open_wanted)
        made.reveal_wanted.connect(self.reveal_wanted)
        made.show_on_map_wanted.connect(self.show_on_map)
        for event in self._model_news:
            made.engine_event(event)
        return made

    @Slot(object)
    def _tell_current(self, row: FileRow | None) -> None:
        view = self.sender()
        # What a hidden view reads anew is not what is looked at.
        if isinstance(view, QWidget) and view.isVisibleTo(self):
            self.current_changed.emit(row)

    @Slot(object)
    def _note_choice(self, files: list[int]) -> None:
        self._chosen_on_map = files

    def _show_in_first(self, view: QWidget) -> None:
        self.setCurrentWidget(view)
        self.setFocusProxy(view)
        self._top.show_view(0)

    def _carry_choice(self, view: QWidget) -> None:
        """Choose in one view what was chosen in the other."""
        if view is self.map:
            if files := self.groups.selection():
                self.map.select_files(files, fade=False)
        elif view is self.groups and self._chosen_on_map:
            self.groups.choose_files(self._chosen_on_map)
            self._chosen_on_map = []
        shown = self.search if view is self.search else self.groups
        if shown is not None and view is not self.map:
            self.current_changed.emit(shown.current_file())

    def _ask(self, query: GroupQuery) -> None:
        if query == self._query:
            return
        self._query = query
        self._narrowed.tell(query)
        self.groups.set_query(query)
        self.query_changed.emit(query)
        self.show_situation(self._counts, busy=self._busy)

    def _connect(self) -> None:
        groups, unread = self.groups, self.unread
        self._narrowed.ended.connect(self.all_wanted)
        groups.current_changed.connect(self._tell_current)
        groups.decisions_changed.connect(self.decisions_changed)
        groups.regroup_wanted.connect(self.regroup_wanted)
        groups.protect_wanted.connect(self.protect_wanted)
        groups.rules_wanted.connect(self.rules_wanted)
        groups.similar_wanted.connect(self.find_like)
        unread.read_again_wanted.connect(self.read_again_wanted)
        for view in (groups, unread):
            view.open_wanted.connect(self.open_wanted)
            view.reveal_wanted.connect(self.reveal_wanted)
