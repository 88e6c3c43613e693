"""Picks out of folders the paths that a partial scan is to look at. Reads names and states only, like the scan."""

from __future__ import annotations

import os
import stat
from contextlib import nullcontext
from typing import TYPE_CHECKING, Protocol

from dedupe_app.intake.roots import other_ways
from dedupe_app.spelling import has_other_name, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    # Name to what is wanted in it: None for everything.
    Wanted = dict[str, "Wanted | None"]


class Entry(Protocol):
    """What the scan asks of an entry of a folder: an os.DirEntry, or one that was looked up by name."""

    @property
    def name(self) -> str:
        """Return the name in its folder."""

    def is_symlink(self) -> bool:
        """Tell whether it is a link."""

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Tell whether it is a folder."""

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """Return its state; raises OSError."""


class _NamedEntry:
    """An entry that was looked up by its name. What went wrong then is raised when its state is asked for."""

    def __init__(self, name: str, status: os.stat_result | OSError) -> None:
        self.name = name
        self._status = status

    def is_symlink(self) -> bool:
        return self._is(stat.S_ISLNK)

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        return self._is(stat.S_ISDIR)

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        if isinstance(self._status, OSError):
            raise self._status
        return self._status

    def _is(self, kind: Callable[[int], bool]) -> bool:
        return not isinstance(self._status, OSError) and kind(self._status.st_mode)


def entries_of(folder: Path, wanted: Wanted | None) -> AbstractContextManager[Iterator[Entry]]:
    """Open a folder to go through its entries: all of them, or those with the wanted names. Raises OSError."""
    if wanted is None:
        return os.scandir(folder)
    return nullcontext(_named(folder, wanted))


def wanted_names(root: Path, paths: Collection[Path]) -> Wanted | None:
    """Return what to look at below a folder so as to look at some paths: None for everything, {} for nothing."""
    wanted: Wanted = {}
    for path in paths:
        if not path.is_relative_to(root):
            continue
        names = path.relative_to(root).parts
        if not names:
            return None
        inner = wanted
        for name in names[:-1]:
            following = inner.setdefault(name, {})
            if following is None:
                break
            inner = following
        else:
            inner[names[-1]] = None
    return wanted


def looked_at(paths: Collection[Path], folders: Collection[Path]) -> list[Path]:
    """Return what has to be looked at to learn what became of some paths: of what is gone, the outermost folder.

    Paths outside of all `folders` are left out, as are those below another one. What another folder leads to as well
    is looked at in both ways.
    """
    wide: set[Path] = set()
    for path in [*paths, *other_ways(paths, folders)]:
        for root in folders:
            if path.is_relative_to(root):
                wide.add(_standing(path, root))
    return sorted(path for path in wide if not any(parent in wide for parent in path.parents))


def _standing(path: Path, root: Path) -> Path:
    """Climb from a path to where its folder is there."""
    found = path
    for parent in path.parents:
        if found == root or not parent.is_relative_to(root):
            break
        if not _is_folder(parent, follow=parent == root):
            found = parent
    return found


def _is_folder(path: Path, *, follow: bool) -> bool:
    try:
        return stat.S_ISDIR(path.stat(follow_symlinks=follow).st_mode)
    except OSError:
        return False


def _named(folder: Path, names: Collection[str]) -> Iterator[Entry]:
    own = listed(folder) if any(has_other_name(folder, name) for name in names) else None
    for name in names:
        if own is not None and name not in own:
            continue
        try:
            yield _NamedEntry(name, (folder / name).lstat())
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            yield _NamedEntry(name, error)
