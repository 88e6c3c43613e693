"""The walk over real, also hostile trees, and the pure comparison with the stored state."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.intake.comparing import compare
from dedupe_app.intake.scan import ScanRules, Unreadable, walk
from dedupe_app.records import Change, ChangeKind, FileState, SkipReason, mtime_of

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file names and kinds")
NOBODY = 65534


def put(root: Path, *names: str, text: str = "x") -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def names(root: Path, rules: ScanRules | None = None) -> list[str]:
    found = list(walk([root], rules or ScanRules()))
    assert all(isinstance(item, FileState) for item in found), found
    return [item.path.relative_to(root).as_posix() for item in found]


def only_unreadable(items) -> Unreadable:
    (item,) = [item for item in items if isinstance(item, Unreadable)]
    return item


# ---- walk: what is there ---------------------------------------------------------------------


def test_state_holds_what_the_file_system_says(tmp_path):
    put(tmp_path, "a.txt", text="four")
    status = (tmp_path / "a.txt").lstat()
    assert list(walk([tmp_path], ScanRules())) == [
        FileState(tmp_path / "a.txt", 4, status.st_mtime_ns, status.st_dev, status.st_ino)
    ]


@pytest.mark.parametrize("seconds", [2**62, -(2**62), 10**12])
def test_time_that_64_bits_do_not_hold_is_the_nearest_that_they_do(seconds):
    status = SimpleNamespace(st_mtime_ns=seconds * 10**9)
    assert abs(mtime_of(status)) == 2**63 - 1
    assert (mtime_of(status) > 0) == (seconds > 0)


def test_files_come_in_byte_order_of_their_paths(tmp_path):
    put(tmp_path, "b/x", "b-1", "b.txt", "b0", "a", "Z", "ä", "b/a/y", "b/a.txt")
    found = names(tmp_path)
    assert found == sorted(found, key=os.fsencode)
    assert len(found) == 9


def test_a_relative_folder_gives_absolute_paths(tmp_path, monkeypatch):
    put(tmp_path, "in/a.txt", "beside/b.txt")
    monkeypatch.chdir(tmp_path / "beside")
    found = list(walk([Path(), Path("../in")], ScanRules()))
    assert [item.path for item in found] == [tmp_path / "beside/b.txt", tmp_path / "in/a.txt"]


def test_empty_folder_gives_nothing(tmp_path):
    assert names(tmp_path) == []


def test_overlapping_and_repeated_folders_give_each_file_once(tmp_path):
    put(tmp_path, "a.txt", "sub/b.txt", "sub/deep/c.txt")
    folders = [tmp_path / "sub/deep", tmp_path, tmp_path / "sub", tmp_path]
    found = [item.path for item in walk(folders, ScanRules())]
    assert found == [tmp_path / name for name in ("a.txt", "sub/b.txt", "sub/deep/c.txt")]


def test_named_folder_is_walked_although_a_rule_of_the_outer_one_skips_it(tmp_path):
    put(tmp_path, "a.txt", ".hidden/b.txt")
    found = [item.path.name for item in walk([tmp_path, tmp_path / ".hidden"], ScanRules())]
    assert found == ["a.txt", "b.txt"]


def test_small_files_are_passed_over(tmp_path):
    put(tmp_path, "small", text="123")
    put(tmp_path, "large", text="1234")
    assert names(tmp_path, ScanRules(smallest_bytes=4)) == ["large"]
    put(tmp_path, "empty", text="")
    assert names(tmp_path) == ["empty", "large", "small"]


# ---- walk: what is passed over ---------------------------------------------------------------


def test_hidden_files_and_folders_only_on_request(tmp_path):
    put(tmp_path, "a.txt", ".b.txt", ".c/d.txt")
    assert names(tmp_path) == ["a.txt"]
    assert names(tmp_path, ScanRules(include_hidden=True)) == [".b.txt", ".c/d.txt", "a.txt"]


def test_system_names_are_never_walked(tmp_path):
    put(tmp_path, "a.txt", ".git/b", ".svn/b", ".hg/b", "$RECYCLE.BIN/b", "__MACOSX/b")
    put(tmp_path, "System Volume Information/b", ".Trash-1000/files/b", ".Trashes/b")
    put(tmp_path, "lost+found/b", "THUMBS.DB", "Desktop.ini", ".DS_Store", "._a.txt")
    put(tmp_path, "~$letter.docx", ".~lock.letter.odt#", "node_modules/kept.md")
    expected = ["a.txt", "node_modules/kept.md"]
    assert names(tmp_path, ScanRules(include_hidden=True)) == expected


def test_excluded_patterns(tmp_path):
    put(tmp_path, "a.txt", "a.tmp", "build/b.txt", "build/deep/c.txt", "src/build/d.txt")
    put(tmp_path, "src/old/e.txt", "old")
    rules = ScanRules(exclude=("*.tmp", "build/**", "old/"))
    assert names(tmp_path, rules) == ["a.txt", "old", "src/build/d.txt"]


def test_absolute_exclude_keeps_a_folder_out(tmp_path):
    put(tmp_path, "a.txt", "private/b.txt")
    rules = ScanRules(exclude=(str(tmp_path / "private"),))
    assert names(tmp_path, rules) == ["a.txt"]


def test_library_and_companions_are_never_scanned(tmp_path):
    put(tmp_path, "lib.sqlite", "lib.sqlite-wal", "lib.sqlite-shm", "lib.sqlite-journal")
    put(tmp_path, "lib.sqlite.backup-3", "lib-backups/1.sqlite", "notes.txt")
    put(tmp_path, "sub/lib.sqlite", "libel.txt", "lib-notes.txt")
    expected = ["lib-notes.txt", "libel.txt", "notes.txt", "sub/lib.sqlite"]
    assert names(tmp_path, ScanRules(library=tmp_path / "lib.sqlite")) == expected


def test_library_that_does_not_exist_yet_is_no_error(tmp_path):
    put(tmp_path, "a.txt")
    assert names(tmp_path, ScanRules(library=tmp_path / "new" / "lib.sqlite")) == ["a.txt"]


@POSIX
def test_library_is_known_through_links(tmp_path):
    put(tmp_path, "docs/lib.sqlite", "docs/lib.sqlite-wal", "docs/a.txt")
    (tmp_path / "way").symlink_to(tmp_path / "docs")
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "docs/lib.sqlite")
    for library in (tmp_path / "way/lib.sqlite", tmp_path / "link.sqlite"):
        assert names(tmp_path / "docs", ScanRules(library=library)) == ["a.txt"]


# ---- walk: links -----------------------------------------------------------------------------


@POSIX
def test_links_are_not_followed(tmp_path):
    put(tmp_path, "in/a.txt", "out/b.txt")
    (tmp_path / "in/file").symlink_to(tmp_path / "out/b.txt")
    (tmp_path / "in/folder").symlink_to(tmp_path / "out")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/self").symlink_to("self")
    (tmp_path / "in/dead").symlink_to("nowhere")
    (tmp_path / "in/zero").symlink_to("/dev/zero")
    assert names(tmp_path / "in") == ["a.txt"]


@POSIX
def test_folder_that_becomes_a_link_during_the_walk_is_not_followed(tmp_path):
    put(tmp_path, "in/a.txt", "in/sub/b.txt", "out/secret.txt")
    steps = walk([tmp_path / "in"], ScanRules())
    assert next(steps).path.name == "a.txt"
    (tmp_path / "in/sub").rename(tmp_path / "away")
    (tmp_path / "in/sub").symlink_to(tmp_path / "out")
    assert list(steps) == []


@POSIX
def test_named_link_is_followed_and_keeps_its_name(tmp_path):
    put(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert names(tmp_path / "link") == ["a.txt"]


@POSIX
def test_folder_named_by_two_names_gives_each_file_once(tmp_path):
    put(tmp_path, "real/a.txt", "real/sub/b.txt")
    (tmp_path / "link").symlink_to("real")
    found = list(walk([tmp_path / "real/sub", tmp_path / "real", tmp_path / "link"], ScanRules()))
    assert [item.path for item in found] == [tmp_path / "link/a.txt", tmp_path / "link/sub/b.txt"]


@POSIX
def test_dots_after_a_link_mean_what_the_system_means(tmp_path):
    put(tmp_path, "far/real/x.txt", "far/a.txt", "b.txt")
    (tmp_path / "link").symlink_to("far/real")
    found = [item.path for item in walk([tmp_path / "link" / ".."], ScanRules())]
    assert found == [tmp_path / "far/a.txt", tmp_path / "far/real/x.txt"]


def test_hard_linked_file_is_seen_once_under_its_first_name(tmp_path):
    put(tmp_path, "m.txt")
    (tmp_path / "z").mkdir()
    for name in ("z/one.txt", "a.txt"):
        (tmp_path / name).hardlink_to(tmp_path / "m.txt")
    assert names(tmp_path) == ["a.txt"]
    assert names(tmp_path, ScanRules(exclude=("a.txt",))) == ["m.txt"]


# ---- walk: hostile names and trees -----------------------------------------------------------


@POSIX
@pytest.mark.parametrize(
    "name", [b"new\nline", b"\x1b[2Jescape", b"tab\t", b"caf\xe9.txt", b"\xff\xfe", b"  ", b"a\\b"]
)
def test_odd_names_survive(tmp_path, name):
    raw = os.fsencode(tmp_path) + b"/" + name
    try:
        os.close(os.open(raw, os.O_CREAT | os.O_WRONLY))
    except OSError as error:
        pytest.skip(f"this file system refuses the name: {error}")
    (state,) = walk([tmp_path], ScanRules(exclude=("*.tmp", "build/**")))
    assert os.fsencode(state.path) == raw


@POSIX
def test_special_files_are_named_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    put(tmp_path, "a.txt")
    found: list = []
    walker = threading.Thread(target=lambda: found.extend(walk([tmp_path], ScanRules())))
    walker.daemon = True
    walker.start()
    walker.join(timeout=20)
    assert not walker.is_alive()
    expected = Unreadable(tmp_path / "pipe", SkipReason.UNSUPPORTED, "a named pipe")
    assert only_unreadable(found) == expected


@POSIX
def test_socket_is_not_a_document(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert only_unreadable(walk([tmp_path], ScanRules())).detail == "a socket"


@pytest.fixture
def deep_folder(tmp_path):
    yield tmp_path
    # shutil.rmtree recurses, and pytest's clean-up with it.
    subprocess.run(["rm", "-rf", str(tmp_path)], check=True)


def dig(root: Path, name: str, levels: int) -> None:
    here = os.open(root, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)


@POSIX
def test_tree_of_1500_levels(deep_folder):
    dig(deep_folder, "d", 1500)
    (state,) = walk([deep_folder], ScanRules(exclude=("**/x/**/y", "*.tmp")))
    assert len(state.path.relative_to(deep_folder).parts) == 1501


@POSIX
def test_path_longer_than_the_system_allows_is_reported(deep_folder):
    dig(deep_folder, "n" * 250, 40)
    put(deep_folder, "z.txt")
    found = list(walk([deep_folder], ScanRules()))
    assert found[-1].path.name == "z.txt"
    assert only_unreadable(found).reason is SkipReason.UNSUPPORTED
    assert os.strerror(errno.ENAMETOOLONG) in only_unreadable(found).detail


@contextmanager
def ordinary_user(folder: Path):
    """Give up root's right to read everything, for folders that only root may enter."""
    if os.geteuid() != 0:
        yield
        return
    os.chown(folder, NOBODY, -1)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@POSIX
def test_folder_that_may_not_be_listed_is_reported():
    with TemporaryDirectory() as folder:
        root = Path(folder)
        put(root, "a.txt", "closed/b.txt", "blind/c.txt")
        (root / "closed").chmod(0o000)
        (root / "blind").chmod(0o444)
        with ordinary_user(root):
            found = list(walk([root], ScanRules()))
        (root / "closed").chmod(0o700)
        (root / "blind").chmod(0o700)
    assert [(item.path.name, getattr(item, "reason", None)) for item in found] == [
        ("a.txt", None),
        ("c.txt", SkipReason.NOT_PERMITTED),
        ("closed", SkipReason.NOT_PERMITTED),
    ]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.EACCES, SkipReason.NOT_PERMITTED),
        (errno.EIO, SkipReason.DAMAGED),
        (errno.ENOENT, SkipReason.VANISHED),
        (errno.ESTALE, SkipReason.VANISHED),
    ],
)
def test_error_of_the_system_becomes_a_reason(tmp_path, monkeypatch, code, reason):
    put(tmp_path, "a.txt", "bad/b.txt", "c.txt")
    scandir = os.scandir

    def failing(path):
        if str(path).endswith("bad"):
            raise OSError(code, os.strerror(code), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)
    found = list(walk([tmp_path], ScanRules()))
    assert [item.path.name for item in found] == ["a.txt", "bad", "c.txt"]
    assert only_unreadable(found) == Unreadable(tmp_path / "bad", reason, os.strerror(code))


def test_missing_folder_is_reported_and_the_others_walked(tmp_path):
    put(tmp_path, "here/a.txt")
    found = list(walk([tmp_path / "gone", tmp_path / "here"], ScanRules()))
    assert only_unreadable(found).reason is SkipReason.VANISHED
    assert found[1].path == tmp_path / "here/a.txt"


def test_file_named_as_folder_is_reported(tmp_path):
    put(tmp_path, "a.txt")
    assert only_unreadable(walk([tmp_path / "a.txt"], ScanRules())).path == tmp_path / "a.txt"


def test_folder_that_vanishes_during_the_walk_is_reported(tmp_path):
    put(tmp_path, "a.txt", "sub/b.txt", "z.txt")
    steps = walk([tmp_path], ScanRules())
    first = next(steps)
    shutil.rmtree(tmp_path / "sub")
    rest = list(steps)
    assert first.path.name == "a.txt"
    assert [item.path.name for item in rest] == ["sub", "z.txt"]
    assert rest[0].reason is SkipReason.VANISHED


# ---- compare ---------------------------------------------------------------------------------


def state(name: str, *, inode: int = 1, size: int = 10, mtime: int = 100, device: int = 7):
    return FileState(Path("/docs") / name, size, mtime, device, inode)


def changes(known, found, **options) -> list[Change]:
    return compare({item.path: item for item in known}, found, **options)


def test_nothing_changed():
    assert changes([state("a")], [state("a")]) == []


def test_new_and_missing_files():
    assert changes([state("a", inode=1)], [state("b", inode=2)]) == [
        Change(ChangeKind.REMOVED, state("a", inode=1)),
        Change(ChangeKind.ADDED, state("b", inode=2)),
    ]


@pytest.mark.parametrize("what", [{"size": 11}, {"mtime": 101}, {"inode": 2}])
def test_size_time_or_inode_tell_a_change(what):
    assert changes([state("a")], [state("a", **what)]) == [
        Change(ChangeKind.CHANGED, state("a", **what))
    ]


def test_another_device_number_alone_is_no_change():
    assert changes([state("a", device=7)], [state("a", device=8)]) == []


def test_renamed_file_has_moved():
    assert changes([state("a")], [state("sub/b")]) == [
        Change(ChangeKind.MOVED, state("sub/b"), old_path=Path("/docs/a"))
    ]


@pytest.mark.parametrize("what", [{"size": 11}, {"mtime": 101}])
def test_inode_used_again_by_another_file_is_no_move(what):
    found = changes([state("a")], [state("b", **what)])
    assert [change.kind for change in found] == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_file_system_without_inodes_knows_no_moves():
    found = changes([state("a", inode=0)], [state("b", inode=0)])
    assert [change.kind for change in found] == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_ambiguous_moves_are_not_guessed():
    for known, found in (("ab", "c"), ("a", "bc")):
        kinds = {change.kind for change in changes(map(state, known), map(state, found))}
        assert kinds == {ChangeKind.REMOVED, ChangeKind.ADDED}


def test_same_inode_on_another_device_is_no_move():
    known = [state("a"), state("usb/stays", inode=5, device=8)]
    found = [state("b", device=8), state("usb/stays", inode=5, device=8)]
    kinds = [change.kind for change in changes(known, found)]
    assert kinds == [ChangeKind.REMOVED, ChangeKind.ADDED]


def test_move_is_seen_after_the_drive_got_another_number():
    moved = [Change(ChangeKind.MOVED, state("b", device=9), old_path=Path("/docs/a"))]
    assert changes([state("a")], [state("b", device=9)]) == moved
    known = [state("a"), state("stays", inode=5), state("other", inode=6, device=9)]
    found = [state("b", device=9), state("stays", inode=5, device=9)]
    assert moved[0] in changes(known, found)


def test_file_that_was_renamed_onto_a_known_name_has_moved():
    known = [state("report", inode=1), state("report_new", inode=2, size=12)]
    found = [state("report_old", inode=1), state("report", inode=2, size=12)]
    assert changes(known, found) == [
        Change(ChangeKind.MOVED, found[1], old_path=Path("/docs/report_new")),
        Change(ChangeKind.MOVED, found[0], old_path=Path("/docs/report")),
    ]


def test_new_file_at_the_name_of_one_that_moved_is_new():
    known = [state("a", inode=1)]
    found = [state("a", inode=2, size=5), state("b", inode=1)]
    assert changes(known, found) == [
        Change(ChangeKind.ADDED, found[0]),
        Change(ChangeKind.MOVED, found[1], old_path=Path("/docs/a")),
    ]


def test_file_that_was_moved_over_another_has_moved_and_the_other_is_gone():
    found = [state("b", inode=1)]
    assert changes([state("a", inode=1), state("b", inode=2, size=5)], found) == [
        Change(ChangeKind.MOVED, found[0], old_path=Path("/docs/a"))
    ]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_names_that_went_round_are_moves(turn):
    names = ["a", "b", "c", "d"]
    known = [state(name, inode=number, mtime=number) for number, name in enumerate(names, 1)]
    found = [
        state(names[(at + turn) % 4], inode=own.inode, mtime=own.mtime_ns)
        for at, own in enumerate(known)
    ]
    assert {(each.old_path.name, each.state.path.name) for each in changes(known, found)} == {
        (name, names[(at + turn) % 4]) for at, name in enumerate(names)
    }


def test_inodes_that_a_drive_numbered_anew_are_no_moves():
    # Copies have the same size and time: only their numbers went round.
    known = [state("keep/a", inode=1), state("copies/a", inode=2), state("c", inode=3, mtime=5)]
    found = [state("keep/a", inode=2), state("copies/a", inode=1), state("c", inode=9, mtime=5)]
    assert {each.kind for each in changes(known, found)} == {ChangeKind.CHANGED}


def test_nothing_is_said_of_files_out_of_sight():
    known = [state("usb/a"), state("usb2/b", inode=2), state("c", inode=3)]
    found = changes(known, [state("elsewhere")], gone_roots=[Path("/docs/usb"), Path("/docs/c")])
    assert found == [
        Change(ChangeKind.ADDED, state("elsewhere")),
        Change(ChangeKind.REMOVED, state("usb2/b", inode=2)),
    ]


def test_everything_is_out_of_sight_below_the_root_of_the_disk():
    assert changes([state("a")], [], gone_roots=[Path("/")]) == []


FILES = st.builds(
    state,
    st.sampled_from(["a", "b", "sub/a", "sub/b", "usb/a", "usb/b", "usb/deep/c"]),
    inode=st.integers(0, 3),
    size=st.integers(0, 1),
    mtime=st.integers(0, 1),
    device=st.integers(7, 8),
)
TREES = st.lists(FILES, max_size=7, unique_by=lambda item: item.path)


def apply(known: dict, steps: list[Change]) -> dict:
    after = dict(known)
    moves = [step for step in steps if step.kind is ChangeKind.MOVED]
    moved = {after.pop(step.old_path) and step.state.path: step.state for step in moves}
    assert len(moved) == len(moves)
    after |= moved
    for step in steps:
        match step.kind:
            case ChangeKind.ADDED:
                assert step.state.path not in after
                after[step.state.path] = step.state
            case ChangeKind.CHANGED:
                assert step.state.path in after
                after[step.state.path] = step.state
            case ChangeKind.REMOVED:
                assert after.pop(step.state.path) == step.state
    return after


def without_device(states: dict) -> dict:
    return {path: replace(item, device=0) for path, item in states.items()}


@given(TREES, TREES)
def test_applying_the_changes_to_the_known_gives_the_found(known, found):
    before = {item.path: item for item in known}
    after = {item.path: item for item in found}
    assert without_device(apply(before, compare(before, found))) == without_device(after)


@given(TREES, TREES)
def test_files_out_of_sight_stay_as_they_are(known, found):
    root = Path("/docs/usb")
    before = {item.path: item for item in known}
    seen = {item.path: item for item in found if root not in item.path.parents}
    kept = {path: item for path, item in before.items() if root in path.parents}
    result = apply(before, compare(before, found, gone_roots=[root]))
    assert without_device(result) == without_device(seen | kept)


@given(TREES, TREES, st.randoms())
def test_order_of_the_files_does_not_matter(known, found, chance):
    before = {item.path: item for item in known}
    expected = compare(before, found)
    chance.shuffle(known)
    chance.shuffle(found)
    assert compare({item.path: item for item in known}, found) == expected


def test_walk_and_compare_follow_a_real_tree(tmp_path):
    put(tmp_path, "stays", "goes", "moves", "grows")
    before = {item.path: item for item in walk([tmp_path], ScanRules())}
    (tmp_path / "goes").unlink()
    (tmp_path / "sub").mkdir()
    (tmp_path / "moves").rename(tmp_path / "sub/moved")
    put(tmp_path, "grows", text="longer")
    put(tmp_path, "new", text="quite new")
    found = compare(before, walk([tmp_path], ScanRules()))
    assert [(change.kind, change.state.path.name) for change in found] == [
        (ChangeKind.REMOVED, "goes"),
        (ChangeKind.CHANGED, "grows"),
        (ChangeKind.ADDED, "new"),
        (ChangeKind.MOVED, "moved"),
    ]
