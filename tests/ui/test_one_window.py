"""A program that is started again hands its folders to the window that is open."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from dedupe_app.ui import one_window
from dedupe_app.ui.one_window import Door, hand_over


@pytest.fixture
def library(tmp_path, monkeypatch):
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return tmp_path / "library.sqlite"


@pytest.fixture
def door(library, qapp):
    opened = Door(library)
    yield opened
    opened.close()


class Knock:
    """The program, started again in a process of its own."""

    def __init__(self, library, folders):
        code = (
            "import sys; from pathlib import Path; from dedupe_app.ui.one_window import hand_over\n"
            "library, *folders = map(Path, sys.argv[1:])\n"
            "sys.exit(0 if hand_over(library, folders) else 1)"
        )
        self.process = subprocess.Popen([sys.executable, "-c", code, library, *folders])

    def is_taken(self, qtbot):
        qtbot.waitUntil(lambda: self.process.poll() is not None, timeout=30_000)
        return self.process.returncode == 0


def test_nobody_is_there(library, qapp):
    assert not hand_over(library, [])


def test_folders_are_handed_over(door, library, tmp_path, qtbot):
    folders = [tmp_path / "a b", tmp_path / "文件"]
    for folder in folders:
        folder.mkdir()
    with qtbot.waitSignal(door.knocked, timeout=30_000) as knocked:
        other = Knock(library, [*folders, tmp_path / "gone"])
    assert other.is_taken(qtbot)
    assert knocked.args == [folders]


def test_without_folders_the_window_only_comes_forward(door, library, qtbot):
    with qtbot.waitSignal(door.knocked, timeout=30_000) as knocked:
        other = Knock(library, [])
    assert other.is_taken(qtbot)
    assert knocked.args == [[]]


def test_another_library_has_a_window_of_its_own(door, tmp_path):
    assert not hand_over(tmp_path / "other.sqlite", [])


def test_what_a_killed_program_left_is_no_window(library, qapp, qtbot):
    name = one_window._name(library)
    dead = Door(library)
    # The socket of a program that was killed stays where it was.
    left = tmp_copy(name)
    dead.close()
    left.rename(name)
    assert not hand_over(library, [])
    alive = Door(library)
    with qtbot.waitSignal(alive.knocked, timeout=30_000):
        other = Knock(library, [])
    assert other.is_taken(qtbot)
    alive.close()


def test_something_else_than_paths_is_not_taken(door, library, qtbot):
    emitted = []
    door.knocked.connect(emitted.append)
    for said in (b"hello\n", b"[1]\n", b'{"a": 1}\n', b"7\n"):
        socket = QLocalSocket()
        socket.connectToServer(one_window._name(library))
        assert socket.waitForConnected(1000)
        with qtbot.waitSignal(socket.disconnected):
            socket.write(said)
            socket.flush()
    assert emitted == []


def tmp_copy(name):
    """Make a second link to a socket, which outlives the first."""
    left = Path(f"{name}-left")
    os.link(name, left)
    return left
