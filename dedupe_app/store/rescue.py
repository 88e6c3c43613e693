"""Repairs a library: the damaged one is set aside with a date, a new one gets what nobody can make again.

Those are decisions, rejections, folders and the journal of what was done to files. Texts and groups come with the next
scan. Deletes nothing; a file that shows no sign of being a library of this program is left where it is.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import filelock

from dedupe_app.errors import LibraryDamagedError, LibraryError, LibraryLockedError
from dedupe_app.store import attached
from dedupe_app.store.database import find_damage, open_for_reading, open_library
from dedupe_app.store.places import (
    COMPANIONS,
    finish_replacing,
    forget_replacing,
    is_half_replaced,
    new_place,
    real_place,
    replace_library,
)
from dedupe_app.store.scavenging import scavenge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dedupe_app.store.library import Library
    from dedupe_app.store.scavenging import Row

logger = logging.getLogger(__name__)

_MOST_NAMES = 1000
# What SQLite says of a row that a table does not take.
_UNFIT = (sqlite3.IntegrityError, sqlite3.DataError, OverflowError)


@dataclass(frozen=True, slots=True)
class Rescued:
    """What came of a repair. `aside`: where the damaged library is now; the numbers are of what the new one got."""

    aside: Path
    decisions: int
    rejections: int
    folders: int
    actions: int


@dataclass(frozen=True, slots=True)
class _Table:
    """What is rescued of a table. `shape`: see scavenge(); `key`: which columns make a row one of a kind."""

    name: str
    columns: str
    shape: str
    key: tuple[int, ...]


_TABLES = (
    _Table("decisions", "id, path, sha256, decision, keeper, made", "ibhTit", (1, 2)),
    _Table("rejections", "sha256_a, sha256_b, made, entry", "hhti", (0, 1)),
    _Table("folders", "id, path, watch, protected, exclude, offline", "ibiiti", (1,)),
    _Table(
        "actions",
        "id, batch, made, kind, state, path, sha256, size_bytes, mtime_ns, mode, device, inode, relation, kept, "
        "kept_sha256, target, problem, message",
        "iitttbhiiitttBtBTt",
        (0,),
    ),
    _Table("attached", "entry, facts", "it", (0,)),
)
_COUNTED = ("decisions", "rejections", "folders", "actions")
_DECISIONS = frozenset({None, "keep", "remove", "undecided"})


def repair(path: Path) -> Rescued | None:
    """Set a damaged library aside and make a new one with what could be rescued; None if it is not damaged.

    One that was broken off is finished.

    Raises:
        LibraryLockedError: another program uses it.
        LibraryError: there is none, it is not one of this program, or the new one cannot be written.
    """
    path = real_place(path)
    if not path.is_file() and not is_half_replaced(path):
        raise LibraryError(f"There is no library at {path}.", "The first scan makes one.")
    with _locked(path):
        aside = finish_replacing(path)
        if aside is None:
            return _repair(path) if _is_damaged(path) else None
    return _count(path, aside)


def finish_repair(path: Path) -> Rescued | None:
    """Finish a repair that was broken off; None if there was none.

    Raises:
        LibraryError: as `repair`.
    """
    try:
        is_half_done = is_half_replaced(path)
    except OSError:
        return None  # told when the library is opened
    return repair(path) if is_half_done else None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of the writer, and turn what the system says into errors with a title and a hint."""
    lock = filelock.FileLock(path.with_name(path.name + ".lock"))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise LibraryLockedError(
            f"The library {path} is in use by another program.", "Close it and try again."
        ) from error
    except OSError as error:
        raise LibraryError(f"The library {path} cannot be written: {error.strerror}.") from error
    try:
        yield
    except OSError as error:
        raise LibraryError(f"The library {path} cannot be repaired: {error.strerror}.") from error
    finally:
        lock.release()


def _is_damaged(path: Path) -> bool:
    """Tell whether it is; raise what else stands against opening it, such as a newer version."""
    try:
        with closing(open_for_reading(path)) as library:
            damage = find_damage(library)
    except LibraryDamagedError:
        return True
    if damage:
        logger.warning("The library %s is damaged: %s", path, damage)
    return bool(damage)


def _repair(path: Path) -> Rescued:
    if _is_of_another_program(path):
        raise LibraryError(f"{path} is not a library of Dedupe App.", "Nothing was touched.")
    found = {table.name: _rescue(path, table) for table in _TABLES}
    if not any(found.values()) and not _shows_our_schema(path):
        raise LibraryError(f"{path} shows no sign of being a library.", "Nothing was touched.")
    # The new one is made beside it: nothing of the damaged one moves before all is in it.
    new = new_place(path)
    forget_replacing(path)
    _remove(new)
    try:
        with open_library(new) as library:
            counts = Counter(
                {table.name: _fill(library, table, found[table.name]) for table in _TABLES}
            )
            # Which of them were made beside the same text is not rescued: as if all were, nothing goes for less.
            library.execute(
                "insert into same_text_marks select id, made from decisions where decision = 'remove'"
            )
            # All in one file: from here on it goes by its name alone.
            list(library.rows("pragma journal_mode = delete"))
    except BaseException:
        _remove(new)
        raise
    aside = _free_name(path)
    replace_library(path, aside)
    _remove(new)
    logger.warning(
        "The library %s was damaged; it is %s now. Rescued: %s", path, aside, dict(counts)
    )
    return Rescued(aside, **{name: counts[name] for name in _COUNTED})


def _count(path: Path, aside: Path) -> Rescued:
    """Count what an earlier repair rescued."""
    with closing(open_for_reading(path)) as library:
        counts = {name: library.row(f"select count(*) from {name}") for name in _COUNTED}  # noqa: S608
    return Rescued(aside, **{name: int(row[0]) if row else 0 for name, row in counts.items()})


def _is_of_another_program(path: Path) -> bool:
    """Tell whether SQLite can read its tables, and they are not ours."""
    with suppress(sqlite3.Error), closing(_open(path)) as connection:
        rows = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
        return bool(rows) and ("files",) not in rows
    return False


def _shows_our_schema(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(1 << 20)
    return b"group_members" in head and b"same_text" in head


def _rescue(path: Path, table: _Table) -> list[Row]:
    """Return the rows of a table: as SQLite reads them, or all that can be found where it cannot."""
    with suppress(sqlite3.Error, ValueError), closing(_open(path)) as connection:
        query = f"select {table.columns} from {table.name}"  # noqa: S608 - both are written above
        return [tuple(row) for row in connection.execute(query) if _makes_sense(table, row)]
    latest: dict[tuple[object, ...], Row] = {}
    for _, row in scavenge(path, {table.name: table.shape}):
        key = tuple(row[place] for place in table.key)
        if _makes_sense(table, row) and not _is_older(table, row, latest.get(key)):
            latest[key] = row
    return list(latest.values())


def _is_older(table: _Table, row: Row, known: Row | None) -> bool:
    """Tell whether a row is an older version of a known one: pages that are no longer used hold such."""
    return known is not None and table.name == "decisions" and str(row[5]) < str(known[5])


def _makes_sense(table: _Table, row: Iterable[object]) -> bool:
    values = tuple(row)
    if table.name == "decisions":
        return values[3] in _DECISIONS and values[4] in (0, 1)
    if table.name == "folders":
        return all(values[place] in (0, 1) for place in (2, 3, 5))
    if table.name == "attached":
        return _is_readable(str(values[1]))
    return True


def _is_readable(facts: str) -> bool:
    if not facts.startswith(attached.BEGINNING):
        return False
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        return attached.from_text(facts) is not None
    return False


def _fill(library: Library, table: _Table, rows: list[Row]) -> int:
    marks = ", ".join("?" * len(table.shape))
    query = f"insert or ignore into {table.name} ({table.columns}) values ({marks})"  # noqa: S608
    with library.atomic():
        before = library.connection.total_changes
        for row in rows:
            with suppress(*_UNFIT):
                library.connection.execute(query, row)
        return library.connection.total_changes - before


def _free_name(path: Path) -> Path:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    for aside in _names(path, stamp):
        if not any(os.path.lexists(aside.with_name(aside.name + end)) for end in COMPANIONS):
            return aside
    raise LibraryError(
        f"There are too many damaged libraries beside {path}.", "Remove some of them."
    )


def _names(path: Path, stamp: str) -> Iterator[Path]:
    for number in range(1, _MOST_NAMES):
        more = "" if number == 1 else f"-{number}"
        yield path.with_name(f"{path.stem}-damaged-{stamp}{more}{path.suffix}")


def _remove(path: Path) -> None:
    for end in (*COMPANIONS, ".lock"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
