"""Moves stored files to other paths, all at once, and with each what was decided about it. Part of one transaction."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedupe_app.store.paths import fold_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.records import Change
    from dedupe_app.store.library import Library

# No path begins so. Files whose names go round are here for a moment.
_BETWEEN = b"\0"


def move_files(library: Library, changes: Sequence[Change]) -> None:
    """Give files the paths they have now. Those that were there are gone, unless they have moved as well."""
    moves = [
        (os.fsencode(change.old_path), os.fsencode(change.state.path), change)
        for change in changes
        if change.old_path is not None
    ]
    old_paths = {old for old, _, _ in moves}
    crossing = [move for move in moves if move[1] in old_paths]
    for old, new, change in moves:
        if new not in old_paths:
            _move(library, old, new, change)
    for old, new, change in crossing:
        _move(library, old, _BETWEEN + new, change)
    for _, new, change in crossing:
        _move(library, _BETWEEN + new, new, change)


def _move(library: Library, old: bytes, new: bytes, change: Change) -> None:
    state = change.state
    library.execute("delete from files where path = ?", [new])
    library.execute(
        "update or replace decisions set path = ? where path = ? and sha256 = "
        "(select sha256 from files join contents on contents.id = content_id where path = ?)",
        [new, old, old],
    )
    library.execute(
        "update files set path = ?, folded = ?, size_bytes = ?, mtime_ns = ?, device = ?, inode = ? where path = ?",
        [
            *(new, fold_path(new), state.size_bytes, state.mtime_ns),
            *(str(state.device), str(state.inode), old),
        ],
    )
