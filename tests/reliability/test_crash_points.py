"""The power fails before every single step of every action, of its undo, and of finding out what was done.

A step is whatever changes the disk or the journal. From then on nothing happens any more, and files that were not yet
brought down to the disk are empty. Not a sample: every place. The journal is a real one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys

import pytest
from planned import entry_of, snapshot, twins

from dedupe_app.engine.acting import reconcile
from dedupe_app.engine.ledger import Ledger
from dedupe_app.records import ActionKind, ActionState
from dedupe_app.review import copying, moving
from dedupe_app.review.actions import Deed
from dedupe_app.store import journal
from dedupe_app.store.database import open_library

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="steps of Linux")

STEPS = (
    *("open", "fdopen", "write", "fsync", "unlink", "replace", "rename", "link", "mkdir"),
    *("utime", "chmod", "chown", "fchown", "setxattr", "removexattr"),
)
WORDS = b"the same words"
MOST = 200
CASES = [
    *((kind, "own") for kind in ActionKind),
    *((kind, "no atomic renames") for kind in ActionKind),
    *((kind, "no modes") for kind in ActionKind),
    *((kind, "other") for kind in (ActionKind.TRASH, ActionKind.MOVE)),
]


class PowerCut(BaseException):
    """Raised at the step before which the power fails, and at each one after it."""


class Power:
    """Fails before step number `at` (never if 0) while it is on; knows which new files are not on the disk yet."""

    def __init__(self, at):
        self.at = at
        self.count = 0
        self._unsynced = {}

    @contextlib.contextmanager
    def on(self, drive, docs):
        """Do what is done meanwhile with this power, on a drive of some kind."""
        renameat2 = moving._renameat2
        with pytest.MonkeyPatch.context() as patch:
            for name in STEPS:
                real = getattr(os, name)
                if drive == "no modes":
                    real = without_modes(name, real)
                patch.setattr(os, name, self._stepping(name, real))
            patch.setattr(journal, "note", self._stepping("note", journal.note))
            patch.setattr(moving, "_renameat2", self._renaming(drive, docs, renameat2))
            with contextlib.suppress(PowerCut):
                yield
        for descriptor in self._unsynced.values():
            if self.failed:
                os.ftruncate(descriptor, 0)
            os.close(descriptor)

    @property
    def failed(self):
        return 0 < self.at <= self.count

    def _step(self):
        if not self.failed:
            self.count += 1
        if self.failed:
            raise PowerCut

    def _stepping(self, name, real):
        def call(*args, **options):
            if name in ("utime", "fsync") and is_new(args[0]):
                pass  # one step with making it: a power cut between the two leaves a name that nobody knows
            elif name != "open":
                self._step()
            elif args[1] & os.O_CREAT and str(args[0]).endswith(".trashinfo"):
                self._step()  # what is lost of a note is in the journal
            elif args[1] & os.O_CREAT:
                self._step()
                descriptor = real(*args, **options)
                self._unsynced[os.fstat(descriptor).st_ino] = os.dup(descriptor)
                return descriptor
            result = real(*args, **options)
            if name == "fsync":
                known = self._unsynced.pop(os.fstat(args[0]).st_ino, None)
                if known is not None:
                    os.close(known)
            return result

        return call

    def _renaming(self, drive, docs, real):
        def rename(path, target, flags):
            if drive in ("no atomic renames", "no modes"):
                raise OSError(errno.EINVAL, "Invalid argument")
            if drive == "other" and path.is_relative_to(docs) != target.is_relative_to(docs):
                raise OSError(errno.EXDEV, "Invalid cross-device link")
            self._step()
            real(path, target, flags)

        return rename


def without_modes(name, real):
    """Do what a drive does that shows the same permissions for all files, such as exFAT."""

    def call(*args, **options):
        if name == "chmod":
            return None
        result = real(*args, **options)
        if name == "open" and args[1] & os.O_CREAT:
            os.fchmod(result, 0o777)
        return result

    return call


def is_new(place):
    return isinstance(place, int) and not os.fstat(place).st_size


class World:
    """A folder with two copies, a trash, another folder, and a library with a journal; made anew for each try."""

    def __init__(self, place, empty, drive):
        self.docs, self.out = place / "docs", place / "out"
        self.trash = place / "data" / "Trash"
        self.drive = drive
        self.library = place / "library.sqlite"
        self.docs.mkdir(parents=True)
        self.out.mkdir()
        self.shelf = twins(self.docs)
        if hasattr(os, "setxattr"):
            with contextlib.suppress(OSError):
                os.setxattr(self.docs / "b.txt", "user.tags", b"taxes")
        (self.docs / "b.txt").chmod(0o640)
        if drive == "no modes":
            for path in self.docs.iterdir():
                path.chmod(0o777)
        shutil.copy(empty, self.library)
        self.before = self.seen()

    def seen(self):
        """Return all files with bytes, time, permissions and attributes."""
        return {
            path: (*facts, [(name, os.getxattr(path, name)) for name in os.listxattr(path)])
            for path, facts in snapshot(self.docs).items()
        }

    def act(self, kind, at=0):
        """Act on the marked file; return the power."""
        [item] = self.shelf.plan().items
        power = Power(at)
        with open_library(self.library) as library:
            entries = journal.begin_batch(library, [entry_of(item, kind)])
            with power.on(self.drive, self.docs):
                ledger = Ledger(library, entries)
                try:
                    ledger.act(0, item, Deed(kind, self.out))
                finally:
                    ledger.close()
        return power

    def reconcile(self, at=0):
        """Find out what was done, as the next start does; return the power."""
        power = Power(at)
        with open_library(self.library) as library, power.on(self.drive, self.docs):
            reconcile(library)
        return power

    def undo(self, at=0):
        """Take back all that is done; return the power."""
        power = Power(at)
        with open_library(self.library) as library:
            entries = [each for each in self.entries(library) if each.state is ActionState.DONE]
            with power.on(self.drive, self.docs):
                ledger = Ledger(library, entries)
                try:
                    for index in range(len(entries)):
                        ledger.undo(index)
                finally:
                    ledger.flush()
        return power

    def entries(self, library):
        return journal.batch_entries(library, 1)

    def check(self, kind, at):
        """What the journal says is so, a readable copy is there, and no piece is left."""
        path, kept = self.docs / "b.txt", self.docs / "a.txt"
        with open_library(self.library) as library:
            [entry] = self.entries(library)
        assert kept.read_bytes() == WORDS, at
        assert entry.state in (ActionState.DONE, ActionState.FAILED), at
        is_done = entry.state is ActionState.DONE
        if not is_done or kind in (ActionKind.LINK, ActionKind.CLONE):
            assert path.read_bytes() == WORDS, at
        else:
            assert not path.exists(), at
        if is_done and kind in (ActionKind.TRASH, ActionKind.MOVE):
            assert entry.target.read_bytes() == WORDS, at
        assert (path.exists() and path.samefile(kept) == (is_done and kind is ActionKind.LINK)) or (
            not path.exists()
        ), at
        notes, moved = (
            int(is_done and kind is each) for each in (ActionKind.TRASH, ActionKind.MOVE)
        )
        self.check_tidy(at, notes, moved=moved)

    def check_restored(self, at, copies=0):
        """Everything is as before. `copies`: how many whole ones may be left, of an undo that broke off."""
        assert self.seen() == self.before, at
        assert not (self.docs / "a.txt").samefile(self.docs / "b.txt"), at
        self.check_tidy(at, notes=0, copies=copies)
        with open_library(self.library) as library:
            [entry] = self.entries(library)
        assert entry.state in (ActionState.UNDONE, ActionState.FAILED), at

    def check_tidy(self, at, notes, copies=0, moved=0):
        if not copies:
            assert len(list(self.out.rglob("*.txt"))) == moved, at
        places = (self.docs, self.out, self.trash)
        assert not [piece for place in places for piece in place.rglob(".*")], at
        files, found = self.trash / "files", list(self.trash.glob("*/*"))
        assert notes * 2 <= len(found) <= (notes + copies) * 2, (at, found)
        assert all(path.read_bytes() == WORDS for path in files.glob("*")), at


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    path = tmp_path_factory.mktemp("library") / "library.sqlite"
    open_library(path).close()
    return path


@pytest.fixture
def worlds(tmp_path, monkeypatch, empty):
    """Make a world for each try."""

    def share(source, target):
        copying.pour(source, target)

    monkeypatch.setattr("dedupe_app.review.clone._share", share)

    def make(drive):
        for number in range(1, MOST):
            place = tmp_path / str(number)
            monkeypatch.setenv("XDG_DATA_HOME", str(place / "data"))
            yield World(place, empty, drive)
            shutil.rmtree(place)
        pytest.fail("the steps never end")

    return make


@pytest.mark.parametrize(("kind", "drive"), CASES)
def test_power_fails_before_any_step_of_an_action(worlds, kind, drive):
    for at, world in enumerate(worlds(drive), 1):
        power = world.act(kind, at)
        world.reconcile()
        world.check(kind, at)
        world.undo()
        world.check_restored(at)
        if not power.failed:
            break
    assert at > 3


@pytest.mark.parametrize(("kind", "drive"), CASES)
def test_power_fails_before_any_step_of_an_undo(worlds, kind, drive):
    for at, world in enumerate(worlds(drive), 1):
        world.act(kind)
        power = world.undo(at)
        world.reconcile()
        assert (world.docs / "a.txt").read_bytes() == WORDS
        world.undo()
        world.check_restored(at, copies=int(drive == "other"))
        if not power.failed:
            return


@pytest.mark.parametrize(("kind", "drive"), CASES)
def test_power_fails_again_while_it_is_found_out_what_was_done(worlds, kind, drive):
    at, again = 1, 1
    for world in worlds(drive):
        first = world.act(kind, at)
        second = world.reconcile(again)
        world.reconcile()
        world.check(kind, (at, again))
        world.undo()
        world.check_restored((at, again))
        if not first.failed:
            return
        at, again = (at, again + 1) if second.failed else (at + 1, 1)
