"""Each write of everything but scans and actions fails in turn: decisions, folders, groups, map, search, undo, files.

DEDUPE_FAULTS=all tries every write with every error; otherwise a sample of them.
"""

import contextlib
import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import marked
import pytest
from faults import ERRORS, failing
from test_faults import FILES, THREE, is_sound, places

from dedupe_app import settings
from dedupe_app.engine.acting import run_act, run_undo
from dedupe_app.engine.looking_up import run_prepare_search
from dedupe_app.engine.mapping import run_make_map
from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Act,
    MakeMap,
    Regroup,
    Scan,
    UndoAction,
)
from dedupe_app.engine.scanning import run_regroup, run_scan
from dedupe_app.engine.search_messages import PrepareSearch
from dedupe_app.errors import DedupeError
from dedupe_app.records import ActionKind, ActionState, Decision, GroupKind
from dedupe_app.review.export import write_csv, write_json
from dedupe_app.store import decisions, folders, journal, results
from dedupe_app.store.database import open_beside, open_library

# What is another one each time, or counts how often something was tried.
_OF_THE_MOMENT = ("made", "updated", "id", "entry", "version", "changed", "finished")
_SYSTEM_ERRORS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT]


@pytest.fixture(scope="module")
def start(tmp_path_factory, plant):
    """Give a library that was scanned, and that of which something was decided."""
    root = tmp_path_factory.mktemp("start")
    path = root / "library.sqlite"
    tree = plant(root / "tree", FILES)
    with open_library(path) as library:
        folders.add_folders(library, [tree])
        desk = marked.sit_down(library)
        for _ in run_scan(library, desk, Scan()):
            pass
        decisions.decide(library, [1], Decision.REMOVE)
    return path


def decide(path):
    with open_beside(path) as library:
        decisions.decide(library, [1, 2, 3], Decision.KEEP)
        decisions.reject(library, [1], [2])
        decisions.undo_last(library)
        decisions.reject(library, [1], [3])


def change_folders(path):
    with open_beside(path) as library:
        [folder] = [each for each in folders.folders(library) if each.path.name == "tree"]
        folders.change_folder(library, replace(folder, protected=True, exclude=("*.tmp",)))
        known = {each.path for each in folders.folders(library)}
        if folder.path / "more" not in known:
            folders.add_folders(library, [folder.path.parent / "other"])
        for each in folders.folders(library):
            if each.path.name == "other":
                folders.remove_folder(library, each.number, forget=True)


def regroup(path):
    with open_library(path) as library:
        for _ in run_regroup(library, marked.sit_down(library), Regroup(95.0)):
            pass


def draw(path):
    with open_library(path) as library:
        for _ in run_make_map(library, marked.sit_down(library), MakeMap(full=True)):
            pass


def prepare_search(path):
    with open_library(path) as library:
        for _ in run_prepare_search(library, marked.sit_down(library), PrepareSearch()):
            pass


def contents(path):
    """Return all that is in a library but dates and numbers of rows."""
    with open_library(path) as library:
        tables = [
            name
            for (name,) in library.rows("select name from sqlite_master where type = 'table'")
            if not name.startswith(("sqlite_", "_sqlite"))
        ]
        found = {}
        for table in sorted(tables):
            columns = [
                row[1]
                for row in library.rows(f"pragma table_info([{table}])")
                if row[1] not in _OF_THE_MOMENT and not row[1].endswith("_id")
            ]
            if columns:
                listed = ", ".join(f"[{column}]" for column in columns)
                rows = library.rows(f"select {listed} from [{table}]")  # noqa: S608 - of this library
                found[table] = sorted(map(repr, rows))
        return found


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("work", [decide, change_folders, regroup, draw, prepare_search])
def test_failing_write_is_told_and_the_next_try_ends_well(
    start, tmp_path, monkeypatch, work, error
):
    plain = Path(shutil.copy(start, tmp_path / "plain.sqlite"))
    with failing(monkeypatch) as faults:
        work(plain)
    assert faults.count
    work(plain)
    expected = contents(plain)
    # A map takes its time.
    for at in places(faults.count, 1 if work is draw else 2, error):
        path = Path(shutil.copy(start, tmp_path / f"{at}.sqlite"))
        with failing(monkeypatch, error, at) as faults:
            said = complaint(lambda path=path: work(path))
        assert all(said)
        assert is_sound(path)
        work(path)
        work(path)  # as often as in the undisturbed one, or once more
        assert contents(path) == expected, at
        path.unlink()


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("kind", [ActionKind.TRASH, ActionKind.MOVE, ActionKind.LINK])
def test_failing_write_of_an_undo_loses_nothing(tmp_path_factory, monkeypatch, error, kind):
    total = undone(tmp_path_factory, monkeypatch, kind)
    for at in places(total, 3, error):
        undone(tmp_path_factory, monkeypatch, kind, error, at)


def undone(tmp_path_factory, monkeypatch, kind, error="", at=0):
    """Take an action back with an error at one write, then once more without; return the number of writes."""
    root = tmp_path_factory.mktemp("undo")
    monkeypatch.setenv("XDG_DATA_HOME", str(root / "data"))
    library, desk, docs = marked.prepare(root, THREE)
    (root / "out").mkdir()
    before = {path: path.read_bytes() for path in docs.rglob("*.txt")}
    with library:
        list(run_act(library, desk, Act(kind, marked.all_marked(library), root / "out")))
    with failing(monkeypatch) as faults, open_library(root / "library.sqlite") as library:
        faults.count, faults.at, faults.message = 0, at, ERRORS.get(error, "")
        try:
            list(run_undo(library, marked.sit_down(library), UndoAction(1)))
        except DedupeError:
            assert at
    with open_library(root / "library.sqlite") as library:
        list(run_undo(library, marked.sit_down(library), UndoAction(1)))
        states = {entry.state for entry in journal.batch_entries(library, 1)}
    assert states == {ActionState.UNDONE}
    assert {path: path.read_bytes() for path in docs.rglob("*.txt")} == before
    assert len({path.stat().st_ino for path in before}) == len(before)
    return faults.count


def complaint(work):
    """Return title and hint of what goes wrong, nothing if all goes well."""
    try:
        work()
    except DedupeError as told:
        return told.title, told.hint
    return ()


class Broken:
    """Lets the n-th step that writes a file fail."""

    def __init__(self, patch, number, code):
        self.left, self.code, self.hit = number, code, ""
        for name in ("open", "fsync", "replace", "rename", "chmod", "mkdir"):
            patch.setattr(os, name, self._wrap(name, getattr(os, name)))

    def _wrap(self, name, real):
        def step(*args, **options):
            self.left -= 1
            if self.left:
                return real(*args, **options)
            self.hit = name
            raise OSError(self.code, os.strerror(self.code))

        return step


@pytest.mark.parametrize("code", _SYSTEM_ERRORS)
@pytest.mark.parametrize("write", [write_csv, write_json])
def test_report_is_whole_or_as_it_was(start, tmp_path, write, code):
    with open_beside(start) as library:
        rows = tuple(results.report_rows(library, WINDOW_SCOPE, set(GroupKind)))
    report = tmp_path / "report"
    write(rows, report)
    whole = report.read_bytes()
    report.write_bytes(b"older")
    for number in range(1, 20):
        with pytest.MonkeyPatch.context() as patch:
            broken = Broken(patch, number, code)
            said = complaint(lambda: write(rows, report))
        assert all(said)
        assert report.read_bytes() == (b"older" if said else whole)
        assert [path.name for path in tmp_path.iterdir()] == ["report"]
        if not broken.hit:
            break
    assert report.read_bytes() == whole


@pytest.mark.parametrize("code", _SYSTEM_ERRORS)
def test_choices_are_whole_or_as_they_were(tmp_path, code):
    path = tmp_path / "choices.toml"
    before = settings.Choices()
    settings.save_choices(before, path)
    after = replace(before, similarity=91.0)
    for number in range(1, 20):
        with pytest.MonkeyPatch.context() as patch:
            broken = Broken(patch, number, code)
            with contextlib.suppress(OSError):  # which the window shows
                settings.save_choices(after, path)
        assert settings.load_choices(path) in ((before, "", ()), (after, "", ()))
        assert [path.name for path in tmp_path.iterdir()] == ["choices.toml"]
        if not broken.hit:
            break
    assert settings.load_choices(path) == (after, "", ())
