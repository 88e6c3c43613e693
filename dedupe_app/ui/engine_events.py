"""What the engine says, as one signal for each kind of news; and whether it is at work. Decides nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dedupe_app.engine.messages import (
    Acted,
    Cancelled,
    EngineLost,
    Failed,
    FilesChanged,
    Finished,
    FolderStates,
    GroupsChanged,
    MapChanged,
    NearCopy,
    Paused,
    Ready,
    Resumed,
    Working,
)
from dedupe_app.engine.model_messages import ModelReport
from dedupe_app.engine.search_messages import SearchFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe_app.engine.messages import EngineEvent

logger = logging.getLogger(__name__)

# Between two commands the engine is idle for a moment; the window shall not flicker.
_CALM_MS = 300


class EngineEvents(QObject):
    """One signal for each kind of news; `ended` gives the Finished, Cancelled or Failed of a command."""

    ready = Signal(object)
    working = Signal(object)
    idle = Signal()
    ended = Signal(object)
    paused = Signal(bool)
    failed = Signal(object)
    lost = Signal(object)
    groups_changed = Signal()
    files_changed = Signal()
    map_changed = Signal()
    folder_states = Signal(object, object)
    near_copy = Signal(object)
    acted = Signal(object)
    model_report = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Wait for news; the engine is not at work yet."""
        super().__init__(parent)
        self.busy = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._rest)
        self._kinds: dict[type, Callable[[EngineEvent], None]] = {
            Ready: self.ready.emit,
            Working: self._work,
            Finished: self._end,
            Cancelled: self._end,
            Failed: self._fail,
            Acted: self.acted.emit,
            ModelReport: self.model_report.emit,
            NearCopy: self.near_copy.emit,
            EngineLost: self._lose,
        }

    @Slot(object)
    def take(self, event: EngineEvent) -> None:
        """Tell everybody who wants to know."""
        if isinstance(event, GroupsChanged):
            self.groups_changed.emit()
        elif isinstance(event, FilesChanged):
            self.files_changed.emit()
        elif isinstance(event, SearchFound):
            return  # for the search alone
        elif isinstance(event, MapChanged):
            self.map_changed.emit()
        elif isinstance(event, Paused | Resumed):
            self.paused.emit(isinstance(event, Paused))
        elif isinstance(event, FolderStates):
            self.folder_states.emit(event.states, event.details)
        else:
            self._tell_or_log(event)

    def _tell_or_log(self, event: EngineEvent) -> None:
        tell = self._kinds.get(type(event))
        if tell is None:  # a newer engine may have news that this window does not know
            logger.warning("Unknown news of the engine: %r", event)
        else:
            tell(event)

    def _work(self, event: EngineEvent) -> None:
        self._calm.stop()
        self.busy = True
        self.working.emit(event)

    def _end(self, event: EngineEvent) -> None:
        self._calm.start()
        self.ended.emit(event)

    def _fail(self, event: EngineEvent) -> None:
        self._end(event)
        self.failed.emit(event)

    def _lose(self, event: EngineEvent) -> None:
        self._calm.start()
        self.lost.emit(event)

    @Slot()
    def _rest(self) -> None:
        self.busy = False
        self.idle.emit()
