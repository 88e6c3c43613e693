"""Compares the files that are there with those that were known: which came, changed, moved, went. Looks at no disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.intake.scan import below_any
from dedupe_app.records import Change, ChangeKind, FileState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path


def compare(
    known: Mapping[Path, FileState],
    found: Iterable[FileState],
    *,
    gone_roots: Collection[Path] = (),
) -> list[Change]:
    """Tell what happened to the files since `known`, sorted by path.

    Nothing is said of files in `gone_roots` (unplugged drives, unreadable folders). A file has
    moved if its inode, size and time left one path and came to another. What was known at that
    other path is gone then, or has moved itself; all moves happen at once, before anything else.
    """
    is_out_of_sight = below_any(gone_roots)
    now = {state.path: state for state in found if not is_out_of_sight(state.path)}
    left = {
        path: state
        for path, state in known.items()
        if not (path in now and _is_same(state, now[path])) and not is_out_of_sight(path)
    }
    came = {
        path: state
        for path, state in now.items()
        if not (path in known and _is_same(known[path], state))
    }
    renumbered = {
        path for path in left.keys() & came.keys() if _is_renumbered(left[path], came[path])
    }
    moved = _moves(
        (state for path, state in left.items() if path not in renumbered),
        (state for path, state in came.items() if path not in renumbered),
        _same_device(known, now),
    )
    origins = {new.path: old for old, new in moved.items()}
    changes = [_arrival(state, origins, left.keys() - moved.keys()) for state in came.values()]
    changes += [
        Change(ChangeKind.REMOVED, state)
        for path, state in left.items()
        if path not in now and path not in moved
    ]
    return sorted(changes, key=lambda change: str(change.state.path))


def _arrival(state: FileState, origins: Mapping[Path, Path], stayed: Collection[Path]) -> Change:
    if state.path in origins:
        return Change(ChangeKind.MOVED, state, old_path=origins[state.path])
    # Where the earlier file moved away, this is another one.
    kind = ChangeKind.CHANGED if state.path in stayed else ChangeKind.ADDED
    return Change(kind, state)


def _content_key(state: FileState) -> tuple[int, int, int]:
    return state.inode, state.size_bytes, state.mtime_ns


def _is_same(old: FileState, new: FileState) -> bool:
    return _content_key(old) == _content_key(new)


def _is_renumbered(old: FileState, new: FileState) -> bool:
    """Tell whether only the inode is another: some drives number their files anew each time.

    Numbers that files exchange then are no moves; a file that was put in the place of one of the
    same size and time is read again, as any other that changed.
    """
    return (old.size_bytes, old.mtime_ns) == (new.size_bytes, new.mtime_ns)


def _moves(
    gone: Iterable[FileState],
    added: Iterable[FileState],
    same_device: Callable[[int, int], bool],
) -> dict[Path, FileState]:
    sources = _by_content(gone)
    targets = _by_content(added)
    moved: dict[Path, FileState] = {}
    for key, old in sources.items():
        new = targets.get(key, [])
        if len(old) == len(new) == 1 and same_device(old[0].device, new[0].device):
            moved[old[0].path] = new[0]
    return moved


def _by_content(states: Iterable[FileState]) -> dict[tuple[int, int, int], list[FileState]]:
    found: dict[tuple[int, int, int], list[FileState]] = {}
    for state in states:
        if state.inode:  # 0: the file system has no inodes
            found.setdefault(_content_key(state), []).append(state)
    return found


def _same_device(
    known: Mapping[Path, FileState], now: Mapping[Path, FileState]
) -> Callable[[int, int], bool]:
    # A drive that is mounted again may get another number: the files that stayed show it, or, if
    # none did, the old number is nowhere now and the new one was nowhere before.
    renumbered = {
        (known[path].device, state.device)
        for path, state in now.items()
        if path in known and _content_key(known[path]) == _content_key(state)
    }
    before = {state.device for state in known.values()}
    after = {state.device for state in now.values()}

    def is_same(old: int, new: int) -> bool:
        return old == new or (old, new) in renumbered or (old not in after and new not in before)

    return is_same
