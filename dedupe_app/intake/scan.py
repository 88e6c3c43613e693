"""Walks folders and says which files are there.

Reads names and file states only: never opens a file, never follows a link out of the named folders,
never waits on a pipe. What cannot be looked at is yielded with its reason, not raised.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.intake.paths import Entry, entries_of, wanted_names
from dedupe_app.intake.patterns import Patterns, any_name, compile_patterns, is_excluded
from dedupe_app.intake.roots import do_meet, real_places
from dedupe_app.records import FileState, SkipReason, mtime_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from dedupe_app.intake.paths import Wanted

# Trash, version control and bookkeeping of systems: no documents of the user, on any platform.
_SYSTEM_NAMES = (
    *("$RECYCLE.BIN", "System Volume Information", ".Trash*", "#recycle", "@Recycle", "@eaDir"),
    *("__MACOSX", ".git", ".svn", ".hg", "lost+found"),
    *("Thumbs.db", "desktop.ini", ".DS_Store", "._*", "~$*", ".~lock.*#"),
)
_SYSTEM = any_name(_SYSTEM_NAMES, re.IGNORECASE)
_SPECIAL_FILES = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_REASONS = {
    errno.EACCES: SkipReason.NOT_PERMITTED,
    errno.EPERM: SkipReason.NOT_PERMITTED,
    errno.EIO: SkipReason.DAMAGED,
    errno.ENAMETOOLONG: SkipReason.UNSUPPORTED,
    errno.ENOTDIR: SkipReason.UNSUPPORTED,
    errno.ELOOP: SkipReason.UNSUPPORTED,
}

Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ScanRules:
    """What a scan passes over besides links and the folders of the system.

    `exclude`: glob patterns as in `patterns.py`; `exclude_in`: more of them, for what lies below one of the
    named folders. `library`: the library file, which is skipped with its companions and backups.
    Folders named for the scan are walked even if a rule fits them.
    """

    exclude: tuple[str, ...] = ()
    exclude_in: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    include_hidden: bool = False
    smallest_bytes: int = 0
    library: Path | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or folder that could not be looked at, and why."""

    path: Path
    reason: SkipReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    below: str  # the path from the folder whose patterns hold, parted by slashes
    patterns: Patterns
    is_root: bool
    wanted: Wanted | None = None  # which names in it to look at; None: all
    place: str = ""  # where it really is; "" where no two named folders meet


@dataclass(frozen=True, slots=True)
class _Walk:
    """The rules of one walk made ready, and what it has already met."""

    rules: ScanRules
    patterns: Patterns
    own_patterns: Mapping[Path, Patterns]
    library: Path | None
    library_folder: Identity | None
    links_seen: set[Identity]
    folders_seen: set[Identity | str] = field(default_factory=set)


def walk(
    folders: Sequence[Path],
    rules: ScanRules,
    *,
    only: Collection[Path] | None = None,
    links: set[Identity] | None = None,
) -> Iterator[FileState | Unreadable]:
    """Yield every file below the folders once, in byte order of the paths.

    A named folder may be a link; links met on the way are passed over. Of the names of one
    hard-linked file only the first is yielded; `links` collects (device, inode) of such files.
    With `only` nothing but these paths and what lies below them is looked at.
    """
    state = _start(rules, set() if links is None else links)
    roots = _in_order(folders)
    places = real_places(roots) if len(roots) > 1 else {}
    if not do_meet(places):
        places = {}
    for root in roots:
        wanted = None if only is None else wanted_names(root, only)
        if wanted == {}:
            continue
        patterns = state.own_patterns.get(root, state.patterns)
        place = os.fspath(places.get(root, ""))
        folder = _Folder(root, "", patterns, is_root=True, wanted=wanted, place=place)
        levels = [_entries(folder, state)]
        while levels:
            for item in levels[-1]:
                if isinstance(item, _Folder):
                    levels.append(_entries(item, state))
                    break
                yield item
            else:
                levels.pop()


def below_any(roots: Collection[Path]) -> Callable[[Path], bool]:
    """Return a function that tells whether a path is one of some folders or lies below one."""
    wanted = frozenset(roots)

    @cache
    def is_below(folder: Path) -> bool:
        return folder in wanted or any(parent in wanted for parent in folder.parents)

    return lambda path: bool(wanted) and (path in wanted or is_below(path.parent))


def is_always_skipped(name: str) -> bool:
    """Tell whether a file or folder of this name is passed over whatever the user's own rules are."""
    return name.startswith(".") or (_SYSTEM is not None and _SYSTEM.match(name) is not None)


# ---- walk ------------------------------------------------------------------------------------


def _start(rules: ScanRules, links: set[Identity]) -> _Walk:
    patterns = compile_patterns(rules.exclude)
    own = {
        folder: compile_patterns((*rules.exclude, *more))
        for folder, more in rules.exclude_in.items()
    }
    # SQLite puts the companions beside the real file, not beside a link to it.
    library = rules.library and Path(os.path.realpath(rules.library))
    if library is None or not library.parent.exists():
        return _Walk(rules, patterns, own, None, None, links)
    status = library.parent.stat()
    return _Walk(rules, patterns, own, library, (status.st_dev, status.st_ino), links)


def _in_order(folders: Sequence[Path]) -> list[Path]:
    # `link/..` is the parent of the link's target, so only the file system can take `..` out.
    roots = {
        Path(os.path.realpath(folder)) if ".." in folder.parts else folder.absolute()
        for folder in folders
    }
    return sorted(roots, key=lambda root: os.fsencode(root / "_")[:-1])


def _entries(folder: _Folder, state: _Walk) -> Iterator[FileState | Unreadable | _Folder]:
    try:
        status = folder.path.stat(follow_symlinks=folder.is_root)
        identity = (status.st_dev, status.st_ino)
        # Some drives give a folder another number for each way to write its name.
        known: set[Identity | str] = {folder.place} if folder.place else set()
        if status.st_ino:
            known.add(identity)
        # A folder may have become a link since its parent was listed.
        if stat.S_ISLNK(status.st_mode) or not known.isdisjoint(state.folders_seen):
            return
        state.folders_seen.update(known)
        with entries_of(folder.path, folder.wanted) as entries:
            kept = [entry for entry in entries if not _is_passed_over(entry, folder, state)]
            kept.sort(key=_byte_order)
    except OSError as error:
        yield _unreadable(folder.path, error)
        return
    library = state.library if identity == state.library_folder else None
    for entry in kept:
        if library is None or not _belongs_to(library, entry.name):
            item = _look_at(entry, folder, state)
            if item is not None:
                yield item


def _byte_order(entry: Entry) -> bytes:
    name = os.fsencode(entry.name)
    return name + b"/" if entry.is_dir(follow_symlinks=False) else name


def _is_passed_over(entry: Entry, folder: _Folder, state: _Walk) -> bool:
    if entry.is_symlink() or (_SYSTEM is not None and _SYSTEM.match(entry.name)):
        return True
    if not state.rules.include_hidden and entry.name.startswith("."):
        return True
    if sys.platform == "win32":
        status = entry.stat(follow_symlinks=False)
        hidden = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM
        if status.st_file_attributes & hidden and not state.rules.include_hidden:
            return True
        if status.st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT:
            return True  # a junction: a link to a folder that is_symlink() does not know
    if not (state.rules.exclude or state.own_patterns):
        return False
    is_folder = entry.is_dir(follow_symlinks=False)
    return is_excluded(folder.patterns, entry.name, str(folder.path), folder.below, is_folder)


def _look_at(
    entry: Entry, folder: _Folder, state: _Walk
) -> FileState | Unreadable | _Folder | None:
    path = folder.path / entry.name
    try:
        if entry.is_dir(follow_symlinks=False):
            return _inner(folder, entry.name, state)
        # On Windows a DirEntry knows neither inode nor link count.
        by_path = sys.platform == "win32"
        status = path.lstat() if by_path else entry.stat(follow_symlinks=False)
    except OSError as error:
        return _unreadable(path, error)
    if not stat.S_ISREG(status.st_mode):
        what = _SPECIAL_FILES.get(stat.S_IFMT(status.st_mode), "not a plain file")
        return Unreadable(path, SkipReason.UNSUPPORTED, what)
    if status.st_size < state.rules.smallest_bytes:
        return None
    if status.st_nlink > 1 and status.st_ino:
        identity = (status.st_dev, status.st_ino)
        if identity in state.links_seen:
            return None
        state.links_seen.add(identity)
    return FileState(path, status.st_size, mtime_of(status), status.st_dev, status.st_ino)


def _inner(folder: _Folder, name: str, state: _Walk) -> _Folder:
    path = folder.path / name
    wanted = folder.wanted and folder.wanted[name]
    place = folder.place and os.path.join(folder.place, name)  # noqa: PTH118 - for each folder
    if path in state.own_patterns:  # a named folder within another: from here on its patterns hold
        return _Folder(path, "", state.own_patterns[path], False, wanted, place)
    below = f"{folder.below}/{name}" if folder.below else name
    return _Folder(path, below, folder.patterns, False, wanted, place)


def _unreadable(path: Path, error: OSError) -> Unreadable:
    reason = _REASONS.get(error.errno or 0, SkipReason.VANISHED)
    return Unreadable(path, reason, error.strerror or str(error))


def _belongs_to(library: Path, name: str) -> bool:
    # The library, its -wal, -shm and -journal, and its backups beside it (file or folder).
    own = ("backup", "before-update-", "damaged-")
    beginnings = (f"{library.name}-", f"{library.name}.", *(f"{library.stem}-{end}" for end in own))
    return name == library.name or name.startswith(beginnings)
