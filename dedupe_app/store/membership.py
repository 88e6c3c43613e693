"""Questions of an engine that runs for long: who is in a group with whom, what moved, what to read again.

Returns records, never rows.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dedupe_app.records import GroupKind
from dedupe_app.store.paths import to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dedupe_app.records import FileState
    from dedupe_app.store.library import Library


def groups_with(
    library: Library, scope: str, paths: Iterable[Path], kind: GroupKind = GroupKind.DUPLICATES
) -> Iterator[tuple[Path, tuple[int, frozenset[Path]]]]:
    """Yield each file that is in a group of a kind, with the number of that group and the other files in it."""
    for path in paths:
        own = os.fsencode(path)
        rows = library.rows(
            "select mine.group_id, other.path from files join group_members mine on mine.file_id = files.id "
            "join groups on groups.id = mine.group_id join scopes on scopes.id = scope_id "
            "join group_members others on others.group_id = groups.id "
            "join files other on other.id = others.file_id "
            "where files.path = ? and scopes.name = ? and kind = ? and other.id <> files.id",
            [own, scope, kind.value],
        )
        members = list(rows)
        if members:
            others = frozenset(to_path(other) for _, other in members)
            yield path, (int(members[0][0]), others)


def places_of(library: Library, states: Iterable[FileState]) -> list[Path]:
    """Return where files stand that may be these, by inode, size and time: from there they may have moved."""
    with library.atomic():
        library.execute("create temp table if not exists sought (inode text, size, mtime)")
        library.execute("delete from temp.sought")
        library.connection.executemany(
            "insert into temp.sought values (?, ?, ?)",
            ((str(each.inode), each.size_bytes, each.mtime_ns) for each in states if each.inode),
        )
        rows = library.rows(
            "select path from files where (inode, size_bytes, mtime_ns) in (select * from temp.sought) "
            "order by path"
        )
        return [to_path(path) for (path,) in rows]


def writes(library: Library) -> int:
    """Count the rows that this connection has written since it was opened."""
    return int(library.connection.total_changes)


def read_again(library: Library, files: Iterable[int]) -> None:
    """Have the contents of some files read once more, whatever came of it before."""
    with library.atomic():
        for file in files:
            library.execute(
                "update contents set reader = null where id = (select content_id from files where id = ?)",
                [file],
            )
            library.execute(
                "update files set reason = null, detail = '' where id = ? and content_id is null",
                [file],
            )
