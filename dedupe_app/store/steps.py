"""Which migrations a library has had, asked without importing them: that takes longer than to open it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

NAME = "dedupe-app"
# Oldest first; each is a function of migrations.py.
STEPS = (
    "m001_first_schema",
    "m002_decisions",
    "m003_actions",
    "m004_spaces",
    "m005_maps",
    "m006_search",
    "m007_attached",
    "m008_found_for",
    "m009_order_and_former_folders",
    "m010_same_text_marks",
)
# As sqlite-utils keeps them.
TABLE = "_sqlite_migrations"


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether a library has had all migrations."""
    return _had(connection) >= set(STEPS)


def is_newer(connection: sqlite3.Connection) -> bool:
    """Tell whether a library has had migrations that are not known here."""
    return not _had(connection) <= set(STEPS)


def _had(connection: sqlite3.Connection) -> set[str]:
    tables = connection.execute("select name from sqlite_master where name = ?", [TABLE])
    if tables.fetchone() is None:
        return set()
    rows = connection.execute(f"select name from {TABLE} where migration_set = ?", [NAME])  # noqa: S608
    return {name for (name,) in rows}
