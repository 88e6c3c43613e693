"""Watches folders and says which paths were touched, once they have come to rest. A hint only: the scan is the truth.

Where the system cannot tell of changes (a network drive, too many folders) a folder is looked at as a whole now and
then. Reads no file, decides nothing.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import events

from dedupe_app.intake.hints import Hints
from dedupe_app.intake.lapses import OverflowEar, limit_reached, make_observer
from dedupe_app.intake.places import is_on_network
from dedupe_app.intake.scan import is_always_skipped
from dedupe_app.records import FolderState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from watchdog.observers.api import BaseObserver, ObservedWatch

logger = logging.getLogger(__name__)

_POLL_S = 60.0
# How often it is looked whether a folder is still there, or has come back.
_ROOTS_S = 5.0
_ALL_S = 1800.0
# After its queue ran over the watcher finds its folders anew: what comes meanwhile is looked for once more.
_AGAIN_S = 30.0
# Not those of opening and reading: the watcher's own walk would flood its queue with them.
_EVENTS = [
    getattr(events, name)
    for name in (
        *("FileCreatedEvent", "FileModifiedEvent", "FileClosedEvent", "FileMovedEvent"),
        *("FileDeletedEvent", "FileAttribEvent", "DirCreatedEvent", "DirMovedEvent"),
        *("DirDeletedEvent", "DirAttribEvent"),
    )
    if hasattr(events, name)
]
_NETWORK = "It is on a network drive, which does not tell of changes. It is looked at every minute."
_ELSE = "The system does not tell of changes here ({}). It is looked at every minute."
_EXHAUSTED = (
    "There are more folders than the system is set up to watch, so it is looked at every minute. To have changes seen "
    "at once: sudo sysctl fs.inotify.max_user_{}"
)
_FIXES = {errno.ENOSPC: "watches=1048576", errno.EMFILE: "instances=1024"}


@dataclass(slots=True)
class _Root:
    """One watched folder. `real`: where it is; `identity`: which folder was there; `detail`: why it is polled as well.

    `limit`: the error that says that the system watches no more folders, 0 if it does.
    """

    real: Path
    identity: tuple[int, int] | None
    watch: ObservedWatch | None = None
    detail: str = ""
    limit: int = 0
    polled_at: float = 0.0


class FolderWatch:
    """Watches some folders. `on_rest` is called with touched paths, in a thread of the watch's own.

    Every half hour it is called with none, which means all: no watcher notices everything.
    """

    def __init__(
        self,
        on_rest: Callable[[tuple[Path, ...]], None],
        library: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Watch nothing yet. What belongs to the library file is never told of."""
        self._on_rest = on_rest
        self._library = Path(os.path.realpath(library))
        self._clock = clock
        self._changed = threading.Condition()
        self._hints = Hints()
        self._roots: dict[Path, _Root] = {}
        self._looked_at = self._told_all = clock()
        self._look_again_at: float | None = None
        self._closed = False
        self._observer: BaseObserver = make_observer()
        self._observer.start()
        self._ear: OverflowEar | None = None
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def watch(self, folders: Collection[Path]) -> None:
        """Watch these folders, and no others."""
        with self._changed:
            before = set(self._roots)
        for folder in before - set(folders):
            self._drop(folder)
        for folder in [folder for folder in folders if folder not in before]:
            self._add(folder)

    def states(self) -> dict[Path, tuple[FolderState, str]]:
        """Return how each folder is watched, and what is wrong with that, "" if nothing is."""
        with self._changed:
            return {
                folder: (
                    FolderState.OFFLINE
                    if root.identity is None
                    else FolderState.POLLED
                    if root.detail
                    else FolderState.WATCHED,
                    root.detail,
                )
                for folder, root in self._roots.items()
            }

    def close(self) -> None:
        """Watch nothing any more; nothing is told then."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join()
        if self._ear is not None:
            self._ear.close()
        self._observer.stop()
        self._observer.join()

    def touch(self, folder: Path, path: str | bytes) -> None:
        """Note what the system told: a path below the real place of a folder."""
        with self._changed:
            root = self._roots.get(folder)
            if root is None:
                return
            touched = Path(os.fsdecode(path))
            if not touched.is_relative_to(root.real) or self._is_own(touched):
                return
            below = touched.relative_to(root.real)
            if not any(is_always_skipped(name) for name in below.parts):
                is_first = not self._hints
                self._hints.add(folder / below, folder, self._clock())
                # After the first the thread looks in time: woken by each of many it would do nothing else.
                if is_first:
                    self._changed.notify_all()

    def overflowed(self) -> None:
        """Note that something happened somewhere of which nobody was told."""
        logger.warning("More happened than the system could tell of; all folders are looked at")
        with self._changed:
            self._hint_all()
            self._look_again_at = self._clock() + _AGAIN_S
            self._changed.notify_all()

    # ---- the thread ----------------------------------------------------------------------------

    def _run(self) -> None:
        while self._wait():
            self._look_at_roots()
            with self._changed:
                rested = self._hints.take(self._clock())
            if self._roots and self._clock() - self._told_all >= _ALL_S:
                self._told_all = self._clock()
                self._on_rest(())
            elif rested:
                self._on_rest(rested)

    def _wait(self) -> bool:
        """Wait until something may be due; return False when all is over."""
        with self._changed:
            if not self._closed:
                self._changed.wait(self._pause())
            return not self._closed

    def _pause(self) -> float | None:
        due = self._hints.due_in(self._clock())
        if not self._roots:
            return due
        return _ROOTS_S if due is None else min(_ROOTS_S, max(due, 0.05))

    def _look_at_roots(self) -> None:
        now = self._clock()
        if now - self._looked_at < _ROOTS_S:
            return
        self._looked_at = now
        with self._changed:
            roots = list(self._roots.items())
            if self._look_again_at is not None and now >= self._look_again_at:
                self._look_again_at = None
                self._hint_all()
        for folder, root in roots:
            if _identity(folder) != root.identity:
                self._add_again(folder)
            elif root.watch is not None and not root.limit and _are_spent(root.real):
                self._reach(root)
                self._hint(folder)
            elif root.detail and root.identity and now - root.polled_at >= _POLL_S:
                root.polled_at = now
                if root.limit and not limit_reached(root.real):
                    self._add_again(folder)
                self._hint(folder)

    def _add_again(self, folder: Path) -> None:
        self._drop(folder)
        self._add(folder)
        self._hint(folder)

    def _hint(self, folder: Path) -> None:
        with self._changed:
            self._hints.add(folder, folder, self._clock())

    def _hint_all(self) -> None:
        for folder in self._roots:
            self._hints.add(folder, folder, self._clock())

    def _add(self, folder: Path) -> None:
        root = _Root(Path(os.path.realpath(folder)), _identity(folder), polled_at=self._clock())
        with self._changed:
            self._roots[folder] = root
            self._changed.notify_all()
        if root.identity is None:
            return
        if is_on_network(root.real):
            root.detail = _NETWORK
            return
        try:
            if self._ear is None:
                self._ear = OverflowEar(self.overflowed)
            root.watch = self._observer.schedule(
                _Handler(self, folder), str(root.real), recursive=True, event_filter=_EVENTS
            )
        except OSError as error:
            logger.warning("%s cannot be watched: %s", ascii(str(folder)), error)
            root.detail = _why(error)
            root.limit = error.errno if error.errno in _FIXES else 0
            return
        # Folders below it that the system did not take are passed over without a word.
        if _are_spent(root.real):
            self._reach(root)

    def _reach(self, root: _Root) -> None:
        logger.warning("The system watches no more folders")
        root.limit, root.detail = errno.ENOSPC, _EXHAUSTED.format(_FIXES[errno.ENOSPC])

    def _drop(self, folder: Path) -> None:
        with self._changed:
            root = self._roots.pop(folder, None)
            others = [other.watch for other in self._roots.values()]
        if root is not None and root.watch is not None and root.watch not in others:
            self._observer.unschedule(root.watch)

    def _is_own(self, path: Path) -> bool:
        own = self._library
        return path.parent == own.parent and path.name.startswith(own.name)


class _Handler(events.FileSystemEventHandler):
    """Passes both ends of every event on."""

    def __init__(self, watch: FolderWatch, folder: Path) -> None:
        super().__init__()
        self._watch = watch
        self._folder = folder

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        """Note the path, and for a move the one it went to."""
        for path in (event.src_path, event.dest_path):
            if path:
                self._watch.touch(self._folder, path)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _are_spent(folder: Path) -> bool:
    """Tell whether some folder may go unwatched. That there can be no other watcher says nothing of this one."""
    return limit_reached(folder) == errno.ENOSPC


def _why(error: OSError) -> str:
    if error.errno in _FIXES and sys.platform == "linux":
        return _EXHAUSTED.format(_FIXES[error.errno])
    return _ELSE.format(error.strerror or error)
