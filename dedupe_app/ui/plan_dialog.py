"""The dialog before, while and after marked files go: what, why, what stays, what is left alone. The engine does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Act,
    Acted,
    Cancel,
    Cancelled,
    Failed,
    UndoAction,
    Working,
)
from dedupe_app.ui.plan_pages import AskPage
from dedupe_app.ui.plan_progress import BusyPage, ReportPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.engine.messages import Command, EngineEvent
    from dedupe_app.records import ActionKind, Plan
    from dedupe_app.review.plan import Summary
    from dedupe_app.store.library import Library
    from dedupe_app.ui.library import LibraryThread

_WIDTH, _HEIGHT = 640, 386
_BESIDE, _ABOVE, _BELOW = 24, 22, 20
_STAGES = ("act", "undo")


class PlanDialog(QDialog):
    """Ask, submit, report, take back. `folder_chosen`: where files are moved to, to be remembered.

    Whoever shows it passes the events of the engine to `take_event`. Closing it stops nothing.
    """

    folder_chosen = Signal(object)

    def __init__(
        self,
        library: LibraryThread,
        submit: Callable[[Command], None],
        parent: QWidget | None = None,
        *,
        folder: Path | None = None,
    ) -> None:
        """Begin to plan; `folder`: where files were moved to the last time."""
        super().__init__(parent)
        self._library = library
        self._submit = submit
        self._command: Act | UndoAction | None = None
        self._plan: Plan | None = None
        self.setWindowTitle(self.tr("Remove marked files"))
        self.setFixedSize(_WIDTH, _HEIGHT)
        self._ask = AskPage(folder, self)
        self._busy = BusyPage(self)
        self._report = ReportPage(self)
        self._pages = QStackedWidget(self)
        for page in (self._ask, self._busy, self._report):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(_BESIDE, _ABOVE, _BESIDE, _BELOW)
        column.addWidget(self._pages)
        self._connect()
        self._library.ask(_plan, self._show_plan, key="plan")

    def event(self, event: QEvent) -> bool:
        """Fit the dialog to its page whenever something in it has another height."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    @Slot(object)
    def take_event(self, event: EngineEvent) -> None:
        """Show how far the engine is, and what came of it."""
        if isinstance(event, Acted) and event.stopped and self._awaits(event.batch):
            self._show_report(event)  # the engine crashed, and found out what it had done
        if self._command is None:
            return
        if isinstance(event, Working) and event.stage in _STAGES:
            self._busy.show_progress(event.done, event.total or 0)
        elif isinstance(event, Acted) and event.undone == isinstance(self._command, UndoAction):
            self._show_report(event)
        elif isinstance(event, Cancelled) and event.command == self._command:
            batch = self._command.batch if isinstance(self._command, UndoAction) else 0
            self._library.ask(partial(_report_stopped, batch), self._show_stopped)
        elif isinstance(event, Failed) and event.command == self._command:
            self._report.say_failed(event.title, event.hint)
            self._turn_to(self._report)

    def _awaits(self, batch: int) -> bool:
        is_shown = self._pages.currentWidget() is self._report
        return is_shown and self._report.batch() in (0, batch)

    def _connect(self) -> None:
        self._ask.confirmed.connect(self._begin)
        self._ask.summary_wanted.connect(self._summarise)
        self._ask.refused.connect(self.reject)
        self._ask.folder_chosen.connect(self.folder_chosen)
        self._busy.stop_wanted.connect(self._stop)
        self._busy.background_wanted.connect(self.accept)
        self._report.undo_wanted.connect(self._undo)
        self._report.closed.connect(self.accept)

    @Slot(object)
    def _show_plan(self, plan: Plan) -> None:
        self._plan = plan
        self._ask.show_plan(plan)

    @Slot(object, object)
    def _summarise(self, kind: ActionKind, last_copies: frozenset[Path]) -> None:
        """Count in the background: a plan may hold a hundred thousand files."""
        if self._plan is not None:
            count = partial(_summarise, self._plan, kind, last_copies)
            self._library.ask(count, self._ask.show_summary, key="plan")

    @Slot(object)
    def _begin(self, command: Act) -> None:
        self._command = command
        self._busy.begin(command.kind)
        self._turn_to(self._busy)
        self._submit(command)

    @Slot()
    def _stop(self) -> None:
        self._submit(Cancel())

    @Slot(int)
    def _undo(self, batch: int) -> None:
        self._command = UndoAction(batch)
        self._busy.begin(None)
        self._turn_to(self._busy)
        self._submit(self._command)

    @Slot(object)
    def _show_stopped(self, report: Acted | None) -> None:
        if report is None:
            self.reject()
        else:
            self._show_report(report)

    def _show_report(self, report: Acted) -> None:
        self._command = None
        self._report.show_report(report)
        self._turn_to(self._report)

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Be as high as the page that is shown; as long as nothing is known, as high as plans mostly are."""
        if self._plan is None:
            return
        page = self._pages.currentWidget()
        layout = page.layout() if page else None
        if layout is not None:
            layout.activate()
            needed = layout.heightForWidth(_WIDTH - 2 * _BESIDE)
            height = needed if needed > 0 else layout.sizeHint().height()
            self.setFixedHeight(height + _ABOVE + _BELOW)


def _plan(library: Library) -> Plan:
    from dedupe_app.engine.planning import plan_marked

    return plan_marked(library, WINDOW_SCOPE)


def _summarise(
    plan: Plan, kind: ActionKind, last_copies: frozenset[Path], _library: Library
) -> Summary:
    from dedupe_app.review.plan import summarise

    return summarise(plan, kind, last_copies)


def _report_stopped(batch: int, library: Library) -> Acted | None:
    from dedupe_app.engine.reporting import report_stopped

    return report_stopped(library, batch)
