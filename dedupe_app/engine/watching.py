"""Turns what the watcher notices into scans of those paths, and has everything scanned now and then regardless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.engine.messages import Scan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dedupe_app.engine.messages import Command
    from dedupe_app.intake.watch import FolderWatch
    from dedupe_app.records import FolderState


class Watching:
    """Watches folders as long as there are any to watch."""

    def __init__(self, enqueue: Callable[[Command], None]) -> None:
        """Watch nothing yet."""
        self._enqueue = enqueue
        self._watch: FolderWatch | None = None

    def watch(self, folders: Sequence[Path], library: Path) -> None:
        """Watch these folders and no others; the library itself is no document."""
        if self._watch is None:
            if not folders:
                return
            from dedupe_app.intake.watch import FolderWatch  # not needed by a scan

            self._watch = FolderWatch(self._look_at, library)
        self._watch.watch(folders)

    def states(self) -> dict[Path, tuple[FolderState, str]]:
        """Return how each folder is watched, and what is wrong with that."""
        return self._watch.states() if self._watch else {}

    def close(self) -> None:
        """Watch nothing any more; all threads are gone then."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _look_at(self, paths: tuple[Path, ...]) -> None:
        self._enqueue(Scan(paths))
