"""Keeps a library private to its owner, and a copy of it from before its schema changes.

The two latest copies stay, beside the library; an older one goes only when a newer one is complete.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from sqlite_utils import Database

from dedupe_app.store.migrations import migrations

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

_MOST_BACKUPS = 2
_PRIVATE = 0o600


def make_private(path: Path) -> None:
    """Let nobody but its owner read a library: it holds the text of documents. Its companions take its mode."""
    if os.name == "nt":
        return  # the folders of a user are private there
    with suppress(OSError):  # whatever stands against it is told when the library is opened
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), _PRIVATE)
        try:
            if os.fstat(descriptor).st_mode & 0o077:
                os.fchmod(descriptor, _PRIVATE)
        finally:
            os.close(descriptor)


def back_up(path: Path, connection: sqlite3.Connection) -> None:
    """Copy a library that is about to be brought up to date; a new one and one of today need no copy.

    Raises:
        sqlite3.Error: there is no complete copy, and so nothing may be changed.
        OSError: the same.
    """
    db = Database(connection, execute_plugins=False)
    applied = [step.name for step in migrations.applied(db)] if _is_begun(db) else []
    if not applied or not migrations.pending(db):
        return
    copy = path.with_name(f"{path.stem}-before-update-{applied[-1].split('_')[0]}{path.suffix}")
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    make_private(part)
    try:
        with closing(sqlite3.connect(part)) as target:
            connection.backup(target)
        part.replace(copy)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    logger.info("The library %s is brought up to date; as it was it is %s", path, copy)
    _forget_old(path, copy)


def _is_begun(db: Database) -> bool:
    return migrations.migrations_table in db.table_names()


def _forget_old(path: Path, latest: Path) -> None:
    """Leave the copy that was just made, and of the earlier ones that of the latest schema; clocks may be wrong."""
    own = re.compile(rf"{re.escape(path.stem)}-before-update-m(\d{{3}}){re.escape(path.suffix)}")
    found = [
        (int(match[1]), copy)
        for copy in path.parent.iterdir()
        if (match := own.fullmatch(copy.name))
    ]
    earlier = sorted(pair for pair in found if pair[1] != latest)
    for _, old in earlier[: -(_MOST_BACKUPS - 1)]:
        with suppress(OSError):
            old.unlink()
