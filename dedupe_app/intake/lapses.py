"""Notices what the watcher is not told: that its queue ran over, and that the system watches no more folders.

Both are silent otherwise: watchdog goes on as if nothing was lost. Linux only; elsewhere nothing is noticed.
"""

from __future__ import annotations

import errno
import os
import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from watchdog.observers.api import BaseObserver

# Nothing ever happens to it, and it is always there.
_QUIET_PLACE = b"/"
_DELETE_SELF, _ADD_TO_MASK = 0x400, 0x20000000


def make_observer() -> BaseObserver:
    """Return an observer whose queue an OverflowEar can hear; starting it asks for nothing that could be refused."""
    observer: BaseObserver
    if sys.platform == "linux":
        from watchdog.observers.api import BaseObserver
        from watchdog.observers.inotify import InotifyEmitter

        # Told with all that it knows, for each folder that moved while others did.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, "watchdog")
        observer = BaseObserver(InotifyEmitter)  # all of its emitters share one queue
    else:
        from watchdog.observers import Observer

        observer = Observer()
    return observer


class OverflowEar:
    """Hears of a queue that ran over: what was in it, and what came after, nobody is told of."""

    def __init__(self, told: Callable[[], None]) -> None:
        """Listen from now on. `told` is called in a thread of the watcher's."""
        self._told = told
        self._watch: object = None
        if sys.platform == "linux":
            from watchdog.observers.inotify_c import CallbackId, InotifyFD, Mask

            # Added to the mask: somebody may watch the same place for more.
            self._watch = InotifyFD.get_instance().add_callback(
                _QUIET_PLACE, Mask(_DELETE_SELF | _ADD_TO_MASK), self, CallbackId(id(self))
            )

    def close(self) -> None:
        """Listen no more."""
        if sys.platform == "linux":
            from watchdog.observers.inotify_c import CallbackId, InotifyFD, WatchDescriptor

            if isinstance(self._watch, int):
                watch = WatchDescriptor(self._watch)
                InotifyFD.get_instance().remove_callbacks([(watch, CallbackId(id(self)))])
        self._watch = None

    def on_event(self, event: object) -> None:
        """Take no notice of what happens here."""

    def on_watch_deleted(self, wd: int) -> None:
        """Take no notice that the watcher has ended."""

    def on_queue_overflow(self) -> None:
        """Say it."""
        self._told()


def limit_reached(folder: Path) -> int:
    """Ask for one more watch and give it back; return the number of the error where a limit of the system is reached.

    The watches of an observer only ever get more: if one of its folders had to go without, there is none left now.
    """
    if sys.platform != "linux":
        return 0
    import ctypes

    from watchdog.observers.inotify_c import Mask, inotify_add_watch, inotify_init

    descriptor = inotify_init()
    if descriptor < 0:
        return _limit(ctypes.get_errno())
    try:
        if inotify_add_watch(descriptor, os.fsencode(folder), Mask(_DELETE_SELF)) >= 0:
            return 0
        return _limit(ctypes.get_errno())
    finally:
        os.close(descriptor)


def _limit(number: int) -> int:
    return number if number in (errno.ENOSPC, errno.EMFILE) else 0
