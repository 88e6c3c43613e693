"""Gives one file another name, or its name another file, and makes sure that it was this file. Never overwrites.

After every step it is checked what moved; a stranger that came in between is put back where it was.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from dedupe_app.records import LATEST_NS, Problem
from dedupe_app.review.held import LeftAlone, digest, plain_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.review.held import Held

_AT_FDCWD = -100
_NOREPLACE, _EXCHANGE = 1, 2
_NOT_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
# What drives without permissions and owners say, such as those of cameras and most sticks.
_UNKNOWN_FACTS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_PIECE = 1024 * 1024


def move_held(held: Held, target: Path) -> None:
    """Give a held file another name, on another drive by a checked copy; `target` must not exist.

    Raises:
        LeftAlone: nothing was done: the file changed, something is in the way, or the system said no.
    """
    with plain_errors():
        try:
            _rename_held(held, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _carry_over(held, target)


def remove_held(held: Held, aside: Path) -> None:
    """Remove a held file for good. It gets the name `aside` first, so that no other file can go in its place.

    Raises:
        LeftAlone: nothing was done.
    """
    with plain_errors():
        _rename_held(held, aside)
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


def copy_held(
    held: Held, target: Path, mode: int | None = None, mtime_ns: int | None = None
) -> None:
    """Write the bytes of a held file to a new one, down to the disk, with its times and permissions or the given ones.

    Raises:
        LeftAlone: there is no copy; if `target` existed, it is as it was.
    """
    with plain_errors():
        held.hold_again()
        write_new(target, lambda out: pour(held.descriptor, out), held.status, held.sha256)
        try:
            with suppress(OSError):  # attributes that the other drive does not know
                shutil.copystat(held.path, target, follow_symlinks=False)
            _keep_facts(
                target,
                held.status.st_mode if mode is None else mode,
                held.status.st_mtime_ns if mtime_ns is None else mtime_ns,
            )
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


def set_facts(path: Path, mode: int, mtime_ns: int) -> None:
    """Give a file the permissions and the time of last change that it had."""
    if abs(mtime_ns) < LATEST_NS:  # else it is not the very time, which a renamed file has kept
        os.utime(path, ns=(mtime_ns, mtime_ns))
    if mode:
        path.chmod(mode & 0o7777)


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
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            taken = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        try:
            path.replace(target)
        except OSError:
            _unlink_own(target, taken)  # not what was renamed although the system says no
            raise


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


def pour(source: int, out: int) -> None:
    """Write all bytes of one open file to another."""
    os.lseek(source, 0, os.SEEK_SET)
    while piece := os.read(source, _PIECE):
        view = memoryview(piece)
        while view:
            view = view[os.write(out, view) :]


def _keep_facts(target: Path, mode: int, mtime_ns: int) -> None:
    """Give a copy the time and permissions of its original as far as its drive knows them: the journal has them too."""
    try:
        set_facts(target, mode, mtime_ns)
    except OSError as error:
        if error.errno not in _UNKNOWN_FACTS:
            raise


def _rename_held(held: Held, target: Path) -> None:
    held.let_go()
    held.check()
    rename_new(held.path, target)
    if held.is_at(target):
        return
    # Another file had taken the name in this moment, or this one was written: back it goes.
    try:
        rename_new(target, held.path)
    except OSError as error:
        raise LeftAlone(Problem.CHANGED, f"What was there is now {target}") from error
    raise LeftAlone(Problem.CHANGED)


def _carry_over(held: Held, target: Path) -> None:
    part = aside_of(target, "part")
    part.unlink(missing_ok=True)  # left by a program that was killed
    copy_held(held, part)
    copy = part.lstat()
    try:
        rename_new(part, target)
        sync_folder(target.parent)
        remove_held(held, aside_of(held.path, "moved"))
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
