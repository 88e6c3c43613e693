"""The one place where the engine's thread and the window meet: commands go out, events come in on the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from dedupe_app.engine.messages import (
    Act,
    Cancel,
    EngineLost,
    Failed,
    FolderStates,
    MakeMap,
    Paused,
    ReadAgain,
    Ready,
    Resumed,
    Scan,
    UndoAction,
)
from dedupe_app.engine.model_messages import CheckModel, DownloadModel, EmbedAgain
from dedupe_app.engine.process import Engine
from dedupe_app.engine.search_messages import Search, SimilarTo

if TYPE_CHECKING:
    from dedupe_app.engine.messages import Command, EngineEvent, EngineOptions

# Somebody waits for the answer; and what touches files is not done by itself at some later time.
_ANSWERED = (
    *(Act, UndoAction, Scan, ReadAgain, EmbedAgain),
    *(DownloadModel, CheckModel, MakeMap, Search, SimilarTo),
)


class Bridge(QObject):
    """The engine as the window sees it. `event` is emitted on the thread in which the bridge lives.

    Once the engine was given up, what somebody waits for fails at once; the rest is done when it is started again.
    """

    # Hides QObject.event, which Qt itself goes on calling: a signal is no override.
    event = Signal(object)  # type: ignore[assignment]
    _arrived = Signal(object)

    def __init__(self, options: EngineOptions, parent: QObject | None = None) -> None:
        """Start nothing yet."""
        super().__init__(parent)
        self._closed = False
        self._given_up = False
        self._lasting: dict[type, EngineEvent] = {}  # what holds until the engine says otherwise
        # Queued: whatever listens to `event` runs on the GUI thread, also what is no QObject.
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._engine = Engine(options, self._receive)

    def start(self) -> None:
        """Start the engine, also again after it was given up."""
        self._given_up = False
        self._engine.start()

    def submit(self, command: Command) -> None:
        """Give the engine a command; never waits."""
        if self._given_up and isinstance(command, Cancel):
            return  # nothing is running, and what waits was not there to be stopped
        if self._given_up and isinstance(command, _ANSWERED):
            title = self.tr("The engine is not running.")
            hint = self.tr("Nothing was done. Press “Start again” above the list.")
            self._arrived.emit(Failed(command, title, hint))
            return
        self._engine.submit(command)

    def look_again(self) -> None:
        """Let the engine look whether it should run for the graphics card, or no longer."""
        self._engine.look_again()

    def repeat(self) -> None:
        """Tell once more what holds now: a new window listens."""
        for event in list(self._lasting.values()):
            self.event.emit(event)

    def close(self, seconds: float = 5.0) -> None:
        """End the engine, by force if it takes longer; nothing is emitted any more."""
        self._closed = True
        self._engine.stop(seconds)

    def _receive(self, event: EngineEvent) -> None:
        if not self._closed:
            self._arrived.emit(event)

    @Slot(object)
    def _deliver(self, event: EngineEvent) -> None:
        if isinstance(event, EngineLost):
            self._lasting.clear()
            self._given_up = not event.again
            if self._given_up:
                self._lasting[EngineLost] = event
        elif isinstance(event, Ready | FolderStates):
            self._lasting.pop(EngineLost, None)
            self._lasting[type(event)] = event
        elif isinstance(event, Paused | Resumed):
            self._lasting[Paused] = event
        if not self._closed:
            self.event.emit(event)
