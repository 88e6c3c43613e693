"""Ways to lose a file that others had: two mounts of one share, copies in the trash, logs that quote documents."""

import csv
import errno
import io
import logging
import os
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import kreuzberg
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planned import Diary, Shelf, snapshot, twins
from tiny_files import ole

from dedupe_app.cli import program
from dedupe_app.records import (
    LATEST_NS,
    ActionKind,
    ActionState,
    Decision,
    Problem,
    Relation,
)
from dedupe_app.review import copying, guard, held, moving
from dedupe_app.review.actions import Deed
from dedupe_app.review.trash import is_in_trash
from dedupe_app.review.undo import take_back
from dedupe_app.settings import ReadLimits
from dedupe_app.store import folders
from dedupe_app.store.database import open_library
from dedupe_app.text.extract import extract

SECRET = "the patient has a rare condition"
WAYS = ("its name", "dots", "a link", "a link to its parent")
KINDS = [ActionKind.TRASH, ActionKind.MOVE, ActionKind.DELETE]


@pytest.fixture(autouse=True)
def own_trash(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def mounted(status, **other):
    names = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns", "st_mode", "st_nlink")
    return SimpleNamespace(**{name: getattr(status, name) for name in names} | other)


@pytest.mark.parametrize("kind", KINDS)
def test_one_file_on_two_mounts_of_a_share_is_not_two_copies(tmp_path, monkeypatch, kind):
    shelf = twins(tmp_path / "docs")
    [item] = shelf.plan().items
    marked = item.path
    other = item.kept[0].path
    one = other.stat()
    monkeypatch.setattr(held, "_facts", lambda status: (status.st_size,))
    real_fstat = os.fstat

    def fstat(descriptor):
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path == marked:
            return mounted(one, st_dev=one.st_dev + 1)
        return real_fstat(descriptor)

    monkeypatch.setattr(os, "fstat", fstat)
    entry = Diary(Deed(kind, tmp_path / "out")).act(item)
    assert entry.problem is Problem.SAME_FILE
    assert marked.exists()
    assert other.exists()


@pytest.mark.parametrize("drive", ["own", "other"])
@pytest.mark.parametrize("kind", list(ActionKind))
def test_one_file_with_two_names_and_two_numbers_is_not_two_copies(
    tmp_path, monkeypatch, kind, drive
):
    """So it is on drives that take Docs and docs for one folder and make their numbers up, and through two mounts.

    Only when the one name is given away it shows that the other one went with it.
    """
    (tmp_path / "Docs").mkdir()
    (tmp_path / "docs").symlink_to(tmp_path / "Docs")
    (tmp_path / "Docs" / "a.txt").write_bytes(b"the same words")
    shelf = Shelf(tmp_path)
    shelf.store(1, tmp_path / "Docs" / "a.txt", decision=Decision.KEEP)
    for name in ("plan._is_same_file", "actions.is_same_file", "settle.is_same_file"):
        monkeypatch.setattr(f"dedupe_app.review.{name}", lambda _one, _other: False)
    monkeypatch.setattr("dedupe_app.review.clone._share", copying.pour)
    if drive == "other":
        monkeypatch.setattr(moving, "_renameat2", within_a_folder(moving._renameat2))
    shelf.store(
        *(1, tmp_path / "docs" / "a.txt"),
        decision=Decision.REMOVE,
        relation=Relation.IDENTICAL,
    )
    before = snapshot(tmp_path / "Docs")
    [item] = shelf.plan().items
    entry = Diary(Deed(kind, tmp_path / "out")).act(item)
    assert snapshot(tmp_path / "Docs") == before
    if kind in KINDS:
        assert (entry.state, entry.problem) == (ActionState.FAILED, Problem.SAME_FILE)
    assert not list((tmp_path / "out").rglob("*.txt"))
    assert not list((tmp_path / "data").rglob("a.txt*"))


def within_a_folder(real):
    """Let files be renamed within their folder alone: all others are on other drives."""

    def rename(path, target, flags):
        if path.parent != target.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(path, target, flags)

    return rename


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("trash", [".Trash-1000/files", "$RECYCLE.BIN/S-1-5"])
def test_copy_in_a_trash_is_no_copy_that_stays(tmp_path, kind, trash):
    shelf = Shelf(tmp_path / "docs")
    shelf.add(1, f"{trash}/a.txt", b"words", decision=Decision.KEEP)
    shelf.add(1, "b.txt", b"words", decision=Decision.REMOVE, relation=Relation.IDENTICAL)
    [item] = shelf.plan().items
    entry = Diary(Deed(kind, tmp_path / "out")).act(item)
    assert entry.problem is Problem.KEPT_LOST
    assert (tmp_path / "docs" / "b.txt").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no disk that is always full")
def test_full_trash_leaves_the_file_and_no_note(tmp_path, monkeypatch):
    shelf = twins(tmp_path / "docs")
    [item] = shelf.plan().items
    real_fdopen = os.fdopen

    def full(descriptor, *_mode):
        os.close(descriptor)
        return real_fdopen(os.open("/dev/full", os.O_WRONLY), "wb")

    monkeypatch.setattr(os, "fdopen", full)
    assert Diary(Deed(ActionKind.TRASH)).act(item).problem is Problem.DISK_FULL
    monkeypatch.undo()
    assert item.path.exists()
    assert not list((tmp_path / "data" / "Trash" / "info").iterdir())


def test_trash_of_the_home_is_known_through_a_link(tmp_path):
    files = tmp_path / "data" / "Trash" / "files"
    files.mkdir(parents=True)
    (tmp_path / "elsewhere").symlink_to(files)
    assert is_in_trash(tmp_path / "elsewhere" / "a.txt")
    assert not is_in_trash(tmp_path / "data" / "a.txt")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([*KINDS, ActionKind.LINK, ActionKind.CLONE]),
    named=st.sampled_from(WAYS),
    reached=st.sampled_from(WAYS),
    deep=st.booleans(),
    name=st.sampled_from([b"safe", b"s\xff\xfe", "sicher \u00e4\u202e".encode(), b"=safe\n"]),
)
def test_protected_file_stays_by_whatever_way_it_is_reached(
    tmp_path_factory, kind, named, reached, deep, name
):
    place = tmp_path_factory.mktemp("ways")
    safe = place / os.fsdecode(name)
    shelf = Shelf(place / "docs")
    shelf.add(1, "a.txt", b"the same words", decision=Decision.KEEP)
    inner = safe / "deep" / "er" if deep else safe
    inner.mkdir(parents=True)
    (inner / "b.txt").write_bytes(b"the same words")
    path = by_way(reached, place, safe) / inner.relative_to(safe) / "b.txt"
    shelf.store(1, path, decision=Decision.REMOVE, relation=Relation.IDENTICAL)
    deed = Deed(kind, place / "out", [by_way(named, place, safe)])
    [item] = (
        shelf.plan().items
    )  # nobody knew then: it was protected since, or the way led elsewhere
    before, inode = snapshot(safe), (inner / "b.txt").stat().st_ino
    assert Diary(deed).act(item).problem is Problem.PROTECTED
    assert snapshot(safe) == before
    assert (inner / "b.txt").stat().st_ino == inode


@pytest.mark.parametrize("kind", KINDS)
def test_protected_folder_is_known_by_its_inode_too(tmp_path, monkeypatch, kind):
    """So it is behind another mount, and where names are the same in other letters."""
    safe, other = tmp_path / "safe", tmp_path / "other"
    safe.mkdir()
    shelf = Shelf(other)
    shelf.add(1, "a.txt", b"the same words", decision=Decision.KEEP)
    shelf.add(
        1, "in/b.txt", b"the same words", decision=Decision.REMOVE, relation=Relation.IDENTICAL
    )
    [item] = shelf.plan().items
    real = guard._identity
    monkeypatch.setattr(
        guard, "_identity", lambda folder: real(safe if folder == other / "in" else folder)
    )
    entry = Diary(Deed(kind, tmp_path / "out", [safe])).act(item)
    assert entry.problem is Problem.PROTECTED
    assert (other / "in" / "b.txt").exists()


def by_way(way, place, folder):
    """Return a folder by its name, or by another way that leads to it."""
    if way == "its name":
        return folder
    if way == "dots":
        return place / "docs" / ".." / folder.name
    link = place / f"way {way}"
    if not link.is_symlink():
        link.symlink_to(place if way == "a link to its parent" else folder)
    return link / folder.name if way == "a link to its parent" else link


def test_folder_that_the_window_protects_is_protected_on_the_command_line(tmp_path, plant):
    tree = plant(
        tmp_path / "tree", {"a/1.txt": "the same words " * 9, "b/2.txt": "the same words " * 9}
    )
    (tmp_path / "way").symlink_to(tree)
    path = tmp_path / "library.sqlite"
    with open_library(path) as library:
        [folder] = folders.add_folders(library, [tree / "b"])
        folders.change_folder(library, replace(folder, protected=True))
    for named in (tree, tmp_path / "way"):
        command = ["scan", str(named), "--library", str(path), "--csv", "-", "--quiet"]
        first, second = (CliRunner().invoke(program, command).stdout for _ in range(2))
        rows = {
            row["name"]: row for row in csv.DictReader(io.StringIO(first.removeprefix("\ufeff")))
        }
        assert rows["2.txt"]["role"] == "protected"
        assert rows["2.txt"]["decision"] == "keep"
        assert rows["1.txt"]["decision"] == "remove"
        assert second == first


def test_time_of_another_century_stops_no_scan_and_no_action(tmp_path, plant, run_scan):
    """Clocks go wrong: the library holds the years 1677 to 2262, a file may be of 2446."""
    tree = plant(
        tmp_path / "tree", {"a.txt": "the same words " * 9, "b.txt": "the same words " * 9}
    )
    for name in ("a.txt", "b.txt"):
        os.utime(tree / name, (13_000_000_000, 13_000_000_000))
    before = snapshot(tree)
    library = tmp_path / "library.sqlite"
    first = run_scan(library, tree)
    assert len(first.rows) == 2
    assert run_scan(library, tree).csv == first.csv
    shelf = Shelf(tree)
    for name, decision in (("a.txt", Decision.KEEP), ("b.txt", Decision.REMOVE)):
        shelf.store(1, tree / name, decision=decision, relation=Relation.IDENTICAL)
    shelf.groups[1] = [replace(row, mtime_ns=LATEST_NS) for row in shelf.groups[1]]
    [item] = shelf.plan().items
    entry = Diary(Deed(ActionKind.TRASH)).act(item)
    assert entry.state is ActionState.DONE
    take_back(entry)
    assert snapshot(tree) == before


def test_what_a_reader_says_of_a_document_does_not_reach_the_log(tmp_path, monkeypatch, caplog):
    def panic(*_arguments, **_more):
        raise ValueError(f"not a number: {SECRET}")

    monkeypatch.setattr(kreuzberg, "extract_bytes_sync", panic)
    path = tmp_path / "broken.doc"
    path.write_bytes(ole("WordDocument"))
    with caplog.at_level(logging.DEBUG):
        extract(path, ReadLimits())
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
