"""Each write to the library fails in turn: the error says what it is, nothing is half done, and the next run ends well.

DEDUPE_FAULTS=all tries every write of a scan with every error; otherwise a sample of them.
"""

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import marked
import pytest
from faults import ERRORS, failing

from dedupe_app.engine.acting import run_act, run_settle, run_undo
from dedupe_app.engine.messages import Act, Settle, UndoAction
from dedupe_app.errors import DedupeError
from dedupe_app.records import ActionKind, ActionState
from dedupe_app.store import journal
from dedupe_app.store.database import open_library

DATA = Path(__file__).parents[1] / "data"
ALL = os.environ.get("DEDUPE_FAULTS") == "all"
TEXT = "The committee met on Tuesday and agreed to repaint the fence of the garden. " * 4
FILES = {
    "a.txt": TEXT,
    "b.md": TEXT,
    "c.txt": TEXT.replace("Tuesday", "Friday, after long debate,"),
    "d.txt": TEXT * 3,
    "e.txt": "Something else entirely, about boats and the weather at sea in winter.",
}
THREE = {"a.txt": b"same", "b.txt": b"same", "sub/c.txt": b"same", "other.txt": b"other"}


def places(total, most, error):
    """Return at which of all writes to fail: all, or some that are spread over them, others for each error."""
    everything = list(range(1, total + 1))
    if ALL or total <= most:
        return everything
    return sorted(random.Random(f"{error} {total}").sample(everything, most))


def is_sound(path):
    if not path.exists() or not path.stat().st_size:
        return True
    with closing(sqlite3.connect(path)) as connection:
        wrong = connection.execute("pragma foreign_key_check").fetchall()
        return connection.execute("pragma integrity_check").fetchall() == [("ok",)] and not wrong


@pytest.fixture
def tree(tmp_path, plant):
    return plant(tmp_path / "tree", FILES)


@pytest.mark.parametrize("error", ERRORS)
def test_failing_write_of_a_scan_is_told_and_made_good_by_the_next(
    tree, tmp_path, run_scan, monkeypatch, error
):
    with failing(monkeypatch) as faults:
        expected = run_scan(tmp_path / "plain.sqlite", tree).csv
    for at in places(faults.count, 3, error):
        library = tmp_path / f"{at}.sqlite"
        with failing(monkeypatch, error, at) as faults:
            try:
                run_scan(library, tree)
            except DedupeError:
                pass  # told in words; anything else fails this test
            else:
                assert faults.count < at  # how many writes there are depends on how fast things go
        assert is_sound(library)
        assert run_scan(library, tree).csv == expected, at


@pytest.mark.parametrize("error", ERRORS)
def test_failing_write_of_a_migration_changes_nothing(tmp_path, monkeypatch, error):
    def fresh(name):
        return Path(shutil.copy(DATA / "library_m002.sqlite", tmp_path / name))

    with failing(monkeypatch) as faults:
        open_library(fresh("plain.sqlite")).close()
    for at in places(faults.count, 8, error):
        path = fresh(f"{at}.sqlite")
        before = tables(path)
        with failing(monkeypatch, error, at), pytest.raises(DedupeError):
            open_library(path)
        assert tables(path) in (before, tables(tmp_path / "plain.sqlite"))
        assert is_sound(path)
        open_library(path).close()
        assert tables(path) == tables(tmp_path / "plain.sqlite")


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        return sorted(name for (name,) in connection.execute("select name from sqlite_master"))


@pytest.mark.parametrize(
    "kind", [ActionKind.TRASH, ActionKind.DELETE, ActionKind.MOVE, ActionKind.LINK]
)
@pytest.mark.parametrize("error", ERRORS)
def test_failing_write_of_an_action_leaves_a_true_journal_and_every_copy(
    tmp_path_factory, monkeypatch, error, kind
):
    total = acted_on(tmp_path_factory, monkeypatch, kind)[1]
    for at in places(total, 4, error):
        root, _ = acted_on(tmp_path_factory, monkeypatch, kind, error, at)
        assert_nothing_lost(root)


def acted_on(tmp_path_factory, monkeypatch, kind, error="", at=0):
    """Act on marked files of a new library, with an error at one write; return where, and the number of writes."""
    root = tmp_path_factory.mktemp("act")
    monkeypatch.setenv("XDG_DATA_HOME", str(root / "data"))
    marked.prepare(root, THREE)[0].close()
    (root / "out").mkdir()
    with failing(monkeypatch) as faults, open_library(root / "library.sqlite") as library:
        command = Act(kind, marked.all_marked(library), root / "out")
        faults.count, faults.at, faults.message = 0, at, ERRORS.get(error, "")
        try:
            list(run_act(library, marked.sit_down(library), command))
        except DedupeError:
            assert at
    return root, faults.count


def assert_nothing_lost(root):
    docs = root / "docs"
    with open_library(root / "library.sqlite") as library:
        list(run_settle(library, marked.sit_down(library), Settle()))
        assert journal.planned_entries(library) == []
        for entry in journal.batch_entries(library, 1):
            assert entry.state in (ActionState.DONE, ActionState.FAILED)
            if entry.kind is not ActionKind.LINK:
                assert entry.path.exists() == (entry.state is ActionState.FAILED)
        assert any(path.read_bytes() == b"same" for path in docs.rglob("*.txt"))
        if journal.batch_entries(library, 1):
            list(run_undo(library, marked.sit_down(library), UndoAction(1)))
    names = {path.name for path in docs.rglob("*") if path.is_file()}
    assert names == {"a.txt", "b.txt", "c.txt", "other.txt"}
