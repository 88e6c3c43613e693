"""What the window's commands do: scan, regroup, read again, other folders, other options. Yields what is to be told."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_app.engine.mapping import place_new
from dedupe_app.engine.meaning import demand_model
from dedupe_app.engine.messages import (
    Configure,
    EngineEvent,
    FilesChanged,
    FoldersChanged,
    GroupsChanged,
    ReadAgain,
    Regroup,
    Scan,
)
from dedupe_app.engine.near_copies import near_copies
from dedupe_app.engine.pipeline import make_groups_anew, make_groups_early, scan
from dedupe_app.engine.scan_messages import Progress, ScanFinished, ScanOptions
from dedupe_app.engine.search_messages import PrepareSearch
from dedupe_app.store import folders, membership

if TYPE_CHECKING:
    from collections.abc import Collection, Generator
    from pathlib import Path

    from dedupe_app.engine.desk import Desk
    from dedupe_app.store.library import Library

    Steps = Generator[Progress | EngineEvent, None, ScanFinished | None]

_SECONDS_BETWEEN_LISTS = 2.0
_READING = ("hash", "text")


def run_scan(library: Library, desk: Desk, command: Scan) -> Steps:
    """Bring the library up to date; tell of near-copies among what was just saved."""
    if not command.paths:
        desk.missed.clear()
        return (yield from _scan(desk, desk.scan_options(), None))
    paths = {*command.paths, *desk.missed}
    options = desk.scan_options()
    before = dict(membership.groups_with(library, options.scope, paths))
    desk.missed |= paths
    finished = yield from _scan(desk, options, paths)
    desk.missed -= paths
    yield from near_copies(library, options.scope, finished.changes, before)
    return replace(finished, changes=())


def run_regroup(library: Library, desk: Desk, command: Regroup) -> Steps:
    """Make the groups anew from what is stored."""
    if command.similarity is not None:
        desk.options = replace(desk.options, similarity=command.similarity)
    if not desk.waits(Regroup):  # else the next one does it
        make = make_groups_early if desk.busy else make_groups_anew
        changed = yield from make(library, desk.scan_options(), desk.memory)
        if changed:
            yield GroupsChanged()
    return None


def run_read_again(library: Library, desk: Desk, command: ReadAgain) -> Steps:
    """Read some files once more, with more time for each if so wanted."""
    options = desk.scan_options()
    if command.seconds is not None:
        options = replace(options, limits=replace(options.limits, seconds=command.seconds))
    membership.read_again(library, command.files)
    desk.memory.done = None
    return (yield from _scan(desk, options, ()))


def run_folders_changed(_library: Library, desk: Desk, _command: FoldersChanged) -> Steps:
    """Watch what is to be watched now, look at what is new, drop what went."""
    desk.watch()
    yield FilesChanged()
    return (yield from _scan(desk, desk.scan_options(), desk.new_folders()))


def run_configure(_library: Library, desk: Desk, command: Configure) -> Steps:
    """Take other options, and do what follows from them."""
    before, desk.options = desk.options, replace(command.options, library=desk.options.library)
    if before.watch != desk.options.watch:
        desk.watch()
    if replace(before, watch=desk.options.watch) == desk.options:
        return None
    return (yield from _scan(desk, desk.scan_options(), ()))


def _scan(
    desk: Desk, options: ScanOptions, only: Collection[Path] | None
) -> Generator[Progress | EngineEvent, None, ScanFinished]:
    """Scan as the pipeline does; tell now and then that there are more files, and in the end what changed."""
    if only is None or desk.memory.walked is None:
        desk.scanning = frozenset(options.folders)
        yield from desk.folder_states()
    told = time.monotonic()
    finished = None
    with closing(scan(desk.library, options, desk.memory, only)) as events:
        for event in events:
            if isinstance(event, ScanFinished):
                finished = event
                continue
            yield event
            if event.stage in _READING and time.monotonic() - told > _SECONDS_BETWEEN_LISTS:
                told = time.monotonic()
                yield FilesChanged()
    if finished is None:
        raise RuntimeError("a scan ended without its summary")
    desk.scanning = frozenset()
    went_or_came = _note_offline(desk.library, finished.offline)
    desk.later(PrepareSearch())
    yield FilesChanged()
    if finished.regrouped or went_or_came:
        yield GroupsChanged()
    if finished.regrouped:
        yield from place_new(desk.library, options)
    demand_model(finished)
    return finished


def _note_offline(library: Library, gone: Collection[Path]) -> bool:
    """Note which folders are not there; returns whether that is other than before: lists show it at their files."""
    changed = False
    for folder in folders.folders(library):
        is_gone = folder.path in gone
        if is_gone != (folder.path in folders.offline_folders(library)):
            folders.set_offline(library, folder.path, is_gone)
            changed = True
    return changed
