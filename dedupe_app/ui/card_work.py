"""Looks for the graphics card, sets it up and removes what was set up, in a thread: all of it takes a while."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from dedupe_app.engine.messages import Working
from dedupe_app.engine.outlet import Outlet
from dedupe_app.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.runtime.wanted import Sources

logger = logging.getLogger(__name__)

_END_SECONDS = 10.0


class CardWork(QObject):
    """One thing at a time. `looked`: CardFacts; `progressed`: Working; `ended`: a set-up or removal, well or stopped.

    `failed`: title and hint. Listeners are QObjects of the window's thread.
    """

    looked = Signal(object)
    progressed = Signal(object)
    ended = Signal()
    failed = Signal(str, str)

    def __init__(self, parent: QObject, root: Path | None = None) -> None:
        """Do nothing yet. root: where the environment lies, without one where it is kept for this user."""
        super().__init__(parent)
        self._root = root
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._is_over = threading.Event()

    def is_busy(self) -> bool:
        """Tell whether something is being done."""
        return self._thread is not None and self._thread.is_alive()

    def look(self) -> None:
        """Look what there is; nothing while something else is done."""
        self._begin(self._look)

    def set_up(self, sources: Sources) -> None:
        """Make the environment."""
        self._begin(lambda: self._set_up(sources))

    def remove(self) -> None:
        """Delete the environment."""
        self._begin(self._remove)

    def stop(self) -> None:
        """Break a set-up off; what was fetched is kept."""
        self._stop.set()

    def close(self) -> None:
        """Break off what is being done, and wait for it."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_END_SECONDS)

    def _begin(self, work: Callable[[], None]) -> None:
        if self._is_over.is_set() and self._thread is not None:
            self._thread.join(_END_SECONDS)  # it may live a moment longer than its last word
        if self.is_busy():
            return
        self._stop.clear()
        self._is_over.clear()
        self._thread = threading.Thread(
            target=self._guarded, args=(work,), name="card", daemon=True
        )
        self._thread.start()

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do the work. A boundary: whatever goes wrong is told."""
        try:
            work()
        except DedupeError as error:
            self._end(self.failed, error.title, error.hint)
        except OSError as error:
            logger.exception("The graphics card could not be set up")
            title = "Something on the disk cannot be read or written."
            self._end(self.failed, title, f"{error.strerror or error}.")
        except Exception:
            logger.exception("The graphics card could not be set up")
            self._end(self.failed, "Something went wrong in the program itself.", "")

    def _end(self, signal: SignalInstance, *said: object) -> None:
        """Say the last word: whoever hears it may begin the next thing."""
        self._is_over.set()
        signal.emit(*said)

    def _look(self) -> None:
        from dedupe_app.engine.card import look

        self._end(self.looked, look(self._root))

    def _set_up(self, sources: Sources) -> None:
        from dedupe_app.engine.card import set_up

        outlet = Outlet(self._tell, time.monotonic)
        work = set_up(sources, self._root)
        try:
            for progress in work:
                if self._stop.is_set():
                    break
                outlet.say(progress)
        finally:
            work.close()
        self._end(self.ended)

    def _remove(self) -> None:
        from dedupe_app.runtime.places import remove, root_folder

        remove(self._root or root_folder())
        self._end(self.ended)

    def _tell(self, event: object) -> None:
        if isinstance(event, Working):
            self.progressed.emit(event)
