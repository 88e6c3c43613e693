"""Search, in the middle of the window: one field, the hits, and what can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.engine.messages import Cancelled, Configure, Failed, Finished, Ready
from dedupe_app.engine.search_messages import Search, SearchFound, SimilarTo
from dedupe_app.ui import search_words
from dedupe_app.ui.drops import dropped_paths
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.message_page import MessagePage
from dedupe_app.ui.note import announce
from dedupe_app.ui.search_asking import Asking, Likeness
from dedupe_app.ui.search_field import SearchField
from dedupe_app.ui.search_list import HitList
from dedupe_app.ui.search_model import HitModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QMimeData

    from dedupe_app.engine.messages import Command, EngineEvent
    from dedupe_app.records import FileRow, SearchHit, SearchPage
    from dedupe_app.ui.library import LibraryThread

_SETTLED_MS = 350
_LONG_QUESTION = 300
_NAME_CHARS = 40
_LEXICAL = "lexical"


class SearchView(QWidget):
    """Finds documents; what is to be opened or shown elsewhere it asks of the window."""

    current_changed = Signal(object)  # FileRow | None
    open_wanted = Signal(object)  # Path
    reveal_wanted = Signal(object)  # Path
    show_on_map_wanted = Signal(object)  # list[int]

    def __init__(
        self,
        library: LibraryThread,
        submit: Callable[[Command], None],
        parent: QWidget | None = None,
    ) -> None:
        """Look for nothing yet."""
        super().__init__(parent)
        self._asking = Asking(library, submit, self)
        self._page: SearchPage | None = None
        self._current: FileRow | None = None
        self._has_model = False
        self.field = SearchField(self)
        self.model = HitModel(self)
        self.list = HitList(self.model, self)
        self._summary = QLabel(self)
        self._message = MessagePage(self)
        self._on_map = QPushButton(self.tr("Show on map"), self)
        self._similar = QPushButton(self.tr("Find documents like this one"), self)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setFocusProxy(self.field)
        self._show_nothing()

    def _lay_out(self) -> None:
        self._summary.setProperty("look", "mute")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setContentsMargins(2, 0, 0, 0)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._message)
        buttons = QHBoxLayout()
        buttons.addWidget(self._on_map)
        buttons.addWidget(self._similar)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 14)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self._summary)
        column.addWidget(self._pages, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        asking, hits = self._asking, self.list
        asking.answered.connect(self._show_page)
        asking.completed.connect(self.model.complete)
        self.field.words_changed.connect(self._look_for)
        self.field.down_wanted.connect(self._enter_list)
        self._settled.timeout.connect(self._choose_first)
        hits.current_moved.connect(self._follow_current)
        hits.open_wanted.connect(self.open_current)
        hits.reveal_wanted.connect(self.reveal_current)
        hits.copy_wanted.connect(self.copy_paths)
        hits.up_wanted.connect(self.field.setFocus)
        hits.menu_wanted.connect(self._show_menu)
        self._on_map.clicked.connect(self.show_on_map)
        self._similar.clicked.connect(self.find_like_current)

    # ---- what is looked for --------------------------------------------------------------------

    def search_for(self, words: str) -> None:
        """Look for words as if they had been typed."""
        self.field.setText(words)
        self.field.send()

    def find_like(self, file: int, path: Path) -> None:
        """Find documents like a file of the library."""
        self._find_like(Likeness(shown_path(path.name), file=file))

    def look_in(self, folder: Path | None) -> None:
        """Look only in a folder; None: in all."""
        self._asking.look_in(folder)

    def reload(self) -> None:
        """Ask again: the library is another."""
        self._asking.repeat()

    @Slot(object)
    def engine_event(self, event: EngineEvent) -> None:
        """Take what the engine says about search, and whether there is a model."""
        if isinstance(event, Ready):
            self._has_model = event.embedder != _LEXICAL
        elif isinstance(event, Finished) and isinstance(event.command, Configure):
            self._has_model = event.command.options.embedder != _LEXICAL
        elif isinstance(event, Cancelled | Failed):
            if isinstance(event.command, Search | SimilarTo):
                stopped = event.title if isinstance(event, Failed) else self.tr("It was stopped.")
                self.engine_event(SearchFound(event.command.number, (), stopped))
        elif isinstance(event, SearchFound):
            if event.indexed:
                self.reload()
            elif self._asking.take_found(event):
                self._show_summary()

    @Slot(str)
    def _look_for(self, words: str) -> None:
        if len(words) > _LONG_QUESTION:
            self._find_like(_like_text(words))
            return
        if words == self._asking.words and self._asking.likeness is None:
            return
        self._asking.ask_for_words(words)
        if self._asking.is_idle():
            self._show_nothing()

    def _find_like(self, likeness: Likeness) -> None:
        self.field.show_words("")
        self._asking.ask_for_like(likeness)
        if not self.list.hasFocus():  # the button that was pressed can do no more for now
            self.field.setFocus()
        looking = self.tr("Looking for documents like \u201c{}\u201d\u2026").format(likeness.name)
        self._summary.setText(looking)

    @Slot()
    def find_like_current(self) -> None:
        """Find documents like the current hit."""
        if (hit := self.list.current_hit()) is not None:
            self.find_like(hit.row.file, hit.row.path)

    # ---- what was found ------------------------------------------------------------------------

    @Slot(object, object)
    def _show_page(self, page: SearchPage, roots: tuple[Path, ...]) -> None:
        before = self.list.current_hit()
        place = self.list.verticalScrollBar().value()
        same = self._page is not None and self._page.question == page.question
        self._page = page
        self.model.show(page, roots)
        self._pages.setCurrentIndex(0 if page.hits else 1)
        if not page.hits:
            like = self._asking.likeness
            early = page.indexed < page.texts
            name = like.name if like else ""
            said = search_words.nothing_found(page.question.words, name, early=early)
            self._message.say(*said)
        row = self.model.row_of(before.row.file) if before else -1
        if row >= 0:
            self.list.choose(row)
        if same:
            self.list.verticalScrollBar().setValue(place)
        if missing := [hit for hit in page.hits if hit.snippet is None]:
            self._asking.complete(missing)
        self._show_summary()
        self._settled.start()
        self._follow_current()

    def _show_nothing(self) -> None:
        self._page = None
        self.model.show(None)
        self._settled.stop()
        self._message.say(*search_words.invitation())
        self._pages.setCurrentIndex(1)
        self._summary.setText("")
        self._follow_current()

    def _show_summary(self) -> None:
        asking = self._asking
        if self._page is None or asking.is_idle():
            return
        text = search_words.summary_text(
            self._page, asking.likeness.name if asking.likeness else ""
        )
        if asking.problem:
            text += self.tr(" \u00b7 not by meaning: {}").format(asking.problem)
        elif asking.is_waiting and self._has_model:
            text += self.tr(" \u00b7 meaning follows\u2026")
        self._summary.setText(text)

    @Slot()
    def _choose_first(self) -> None:
        """Choose the best hit once nobody types any more."""
        if self.model.rowCount() and not self.list.currentIndex().isValid():
            self.list.choose(0)
        announce(self.list, self._summary.text())

    @Slot()
    def _enter_list(self) -> None:
        if self.model.rowCount():
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.choose(0)

    @Slot()
    def _follow_current(self) -> None:
        hit = self.list.current_hit()
        self._similar.setEnabled(hit is not None)
        self._on_map.setEnabled(self.model.rowCount() > 0)
        row = hit.row if hit else None
        if row != self._current:
            self._current = row
            self.current_changed.emit(row)

    # ---- what is done with it ------------------------------------------------------------------

    def current_file(self) -> FileRow | None:
        """Return the file of the current hit, None without one."""
        return self._current

    @Slot()
    def show_on_map(self) -> None:
        """Ask the window to show the chosen hits on the map; all of them unless several are chosen."""
        chosen = self.list.chosen_hits()
        hits: list[SearchHit] = chosen if len(chosen) > 1 else self.model.hits()
        self.show_on_map_wanted.emit([hit.row.file for hit in hits])

    @Slot()
    def open_current(self) -> None:
        """Ask the window to open the current file."""
        if self._current is not None:
            self.open_wanted.emit(self._current.path)

    @Slot()
    def reveal_current(self) -> None:
        """Ask the window to show the current file in the file manager."""
        if self._current is not None:
            self.reveal_wanted.emit(self._current.path)

    @Slot()
    def copy_paths(self) -> None:
        """Put the paths of the chosen files on the clipboard, one in a line."""
        paths = [shown_path(hit.row.path) for hit in self.list.chosen_hits()]
        if paths:
            QGuiApplication.clipboard().setText("\n".join(paths))

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, slot in (
            (self.tr("Open"), "Return", self.open_current),
            (self.tr("Reveal in file manager"), "Ctrl+Return", self.reveal_current),
            (self.tr("Copy path"), "Ctrl+C", self.copy_paths),
            (self._similar.text(), "", self.find_like_current),
            (self._on_map.text(), "", self.show_on_map),
        ):
            action = QAction(text, menu)
            action.setShortcut(
                QKeySequence(keys)
            )  # only shown: the list itself listens to the keys
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.popup(place)

    # ---- what is dropped -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take a file or a piece of text; folders are for the window."""
        if _dropped(event.mimeData()) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Find documents like what was dropped."""
        likeness = _dropped(event.mimeData())
        if likeness is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._find_like(likeness)


def _dropped(mime: QMimeData) -> Likeness | None:
    """Return what documents are to be like, None for folders and whatever else is not for the search."""
    paths = dropped_paths(mime)
    if len(paths) == 1 and paths[0].is_file():
        return Likeness(shown_path(paths[0].name), path=paths[0])
    if not mime.hasUrls() and mime.hasText() and mime.text().strip():
        return _like_text(mime.text())
    return None


def _like_text(text: str) -> Likeness:
    start = " ".join(text[: 4 * _NAME_CHARS].split())
    name = start if len(start) <= _NAME_CHARS else start[: _NAME_CHARS - 1].rstrip() + "\u2026"
    return Likeness(name, text=text)
