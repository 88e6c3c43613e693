"""Brings a library up to date, and keeps a copy of it from before its schema changes.

The two latest copies stay, beside the library; an older one goes only when a newer one is complete.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from sqlite_utils import Database

from dedupe_app.store.migrations import migrations
from dedupe_app.store.places import make_private

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

_MOST_BACKUPS = 2


def bring_up_to_date(path: Path, connection: sqlite3.Connection) -> None:
    """Copy a library, unless it is new, and apply the migrations that it has not had.

    Raises:
        sqlite3.Error: there is no complete copy, or a migration failed; nothing was changed.
        OSError: there is no complete copy.
    """
    db = Database(connection, execute_plugins=False)
    _back_up(path, db)
    with db.atomic():
        migrations.apply(db)


def _back_up(path: Path, db: Database) -> None:
    applied = [step.name for step in migrations.applied(db)] if _is_begun(db) else []
    if not applied or not migrations.pending(db):
        return
    copy = path.with_name(f"{path.stem}-before-update-{applied[-1].split('_')[0]}{path.suffix}")
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    make_private(part)
    try:
        with closing(sqlite3.connect(part)) as target:
            db.conn.backup(target)
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
