"""Which files this connection wrote, or their contents, since they were last asked for; whether another one wrote.

Kept by triggers that only this connection has: what is not committed is not told of, whoever wrote it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe_app.store.library import Library

# A file may be in the table more than once: what a trigger is to do about that is overruled by the statement outside.
_STATEMENTS = (
    "create temp table if not exists altered_files (file_id integer)",
    "create temp trigger if not exists file_came after insert on main.files "
    "begin insert into altered_files values (new.id); end",
    "create temp trigger if not exists file_changed after update on main.files "
    "begin insert into altered_files values (old.id), (new.id); end",
    "create temp trigger if not exists file_went after delete on main.files "
    "begin insert into altered_files values (old.id); end",
    "create temp trigger if not exists content_changed after update on main.contents "
    "begin insert into altered_files select id from files where content_id = new.id; end",
)


def note_alterations(library: Library) -> None:
    """Note from now on which files are written; what was noted before is forgotten."""
    with library.atomic():
        for statement in _STATEMENTS:
            library.execute(statement)
        library.execute("delete from temp.altered_files")


def altered_files(library: Library) -> set[int]:
    """Return the numbers of the files that came, changed or went since `note_alterations`."""
    return {
        int(file) for (file,) in library.rows("select distinct file_id from temp.altered_files")
    }


def scope_sums(library: Library) -> tuple[int, int]:
    """Return how many files are in scope, and the sum of their numbers."""
    count, total = library.row("select count(*), coalesce(sum(file_id), 0) from temp.scope") or (
        0,
        0,
    )
    return int(count), int(total)


def foreign_version(library: Library) -> int:
    """Return a number that is another one after other connections wrote to the library."""
    row = library.row("pragma data_version")
    return int(row[0]) if row else 0
