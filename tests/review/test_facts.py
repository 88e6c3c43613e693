"""What belongs to a file beside its bytes comes back with it: times, permissions, access lists, attributes, owner."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import struct
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planned import do, twins

from dedupe_app.records import ActionKind, ActionState, Attached
from dedupe_app.review import copying, facts, moving
from dedupe_app.review.held import LeftAlone
from dedupe_app.review.undo import take_back

ANYBODY = 0xFFFFFFFF
ACCESS_LIST, DEFAULT_LIST = "system.posix_acl_access", "system.posix_acl_default"
NAMES = st.from_regex(r"user\.[a-zà-ü]{1,12}(\.[a-z]{1,8})?", fullmatch=True)
KINDS = st.sampled_from(list(ActionKind))
# A file that nobody may read is compared by an administrator alone.
MODES = [
    0o600,
    0o640,
    0o444,
    0o755,
    0o4711,
    *([0o000] if getattr(os, "geteuid", int)() == 0 else []),
]


def has_attributes(folder):
    """Tell whether the drive of a folder takes attributes and access lists."""
    probe = folder / "probe"
    probe.write_bytes(b"")
    try:
        os.setxattr(probe, "user.probe", b"1")
        os.setxattr(probe, ACCESS_LIST, access_list({1000: 4}))
    except (AttributeError, OSError):
        return False
    finally:
        probe.unlink()
    return True


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Give a folder on a drive that takes attributes; clones are copies there."""
    if not has_attributes(tmp_path):
        pytest.skip("the drive takes no attributes")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("dedupe_app.review.clone._share", copying.pour)
    return tmp_path


def access_list(users, owner=6):
    """Return the access list that lets some users read (4), write (2) or both, as the system stores it."""
    entries = [(0x01, owner, ANYBODY)]
    entries += [(0x02, rights, user) for user, rights in sorted(users.items())]
    entries += [(0x04, 4, ANYBODY), (0x10, 6, ANYBODY), (0x20, 0, ANYBODY)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *each) for each in entries)


def all_of(path):
    """Return everything that a person could notice about a file."""
    status = path.stat()
    attributes = {name: os.getxattr(path, name) for name in os.listxattr(path)}
    times = status.st_mtime_ns
    return path.read_bytes(), times, status.st_mode, status.st_uid, status.st_gid, attributes


def there_and_back(docs, kind, out):
    entry = do(twins_of(docs), kind, folder=out)["b.txt"]
    assert entry.state is ActionState.DONE
    return entry, take_back(entry)


def twins_of(docs):
    """Return the shelf about files that were given attributes since they were written."""
    from planned import Shelf

    from dedupe_app.records import Decision, Relation

    shelf = Shelf(docs)
    shelf.store(1, docs / "a.txt", decision=Decision.KEEP)
    shelf.store(1, docs / "b.txt", decision=Decision.REMOVE, relation=Relation.IDENTICAL)
    return shelf


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    kind=KINDS,
    attributes=st.dictionaries(NAMES, st.binary(max_size=200), max_size=3),
    users=st.none() | st.dictionaries(st.integers(1, 60_000), st.sampled_from([0, 2, 4, 6])),
    mode=st.sampled_from(MODES),
    mtime_ns=st.integers(0, 2**61),
    other_drive=st.booleans(),
)
def test_undo_restores_all_that_belongs_to_a_file(
    root, tmp_path_factory, kind, attributes, users, mode, mtime_ns, other_drive
):
    docs = tmp_path_factory.mktemp("docs", numbered=True)
    twins(docs)
    path, other = docs / "b.txt", docs / "a.txt"
    os.setxattr(other, "user.of-the-copy", b"not of the other")
    for name, value in attributes.items():
        os.setxattr(path, name, value)
    path.chmod(mode)
    if users is not None:
        os.setxattr(path, ACCESS_LIST, access_list(users))
    os.utime(path, ns=(mtime_ns // 2, mtime_ns))
    before, of_other = all_of(path), all_of(other)
    with pytest.MonkeyPatch.context() as patch:
        if other_drive:
            patch.setattr(moving, "_renameat2", elsewhere(docs, moving._renameat2))
        _, message = there_and_back(docs, kind, docs.with_name(f"{docs.name}-out"))
    assert "could not" not in message
    assert all_of(path) == before
    assert all_of(other) == of_other
    assert not path.samefile(other)


def elsewhere(docs, real):
    """Let all that is not in a folder be on another drive."""

    def rename(path, target, flags):
        if path.is_relative_to(docs) != target.is_relative_to(docs):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(path, target, flags)

    return rename


@pytest.mark.parametrize("kind", [ActionKind.LINK, ActionKind.DELETE, ActionKind.MOVE])
def test_attributes_survive_a_way_that_has_none(root, kind, monkeypatch):
    """The journal has them: on a stick, say, they would be lost."""
    docs = root / "docs"
    twins(docs)
    path = docs / "b.txt"
    os.setxattr(path, "user.tags", b"taxes")
    before = all_of(path)
    entry = do(twins_of(docs), kind, folder=root / "out")["b.txt"]
    if kind is ActionKind.MOVE:
        os.removexattr(entry.target, "user.tags")
    take_back(entry)
    assert all_of(path) == before


@pytest.mark.parametrize("kind", [ActionKind.LINK, ActionKind.DELETE])
def test_what_the_folder_gives_to_new_files_is_not_given_to_one_that_comes_back(root, kind):
    docs = root / "docs"
    twins(docs)
    os.setxattr(docs, DEFAULT_LIST, access_list({1234: 6}))
    before = all_of(docs / "b.txt")
    there_and_back(docs, kind, root / "out")
    assert all_of(docs / "b.txt") == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives files away")
@pytest.mark.parametrize("kind", list(ActionKind))
def test_owner_and_special_permissions_come_back(root, kind):
    docs = root / "docs"
    twins(docs)
    os.chown(docs / "b.txt", 12345, 54321)
    (docs / "b.txt").chmod(0o6755)
    before = all_of(docs / "b.txt")
    there_and_back(docs, kind, root / "out")
    assert all_of(docs / "b.txt") == before


@pytest.mark.parametrize(
    ("kind", "beginning"),
    [(ActionKind.DELETE, "Made anew"), (ActionKind.LINK, "It is back"), (ActionKind.MOVE, "It is")],
)
def test_what_cannot_be_set_is_named(root, kind, beginning, monkeypatch):
    docs = root / "docs"
    twins(docs)
    os.setxattr(docs / "b.txt", "user.tags", b"taxes")
    os.setxattr(docs / "b.txt", "user.title", b"2024")
    entry = do(twins_of(docs), kind, folder=root / "out")["b.txt"]
    if kind is ActionKind.MOVE:
        os.removexattr(entry.target, "user.tags")
        os.removexattr(entry.target, "user.title")

    def refuse(*_args, **_options):
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", refuse)
    message = take_back(entry)
    assert message.startswith(beginning)
    assert message.endswith("these could not be set: user.tags, user.title.")
    assert (docs / "b.txt").read_bytes() == b"the same words"


def test_too_much_is_not_kept_but_named(root, monkeypatch):
    monkeypatch.setattr(facts, "_MOST_BYTES", 10)
    docs = root / "docs"
    twins(docs)
    os.setxattr(docs / "b.txt", "user.large", b"x" * 11)
    os.setxattr(docs / "b.txt", "user.small", b"x" * 10)
    entry, message = there_and_back(docs, ActionKind.DELETE, None)
    assert entry.attached.missed == ("user.large",)
    assert message.endswith("could not be set: user.large.")
    assert os.listxattr(docs / "b.txt") == ["user.small"]


def test_file_that_went_has_nothing(tmp_path):
    assert facts.read_attached(tmp_path / "gone") is None


@pytest.mark.skipif(sys.platform != "linux", reason="attributes")
def test_drive_without_attributes_has_none(tmp_path, monkeypatch):
    def refuse(*_args, **_options):
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "listxattr", refuse)
    (tmp_path / "a.txt").write_bytes(b"x")
    attached = facts.read_attached(tmp_path / "a.txt")
    assert (attached.attributes, attached.missed) == ((), ())


@pytest.mark.skipif(sys.platform == "win32", reason="files have no owners to speak of")
def test_special_permissions_go_to_no_other_owner(tmp_path, monkeypatch):
    """What ran with the rights of one person would run with those of another."""
    path = tmp_path / "tool"
    path.write_bytes(b"#!")
    status = path.stat()

    def refuse(*_args, **_options):
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(os, "chown", refuse)
    own = Attached(status.st_uid, status.st_gid, status.st_atime_ns, (), ())
    missed = facts.set_facts(path, facts.Facts(0o6755, status.st_mtime_ns, own))
    assert "owner" not in missed
    assert stat.S_IMODE(path.stat().st_mode) == 0o6755
    theirs = Attached(status.st_uid + 1, status.st_gid, status.st_atime_ns, (), ())
    missed = facts.set_facts(path, facts.Facts(0o6755, status.st_mtime_ns, theirs))
    assert "owner" in missed
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


@contextlib.contextmanager
def names_swapped(root, victim):
    """Put a link to another file in place of each that is worked on, right before anything is set."""

    def swapping(real):
        def call(place, *args, **options):
            for path in [*root.rglob(".dedupe-*"), *root.rglob("b.txt")]:
                if path.is_file() and not path.is_symlink():
                    path.rename(root / f"swapped-{path.stat().st_ino}")
                    path.symlink_to(victim)
            return real(place, *args, **options)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("utime", "chmod", "chown", "setxattr", "removexattr", "fchown"):
            patch.setattr(os, name, swapping(getattr(os, name)))
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere some of it goes by name")
@pytest.mark.parametrize("other_drive", [False, True])
@pytest.mark.parametrize("swapped_at", ["doing", "undoing"])
@pytest.mark.parametrize("kind", list(ActionKind))
def test_link_put_in_place_of_a_file_leads_nobody_elsewhere(
    root, kind, swapped_at, other_drive, monkeypatch
):
    docs, victim = root / "docs", root / "victim"
    victim.write_bytes(b"of somebody else")
    before = all_of(victim)
    twins(docs)
    (docs / "b.txt").chmod(0o751)
    os.setxattr(docs / "b.txt", "user.tags", b"taxes")
    if other_drive:
        monkeypatch.setattr(moving, "_renameat2", elsewhere(docs, moving._renameat2))
    with names_swapped(root, victim) if swapped_at == "doing" else contextlib.nullcontext():
        entry = do(twins_of(docs), kind, folder=root / "out")["b.txt"]
    if swapped_at == "undoing":
        with names_swapped(root, victim), contextlib.suppress(LeftAlone):
            take_back(entry)
    assert all_of(victim) == before
    assert (docs / "a.txt").read_bytes() == b"the same words"
