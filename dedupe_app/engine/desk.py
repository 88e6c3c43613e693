"""What the engine has before it while it runs: the library, its options, what it remembers, who watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.engine.encoders import keep_loaded
from dedupe_app.engine.memory import Memory
from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Command,
    EngineOptions,
    FolderStates,
    Scan,
    Settle,
)
from dedupe_app.engine.models import device_name
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.engine.watching import Watching
from dedupe_app.errors import LibraryDamagedError
from dedupe_app.intake.roots import met_names
from dedupe_app.records import Folder, FolderState
from dedupe_app.store import folders, journal
from dedupe_app.store.database import open_library
from dedupe_app.store.rescue import finish_repair, repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dedupe_app.engine.nearest import Finder
    from dedupe_app.store.library import Library
    from dedupe_app.store.rescue import Rescued

_OFFLINE = "It is not there. What is known of it is kept until it comes back."


class Desk:
    """All that commands work on. `enqueue` adds a command unless it waits; `waits` tells whether one of a kind does."""

    def __init__(
        self,
        library: Library,
        options: EngineOptions,
        enqueue: Callable[[Command], None],
        waits: Callable[[type[Command]], bool],
    ) -> None:
        """Take the open library over. Nothing is watched before `watch` is called."""
        self.library = library
        self.options = options
        self.device = device_name()
        self.memory = Memory(is_lasting=True)
        self.waits = waits
        self.scanning: frozenset[Path] = frozenset()
        self.missed: set[Path] = set()
        self.busy = False
        self.finder: Finder | None = None
        self.rescued: Rescued | None = None
        self._enqueue = enqueue
        self._watching = Watching(enqueue)
        self._told: FolderStates | None = None
        self._folders: set[tuple[Path, int]] = set()

    def __enter__(self) -> Desk:
        """Keep a model, once it is loaded, for a while; return the desk itself."""
        keep_loaded()
        return self

    def __exit__(self, *_: object) -> None:
        """Watch nothing any more, let the model go and close the library."""
        self._watching.close()
        keep_loaded(0)
        self.library.close()

    def scan_options(self) -> ScanOptions:
        """Return what the window scans: the folders that people added, as they stand in the library now."""
        stored = folders.folders(self.library)
        options = self.options
        paths = tuple(folder.path for folder in stored)
        return ScanOptions(
            folders=paths,
            protected=met_names(paths, [each.path for each in stored if each.protected]),
            exclude=options.exclude,
            similarity=options.similarity,
            limits=options.limits,
            processes=options.processes,
            embedder=options.embedder,
            name=WINDOW_SCOPE,
            exclude_in=tuple((folder.path, folder.exclude) for folder in stored if folder.exclude),
            model=options.model,
        )

    def new_folders(self) -> list[Path]:
        """Return the folders that were added since the last call, also those that had been there and were removed."""
        stored = {(folder.path, folder.number) for folder in folders.folders(self.library)}
        new, self._folders = stored - self._folders, stored
        return sorted(path for path, _ in new)

    def watch(self) -> None:
        """Watch the folders that are to be watched, and no others."""
        stored = folders.folders(self.library) if self.options.watch else []
        self._watching.watch([folder.path for folder in stored if folder.watch], self.library.path)

    def start(self) -> None:
        """Find out what was broken off; watch, and find out what changed while nobody did."""
        if journal.planned_entries(self.library):
            self._enqueue(Settle())
        self.watch()
        if self.options.watch and folders.folders(self.library):
            self._enqueue(Scan())

    def later(self, command: Command) -> None:
        """Do a command after those that wait, unless it waits already."""
        self._enqueue(command)

    def give_up(self, command: Command) -> None:
        """Note that a command was not done: what it was to look at is looked at with the next scan."""
        self.scanning = frozenset()
        if isinstance(command, Scan):
            self.missed.update(command.paths)

    def folder_states(self) -> Iterator[FolderStates]:
        """Yield the states of the folders if they are other than the last time."""
        offline = set(folders.offline_folders(self.library))
        watched = self._watching.states()
        states: dict[Path, FolderState] = {}
        details: dict[Path, str] = {}
        for folder in folders.folders(self.library):
            states[folder.path], detail = self._state(folder, offline, watched)
            if detail:
                details[folder.path] = detail
        told = FolderStates(states, details)
        if told != self._told:
            self._told = told
            yield told

    def _state(
        self, folder: Folder, offline: set[Path], watched: dict[Path, tuple[FolderState, str]]
    ) -> tuple[FolderState, str]:
        if folder.path in self.scanning:
            return FolderState.SCANNING, ""
        state, detail = watched.get(folder.path, (FolderState.UNWATCHED, ""))
        if folder.path in offline or state is FolderState.OFFLINE:
            return FolderState.OFFLINE, _OFFLINE
        return state, detail


def open_desk(
    options: EngineOptions,
    enqueue: Callable[[Command], None],
    waits: Callable[[type[Command]], bool],
) -> Desk:
    """Open the library as its writer; a damaged one is set aside, and what was decided goes into a new one.

    A repair that was broken off is finished.

    Raises:
        LibraryError: it cannot be opened, or shows no sign of being a library.
    """
    rescued = finish_repair(options.library)
    try:
        library = open_library(options.library)
    except LibraryDamagedError:
        rescued = repair(options.library)
        library = open_library(options.library)
    desk = Desk(library, options, enqueue, waits)
    desk.rescued = rescued
    return desk
