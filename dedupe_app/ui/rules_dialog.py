"""The dialog in which keep rules are put in order, tried out and applied. Shows what they would mark before they do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.records import SAME_TEXTS, FileRow, GroupQuery, Relation
from dedupe_app.review.rules import RuleSet, Verdict, read_order, write_order
from dedupe_app.ui.formats import shown_path, size_text
from dedupe_app.ui.plan_list import ListDialog, ListLine
from dedupe_app.ui.plan_parts import NoteBox, mute_label, title_label
from dedupe_app.ui.rules_list import RulesList
from dedupe_app.ui.theme import relation_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.store.library import Library
    from dedupe_app.ui.library import LibraryThread

_WIDTH = 560
_CALM_MS = 200
_RELATIONS = (
    Relation.IDENTICAL,
    Relation.SAME_TEXT,
    Relation.REVISION,
    Relation.CONTAINED,
)


class RulesDialog(QDialog):
    """`applied`: decisions are other than before; `order_chosen`: the names of the rules, to be remembered.

    Applies to the chosen `files`, to what `query` shows, or to all groups.
    """

    applied = Signal()
    order_chosen = Signal(object)

    def __init__(
        self,
        library: LibraryThread,
        files: Sequence[int] = (),
        parent: QWidget | None = None,
        *,
        query: GroupQuery | None = None,
        order: Sequence[str] = (),
    ) -> None:
        """Offer rules in the order of their names; none: the built-in order."""
        super().__init__(parent)
        self._library = library
        self._files = tuple(files)
        self._query = query
        self._verdict = Verdict()
        self.setWindowTitle(self.tr("Apply keep rules"))
        self.setMinimumWidth(_WIDTH)
        self._rules = RulesList(read_order(order), self)
        self._where = QComboBox(self)
        self._relations = {relation: QCheckBox(self) for relation in _RELATIONS}
        self._overrule = QCheckBox(self.tr("Also change what I decided myself"), self)
        self._preview = NoteBox("add", self)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._apply = QPushButton(self.tr("Mark files"), self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._fill()
        self._lay_out()
        self._connect()
        self._judge()

    def rules(self) -> RuleSet:
        """Return the rules as they are set now."""
        chosen = (relation for relation, box in self._relations.items() if box.isChecked())
        return RuleSet(self._rules.order(), frozenset(chosen), self._overrule.isChecked())

    # ---- parts ---------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self._files:
            self._where.addItem(self.tr("To the %n chosen file(s)", "", len(self._files)), "files")
        if self._query is not None and self._query != GroupQuery():
            self._where.addItem(self.tr("To what is shown"), "shown")
        self._where.addItem(self.tr("To all groups"), "all")
        self._where.setAccessibleName(self.tr("What the rules apply to"))
        for relation, box in self._relations.items():
            box.setText(relation_name(relation))
            box.setChecked(relation in SAME_TEXTS)
        self._apply.setProperty("look", "primary")
        self._apply.setDefault(True)
        self._apply.setEnabled(False)

    def _lay_out(self) -> None:
        heading = title_label(self)
        heading.setText(self.tr("Which file of a group stays?"))
        hint = mute_label(self)
        hint.setText(
            self.tr(
                "The first rule that tells files apart decides. "
                "Drag the rules into order, or move them with Alt and the arrows."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(10)
        for widget in (heading, hint, self._rules):
            column.addWidget(widget)
        column.addLayout(self._make_order_buttons())
        column.addLayout(self._make_choices())
        column.addWidget(self._overrule)
        column.addWidget(self._preview)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._apply)
        column.addLayout(row)

    def _make_order_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, slot in (
            (self.tr("Up"), self._rules.move_up),
            (self.tr("Down"), self._rules.move_down),
            (self.tr("A folder first…"), self._add_folder),
        ):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _make_choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.addWidget(QLabel(self.tr("Apply"), self), 0, 0)
        grid.addWidget(self._where, 0, 1)
        grid.addWidget(QLabel(self.tr("Mark files that are"), self), 1, 0)
        row = QHBoxLayout()
        row.setSpacing(16)
        for box in self._relations.values():
            row.addWidget(box)
        row.addStretch(1)
        grid.addLayout(row, 1, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        self._rules.changed.connect(self._calm.start)
        self._where.currentIndexChanged.connect(self._calm.start)
        for box in (*self._relations.values(), self._overrule):
            box.toggled.connect(self._calm.start)
        self._calm.timeout.connect(self._judge)
        self._preview.link_wanted.connect(self._show_list)
        self._cancel.clicked.connect(self.reject)
        self._apply.clicked.connect(self._carry_out)

    # ---- what the rules would do ---------------------------------------------------------------

    @Slot()
    def _judge(self) -> None:
        self._apply.setEnabled(False)
        where = self._where.currentData()
        query = self._query if where == "shown" else None
        files = self._files if where == "files" else ()
        self._library.ask(
            partial(_judge, rules=self.rules(), query=query, files=files),
            self._show_verdict,
            key="rules",
        )

    @Slot(object)
    def _show_verdict(self, verdict: Verdict) -> None:
        self._verdict = verdict
        remove = len(verdict.remove)
        size = size_text(sum(row.size_bytes for row in verdict.remove))
        lines = [(self.tr("Nothing changes."), self.tr("All is marked as the rules say."))]
        if remove or verdict.keep:
            lines = []
        if remove:
            head = self.tr("%n more file(s) would be marked to be removed,", "", remove)
            lines = [(head, self.tr("{} in all.").format(size))]
        if verdict.keep:
            kept = self.tr("%n file(s) would be kept instead.", "", len(verdict.keep))
            lines.append(("", kept))
        if verdict.spared:
            own = self.tr("%n file(s) stay as you decided yourself.", "", verdict.spared)
            lines.append(("", own))
        changes = bool(remove or verdict.keep)
        self._preview.say(lines, self.tr("Show") if changes else "")
        self._apply.setEnabled(changes)
        self._make_room()

    def _make_room(self) -> None:
        """Grow with what is said: what wraps needs more height than a layout asks for by itself."""
        column = self.layout()
        if column is not None:
            self.setMinimumWidth(max(_WIDTH, column.minimumSize().width()))
            wanted = column.totalHeightForWidth(self.width())
            self.setMinimumHeight(column.totalMinimumHeightForWidth(self.width()))
            self.resize(self.width(), max(self.height(), wanted))

    @Slot()
    def _show_list(self) -> None:
        things = [
            *((row, self._removal_text(row)) for row in self._verdict.remove),
            *((row, self.tr("Would be kept")) for row in self._verdict.keep),
        ]
        dialog = ListDialog(self.tr("What the rules would do"), things, _line, self)
        dialog.exec()
        dialog.deleteLater()

    def _removal_text(self, row: FileRow) -> str:
        """Say that a file would go, and which one stays: its folder too, for copies often have the same name."""
        stays = self._verdict.stays.get(row.file)
        if stays is None:
            return self.tr("Would be marked to be removed")
        return self.tr("Would be removed; stays: {}").format(shown_path(stays.path))

    @Slot()
    def _carry_out(self) -> None:
        self._apply.setEnabled(False)
        self.order_chosen.emit(write_order(self._rules.order()))
        self._library.write(partial(_carry_out, verdict=self._verdict), self._finish)

    @Slot(object)
    def _finish(self, _nothing: object) -> None:
        self.applied.emit()
        self.accept()

    @Slot()
    def _add_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Keep what is in"))
        if chosen:
            self._rules.add_folder(Path(chosen))


def _line(thing: tuple[FileRow, str]) -> ListLine:
    row, what = thing
    return ListLine(row.path, what, row.size_bytes)


def _judge(
    library: Library, rules: RuleSet, query: GroupQuery | None, files: Sequence[int]
) -> Verdict:
    from dedupe_app.engine.ruling import judge

    return judge(library, WINDOW_SCOPE, rules, query, files)


def _carry_out(library: Library, verdict: Verdict) -> None:
    from dedupe_app.engine.ruling import carry_out

    carry_out(library, WINDOW_SCOPE, verdict)
