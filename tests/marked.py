"""A library with marked files that are really there, made without readers; and what happens to it, also when killed."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from pathlib import Path

from dedupe_app.engine.acting import run_act
from dedupe_app.engine.desk import Desk
from dedupe_app.engine.messages import WINDOW_SCOPE, Act, EngineOptions, Scan
from dedupe_app.engine.planning import plan_marked
from dedupe_app.engine.scanning import run_scan
from dedupe_app.records import (
    ActionKind,
    Change,
    ChangeKind,
    Decision,
    FileState,
    GroupQuery,
    Skipped,
    SkipReason,
)
from dedupe_app.store import browse, decisions, documents, folders
from dedupe_app.store.database import open_library
from dedupe_app.text import READER_VERSION

OLD = 1_500_000_000_123_456_789


def plant(docs, contents):
    """Write files of one old time, given as a mapping of name to bytes."""
    for name, content in contents.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, ns=(OLD, OLD))


def know(library, docs):
    """Store the files of a folder as a scan would, hashed, without any text."""
    folders.add_folders(library, [docs])
    states = []
    for path in sorted(docs.rglob("*")):
        if path.is_file():
            status = path.stat()
            facts = (status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino)
            states.append(FileState(path, *facts))
    documents.apply_changes(library, [Change(ChangeKind.ADDED, state) for state in states])
    documents.define_scope(library, [docs])
    documents.set_contents(
        library,
        [(each, hashlib.sha256(each.path.read_bytes()).hexdigest()) for each in states],
    )
    unread = documents.contents_to_read(library, READER_VERSION)
    none = Skipped(SkipReason.NO_TEXT)
    documents.save_readings(
        library, [(content, none) for content, _ in unread], READER_VERSION, "lexical"
    )


def sit_down(library):
    """Return the desk of an engine that watches nothing."""
    options = EngineOptions(library.path, processes=1, watch=False)
    return Desk(library, options, lambda _command: None, lambda _kind: False)


def prepare(place, contents):
    """Return an open library about files that are grouped; copies of the same bytes are marked."""
    docs = place / "docs"
    plant(docs, contents)
    library = open_library(place / "library.sqlite")
    know(library, docs)
    desk = sit_down(library)
    for _ in run_scan(library, desk, Scan()):
        pass
    return library, desk, docs


def all_marked(library):
    """Return what Act takes: path, hash and relation of all marked files."""
    items = plan_marked(library, WINDOW_SCOPE).items
    return tuple((item.path, item.sha256, item.relation) for item in items)


def file_numbers(library):
    """Return the numbers of all files in groups, by name."""
    groups = browse.group_list(library, WINDOW_SCOPE, GroupQuery())[0]
    rows = browse.file_rows(library, list(groups)).values()
    return {row.path.name: row.file for members in rows for row in members}


def mark(library, *names):
    """Mark files by name, as a person would."""
    found = file_numbers(library)
    decisions.decide(library, [found[name] for name in names], Decision.REMOVE)


def _act_and_die(place, kind, step):
    """Act on all that is marked, and be killed at the n-th rename, link, unlink or commit."""
    from dedupe_app.review import clone, copying, moving
    from dedupe_app.store import journal

    clone._share = copying.pour  # so that drives can clone which cannot

    library = open_library(place / "library.sqlite")
    left = [step]

    def dying(real):
        def call(*args, **options):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*args, **options)
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call

    moving._renameat2 = dying(moving._renameat2)
    journal.note = dying(journal.note)
    for name in ("unlink", "link", "replace"):
        setattr(os, name, dying(getattr(os, name)))
    (place / "out").mkdir(exist_ok=True)
    command = Act(ActionKind(kind), all_marked(library), place / "out")
    for _ in run_act(library, sit_down(library), command):
        pass


if __name__ == "__main__":
    _act_and_die(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
