"""The watch on real folders. Waits for what is to come, never for time to pass."""

import ctypes
import errno
import os
import queue
import shutil
import sys
import threading
from contextlib import suppress

import pytest

from dedupe_app.intake import hints, places, watch
from dedupe_app.intake.lapses import limit_reached
from dedupe_app.intake.watch import FolderWatch
from dedupe_app.records import FolderState

if sys.platform == "linux":
    from watchdog.observers import inotify_c
    from watchdog.observers.inotify_c import (
        InotifyConstants,
        InotifyEvent,
        InotifyFD,
        Mask,
        WatchDescriptor,
    )

PATIENCE_S = 30.0
NFS = "36 35 0:40 / /mnt/far\\040away rw - nfs4 server:/x rw\n22 1 8:1 / / rw shared:1 - ext4 /dev/sda rw\n"


class Ear:
    """What was told, as a set of paths that grows."""

    def __init__(self):
        self.told = queue.SimpleQueue()
        self.paths = set()

    def until(self, *wanted):
        """Wait until all these paths were told of; tell whether they were."""
        with suppress(queue.Empty):
            while not self.paths.issuperset(wanted):
                self.paths.update(self.told.get(timeout=PATIENCE_S))
        return self.paths.issuperset(wanted)


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "folder" / "sub").mkdir(parents=True)
    return tmp_path / "folder"


@pytest.fixture
def watching(ear, tmp_path, monkeypatch):
    monkeypatch.setattr(hints, "QUIET_S", 0.1)
    monkeypatch.setattr(watch, "_ROOTS_S", 0.1)
    made = FolderWatch(ear.told.put, tmp_path / "library.sqlite")
    yield made
    made.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "watch"]


def test_everything_that_happens_to_files_is_told(watching, ear, folder):
    (folder / "old.txt").write_text("x")
    (folder / "gone.txt").write_text("x")
    watching.watch([folder])
    assert watching.states() == {folder: (FolderState.WATCHED, "")}
    (folder / "new.txt").write_text("x")
    (folder / "sub/deep.txt").write_text("x")
    (folder / "gone.txt").unlink()
    (folder / "old.txt").rename(folder / "sub/moved.txt")
    assert ear.until(
        *(
            folder / name
            for name in ("new.txt", "sub/deep.txt", "gone.txt", "old.txt", "sub/moved.txt")
        )
    )


def test_files_of_folders_that_come_are_told(watching, ear, folder, tmp_path):
    (tmp_path / "tree/in").mkdir(parents=True)
    (tmp_path / "tree/in/1.txt").write_text("x")
    watching.watch([folder])
    (folder / "fresh/deeper").mkdir(parents=True)
    (folder / "fresh/deeper/2.txt").write_text("x")
    shutil.move(tmp_path / "tree", folder / "tree")
    assert ear.until(folder / "tree", folder / "fresh/deeper/2.txt")
    (folder / "tree/in/1.txt").write_text("xx")
    assert ear.until(folder / "tree/in/1.txt")


def test_file_saved_by_way_of_another_is_told(watching, ear, folder):
    (folder / "a.txt").write_text("x")
    watching.watch([folder])
    (folder / "a.tmp").write_text("y")
    (folder / "a.tmp").replace(folder / "a.txt")
    assert ear.until(folder / "a.txt")


def test_new_time_is_told(watching, ear, folder):
    (folder / "a.txt").write_text("x")
    watching.watch([folder])
    os.utime(folder / "a.txt", (1_700_000_000, 1_700_000_000))
    assert ear.until(folder / "a.txt")


def test_hidden_files_and_the_library_are_never_told(watching, ear, tmp_path):
    (tmp_path / ".git").mkdir()
    watching.watch([tmp_path])
    for name in (".git/index", "library.sqlite-wal", ".a.txt.swp", "last.txt"):
        (tmp_path / name).write_text("x")
    assert ear.until(tmp_path / "last.txt")
    assert ear.paths == {tmp_path / "last.txt"}


def test_folder_that_is_a_link_is_told_by_its_own_name(watching, ear, folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    watching.watch([tmp_path / "link"])
    (folder / "a.txt").write_text("x")
    assert ear.until(tmp_path / "link" / "a.txt")


def test_folder_that_is_no_longer_watched_is_silent(watching, ear, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    watching.watch([folder, other])
    watching.watch([other])
    (folder / "a.txt").write_text("x")
    (other / "b.txt").write_text("x")
    assert ear.until(other / "b.txt")
    assert ear.paths == {other / "b.txt"}


def test_folder_that_goes_and_comes_back_is_told_and_watched_again(watching, ear, folder, tmp_path):
    watching.watch([folder])
    folder.rename(tmp_path / "away")
    assert ear.until(folder)
    assert watching.states()[folder][0] is FolderState.OFFLINE
    ear.paths.clear()
    (tmp_path / "away").rename(folder)
    assert ear.until(folder)
    assert watching.states()[folder][0] is FolderState.WATCHED
    (folder / "a.txt").write_text("x")
    assert ear.until(folder / "a.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
@pytest.mark.parametrize(
    ("number", "fix"), [(errno.ENOSPC, "max_user_watches"), (errno.EMFILE, "max_user_instances")]
)
def test_folder_that_cannot_be_watched_is_looked_at_now_and_then(
    watching, ear, folder, monkeypatch, number, fix
):
    def exhausted(*_args, **_more):
        raise OSError(number, "limit reached")

    monkeypatch.setattr(watching._observer, "schedule", exhausted)
    monkeypatch.setattr(watch, "_POLL_S", 0.1)
    watching.watch([folder])
    state, detail = watching.states()[folder]
    assert state is FolderState.POLLED
    assert fix in detail
    assert ear.until(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_limit_that_only_some_folders_meet_is_told_too(watching, ear, folder, monkeypatch):
    """The watcher says nothing of folders within that the system did not take."""
    monkeypatch.setattr(watch, "_POLL_S", 0.1)
    watching.watch([folder])
    assert watching.states() == {folder: (FolderState.WATCHED, "")}
    monkeypatch.setattr(watch, "limit_reached", lambda _folder: errno.ENOSPC)
    assert ear.until(folder)
    state, detail = watching.states()[folder]
    assert state is FolderState.POLLED
    assert "max_user_watches" in detail
    monkeypatch.setattr(watch, "limit_reached", lambda _folder: 0)
    while watching.states()[folder][0] is FolderState.POLLED:
        ear.told.get(timeout=PATIENCE_S)
    (folder / "a.txt").write_text("x")
    assert ear.until(folder / "a.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_other_programs_that_watch_are_no_reason_to_poll(watching, folder, monkeypatch):
    monkeypatch.setattr(watch, "limit_reached", lambda _folder: errno.EMFILE)
    watching.watch([folder])
    assert watching.states() == {folder: (FolderState.WATCHED, "")}


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_all_is_looked_at_twice_when_more_happened_than_could_be_told(
    watching, ear, folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(watch, "_AGAIN_S", 0.3)
    other = tmp_path / "other"
    other.mkdir()
    watching.watch([folder, other])
    overflow = InotifyEvent(WatchDescriptor(-1), Mask(InotifyConstants.IN_Q_OVERFLOW), 0, b"")
    InotifyFD.get_instance().handle_event(overflow)
    for _ in range(2):
        assert ear.until(folder, other)
        ear.paths.clear()


def test_limit_of_the_system_is_asked_for_by_one_watch_more(tmp_path, monkeypatch):
    assert limit_reached(tmp_path) == 0
    if sys.platform != "linux":
        return

    def refuse(*_args):
        ctypes.set_errno(errno.ENOSPC)
        return -1

    monkeypatch.setattr(inotify_c, "inotify_add_watch", refuse)
    assert limit_reached(tmp_path) == errno.ENOSPC
    monkeypatch.setattr(inotify_c, "inotify_init", refuse)
    assert limit_reached(tmp_path) == errno.ENOSPC


def test_network_drive_is_looked_at_now_and_then(watching, ear, folder, monkeypatch):
    monkeypatch.setattr(watch, "is_on_network", lambda _folder: True)
    monkeypatch.setattr(watch, "_POLL_S", 0.1)
    watching.watch([folder])
    state, detail = watching.states()[folder]
    assert state is FolderState.POLLED
    assert "network" in detail
    assert ear.until(folder)


def test_everything_is_looked_at_now_and_then_regardless(watching, ear, folder, monkeypatch):
    monkeypatch.setattr(watch, "_ALL_S", 0.1)
    watching.watch([folder])
    assert ear.told.get(timeout=PATIENCE_S) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="reads the table of mounts")
def test_kind_of_the_innermost_mount_counts(tmp_path, monkeypatch):
    table = tmp_path / "mountinfo"
    table.write_text(NFS)
    monkeypatch.setattr(places, "_MOUNTS", table)
    assert places.is_on_network(tmp_path.__class__("/mnt/far away/docs"))
    assert not places.is_on_network(tmp_path.__class__("/mnt/far"))
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "none")
    assert not places.is_on_network(tmp_path.__class__("/mnt/far away/docs"))
