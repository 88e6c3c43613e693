"""Actions on real drives of other kinds: clones, links, the trash of a drive, a full one, and the way back.

DEDUPE_DRIVES names folders on them, parted by colons, each as KIND=FOLDER; without it nothing is tried.
Small ones are filled up.
Kinds that can clone: btrfs, xfs. Kinds without links: exfat, vfat.
"""

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from planned import OLD, Diary, Shelf, do, snapshot, twins

from dedupe_app.intake.roots import new_folders
from dedupe_app.records import ActionKind, ActionState, Decision, Problem, Relation
from dedupe_app.review import moving
from dedupe_app.review.actions import Deed
from dedupe_app.review.guard import is_guarded
from dedupe_app.review.undo import take_back

WORDS = b"the same words, often enough to fill more than one block of a drive. " * 400
LARGEST = 1 << 30
CLONES, NO_LINKS = ("btrfs", "xfs"), ("exfat", "vfat")


def drives():
    named = [each.partition("=") for each in os.environ.get("DEDUPE_DRIVES", "").split(":") if each]
    return [(kind, Path(folder)) for kind, _, folder in named]


pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not drives(), reason="has no second drive"
)


@pytest.fixture(params=drives(), ids=lambda drive: drive[0])
def drive(request, tmp_path, monkeypatch):
    """Give the kind of a drive that is not that of the home, and a folder of its own on it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    kind, folder = request.param
    if folder.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("is the drive of the other files")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        yield kind, Path(place)
    # What went to the trash of the drive is ours alone.
    shutil.rmtree(folder / f".Trash-{os.getuid()}", ignore_errors=True)


def sizable(root):
    shelf = Shelf(root)
    shelf.add(1, "a.txt", WORDS, decision=Decision.KEEP)
    shelf.add(1, "b.txt", WORDS, decision=Decision.REMOVE, relation=Relation.IDENTICAL)
    return shelf


def facts(folder):
    """Return bytes and times, in the steps in which any drive keeps them."""
    return {path: (data, time // (2 * 10**9)) for path, (data, time, _) in snapshot(folder).items()}


def test_clone_where_the_drive_can_and_else_a_reason(drive):
    kind, docs = drive
    shelf = sizable(docs)
    before, inode = facts(docs), (docs / "b.txt").stat().st_ino
    entry = do(shelf, ActionKind.CLONE)["b.txt"]
    assert facts(docs) == before
    if kind in CLONES:
        assert entry.state is ActionState.DONE
        assert (docs / "b.txt").stat().st_ino != inode
        assert not (docs / "b.txt").samefile(docs / "a.txt")
        take_back(entry)
        assert facts(docs) == before
    else:
        assert entry.problem is Problem.NOT_POSSIBLE
        assert (docs / "b.txt").stat().st_ino == inode


def test_clone_is_not_changed_with_its_source(drive):
    kind, docs = drive
    if kind not in CLONES:
        pytest.skip("cannot clone")
    assert do(sizable(docs), ActionKind.CLONE)["b.txt"].state is ActionState.DONE
    with (docs / "a.txt").open("r+b") as file:
        file.write(b"CHANGED")
    assert (docs / "b.txt").read_bytes() == WORDS


def test_link_where_the_drive_can_and_else_a_reason(drive):
    kind, docs = drive
    shelf = sizable(docs)
    before = facts(docs)
    entry = do(shelf, ActionKind.LINK)["b.txt"]
    if kind in NO_LINKS:
        assert entry.problem is Problem.NOT_POSSIBLE
    else:
        assert entry.state is ActionState.DONE
        assert (docs / "b.txt").samefile(docs / "a.txt")
        take_back(entry)
        assert not (docs / "b.txt").samefile(docs / "a.txt")
    assert facts(docs) == before


@pytest.mark.parametrize("kind", [ActionKind.LINK, ActionKind.CLONE])
def test_no_copy_in_place_of_one_on_another_drive(drive, tmp_path, kind):
    _, docs = drive
    near = tmp_path / "docs"
    shelf = Shelf(near)
    shelf.add(1, "a.txt", WORDS, decision=Decision.KEEP)
    (docs / "b.txt").write_bytes(WORDS)
    shelf.store(1, docs / "b.txt", decision=Decision.REMOVE, relation=Relation.IDENTICAL)
    assert do(shelf, kind)["b.txt"].problem is Problem.OTHER_DRIVE
    assert (docs / "b.txt").read_bytes() == WORDS


def test_trash_of_the_drive_and_back(drive):
    _, docs = drive
    shelf = sizable(docs)
    before = facts(docs)
    entry = do(shelf, ActionKind.TRASH)["b.txt"]
    assert entry.state is ActionState.DONE, entry
    trash = entry.target.parent.parent
    assert trash.name == f".Trash-{os.getuid()}"
    assert trash.stat().st_dev == docs.stat().st_dev
    note = (trash / "info" / "b.txt.trashinfo").read_text()
    assert (trash.parent / note.splitlines()[1].removeprefix("Path=")) == docs / "b.txt"
    take_back(entry)
    assert facts(docs) == before
    assert not list((trash / "info").iterdir())


@pytest.mark.parametrize("there", [True, False], ids=["to the drive", "from the drive"])
def test_move_between_drives_and_back(drive, tmp_path, there):
    _, place = drive
    docs, out = (tmp_path / "docs", place / "out") if there else (place / "docs", tmp_path / "out")
    shelf = sizable(docs)
    before = facts(docs)
    entry = do(shelf, ActionKind.MOVE, folder=out)["b.txt"]
    assert entry.state is ActionState.DONE, entry
    assert not (docs / "b.txt").exists()
    assert facts(out) == {out / "docs" / "b.txt": before[docs / "b.txt"]}
    take_back(entry)
    assert facts(docs) == before
    assert facts(out) == {}
    assert not list(place.rglob(".dedupe-*"))


def test_full_drive_leaves_everything_and_goes_on_when_there_is_space(drive, tmp_path):
    _, place = drive
    if os.statvfs(place).f_bavail * os.statvfs(place).f_frsize > LARGEST:
        pytest.skip("is too large to fill")
    docs = tmp_path / "docs"
    shelf = sizable(docs)
    before = facts(docs)
    full = place / "full"
    (place / "out").mkdir()  # somebody chose it
    fill(full)
    entry = do(shelf, ActionKind.MOVE, folder=place / "out")["b.txt"]
    assert entry.problem is Problem.DISK_FULL
    assert facts(docs) == before
    assert [path.name for path in place.rglob("*") if path.is_file()] == ["full"]
    full.unlink()
    assert do(shelf, ActionKind.MOVE, folder=place / "out")["b.txt"].state is ActionState.DONE


def test_trash_of_a_full_drive_loses_nothing(drive):
    _, place = drive
    if os.statvfs(place).f_bavail * os.statvfs(place).f_frsize > LARGEST:
        pytest.skip("is too large to fill")
    docs = place / "docs"
    shelf = twins(docs)
    before = snapshot(docs)
    fill(place / "full")
    entry = do(shelf, ActionKind.TRASH)["b.txt"]
    if entry.state is ActionState.DONE:  # a name is all it takes
        (place / "full").unlink()
        take_back(entry)
    else:
        assert entry.problem in (Problem.DISK_FULL, Problem.NO_TRASH)
    assert snapshot(docs) == before


def fill(path):
    """Write until there is no space for a single byte more."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))


def test_protected_folder_is_protected_through_another_mount(tmp_path):
    """A mount shows one folder in two places: that of the other name is touched no more than the named one."""
    safe, other = tmp_path / "safe", tmp_path / "other"
    safe.mkdir()
    other.mkdir()
    (safe / "b.txt").write_bytes(WORDS)
    if subprocess.run(
        ["mount", "--bind", safe, other], check=False, capture_output=True
    ).returncode:
        pytest.skip("may not mount")
    try:
        shelf = Shelf(tmp_path / "docs")
        shelf.add(1, "a.txt", WORDS, decision=Decision.KEEP)
        shelf.store(1, other / "b.txt", decision=Decision.REMOVE, relation=Relation.IDENTICAL)
        [item] = shelf.plan().items
        for kind in ActionKind:
            assert (
                Diary(Deed(kind, tmp_path / "out", [safe])).act(item).problem is Problem.PROTECTED
            )
        assert (safe / "b.txt").read_bytes() == WORDS
    finally:
        subprocess.run(["umount", other], check=True)


def test_name_that_was_but_taken_is_known_and_an_empty_file_of_others_is_not(drive, monkeypatch):
    class PowerCut(BaseException):
        pass

    def fail(*_args):
        raise PowerCut

    def refuse(*_args):
        raise OSError(errno.EINVAL, "Invalid argument")

    _, place = drive
    (place / "a.txt").write_bytes(WORDS)
    (place / "empty.txt").touch()
    monkeypatch.setattr(moving, "_renameat2", refuse)
    monkeypatch.setattr(Path, "replace", fail)
    with contextlib.suppress(PowerCut):
        moving.rename_new(place / "a.txt", place / "b.txt")
    assert (place / "b.txt").exists()
    assert moving.is_taken_name(place / "b.txt")
    assert not moving.is_taken_name(place / "empty.txt")
    os.utime(place / "b.txt")
    assert moving.is_taken_name(place / "b.txt") == keeps_modes(place)
    (place / "private.txt").touch(0o600)
    assert not moving.is_taken_name(place / "private.txt")


def keeps_modes(place):
    path = place / "probe"
    path.touch(0o600)
    path.chmod(0o600)
    return path.stat().st_mode & 0o777 == 0o600


def test_folder_in_other_letters_is_the_same_where_the_drive_says_so(drive, run_scan, tmp_path):
    kind, place = drive
    if kind not in NO_LINKS:
        pytest.skip("tells letters apart")
    docs, other = place / "Docs", place / "dOCS"
    for name in ("a.txt", "Sub/b.txt"):
        (docs / name).parent.mkdir(exist_ok=True, parents=True)
        (docs / name).write_bytes(WORDS)
    (docs / "Sub" / "c.txt").write_bytes(WORDS)
    for folders in ([docs, other], [other / "SUB", docs], [docs, other / "sub"]):
        report = run_scan(tmp_path / "library.sqlite", *folders)
        assert sorted(row.path.name for row in report.rows) == ["a.txt", "b.txt", "c.txt"]
    assert new_folders([docs], [other, other / "sub"]) == [docs / "Sub"]
    assert is_guarded(docs / "Sub" / "b.txt", [other / "SUB"])


def test_time_that_no_calendar_has_is_scanned_and_reported(drive, run_scan, tmp_path):
    _, docs = drive
    for name in ("a.txt", "b.txt"):
        (docs / name).write_bytes(WORDS)
    for seconds in (10**12, -(10**12), 2**62):
        with contextlib.suppress(OSError, OverflowError):
            os.utime(docs / "b.txt", (seconds, seconds))
        report = run_scan(tmp_path / "library.sqlite", docs)
        assert len(report.rows) == 2
        assert report.csv.count("\r\n") == 3
    os.utime(docs / "b.txt", ns=(OLD, OLD))
