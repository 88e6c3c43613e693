"""Looks for the graphics card, sets it up and removes what was set up, in a thread: all of it takes a while."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dedupe_app.engine.messages import Working
from dedupe_app.engine.outlet import Outlet
from dedupe_app.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.runtime.wanted import Sources

    Work = Callable[[], None]

logger = logging.getLogger(__name__)

_END_SECONDS = 10.0


class CardWork(QObject):
    """One thing at a time; what is wanted during a look is done after it.

    `looked`: CardFacts; `progressed`: Working; `ended`: a set-up or removal, well or stopped; `failed`: title and hint.
    Listeners are QObjects of the window's thread.
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
        self._lock = threading.Lock()
        self._now: Work | None = None
        self._next: Work | None = None

    def is_busy(self) -> bool:
        """Tell whether something is being done."""
        with self._lock:
            return self._now is not None

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
        with self._lock:
            self._next = None
        if self._thread is not None:
            self._thread.join(_END_SECONDS)

    def _begin(self, work: Work) -> None:
        with self._lock:
            if self._now is not None:
                if self._now == self._look:  # which people do not know of, and which takes a moment
                    self._next = work
                return
            self._now = work
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="card", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while self._now is not None:
            self._guarded(self._now)
            with self._lock:
                self._now, self._next = self._next, None

    def _guarded(self, work: Work) -> None:
        """Do the work. A boundary: whatever goes wrong is told."""
        try:
            work()
        except DedupeError as error:
            self.failed.emit(error.title, error.hint)
        except OSError as error:
            logger.exception("The graphics card could not be set up")
            title = "Something on the disk cannot be read or written."
            self.failed.emit(title, f"{error.strerror or error}.")
        except Exception:
            logger.exception("The graphics card could not be set up")
            self.failed.emit("Something went wrong in the program itself.", "")

    def _look(self) -> None:
        from dedupe_app.engine.card import look

        self.looked.emit(look(self._root))

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
        self.ended.emit()

    def _remove(self) -> None:
        from dedupe_app.runtime.places import remove, root_folder

        remove(self._root or root_folder())
        self.ended.emit()

    def _tell(self, event: object) -> None:
        if isinstance(event, Working):
            self.progressed.emit(event)
