"""What is done with what was found: undo, apply rules, plan what goes, export. Asks in dialogs, tells the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox

from dedupe_app.engine.messages import Acted, Regroup, UndoAction
from dedupe_app.records import Batch
from dedupe_app.ui.formats import shown_path, size_text
from dedupe_app.ui.plan_words import problem_text
from dedupe_app.ui.sentences import in_words
from dedupe_app.ui.shade import open_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from dedupe_app.store.library import Library
    from dedupe_app.ui.bridge import Bridge
    from dedupe_app.ui.library import LibraryThread
    from dedupe_app.ui.plan_dialog import PlanDialog
    from dedupe_app.ui.preferences import Preferences
    from dedupe_app.ui.views import Views


class ReviewActions(QObject):
    """`decisions_changed`: what is marked is other than before; `told`: in passing; `failed`: title and hint."""

    decisions_changed = Signal()
    told = Signal(str)
    failed = Signal(str, str)
    reveal_wanted = Signal(object)

    def __init__(
        self,
        library: LibraryThread,
        bridge: Bridge,
        preferences: Preferences,
        views: Views,
        window: QWidget,
    ) -> None:
        """Work on what the views show; dialogs belong to `window`."""
        super().__init__(window)
        self._library = library
        self._bridge = bridge
        self._preferences = preferences
        self._views = views
        self._window = window
        self._plan: PlanDialog | None = None

    @Slot()
    def regroup(self) -> None:
        """Let the groups be made anew."""
        self._bridge.submit(Regroup())

    # ---- undo ----------------------------------------------------------------------------------

    @Slot()
    def undo(self) -> None:
        """Take back what was done last: a mark or a choice at once, an action on files after a question."""
        self._library.write(_take_back, self._take_undone)

    @Slot(object)
    def _take_undone(self, what: str | Batch) -> None:
        if isinstance(what, Batch):
            if self._confirm_undo(what):
                self._bridge.submit(UndoAction(what.number))
        elif what:
            self.told.emit(self.tr("Taken back: {}").format(in_words(what)))
            self.decisions_changed.emit()
            self.regroup()
        else:
            self.told.emit(self.tr("There is nothing to take back."))

    def _confirm_undo(self, batch: Batch) -> bool:
        question = self.tr("Put %n file(s) back where they were?", "", batch.done)
        hint = self.tr("They were removed on {date}, {size} in all.").format(
            date=batch.made[:10], size=size_text(batch.freed_bytes)
        )
        answer = QMessageBox.question(self._window, self.tr("Undo last"), f"{question}\n\n{hint}")
        return answer == QMessageBox.StandardButton.Yes

    # ---- what goes -----------------------------------------------------------------------------

    @Slot()
    def plan(self) -> None:
        """Show what would go and why, and let it go if that is confirmed."""
        from dedupe_app.ui.plan_dialog import PlanDialog  # when needed: the window opens sooner

        folder = self._preferences.choices.move_folder
        self._plan = PlanDialog(
            self._library,
            self._bridge.submit,
            self._window,
            folder=Path(folder) if folder else None,
        )
        self._bridge.event.connect(self._plan.take_event)
        self._plan.folder_chosen.connect(self._remember_folder)
        self._plan.finished.connect(self._forget_plan)
        open_over(self._plan, self._window)

    @Slot(object)
    def apply_rules(self, files: list[int]) -> None:
        """Let keep rules be put in order and applied to some files, or to a relation."""
        from dedupe_app.ui.rules_dialog import RulesDialog

        dialog = RulesDialog(
            self._library,
            files,
            self._window,
            query=self._views.query(),
            order=self._preferences.choices.keep_rules,
        )
        dialog.applied.connect(self.decisions_changed)
        dialog.applied.connect(self.regroup)
        dialog.order_chosen.connect(self._remember_rules)
        open_over(dialog, self._window)

    # ---- export --------------------------------------------------------------------------------

    @Slot(str)
    def export(self, what: str) -> None:
        """Let a report be written: of "all", of what is "shown", or of the "selection"."""
        self._open_export(what, self._views.groups.selection())

    @Slot(object)
    def export_files(self, files: list[int]) -> None:
        """Let a report be written of some files."""
        self._open_export("selection", files)

    def _open_export(self, what: str, files: list[int]) -> None:
        from dedupe_app.ui.export_dialog import ExportDialog

        folder = self._preferences.choices.export_folder
        dialog = ExportDialog(
            self._library,
            self._window,
            what=what,
            query=None if self._views.shows_unread() else self._views.query(),
            files=files,
            folder=Path(folder) if folder else None,
        )
        dialog.folder_chosen.connect(self._remember_export)
        dialog.reveal_wanted.connect(self.reveal_wanted)
        open_over(dialog, self._window)

    @Slot()
    def export_shown(self) -> None:
        """Let a report be written of what is shown."""
        self.export("shown")

    # ---- what came of it -----------------------------------------------------------------------

    @Slot(object)
    def take_acted(self, acted: Acted) -> None:
        """Say what came of an action, unless the dialog that began it does."""
        self.decisions_changed.emit()
        if self._plan is not None:
            return
        words = self.tr("%n file(s) put back", "", acted.done)
        if not acted.undone:
            words = self.tr("%n file(s) removed", "", acted.done)
        self.told.emit(words)
        if acted.left:
            path, problem, message = acted.left[0]
            title = self.tr("%n file(s) were left alone.", "", len(acted.left))
            self.failed.emit(title, f"{shown_path(path.name)}: {problem_text(problem, message)}")

    @Slot(object)
    def _remember_folder(self, folder: Path) -> None:
        self._preferences.change(move_folder=str(folder))

    @Slot(object)
    def _remember_export(self, folder: Path) -> None:
        self._preferences.change(export_folder=str(folder))

    @Slot(object)
    def _remember_rules(self, names: Sequence[str]) -> None:
        self._preferences.change(keep_rules=tuple(names))

    @Slot()
    def _forget_plan(self) -> None:
        self._plan = None
        self._views.setFocus()  # the button may have nothing more to do, and would lose the keyboard to any other


# ---- in the background: what is written -----------------------------------------------------------


def _take_back(library: Library) -> str | Batch:
    from dedupe_app.engine.undoing import next_undo
    from dedupe_app.store.decisions import undo_last

    return next_undo(library) or undo_last(library)
