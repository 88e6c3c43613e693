"""Stage 1: looks at the folders, or at some paths in them, and stores what changed. Reads no file.

A folder that is not there, such as an unplugged drive, keeps all that is known of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedupe_app.engine.scan_messages import Progress
from dedupe_app.intake.comparing import compare
from dedupe_app.intake.paths import looked_at
from dedupe_app.intake.scan import ScanRules, Unreadable, walk
from dedupe_app.records import Change, ChangeKind, FileState, SkipReason, mtime_of
from dedupe_app.store import documents, membership

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
    from pathlib import Path

    from dedupe_app.engine.memory import Memory
    from dedupe_app.engine.scan_messages import ScanOptions
    from dedupe_app.store.library import Library

_FILES_BETWEEN_EVENTS = 1000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of the files. `offline`: folders that are not there now. `is_news`: anything is other than before."""

    changes: tuple[Change, ...]
    unreadable: tuple[Unreadable, ...]
    offline: tuple[Path, ...]
    is_news: bool


@dataclass(slots=True)
class _Seen:
    """What a walk found. `links`: the files that have more than one name."""

    states: list[FileState] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    links: set[tuple[int, int]] = field(default_factory=set)


def take_in(
    library: Library, options: ScanOptions, memory: Memory, only: Collection[Path] | None = None
) -> Generator[Progress, None, TakenIn]:
    """Look at all folders, or at some paths only, and bring the stored files up to date; all are in scope then."""
    taken = None
    other = None if only is None else _other_rules(memory.walked, options)
    if only is not None and other is not None:
        paths = looked_at([*only, *other], options.folders)
        taken = yield from _look(library, options, memory, paths)
    if taken is None:
        memory.walked = None
        taken = yield from _look(library, options, memory, None)
    if taken is None:
        raise RuntimeError("a whole scan never asks for another one")
    memory.walked = options
    return taken


def _other_rules(before: ScanOptions | None, now: ScanOptions) -> set[Path] | None:
    """Return the folders that came, went or are walked by other rules than before; None for all."""
    if before is None or before.exclude != now.exclude:
        return None
    came_or_went = set(before.folders) ^ set(now.folders)
    return came_or_went | {folder for folder, _ in set(before.exclude_in) ^ set(now.exclude_in)}


def _look(
    library: Library, options: ScanOptions, memory: Memory, paths: Sequence[Path] | None
) -> Generator[Progress, None, TakenIn | None]:
    """Return None if more than these paths has to be looked at: files that have other names elsewhere."""
    seen = yield from _walk(library, options, paths)
    documents.define_scope(library, options.folders if paths is None else paths)
    known = documents.known_files(library)
    if paths is None:
        memory.links = seen.links
        memory.devices = _devices(known, seen.states)
    elif seen.links or any((each.device, each.inode) in memory.links for each in known.values()):
        return None
    seen.unreadable += _unplugged(known, seen.states, options.folders, memory.devices)
    gone = [each.path for each in seen.unreadable]
    changes = compare(known, seen.states, gone_roots=gone)
    if paths is not None and (left := _left_behind(library, changes, known, options)):
        more = looked_at([*paths, *left], options.folders)
        if more != paths:
            return (yield from _look(library, options, memory, more))
    documents.apply_changes(library, changes)
    documents.define_scope(library, options.folders)
    yield Progress("intake", len(seen.states), len(seen.states))
    return _told(
        changes, [*_elsewhere(memory.unreadable, paths), *seen.unreadable], options, memory
    )


def _walk(
    library: Library, options: ScanOptions, paths: Sequence[Path] | None
) -> Generator[Progress, None, _Seen]:
    """Look at all folders, or at some paths in them."""
    seen = _Seen()
    rules = ScanRules(
        exclude=options.exclude, exclude_in=dict(options.exclude_in), library=library.path
    )
    for found in walk(options.folders, rules, only=paths, links=seen.links):
        if isinstance(found, Unreadable):
            seen.unreadable.append(found)
            continue
        seen.states.append(found)
        if len(seen.states) % _FILES_BETWEEN_EVENTS == 0:
            yield Progress("intake", len(seen.states), None)
    return seen


def _told(
    changes: Sequence[Change],
    unreadable: Sequence[Unreadable],
    options: ScanOptions,
    memory: Memory,
) -> TakenIn:
    """Remember what cannot be read, and say what is other than before."""
    before, memory.unreadable = memory.unreadable, tuple(unreadable)
    gone = {each.path for each in unreadable}
    return TakenIn(
        tuple(changes),
        memory.unreadable,
        tuple(folder for folder in options.folders if folder in gone),
        bool(changes) or set(unreadable) != set(before),
    )


def _left_behind(
    library: Library,
    changes: Sequence[Change],
    known: Mapping[Path, FileState],
    options: ScanOptions,
) -> list[Path]:
    """Return where files were before, if they are not there any more: the hint about that is still to come."""
    came = [change.state for change in changes if _may_have_moved(change, known)]
    return [
        path
        for path in (membership.places_of(library, came) if came else ())
        if path not in known
        and not _is_there(path, came)
        and any(path.is_relative_to(folder) for folder in options.folders)
    ]


def _may_have_moved(change: Change, known: Mapping[Path, FileState]) -> bool:
    """Tell whether a file may come from elsewhere: a new one, or another one than was there."""
    state = change.state
    if change.kind is ChangeKind.CHANGED:
        return known[state.path].inode != state.inode
    return change.kind is ChangeKind.ADDED


def _is_there(path: Path, states: Iterable[FileState]) -> bool:
    """Tell whether one of some files has this name, too."""
    try:
        status = path.lstat()
    except OSError:
        return False
    return any(
        (status.st_ino, status.st_size, mtime_of(status))
        == (each.inode, each.size_bytes, each.mtime_ns)
        for each in states
    )


def _elsewhere(before: Sequence[Unreadable], paths: Sequence[Path] | None) -> list[Unreadable]:
    """Return what was not looked at again."""
    if paths is None:
        return []
    return [each for each in before if not any(map(each.path.is_relative_to, paths))]


def _devices(known: Mapping[Path, FileState], states: Sequence[FileState]) -> dict[int, int]:
    """Return the numbers that drives have now by those that are stored: some get another one each time."""
    return {known[each.path].device: each.device for each in states if each.path in known}


def _unplugged(
    known: Mapping[Path, FileState],
    states: Sequence[FileState],
    folders: Sequence[Path],
    numbers: Mapping[int, int],
) -> list[Unreadable]:
    """Return folders that are but the empty place of a drive: nothing is there, and what was is of another device."""
    here = {state.path for state in states}
    devices: dict[Path, set[int]] = {}
    for path, state in known.items():
        if path not in here:
            devices.setdefault(path.parent, set()).add(state.device)
    places: dict[Path, set[int]] = {}
    for folder, gone in devices.items():
        place = _standing_place(folder, folders)
        if place is not None:
            places.setdefault(place, set()).update(numbers.get(each, each) for each in gone)
    return [
        Unreadable(place, SkipReason.VANISHED, "The drive it is on is not connected.")
        for place, gone in places.items()
        if _is_empty_place(place, gone)
    ]


def _standing_place(folder: Path, folders: Sequence[Path]) -> Path | None:
    """Return the innermost folder that is there on the way to where files were; None if the named one is not."""
    for each in (folder, *folder.parents):
        if os.path.isdir(each):  # no error where it cannot be looked at  # noqa: PTH112
            return each
        if each in folders:
            return None  # said by the walk
    return None


def _is_empty_place(place: Path, devices: Collection[int]) -> bool:
    try:
        return next(place.iterdir(), None) is None and place.stat().st_dev not in devices
    except OSError:
        return False  # said by the walk
