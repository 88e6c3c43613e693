"""Where a library is: one lock and one log whatever it is named by, and repairs that break off at any step."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dedupe_app.engine.desk import open_desk
from dedupe_app.engine.doctor import examine
from dedupe_app.engine.messages import EngineOptions
from dedupe_app.errors import LibraryError, LibraryLockedError
from dedupe_app.records import Decision
from dedupe_app.store import decisions, folders, places, rescue
from dedupe_app.store.database import open_beside, open_for_reading, open_library

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own")

KILLED = """
import os, pathlib, signal, sys
left = [int(sys.argv[2])]
def dying(real):
    def call(*arguments, **more):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **more)
    return call
for name in ("rename", "replace", "unlink", "fsync"):
    setattr(os, name, dying(getattr(os, name)))
from dedupe_app.store.rescue import repair
repair(pathlib.Path(sys.argv[1]))
"""
# Every rename, removal and flush of a repair is one step; there are fewer than this.
STEPS = 40


# ---- links -------------------------------------------------------------------------------------


@needs_links
@pytest.mark.parametrize("first", ["library.sqlite", "link.sqlite", "folder/library.sqlite"])
@pytest.mark.parametrize("second", ["library.sqlite", "link.sqlite", "folder/library.sqlite"])
def test_library_has_one_writer_by_whatever_name(tmp_path, first, second):
    real = tmp_path / "real"
    real.mkdir()
    open_library(real / "library.sqlite").close()
    (tmp_path / "library.sqlite").symlink_to(real / "library.sqlite")
    (tmp_path / "link.sqlite").symlink_to("library.sqlite")
    (tmp_path / "folder").symlink_to(real)
    with open_library(tmp_path / first), pytest.raises(LibraryLockedError):
        open_library(tmp_path / second)
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        *("folder", "library.sqlite", "link.sqlite", "real"),
    ]


@needs_links
def test_what_is_decided_through_a_link_is_in_the_library(tmp_path):
    link = tmp_path / "link.sqlite"
    open_library(tmp_path / "library.sqlite").close()
    link.symlink_to("library.sqlite")
    with closing(open_beside(link)) as window:
        folders.add_folders(window, [Path("/papers")])
    for path in (link, tmp_path / "library.sqlite"):
        with closing(open_for_reading(path)) as library:
            assert [each.path for each in folders.folders(library)] == [Path("/papers")]


@needs_links
def test_link_to_a_library_that_is_not_there_yet_makes_it_where_it_points(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "link.sqlite"
    link.symlink_to(tmp_path / "elsewhere" / "library.sqlite")
    open_library(link).close()
    assert (tmp_path / "elsewhere" / "library.sqlite").is_file()
    assert link.is_symlink()


@needs_links
def test_link_that_leads_to_itself_is_refused(tmp_path):
    link = tmp_path / "link.sqlite"
    link.symlink_to(link)
    with pytest.raises(LibraryError):
        open_library(link)


@needs_links
def test_damaged_library_is_repaired_where_it_is_and_the_link_stays(damaged, tmp_path):
    link = tmp_path / "link" / "library.sqlite"
    link.parent.mkdir()
    link.symlink_to(damaged)
    assert rescue.repair(link).aside.parent == damaged.parent
    assert link.is_symlink()
    assert sorted(each.name for each in link.parent.iterdir()) == ["library.sqlite"]
    assert decided(link) == [Decision.KEEP]


@pytest.mark.parametrize("opening", [open_library, open_beside])
def test_library_with_two_names_is_not_written(tmp_path, opening):
    path = tmp_path / "library.sqlite"
    open_library(path).close()
    before = path.read_bytes()
    os.link(path, tmp_path / "other.sqlite")
    with pytest.raises(LibraryError, match="second name"):
        opening(path)
    assert path.read_bytes() == before
    open_for_reading(path).close()
    (tmp_path / "other.sqlite").unlink()
    opening(path).close()


# ---- repairs that break off --------------------------------------------------------------------


@pytest.fixture
def damaged(tmp_path, plant, run_scan):
    """A damaged library; its latest decision is in its log alone."""
    place = tmp_path / "place"
    place.mkdir()
    whole = tmp_path / "whole.sqlite"
    tree = plant(tmp_path / "tree", {"a.txt": "the same words", "b.txt": "the same words"})
    run_scan(whole, tree)
    path = place / "library.sqlite"
    with open_library(whole) as library:
        folders.add_folders(library, [tree])
        library.execute("pragma wal_checkpoint(truncate)")
        number = library.row("select min(id) from files")[0]
        decisions.decide(library, [number], Decision.KEEP)
        for end in ("", "-wal"):
            shutil.copy(f"{whole}{end}", f"{path}{end}")
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xa5" * 4096 * 6)
    return path


def decided(path):
    with closing(open_for_reading(path)) as library:
        return [each.decision for each in decisions.decisions(library)]


def kill_at(path, step):
    """Repair in a process of its own, which is killed before a step; tell whether it came that far."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(step)], check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    return done.returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_repair_that_is_killed_at_any_step_is_finished_by_the_next_start(damaged, tmp_path):
    content = {each.name: each.read_bytes() for each in damaged.parent.iterdir()}
    for step in range(1, STEPS):
        place = tmp_path / str(step)
        path = Path(shutil.copytree(damaged.parent, place)) / damaged.name
        if not kill_at(path, step):
            break
        with open_desk(EngineOptions(path), lambda _: None, lambda _: False) as desk:
            found = decisions.decisions(desk.library)
            assert [each.decision for each in found] == [Decision.KEEP], step
        [aside] = place.glob("library-damaged-*.sqlite")
        # The damaged one is whole: also what is in its log alone.
        assert aside.read_bytes() == content["library.sqlite"]
        assert Path(f"{aside}-wal").read_bytes() == content["library.sqlite-wal"], step
        left = {each.name.replace(aside.name, "X") for each in place.iterdir()}
        # A note of what is done may stay; it says nothing any more.
        left -= {"X-shm", "library.sqlite.repair"}
        assert left == {"X", "X-wal", "library.sqlite", "library.sqlite.lock"}, step
    assert 8 < step < STEPS - 1


def half_replaced(damaged, monkeypatch):
    """Break a repair off when the damaged library is away and the new one is not yet there."""
    real = Path.rename

    def rename(self, target):
        if self.name.endswith(".new"):
            raise OSError("the drive went")
        return real(self, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", rename)
        with pytest.raises(LibraryError):
            rescue.repair(damaged)
    assert not damaged.exists()


def test_repair_that_broke_off_is_told_to_those_who_only_read(damaged, monkeypatch):
    half_replaced(damaged, monkeypatch)
    for opening in (open_for_reading, open_beside):
        with pytest.raises(LibraryError, match="broken off"):
            opening(damaged)
    assert any("broken off" in each.detail for each in examine(damaged))
    assert not damaged.exists()


def test_window_is_told_what_the_repair_that_broke_off_rescued(damaged, monkeypatch):
    half_replaced(damaged, monkeypatch)
    with open_desk(EngineOptions(damaged), lambda _: None, lambda _: False) as desk:
        assert (desk.rescued.decisions, desk.rescued.folders) == (1, 1)
        assert desk.rescued.aside.exists()


def test_any_writer_finishes_a_repair(damaged, monkeypatch):
    half_replaced(damaged, monkeypatch)
    open_library(damaged).close()
    assert decided(damaged) == [Decision.KEEP]
    assert not places.is_half_replaced(damaged)


def test_doctor_finishes_a_repair(damaged, monkeypatch):
    half_replaced(damaged, monkeypatch)
    assert rescue.repair(damaged).decisions == 1
    assert decided(damaged) == [Decision.KEEP]


@needs_links
def test_repair_that_broke_off_is_finished_through_a_link(damaged, monkeypatch, tmp_path):
    half_replaced(damaged, monkeypatch)
    link = tmp_path / "link.sqlite"
    link.symlink_to(damaged)
    assert any("broken off" in each.detail for each in examine(link))
    with open_desk(EngineOptions(link), lambda _: None, lambda _: False) as desk:
        assert desk.rescued.decisions == 1
    assert decided(damaged) == [Decision.KEEP]


def test_library_that_somebody_put_there_meanwhile_stays(damaged, monkeypatch, tmp_path):
    half_replaced(damaged, monkeypatch)
    open_library(tmp_path / "own.sqlite").close()
    shutil.copy(tmp_path / "own.sqlite", damaged)
    open_library(damaged).close()
    assert decided(damaged) == []
    assert places.new_place(damaged).exists()
    assert len(list(damaged.parent.glob("library-damaged-*.sqlite"))) == 1


def test_note_of_a_repair_without_a_name_in_it_is_no_obstacle(damaged, monkeypatch):
    half_replaced(damaged, monkeypatch)
    damaged.with_name(f"{damaged.name}.repair").write_bytes(b"../..")
    open_library(damaged).close()
    assert decided(damaged) == [Decision.KEEP]
