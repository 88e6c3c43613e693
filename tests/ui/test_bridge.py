"""Events of the engine's thread arrive on the thread of the window, none is lost, and nothing is left after the end."""

import gc
import multiprocessing
import sys
import threading

import pytest
from PySide6.QtCore import QThread

from dedupe_app.engine.messages import (
    Act,
    Cancel,
    EngineLost,
    EngineOptions,
    Failed,
    Finished,
    Ready,
    Regroup,
    Scan,
    UndoAction,
    Working,
)
from dedupe_app.engine.search_messages import Search
from dedupe_app.records import ActionKind
from dedupe_app.store import folders
from dedupe_app.store.database import open_library
from dedupe_app.ui.bridge import Bridge


@pytest.fixture
def library_path(tmp_path, plant):
    tree = plant(tmp_path / "tree", {"a.txt": "Some words.", "b.txt": "Some words."})
    with open_library(tmp_path / "library.sqlite") as library:
        folders.add_folders(library, [tree])
    return tmp_path / "library.sqlite"


@pytest.fixture
def bridge(library_path, qapp):
    made = Bridge(EngineOptions(library_path, processes=1, watch=False))
    yield made
    made.close()


def test_events_come_on_the_gui_thread_whatever_listens(bridge, qtbot):
    got = []
    bridge.event.connect(lambda event: got.append((event, QThread.currentThread())))
    bridge.start()
    bridge.submit(Scan())
    qtbot.waitUntil(lambda: any(isinstance(event, Finished) for event, _ in got), timeout=60_000)
    assert isinstance(got[0][0], Ready)
    assert {thread for _, thread in got} == {bridge.thread()}


def test_what_somebody_waits_for_fails_at_once_when_the_engine_was_given_up(bridge, qtbot):
    got = []
    bridge.event.connect(got.append)
    bridge._receive(EngineLost(again=False, detail="It crashed."))
    qtbot.waitUntil(lambda: bool(got))
    act = Act(ActionKind.TRASH, ())
    for command in (act, Cancel(), UndoAction(3), Regroup(), Search("words", 1)):
        bridge.submit(command)
    qtbot.waitUntil(lambda: len(got) == 4)
    assert [event.command for event in got[1:]] == [act, UndoAction(3), Search("words", 1)]
    assert {event.title for event in got[1:]} == {"The engine is not running."}
    bridge.start()
    qtbot.waitUntil(lambda: Finished(Regroup()) in got, timeout=60_000)


def test_a_new_window_is_told_that_the_engine_was_given_up(bridge, qtbot):
    lost = EngineLost(again=False, detail="It crashed.")
    bridge._receive(Ready("lexical", ""))
    bridge._receive(lost)
    got = []
    bridge.event.connect(got.append)
    qtbot.waitUntil(lambda: lost in got)
    got.clear()
    bridge.repeat()
    assert got == [lost]


def test_nothing_is_emitted_after_close_and_nothing_is_left(bridge, qtbot):
    got = []
    bridge.event.connect(got.append)
    bridge.start()
    qtbot.waitUntil(lambda: bool(got), timeout=60_000)
    bridge.submit(Scan())
    bridge.close()
    got.clear()
    qtbot.wait(50)
    assert got == []
    assert multiprocessing.active_children() == []
    assert "engine" not in [thread.name for thread in threading.enumerate()]


def test_library_in_use_is_told(library_path, qtbot):
    bridge = Bridge(EngineOptions(library_path, watch=False))
    with open_library(library_path), qtbot.waitSignal(bridge.event, timeout=60_000) as waited:
        bridge.start()
    assert isinstance(waited.args[0], Failed)
    assert waited.args[0].fatal
    bridge.close()


def test_many_events_are_all_delivered_and_cost_no_references(bridge, qtbot):
    got = []
    bridge.event.connect(got.append)
    gc.collect()  # what others left behind refers to True as well
    before = sys.getrefcount(True)

    def emit():
        for done in range(20_000):
            bridge._receive(Working("text", done, None))

    thread = threading.Thread(target=emit, daemon=True)
    thread.start()
    qtbot.waitUntil(lambda: len(got) == 20_000, timeout=60_000)
    thread.join()
    assert [event.done for event in got] == list(range(20_000))
    if sys.version_info < (3, 12):  # later, True cannot be lost
        gc.collect()
        assert abs(sys.getrefcount(True) - before) < 1000
