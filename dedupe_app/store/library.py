"""An open library, and what SQLite says of it as errors a person can read.

Imports little: the processes that compare texts open the library once more, and are started while people wait.
"""

from __future__ import annotations

import logging
import sqlite3
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dedupe_app.errors import LibraryDamagedError, LibraryError, LibraryLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import filelock

logger = logging.getLogger(__name__)

BUSY_MS = 5000
_DAMAGE = ("malformed", "not a database", "corrupt", "not decode")


class Library:
    """An open library. Functions of the other modules of this folder read and write it."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: filelock.BaseFileLock | None = None
    ) -> None:
        """Hold the connection, and the writer's lock if this is the writer."""
        self.path = path
        self.connection = connection
        self._lock = lock

    @property
    def is_writer(self) -> bool:
        """Tell whether this connection holds the writer's lock."""
        return self._lock is not None

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Write all of what follows, or nothing of it."""
        with translated_errors(self.path):
            if self.connection.in_transaction:
                # Imported only here: by it, every command would start a fifth later.
                from sqlite_utils import Database

                with Database(self.connection, execute_plugins=False).atomic():
                    yield
                return
            # Immediate: whoever reads first and writes then would be refused when another program wrote in between.
            self.connection.execute("begin immediate")
            try:
                yield
                self.connection.execute("commit")
            except BaseException:
                self.connection.rollback()
                raise

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Execute one statement; errors are as SQLite says them, unless `atomic` is around it."""
        return self.connection.execute(statement, values)

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield what a query finds."""
        with translated_errors(self.path):
            yield from self.connection.execute(query, values)

    def row(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row that a query finds, None if it finds nothing."""
        return next(self.rows(query, values), None)

    def close(self) -> None:
        """Close the connection and let other programs write."""
        self.connection.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Library:
        """Return the library itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the library."""
        self.close()


def open_again(path: Path) -> Library:
    """Open a library to read it that another process of this program has checked, and holds open.

    Raises:
        LibraryDamagedError, LibraryLockedError, LibraryError: as `translated_errors`.
    """
    with translated_errors(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
        )
        connection.execute("pragma query_only = on")
    return Library(path, connection)


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says into errors with a title and a hint."""
    try:
        yield
    except zlib.error as error:
        raise damaged(path) from error
    except sqlite3.DatabaseError as error:
        logger.exception("The library %s gave an error", path)
        message = str(error)
        if "locked" in message or "busy" in message:
            raise locked(path) from error
        if "full" in message:
            raise LibraryError(
                "The disk is full.", "Make space and scan again: the work goes on where it stopped."
            ) from error
        if "readonly" in message or "unable to open" in message:
            raise LibraryError(
                f"The library {path} cannot be written.", "Choose another place with --library."
            ) from error
        # This says nothing about the library: on a full disk it cannot even be read.
        if "disk I/O" in message:
            raise LibraryError(
                f"The library {path} cannot be read or written.",
                "Its disk is full, is failing, or is not there any more. See to it, then try again.",
            ) from error
        if any(word in message for word in _DAMAGE):
            raise damaged(path) from error
        raise


def locked(path: Path) -> LibraryLockedError:
    """Return the error for a library that another program holds."""
    return LibraryLockedError(
        f"The library {path} is in use by another program.",
        "Close it, or name another library with --library.",
    )


def damaged(path: Path) -> LibraryDamagedError:
    """Return the error for what is no library, or one no more."""
    return LibraryDamagedError(
        f"The library {path} is damaged or not a library.",
        "Nothing was touched. Rescue what was decided: dedupe-app doctor --repair.",
    )
