"""Tells which files on the disk are documents that the library knows. Looks at files, reads none, changes nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedupe_app.store.paths import to_path

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.store.library import Library


def is_known(library: Library, path: Path) -> bool:
    """Tell whether a file is one of those that the library knows, by whatever name it is reached."""
    row = library.row(
        "select 1 from files where path in (?, ?)",
        [os.fsencode(path.absolute()), os.fsencode(os.path.realpath(path))],
    )
    if row is not None:
        return True
    rows = library.rows("select path from files where inode = ?", [str(path.stat().st_ino)])
    return any(_is_same(path, to_path(other)) for (other,) in rows)


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False  # gone since
