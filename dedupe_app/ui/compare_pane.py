"""The right side of the window: the chosen file against the one that is kept, evidence first, then the differences.

Reads the texts in the background and compares them there. Decides nothing: it only says what is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from dedupe_app.records import Relation
from dedupe_app.review.rows import Weight
from dedupe_app.ui import compare_words
from dedupe_app.ui.compare_head import CompareHead
from dedupe_app.ui.compare_tools import CompareTools
from dedupe_app.ui.comparing import Comparing, How
from dedupe_app.ui.difference_view import DifferenceView
from dedupe_app.ui.formats import shown_path

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent

    from dedupe_app.records import FileRow
    from dedupe_app.review.differences import Differences
    from dedupe_app.store.library import Library
    from dedupe_app.ui.library import LibraryThread

# Longer texts are compared up to here: about a thousand pages.
LONGEST_TEXT = 4_000_000
_PATIENCE_MS = 150


@dataclass(frozen=True, slots=True)
class Texts:
    """What the library knows of the chosen file and the one it is compared with (None: it stands alone)."""

    row: FileRow
    other: FileRow | None
    left: str
    right: str


class ComparePane(QWidget):
    """Shows one file against the one to keep."""

    keep_wanted = Signal(object)
    open_wanted = Signal(object)
    reveal_wanted = Signal(object)

    def __init__(self, library_thread: LibraryThread, parent: QWidget | None = None) -> None:
        """Show no file yet."""
        super().__init__(parent)
        self._library = library_thread
        self._row: FileRow | None = None
        self._texts: Texts | None = None
        self._found: Differences | None = None
        self._visited: list[int] = []
        self._comparing = Comparing(self)
        self._comparing.compared.connect(self._show_differences)
        self._head, self._tools = CompareHead(self), CompareTools(self)
        self._view = DifferenceView(self)
        self._message = QLabel(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._say_busy)
        self._build()
        self.setMinimumWidth(320)
        self.setAccessibleName(self.tr("Comparison"))
        self.show_file(None)

    def show_file(self, row: FileRow | None) -> None:
        """Show a file; the one that is shown already keeps its place."""
        before, self._row = self._row, row
        if row is None:
            self._forget()
            self._view.clear()
            self._say(
                self.tr("Choose a file to see how it differs from the one that is kept."),
                alone=True,
            )
            return
        if before is not None and _same_content(before, row) and self._texts is not None:
            self._head.show_file(row, self._texts.other, self._found)
            self._tools.show_file(row)
            return
        self._forget()
        self._tools.show_file(row)
        self._patience.start()  # until then the file before stays to be seen: nothing flickers
        self._library.ask(_Question(row), self._compare, key="compare")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Stop comparing."""
        self._comparing.close()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Stop comparing while nobody looks."""
        super().hideEvent(event)
        self._comparing.stop()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take up the comparison that was stopped."""
        super().showEvent(event)
        if self._texts is not None and self._found is None:
            self._compare(self._texts)

    # ---- parts ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._message.setMargin(24)
        self._message.setProperty("look", "mute")
        body = QWidget(self)
        self._pages = QStackedLayout(body)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._head, self._tools):
            layout.addWidget(part)
        layout.addWidget(body, 1)
        self._tools.keep_wanted.connect(self._keep)
        self._tools.open_wanted.connect(self._open)
        self._tools.reveal_wanted.connect(self._reveal)
        self._tools.next_wanted.connect(self.go_to_next)
        self._tools.previous_wanted.connect(self.go_to_previous)
        self._tools.filter_changed.connect(self._choose_visited)
        QShortcut(QKeySequence(Qt.Key.Key_F7), self, self.go_to_next)
        keys = QKeySequence(Qt.KeyboardModifier.ShiftModifier | Qt.Key.Key_F7)
        QShortcut(keys, self, self.go_to_previous)

    def _forget(self) -> None:
        self._comparing.stop()
        self._texts = self._found = None
        self._visited = []
        self._tools.clear()

    def _say(self, words: str, *, alone: bool) -> None:
        """Show a sentence instead of texts; `alone`: instead of everything."""
        self._patience.stop()
        self._head.setVisible(not alone)
        self._tools.setVisible(not alone)
        self._message.setText(words)
        self._pages.setCurrentWidget(self._message)

    @Slot()
    def _say_busy(self) -> None:
        """Say that it takes longer than expected."""
        if self._row is not None:
            other = self._texts.other if self._texts else None
            self._head.show_file(self._row, other, None)
            self._say(self.tr("Comparing\u2026"), alone=False)

    # ---- texts and differences -----------------------------------------------------------------

    @Slot(object)
    def _compare(self, texts: Texts) -> None:
        if self._row is None or (texts.row.file, texts.row.group) != (
            self._row.file,
            self._row.group,
        ):
            return
        self._texts = texts
        if not texts.left and not texts.right:
            self._head.show_file(self._row, texts.other, None)
            words = (
                self.tr("Same bytes: nothing to compare.")
                if self._row.relation is Relation.IDENTICAL
                else self.tr("No text could be read from this file.")
            )
            self._say(words, alone=False)
            return
        how = How.COMPARED
        if texts.other is None or self._row.relation is Relation.IDENTICAL:
            how = How.ALONE
        elif self._row.relation is Relation.SAME_MEANING:
            how = How.PARALLEL
        self._comparing.start(texts.left[:LONGEST_TEXT], texts.right[:LONGEST_TEXT], how)

    @Slot(object)
    def _show_differences(self, found: Differences | None) -> None:
        row, texts = self._row, self._texts
        if row is None or texts is None:
            return
        if found is None:
            self._head.show_file(row, texts.other, None)
            self._say(self.tr("These texts could not be compared."), alone=False)
            return
        self._found = found
        self._patience.stop()
        self._head.show_file(row, texts.other, found)
        self._head.show()
        self._tools.show()
        if texts.other is None or row.relation is Relation.IDENTICAL:
            self._view.show_alone(found)
        else:
            name = shown_path(row.path.name), shown_path(texts.other.path.name)
            self._view.show_differences(found, name)
        self._pages.setCurrentWidget(self._view)
        self._tools.show_summary(self._summary(row, texts, found), weighty=_has_weighty(found))
        self._choose_visited()

    def _summary(self, row: FileRow, texts: Texts, found: Differences) -> str:
        if texts.other is None:
            return ""
        words = compare_words.statement(row, found) or compare_words.summary(found)
        if max(len(texts.left), len(texts.right)) > LONGEST_TEXT:
            words = self.tr("Only the first 4 million characters are compared.") + " " + words
        if found.coarse:
            words = self.tr("Very long: parts are compared roughly.") + " " + words
        return words

    # ---- from change to change -----------------------------------------------------------------

    @Slot()
    def go_to_next(self) -> None:
        """Point out the next difference; after the last comes the first."""
        self._step(1)

    @Slot()
    def go_to_previous(self) -> None:
        """Point out the difference before."""
        self._step(-1)

    @Slot()
    def _choose_visited(self) -> None:
        """Choose which differences are gone through: all words, or figures and names only."""
        found = self._found
        if found is None:
            return
        least = Weight.NAMES if self._tools.only_weighty() else Weight.WORDS
        self._visited = [n for n, change in enumerate(found.changes) if change.weight >= least]
        if not self._visited and least is Weight.WORDS:
            self._visited = list(range(len(found.changes)))
        words_compared = self._row is not None and self._row.relation not in (
            None,
            Relation.SAME_MEANING,
        )
        if self._visited:
            self._point_out(self._visited[0])
        elif words_compared:
            self._tools.show_place(0, 0)

    def _step(self, direction: int) -> None:
        if not self._visited:
            return
        current = self._view.current()
        if current in self._visited:
            at = (self._visited.index(current) + direction) % len(self._visited)
        else:
            at = 0 if direction > 0 else len(self._visited) - 1
        self._point_out(self._visited[at])

    def _point_out(self, change: int) -> None:
        if self._found is None:
            return
        self._view.go_to(change)
        place, places = self._visited.index(change) + 1, len(self._visited)
        self._tools.show_place(place, places)
        words = compare_words.spoken(self._found, change, place, places)
        self._view.setAccessibleDescription(words)
        if self._view.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    # ---- what is wanted ------------------------------------------------------------------------

    @Slot()
    def _keep(self) -> None:
        if self._row is not None:
            self.keep_wanted.emit(self._row)

    @Slot()
    def _open(self) -> None:
        if self._row is not None:
            self.open_wanted.emit(self._row.path)

    @Slot()
    def _reveal(self) -> None:
        if self._row is not None:
            self.reveal_wanted.emit(self._row.path)


@dataclass(frozen=True, slots=True)
class _Question:
    """Asks the library for the texts of a file and of the one it is compared with."""

    row: FileRow

    def __call__(self, library: Library) -> Texts:
        """Read them; called in the thread of the library."""
        # Imported when needed: the window shall be there before the database is.
        from dedupe_app.store.browse import file_page, file_rows, file_text

        row, other = self.row, None
        if row.compared_with is not None:
            members = file_page(library, row.group, 0, 1)
            if not members or members[0].file != row.compared_with:
                members = file_rows(library, [row.group])[row.group]
            other = next((each for each in members if each.file == row.compared_with), None)
        left = file_text(library, row.file)
        identical = row.relation is Relation.IDENTICAL
        right = left if identical else file_text(library, other.file) if other else ""
        return Texts(row, other, left, right)


def _same_content(a: FileRow, b: FileRow) -> bool:
    return (a.file, a.compared_with, a.size_bytes, a.mtime_ns, a.relation, a.group) == (
        b.file, b.compared_with, b.size_bytes, b.mtime_ns, b.relation, b.group
    )  # fmt: skip


def _has_weighty(found: Differences) -> bool:
    weights = {change.weight for change in found.changes}
    return any(weight >= Weight.NAMES for weight in weights) and Weight.WORDS in weights
