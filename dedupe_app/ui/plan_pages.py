"""The question of the plan dialog: what will go and why, what stays, what is left alone. Shows; the dialog does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.engine.messages import Act
from dedupe_app.records import ActionKind, Plan, PlanItem, Problem
from dedupe_app.ui import plan_words
from dedupe_app.ui.formats import shown_path, size_text
from dedupe_app.ui.plan_list import ListDialog, ListLine
from dedupe_app.ui.plan_parts import NoteBox, ReasonTable, mute_label, title_label
from dedupe_app.ui.sentences import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.review.plan import Summary


class AskPage(QWidget):
    """What will go and why, what stays, what is left alone; other actions instead of the trash."""

    confirmed = Signal(object)
    summary_wanted = Signal(object, object)
    refused = Signal()
    folder_chosen = Signal(object)

    def __init__(self, folder: Path | None, parent: QWidget) -> None:
        """Say that the files are being looked at."""
        super().__init__(parent)
        self._plan = Plan(())
        self._summary: Summary | None = None
        self._last_copies: frozenset[Path] = frozenset()
        self._folder = folder
        self._title = title_label(self)
        self._below = mute_label(self)
        self._reasons = ReasonTable(self)
        self._where = _FolderRow(folder, self)
        self._stays = NoteBox("add", self)
        self._different = NoteBox("chip", self)
        self._warning = NoteBox("del_", self)
        self._left = NoteBox("del_", self)
        self._sure = QCheckBox(self)
        self._list = QPushButton(self.tr("See the list"), self)
        self._kind = QComboBox(self)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._go = QPushButton(self)
        self._lay_out()
        self._connect()
        self._say_waiting()

    def kind(self) -> ActionKind:
        """Return the action that is chosen."""
        return ActionKind(self._kind.currentData())

    def show_plan(self, plan: Plan) -> None:
        """Show what is planned."""
        self._plan = plan
        self._refresh()

    def _lay_out(self) -> None:
        self._kind.setAccessibleName(self.tr("What to do with the files"))
        for kind in ActionKind:
            self._kind.addItem(plan_words.kind_name(kind), kind.value)
        self._go.setProperty("look", "primary")
        self._go.setDefault(True)
        self._list.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._below)
        column.addSpacing(12)
        parts = QVBoxLayout()
        parts.setSpacing(8)
        for widget in (self._reasons, self._where, self._stays, self._different, self._left):
            parts.addWidget(widget)
        parts.addWidget(self._warning)
        parts.addWidget(self._sure)
        parts.insertSpacing(1, 6)
        column.addLayout(parts)
        column.addSpacing(18)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._list)
        row.addWidget(self._kind)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._go)
        column.addLayout(row)

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._refresh)
        self._where.changed.connect(self._take_folder)
        self._sure.toggled.connect(self._enable)
        self._list.clicked.connect(self._show_list)
        self._left.link_wanted.connect(self._show_left)
        self._cancel.clicked.connect(self.refused)
        self._go.clicked.connect(self._confirm)

    def _say_waiting(self) -> None:
        self._title.setText(self.tr("Looking at the marked files…"))
        for widget in (self._reasons, self._where, self._sure):
            widget.hide()
        for button in (self._list, self._kind, self._go):
            button.setEnabled(False)
        self._go.setText(plan_words.button_text(ActionKind.TRASH))

    @Slot()
    def _refresh(self) -> None:
        """Ask how the plan looks for the action that is chosen."""
        self._go.setEnabled(False)
        self.summary_wanted.emit(self.kind(), self._last_copies)

    @Slot(object)
    def show_summary(self, summary: Summary) -> None:
        """Show the plan for an action, unless another was chosen meanwhile."""
        if (summary.kind, summary.last_copies) != (self.kind(), self._last_copies):
            return
        is_first = self._summary is None
        self._summary = summary
        kind, files = summary.kind, len(summary.files)
        self._title.setText(plan_words.question(kind, files))
        self._below.setText(self._below_text(summary))
        self._reasons.show_reasons(summary.reasons)
        self._reasons.setVisible(bool(files))
        self._where.setVisible(kind is ActionKind.MOVE)
        stays = [(self.tr("What stays:"), plan_words.stays_text(kind))] if files else []
        self._stays.say(stays)
        different = plan_words.different_lines(summary.different, summary.alone)
        risky = plan_words.has_own_documents(summary.reasons)
        self._different.say([] if risky else different)
        left = [plan_words.left_text(problem, count) for problem, count in summary.problems]
        self._left.say(left, self.tr("Show"))
        warnings = plan_words.warning_lines(kind) if files else []
        self._warning.say([*different, *warnings] if risky else warnings)
        self._sure.setVisible(kind is ActionKind.DELETE and bool(files))
        self._sure.setChecked(False)
        self._sure.setText(self.tr("Yes, delete %n file(s) for good", "", files))
        self._go.setText(plan_words.button_text(kind))
        self._go.setProperty("look", "danger" if kind is ActionKind.DELETE else "primary")
        self._go.style().polish(self._go)
        self._list.setEnabled(bool(self._plan.items))
        self._kind.setEnabled(bool(self._plan.items))
        self._enable()
        # Enter lets nothing go that is no copy: that takes a choice of its own.
        usual = self._go if self._go.isEnabled() and not risky else self._cancel
        self._go.setAutoDefault(not risky)
        usual.setDefault(True)
        if is_first:
            usual.setFocus()

    @Slot()
    def _enable(self) -> None:
        kind = self.kind()
        missing = (kind is ActionKind.MOVE and self._folder is None) or (
            kind is ActionKind.DELETE and not self._sure.isChecked()
        )
        summary = self._summary
        ready = summary is not None and summary.kind is kind and bool(summary.files)
        self._go.setEnabled(ready and not missing)

    def _below_text(self, summary: Summary) -> str:
        if summary.files:
            places = self.tr("%n folder(s)", "", summary.folders)
            what = self.tr("{0} from {1}.").format(size_text(summary.size_bytes), places)
            return join(what, plan_words.undo_text(summary.kind))
        if self._plan.items:
            return self.tr("None of the marked files can go this way.")
        return self.tr("Nothing is marked to be removed.")

    @Slot()
    def _confirm(self) -> None:
        if self._summary is None:
            return
        kind = self._summary.kind
        folder = self._folder if kind is ActionKind.MOVE else None
        self.confirmed.emit(Act(kind, self._summary.files, folder, self._last_copies))

    @Slot(object)
    def _take_folder(self, folder: Path) -> None:
        self._folder = folder
        self.folder_chosen.emit(folder)
        self._enable()

    @Slot()
    def _show_list(self) -> None:
        left = {item.path: problem for item, problem in self._left_alone()}
        things = [(item, left.get(item.path)) for item in self._plan.items]
        self._open_list(self.tr("Marked files"), things)

    @Slot()
    def _show_left(self) -> None:
        # Last copies stay in the list when they are ticked, so that they can be unticked.
        ticked = [
            (item, Problem.LAST_COPY) for item in self._plan.items if item.path in self._last_copies
        ]
        left = [pair for pair in self._left_alone() if pair[0].path not in self._last_copies]
        self._open_list(self.tr("Left alone"), [*ticked, *left])

    def _left_alone(self) -> Sequence[tuple[PlanItem, Problem]]:
        return self._summary.left if self._summary else ()

    def _open_list(self, title: str, things: Sequence[tuple[PlanItem, Problem | None]]) -> None:
        has_last = any(item.problem is Problem.LAST_COPY for item, _ in things)
        ticked = self._last_copies if has_last else None
        dialog = ListDialog(title, things, _line, self, ticked=ticked)
        dialog.exec()
        if has_last:
            self._last_copies = dialog.ticked()
        dialog.deleteLater()
        self._refresh()


def _line(thing: tuple[PlanItem, Problem | None]) -> ListLine:
    item, problem = thing
    why = plan_words.problem_text(problem) if problem else plan_words.why_and_kept_text(item)
    return ListLine(item.path, why, item.size_bytes, last=item.problem is Problem.LAST_COPY)


class _FolderRow(QWidget):
    """Where files are moved to."""

    changed = Signal(object)

    def __init__(self, folder: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        choose = QPushButton(self.tr("Choose folder…"), self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(choose)
        self._show()

    def _show(self) -> None:
        place = self.tr("no folder yet") if self._folder is None else shown_path(self._folder)
        self._text.setText(self.tr("Into: {}").format(place))

    @Slot()
    def _choose(self) -> None:
        start = str(self._folder or Path.home())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Move files to"), start)
        if chosen:
            self._folder = Path(chosen)
            self._show()
            self.changed.emit(self._folder)
