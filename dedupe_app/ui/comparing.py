"""Compares two texts in a background thread; only the last request is answered, earlier ones stop."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from dedupe_app.review.differences import Differences

logger = logging.getLogger(__name__)


class How(Enum):
    """How two texts are shown: compared word by word, only side by side, or the left one by itself."""

    COMPARED = auto()
    PARALLEL = auto()
    ALONE = auto()


class Comparing(QObject):
    """Answers with `compared`, on the GUI thread: the differences, or None when they could not be found."""

    compared = Signal(object)
    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start no thread before there is something to compare."""
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="compare")
        self._number = 0
        self._closed = False
        self._done.connect(self._deliver)

    def start(self, left: str, right: str, how: How) -> None:
        """Compare two texts instead of what was asked for before."""
        self._number += 1
        if not self._closed:
            self._threads.submit(self._work, self._number, left, right, how)

    def stop(self) -> None:
        """Answer nothing of what was asked for before."""
        self._number += 1

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self._closed = True
        self._threads.shutdown(wait=True, cancel_futures=True)

    # ---- in the background thread --------------------------------------------------------------

    def _work(self, number: int, left: str, right: str, how: How) -> None:
        if number != self._number:
            return
        # Imported when needed, and here: the window shall be there before what it compares with.
        from dedupe_app.review.matching import ComparisonStoppedError

        try:
            found = self._compare(number, left, right, how)
        except ComparisonStoppedError:
            return
        except Exception:
            # The boundary of this thread: the pane says that it has nothing to show, the log says why.
            logger.exception("Two texts could not be compared")
            found = None
        try:
            self._done.emit(number, found)
        except RuntimeError:
            logger.info("Two texts were compared when the window was gone")

    def _compare(self, number: int, left: str, right: str, how: How) -> Differences:
        from dedupe_app.review.differences import alone, compare, side_by_side

        if how is How.ALONE:
            return alone(left)
        if how is How.PARALLEL:
            return side_by_side(left, right)
        return compare(left, right, stopped=lambda: number != self._number)

    # ---- in the GUI thread ---------------------------------------------------------------------

    @Slot(object, object)
    def _deliver(self, number: int, found: Differences | None) -> None:
        if number == self._number:
            self.compared.emit(found)
