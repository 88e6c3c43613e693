"""Questions to the library: answered in the background, on the GUI thread, in order, to those who are still there."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, Slot

from dedupe_app.errors import LibraryError
from dedupe_app.store.database import open_library
from dedupe_app.ui.library import LibraryThread


class Listener(QObject):
    """Notes the answers and the threads they came in."""

    def __init__(self):
        super().__init__()
        self.heard = []
        self.threads = set()

    @Slot(object)
    def hear(self, answer):
        self.heard.append(answer)
        self.threads.add(threading.current_thread())


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "library.sqlite"
    open_library(place).close()
    return place


@pytest.fixture
def library_thread(qapp, path):
    thread = LibraryThread(path)
    yield thread
    thread.close()


@pytest.fixture
def listener(qapp):
    return Listener()


def count_files(library):
    return library.row("select count(*) from files")[0]


def test_answers_come_on_the_gui_thread(qtbot, library_thread, listener):
    library_thread.ask(count_files, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == [0])
    assert listener.threads == {threading.main_thread()}


def test_questions_are_asked_in_another_thread(qtbot, library_thread, listener):
    library_thread.ask(lambda _library: threading.current_thread().name, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == ["library"])


def test_a_later_question_of_the_same_key_makes_an_earlier_one_void(
    qtbot, library_thread, listener
):
    gate = threading.Event()
    library_thread.ask(lambda _library: gate.wait(10), listener.hear)
    for number in range(5):
        library_thread.ask(lambda _library, number=number: number, listener.hear, key="same")
    gate.set()
    qtbot.waitUntil(lambda: listener.heard == [True, 4])


def test_an_answer_that_is_on_its_way_is_void_too(qtbot, library_thread, listener):
    done = threading.Event()
    library_thread.ask(lambda _library: done.set() or "old", listener.hear, key="same")
    assert done.wait(10)
    library_thread.ask(lambda _library: "new", listener.hear, key="same")
    qtbot.waitUntil(lambda: listener.heard == ["new"])


def test_changes_are_never_dropped_and_keep_their_order(qtbot, library_thread, listener):
    for number in range(20):
        library_thread.write(lambda _library, number=number: number, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == list(range(20)))


def test_what_was_to_be_written_is_written_before_the_end(qapp, path, listener):
    thread = LibraryThread(path)
    written = []
    for number in range(20):
        thread.write(lambda _library, number=number: written.append(number))
    thread.close()
    thread.close()
    assert written == list(range(20))
    thread.ask(count_files, listener.hear)
    assert listener.heard == []


def test_nobody_is_told_who_is_gone(qtbot, library_thread, listener):
    gone = Listener()
    gate = threading.Event()
    library_thread.ask(lambda _library: gate.wait(10), gone.hear)
    shiboken6.delete(gone)
    gate.set()
    library_thread.ask(count_files, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == [0])
    assert gone.heard == []


def test_errors_are_told_with_title_and_hint(qtbot, library_thread, listener):
    def refuse(_library):
        raise LibraryError("The disk is full.", "Make space.")

    with qtbot.waitSignal(library_thread.failed) as told:
        library_thread.ask(refuse, listener.hear)
    assert told.args == ["The disk is full.", "Make space."]
    library_thread.ask(count_files, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == [0])


def test_a_bug_in_a_question_is_told_and_the_thread_goes_on(
    qtbot, library_thread, listener, caplog
):
    with qtbot.waitSignal(library_thread.failed):
        library_thread.ask(lambda _library: 1 / 0, listener.hear)
    assert "ZeroDivisionError" in caplog.text
    library_thread.ask(count_files, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == [0])


def test_a_library_that_is_not_there_yet_is_opened_later(qtbot, tmp_path, listener):
    thread = LibraryThread(tmp_path / "later.sqlite")
    with qtbot.waitSignal(thread.failed):
        thread.ask(count_files, listener.hear)
    open_library(tmp_path / "later.sqlite").close()
    thread.ask(count_files, listener.hear)
    qtbot.waitUntil(lambda: listener.heard == [0])
    thread.close()


def test_pages_are_read_at_once(library_thread):
    assert count_files(library_thread.reading()) == 0
    assert library_thread.reading() is library_thread.reading()
