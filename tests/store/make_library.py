"""Makes tests/data/library_m001.sqlite: a library of three tiny files with the current schema.

Run once per new migration: .venv/bin/python tests/store/make_library.py
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from sqlite_utils import Database

from dedupe_app.engine.messages import ScanOptions
from dedupe_app.engine.pipeline import scan
from dedupe_app.store.database import open_library
from dedupe_app.store.migrations import migrations

DATA = Path(__file__).parent.parent / "data"
LETTER = "Dear Ms Ito, the meeting is on 3 May at 12:30 in room 7. Please bring the signed lease.\n"
FILES = {"a.txt": LETTER, "b.md": f"# {LETTER}", "c.txt": LETTER}


def names() -> list[str]:
    """Return the names of all migrations, oldest first."""
    return [step.name for step in migrations.pending(Database(memory=True))]


def path_for(migration: str) -> Path:
    """Return where the library of a migration is kept."""
    return DATA / f"library_{migration.split('_')[0]}.sqlite"


def make(path: Path) -> None:
    """Scan the three files into a library."""
    with tempfile.TemporaryDirectory(prefix="dedupe-") as temporary:
        tree = Path(temporary, "tree")
        tree.mkdir()
        for name, text in FILES.items():
            (tree / name).write_text(text, encoding="utf-8")
            os.utime(tree / name, (1_700_000_000, 1_700_000_000))
        made = Path(temporary, "library.sqlite")
        with open_library(made) as library:
            list(scan(library, ScanOptions((tree,), processes=1)))
        shutil.copyfile(made, path)


if __name__ == "__main__":
    make(path_for(names()[-1]))
    sys.exit(0)
