"""Gives one file another name, or its name another file, and makes sure that it was this file. Never overwrites.

After every step it is checked what moved; a stranger that came in between is put back where it was.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import stat
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from dedupe_app.records import Problem
from dedupe_app.review.copying import copy_held, unlink_own
from dedupe_app.review.held import LeftAlone, holds, plain_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.records import JournalEntry
    from dedupe_app.review.held import Held

    Sure = Callable[[], None] | None

_AT_FDCWD = -100
_NOREPLACE, _EXCHANGE = 1, 2
_NOT_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
# Nobody else makes empty files that may be written but not read.
_TAKEN_MODE = 0o200
_ASIDE = re.compile(r"\.dedupe-[0-9a-f]{16}\.[a-z]+")
_LONG_AGO_S, _ZONE_S = 473_472_000, 900  # 2 January 1985
_ZONE_NS, _DAY_NS = _ZONE_S * 10**9, 86_400 * 10**9


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
        unlink_own(aside, new)
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
            if stat.S_IMODE(taken.st_mode) != _TAKEN_MODE:  # the drive knows no modes
                with suppress(OSError):
                    os.utime(descriptor, ns=(_mark(target), _mark(target)))
                    os.fsync(descriptor)
        finally:
            os.close(descriptor)
        try:
            path.replace(target)
        except OSError:
            unlink_own(target, taken)  # not what was renamed although the system says no
            raise


def is_taken_name(path: Path) -> bool:
    """Tell whether a name leads to the empty file by which rename_new() takes one; not to one that others began."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1 or status.st_size:
        return False
    if stat.S_IMODE(status.st_mode) == _TAKEN_MODE or _ASIDE.fullmatch(path.name):
        return True
    late = status.st_mtime_ns - _mark(path)
    return abs(late) <= _DAY_NS and not late % _ZONE_NS


def _mark(path: Path) -> int:
    """Return the time by which a name is known that was taken on a drive without modes: some day long before files.

    It is an even second, as such drives keep it. Some keep the time of the clock on the wall: quarters of an hour off.
    """
    number = int(hashlib.sha256(os.fsencode(path)).hexdigest()[:8], 16)
    return (_LONG_AGO_S + number % _ZONE_S // 2 * 2) * 10**9


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
            unlink_own(part, copy)
            unlink_own(target, copy)
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
    unlink_own(aside, new)


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
