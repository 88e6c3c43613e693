"""Actions through the engine's commands: journal, report, undo after a restart, cancelling, and being killed."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import marked
import pytest

from dedupe_app.engine.acting import reconcile, run_act, run_settle, run_undo
from dedupe_app.engine.commands import HANDLERS
from dedupe_app.engine.ledger import Ledger
from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Act,
    Acted,
    Cancel,
    Cancelled,
    EngineOptions,
    Failed,
    Finished,
    NearCopy,
    Scan,
    Settle,
    UndoAction,
    Working,
)
from dedupe_app.engine.planning import plan_marked
from dedupe_app.engine.process import Engine
from dedupe_app.engine.reporting import report_stopped
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.engine.scanning import run_scan
from dedupe_app.errors import LibraryError
from dedupe_app.records import ActionKind, ActionState, Decision, Problem
from dedupe_app.review import copying, moving
from dedupe_app.store import browse, decisions, folders, journal
from dedupe_app.store.database import open_library

THREE = {"a.txt": b"same", "b.txt": b"same", "sub/c.txt": b"same", "other.txt": b"other"}


@pytest.fixture(autouse=True)
def own_trash(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def prepared(tmp_path):
    library, desk, docs = marked.prepare(tmp_path, THREE)
    with library:
        yield library, desk, docs


def act(library, desk, kind=ActionKind.TRASH, **options):
    """Do it to all that is marked and return the events."""
    return list(run_act(library, desk, Act(kind, marked.all_marked(library), **options)))


def undo(library, desk, batch, *entries):
    return list(run_undo(library, desk, UndoAction(batch, entries)))


def report_in(events):
    [report] = [event for event in events if isinstance(event, Acted)]
    return report


def contents(docs):
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in docs.rglob("*")
        if path.is_file()
    }


def marked_names(library):
    return sorted(row.path.name for row in browse.marked(library, WINDOW_SCOPE))


def test_act_and_undo_are_commands_of_the_engine():
    assert {Act, UndoAction, Settle} <= set(HANDLERS)


def test_marked_files_go_and_the_library_knows(prepared):
    library, desk, docs = prepared
    assert len(marked_names(library)) == 2
    report = report_in(act(library, desk))
    assert (report.done, report.left, report.batch) == (2, (), 1)
    assert len([path for path in contents(docs) if path.read_bytes() == b"same"]) == 1
    assert marked_names(library) == []
    assert browse.count_all(library, WINDOW_SCOPE).files == 2
    [batch] = journal.batches(library)
    assert (batch.done, batch.files, batch.freed_bytes) == (2, 2, 8)


def test_progress_counts_files(prepared):
    library, desk, _ = prepared
    stages = [
        (event.done, event.total)
        for event in act(library, desk)
        if isinstance(event, Progress) and event.stage == "act"
    ]
    assert stages == [(0, 2), (1, 2), (2, 2)]


def test_undo_after_a_restart_restores_files_and_marks(tmp_path):
    library, desk, docs = marked.prepare(tmp_path, THREE)
    before, names = contents(docs), marked_names(library)
    act(library, desk)
    library.close()
    with open_library(tmp_path / "library.sqlite") as again:
        last = journal.last_undoable(again)
        events = undo(again, marked.sit_down(again), last.number)
        assert report_in(events).done == 2
        assert not [event for event in events if isinstance(event, NearCopy)]
        assert contents(docs) == before
        assert marked_names(again) == names
        assert journal.last_undoable(again) is None


def test_a_persons_decision_is_there_again_after_undo(prepared):
    library, desk, _ = prepared
    marked.mark(library, *marked_names(library))
    act(library, desk)
    undo(library, desk, 1)
    rows = browse.marked(library, WINDOW_SCOPE)
    assert [row.decided for row in rows] == [True, True]


@pytest.mark.parametrize(
    "kind", [ActionKind.TRASH, ActionKind.MOVE, ActionKind.DELETE, ActionKind.LINK]
)
def test_what_could_not_be_taken_back_can_be_tried_again(prepared, tmp_path, kind):
    library, desk, docs = prepared
    before = contents(docs)
    (tmp_path / "out").mkdir()
    act(library, desk, kind, folder=tmp_path / "out")
    first = journal.batch_entries(library, 1)[0]
    aside = docs / "aside"
    if kind is ActionKind.LINK:
        first.path.rename(aside)
    first.path.write_bytes(b"new work")
    report = report_in(undo(library, desk, 1))
    assert report.done == 1
    assert [path for path, _, _ in report.left] == [first.path]
    assert first.path.read_bytes() == b"new work"
    first.path.unlink()
    if kind is ActionKind.LINK:
        aside.rename(first.path)
    assert report_in(undo(library, desk, 1)).done == 1
    assert contents(docs) == before
    assert journal.last_undoable(library) is None


def test_undo_leaves_what_was_not_done(prepared):
    library, desk, _docs = prepared
    files = marked.all_marked(library)
    files[0][0].write_bytes(b"SAME")
    list(run_act(library, desk, Act(ActionKind.TRASH, files)))
    states = [entry.state for entry in journal.batch_entries(library, 1)]
    assert states == [ActionState.FAILED, ActionState.DONE]
    files[0][0].unlink()
    report = report_in(undo(library, desk, 1))
    assert (report.done, report.left) == (1, ())
    states = [entry.state for entry in journal.batch_entries(library, 1)]
    assert states == [ActionState.FAILED, ActionState.UNDONE]
    assert not files[0][0].exists()


def test_one_file_of_an_action_can_be_taken_back(prepared):
    library, desk, _docs = prepared
    act(library, desk)
    first = journal.batch_entries(library, 1)[0]
    assert report_in(undo(library, desk, 1, first.number)).done == 1
    assert first.path.exists()
    states = [entry.state for entry in journal.batch_entries(library, 1)]
    assert states == [ActionState.UNDONE, ActionState.DONE]


def test_only_what_was_confirmed_is_done(prepared):
    library, desk, docs = prepared
    (path, sha256, same), (other, *_) = marked.all_marked(library)
    files = ((path, sha256, same), (other, "0" * 64, same), (docs / "other.txt", sha256, same))
    report = report_in(run_act(library, desk, Act(ActionKind.TRASH, files)))
    assert report.done == 1
    assert {each[:2] for each in report.left} == {
        (other, Problem.NOT_MARKED),
        (docs / "other.txt", Problem.NOT_MARKED),
    }
    assert other.exists()


def test_file_that_changed_is_left_alone_and_reported(prepared):
    library, desk, _docs = prepared
    files = marked.all_marked(library)
    files[0][0].write_bytes(b"SAME")
    report = report_in(run_act(library, desk, Act(ActionKind.TRASH, files)))
    assert report.done == 1
    assert [(path, problem) for path, problem, _ in report.left] == [(files[0][0], Problem.CHANGED)]


def test_folder_that_is_protected_while_files_go_is_spared(prepared):
    library, desk, _docs = prepared
    files = marked.all_marked(library)
    steps = run_act(library, desk, Act(ActionKind.TRASH, files))
    next(steps)
    [folder] = folders.folders(library)
    folders.change_folder(library, replace(folder, protected=True))
    report = report_in(steps)
    assert report.done == 0
    assert {problem for _, problem, _ in report.left} == {Problem.PROTECTED}


def test_moved_into_a_scanned_folder_stays_known(prepared, tmp_path):
    library, desk, docs = prepared
    (tmp_path / "archive").mkdir()
    folders.add_folders(library, [tmp_path / "archive"])
    for _ in run_scan(library, desk, Scan()):
        pass
    act(library, desk, ActionKind.MOVE, folder=tmp_path / "archive")
    assert browse.count_all(library, WINDOW_SCOPE).files == 4
    undo(library, desk, 1)
    assert len(contents(docs)) == 4


def test_links_are_one_file_and_can_be_parted(prepared):
    library, desk, docs = prepared
    before = contents(docs)
    assert report_in(act(library, desk, ActionKind.LINK)).done == 2
    assert len({path.stat().st_ino for path in contents(docs)}) == 2
    assert marked_names(library) == []
    undo(library, desk, 1)
    assert contents(docs) == before
    assert len({path.stat().st_ino for path in contents(docs)}) == 4


def test_clones_are_kept_afterwards_and_marked_again_after_undo(prepared, monkeypatch):
    library, desk, docs = prepared
    monkeypatch.setattr("dedupe_app.review.clone._share", copying.pour)
    before, names = contents(docs), marked_names(library)
    assert report_in(act(library, desk, ActionKind.CLONE)).done == 2
    assert contents(docs) == before
    assert marked_names(library) == []
    undo(library, desk, 1)
    assert marked_names(library) == names


def test_cancelled_between_files_says_what_was_done(prepared):
    library, desk, docs = prepared
    steps = run_act(library, desk, Act(ActionKind.TRASH, marked.all_marked(library)))
    assert next(steps).done == 0
    assert next(steps).done == 1
    steps.close()
    states = [entry.state for entry in journal.batch_entries(library, 1)]
    assert states == [ActionState.DONE, ActionState.FAILED]
    report = report_stopped(library)
    assert report.stopped
    assert [problem for _, problem, _ in report.left] == [Problem.STOPPED]
    assert len(desk.missed) == 1
    assert len(contents(docs)) == 3


def test_given_up_in_the_middle_of_a_file_is_told_truly(prepared, monkeypatch):
    """The engine interrupts a command that does not come to its next event."""
    library, desk, _docs = prepared
    real = moving.rename_new

    def interrupted(path, target):
        real(path, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(moving, "rename_new", interrupted)
    steps = run_act(library, desk, Act(ActionKind.TRASH, marked.all_marked(library)))
    with pytest.raises(KeyboardInterrupt):
        list(steps)
    first, second = journal.batch_entries(library, 1)
    assert (first.state, second.state) == (ActionState.DONE, ActionState.FAILED)
    assert first.target.exists()
    assert not first.path.exists()
    assert second.path.exists()


def test_nothing_is_done_when_the_journal_cannot_be_written(prepared, monkeypatch):
    library, desk, docs = prepared
    before = contents(docs)

    def full(_library, _entries):
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(journal, "note", full)
    with pytest.raises(LibraryError):
        act(library, desk)
    assert contents(docs) == before


def test_fault_in_the_program_stops_no_other_file(prepared, monkeypatch):
    library, desk, _docs = prepared
    from dedupe_app.engine import ledger

    real, calls = ledger.perform, []

    def perform(*args):
        calls.append(args)
        if len(calls) == 1:
            raise ValueError("a fault")
        return real(*args)

    monkeypatch.setattr(ledger, "perform", perform)
    report = report_in(act(library, desk))
    assert report.done == 1
    assert len(report.left) == 1


def test_every_entry_is_written_before_its_file_goes(prepared, monkeypatch):
    library, desk, _ = prepared
    real, seen = moving.rename_new, []

    def watching(path, target):
        with open_reading(library) as other:
            entries = {entry.path: entry for entry in journal.planned_entries(other)}
        seen.append(entries[path].target == target)
        real(path, target)

    monkeypatch.setattr(moving, "rename_new", watching)
    act(library, desk)
    assert seen == [True, True]


def open_reading(library):
    from dedupe_app.store.database import open_for_reading

    return open_for_reading(library.path)


def test_synchronous_while_acting_and_as_before_afterwards(prepared):
    library, desk, _ = prepared
    steps = run_act(library, desk, Act(ActionKind.TRASH, marked.all_marked(library)))
    next(steps)
    assert library.row("pragma synchronous") == (2,)
    list(steps)
    assert library.row("pragma synchronous") == (1,)


@pytest.mark.parametrize(
    "kind",
    [
        *(ActionKind.TRASH, ActionKind.MOVE, ActionKind.DELETE),
        *(ActionKind.LINK, ActionKind.CLONE),
    ],
)
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, 7, 9])
def test_killed_in_the_middle_the_next_start_tells_the_truth(tmp_path, kind, step):
    library, _, docs = marked.prepare(tmp_path, THREE)
    names = [path for path, *_ in marked.all_marked(library)]
    library.close()
    script = Path(marked.__file__)
    died = subprocess.run(
        [sys.executable, str(script), str(tmp_path), kind.value, str(step)],
        cwd=script.parents[1],
        env={**os.environ, "PYTHONPATH": str(script.parents[1])},
        check=False,
        timeout=60,
    )
    assert died.returncode == -9
    with open_library(tmp_path / "library.sqlite") as again:
        [report] = run_settle(again, marked.sit_down(again), Settle())
        assert report.stopped
        assert journal.planned_entries(again) == []
        entries = journal.batch_entries(again, 1)
        assert [entry.path for entry in entries] == names
        for entry in entries:
            assert_true(entry, docs)
        assert report.done == sum(entry.state is ActionState.DONE for entry in entries)
        hidden = list(docs.rglob(".*"))
        assert hidden == []
        undo(again, marked.sit_down(again), 1)
        assert {path.name for path in contents(docs)} == {"a.txt", "b.txt", "c.txt", "other.txt"}


def assert_true(entry, docs):
    """What the journal says of a file is so."""
    kept = [path for path in docs.rglob("*.txt") if path != entry.path and path.name != "other.txt"]
    if entry.state is ActionState.FAILED:
        assert entry.path.read_bytes() == b"same"
        assert entry.path.stat().st_nlink == 1 or entry.kind is ActionKind.LINK
        return
    assert entry.state is ActionState.DONE
    if entry.kind is ActionKind.LINK:
        assert any(entry.path.samefile(path) for path in kept)
    elif entry.kind is ActionKind.CLONE:
        assert entry.path.read_bytes() == b"same"
        assert entry.path.stat().st_ino != entry.inode
    else:
        assert not entry.path.exists()
    if entry.kind in (ActionKind.TRASH, ActionKind.MOVE):
        assert entry.target.read_bytes() == b"same"


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be brought down to the disk")
@pytest.mark.parametrize("kind", [ActionKind.TRASH, ActionKind.DELETE, ActionKind.LINK])
def test_what_the_journal_says_is_back_is_on_the_disk_before(prepared, monkeypatch, kind):
    library, desk, docs = prepared
    act(library, desk, kind)
    done, real_sync, real_note = [], os.fsync, journal.note

    def fsync(descriptor):
        real_sync(descriptor)
        done.append(os.fstat(descriptor).st_ino)

    def note(noted, entries):
        known = list(entries)
        if any(entry.state is ActionState.UNDONE for entry in known):
            assert {entry.path.parent.stat().st_ino for entry in known} <= set(done)
            done.append("noted")
        real_note(noted, known)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(journal, "note", note)
    undo(library, desk, 1)
    assert "noted" in done
    assert len(contents(docs)) == 4


def test_reconcile_without_anything_broken_off_says_nothing(prepared):
    library, desk, _ = prepared
    act(library, desk)
    assert reconcile(library) == []


def test_ledger_names_what_it_touched(prepared):
    library, _, _ = prepared
    assert Ledger(library, []).paths() == frozenset()


def test_all_marked_leaves_all(prepared):
    library, desk, docs = prepared
    decisions.decide(library, [1, 2, 3, 4], Decision.REMOVE)
    problems = {item.problem for item in plan_marked(library, WINDOW_SCOPE).items}
    assert problems == {Problem.LAST_COPY}
    before = contents(docs)
    assert report_in(act(library, desk)).done == 0
    assert contents(docs) == before


def test_cancelled_in_the_engine_process_the_journal_is_whole(tmp_path):
    """Cancel also interrupts a command that is busy: never between a file and its entry."""
    count = 300
    library, _, docs = marked.prepare(
        tmp_path,
        {f"{name}{number}.txt": b"%d" % number for number in range(count) for name in "ab"},
    )
    files = marked.all_marked(library)
    library.close()
    events: queue.Queue = queue.Queue()
    engine = Engine(EngineOptions(library.path, processes=1, watch=False), events.put)
    engine.start()
    try:
        engine.submit(Act(ActionKind.TRASH, files))
        seen = []
        while not seen or not isinstance(seen[-1], Cancelled | Finished | Failed):
            seen.append(events.get(timeout=60))
            if isinstance(seen[-1], Working) and seen[-1].done:
                engine.submit(Cancel())
        assert isinstance(seen[-1], Cancelled)
    finally:
        engine.stop(10)
    with open_library(library.path) as again:
        entries = journal.batch_entries(again, 1)
        assert journal.planned_entries(again) == []
        done = [entry for entry in entries if entry.state is ActionState.DONE]
        assert 0 < len(done) < count
        assert all(entry.target.exists() and not entry.path.exists() for entry in done)
        left = [entry for entry in entries if entry.state is ActionState.FAILED]
        assert all(entry.path.exists() for entry in left)
        assert len(done) + len(left) == count
        for _ in run_scan(again, marked.sit_down(again), Scan()):
            pass
        undo(again, marked.sit_down(again), 1)
        assert len(contents(docs)) == 2 * count


def test_engine_that_starts_after_a_crash_says_what_was_done(tmp_path):
    library, _, _ = marked.prepare(tmp_path, THREE)
    library.close()
    script = Path(marked.__file__)
    subprocess.run(
        [sys.executable, str(script), str(tmp_path), "trash", "2"],
        env={**os.environ, "PYTHONPATH": str(script.parents[1])},
        check=False,
        timeout=60,
    )
    events: queue.Queue = queue.Queue()
    engine = Engine(EngineOptions(library.path, processes=1, watch=False), events.put)
    engine.start()
    try:
        event = events.get(timeout=60)
        while not isinstance(event, Acted):
            event = events.get(timeout=60)
    finally:
        engine.stop(10)
    assert event.stopped
    assert event.done + len(event.left) == 2
