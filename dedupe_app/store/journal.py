"""The journal of what was done to files: an entry before and after each, on the disk before anything happens.

Entries are never deleted, and their facts about the file never change: only what became of it does.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dedupe_app.records import (
    ActionKind,
    ActionState,
    Batch,
    JournalEntry,
    Problem,
    Relation,
)
from dedupe_app.store import attached
from dedupe_app.store.library import translated_errors
from dedupe_app.store.paths import to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from dedupe_app.store.library import Library

_COLUMNS = (
    "kind, path, sha256, size_bytes, mtime_ns, relation, kept, kept_sha256, mode, device, inode, target, state, "
    "problem, message, made, batch"
)
_INSERT = f"insert into actions ({_COLUMNS}) values ({', '.join('?' * 17)})"  # noqa: S608
_SELECT = f"select {_COLUMNS}, facts, id from actions left join attached on entry = id"  # noqa: S608
_COUNTS = (
    "select batch, min(kind), min(made), count(*), sum(state = 'done'), sum(state = 'failed'), "
    "sum(state = 'undone'), sum(state = 'unknown'), sum(iif(state = 'done', size_bytes, 0)) from actions"
)


@contextmanager
def durable(library: Library) -> Iterator[None]:
    """Have every commit on the disk before it returns, so that a power cut loses no entry."""
    with translated_errors(library.path):
        library.execute("pragma synchronous = full")
    try:
        yield
    finally:
        with translated_errors(library.path):
            library.execute("pragma synchronous = normal")


def begin_batch(library: Library, entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Write down what shall be done, and return the entries with their numbers, in the same order."""
    made = datetime.now(UTC).isoformat()
    written = []
    with library.atomic():
        row = library.execute("select coalesce(max(batch), 0) + 1 from actions").fetchone()
        for entry in entries:
            dated = replace(entry, made=made, batch=int(row[0]))
            cursor = library.execute(_INSERT, _values(dated))
            written.append(replace(dated, number=int(cursor.lastrowid or 0)))
    return written


def note(library: Library, entries: Iterable[JournalEntry]) -> None:
    """Write down what became of entries: state, target, copy that stays, problem, message, and facts of the file."""
    known = list(entries)
    with library.atomic():
        attached.save(library, known)
        library.connection.executemany(
            "update actions set state = ?, target = ?, kept = ?, kept_sha256 = ?, mode = ?, problem = ?, message = ? "
            "where id = ?",
            (
                (
                    entry.state.value,
                    *(_bytes(entry.target), _bytes(entry.kept), entry.kept_sha256, entry.mode),
                    *(entry.problem.value if entry.problem else None, entry.message, entry.number),
                )
                for entry in known
            ),
        )


def planned_entries(library: Library) -> list[JournalEntry]:
    """Return the entries of which nobody knows yet what became of them: the program ended in the middle."""
    return _entries(library, "where state = 'planned' order by id", [])


def batch_entries(library: Library, batch: int) -> list[JournalEntry]:
    """Return all entries of one action, in the order in which they were done."""
    return _entries(library, "where batch = ? order by id", [batch])


def batches(library: Library, most: int = 100) -> list[Batch]:
    """Return the latest actions, the last one first."""
    return _batches(library, "where true", [most])


def last_undoable(library: Library) -> Batch | None:
    """Return the latest action of which something is done and was not tried to be taken back, None if there is none."""
    row = library.row("select max(batch) from actions where state = 'done' and problem is null")
    return None if row is None or row[0] is None else find_batch(library, row[0])


def find_batch(library: Library, number: int) -> Batch | None:
    """Return an action by its number, None if there is none."""
    return next(iter(_batches(library, "where batch = ?", [number, 1])), None)


def set_back(library: Library, most: int = 1000) -> list[JournalEntry]:
    """Return the latest entries that could not be taken back when that was tried, but may be another time."""
    condition = "where state = 'done' and problem is not null and problem <> 'gone'"
    return _entries(library, f"{condition} order by batch desc, id limit ?", [most])


def can_take_back(library: Library) -> bool:
    """Tell whether there is an action of which something is done, and is not known to be gone."""
    query = "select 1 from actions where state = 'done' and problem is not 'gone' limit 1"
    return library.row(query) is not None


def _batches(library: Library, condition: str, values: Sequence[Any]) -> list[Batch]:
    rows = library.rows(f"{_COUNTS} {condition} group by batch order by batch desc limit ?", values)
    return [Batch(number, ActionKind(kind), made, *counts) for number, kind, made, *counts in rows]


def _entries(library: Library, condition: str, values: Sequence[Any]) -> list[JournalEntry]:
    return [_entry(row) for row in library.rows(f"{_SELECT} {condition}", values)]


def _values(entry: JournalEntry) -> tuple[Any, ...]:
    return (
        *(entry.kind.value, os.fsencode(entry.path), entry.sha256),
        *(entry.size_bytes, entry.mtime_ns, entry.relation.value),
        *(_bytes(entry.kept), entry.kept_sha256),
        *(entry.mode, str(entry.device), str(entry.inode), _bytes(entry.target)),
        *(entry.state.value, entry.problem.value if entry.problem else None),
        *(entry.message, entry.made, entry.batch),
    )


def _entry(row: tuple[Any, ...]) -> JournalEntry:
    kind, path, sha256, size, mtime, relation, kept, kept_sha256, mode, device, inode = row[:11]
    target, state, problem, message, made, batch, facts, number = row[11:]
    beside, target_device, kept_device = attached.from_text(facts)
    return JournalEntry(
        kind=ActionKind(kind),
        path=to_path(path),
        sha256=sha256,
        size_bytes=size,
        mtime_ns=mtime,
        relation=Relation(relation),
        kept=to_path(kept) if kept is not None else None,
        kept_sha256=kept_sha256,
        mode=mode,
        device=int(device),
        inode=int(inode),
        target=to_path(target) if target is not None else None,
        state=ActionState(state),
        problem=Problem(problem) if problem else None,
        message=message,
        made=made,
        batch=batch,
        number=number,
        attached=beside,
        target_device=target_device,
        kept_device=kept_device,
    )


def _bytes(path: Path | None) -> bytes | None:
    return None if path is None else os.fsencode(path)
