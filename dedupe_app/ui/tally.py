"""Keeps the counts of the sidebar and the status line up to date, asking the library in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.records import GroupQuery

if TYPE_CHECKING:
    from dedupe_app.records import Counts
    from dedupe_app.store.library import Library
    from dedupe_app.ui.library import LibraryThread

_TOGETHER_MS = 30


class Tally(QObject):
    """`changed` gives Counts that were read anew, None without any; `undoable`: something can be taken back."""

    changed = Signal(object)
    undoable = Signal(bool)

    def __init__(self, library: LibraryThread, parent: QObject | None = None) -> None:
        """Count nothing before `reload`."""
        super().__init__(parent)
        self.counts: Counts | None = None
        self._query = GroupQuery()
        self._library = library
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MS)
        self._soon.timeout.connect(self._ask)

    @Slot()
    def reload(self) -> None:
        """Count again soon; calls that follow each other closely count once."""
        self._soon.start()

    @Slot(object)
    def narrow(self, query: GroupQuery) -> None:
        """Count only groups that a query asks for, whatever of them is shown."""
        query = GroupQuery(words=query.words, folder=query.folder, files=query.files)
        if query != self._query:
            self._query = query
            self.reload()

    @Slot()
    def tell(self) -> None:
        """Tell the counts as they were read last."""
        self.changed.emit(self.counts)

    @Slot()
    def _ask(self) -> None:
        self._library.ask(partial(_count, query=self._query), self._take, key="counts")

    @Slot(object)
    def _take(self, answer: tuple[Counts, bool]) -> None:
        counts, can_undo = answer
        self.counts = counts
        self.undoable.emit(can_undo)
        self.changed.emit(counts)


def _count(library: Library, *, query: GroupQuery) -> tuple[Counts, bool]:
    from dedupe_app.store.browse import count_all
    from dedupe_app.store.lately import can_undo

    return count_all(library, WINDOW_SCOPE, query), can_undo(library)
