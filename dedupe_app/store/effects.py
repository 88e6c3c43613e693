"""What follows from decisions and from files that change: effective decisions, marks that are counted, sizes of groups.

The effective decision of a member of a group is kept in `group_members.decision`: keep what is protected, else what a
person decided about this path and these bytes, else what was suggested. Runs in the transaction of its caller.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dedupe_app.store.paths import span, to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dedupe_app.store.library import Library

_Marks = dict[int, tuple[int, int]]

_TABLES = {
    "touched": "file_id integer primary key, path blob, sha256 text",
    "touched_groups": "group_id integer primary key",
    "members": "group_id integer, place integer, scope_id integer, file_id integer, old text, new text",
}
_TOUCH = (
    "insert or ignore into temp.touched "
    "select files.id, path, sha256 from files left join contents on contents.id = content_id where "
)


def touch_files(library: Library, files: Iterable[int]) -> None:
    """Make some files the ones that the other functions of this module are about."""
    _clear(library)
    library.execute(
        "insert or ignore into temp.touched select files.id, files.path, sha256 from json_each(?) asked "
        "cross join files on files.id = asked.value left join contents on contents.id = content_id",
        [json.dumps(sorted(files))],
    )


def touch_paths(library: Library, paths: Iterable[bytes]) -> None:
    """Make the files at some paths the ones that the other functions of this module are about."""
    _clear(library)
    library.connection.executemany(f"{_TOUCH} path = ?", ((path,) for path in paths))


def touch_folder(library: Library, folder: Path) -> None:
    """Make the files below a folder the ones that the other functions of this module are about."""
    _clear(library)
    library.execute(f"{_TOUCH} path >= ? and path < ?", span(folder))


def apply_decisions(library: Library) -> None:
    """Bring the effective decisions of the touched files up to date, and with them what is counted as marked."""
    _protect(library, "", "select file_id from temp.touched")
    # What is looked up of the members, and changed, is in the order in which they lie: three times as fast when they
    # are all over the table. Without the limit the order would be lost.
    library.execute(
        "insert into temp.members select group_id, place, scope_id, found.file_id, group_members.decision, "
        "case role when 'protected' then 'keep' else coalesce(decided, suggested) end from ("
        "select own.group_id, own.place, own.file_id, "
        "coalesce(decisions.decision, case when keeper then 'keep' end) as decided "
        "from temp.touched left join decisions using (path, sha256) "
        "cross join group_members own on own.file_id = touched.file_id order by own.group_id, own.place limit -1"
        ") found cross join group_members using (group_id, place) cross join groups on groups.id = group_id"
    )
    library.execute(
        "update group_members set decision = new from temp.members "
        "where group_members.group_id = members.group_id and group_members.place = members.place and old <> new"
    )
    library.execute(
        "update scopes set marked_files = marked_files + files, marked_bytes = marked_bytes + bytes from ("
        "select scope_id, sum(now - before) as files, sum((now - before) * size_bytes) as bytes from ("
        "select scope_id, file_id, max(old = 'remove') as before, max(new = 'remove') as now "
        "from temp.members group by scope_id, file_id) "
        "join files on files.id = file_id where now <> before group by scope_id) where scope_id = scopes.id"
    )


@contextmanager
def recounted(library: Library) -> Iterator[None]:
    """Keep the counts of scopes and groups right while decisions, sizes or presence of the touched files change."""
    before = _marks(library)
    library.execute(
        "insert or ignore into temp.touched_groups "
        "select group_id from temp.touched cross join group_members using (file_id)"
    )
    yield
    after = _marks(library)
    for scope in before.keys() | after.keys():
        files, size = before.get(scope, (0, 0))
        files_now, size_now = after.get(scope, (0, 0))
        library.execute(
            "update scopes set marked_files = marked_files + ?, marked_bytes = marked_bytes + ? where id = ?",
            [files_now - files, size_now - size, scope],
        )


def recount_groups(library: Library) -> None:
    """Count the files of the groups that `recounted` found, after some went; what they were made from is no more."""
    library.execute(
        "update scopes set signature = '' where id in "
        "(select scope_id from temp.touched_groups cross join groups on groups.id = group_id)"
    )
    library.execute(
        "update groups set files = (select count(*) from group_members where group_id = groups.id) "
        "where id in (select group_id from temp.touched_groups)"
    )


def apply_to_scope(library: Library, scope: int) -> None:
    """Put what people protected and decided in place of suggestions in a scope whose groups are new; count marks."""
    _protect(library, ", decision = 'keep'", "select id from files")
    # Driven by the decisions: they are few, and the members of the scope may be a million.
    library.execute(
        "update group_members set decision = coalesce(decisions.decision, 'keep') "
        "from decisions cross join files on files.path = decisions.path "
        "cross join contents on contents.id = content_id and contents.sha256 = decisions.sha256 "
        "where (decisions.decision is not null or keeper) "
        "and group_members.file_id = files.id and role <> 'protected' "
        "and (select scope_id from groups where id = group_id) = ?",
        [scope],
    )
    library.execute(
        "update scopes set (marked_files, marked_bytes) = ("
        "select count(*), coalesce(sum(size_bytes), 0) from files where id in ("
        "select file_id from groups cross join group_members on group_id = groups.id "
        "where scope_id = scopes.id and decision = 'remove')) where id = ?",
        [scope],
    )


def _protect(library: Library, change: str, files: str) -> None:
    """Protect the members of groups that are in protected folders, whether or not those who made the groups knew.

    As they are then, no signature says what the groups were made from: they are made anew.
    """
    for (folder,) in library.execute("select path from folders where protected").fetchall():
        changed = library.execute(
            f"update group_members set role = 'protected', suggested = 'keep'{change} "  # noqa: S608
            f"where role <> 'protected' and file_id in ({files} where path >= ? and path < ?) returning group_id",
            span(to_path(folder)),
        ).fetchall()
        library.execute(
            "update scopes set signature = '' where id in (select scope_id from groups "
            "where id in (select value from json_each(?)))",
            [json.dumps(sorted({group for (group,) in changed}))],
        )


def _clear(library: Library) -> None:
    for table, columns in _TABLES.items():
        library.execute(f"create temp table if not exists {table} ({columns})")
        library.execute(f"delete from temp.{table}")  # noqa: S608


def _marks(library: Library) -> _Marks:
    """Return how many of the touched files each scope has marked, and their bytes."""
    rows = library.execute(
        "select scope_id, count(*), sum(size_bytes) from ("
        "select distinct scope_id, file_id from temp.touched cross join group_members using (file_id) "
        "cross join groups on groups.id = group_id where decision = 'remove') "
        "cross join files on files.id = file_id group by scope_id"
    )
    return {scope: (files, size) for scope, files, size in rows}
