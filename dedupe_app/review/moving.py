"""Gives one file another name, or its name another file, and makes sure that it was this file. Never overwrites.

After every step it is checked what moved; a stranger that came in between is put back where it was.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from dedupe_app.records import Problem
from dedupe_app.review.facts import Facts, set_facts
from dedupe_app.review.held import LeftAlone, digest, holds, plain_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.records import JournalEntry
    from dedupe_app.review.held import Held

    Sure = Callable[[], None] | None

_AT_FDCWD = -100
_NOREPLACE, _EXCHANGE = 1, 2
_NOT_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
# What drives without permissions and owners say, such as those of cameras and most sticks.
_UNKNOWN_FACTS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_PIECE = 1024 * 1024
_TAKEN_MODE = 0o600


def move_held(held: Held, target: Path, sure: Sure = None) -> None:
    """Give a held file another name, on another drive by a checked copy; `target` must not exist.

    `sure` is asked when the file has lost its name and can still get it back: what it raises brings it back.

    Raises:
        LeftAlone: nothing was done: the file changed, something is in the way, or the system said no.
    """
    with plain_errors():
        try:
            _rename_held(held, target, sure)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _carry_over(held, target, sure)


def remove_held(held: Held, aside: Path, sure: Sure = None) -> None:
    """Remove a held file for good. It gets the name `aside` first, so that no other file can go in its place.

    `sure`: as for move_held().

    Raises:
        LeftAlone: nothing was done.
    """
    with plain_errors():
        _rename_held(held, aside, sure)
        try:
            aside.unlink()
        except OSError:
            if not os.path.lexists(aside):
                return  # it was removed, whatever the system says
            rename_new(aside, held.path)
            raise


def replace_held(held: Held, aside: Path) -> None:
    """Put the file called `aside` in the place of a held one, in one step, and remove the held one.

    Raises:
        LeftAlone: the held file is as it was; `aside` is gone.
    """
    new = aside.lstat()
    try:
        with plain_errors():
            held.let_go()
            held.check()
            swapped = _swap(aside, held.path)
    except BaseException:
        _unlink_own(aside, new)
        raise
    if not swapped:
        return
    if held.is_at(aside):
        with plain_errors():
            try:
                aside.unlink()
            except OSError:
                _swap_back(aside, held, new)
                raise
        return
    # Another file had taken the name in this moment, or this one was written: back it goes.
    _swap_back(aside, held, new)
    raise LeftAlone(Problem.CHANGED)


def copy_held(held: Held, target: Path, facts: Facts | None = None) -> tuple[str, ...]:
    """Write the bytes of a held file to a new one, down to the disk, with what belongs to it or the given facts.

    Returns the names of given ones that the system did not take.

    Raises:
        LeftAlone: there is no copy; if `target` existed, it is as it was.
    """
    with plain_errors():
        held.hold_again()
        write_new(target, lambda out: pour(held.descriptor, out), held.status, held.sha256)
        try:
            if facts is None or facts.attached is None:
                with suppress(OSError):  # attributes that the other drive does not know
                    shutil.copystat(held.path, target, follow_symlinks=False)
            now = target.lstat()
            same = (now.st_uid, now.st_gid) == (held.status.st_uid, held.status.st_gid)
            # Without its owner a file gets none of the special permissions that he had given.
            mode = held.status.st_mode if same else held.status.st_mode & ~0o7000
            own = Facts(mode, held.status.st_mtime_ns)
            return _keep_facts(target, own if facts is None else facts)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def write_new(target: Path, fill: Callable[[int], None], like: os.stat_result, sha256: str) -> None:
    """Make a new file, fill it, and make sure that it holds the expected bytes; leave nothing when it does not."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    out = os.open(target, flags | getattr(os, "O_BINARY", 0), 0o600)
    try:
        fill(out)
        os.fsync(out)
        if digest(out) != sha256:
            raise LeftAlone(Problem.CHANGED)
        if hasattr(os, "fchown"):
            with suppress(OSError):  # only some may give files away
                os.fchown(out, like.st_uid, like.st_gid)
    except BaseException:
        target.unlink()
        raise
    finally:
        os.close(out)


def rename_new(path: Path, target: Path) -> None:
    """Rename a file to a name that must be free.

    Raises:
        OSError: nothing was renamed; FileExistsError if the name is taken.
    """
    if sys.platform == "win32":
        path.rename(target)  # never replaces there
        return
    try:
        _renameat2(path, target, _NOREPLACE)
    except OSError as error:
        if error.errno not in _NOT_THERE:
            raise
        # Take the name with an empty file, which the rename then replaces.
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _TAKEN_MODE)
        try:
            taken = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        try:
            path.replace(target)
        except OSError:
            _unlink_own(target, taken)  # not what was renamed although the system says no
            raise


def is_taken_name(path: Path) -> bool:
    """Tell whether a name leads to the empty file by which rename_new() takes one; not to one that others began."""
    try:
        status = path.lstat()
    except OSError:
        return False
    mine = stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) == _TAKEN_MODE
    return mine and status.st_nlink == 1 and not status.st_size


def sync_folder(folder: Path) -> None:
    """Bring the names of a folder down to the disk, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def aside_of(path: Path, what: str) -> Path:
    """Return the hidden name that a file has for a moment, always the same for the same file."""
    return path.with_name(f".dedupe-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}.{what}")


def drop_piece(aside: Path, entry: JournalEntry) -> None:
    """Remove a hidden name that this program gave, if what it leads to is the file of an entry, safe elsewhere."""
    if holds(aside, entry.sha256, entry.size_bytes):
        with suppress(OSError):
            aside.unlink()


def pour(source: int, out: int) -> None:
    """Write all bytes of one open file to another."""
    os.lseek(source, 0, os.SEEK_SET)
    while piece := os.read(source, _PIECE):
        view = memoryview(piece)
        while view:
            view = view[os.write(out, view) :]


def _keep_facts(target: Path, facts: Facts) -> tuple[str, ...]:
    """Give a copy what belonged to its original as far as its drive knows it: the journal has it too."""
    try:
        return set_facts(target, facts)
    except OSError as error:
        if error.errno not in _UNKNOWN_FACTS:
            raise
    return ()


def _rename_held(held: Held, target: Path, sure: Sure) -> None:
    held.let_go()
    held.check()
    rename_new(held.path, target)
    try:
        if not held.is_at(target):
            # Another file had taken the name in this moment, or this one was written.
            raise LeftAlone(Problem.CHANGED)
        if sure is not None:
            sure()
    except LeftAlone as left:  # back it goes
        try:
            rename_new(target, held.path)
        except OSError as error:
            raise LeftAlone(left.problem, f"What was there is now {target}") from error
        raise


def _carry_over(held: Held, target: Path, sure: Sure) -> None:
    part = aside_of(target, "part")
    part.unlink(missing_ok=True)  # left by a program that was killed
    copy_held(held, part)
    copy = part.lstat()
    try:
        rename_new(part, target)
        sync_folder(target.parent)
        remove_held(held, aside_of(held.path, "moved"), sure)
    except BaseException:
        # Only while the file itself is where it was: the copy may be all there is.
        if held.is_at(held.path):
            _unlink_own(part, copy)
            _unlink_own(target, copy)
        raise


def _swap(aside: Path, path: Path) -> bool:
    """Exchange two names; where the system cannot, replace `path` and return False."""
    try:
        _renameat2(aside, path, _EXCHANGE)
    except OSError as error:
        if error.errno not in _NOT_THERE:
            raise
        aside.replace(path)  # one step as well, but a stranger would not be noticed
        return False
    return True


def _swap_back(aside: Path, held: Held, new: os.stat_result) -> None:
    try:
        _renameat2(aside, held.path, _EXCHANGE)
    except OSError as error:
        raise LeftAlone(Problem.CHANGED, f"What was there is now {aside}") from error
    _unlink_own(aside, new)


def _unlink_own(path: Path, own: os.stat_result) -> None:
    """Remove a file that was made here, if the name still leads to it."""
    with suppress(OSError):
        if os.path.samestat(path.lstat(), own):
            path.unlink()


def _renameat2(path: Path, target: Path, flags: int) -> None:
    function = _find_renameat2()
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if function(_AT_FDCWD, os.fsencode(path), _AT_FDCWD, os.fsencode(target), flags):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(path), None, str(target))


@cache
def _find_renameat2() -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is not None:
        function.argtypes = [
            *(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p),
            ctypes.c_uint,
        ]
    return function
