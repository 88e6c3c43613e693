"""Says where nothing may be touched: protected folders and those of the system, by real path. Changes nothing.

Asked again right before every file: a link or a mount may have led elsewhere a moment ago.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.spelling import as_written, fold_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SYSTEM = {
    "linux": ("/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr"),
    "darwin": ("/System", "/Library", "/bin", "/dev", "/etc", "/private/etc", "/sbin", "/usr"),
    "win32": (os.environ.get("SYSTEMROOT", "C:\\Windows"), os.environ.get("PROGRAMFILES", "")),
}
_Identity = tuple[int, int]


def is_guarded(path: Path, protected: Sequence[Path]) -> bool:
    """Tell whether a file lies in a protected folder or one of the system, by whatever way the path leads there.

    Both the path as written and the folder it leads to now count; folders are known by name and by inode, so that
    a link, a mount or another spelling of the name makes no difference.
    """
    folders = [*protected, *_system_folders()]
    real = _real(path)
    lines = [line for each in (path.absolute(), real) for line in (each, *each.parents)]
    if _is_named(lines, list(_names(folders))):
        return True
    guarded = {identity for folder in folders if (identity := _identity(folder))}
    return any(_identity(line) in guarded for line in {*real.parents, real})


def _is_named(lines: Iterable[Path], names: Sequence[Path]) -> bool:
    """Tell whether a folder has one of the names, also in other letters where its drive takes these for the same."""
    named = {os.path.normcase(os.fspath(line)): line for line in lines}
    if any(os.path.normcase(os.fspath(name)) in named for name in names):
        return True
    alike = {fold_letters(os.fspath(line)): line for line in named.values()}
    return any(
        as_written(line) == as_written(name)
        for name in names
        if (line := alike.get(fold_letters(os.fspath(name)))) is not None
    )


def _system_folders() -> list[Path]:
    return [Path(name) for name in _SYSTEM.get(sys.platform, _SYSTEM["linux"]) if name]


def _names(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        yield folder.absolute()
        yield Path(os.path.realpath(folder))


def _real(path: Path) -> Path:
    # The folder is followed, the last name is not: a link is a file of the folder it stands in.
    return Path(os.path.realpath(path.parent)) / path.name


def _identity(folder: Path) -> _Identity | None:
    try:
        status = folder.stat()
    except OSError:
        return None  # not there now: it is still known by its name
    return (status.st_dev, status.st_ino) if status.st_ino else None
