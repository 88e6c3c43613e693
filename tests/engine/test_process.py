"""The engine process from outside: what it says, what it survives, and that nothing of it is left."""

import multiprocessing
import os
import select
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from strange_engines import ENDS, Heard, serve_strange

from dedupe_app.engine import process
from dedupe_app.engine.messages import (
    WINDOW_SCOPE,
    Act,
    Cancel,
    Cancelled,
    EngineLost,
    EngineOptions,
    Failed,
    FilesChanged,
    Finished,
    FoldersChanged,
    GroupsChanged,
    Pause,
    Paused,
    Ready,
    Regroup,
    Resume,
    Resumed,
    Scan,
    Working,
)
from dedupe_app.engine.process import Engine
from dedupe_app.records import ActionKind, Decision, GroupKind
from dedupe_app.store import folders, results
from dedupe_app.store.database import open_for_reading, open_library

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
TEXT = "The tide mill at the lower quay was rebuilt in {} with {} stones from the old bridge, {}. "


@pytest.fixture
def tree(plant, tmp_path):
    texts = {
        f"{number}.txt": TEXT.format(1700 + number, number, "x" * number) * 9
        for number in range(40)
    }
    copies = {f"copy/{number}.txt": texts[f"{number}.txt"] for number in range(0, 40, 4)}
    copies["draft/5.txt"] = texts["5.txt"].replace("rebuilt", "newly built", 2)
    return plant(tmp_path / "tree", {**texts, **copies})


@pytest.fixture
def library_path(tmp_path, tree):
    with open_library(tmp_path / "library.sqlite") as library:
        folders.add_folders(library, [tree])
    return tmp_path / "library.sqlite"


@pytest.fixture
def heard():
    return Heard()


@contextmanager
def running(path, heard, **options):
    engine = Engine(EngineOptions(path, **{"processes": 1, "watch": False, **options}), heard)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()
        assert multiprocessing.active_children() == []
        assert not [thread for thread in threading.enumerate() if thread.name == "engine"]


@pytest.fixture
def strange(library_path, heard, monkeypatch):
    """Return a function that runs an engine in which Scan does something strange."""
    monkeypatch.setattr(process, "serve", serve_strange)
    monkeypatch.setattr(process, "_BACKOFF_S", 0.01)
    return lambda what: running(library_path, heard, embedder=what)


def engine_pid():
    (child,) = [each for each in multiprocessing.active_children() if "engine" in each.name]
    return child.pid


def groups_in(path):
    with open_for_reading(path) as library:
        rows = list(results.report_rows(library, WINDOW_SCOPE, set(GroupKind)))
    found = {}
    for row in rows:
        found.setdefault((row.group, row.kind), set()).add((row.path, row.role, row.relation))
    return frozenset((kind, frozenset(files)) for (_, kind), files in found.items())


# ---- what is done ------------------------------------------------------------------------------


def test_scan_of_the_stored_folders_finds_what_a_plain_scan_finds(
    library_path, tree, tmp_path, heard, run_scan
):
    with running(library_path, heard) as engine:
        assert isinstance(heard.until(lambda _: True), Ready)
        engine.submit(Scan())
        end = heard.end_of(Scan())
    plain = run_scan(tmp_path / "plain.sqlite", tree)
    assert end.scan.files == plain.finished.files
    assert groups_in(library_path) == {
        (kind, frozenset((path, role, relation) for path, role, relation, _ in files))
        for kind, files in plain.groups
    }
    kinds = [type(event) for event in heard.events]
    assert kinds.index(FilesChanged) < kinds.index(Finished)
    assert GroupsChanged in kinds
    assert {event.stage for event in heard.events if isinstance(event, Working)} >= {
        "intake",
        "hash",
        "text",
        "compare",
        "groups",
    }


def test_second_scan_says_that_no_group_changed(library_path, heard):
    with running(library_path, heard) as engine:
        for _ in range(2):
            heard.rest().clear()
            engine.submit(Scan())
            heard.end_of(Scan())
    assert GroupsChanged() not in heard.events


def test_regroup_at_another_cut_changes_groups_without_reading(library_path, heard):
    with running(library_path, heard) as engine:
        engine.submit(Scan())
        heard.end_of(Scan())
        before = groups_in(library_path)
        heard.rest().clear()
        engine.submit(Regroup(100.0))
        heard.end_of(Regroup(100.0))
    assert GroupsChanged() in heard.events
    stages = {event.stage for event in heard.events if isinstance(event, Working)}
    assert stages.isdisjoint({"intake", "hash", "text", "neighbours", "compare"})
    assert groups_in(library_path) != before


def test_groups_are_made_anew_while_a_scan_reads(library_path, heard, plant, tree):
    with running(library_path, heard) as engine:
        engine.submit(Scan())
        heard.end_of(Scan())
        plant(tree, {f"more/{number}.txt": f"{number} new words" for number in range(20)})
        for command in (Scan(), Pause()):
            engine.submit(command)
        heard.until(Paused)
        for command in (Regroup(100.0), Resume()):
            engine.submit(command)
        heard.end_of(Regroup(100.0))
        heard.end_of(Scan())
        heard.end_of(Regroup())
        assert not any(is_draft(group) for group in groups_in(library_path))
        engine.submit(Regroup(30.0))
        heard.end_of(Regroup(30.0))
    assert any(is_draft(group) for group in groups_in(library_path))


def is_draft(group):
    kind, files = group
    return kind is GroupKind.DUPLICATES and any("draft" in path.parts for path, _, _ in files)


def test_folder_that_was_added_is_scanned_and_one_that_was_removed_is_dropped(
    library_path, heard, plant, tmp_path, tree
):
    more = plant(tmp_path / "more", {"seven.txt": (tree / "7.txt").read_text()})
    with running(library_path, heard) as engine:
        engine.submit(Scan())
        heard.end_of(Scan())
        with open_library_beside(library_path) as library:
            folders.add_folders(library, [more])
        engine.submit(FoldersChanged())
        assert heard.end_of(FoldersChanged()).scan.files == 52
        assert any(str(more) in str(files) for _, files in groups_in(library_path))
        with open_library_beside(library_path) as library:
            number = folders.folders(library)[-1].number
            folders.remove_folder(library, number, forget=False)
        engine.submit(FoldersChanged())
        assert heard.end_of(FoldersChanged()).scan.files == 51
    assert not any(str(more) in str(files) for _, files in groups_in(library_path))


def open_library_beside(path):
    from dedupe_app.store.database import open_beside

    return open_beside(path)


def test_library_in_use_is_fatal_and_not_tried_again(library_path, heard):
    with open_library(library_path), running(library_path, heard):
        failed = heard.until(Failed)
        assert failed.fatal
        assert "in use" in failed.title
    assert [type(event) for event in heard.rest()] == [Failed]


def test_engine_that_failed_can_be_started_again(library_path, heard):
    with open_library(library_path):
        engine = Engine(EngineOptions(library_path, watch=False), heard)
        engine.start()
        heard.until(Failed)
        engine.stop()
    engine.start()
    assert heard.until(Ready).embedder == "lexical"
    engine.stop()


# ---- standing still and giving up --------------------------------------------------------------


def test_nothing_is_done_between_pause_and_resume(strange, heard):
    with strange("steps") as engine:
        engine.submit(Scan())
        heard.until(Working)
        engine.submit(Pause())
        heard.until(Paused)
        engine.submit(Resume())
        assert isinstance(heard.until(lambda _: True), Resumed)
        heard.until(Working)


def test_command_that_comes_in_a_pause_waits_for_its_end(strange, heard):
    with strange("steps") as engine:
        engine.submit(Pause())
        heard.until(Paused)
        engine.submit(Regroup())
        engine.submit(Resume())
        heard.end_of(Regroup())
    kinds = [type(event) for event in heard.events]
    assert kinds.index(Resumed) < kinds.index(Finished)


def test_cancel_ends_what_runs_and_what_waits_and_the_engine_goes_on(strange, heard):
    with strange("steps") as engine:
        for command in (Scan(), Regroup(1.0), Regroup(2.0)):
            engine.submit(command)
        heard.until(Working)
        engine.submit(Cancel())
        ends = [heard.end_of(command) for command in (Regroup(2.0), Scan())]
        assert all(isinstance(end, Cancelled) for end in ends)
        engine.submit(Regroup(3.0))
        assert isinstance(heard.end_of(Regroup(3.0)), Finished)


def test_cancel_ends_a_pause(strange, heard):
    with strange("steps") as engine:
        engine.submit(Scan())
        heard.until(Working)
        engine.submit(Pause())
        heard.until(Paused)
        engine.submit(Cancel())
        assert isinstance(heard.end_of(Scan()), Cancelled)
        engine.submit(Regroup())
        assert isinstance(heard.end_of(Regroup()), Finished)


def test_command_that_is_stuck_is_interrupted(strange, heard):
    with strange("stuck") as engine:
        engine.submit(Scan())
        heard.until(Working)
        engine.submit(Cancel())
        assert isinstance(heard.end_of(Scan()), Cancelled)
        engine.submit(Regroup())
        assert isinstance(heard.end_of(Regroup()), Finished)


def test_cancel_without_anything_to_cancel_harms_nothing(strange, heard):
    with strange("steps") as engine:
        heard.until(Ready)
        engine.submit(Cancel())
        engine.submit(Regroup())
        assert isinstance(heard.end_of(Regroup()), Finished)


@LINUX
def test_cancelled_reading_leaves_no_reader_and_the_next_scan_finishes(
    library_path, heard, plant, tree, tmp_path, run_scan
):
    plant(tree, {"long.txt": "\n".join(f"{n} {n * n % 977} stones" for n in range(200_000))})
    with running(library_path, heard, processes=2) as engine:
        engine.submit(Scan())
        heard.until(lambda event: isinstance(event, Working) and event.stage == "text")
        engine.submit(Cancel())
        assert isinstance(heard.end_of(Scan()), Cancelled)
        assert descendants(engine_pid()) == []
        engine.submit(Scan())
        assert isinstance(heard.end_of(Scan()), Finished)
    assert len(groups_in(library_path)) == len(run_scan(tmp_path / "plain.sqlite", tree).groups)


# ---- what goes wrong ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "title"),
    [
        ("full", "The disk is full."),
        ("broken", "library.sqlite has a hole."),
        ("bug", "Something went wrong in the program itself."),
    ],
)
def test_failure_is_told_and_the_engine_goes_on(strange, heard, what, title):
    with strange(what) as engine:
        engine.submit(Scan())
        failed = heard.end_of(Scan())
        assert (failed.title, failed.fatal) == (title, False)
        engine.submit(Regroup())
        assert isinstance(heard.end_of(Regroup()), Finished)


def test_command_that_was_lost_in_a_crash_is_done_by_the_next_process(strange, heard):
    with strange("crash_once") as engine:
        engine.submit(Scan())
        engine.submit(Regroup())
        assert isinstance(heard.end_of(Scan()), Finished)
        assert isinstance(heard.end_of(Regroup()), Finished)
    lost = [event for event in heard.events if isinstance(event, EngineLost)]
    assert [event.again for event in lost] == [True]


def test_engine_that_crashes_again_and_again_is_given_up(strange, heard):
    with strange("crash") as engine:
        engine.submit(Scan())
        assert isinstance(heard.end_of(Scan()), Failed)
    lost = [event.again for event in heard.events if isinstance(event, EngineLost)]
    assert lost == [True, True, False]


def test_engine_is_started_again_by_whoever_hears_that_it_was_given_up(strange, heard):
    """In the very moment: the thread that says so has not ended yet."""
    with strange("crash") as engine:

        def listen(event):
            heard(event)
            if isinstance(event, EngineLost) and not event.again:
                engine.start()

        engine._on_event = listen
        engine.submit(Scan())
        assert isinstance(heard.end_of(Scan()), Failed)
        engine.submit(Regroup())
        assert isinstance(heard.end_of(Regroup()), Finished)


def test_action_is_refused_once_the_engine_was_given_up(strange, heard):
    act = Act(next(iter(ActionKind)), ())
    with strange("crash") as engine:
        engine.submit(Scan())
        assert isinstance(heard.end_of(Scan()), Failed)
        engine.submit(act)
        assert isinstance(heard.end_of(act), Failed)


def test_action_is_not_repeated_after_a_crash(strange, heard):
    act = Act(next(iter(ActionKind)), ())
    with strange("stuck") as engine:
        engine.submit(Scan())
        engine.submit(act)
        heard.until(Working)
        os.kill(engine_pid(), signal.SIGKILL)
        assert isinstance(heard.end_of(act), Failed)
        engine.submit(Cancel())
        assert isinstance(heard.end_of(Scan()), Cancelled)


@LINUX
def test_engine_killed_in_the_middle_of_a_scan_gives_the_same_groups(
    library_path, tree, tmp_path, heard, monkeypatch, run_scan
):
    monkeypatch.setattr(process, "_BACKOFF_S", 0.01)
    with running(library_path, heard, processes=2) as engine:
        engine.submit(Scan())
        heard.until(lambda event: isinstance(event, Working) and event.stage == "text")
        children = [os.pidfd_open(pid) for pid in descendants(engine_pid())]
        os.kill(engine_pid(), signal.SIGKILL)
        assert heard.until(EngineLost).again
        assert isinstance(heard.end_of(Scan()), Finished)
        assert gone(children)
    assert len(groups_in(library_path)) == len(run_scan(tmp_path / "plain.sqlite", tree).groups)
    with sqlite3.connect(library_path) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()


def test_stop_in_the_middle_of_work_cancels_it(strange, heard):
    with strange("stuck") as engine:
        engine.submit(Scan())
        heard.until(Working)
    assert [type(event) for event in heard.rest() if isinstance(event, ENDS)] == [Cancelled]


def test_stop_by_force_when_it_takes_too_long(strange, heard):
    with strange("steps") as engine:
        engine.submit(Scan())
        heard.until(Working)
        os.kill(engine_pid(), signal.SIGSTOP)
        engine.stop(0.2)
    assert [type(event) for event in heard.rest() if isinstance(event, ENDS)] == [Cancelled]


# ---- the window goes ---------------------------------------------------------------------------

WINDOW = """
import sys, time
from pathlib import Path
from dedupe_app.engine.messages import EngineOptions, Scan, Working
from dedupe_app.engine.process import Engine
def hear(event):
    if isinstance(event, Working) and event.stage == "text":
        print("reading", flush=True)
if __name__ == "__main__":
    engine = Engine(EngineOptions(Path(sys.argv[1]), processes=2, watch=True), hear)
    engine.start()
    {then}
"""


@LINUX
def test_engine_and_its_readers_end_with_a_window_that_is_killed(library_path):
    window = start_window(library_path, "time.sleep(60)")
    children = [os.pidfd_open(pid) for pid in descendants(window.pid)]
    assert len(children) >= 2
    window.kill()
    window.communicate()
    assert gone(children)


@LINUX
def test_window_that_forgets_to_stop_its_engine_ends_nevertheless(library_path):
    window = start_window(library_path, "time.sleep(2)")
    children = [os.pidfd_open(pid) for pid in descendants(window.pid)]
    assert window.wait(30) == 0
    window.stdout.close()
    assert gone(children)


def start_window(path, then):
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW.format(then=then), str(path)], stdout=subprocess.PIPE
    )
    assert window.stdout.readline() == b"reading\n"
    return window


def descendants(pid):
    """Return the processes below one, those of multiprocessing itself left out."""
    found = []
    with suppress(FileNotFoundError, ProcessLookupError):
        is_forked = b"forkserver" in command_line(pid)
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, children.read_text(encoding="ascii").split()):
                own = command_line(child)
                # What a fork server has forked has the command line of the server.
                forks = b"forkserver" in own and not is_forked
                found += [] if forks or b"resource_tracker" in own else [child]
                found += descendants(child)
    return found


def command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def gone(handles, seconds=10.0):
    """Wait until processes are gone; tell whether they are."""
    left = []
    for handle in handles:
        ready, _, _ = select.select([handle], [], [], seconds)
        left += [] if ready else [handle]
        os.close(handle)
    return not left


def test_process_module_imports_no_stage():
    code = (
        "import sys, dedupe_app.engine.process\n"
        "heavy = {'numpy', 'sqlite3', 'watchdog', 'kreuzberg', 'torch', 'scipy', 'PySide6'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"


def test_decisions_survive_a_regroup(library_path, heard):
    from dedupe_app.store import browse, decisions

    with running(library_path, heard) as engine:
        engine.submit(Scan())
        heard.end_of(Scan())
        with open_library_beside(library_path) as library:
            row = browse.marked(library, WINDOW_SCOPE)[0]
            decisions.decide(library, [row.file], Decision.KEEP)
        engine.submit(Regroup(60.0))
        heard.end_of(Regroup(60.0))
        with open_library_beside(library_path) as library:
            assert row.file not in [each.file for each in browse.marked(library, WINDOW_SCOPE)]
