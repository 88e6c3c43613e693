"""What the plan dialog shows while the engine works, and what came of it. Shows and asks; the dialog does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dedupe_app.ui import plan_words
from dedupe_app.ui.formats import count_text, size_text
from dedupe_app.ui.plan_list import ListDialog, ListLine
from dedupe_app.ui.plan_parts import NoteBox, mute_label, title_label
from dedupe_app.ui.sentences import in_words, join
from dedupe_app.ui.status_line import ProgressBar

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.engine.messages import Acted
    from dedupe_app.records import ActionKind, Problem


class BusyPage(QWidget):
    """How far the engine is. It can be stopped between files, or go on unseen."""

    stop_wanted = Signal()
    background_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._title = title_label(self)
        self._below = mute_label(self)
        self._bar = ProgressBar(self)
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.clicked.connect(self.stop_wanted)
        background = QPushButton(self.tr("Continue in the background"), self)
        background.clicked.connect(self.background_wanted)
        self.setFocusProxy(background)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._stop)
        row.addWidget(background)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self._title, self._below, self._bar):
            column.addWidget(widget)
        column.addLayout(row)

    def begin(self, kind: ActionKind | None) -> None:
        """Wait for the engine; None: to take something back."""
        undoing = self.tr("Putting files back…")
        self._title.setText(undoing if kind is None else plan_words.busy_text(kind))
        self._below.setText(self.tr("Waiting until the engine is ready."))
        self._bar.show_share(None)
        self._stop.setEnabled(True)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many files are done."""
        self._bar.show_share(done / max(1, total))
        text = self.tr("{0} of {1}").format(count_text(done), count_text(total))
        self._below.setText(text)


class ReportPage(QWidget):
    """What was done, what was left alone and why, and the way back."""

    undo_wanted = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Report nothing yet."""
        super().__init__(parent)
        self._report: Acted | None = None
        self._title = title_label(self)
        self._below = mute_label(self)
        self._left = NoteBox("del_", self)
        self._left.link_wanted.connect(self._show_left)
        self._undo = QPushButton(self.tr("Undo"), self)
        self._undo.clicked.connect(self._want_undo)
        self._close = QPushButton(self.tr("Close"), self)
        self._close.setProperty("look", "primary")
        self._close.setDefault(True)
        self._close.clicked.connect(self.closed)
        self.setFocusProxy(self._close)
        row = QHBoxLayout()
        row.addWidget(self._undo)
        row.addStretch(1)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self._title, self._below, self._left):
            column.addWidget(widget)
        column.addLayout(row)

    def show_report(self, report: Acted) -> None:
        """Show what came of an action or its undoing."""
        self._report = report
        self._title.setText(plan_words.done_text(report.kind, report.done, undone=report.undone))
        size = size_text(report.size_bytes)
        stopped = self.tr("Stopped before the end.") if report.stopped else ""
        undo = plan_words.undo_text(report.kind) if report.done else ""
        if report.undone:
            undo = self.tr("They are marked as they were.")
        self._below.setText(join(self.tr("{} in all.").format(size), stopped, undo))
        left = len(report.left)
        head = self.tr("%n file(s) were left alone.", "", left)
        self._left.say([(head, "")] if left else [], self.tr("Show"))
        self._undo.setVisible(bool(report.done and report.batch and not report.undone))
        self._describe()

    def batch(self) -> int:
        """Return the number of the action that is reported, 0 if none is."""
        return self._report.batch if self._report else 0

    def say_failed(self, title: str, hint: str) -> None:
        """Say that the engine could not do it."""
        self._report = None
        self._title.setText(in_words(title))
        self._below.setText(in_words(hint))
        self._left.say([])
        self._undo.hide()
        self._describe()

    def _describe(self) -> None:
        """Let those hear what came of it who only hear where the keyboard is."""
        self._close.setAccessibleDescription(join(self._title.text(), self._below.text()))

    @Slot()
    def _want_undo(self) -> None:
        if self._report is not None:
            self.undo_wanted.emit(self._report.batch)

    @Slot()
    def _show_left(self) -> None:
        if self._report is None:
            return
        dialog = ListDialog(self.tr("Left alone"), self._report.left, _left_line, self)
        dialog.exec()
        dialog.deleteLater()


def _left_line(left: tuple[Path, Problem, str]) -> ListLine:
    path, problem, detail = left
    return ListLine(path, plan_words.problem_text(problem, detail))
