"""Scans of some paths leave the library as a scan of everything would; folders that go keep their files."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from test_pipeline_history import CONTENTS, HISTORY, NAMES, NOTE, STORY, act

from dedupe_app.engine import taking_in
from dedupe_app.engine.memory import Memory
from dedupe_app.engine.pipeline import make_groups_anew, scan
from dedupe_app.engine.scan_messages import Progress, ScanFinished, ScanOptions
from dedupe_app.records import ChangeKind, FileState, GroupKind, SkipReason
from dedupe_app.store import documents, results
from dedupe_app.store.database import open_library


class Kept:
    """A library that stays open with its memory, as in the engine."""

    def __init__(self, library, options):
        self.library = library
        self.options = options
        self.memory = Memory()

    def scan(self, only=None):
        events = list(scan(self.library, self.options, self.memory, only))
        assert isinstance(events[-1], ScanFinished)
        self.stages = {event.stage for event in events if isinstance(event, Progress)}
        return events[-1]

    def groups(self):
        found = {}
        for row in results.report_rows(self.library, self.options.scope, set(GroupKind)):
            known = (row.path, row.role, row.relation, row.similarity)
            found.setdefault((row.group, row.kind), set()).add(known)
        return frozenset((kind, frozenset(files)) for (_, kind), files in found.items())

    def names(self):
        documents.define_scope(self.library, self.options.folders)
        return {path.name for path in documents.known_files(self.library)}


@contextmanager
def kept(path, *folders, **options):
    with open_library(path) as library:
        yield Kept(library, ScanOptions(folders, processes=1, **options))


def test_folder_that_may_not_be_looked_into_is_not_empty(tmp_path, monkeypatch):
    file = tmp_path / "shut" / "a.txt"

    def fail(*_path, **_more):
        raise PermissionError(13, "Permission denied")

    state = FileState(file, 1, 1, 1, 1)
    monkeypatch.setattr(os, "stat", fail)
    assert taking_in._unplugged({file: state}, [], [tmp_path], {}) == []


@pytest.fixture
def tree(plant, tmp_path):
    return plant(tmp_path / "tree", {"a/1.txt": STORY, "a/2.txt": STORY, "b/3.txt": NOTE})


@pytest.fixture
def engine(tree, tmp_path):
    with kept(tmp_path / "library.sqlite", tree) as opened:
        opened.scan()
        yield opened


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=HISTORY)
def test_looking_at_the_touched_paths_gives_the_groups_of_a_fresh_library(run_scan, plant, history):
    with tempfile.TemporaryDirectory() as temporary:
        tree = plant(Path(temporary, "tree"), dict(zip(NAMES, CONTENTS[:7], strict=False)))
        with kept(Path(temporary, "library.sqlite"), tree) as opened:
            opened.scan()
            for steps in history:
                for step in steps:
                    act(tree, step)
                names = {name for _, *both in steps for name in both if name in NAMES}
                found = opened.scan([tree / name for name in names])
            fresh = run_scan(Path(temporary, "fresh.sqlite"), tree)
            assert opened.groups() == fresh.groups
            assert found.skipped == fresh.finished.skipped
            assert opened.scan().changes == ()


def test_moved_file_between_looked_at_paths_keeps_its_number(engine, tree):
    row = engine.library.row("select id from files where path like '%3.txt'")
    (tree / "b/3.txt").rename(tree / "a/4.txt")
    (change,) = engine.scan([tree / "b/3.txt", tree / "a/4.txt"]).changes
    assert change.kind is ChangeKind.MOVED
    assert engine.library.row("select id from files where path like '%4.txt'") == row


def test_move_of_which_only_one_end_was_told_is_a_move(engine, tree):
    (tree / "b/3.txt").rename(tree / "a/4.txt")
    (change,) = engine.scan([tree / "a/4.txt"]).changes
    assert (change.kind, change.old_path) == (ChangeKind.MOVED, tree / "b/3.txt")


def test_touched_file_that_did_not_change_costs_nothing(engine, tree):
    found = engine.scan([tree / "a/1.txt"])
    assert engine.stages == {"intake"}
    assert (found.changes, found.files, found.groups) == ((), 3, 1)


def test_what_was_not_touched_is_not_noticed(engine, tree):
    (tree / "b/3.txt").unlink()
    engine.scan([tree / "a/1.txt"])
    assert engine.names() == {"1.txt", "2.txt", "3.txt"}
    engine.scan()
    assert engine.names() == {"1.txt", "2.txt"}


def test_other_name_of_a_file_makes_it_a_scan_of_everything(engine, tree):
    os.link(tree / "a/1.txt", tree / "0.txt")
    engine.scan([tree / "0.txt"])
    assert engine.names() == {"0.txt", "2.txt", "3.txt"}
    (tree / "0.txt").unlink()
    engine.scan([tree / "0.txt"])
    assert engine.names() == {"1.txt", "2.txt", "3.txt"}


def test_scan_that_was_stopped_is_finished_by_the_next_partial_one(engine, tree, plant):
    plant(tree, {"c/5.txt": STORY.replace("night", "dusk"), "c/6.txt": NOTE})
    events = scan(engine.library, engine.options, engine.memory, [tree / "c"])
    next(events)
    events.close()
    found = engine.scan([tree / "a/1.txt"])
    assert (found.files, found.read, found.groups) == (5, 5, 2)


def test_new_folder_is_looked_at_and_a_removed_one_is_dropped(engine, tree, plant, tmp_path):
    more = plant(tmp_path / "more", {"7.txt": NOTE})
    (tree / "b/3.txt").write_text(NOTE + "more")
    engine.options = ScanOptions((tree, more), processes=1, name="two")
    engine.scan(())
    assert [change.state.path.name for change in engine.scan().changes] == ["3.txt"]
    engine.options = ScanOptions((tree,), processes=1, name="two")
    assert engine.scan(()).files == 3
    assert not any("more" in str(path) for _, files in engine.groups() for path, *_ in files)


def test_folder_with_other_excludes_is_looked_at_again(engine, tree):
    engine.options = ScanOptions((tree,), processes=1, exclude_in=((tree, ("a/",)),))
    assert engine.scan(()).files == 1
    engine.options = ScanOptions((tree,), processes=1)
    assert engine.scan(()).files == 3


def test_regroup_says_whether_groups_are_others(engine):
    def again():
        events = make_groups_anew(engine.library, engine.options, engine.memory)
        try:
            while True:
                next(events)
        except StopIteration as stop:
            return stop.value

    assert not again()
    engine.options = ScanOptions(engine.options.folders, processes=1, similarity=80.0)
    assert again()


def test_regroup_after_a_start_needs_no_neighbours_and_the_next_scan_is_exact(
    tree, tmp_path, plant
):
    plant(tree, {"c/5.txt": STORY.replace("night", "dusk")})
    with kept(tmp_path / "library.sqlite", tree) as before:
        before.scan()
        groups = before.groups()
    with kept(tmp_path / "library.sqlite", tree) as opened:
        opened.scan()
        for similarity in (100.0, 30.0):
            opened.options = ScanOptions((tree,), processes=1, similarity=similarity)
            stages = {
                e.stage for e in make_groups_anew(opened.library, opened.options, opened.memory)
            }
            assert stages == {"groups"}
            assert (opened.groups() == groups) is (similarity < 100)
        assert opened.scan().regrouped
        assert opened.groups() == groups


# ---- folders that are not there ----------------------------------------------------------------


def test_files_of_a_folder_that_is_gone_keep_their_groups(engine, tree, tmp_path):
    before = engine.groups()
    shutil.move(tree, tmp_path / "unplugged")
    found = engine.scan()
    assert found.offline == (tree,)
    assert (engine.groups(), found.files) == (before, 3)
    shutil.move(tmp_path / "unplugged", tree)
    back = engine.scan([tree])
    assert (back.offline, back.changes, engine.groups()) == ((), (), before)


@pytest.mark.parametrize("partly", [False, True])
def test_empty_place_of_a_drive_is_a_folder_that_is_gone(engine, tree, tmp_path, partly):
    before = engine.groups()
    shutil.move(tree, tmp_path / "unplugged")
    tree.mkdir()
    other = tree.stat().st_dev + 1
    engine.library.execute("update files set device = ?", [str(other)])
    found = engine.scan([tree] if partly else None)
    assert found.offline == (tree,)
    assert engine.groups() == before
    assert dict(found.skipped)[tree].reason is SkipReason.VANISHED


@pytest.mark.parametrize("only", [None, ["a"], ["a/1.txt", "a/2.txt"]])
def test_files_of_a_drive_within_a_folder_stay_while_it_is_not_connected(engine, tree, only):
    before = engine.groups()
    other = str(tree.stat().st_dev + 1)
    engine.library.execute(
        "update files set device = ? where instr(path, cast('/a/' as blob))", [other]
    )
    for path in (tree / "a").iterdir():
        path.unlink()
    found = engine.scan(only and [tree / each for each in only])
    assert (found.offline, found.files) == ((), 3)
    assert engine.groups() == before
    assert dict(found.skipped)[tree / "a"].reason is SkipReason.VANISHED


@pytest.mark.parametrize("only", [None, ["a"]])
def test_folder_that_was_emptied_on_a_drive_with_another_number_is_empty(engine, tree, only):
    engine.library.execute("update files set device = ?", [str(tree.stat().st_dev + 1)])
    if only:
        engine.scan()
    for path in (tree / "a").iterdir():
        path.unlink()
    engine.scan(only and [tree / each for each in only])
    assert engine.names() == {"3.txt"}


def test_file_that_left_a_drive_which_is_gone_now_is_a_new_file(engine, tree, plant, tmp_path):
    stay = plant(tmp_path / "stay", {"8.txt": NOTE})
    engine.options = ScanOptions((tree, stay), processes=1)
    engine.scan()
    (tree / "b/3.txt").rename(stay / "4.txt")
    shutil.move(tree, tmp_path / "unplugged")
    (change,) = engine.scan([stay / "4.txt"]).changes
    assert change.kind is ChangeKind.ADDED


def test_folder_that_was_emptied_is_empty(engine, tree):
    shutil.rmtree(tree)
    tree.mkdir()
    found = engine.scan()
    assert (found.offline, found.files) == ((), 0)


def test_file_of_a_folder_that_is_gone_is_not_read(engine, tree, tmp_path, monkeypatch, plant):
    stay = plant(tmp_path / "stay", {"8.txt": NOTE})
    shutil.move(tree, tmp_path / "unplugged")
    engine.library.execute("update contents set reader = null")
    engine.options = ScanOptions((tree, stay), processes=1)
    found = engine.scan()
    assert found.read == 4
    assert not [path for path, why in found.skipped if path != tree]


def test_more_than_the_paths_is_looked_at_in_a_first_scan(tree, tmp_path):
    with kept(tmp_path / "library.sqlite", tree) as opened:
        assert opened.scan([tree / "a/1.txt"]).files == 3


def test_taking_in_looks_only_where_it_was_told(engine, tree, monkeypatch):
    looked = []
    walk = taking_in.walk
    monkeypatch.setattr(
        taking_in, "walk", lambda *args, **more: looked.append(more["only"]) or walk(*args, **more)
    )
    engine.scan([tree / "a/1.txt"])
    assert looked == [[tree / "a/1.txt"]]
