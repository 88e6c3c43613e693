"""Makes tests/data/library_mNNN.sqlite: a library of three tiny files with each schema that was shipped.

Run once per new migration: .venv/bin/python tests/store/make_library.py. The first library was made by a scan, each
other one from that before it, with rows for what is new.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
from pathlib import Path

from sqlite_utils import Database

from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.store.database import open_library
from dedupe_app.store.migrations import migrations

DATA = Path(__file__).parent.parent / "data"
LETTER = "Dear Ms Ito, the meeting is on 3 May at 12:30 in room 7. Please bring the signed lease.\n"
NEW_ROWS = {
    "m002_decisions": (
        "insert into folders (path, protected, exclude) select x'2f7061706572', 1, '[\"*.bak\"]'",
        "insert into decisions (path, sha256, decision, made) select path, sha256, 'undecided', '2026-11-22' "
        "from files join contents on contents.id = content_id where files.id = 1",
        "insert into decisions (path, sha256, keeper, made) select path, sha256, 1, '2026-11-22' "
        "from files join contents on contents.id = content_id where files.id = 2",
        "insert into rejections values ('aa', 'bb', '2026-11-22', 2)",
        "insert into decision_log values (1, '2026-11-22', 'leave 1 file undecided', 1), "
        "(2, '2026-11-22', 'these are not duplicates: 2 files', 0)",
        "insert into decision_log_files (entry, decision_id) values (1, 1)",
        "update group_members set decision = 'undecided' where file_id = 1",
        "update scopes set marked_files = 1, marked_bytes = 88",
    ),
    "m004_spaces": (
        "insert into spaces (name, dimensions, dtype, request, embedder, account, words_per_second, used) "
        "values ('server/m:none:2:64x1', 2, 'float16', 'server/m:none:2:64x1', 'server:http://box#m', '[]', 900, 1)",
        "insert into vectors select 1, id, x'003c0000' from spaces where request != ''",
    ),
    "m005_maps": (
        "insert into maps select 1, 'window', id, 'pca', '2026-11-22', 1 from spaces where dtype = 'int8'",
        "insert into topics values (1, 1, 0, 'Signed lease', 1, 0.5, 0.25)",
        "insert into map_points values (1, 1, 0.5, 0.25, 0, 1, null, null)",
    ),
    "m006_search": (
        "insert into text_words (rowid, words) select id, 'dear ms ito, the meeting is on 3 may at 12:30 in room 7. "
        "please bring the signed lease.' from texts",
    ),
}
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


def make_next(earlier: str, migration: str) -> None:
    """Bring the library of a migration to the next one, and no further."""
    with tempfile.TemporaryDirectory(prefix="dedupe-") as temporary:
        made = Path(temporary, "library.sqlite")
        shutil.copyfile(path_for(earlier), made)
        db = Database(made)
        later = names()[names().index(migration) + 1 :]
        migrations.apply(db, stop_before=later)
        for statement in NEW_ROWS.get(migration, ()):
            db.execute(statement)
        db.execute("pragma wal_checkpoint(truncate)")
        db.close()
        shutil.copyfile(made, path_for(migration))


def main() -> None:
    """Make the libraries that are missing."""
    for earlier, migration in itertools.pairwise(names()):
        if not path_for(migration).exists():
            make_next(earlier, migration)


if __name__ == "__main__":
    main()
    sys.exit(0)
