"""Opens the library: where it is, the writer's lock, pragmas, and whether its schema is that of today.

A library that is locked, damaged or newer is refused before anything is written to it. One Library per thread.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import filelock

from dedupe_app.errors import LibraryDamagedError, LibraryError, LibraryNewerError
from dedupe_app.store.library import BUSY_MS, Library, damaged, locked, translated_errors
from dedupe_app.store.places import (
    finish_replacing,
    has_other_name,
    is_half_replaced,
    make_private,
    real_place,
)
from dedupe_app.store.steps import TABLE, is_current, is_newer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
# The window and the engine wait for each other: the groups of a million files are stored in one transaction.
_WAIT = "pragma busy_timeout = 60000"
# Of a large library as much as is in use at a time; SQLite keeps 2 MB by itself.
_CACHE = f"pragma cache_size = -{32 * 1024}"
# Libraries up to this size are checked page by page when opened (about 0.1 s); larger ones when an error shows.
_CHECK_BYTES = 64 * 1024 * 1024


def open_library(path: Path) -> Library:
    """Open the library for writing, creating it when there is none, and bring its schema up to date.

    Raises LibraryLockedError, LibraryDamagedError, LibraryNewerError, or LibraryError when the place cannot be used.
    """
    with _usable(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path = real_place(path)
        if path.is_dir():
            raise LibraryError(f"{path} is a folder, not a library.", "Name a file with --library.")
        lock = filelock.FileLock(path.with_name(path.name + ".lock"))
        if is_half_replaced(path):
            with lock.acquire(timeout=0):
                finish_replacing(path)
        if path.exists() and path.stat().st_size:
            _check(path)
            _demand_one_name(path)
        lock.acquire(timeout=0)
        try:
            return Library(path, _connect(path), lock)
        except BaseException:
            lock.release()
            raise


def open_for_reading(path: Path) -> Library:
    """Open an existing library to read it, also while another program writes it; nothing is created or changed.

    Raises LibraryDamagedError, LibraryNewerError, or LibraryError when there is none or it has to be updated first.
    """
    path = _check_existing(path)
    # Not mode=ro: that leaves the companions of the library (-wal, -shm) behind when it is closed.
    mode = "mode=rw" if _is_writable(path) else "immutable=1"
    return _open_existing(path, mode, ("pragma query_only = on",))


def open_beside(path: Path) -> Library:
    """Open an existing library beside the engine that writes it, for what a person decides.

    Writes folders, decisions and rejections, and what follows from them, in short transactions; never anything else.
    Raises LibraryDamagedError, LibraryNewerError, or LibraryError when there is none or it has to be updated first.
    """
    path = _check_existing(path)
    _demand_one_name(path)
    return _open_existing(
        path, "mode=rw", ("pragma foreign_keys = on", "pragma synchronous = normal", _CACHE, _WAIT)
    )


def find_damage(library: Library) -> str:
    """Check every page of the library; return what is wrong in the words of SQLite, "" if nothing is."""
    with translated_errors(library.path):
        answer = library.execute("pragma quick_check(1)").fetchone()
    return "" if answer and answer[0] == "ok" else str(answer[0] if answer else "no answer")


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """Turn what the system says about the place of a library into errors with a title and a hint."""
    try:
        yield
    except filelock.Timeout as error:
        raise locked(path) from error
    except OSError as error:
        raise LibraryError(
            f"The library {path} cannot be used: {error.strerror}.",
            "Choose another place with --library.",
        ) from error


def _check_existing(path: Path) -> Path:
    """Check a library that is there; return its real place."""
    try:
        path = real_place(path)
        if is_half_replaced(path):
            raise LibraryError(
                f"A repair of the library {path} was broken off.",
                "Open the window or scan once: it is finished then, and nothing is lost.",
            )
        if not path.is_file() or not path.stat().st_size:
            raise LibraryError(
                f"There is no library at {path}.",
                "Scan a folder first, or name another library with --library.",
            )
        _check(path)
    except PermissionError as error:
        raise LibraryError(
            f"The library {path} cannot be read.", "You do not have permission to read it."
        ) from error
    return path


def _demand_one_name(path: Path) -> None:
    # Under each name there is a lock and a log of its own: two programs would spoil it, or one after a crash.
    if has_other_name(path):
        raise LibraryError(
            f"The library {path} has a second name (a hard link).",
            "Remove the other name, or put a copy in the place of this one; nothing was touched.",
        )


def _open_existing(path: Path, mode: str, pragmas: Sequence[str]) -> Library:
    with translated_errors(path):
        # Autocommit, as in _connect.
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
        )
        try:
            for pragma in pragmas:
                connection.execute(pragma)
            if not is_current(connection):
                raise LibraryError(
                    f"The library {path} was made by an older version of Dedupe App.",
                    "Scan once to update it.",
                )
        except BaseException:
            connection.close()
            raise
    return Library(path, connection)


def _check(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise damaged(path)
    with translated_errors(path):
        # Opened for reading only: nothing of a library that is not ours to write may change.
        # Even then SQLite leaves companions behind, unless it is told that nobody writes: so it is without companions.
        in_use = any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
        mode = "mode=ro" if in_use and _is_writable(path) else "immutable=1"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=BUSY_MS / 1000
        )
        try:
            _check_content(path, connection)
        finally:
            connection.close()


def _is_writable(path: Path) -> bool:
    # SQLite wants to put companions beside a library even to read it; where it cannot, nobody writes the library.
    return os.access(path.parent, os.W_OK)


def _check_content(path: Path, connection: sqlite3.Connection) -> None:
    connection.execute(f"pragma busy_timeout = {BUSY_MS}")
    tables = {
        row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")
    }
    if tables and not {"files", TABLE} <= tables:
        raise LibraryDamagedError(
            f"{path} is a database of another program.",
            "Name another file with --library; nothing was touched.",
        )
    if is_newer(connection):
        raise LibraryNewerError(
            f"The library {path} was made by a newer version of Dedupe App.",
            "Install that version, or name another library; nothing was touched.",
        )
    if path.stat().st_size <= _CHECK_BYTES:
        answer = connection.execute("pragma quick_check(1)").fetchone()
        if answer is None or answer[0] != "ok":
            raise damaged(path)


def _connect(path: Path) -> sqlite3.Connection:
    make_private(path)
    with translated_errors(path):
        # Autocommit: transactions are begun and ended by atomic() alone.
        connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = normal")
            connection.execute("pragma foreign_keys = on")
            connection.execute(_CACHE)
            connection.execute(f"pragma busy_timeout = {BUSY_MS}")
            if not is_current(connection):
                from dedupe_app.store.backups import bring_up_to_date  # most have had all of them

                bring_up_to_date(path, connection)
            # Another program may hold the library without our lock: find out before any work is done.
            connection.execute("begin immediate")
            connection.execute("rollback")
            connection.execute(_WAIT)
        except BaseException:
            connection.close()
            raise
    return connection
