"""`kill -9` right before a write, at random places: regrouping, actions, undo, migrations; and of readers.

DEDUPE_KILLS says how many of each kind (2 otherwise); the scan has a test of its own, in engine/test_kill.py.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from multiprocessing import forkserver
from pathlib import Path

import marked
import pytest
from faults import KILL, failing

from dedupe_app.engine.acting import run_act, run_settle, run_undo
from dedupe_app.engine.messages import Act, Settle, UndoAction
from dedupe_app.records import ActionKind, ActionState, Decision, SkipReason
from dedupe_app.settings import ReadLimits
from dedupe_app.store import decisions, journal
from dedupe_app.store.database import open_library
from dedupe_app.text.pool import ReaderPool

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="forks"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]
KILLS = int(os.environ.get("DEDUPE_KILLS", "2"))
DATA = Path(__file__).parents[1] / "data"
TEXT = "The committee met on Tuesday and agreed to repaint the fence of the garden. " * 4
THREE = {"a.txt": b"same", "b.txt": b"same", "sub/c.txt": b"same", "other.txt": b"other"}


def count(work, path, monkeypatch):
    """Do the work undisturbed; return how many writes it has."""
    with failing(monkeypatch) as faults:
        work(path)
    return faults.count


def killed(work, path, at):
    """Do the work in another process that is killed before its write number `at`."""
    process = multiprocessing.get_context("fork").Process(target=_work, args=(work, path, at))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def _work(work, path, at):
    # The server that readers come from is a child of the tests, not of this process.
    forkserver._forkserver._forkserver_pid = forkserver._forkserver._forkserver_address = None
    with failing(pytest.MonkeyPatch(), KILL, at):
        work(path)


def random_places(total):
    return [random.Random(f"{total} {number}").randint(1, total) for number in range(KILLS)]


def assert_sound(path):
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []


def known(path):
    with open_library(path) as library:
        return decisions.decisions(library), decisions.rejections(library)


def test_killed_while_groups_are_made_anew(tmp_path, plant, run_scan, monkeypatch):
    words = TEXT.split()
    texts = {f"{n}.txt": " ".join([*words, *words[: n % 7], f"end {n % 5}"]) for n in range(25)}
    tree = plant(tmp_path / "tree", texts)
    start = tmp_path / "start.sqlite"
    run_scan(start, tree)
    with open_library(start) as library:
        decisions.decide(library, [1, 2, 3], Decision.REMOVE)
        decisions.reject(library, [4], [5, 6])
    decided = known(start)

    def regroup(path):
        return run_scan(path, tree, similarity=95.0)

    plain = Path(shutil.copy(start, tmp_path / "plain.sqlite"))
    total = count(regroup, plain, monkeypatch)
    expected = run_scan(plain, tree, similarity=95.0).csv
    for at in random_places(total):
        path = Path(shutil.copy(start, tmp_path / "killed.sqlite"))
        killed(regroup, path, at)
        assert_sound(path)
        assert known(path) == decided
        assert regroup(path).csv == expected


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_killed_while_the_library_is_brought_up_to_date(tmp_path, monkeypatch, version):
    def opened(path):
        open_library(path).close()

    old = DATA / f"library_m00{version}.sqlite"
    plain = Path(shutil.copy(old, tmp_path / "plain.sqlite"))
    total = count(opened, plain, monkeypatch)
    for at in random_places(total):
        path = Path(shutil.copy(old, tmp_path / "killed.sqlite"))
        killed(opened, path, at)
        opened(path)
        assert_sound(path)
        assert known(path) == known(plain)
        for each in tmp_path.glob("killed*"):
            each.unlink()


@pytest.mark.parametrize(
    "kind", [ActionKind.TRASH, ActionKind.MOVE, ActionKind.DELETE, ActionKind.LINK]
)
def test_killed_while_files_go_or_come_back(tmp_path_factory, monkeypatch, kind):
    def prepared():
        root = tmp_path_factory.mktemp("act")
        monkeypatch.setenv("XDG_DATA_HOME", str(root / "data"))
        marked.prepare(root, THREE)[0].close()
        (root / "out").mkdir()
        return root

    def act(root):
        with open_library(root / "library.sqlite") as library:
            command = Act(kind, marked.all_marked(library), root / "out")
            list(run_act(library, marked.sit_down(library), command))

    def undo(root):
        with open_library(root / "library.sqlite") as library:
            list(run_undo(library, marked.sit_down(library), UndoAction(1)))

    plain = prepared()
    writes = count(act, plain, monkeypatch)
    for at in random_places(writes):
        root = prepared()
        killed(act, root, at)
        settled(root)
        undo(root)
        assert_all_back(root)
    undos = count(undo, plain, monkeypatch)
    for at in random_places(undos):
        root = prepared()
        act(root)
        killed(undo, root, at)
        undo(root)
        assert_all_back(root)


def settled(root):
    path = root / "library.sqlite"
    assert_sound(path)
    with open_library(path) as library:
        list(run_settle(library, marked.sit_down(library), Settle()))
        assert journal.planned_entries(library) == []
        for entry in journal.batch_entries(library, 1):
            assert entry.state in (ActionState.DONE, ActionState.FAILED)
            if entry.kind is not ActionKind.LINK:
                assert entry.path.exists() == (entry.state is ActionState.FAILED)


def assert_all_back(root):
    files = {path.name: path.read_bytes() for path in (root / "docs").rglob("*") if path.is_file()}
    assert files == {Path(name).name: data for name, data in THREE.items()}
    assert_sound(root / "library.sqlite")


def _read(path):
    if path.name.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def test_each_killed_reader_costs_one_file():
    jobs = [Path(f"{'kill' if number % 2 else 'fine'}-{number}") for number in range(2 * KILLS)]
    with ReaderPool(_read, ReadLimits(seconds=20), 2) as pool:
        results = dict(pool.map(enumerate(jobs)))
    for number, job in enumerate(jobs):
        if number % 2:
            assert results[number].reason is SkipReason.DAMAGED
        else:
            assert results[number] == job.name
