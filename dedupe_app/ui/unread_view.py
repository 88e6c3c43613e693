"""What could not be read and why, with what can be done about it. Reads nothing again itself: it asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.message_page import MessagePage
from dedupe_app.ui.unread_model import UnreadModel, deed_text, more_seconds, why_text
from dedupe_app.ui.unread_table import UnreadTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dedupe_app.records import UnreadRow
    from dedupe_app.store.library import Library
    from dedupe_app.ui.library import LibraryThread

_LARGER = 15 / 13


class UnreadView(QWidget):
    """Lists the files that could not be read."""

    read_again_wanted = Signal(object, object)  # list[int], seconds for each or None
    open_wanted = Signal(object)  # Path
    reveal_wanted = Signal(object)  # Path

    def __init__(self, library: LibraryThread, parent: QWidget | None = None) -> None:
        """List nothing yet: reload() does."""
        super().__init__(parent)
        self._library = library
        self.model = UnreadModel(self)
        self.table = UnreadTable(self.model, self)
        self._title = QLabel(self)
        self._why = QLabel(self)
        self._again = QPushButton(self.tr("Read again"), self)
        self._page = MessagePage(self)
        self._page.say(self.tr("Every file could be read"), self.tr("Nothing was left out."))
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._again.clicked.connect(self.read_chosen_again)
        self.table.again_wanted.connect(self._read_again)
        self.table.open_wanted.connect(self.open_current)
        self.table.reveal_wanted.connect(self.reveal_current)
        self.table.menu_wanted.connect(self._show_menu)
        self.table.choice_changed.connect(self._show_choice)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        font = QFont(self._title.font())
        font.setWeight(QFont.Weight.DemiBold)
        if font.pixelSize() > 0:
            font.setPixelSize(round(font.pixelSize() * _LARGER))
        else:
            font.setPointSizeF(font.pointSizeF() * _LARGER)
        self._title.setFont(font)
        hint = QLabel(self.tr("Their texts were not compared. Everything else was."), self)
        hint.setProperty("look", "mute")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(hint)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 16)
        head.addLayout(words, 1)
        head.addWidget(self._again, 0, Qt.AlignmentFlag.AlignVCenter)
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self._why)
        self._why.setWordWrap(True)
        self._why.setMargin(10)
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._why.hide()
        self._stack.addWidget(full)
        self._stack.addWidget(self._page)
        self._stack.setCurrentIndex(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def reload(self) -> None:
        """Read the list anew; what is chosen stays so."""
        self._library.ask(_read_unread, self._show, key="unread")

    @Slot(object)
    def _show(self, answer: tuple[Sequence[UnreadRow], tuple[Path, ...]]) -> None:
        rows, roots = answer
        chosen = frozenset(self.model.file(row).file for row in self.table.chosen_rows())
        place = self.table.verticalScrollBar().value()
        if self.model.show(rows, roots):
            self.table.choose_rows(self.model.rows_of(chosen))
            self.table.doItemsLayout()
            self.table.verticalScrollBar().setValue(place)
        self._title.setText(self.tr("%n file(s) could not be read", "", len(rows)))
        self._stack.setCurrentIndex(0 if rows else 1)
        self._show_choice()

    # ---- what is wanted ------------------------------------------------------------------------

    @Slot()
    def read_chosen_again(self) -> None:
        """Ask for the chosen files to be read again; if none is chosen, for all where it may help."""
        self._read_again(None)

    @Slot(object)
    def _read_again(self, row: int | None) -> None:
        files = self._chosen() if row is None else [self.model.file(row)]
        if files:
            seconds = [more for each in files if (more := more_seconds(each)) is not None]
            self.read_again_wanted.emit([each.file for each in files], max(seconds, default=None))

    def _chosen(self) -> list[UnreadRow]:
        rows = self.table.chosen_rows()
        if rows:
            return [self.model.file(row) for row in rows]
        files = map(self.model.file, range(self.model.rowCount()))
        return [each for each in files if deed_text(each)]

    @Slot()
    def _show_choice(self) -> None:
        files = [self.model.file(row) for row in self.table.chosen_rows()]
        if not files:
            text = self.tr("Read all again")
        elif len(files) > 1:
            text = self.tr("Read %n again", "", len(files))
        else:
            text = deed_text(files[0]) or self.tr("Read again")
        self._again.setText(text)
        self._again.setEnabled(bool(self._chosen()))
        why = f"{shown_path(files[0].path)}\n{why_text(files[0])}" if len(files) == 1 else ""
        self._why.setText(why)
        self._why.setVisible(bool(why))

    @Slot()
    def open_current(self) -> None:
        """Ask the window to open the current file."""
        if (path := self._current_path()) is not None:
            self.open_wanted.emit(path)

    @Slot()
    def reveal_current(self) -> None:
        """Ask the window to show the current file in the file manager."""
        if (path := self._current_path()) is not None:
            self.reveal_wanted.emit(path)

    def _current_path(self) -> Path | None:
        row = self.table.currentIndex().row()
        return self.model.file(row).path if row >= 0 else None

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self._current_path() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(menu, self._again.text(), "Space", self.read_chosen_again)
        menu.addSeparator()
        self._add(menu, self.tr("Open"), "Return", self.open_current)
        self._add(menu, self.tr("Reveal in file manager"), "Ctrl+Return", self.reveal_current)
        menu.popup(place)

    def _add(self, menu: QMenu, text: str, keys: str, slot: Callable[[], None]) -> None:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))  # only shown: the table itself listens to the keys
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(slot)


def _read_unread(library: Library) -> tuple[Sequence[UnreadRow], tuple[Path, ...]]:
    from dedupe_app.store import browse, folders

    roots = tuple(folder.path for folder in folders.folders(library))
    return browse.unread(library), roots
