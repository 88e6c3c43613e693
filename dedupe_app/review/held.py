"""Opens a file, reads all of it, and holds it open until something was done to it. Never writes.

What is held is the file itself, not its name: after a name was moved it can be told whether it was this file's.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from dedupe_app.records import Problem, mtime_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_PIECE = 1024 * 1024
_PROBLEMS = {
    errno.ENOENT: Problem.MISSING,
    errno.ENOTDIR: Problem.MISSING,
    errno.ENODEV: Problem.MISSING,
    errno.ELOOP: Problem.NOT_PLAIN,
    errno.EACCES: Problem.NOT_PERMITTED,
    errno.EPERM: Problem.NOT_PERMITTED,
    errno.EROFS: Problem.NOT_PERMITTED,
    errno.EBUSY: Problem.NOT_PERMITTED,
    errno.ENOSPC: Problem.DISK_FULL,
    errno.EDQUOT: Problem.DISK_FULL,
    errno.EXDEV: Problem.OTHER_DRIVE,
    errno.EEXIST: Problem.IN_THE_WAY,
}


class LeftAlone(Exception):  # noqa: N818 - not an error: the file is as it was, and this says why
    """Say that a file was left as it is, and why."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        """Keep the problem and what the system said of it."""
        super().__init__(f"{problem}: {detail}" if detail else problem.value)
        self.problem = problem
        self.detail = detail


class Held:
    """An open plain file whose bytes were just read in full."""

    def __init__(self, path: Path, descriptor: int, status: os.stat_result, sha256: str) -> None:
        """Hold a file that is open already; `status` is that of the descriptor."""
        self.path = path
        self.sha256 = sha256
        self.descriptor = descriptor
        self.status = status

    def check(self) -> None:
        """Make sure that the name still leads to this very file, and that it was not written since.

        Raises:
            LeftAlone: the file changed, went, or is another one now.
        """
        with plain_errors():
            now = self.path.lstat()
        if _facts(now) != _facts(self.status):
            raise LeftAlone(Problem.CHANGED)

    def is_at(self, path: Path) -> bool:
        """Tell whether a name leads to this very file, unchanged since it was read."""
        try:
            return _content(path.lstat()) == _content(self.status)
        except OSError:
            return False

    def is_still_there(self) -> bool:
        """Tell whether its name can be opened and leads to a file of this size and time; drives are asked anew."""
        try:
            descriptor = os.open(self.path, _FLAGS)
        except OSError:
            return False
        try:
            return _content(os.fstat(descriptor))[2:] == _content(self.status)[2:]
        finally:
            os.close(descriptor)

    def let_go(self) -> None:
        """Close the file where an open file can be neither renamed nor removed."""
        if sys.platform == "win32" and self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1

    def hold_again(self) -> None:
        """Open the file once more after it was let go."""
        if self.descriptor < 0:
            self.check()
            self.descriptor = os.open(self.path, _FLAGS)


@contextmanager
def hold(path: Path, sha256: str, size_bytes: int, mtime_ns: int | None = None) -> Iterator[Held]:
    """Open a file and read all of it; go on only if its bytes are the expected ones.

    `mtime_ns`: the expected time of last change, None where any will do.

    Raises:
        LeftAlone: it is not there, is no plain file, cannot be read, or is not as expected.
    """
    with plain_errors():
        # Before it is opened: opening a device or a pipe may do something.
        if not stat.S_ISREG(path.lstat().st_mode):
            raise LeftAlone(Problem.NOT_PLAIN)
        descriptor = os.open(path, _FLAGS)
    held: Held | None = None
    try:
        with plain_errors():
            before = os.fstat(descriptor)
            if not stat.S_ISREG(before.st_mode):
                raise LeftAlone(Problem.NOT_PLAIN)
            if before.st_size != size_bytes or mtime_ns not in (None, mtime_of(before)):
                raise LeftAlone(Problem.CHANGED)
            same = digest(descriptor) == sha256
            if not same or _facts(os.fstat(descriptor)) != _facts(before):
                raise LeftAlone(Problem.CHANGED)
        held = Held(path, descriptor, before, sha256)
        yield held
    finally:
        last = descriptor if held is None else held.descriptor
        if last >= 0:
            os.close(last)


def is_same_file(first: os.stat_result, second: os.stat_result) -> bool:
    """Tell whether two names lead to one file, also through two mounts of one share, which differ in their device."""
    if os.path.samestat(first, second):
        return True
    # Bytes are copied in no time, but not to the same inode number at the same nanosecond.
    return bool(first.st_ino) and (*_content(first)[1:], first.st_ctime_ns) == (
        *_content(second)[1:],
        second.st_ctime_ns,
    )


def is_away(folder: Path, device: int) -> bool:
    """Tell whether a folder is not there because the drive that it was on is not; 0 is no known drive."""
    if not device:
        return False
    # No error where the drive does not answer.
    nearest = next((each for each in (folder, *folder.parents) if os.path.isdir(each)), None)  # noqa: PTH112
    if nearest is None:
        return True
    try:
        if nearest.stat().st_dev == device:
            return False
        # A folder that is there is the one meant, unless it is but the empty place of the drive.
        return nearest != folder or next(folder.iterdir(), None) is None
    except OSError:
        return True


def may_be_away(folder: Path, device: int) -> bool:
    """Tell whether a folder is not there and may be another time: nobody knows that it was removed."""
    if device:
        return is_away(folder, device)
    return not os.path.isdir(folder)  # no error where the drive does not answer  # noqa: PTH112


def device_of(path: Path | None) -> int:
    """Return the drive of a file or folder that is there, 0 where that cannot be told."""
    try:
        return path.stat().st_dev if path is not None else 0
    except OSError:
        return 0


def digest(descriptor: int) -> str:
    """Return the SHA-256 of all bytes of an open file, in hexadecimal."""
    found = hashlib.sha256()
    os.lseek(descriptor, 0, os.SEEK_SET)
    while piece := os.read(descriptor, _PIECE):
        found.update(piece)
    return found.hexdigest()


def holds(path: Path, sha256: str, size_bytes: int) -> bool:
    """Tell whether a plain file is there with exactly these bytes."""
    with suppress(LeftAlone), hold(path, sha256, size_bytes):
        return True
    return False


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what the system says into the reason why a file is left alone."""
    try:
        yield
    except OSError as error:
        problem = _PROBLEMS.get(error.errno or 0, Problem.FAILED)
        raise LeftAlone(problem, error.strerror or str(error)) from error


def _content(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _facts(status: os.stat_result) -> tuple[int, ...]:
    # The time of change of the inode tells of a write whose time was set back. Windows has none.
    changed = 0 if sys.platform == "win32" else status.st_ctime_ns
    return *_content(status), status.st_mode, changed
