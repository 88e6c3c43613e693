"""The window's way to the library: one background thread for questions, one connection for page-sized reads.

Answers come back on the GUI thread. Nothing here knows what is asked, and nothing is asked on the GUI thread that takes
more than a few milliseconds.
"""

from __future__ import annotations

import inspect
import logging
import queue
import threading
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from dedupe_app.errors import DedupeError
from dedupe_app.ui.sentences import in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.store.library import Library

logger = logging.getLogger(__name__)

T = TypeVar("T")
_CLOSING_S = 5.0


@dataclass(frozen=True, slots=True)
class _Job:
    """One question or change. `find_receiver` returns who waits for the answer, None when nobody does any more."""

    number: int
    key: str
    work: Callable[[Any], Any]
    find_receiver: Callable[[], Callable[[Any], None] | None]


class LibraryThread(QObject):
    """Asks the library in the background; opens it with the first question."""

    failed = Signal(str, str)
    _answered = Signal(object, object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        """Start the thread that asks the library at `path`."""
        super().__init__(parent)
        self._path = path
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._numbers: dict[str, int] = {}  # the latest question of each key
        self._count = 0
        self._reading: Library | None = None
        self._closed = False
        self._answered.connect(self._deliver)
        self._thread = threading.Thread(target=self._serve, name="library", daemon=True)
        self._thread.start()

    def ask(
        self, question: Callable[[Library], T], receiver: Callable[[T], None], *, key: str = ""
    ) -> None:
        """Answer a question in the background; a later one with the same key makes this one void."""
        self._put(question, receiver, key)

    def write(
        self, change: Callable[[Library], T], receiver: Callable[[T], None] | None = None
    ) -> None:
        """Change the library in the background, in order with all else, and report what came of it."""
        self._put(change, receiver, "")

    def reading(self) -> Library:
        """Return the connection of the GUI thread, for reads that take a few milliseconds.

        Raises:
            LibraryError: the library cannot be opened.
        """
        if self._reading is None:
            self._reading = _open(self._path)
        return self._reading

    def close(self) -> None:
        """Finish what was to be written, answer nobody any more, close the library."""
        if self._closed:
            return
        self._closed = True
        self._numbers.clear()
        self._jobs.put(None)
        self._thread.join(_CLOSING_S)
        if self._reading is not None:
            self._reading.close()
            self._reading = None

    def _put(
        self, work: Callable[[Library], Any], receiver: Callable[[Any], None] | None, key: str
    ) -> None:
        if self._closed:
            return
        self._count += 1
        if key:
            self._numbers[key] = self._count
        self._jobs.put(_Job(self._count, key, work, _held_weakly(receiver)))

    def _is_void(self, job: _Job) -> bool:
        return bool(job.key) and self._numbers.get(job.key) != job.number

    # ---- in the background thread --------------------------------------------------------------

    def _serve(self) -> None:
        library: Library | None = None
        while (job := self._jobs.get()) is not None:
            if self._is_void(job):
                continue
            try:
                if library is None:
                    library = _open(self._path)
                answer = job.work(library)
            except DedupeError as error:
                logger.warning("The library gave no answer: %s", error)
                self._tell(job, error)
            except Exception as error:
                # The boundary of this thread: it goes on, and the person at the screen is told.
                logger.exception("A question to the library failed")
                self._tell(job, error)
            else:
                self._tell(job, answer)
        if library is not None:
            library.close()

    def _tell(self, job: _Job, answer: object) -> None:
        try:
            self._answered.emit(job, answer)
        except RuntimeError:
            logger.info("An answer came when the window was gone")

    # ---- in the GUI thread ---------------------------------------------------------------------

    @Slot(object, object)
    def _deliver(self, job: _Job, answer: object) -> None:
        if self._closed or self._is_void(job):
            return
        if job.key:
            del self._numbers[job.key]
        if isinstance(answer, DedupeError):
            self.failed.emit(in_words(answer.title), in_words(answer.hint))
        elif isinstance(answer, Exception):
            self.failed.emit(
                self.tr("Something went wrong in the program itself."),
                self.tr("The details are in the log."),
            )
        elif (receiver := job.find_receiver()) is not None:
            receiver(answer)


def _open(path: Path) -> Library:
    # Imported when needed: the window shall be there before the database is.
    from dedupe_app.store.database import open_beside

    return open_beside(path)


def _held_weakly(
    receiver: Callable[[Any], None] | None,
) -> Callable[[], Callable[[Any], None] | None]:
    """Return how to find a receiver that may be gone by then: a widget that was closed gets no answer."""
    if not inspect.ismethod(receiver):
        return lambda: receiver
    reference = weakref.WeakMethod(receiver)

    def find() -> Callable[[Any], None] | None:
        method = reference()
        if method is None:
            return None
        owner = method.__self__
        if isinstance(owner, QObject) and not shiboken6.isValid(owner):
            return None
        return method

    return find
