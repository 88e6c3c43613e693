"""Carries decisions from the list of groups to the library: shown at once, written in the background."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from dedupe_app.records import Decision, FileRow, Role
from dedupe_app.ui import formats, group_questions, group_words
from dedupe_app.ui.group_choice import Chosen, Marking, files_to_mark, read_choice
from dedupe_app.ui.group_questions import Rejected, Selected
from dedupe_app.ui.group_rows import HEADER, Place
from dedupe_app.ui.marks import next_decision
from dedupe_app.ui.sentences import join

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.ui.group_model import GroupModel
    from dedupe_app.ui.library import LibraryThread

Ranges = list[tuple[int, int]]
# More files than this are looked up in the background, and shown as marked when that is written.
AT_ONCE = 200
_FEW = 64


class Deciding(QObject):
    """Marks, keeps and parts files for one list of groups. Rows are given as ranges, both ends included."""

    decisions_changed = Signal()
    regroup_wanted = Signal()
    warned = Signal(str)  # "": what was said before is settled
    marked = Signal(str)  # what was marked how, for those who cannot see it

    def __init__(self, library: LibraryThread, model: GroupModel, parent: QObject) -> None:
        """Write to `library` what is decided about the files of `model`."""
        super().__init__(parent)
        self._library = library
        self._model = model
        self._waiting = 0
        library.failed.connect(self._show_what_is)

    # ---- marks ---------------------------------------------------------------------------------

    def toggle(self, ranges: Ranges) -> None:
        """Give the chosen files the decision that follows that of the first of them."""
        if not ranges:
            return
        decision = self._first_decision(ranges)
        if decision is None:
            self.warned.emit(self.tr("Files in protected folders are never marked."))
        else:
            self.mark(ranges, next_decision(decision))

    def mark(self, ranges: Ranges, decision: Decision) -> None:
        """Decide what shall happen to the chosen files."""
        chosen = self._read(ranges) if _rows_in(ranges) <= AT_ONCE else None
        if chosen is None or self._is_much(chosen):
            self._mark_many(ranges, decision)
            return
        marking = files_to_mark(chosen, self._groups(chosen), decision)
        if not marking.files:
            self._warn(marking)
            return
        self._model.redecide(set(marking.files), decision)
        self._waiting += 1
        numbers = tuple(chosen.files)
        self._library.write(
            partial(group_questions.decide, files=marking.files, decision=decision, groups=numbers),
            self._written,
        )
        told = self.tr("%n file(s): {}", "", len(marking.files))
        self.marked.emit(told.format(group_words.decision_text(decision)))
        self._warn(marking)

    def _mark_many(self, ranges: Ranges, decision: Decision) -> None:
        self.warned.emit(self.tr("Marking very many files…"))
        selected = self._selected(ranges)
        self._waiting += 1
        self._library.write(
            partial(group_questions.decide_selected, selected=selected, decision=decision),
            self._many_written,
        )

    def _warn(self, marking: Marking) -> None:
        self.warned.emit(join(self._different_text(marking), self._spared_text(marking)))

    def _different_text(self, marking: Marking) -> str:
        if not marking.different:
            return ""
        return self.tr(
            "%n file(s) were left alone: only the template or the meaning is the same. "
            "Such files are marked one by one.",
            "",
            len(marking.different),
        )

    def _spared_text(self, marking: Marking) -> str:
        if marking.spared:
            return self.tr(
                "All files of %n group(s) were chosen: those to keep are left as they were.",
                "",
                len(marking.spared),
            )
        if marking.bare:
            title = self._title(marking.bare[0])
            return self.tr(
                "No file of “{}” would stay. When files are removed, one is always kept."
            ).format(title)
        if not marking.files and not marking.different:
            return self.tr("Nothing to mark: what is chosen is protected or the file to keep.")
        return ""

    # ---- keepers and rejections ----------------------------------------------------------------

    def keep(self, row: FileRow) -> None:
        """Make a file the one to keep in its group."""
        self._model.redecide({row.file}, Decision.KEEP)
        self._waiting += 1
        self._library.write(
            partial(group_questions.choose_keeper, group=row.group, file=row.file),
            self._keeper_written,
        )

    def reject(self, ranges: Ranges) -> None:
        """Remember that the chosen files are no duplicates of the others in their group, or of each other."""
        change = partial(group_questions.reject_selected, selected=self._selected(ranges))
        self._library.write(change, self._rejected)

    # ---- what came of it -----------------------------------------------------------------------

    @Slot(object)
    def _written(self, groups: tuple[int, ...]) -> None:
        self._waiting -= 1
        self._model.forget_groups(set(groups))
        self.decisions_changed.emit()

    @Slot(object)
    def _many_written(self, marking: Marking) -> None:
        self._waiting -= 1
        self._model.refresh()
        self._warn(marking)
        self.decisions_changed.emit()

    @Slot(object)
    def _keeper_written(self, _: object) -> None:
        self._waiting -= 1
        self.decisions_changed.emit()
        self.regroup_wanted.emit()

    @Slot(object)
    def _rejected(self, came: Rejected) -> None:
        if came.too_many:
            self.warned.emit(self.tr("These are too many files to part at once: choose fewer."))
        elif not came.pairs:
            self.warned.emit(
                self.tr("Files with the same bytes are duplicates, whatever they are for.")
            )
        else:
            told = self.tr("Remembered: these are not duplicates. Undo last takes it back.")
            self.warned.emit(told)
        if came.pairs:
            self.decisions_changed.emit()
            self.regroup_wanted.emit()

    @Slot(str, str)
    def _show_what_is(self, _title: str, _hint: str) -> None:
        """Show again what the library holds: something that was shown already may not have been written."""
        if self._waiting:
            self._waiting = 0
            self._model.refresh()

    # ---- what is chosen ------------------------------------------------------------------------

    def files(self, ranges: Ranges) -> list[int]:
        """Return the numbers of the chosen files; of a closed group, all of its files."""
        if not ranges:
            return []  # at the first start there is no library to ask
        chosen = self._read(ranges)
        return [row.file for row in group_questions.read_chosen(self._library.reading(), chosen)]

    def paths(self, ranges: Ranges, most: int) -> list[Path]:
        """Return the paths of the first chosen files."""
        rows = group_questions.read_chosen(self._library.reading(), self._read(ranges))
        return [row.path for row in islice(rows, most)]

    def _read(self, ranges: Ranges) -> Chosen:
        model = self._model
        return read_choice(model.rows, model.numbers, ranges, model.file)

    def _is_much(self, chosen: Chosen) -> bool:
        sizes = map(self._model.rows.size, self._model.positions(chosen.files.keys()).values())
        return sum(sizes) > AT_ONCE

    def _first_decision(self, ranges: Ranges) -> Decision | None:
        """Return what is decided about the first chosen file that can be marked, None if there is none nearby."""
        top, bottom = ranges[0]
        places = [self._model.rows.place(row) for row in range(top, min(bottom, top + _FEW) + 1)]
        files = [each for each in places if each.line != HEADER]
        if not files:  # headers alone stand for the copies below them
            size = min(self._model.rows.size(places[0].position), _FEW)
            files = [Place(places[0].position, line) for line in range(2, size + 1)]
        for place in files:
            row = self._model.file(place.position, place.line)
            if row is not None and row.role is not Role.PROTECTED:
                return row.decision
        return None

    def _groups(self, chosen: Chosen) -> dict[int, list[FileRow]]:
        positions = self._model.positions(chosen.files.keys())
        return {number: self._model.files(position) for number, position in positions.items()}

    def _selected(self, ranges: Ranges) -> Selected:
        return Selected(self._model.rows.copy(), self._model.numbers, tuple(ranges))

    def _title(self, number: int) -> str:
        for position in self._model.positions({number}).values():
            group = self._model.group(position)
            if group is not None:
                return group_words.title_text(group)
        return formats.count_text(number)


def _rows_in(ranges: Ranges) -> int:
    return sum(bottom - top + 1 for top, bottom in ranges)
