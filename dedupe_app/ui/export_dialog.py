"""The dialog that writes a report: what, as which kind of file, and where. Writes in a thread of its own."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.ui.formats import shown_path
from dedupe_app.ui.library import LibraryThread
from dedupe_app.ui.plan_parts import NoteBox, title_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.records import GroupQuery
    from dedupe_app.store.library import Library

_WIDTH = 560
_NAME = "duplicates"
_ENDINGS = (".csv", ".json")


class ExportDialog(QDialog):
    """`folder_chosen`: where a report was written, to be remembered; `reveal_wanted`: show that file in its folder.

    `what`: "all", "shown" (what `query` shows) or "selection" (`files`).
    """

    folder_chosen = Signal(object)
    reveal_wanted = Signal(object)

    def __init__(
        self,
        library: LibraryThread,
        parent: QWidget | None = None,
        *,
        what: str = "all",
        query: GroupQuery | None = None,
        files: Sequence[int] = (),
        folder: Path | None = None,
    ) -> None:
        """Offer to write a report to `folder`, where the last one went."""
        super().__init__(parent)
        self._query = query
        self._files = tuple(files)
        self._written: Path | None = None
        self._stopped = threading.Event()
        # Not the window's thread: a large report takes its time, and the window goes on asking.
        self._writer = LibraryThread(library.reading().path, self)
        self._writer.failed.connect(self._show_failed)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(_WIDTH)
        self._what = QComboBox(self)
        self._form = QComboBox(self)
        self._place = QLineEdit(self)
        self._done = NoteBox("add", self)
        self._wrong = NoteBox("del_", self)
        self._close = QPushButton(self.tr("Cancel"), self)
        self._write = QPushButton(self.tr("Export"), self)
        self._fill(what, folder or Path.home())
        self._lay_out()
        self._connect()

    def target(self) -> Path:
        """Return where the report goes."""
        return Path(self._place.text().strip()).expanduser()

    def done(self, result: int) -> None:
        """Close the dialog; a report that is not complete yet is not written."""
        self._stopped.set()
        self._writer.close()
        super().done(result)

    def _fill(self, what: str, folder: Path) -> None:
        self._what.addItem(self.tr("Everything"), "all")
        if self._query is not None:
            self._what.addItem(self.tr("What is shown"), "shown")
        if self._files:
            chosen = self.tr("The selection (%n file(s))", "", len(self._files))
            self._what.addItem(chosen, "selection")
        self._what.setCurrentIndex(max(0, self._what.findData(what)))
        self._form.addItem(self.tr("CSV, for a spreadsheet"), ".csv")
        self._form.addItem(self.tr("JSON, for programs"), ".json")
        self._place.setText(str(folder / f"{_NAME}.csv"))
        self._write.setProperty("look", "primary")
        self._write.setDefault(True)

    def _lay_out(self) -> None:
        heading = title_label(self)
        heading.setText(self.tr("Export the groups"))
        choose = QPushButton(self.tr("Choose…"), self)
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for row, (text, widget) in enumerate(
            (
                (self.tr("What"), self._what),
                (self.tr("As"), self._form),
                (self.tr("To"), self._place),
            )
        ):
            label = QLabel(text, self)
            label.setBuddy(widget)
            widget.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(choose, 2, 2)
        grid.setColumnStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self._write)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addLayout(grid)
        column.addWidget(self._done)
        column.addWidget(self._wrong)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._form.currentIndexChanged.connect(self._follow_form)
        self._place.textEdited.connect(self._follow_place)
        self._close.clicked.connect(self.reject)
        self._write.clicked.connect(self._start)
        self._done.link_wanted.connect(self._reveal)

    @Slot()
    def _follow_form(self) -> None:
        """Give the file the ending of its kind."""
        target = self.target()
        ending = self._form.currentData()
        if target.suffix.lower() != ending:
            kept = target.with_suffix("") if target.suffix.lower() in _ENDINGS else target
            self._place.setText(f"{kept}{ending}")

    @Slot()
    def _follow_place(self) -> None:
        """Choose the kind that the ending says."""
        index = self._form.findData(self.target().suffix.lower())
        if index >= 0:
            self._form.blockSignals(True)
            self._form.setCurrentIndex(index)
            self._form.blockSignals(False)

    @Slot()
    def _choose(self) -> None:
        kinds = "CSV (*.csv);;JSON (*.json)"
        chosen, _ = QFileDialog.getSaveFileName(
            *(self, self.tr("Export to"), self._place.text(), kinds),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self._place.setText(chosen)
            self._follow_place()
            self._follow_form()

    @Slot()
    def _start(self) -> None:
        self._follow_form()
        target = self.target()
        if target.exists() and not self._may_replace(target):
            return
        self._done.say([])
        self._wrong.say([])
        self._write.setEnabled(False)
        what = self._what.currentData()
        self._writer.ask(
            partial(
                _export,
                target=target,
                query=self._query if what == "shown" else None,
                files=self._files if what == "selection" else None,
                stopped=self._stopped,
            ),
            self._show_written,
        )

    def _may_replace(self, target: Path) -> bool:
        question = self.tr("{} is there already. Replace it?").format(shown_path(target.name))
        answer = QMessageBox.question(self, self.tr("Export"), question)
        return answer == QMessageBox.StandardButton.Yes

    @Slot(object)
    def _show_written(self, target: Path) -> None:
        self._written = target
        self._write.setEnabled(True)
        self._close.setText(self.tr("Close"))
        where = shown_path(target)
        self._done.say([(self.tr("Written:"), where)], self.tr("Show in its folder"))
        self._done.link().setFocus()
        self.folder_chosen.emit(target.parent)

    @Slot(str, str)
    def _show_failed(self, title: str, hint: str) -> None:
        self._write.setEnabled(True)
        self._wrong.say([(title, hint)])

    @Slot()
    def _reveal(self) -> None:
        if self._written is not None:
            self.reveal_wanted.emit(self._written)


def _export(
    library: Library,
    target: Path,
    query: GroupQuery | None,
    files: Sequence[int] | None,
    stopped: threading.Event,
) -> Path:
    from dedupe_app.engine.exporting import export_report
    from dedupe_app.store.marks import paths_of

    paths = None if files is None else paths_of(library, files)
    return export_report(library, WINDOW_SCOPE, target, query, paths, stopped.is_set)
