"""The window: puts the parts together and passes on what one wants to the other that does it. Does nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from dedupe_app.records import Show, SortKey
from dedupe_app.settings import WindowState
from dedupe_app.ui.card_actions import CardActions
from dedupe_app.ui.compare_pane import ComparePane
from dedupe_app.ui.drops import DropFilter
from dedupe_app.ui.engine_events import EngineEvents
from dedupe_app.ui.filters import Filters
from dedupe_app.ui.first_run import FirstPage
from dedupe_app.ui.folder_actions import FolderActions
from dedupe_app.ui.model_actions import ModelActions
from dedupe_app.ui.near_copy_card import NearCopyCard
from dedupe_app.ui.notices import Banner
from dedupe_app.ui.opening import Opener
from dedupe_app.ui.orders import Orders
from dedupe_app.ui.review_actions import ReviewActions
from dedupe_app.ui.room import room_on
from dedupe_app.ui.shortcuts import add_shortcut
from dedupe_app.ui.sources_panel import SourcesPanel
from dedupe_app.ui.status_line import StatusLine
from dedupe_app.ui.tally import Tally
from dedupe_app.ui.top_bar import TopBar
from dedupe_app.ui.troubles import Troubles
from dedupe_app.ui.views import Views
from dedupe_app.ui.window_dialogs import WindowDialogs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QCloseEvent

    from dedupe_app.records import Counts, Folder
    from dedupe_app.ui.bridge import Bridge
    from dedupe_app.ui.library import LibraryThread
    from dedupe_app.ui.preferences import Preferences

_PARTS = (232, 732, 476)
_LEAST = (1100, 700)  # where the screen has that much room


class MainWindow(QWidget):
    """The window of the program. `closed` says that it was closed; what it was given is closed by others."""

    closed = Signal()

    def __init__(self, bridge: Bridge, library: LibraryThread, preferences: Preferences) -> None:
        """Put the parts together; the engine is started by whoever shows the window."""
        super().__init__()
        self.setWindowTitle(self.tr("Dedupe App"))
        self._bridge = bridge
        self._preferences = preferences
        self._folders_known = False
        self._left = WindowState()
        self._parts: list[int] = []
        self._events = EngineEvents(self)
        self._tally = Tally(library, self)
        self._top = TopBar(preferences.choices.similarity, self)
        self._banner = Banner(self)
        self._side = SourcesPanel(self)
        self._views = Views(library, self._top, self)
        self._pane = ComparePane(library, self)
        self._status = StatusLine(self)
        self._first = FirstPage(self)
        self._card = NearCopyCard(self)
        self._filters = Filters(self._views, self._top, self._side, (self._card, self._banner))
        self._drops = DropFilter(self)
        self._opener = Opener(self)
        self._troubles = Troubles(self._banner, self)
        self._orders = Orders(preferences, bridge.submit, self)
        self._folders = FolderActions(library, bridge.submit, self)
        self._models = ModelActions(preferences, bridge.submit, self)
        self._review = ReviewActions(library, bridge, preferences, self._views, self)
        self._graphics = CardActions(bridge, self._banner, self._first.card_line(), self)
        self._dialogs = WindowDialogs(preferences, self._models, self._graphics, self._top, self)
        self._lay_out()
        self._connect_engine()
        self._connect_parts(library)
        self._connect_views()
        self._add_shortcuts()
        self._models.reload()

    def restore(self, state: WindowState) -> None:
        """Show the parts as they were left; which view, `peek` does: it may have to read for it."""
        self._left = state
        room = room_on(self.screen())
        self.setMinimumSize(QSize(*_LEAST).boundedTo(room))
        self.resize(QSize(state.width, state.height).boundedTo(room))
        self._splitter.setSizes(list(state.parts or _PARTS))
        self._views.groups.table.columns.restore(state.columns)
        self._views.groups.set_order(SortKey(state.sort), descending=state.descending)
        self._views.setFocus()
        if state.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def is_setting_up_card(self) -> bool:
        """Tell whether the environment of the graphics card is being made or removed."""
        return self._graphics.is_setting_up()

    def state(self) -> WindowState:
        """Return how the parts are now."""
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        parts = self._parts if self._pane.isHidden() else self._splitter.sizes()
        columns = self._views.groups.table.columns.own()
        known = tuple(parts) if any(parts) else ()  # they are 0 before they were shown
        query = self._views.query()
        order = (query.sort.value, query.descending)
        shown = (self._views.index(), query.show.value)
        whole = self.isMaximized()
        return WindowState(size.width(), size.height(), whole, known, columns, *order, *shown)

    def peek(self) -> None:
        """Show what is in the library, if it is there already, before the engine is ready."""
        self._folders.peek()
        self._side.choose_show(Show(self._left.show))
        self._views.show_view(self._left.view)
        self._views.reload_all()
        self._tally.reload()

    def add_folders(self, folders: list[Path]) -> None:
        """Add folders that were named at the start."""
        self._folders.add(folders)

    def take_dropped(self, paths: list[Path]) -> None:
        """Add what was dropped elsewhere than on the window, as if it had been dropped here."""
        self._folders.take_dropped(paths)

    @Slot()
    def _give_back_focus(self) -> None:
        first = self._pages.currentWidget() is self._first
        (self._first if first else self._views).setFocus()

    @Slot(str, str)
    def tell(self, title: str, hint: str = "") -> None:
        """Say something above the list."""
        self._banner.tell(title, hint)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Say that the window was closed."""
        self._pane.close()
        self._graphics.close()
        event.accept()
        self.closed.emit()

    # ---- the parts -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for index, (part, stretch) in enumerate(
            ((self._side, 0), (self._views, 3), (self._pane, 2))
        ):
            self._splitter.addWidget(part)
            self._splitter.setStretchFactor(index, stretch)
        self._side.setMinimumWidth(190)
        self._views.setMinimumWidth(420)
        self._pane.setMinimumWidth(320)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._splitter)
        self._pages.addWidget(self._first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._top, self._banner, self._pages, self._status):
            column.addWidget(part)
        column.setStretch(2, 1)

    def _connect_engine(self) -> None:
        self._bridge.event.connect(self._events.take)
        self._bridge.event.connect(self._views.take_event)
        events = self._events
        _join(events.ready, self._begin, self._troubles.take_ready, self._models.take_ready)
        _join(events.working, self._status.show_working, self._models.take_working)
        events.ended.connect(self._models.take_ended)
        events.idle.connect(self._tally.tell)
        events.paused.connect(self._show_paused)
        _join(events.failed, self._troubles.take_failed, self._models.take_failed)
        _join(events.lost, self._troubles.take_lost, self._side.show_engine_lost, self._tally.tell)
        _join(events.groups_changed, self._views.reload_groups, self._tally.reload)
        _join(
            events.files_changed,
            self._views.reload_unread,
            self._tally.reload,
            self._folders.reload,
        )
        events.map_changed.connect(self._views.reload_map)
        events.folder_states.connect(self._side.show_states)
        events.near_copy.connect(self._card.tell)
        events.acted.connect(self._review.take_acted)
        events.model_report.connect(self._models.take_report)

    def _connect_parts(self, library: LibraryThread) -> None:
        library.failed.connect(self._troubles.take_library)
        self._banner.left.connect(self._give_back_focus)
        self._troubles.start_wanted.connect(self._bridge.start)
        self._troubles.unusable.connect(self.close)
        self._opener.failed.connect(self.tell)
        self._preferences.failed.connect(self.tell)
        _join(self._preferences.engine_changed, self._orders.configure, self._models.reload)
        self._top.add_wanted.connect(self._folders.choose)
        self._top.similarity_chosen.connect(self._orders.regroup_at)
        self._top.settings_wanted.connect(self._dialogs.open_settings)
        self._top.export_wanted.connect(self._review.export)
        self._side.add_wanted.connect(self._folders.choose)
        self._side.folder_wanted.connect(self._folders.do)
        self._side.model_wanted.connect(self._dialogs.open_models)
        self._first.add_wanted.connect(self._folders.choose)
        self._first.samples_wanted.connect(self._folders.add_samples)
        self._first.model_chosen.connect(self._models.choose)
        self._first.server_wanted.connect(self._dialogs.open_server)
        self._drops.dropped.connect(self._folders.take_dropped)
        self._folders.changed.connect(self._show_folders)
        self._folders.told.connect(self._status.tell)
        self._folders.failed.connect(self.tell)
        self._models.cards_changed.connect(self._first.show_models)
        self._models.used_changed.connect(self._side.show_model)
        self._models.told.connect(self.tell)
        self._tally.changed.connect(self._show_counts)
        self._tally.undoable.connect(self._status.show_undoable)
        self._status.pause_wanted.connect(self._orders.pause)
        self._status.stop_wanted.connect(self._orders.stop)
        self._status.undo_wanted.connect(self._review.undo)
        self._status.trash_wanted.connect(self._review.plan)
        self._review.told.connect(self._status.tell)
        self._review.failed.connect(self.tell)
        self._review.reveal_wanted.connect(self._opener.reveal)
        self._card.show_wanted.connect(self._filters.show_near)

    def _connect_views(self) -> None:
        views = self._views
        self._side.show_chosen.connect(views.show_kind)
        self._side.folder_chosen.connect(views.show_folder)
        self._top.words_changed.connect(views.show_words)
        self._top.view_chosen.connect(views.show_view)
        views.current_changed.connect(self._pane.show_file)
        views.currentChanged.connect(self._show_pane)
        views.decisions_changed.connect(self._tally.reload)
        views.query_changed.connect(self._tally.narrow)
        views.unread_left.connect(self._side.note_show)
        views.regroup_wanted.connect(self._review.regroup)
        views.read_again_wanted.connect(self._orders.read_again)
        views.protect_wanted.connect(self.protect)
        views.rules_wanted.connect(self._review.apply_rules)
        views.export_wanted.connect(self._review.export_files)
        views.command_wanted.connect(self._bridge.submit)
        self._pane.keep_wanted.connect(views.groups.keep)
        for part in (views, self._pane):
            part.open_wanted.connect(self._opener.open)
            part.reveal_wanted.connect(self._opener.reveal)
        self._review.decisions_changed.connect(views.groups.forget_note)
        _join(self._review.decisions_changed, views.reload_groups, self._tally.reload)

    def _add_shortcuts(self) -> None:
        for keys, slot in (
            ("Ctrl+O", self._folders.choose),
            ("F5", self._orders.scan),
            ("Ctrl+F", self._filters.focus_field),
            ("Ctrl+1", self._views.show_first),
            ("Ctrl+2", self._views.show_second),
            ("Ctrl+3", self._views.show_third),
            ("Ctrl+E", self._review.export_shown),
            ("Ctrl+Z", self._review.undo),
            ("Ctrl+,", self._dialogs.open_settings),
            ("Esc", self._filters.escape),
            ("F1", self._dialogs.open_keys),
        ):
            add_shortcut(self, keys, slot)

    @Slot()
    def _show_pane(self) -> None:
        """Give its room to what could not be read: there is nothing to compare it with."""
        needless = self._views.shows_unread()
        if needless == self._pane.isHidden():
            return
        if needless:
            self._parts = self._splitter.sizes()
        self._pane.setHidden(needless)
        if not needless and any(self._parts):
            self._splitter.setSizes(self._parts)

    # ---- what the engine says ------------------------------------------------------------------

    @Slot(object)
    def _begin(self, _ready: object) -> None:
        """Read everything: the library is there, and as the engine wants it."""
        self._folders.begin()
        self._views.reload_all()
        self._tally.reload()

    @Slot(bool)
    def _show_paused(self, paused: bool) -> None:
        self._status.show_paused(paused=paused)

    @Slot(object)
    def _show_counts(self, counts: Counts | None) -> None:
        busy = self._events.busy
        self._side.show_counts(counts)
        self._status.show_counts(counts)
        self._views.show_situation(counts, busy=busy)
        if self._troubles.has_given_up:
            self._status.show_idle(self.tr("The engine is not running: nothing is watched."))
        elif counts is not None and not busy:
            self._status.show_up_to_date(counts)
        self._show_page()

    @Slot(object, object)
    def _show_folders(self, folders: list[Folder], counts: dict[Path, int]) -> None:
        self._side.show_folders(folders, counts)
        self._folders_known = True
        self._show_page()

    def _show_page(self) -> None:
        """Show the first page while there is no folder, the list otherwise."""
        first = self._folders_known and not self._side.folders()
        page = self._first if first else self._splitter
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
            (self._first if first else self._views).setFocus()
        self._top.show_only_add(first)
        self._status.show_only_promise(first)

    # ---- what the parts want -------------------------------------------------------------------

    @Slot(object)
    def protect(self, path: Path) -> None:
        """Protect a folder: nothing in it is ever marked."""
        self._folders.protect(path, self._side.folders())


def _join(signal: SignalInstance, *slots: Callable[..., object]) -> None:
    """Connect a signal with bound methods, which run in this order."""
    for slot in slots:
        signal.connect(slot)
