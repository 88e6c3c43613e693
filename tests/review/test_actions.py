"""Actions on real files: what they do, what they refuse, what stays true when the system says no in the middle."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planned import OLD, Diary, Shelf, do, entry_of, snapshot, twins

from dedupe_app.records import ActionKind, ActionState, Decision, Problem, Relation
from dedupe_app.review import copying, moving, trash
from dedupe_app.review import held as held_module
from dedupe_app.review.actions import Deed, perform
from dedupe_app.review.held import LeftAlone
from dedupe_app.review.settle import settle, settle_all, settle_left
from dedupe_app.review.undo import may_work_now, take_back

REMOVE, KEEP = Decision.REMOVE, Decision.KEEP
KINDS = [ActionKind.TRASH, ActionKind.MOVE, ActionKind.DELETE, ActionKind.LINK]
ALL_KINDS = [*KINDS, ActionKind.CLONE]


@pytest.fixture(autouse=True)
def bin_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "Trash"


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def clones(monkeypatch):
    """Let cloning work on any drive, by a copy."""

    def share(source, target):
        copying.pour(source, target)

    monkeypatch.setattr("dedupe_app.review.clone._share", share)


# ---- what is done --------------------------------------------------------------------------------


def test_trash_keeps_name_origin_and_time(docs, bin_folder):
    entry = do(twins(docs), ActionKind.TRASH)["b.txt"]
    assert entry.state is ActionState.DONE
    assert entry.target == bin_folder / "files" / "b.txt"
    assert entry.target.read_bytes() == b"the same words"
    assert entry.target.stat().st_mtime_ns == entry.mtime_ns
    note = (bin_folder / "info" / "b.txt.trashinfo").read_text()
    assert note.startswith(f"[Trash Info]\nPath={docs}/b.txt\nDeletionDate=")
    assert (docs / "a.txt").read_bytes() == b"the same words"
    assert stat.S_IMODE(bin_folder.stat().st_mode) == 0o700


def test_trash_takes_another_name_when_one_is_taken(docs, bin_folder):
    shelf = twins(docs)
    shelf.add(1, "deep/b.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    diary = Diary(Deed(ActionKind.TRASH))
    entries = [diary.act(item) for item in shelf.plan().items]
    assert {entry.target.name for entry in entries} == {"b.txt", "b 2.txt"}
    assert len(list((bin_folder / "info").iterdir())) == 2


def test_names_of_any_bytes_and_length_go_to_the_trash_and_come_back(docs):
    shelf = twins(docs)
    names = [os.fsdecode(b"\xff\xfe caf\xe9.txt"), "x" * 250 + ".txt", "новый — 新しい.txt"]
    for name in names:
        shelf.add(1, name, b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    before = snapshot(docs)
    entries = do(shelf, ActionKind.TRASH)
    assert {entry.state for entry in entries.values()} == {ActionState.DONE}
    for entry in entries.values():
        take_back(entry)
    assert snapshot(docs) == before


def test_move_keeps_folders_and_never_overwrites(docs, out):
    shelf = twins(docs)
    shelf.add(1, "deep/c.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    (out / "docs").mkdir(parents=True)
    (out / "docs" / "b.txt").write_bytes(b"mine")
    entries = do(shelf, ActionKind.MOVE, folder=out)
    assert entries["b.txt"].target == out / "docs" / "b (2).txt"
    assert entries["c.txt"].target == out / "docs" / "deep" / "c.txt"
    assert (out / "docs" / "b.txt").read_bytes() == b"mine"


def test_move_into_its_own_or_a_protected_folder_is_refused(docs, tmp_path):
    shelf = twins(docs, protected=tmp_path / "safe")
    assert do(shelf, ActionKind.MOVE, folder=tmp_path)["b.txt"].problem is Problem.NOT_POSSIBLE
    into_safe = do(shelf, ActionKind.MOVE, folder=tmp_path / "safe")
    assert into_safe["b.txt"].problem is Problem.PROTECTED
    assert (docs / "b.txt").exists()


def test_link_is_the_same_file_as_its_copy(docs):
    entry = do(twins(docs), ActionKind.LINK)["b.txt"]
    assert entry.state is ActionState.DONE
    assert (docs / "a.txt").samefile(docs / "b.txt")
    assert sorted(path.name for path in docs.iterdir()) == ["a.txt", "b.txt"]


def test_clone_is_a_file_of_its_own_with_its_own_time(docs, clones):
    shelf = twins(docs)
    before = snapshot(docs)
    entry = do(shelf, ActionKind.CLONE)["b.txt"]
    assert entry.state is ActionState.DONE
    assert snapshot(docs) == before
    assert (docs / "b.txt").stat().st_ino != entry.inode


def test_clone_where_the_drive_cannot_leaves_the_file(docs, monkeypatch):
    def refuse(_source, _target):
        raise LeftAlone(Problem.NOT_POSSIBLE)

    monkeypatch.setattr("dedupe_app.review.clone._share", refuse)
    shelf = twins(docs)
    before = snapshot(docs)
    assert do(shelf, ActionKind.CLONE)["b.txt"].problem is Problem.NOT_POSSIBLE
    assert snapshot(docs) == before


def test_delete_removes_and_nothing_hidden_stays(docs):
    assert do(twins(docs), ActionKind.DELETE)["b.txt"].state is ActionState.DONE
    assert [path.name for path in docs.iterdir()] == ["a.txt"]


def test_confirmed_last_copy_goes_to_the_trash(docs):
    shelf = Shelf(docs)
    path = shelf.add(1, "a.txt", b"words", decision=REMOVE, decided=True)
    assert do(shelf, ActionKind.TRASH)["a.txt"].problem is Problem.LAST_COPY
    assert do(shelf, ActionKind.TRASH, last_copies={path})["a.txt"].state is ActionState.DONE


def test_move_to_another_drive_copies_checks_and_removes(docs, out, monkeypatch):
    _other_drive(monkeypatch, out)
    shelf = twins(docs)
    (docs / "b.txt").chmod(0o640)
    before = snapshot(docs)
    entry = do(shelf, ActionKind.MOVE, folder=out)["b.txt"]
    assert entry.state is ActionState.DONE
    moved = snapshot(out)
    assert moved == {out / "docs" / "b.txt": before[docs / "b.txt"]}
    assert not (docs / "b.txt").exists()
    take_back(entry)
    assert snapshot(docs) == before
    assert snapshot(out) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_one_file_may_stay_for_two_groups(docs, out, kind):
    shelf = twins(docs)
    shelf.add(2, "c.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    kept = shelf.groups[1][0]
    shelf.groups[2].insert(0, replace(kept, group=2))
    before = (docs / "a.txt").stat().st_ino
    entries = do(shelf, kind, folder=out)
    assert {entry.state for entry in entries.values()} == {ActionState.DONE}
    assert {entry.kept for entry in entries.values()} == {docs / "a.txt"}
    assert (docs / "a.txt").stat().st_ino == before


@pytest.mark.parametrize("kind", KINDS)
def test_file_that_goes_in_one_group_does_not_stay_for_another(docs, out, kind):
    shelf = Shelf(docs)
    shelf.add(1, "a.txt", b"the same words", decision=KEEP)
    shelf.add(1, "b.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    shelf.groups[2] = [replace(shelf.groups[1][1], group=2, relation=None, compared_with=None)]
    shelf.add(2, "c.txt", b"the same  words", decision=REMOVE, relation=Relation.SAME_TEXT)
    entries = do(shelf, kind, folder=out)
    assert entries["b.txt"].state is ActionState.DONE
    assert entries["c.txt"].problem is Problem.LAST_COPY
    assert (docs / "c.txt").exists()


# ---- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_change_between_plan_and_act_leaves_everything(docs, out, kind, clones):
    for name in ("b.txt", "a.txt"):
        shelf = twins(docs)
        plan = shelf.plan()
        (docs / name).write_bytes(b"THE SAME WORDS")
        os.utime(docs / name, ns=(plan.items[0].mtime_ns, plan.items[0].mtime_ns))
        before = snapshot(docs)
        entry = Diary(Deed(kind, out)).act(plan.items[0])
        assert entry.state is ActionState.FAILED
        assert entry.problem in (Problem.CHANGED, Problem.KEPT_LOST)
        assert snapshot(docs) == before


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_copy_that_went_after_the_plan_saves_the_file(docs, out, kind, clones):
    shelf = twins(docs)
    [item] = shelf.plan().items
    (docs / "a.txt").unlink()
    assert Diary(Deed(kind, out)).act(item).problem is Problem.KEPT_LOST
    assert (docs / "b.txt").exists()


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("what", ["gone", "written", "forged", "own forged", "protected"])
def test_what_changes_while_the_journal_is_written_saves_the_file(docs, out, kind, what, clones):
    """Everything is looked at once more after the last entry, right before the step itself."""
    [item] = twins(docs).plan().items
    protected = []

    def intend(_target, _kept):
        if what == "gone":
            (docs / "a.txt").unlink()
        elif what == "written":
            (docs / "a.txt").write_bytes(b"newer words, longer")
        elif what.endswith("forged"):  # as long as before, and its time set back
            forged = docs / ("b.txt" if what == "own forged" else "a.txt")
            forged.write_bytes(b"the SAME words")
            os.utime(forged, ns=(OLD, OLD))
        else:
            protected.append(docs)

    with pytest.raises(LeftAlone) as left:
        perform(item, Deed(kind, out, protected), intend)
    expected = {"protected": Problem.PROTECTED, "own forged": Problem.CHANGED}
    assert left.value.problem is expected.get(what, Problem.KEPT_LOST)
    words = b"the SAME words" if what == "own forged" else b"the same words"
    assert (docs / "b.txt").read_bytes() == words
    assert not list(docs.glob(".dedupe-*"))


def test_no_link_to_a_stranger_that_took_the_name_of_the_copy(docs, monkeypatch):
    """After the last look at the copy that stays, in the moment in which the link is made."""
    [item] = twins(docs).plan().items
    real = os.link

    def replaced(source, target, **options):
        (docs / "new").write_bytes(b"a stranger")
        (docs / "new").replace(source)
        real(source, target, **options)

    monkeypatch.setattr(os, "link", replaced)
    entry = Diary(Deed(ActionKind.LINK)).act(item)
    assert (entry.state, entry.problem) == (ActionState.FAILED, Problem.KEPT_LOST)
    assert (docs / "b.txt").read_bytes() == b"the same words"
    assert not list(docs.glob(".dedupe-*"))


def test_no_link_to_a_copy_that_was_protected_since(docs):
    """A second name would be a way to change it."""
    shelf = Shelf(docs)
    shelf.add(1, "safe/a.txt", b"words", decision=KEEP)
    shelf.add(1, "b.txt", b"words", decision=REMOVE, relation=Relation.IDENTICAL)
    [item] = shelf.plan().items
    entry = Diary(Deed(ActionKind.LINK, None, [docs / "safe"])).act(item)
    assert entry.problem is Problem.KEPT_PROTECTED
    assert not (docs / "b.txt").samefile(docs / "safe" / "a.txt")


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_copy_that_became_another_name_of_the_file_saves_it(docs, out, kind, clones):
    shelf = twins(docs)
    [item] = shelf.plan().items
    (docs / "a.txt").unlink()
    os.link(docs / "b.txt", docs / "a.txt")
    assert Diary(Deed(kind, out)).act(item).problem is Problem.KEPT_LOST
    assert (docs / "b.txt").exists()


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_file_that_became_a_link_to_its_copy_is_left(docs, out, kind, clones):
    shelf = twins(docs)
    [item] = shelf.plan().items
    (docs / "b.txt").unlink()
    (docs / "b.txt").symlink_to(docs / "a.txt")
    assert Diary(Deed(kind, out)).act(item).problem is Problem.NOT_PLAIN
    assert (docs / "b.txt").is_symlink()


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_folder_that_became_a_link_into_protection_is_left(docs, tmp_path, out, kind, clones):
    shelf = Shelf(docs)
    shelf.add(1, "a.txt", b"words", decision=KEEP)
    shelf.add(1, "sub/b.txt", b"words", decision=REMOVE, relation=Relation.IDENTICAL)
    [item] = shelf.plan().items
    safe = tmp_path / "safe"
    (docs / "sub").rename(safe)
    (docs / "sub").symlink_to(safe)
    entry = Diary(Deed(kind, out, [safe])).act(item)
    assert entry.problem is Problem.PROTECTED
    assert (safe / "b.txt").read_bytes() == b"words"


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("what", ["replaced", "written", "gone"])
def test_stranger_in_the_last_moment_is_not_touched(docs, out, kind, what, clones, monkeypatch):
    """Between the last look at a file and the step itself another program takes its name."""
    shelf = twins(docs)
    [item] = shelf.plan().items
    real = held_module.Held.check
    path = docs / "b.txt"

    def check_then_change(self):
        real(self)
        if self.path == path:
            if what == "replaced":
                (docs / "new").write_bytes(b"a stranger")
                (docs / "new").replace(path)
            elif what == "written":
                path.write_bytes(b"newer words, longer")
            else:
                path.rename(docs / "elsewhere.txt")

    monkeypatch.setattr(held_module.Held, "check", check_then_change)
    entry = Diary(Deed(kind, out)).act(item)
    assert entry.state is ActionState.FAILED
    if what == "gone":
        assert (docs / "elsewhere.txt").read_bytes() == b"the same words"
    else:
        assert path.read_bytes() in (b"a stranger", b"newer words, longer")
    assert (docs / "a.txt").read_bytes() == b"the same words"
    hidden = [each for each in docs.iterdir() if each.name.startswith(".")]
    assert hidden == []


def test_without_the_trash_of_a_drive_nothing_is_removed(docs, monkeypatch):
    shelf = twins(docs)
    monkeypatch.setattr(trash, "_device_of", lambda _folder: -1)
    monkeypatch.setattr(trash, "_trashes_on", lambda _top: iter(()))
    assert do(shelf, ActionKind.TRASH)["b.txt"].problem is Problem.NO_TRASH
    assert (docs / "b.txt").exists()


def test_trash_of_another_drive_is_beside_the_files(docs, monkeypatch):
    shelf = twins(docs)
    monkeypatch.setattr(trash, "_device_of", lambda _folder: -1)
    monkeypatch.setattr(trash, "_top_of", lambda _path, _device: docs)
    monkeypatch.setattr(Path, "is_mount", lambda self: self == docs)
    entry = do(shelf, ActionKind.TRASH)["b.txt"]
    own = docs / f".Trash-{os.getuid()}"
    assert entry.target == own / "files" / "b.txt"
    assert "Path=b.txt\n" in (own / "info" / "b.txt.trashinfo").read_text()
    entry.target.rename(own / "files" / "renamed.txt")
    (own / "info" / "b.txt.trashinfo").rename(own / "info" / "renamed.txt.trashinfo")
    assert take_back(entry) == ""
    assert (docs / "b.txt").read_bytes() == b"the same words"


def test_trash_that_is_a_link_is_not_used(docs, tmp_path, monkeypatch):
    shelf = twins(docs)
    monkeypatch.setattr(trash, "_device_of", lambda _folder: -1)
    monkeypatch.setattr(trash, "_top_of", lambda _path, _device: docs)
    (tmp_path / "elsewhere").mkdir()
    (docs / f".Trash-{os.getuid()}").symlink_to(tmp_path / "elsewhere")
    assert do(shelf, ActionKind.TRASH)["b.txt"].problem is Problem.NO_TRASH


# ---- when the system says no ----------------------------------------------------------------------

STEPS = (
    *("open", "close", "unlink", "replace", "rename", "link", "fsync", "utime", "chmod"),
    *("write", "mkdir", "lseek", "stat", "lstat", "fstat", "read", "renameat2"),
)


class _Broken:
    """Lets the n-th step that changes or asks the disk fail, with an error or by giving up, before or after it."""

    def __init__(self, patch, number, failure, *, after=False):
        self.left = number
        self.failure = failure
        self.after = after
        self.hit = ""
        for name in STEPS:
            if name == "renameat2":
                patch.setattr(moving, "_renameat2", self._wrap(name, moving._renameat2))
            else:
                patch.setattr(os, name, self._wrap(name, getattr(os, name)))

    def _wrap(self, name, real):
        def step(*args, **options):
            self.left -= 1
            if self.left != 0:
                return real(*args, **options)
            self.hit = name
            if self.after:
                result = real(*args, **options)
                if name in ("open", "close"):
                    return result  # an open file that nobody knows of would be a fault of this test
            elif name == "close":
                return real(*args, **options)
            raise self.failure

        return step


class _GivenUp(BaseException):
    """What the engine raises in the middle of a command that is cancelled."""


def _run_broken(docs, out, kind, number, failure, *, after=False):
    shelf = twins(docs)
    [item] = shelf.plan().items
    diary = Diary(Deed(kind, out))
    with pytest.MonkeyPatch.context() as patch:
        broken = _Broken(patch, number, failure, after=after)
        try:
            diary.act(item)
        except type(failure):
            pass  # what escapes breaks the command off; the next start settles it
    [entry] = diary.settle()
    return broken.hit, entry


def _assert_true(docs, out, bin_folder, kind, entry, hit):
    """The journal says what is so, and the bytes are somewhere for as long as they should be."""
    path, kept = docs / "b.txt", docs / "a.txt"
    assert kept.read_bytes() == b"the same words", hit
    assert entry.state in (ActionState.DONE, ActionState.FAILED), hit
    if entry.state is ActionState.FAILED or kind in (ActionKind.LINK, ActionKind.CLONE):
        assert path.read_bytes() == b"the same words", hit
    else:
        assert not path.exists(), hit
        if kind is not ActionKind.DELETE:
            assert entry.target.read_bytes() == b"the same words", hit
    if kind is ActionKind.LINK:
        assert path.samefile(kept) == (entry.state is ActionState.DONE), hit


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("failure", [OSError(errno.EIO, "broken"), _GivenUp()])
@pytest.mark.parametrize(
    ("kind", "drive"),
    [
        *((kind, "own") for kind in ALL_KINDS),
        (ActionKind.MOVE, "other"),
        *((kind, "without atomic renames") for kind in ALL_KINDS),
    ],
)
def test_failure_at_any_step_loses_nothing(
    tmp_path, monkeypatch, kind, failure, after, drive, clones
):
    for number in range(1, 400):
        place = tmp_path / str(number)
        docs, out = place / "docs", place / "out"
        docs.mkdir(parents=True)
        monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
        with pytest.MonkeyPatch.context() as patch:
            if drive == "other":
                _other_drive(patch, out)
            elif drive != "own":
                patch.setattr(moving, "_renameat2", _not_known)
            hit, entry = _run_broken(docs, out, kind, number, failure, after=after)
        _assert_true(docs, out, place / "data" / "Trash", kind, entry, f"step {number}: {hit}")
        if drive == "own" or not isinstance(failure, OSError):
            assert not list(place.rglob(".dedupe-*")), hit
        if not hit:
            return
    pytest.fail("the steps never end")


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be brought down to the disk")
def test_copy_and_its_name_are_on_the_disk_before_the_file_itself_goes(docs, out, monkeypatch):
    _other_drive(monkeypatch, out)
    synced, real_sync, real_rename = set(), os.fsync, moving._renameat2

    def fsync(descriptor):
        real_sync(descriptor)
        synced.add(os.fstat(descriptor).st_ino)

    def rename(path, target, flags):
        if path == docs / "b.txt" and target.parent == docs:
            copy = out / "docs" / "b.txt"
            assert {copy.stat().st_ino, copy.parent.stat().st_ino} <= synced
            synced.add("seen")
        real_rename(path, target, flags)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(moving, "_renameat2", rename)
    assert do(twins(docs), ActionKind.MOVE, folder=out)["b.txt"].state is ActionState.DONE
    assert "seen" in synced


@pytest.mark.parametrize("kind", [ActionKind.MOVE, ActionKind.TRASH, ActionKind.CLONE])
def test_copy_that_is_not_what_was_copied_takes_no_files_place(docs, out, kind, monkeypatch):
    """A drive that loses what it was given says nothing: the copy is read again."""

    def lose(source, target):
        os.write(target, os.read(source, 4))

    _other_drive(monkeypatch, docs)
    monkeypatch.setattr(copying, "pour", lose)
    monkeypatch.setattr("dedupe_app.review.clone._share", lose)
    shelf = twins(docs)
    before = snapshot(docs)
    entry = do(shelf, kind, folder=out)["b.txt"]
    assert (entry.state, entry.problem) == (ActionState.FAILED, Problem.CHANGED)
    assert snapshot(docs) == before
    assert not list(out.rglob("*.txt"))


def test_one_failing_file_stops_no_other(docs, monkeypatch):
    shelf = twins(docs)
    for name in ("c.txt", "d.txt"):
        shelf.add(1, name, b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    real = moving._renameat2

    def refuse(path, target, flags):
        if path.name == "c.txt":
            raise OSError(errno.EACCES, "Permission denied")
        real(path, target, flags)

    monkeypatch.setattr(moving, "_renameat2", refuse)
    entries = do(shelf, ActionKind.TRASH)
    assert entries["c.txt"].problem is Problem.NOT_PERMITTED
    assert entries["b.txt"].state is entries["d.txt"].state is ActionState.DONE


def test_drive_without_permissions_takes_the_file_all_the_same(docs, out, monkeypatch):
    """Sticks and cards: their drive knows neither owner nor permissions. The journal does."""
    _other_drive(monkeypatch, out)
    shelf = twins(docs)
    (docs / "b.txt").chmod(0o600)
    before = snapshot(docs)
    real = Path.chmod

    def refuse(path, mode, **more):
        if path.is_relative_to(out):
            raise PermissionError(errno.EPERM, "Operation not permitted")
        real(path, mode, **more)

    monkeypatch.setattr(Path, "chmod", refuse)
    entry = do(shelf, ActionKind.MOVE, folder=out)["b.txt"]
    assert entry.state is ActionState.DONE
    take_back(entry)
    assert snapshot(docs) == before


def test_link_on_a_drive_without_links_is_not_possible(docs, monkeypatch):
    def refuse(*_args, **_more):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    shelf = twins(docs)
    before = snapshot(docs)
    monkeypatch.setattr(os, "link", refuse)
    assert do(shelf, ActionKind.LINK)["b.txt"].problem is Problem.NOT_POSSIBLE
    assert snapshot(docs) == before


def test_full_disk_is_told_and_leaves_no_piece(docs, out, monkeypatch):
    _other_drive(monkeypatch, out)
    shelf = twins(docs)

    def full(_descriptor, _data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    entry = do(shelf, ActionKind.MOVE, folder=out)["b.txt"]
    monkeypatch.undo()
    assert entry.problem is Problem.DISK_FULL
    assert snapshot(out) == {}
    assert (docs / "b.txt").exists()


@pytest.mark.parametrize("atomic", [True, False])
def test_file_is_never_renamed_to_a_name_that_was_just_taken(docs, monkeypatch, atomic):
    """Whatever was asked before: only the step itself can tell."""
    if not atomic:
        monkeypatch.setattr(moving, "_renameat2", _not_known)
    twins(docs)
    (docs / "a.txt").write_bytes(b"a stranger")
    with pytest.raises(FileExistsError):
        moving.rename_new(docs / "b.txt", docs / "a.txt")
    assert (docs / "a.txt").read_bytes() == b"a stranger"
    assert (docs / "b.txt").read_bytes() == b"the same words"


def test_drive_without_atomic_renames_still_never_overwrites(docs, out, monkeypatch):
    monkeypatch.setattr(moving, "_renameat2", _not_known)
    (out / "docs").mkdir(parents=True)
    (out / "docs" / "b.txt").write_bytes(b"mine")
    before = snapshot(docs)
    entry = do(twins(docs), ActionKind.MOVE, folder=out)["b.txt"]
    assert entry.target.name == "b (2).txt"
    assert (out / "docs" / "b.txt").read_bytes() == b"mine"
    take_back(entry)
    before = snapshot(docs)
    assert do(twins(docs), ActionKind.LINK)["b.txt"].state is ActionState.DONE
    assert {path: facts[0] for path, facts in snapshot(docs).items()} == {
        path: facts[0] for path, facts in before.items()
    }


# ---- undo -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_undo_restores_bytes_name_time_and_permissions(docs, out, kind, clones):
    shelf = twins(docs)
    (docs / "b.txt").chmod(0o600)
    before = snapshot(docs)
    entry = do(shelf, kind, folder=out)["b.txt"]
    assert entry.state is ActionState.DONE
    take_back(entry)
    assert snapshot(docs) == before
    assert not (docs / "a.txt").samefile(docs / "b.txt")


@pytest.mark.parametrize("kind", [ActionKind.TRASH, ActionKind.MOVE])
def test_undo_restores_time_and_permissions_that_changed_meanwhile(docs, out, kind):
    """A drive without permissions, or whoever looked into the trash, may have set others."""
    shelf = twins(docs)
    (docs / "b.txt").chmod(0o640)
    before = snapshot(docs)
    entry = do(shelf, kind, folder=out)["b.txt"]
    entry.target.chmod(0o777)
    os.utime(entry.target, ns=(5, 5))
    take_back(entry)
    assert snapshot(docs) == before


@pytest.mark.parametrize("kind", [ActionKind.LINK, ActionKind.DELETE])
def test_undo_makes_a_file_anew_on_a_drive_that_knows_no_times(docs, out, kind, monkeypatch):
    entry = do(twins(docs), kind, folder=out)["b.txt"]

    def refuse(*_path, **_times):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "utime", refuse)
    take_back(entry)
    assert (docs / "b.txt").read_bytes() == (docs / "a.txt").read_bytes()
    assert not (docs / "a.txt").samefile(docs / "b.txt")


@pytest.mark.parametrize("kind", [ActionKind.LINK, ActionKind.DELETE, ActionKind.MOVE])
def test_what_was_broken_off_on_a_drive_that_is_away_waits_for_it(docs, out, tmp_path, kind):
    """The folder it is mounted on stays, and is empty."""
    entry = entry_of(twins(docs).items()["b.txt"], kind)
    place = tmp_path / "place"
    place.mkdir()
    elsewhere = replace(
        entry,
        path=place / "b.txt",
        device=entry.device + 1,
        target=out / "b.txt" if kind is ActionKind.MOVE else moving.aside_of(place / "b.txt", kind),
    )
    assert settle(elsewhere).state is ActionState.PLANNED
    (place / "other.txt").write_text("the drive is there, under another number")
    assert settle(elsewhere).state is not ActionState.PLANNED


def test_drive_that_does_not_answer_is_away(tmp_path, monkeypatch):
    def fail(*_path, **_more):
        raise OSError(errno.EIO, "Input/output error")

    folder = tmp_path / "drive"
    folder.mkdir()
    device = folder.stat().st_dev
    monkeypatch.setattr(os, "stat", fail)
    assert held_module.is_away(folder, device)


def test_undo_never_overwrites(docs):
    entry = do(twins(docs), ActionKind.TRASH)["b.txt"]
    (docs / "b.txt").write_bytes(b"new work")
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.IN_THE_WAY
    assert (docs / "b.txt").read_bytes() == b"new work"
    assert entry.target.exists()


@pytest.mark.parametrize("what", ["a link", "a folder", "a pipe"])
def test_undo_removes_nothing_that_has_no_bytes_but_is_no_file(docs, what):
    """A file without bytes is what an undo leaves that broke off where names cannot be given in one step."""
    entry = do(twins(docs), ActionKind.TRASH)["b.txt"]
    path = docs / "b.txt"
    if what == "a link":
        (docs / "empty").touch()
        path.symlink_to(docs / "empty")
    elif what == "a folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    before = path.lstat()
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.IN_THE_WAY
    assert os.path.samestat(path.lstat(), before)
    assert entry.target.exists()


def test_undo_that_finds_no_file_leaves_what_is_in_its_place(docs):
    shelf = Shelf(docs)
    shelf.add(1, "a.txt", b"words", decision=KEEP)
    shelf.add(
        1, "b.txt", b"other  words", decision=REMOVE, decided=True, relation=Relation.REVISION
    )
    entry = do(shelf, ActionKind.DELETE)["b.txt"]
    (docs / "b.txt").touch(mode=0o200)  # as an undo that broke off leaves it
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.GONE
    assert (docs / "b.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o400, 0o000])
def test_undo_leaves_an_empty_file_of_a_person(docs, mode):
    entry = do(twins(docs), ActionKind.TRASH)["b.txt"]
    (docs / "b.txt").touch(mode=mode)
    before = (docs / "b.txt").lstat()
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.IN_THE_WAY
    assert (docs / "b.txt").lstat() == before
    assert entry.target.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes")
def test_undo_leaves_an_empty_file_that_another_program_has_begun(docs):
    shelf = twins(docs)
    shelf.add(1, "c.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    entry = do(shelf, ActionKind.TRASH)["c.txt"]
    path = docs / "c.txt"
    with path.open("w") as begun:
        path.chmod(0o644)
        begun.write("words that are not on the disk yet")
        with pytest.raises(LeftAlone) as left:
            take_back(entry)
    assert left.value.problem is Problem.IN_THE_WAY
    assert path.read_text() == "words that are not on the disk yet"
    assert entry.target.read_bytes() == b"the same words"


def test_undo_makes_the_folder_again(docs):
    shelf = twins(docs)
    shelf.add(1, "deep/er/c.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    entry = do(shelf, ActionKind.TRASH)["c.txt"]
    (docs / "deep" / "er").rmdir()
    (docs / "deep").rmdir()
    take_back(entry)
    assert (docs / "deep" / "er" / "c.txt").exists()


def test_undo_does_not_fill_the_place_of_a_drive_that_is_not_there(docs):
    shelf = twins(docs)
    shelf.add(1, "drive/c.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    entry = do(shelf, ActionKind.TRASH)["c.txt"]
    (docs / "drive").rmdir()
    with pytest.raises(LeftAlone) as left:
        take_back(replace(entry, device=entry.device + 1))
    assert left.value.problem is Problem.MISSING
    assert not (docs / "drive").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_broke_off_on_a_drive_that_is_gone_is_told_when_it_is_back(docs, out, kind):
    """Neither lost nor done: nobody can tell while the drive is not there."""
    shelf = twins(docs)
    shelf.add(1, "drive/c.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    item = shelf.items()["c.txt"]
    entry = replace(
        entry_of(item, kind), target=out / "c.txt", kept=docs / "a.txt", device=item.device + 1
    )
    (docs / "drive").rename(docs / "away")
    assert settle(entry) == entry
    assert settle_left(entry, LeftAlone(Problem.MISSING)).state is ActionState.PLANNED
    (docs / "away").rename(docs / "drive")
    assert settle(entry).state is ActionState.FAILED
    assert (docs / "drive" / "c.txt").exists()


@pytest.mark.parametrize("kind", [ActionKind.MOVE, ActionKind.TRASH, ActionKind.DELETE])
@pytest.mark.parametrize("copy", [b"other words", None])
def test_file_that_was_set_aside_comes_back_if_it_is_nowhere_else(docs, out, kind, copy):
    """The program ended right before the file itself was removed, and its copy was changed or lost since."""
    item = twins(docs).items()["b.txt"]
    before = snapshot(docs)
    aside = moving.aside_of(docs / "b.txt", "removed" if kind is ActionKind.DELETE else "moved")
    target = aside if kind is ActionKind.DELETE else out / "b.txt"
    if copy is not None:
        (out / "b.txt").write_bytes(copy)
    (docs / "b.txt").rename(aside)
    entry = replace(entry_of(item, kind), target=target, kept=docs / "a.txt")
    assert settle(entry).state is ActionState.FAILED
    assert snapshot(docs) == before


@pytest.mark.parametrize("kind", KINDS)
def test_what_others_put_where_a_file_was_going_stays(docs, out, bin_folder, kind):
    """The program ended before the step, and somebody else took the name."""
    item = twins(docs).items()["b.txt"]
    target = {
        ActionKind.MOVE: out / "b.txt",
        ActionKind.TRASH: bin_folder / "files" / "b.txt",
    }.get(kind, moving.aside_of(docs / "b.txt", "removed"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"somebody else's")
    entry = replace(entry_of(item, kind), target=target, kept=docs / "a.txt")
    assert settle(entry).state is ActionState.FAILED
    assert (docs / "b.txt").read_bytes() == b"the same words"
    if kind is not ActionKind.LINK:
        assert target.read_bytes() == b"somebody else's"


def test_what_is_in_the_trash_without_a_note_keeps_its_name(docs, bin_folder):
    (bin_folder / "files").mkdir(parents=True)
    (bin_folder / "files" / "b.txt").write_bytes(b"somebody else's")
    entry = do(twins(docs), ActionKind.TRASH)["b.txt"]
    assert entry.target.name == "b 2.txt"
    assert (bin_folder / "files" / "b.txt").read_bytes() == b"somebody else's"


def test_of_two_files_that_were_at_one_place_each_keeps_its_note(docs, bin_folder):
    """The program ended when it had taken a name in the trash for the second one."""
    do(twins(docs), ActionKind.TRASH)
    entry = entry_of(twins(docs).items()["b.txt"], ActionKind.TRASH)
    trash.reserve(trash.find_trash(entry.path), entry.path)
    for name in ("b 3.txt", "book.txt"):  # the second is about to be written by another program
        (bin_folder / "info" / f"{name}.trashinfo").touch()
    assert len(list((bin_folder / "info").iterdir())) == 4
    [settled] = settle_all([entry])
    assert settled.state is ActionState.FAILED
    left = {note.name for note in (bin_folder / "info").iterdir()}
    assert left == {"b.txt.trashinfo", "book.txt.trashinfo"}


def test_hidden_name_with_other_bytes_stays(docs):
    entry = entry_of(twins(docs).items()["b.txt"], ActionKind.LINK)
    for name, is_ours in (("mine", False), ("ours", True)):
        (docs / name).write_bytes(b"the same words" if is_ours else b"the SAME words")
        moving.drop_piece(docs / name, entry)
        assert (docs / name).exists() != is_ours


def test_emptied_trash_is_said_honestly(docs, bin_folder):
    shelf = Shelf(docs)
    shelf.add(1, "a.txt", b"the same words", decision=KEEP)
    shelf.add(1, "b.txt", b"the  same words", decision=REMOVE, relation=Relation.SAME_TEXT)
    entry = do(shelf, ActionKind.TRASH)["b.txt"]
    entry.target.unlink()
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.GONE
    assert not (docs / "b.txt").exists()


def test_identical_file_is_made_anew_when_the_trash_was_emptied(docs):
    shelf = twins(docs)
    before = snapshot(docs)
    entry = do(shelf, ActionKind.TRASH)["b.txt"]
    entry.target.unlink()
    assert "anew" in take_back(entry)
    assert snapshot(docs) == before


def test_undo_of_a_link_that_was_edited_leaves_it(docs):
    entry = do(twins(docs), ActionKind.LINK)["b.txt"]
    (docs / "b.txt").write_bytes(b"edited in both")
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.CHANGED
    assert (docs / "a.txt").read_bytes() == b"edited in both"


def test_undo_of_a_moved_file_that_was_edited_leaves_it(docs, out):
    entry = do(twins(docs), ActionKind.MOVE, folder=out)["b.txt"]
    entry.target.write_bytes(b"edited there")
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.CHANGED


@pytest.mark.parametrize("kind", KINDS)
def test_failure_at_any_step_of_undo_loses_nothing(tmp_path, monkeypatch, kind):
    for number in range(1, 400):
        place = tmp_path / str(number)
        docs, out = place / "docs", place / "out"
        docs.mkdir(parents=True)
        monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
        shelf = twins(docs)
        before = snapshot(docs)
        entry = do(shelf, kind, folder=out)["b.txt"]
        with pytest.MonkeyPatch.context() as patch:
            broken = _Broken(patch, number, _GivenUp())
            with contextlib.suppress(LeftAlone, _GivenUp):
                take_back(entry)
        take_back(entry)  # once more, and it is as before
        after = snapshot(docs)
        assert after[docs / "b.txt"][0] == before[docs / "b.txt"][0], broken.hit
        assert after[docs / "a.txt"] == before[docs / "a.txt"], broken.hit
        if not broken.hit:
            return
    pytest.fail("the steps never end")


# ---- whatever is marked ---------------------------------------------------------------------------

CONTENTS = st.sampled_from([b"one text", b"one  text", b"another"])
FILES = st.lists(
    st.tuples(
        st.integers(1, 3),  # group
        CONTENTS,
        st.sampled_from([KEEP, REMOVE, REMOVE, Decision.UNDECIDED]),
        st.booleans(),  # decided by a person
        st.sampled_from(["", "", "", "safe", "linked", "changed", "gone", "symlink", "touched"]),
    ),
    min_size=2,
    max_size=9,
)


def _build(shelf, files):
    """Write the files; what is special about each happens after the scan."""
    first = {}
    for number, (group, content, decision, decided, special) in enumerate(files):
        folder = "safe" if special == "safe" else "open"
        keeper = first.get(group)
        relation = Relation.REVISION
        if keeper is not None and keeper.read_bytes() == content:
            relation = Relation.IDENTICAL
        elif keeper is not None and keeper.read_bytes().split() == content.split():
            relation = Relation.SAME_TEXT
        source = content
        if special == "linked" and keeper is not None:
            source, relation = keeper, Relation.IDENTICAL
        marked = decision is REMOVE and (decided or relation is not Relation.REVISION)
        path = shelf.add(
            *(group, f"{folder}/{number}.txt", source),
            decision=REMOVE if marked else KEEP if decision is REMOVE else decision,
            relation=relation,
            decided=decided,
        )
        first.setdefault(group, path)
    for number, (*_, special) in enumerate(files):
        path = shelf.root / "open" / f"{number}.txt"
        if special == "changed":
            path.unlink()
            path.write_bytes(b"changed")
        elif special == "gone":
            path.unlink()
        elif special == "symlink":
            path.rename(path.with_suffix(".real"))
            path.symlink_to(path.with_suffix(".real"))
        elif special == "touched":
            os.utime(path, ns=(5, 5))


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, kind=st.sampled_from(ALL_KINDS))
def test_no_plan_removes_the_last_copy_or_touches_what_is_protected(tmp_path_factory, files, kind):
    place = tmp_path_factory.mktemp("plan")
    root = place / "docs"
    shelf = Shelf(root, protected=root / "safe")
    (root / "safe").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(place / "data"))
        patch.setattr("dedupe_app.review.clone._share", copying.pour)
        _build(shelf, files)
        before = snapshot(root)
        inodes = {path: path.lstat().st_ino for path in before}
        entries = do(shelf, kind, folder=place / "out")
        after = snapshot(root)
        _assert_group_stays(shelf, before, after)
        _assert_untouched(shelf, before, after, entries, inodes)
        gone = _undo_all(kind, entries)
        expected = {path: facts for path, facts in before.items() if path not in gone}
        assert snapshot(root) == expected


def _undo_all(kind, entries):
    """Take everything back; only what was deleted and is not identical to what stayed may be gone."""
    gone = set()
    for entry in reversed(entries.values()):
        if entry.state is not ActionState.DONE:
            continue
        if kind is ActionKind.DELETE and entry.relation is not Relation.IDENTICAL:
            with pytest.raises(LeftAlone):
                take_back(entry)
            gone.add(entry.path)
        else:
            take_back(entry)
    return gone


def _assert_group_stays(shelf, before, after):
    for rows in shelf.groups.values():
        whole = [row.path for row in rows if row.path in before]
        if whole:
            assert any(path in after for path in whole)


def _assert_untouched(shelf, before, after, entries, inodes):
    done = {entry.path for entry in entries.values() if entry.state is ActionState.DONE}
    for path, facts in before.items():
        if path not in done:
            assert after[path] == facts
            assert path.lstat().st_ino == inodes[path]
        assert not (path in done and path.is_relative_to(shelf.root / "safe"))
    for entry in entries.values():
        if entry.state is ActionState.DONE and not _was_decided(shelf, entry.path):
            texts = {b"".join(facts[0].split()) for facts in after.values()}
            assert b"".join(before[entry.path][0].split()) in texts


def _was_decided(shelf, path):
    return next(row.decided for rows in shelf.groups.values() for row in rows if row.path == path)


def _not_known(_path, _target, _flags):
    raise OSError(errno.EINVAL, "Invalid argument")


def _other_drive(patch, folder):
    """Let a folder be on another drive: nothing can be renamed into or out of it."""
    real = moving._renameat2

    def rename(path, target, flags):
        if path.is_relative_to(folder) != target.is_relative_to(folder):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(path, target, flags)

    patch.setattr(moving, "_renameat2", rename)


# ---- a drive that is not there when something is taken back -----------------------------------------


def unplug(folder):
    """Take a drive away: the folder that it is mounted on stays, and is empty; return where it is meanwhile."""
    away = folder.with_name(f"{folder.name} in a drawer")
    folder.rename(away)
    folder.mkdir()
    return away


def plug_in(folder, away):
    folder.rmdir()
    away.rename(folder)


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def of_another_drive(entry):
    """Return an entry as if its target and what stays for it were on a drive of their own."""
    assert entry.target_device or entry.kind is ActionKind.DELETE
    assert entry.kept_device == entry.device
    return replace(entry, target_device=entry.device + 1, kept_device=entry.device + 1)


def test_moved_file_on_a_drive_that_is_away_is_not_gone(docs, stick):
    entry = of_another_drive(do(twins(docs), ActionKind.MOVE, folder=stick)["b.txt"])
    assert entry.state is ActionState.DONE
    away = unplug(stick)
    for _ in range(2):
        with pytest.raises(LeftAlone) as left:
            take_back(entry)
        assert left.value.problem is Problem.MISSING
        assert str(entry.target.parent) in left.value.detail
        failed = replace(entry, problem=Problem.MISSING)
        assert not may_work_now(failed)
    assert not (docs / "b.txt").exists()
    plug_in(stick, away)
    assert may_work_now(failed)
    take_back(failed)
    assert (docs / "b.txt").read_bytes() == b"the same words"


def test_deleted_file_whose_copy_is_on_a_drive_that_is_away_is_not_gone(docs, stick):
    shelf = Shelf(docs)
    kept = stick / "docs" / "a.txt"
    kept.parent.mkdir()
    kept.write_bytes(b"the same words")
    shelf.store(1, kept, decision=Decision.KEEP)
    shelf.add(
        *(1, "b.txt", b"the same words"), decision=Decision.REMOVE, relation=Relation.IDENTICAL
    )
    entry = of_another_drive(do(shelf, ActionKind.DELETE)["b.txt"])
    assert (entry.state, entry.kept) == (ActionState.DONE, kept)
    away = unplug(stick)
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.MISSING
    plug_in(stick, away)
    take_back(entry)
    assert (docs / "b.txt").read_bytes() == b"the same words"


def test_what_was_moved_and_is_not_where_its_drive_is_there_is_gone(docs, stick):
    shelf = Shelf(docs)
    shelf.add(1, "a.txt", b"the same words, revised", decision=Decision.KEEP)
    more = {"relation": Relation.REVISION, "decided": True}
    shelf.add(1, "b.txt", b"the same words", decision=Decision.REMOVE, **more)
    entry = do(shelf, ActionKind.MOVE, folder=stick)["b.txt"]
    entry.target.unlink()
    for removed in (None, entry.target.parent):
        if removed:
            removed.rmdir()
        with pytest.raises(LeftAlone) as left:
            take_back(entry)
        assert left.value.problem is Problem.GONE


def test_moved_file_of_an_earlier_version_is_gone_only_where_its_folder_is_there(docs, stick):
    entry = do(twins(docs), ActionKind.MOVE, folder=stick)["b.txt"]
    old = replace(entry, target_device=0, kept_device=0)
    away = unplug(stick)
    with pytest.raises(LeftAlone) as left:
        take_back(old)
    assert left.value.problem is Problem.MISSING
    plug_in(stick, away)
    take_back(old)
    assert (docs / "b.txt").exists()


def test_move_that_broke_off_waits_for_the_drive_it_went_to(docs, stick):
    done = of_another_drive(do(twins(docs), ActionKind.MOVE, folder=stick)["b.txt"])
    entry = replace(done, state=ActionState.PLANNED)
    away = unplug(stick)
    assert settle(entry) == entry
    plug_in(stick, away)
    settled = settle(replace(entry, problem=Problem.MISSING, message="said meanwhile"))
    assert settled == done
    take_back(settled)
    assert (docs / "b.txt").exists()


@pytest.mark.parametrize("kind", [ActionKind.LINK, ActionKind.CLONE])
def test_linked_file_is_gone_only_where_its_drive_is_there(docs, kind, clones):
    entry = do(twins(docs), kind)["b.txt"]
    away = unplug(docs)
    elsewhere = replace(entry, device=entry.device + 1)
    with pytest.raises(LeftAlone) as left:
        take_back(elsewhere)
    assert left.value.problem is Problem.MISSING
    failed = replace(elsewhere, problem=Problem.MISSING)
    assert not may_work_now(failed)
    plug_in(docs, away)
    assert may_work_now(failed)
    (docs / "b.txt").unlink()
    assert not may_work_now(failed)
    with pytest.raises(LeftAlone) as left:
        take_back(entry)
    assert left.value.problem is Problem.GONE


def test_what_is_in_the_way_and_then_not_may_work(docs):
    entry = do(twins(docs), ActionKind.TRASH)["b.txt"]
    (docs / "b.txt").write_bytes(b"new work")
    failed = replace(entry, problem=Problem.IN_THE_WAY)
    assert not may_work_now(failed)
    (docs / "b.txt").unlink()
    assert may_work_now(failed)
    assert may_work_now(entry)
    assert not may_work_now(replace(entry, problem=Problem.NOT_PERMITTED))


# ---- the folder that files are moved to -------------------------------------------------------------


def test_files_are_moved_to_no_folder_that_is_not_there(docs, tmp_path):
    [item] = twins(docs).plan().items
    chosen = tmp_path / "place of a drive" / "sorted out"
    chosen.parent.mkdir()
    before = snapshot(docs)
    with pytest.raises(LeftAlone) as left:
        perform(item, Deed(ActionKind.MOVE, chosen), lambda *_: None)
    assert left.value.problem is Problem.NOT_POSSIBLE
    assert snapshot(docs) == before
    assert list(chosen.parent.iterdir()) == []
    chosen.mkdir()
    perform(item, Deed(ActionKind.MOVE, chosen), lambda *_: None)
    assert (chosen / "docs" / "b.txt").exists()


def test_drive_that_goes_before_the_folders_are_made_gets_none(docs, tmp_path, monkeypatch):
    [item] = twins(docs).plan().items
    chosen = tmp_path / "place of a drive" / "sorted out"
    chosen.mkdir(parents=True)
    real = Path.is_dir

    def is_dir(path, **more):
        found = real(path, **more)
        if path == chosen and found:
            chosen.rmdir()
        return found

    monkeypatch.setattr(Path, "is_dir", is_dir)
    with pytest.raises(LeftAlone) as left:
        perform(item, Deed(ActionKind.MOVE, chosen), lambda *_: None)
    assert left.value.problem is Problem.MISSING
    assert (docs / "b.txt").exists()
    assert list(chosen.parent.iterdir()) == []
