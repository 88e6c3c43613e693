"""Makes a new file with the bytes of a held one and all that belongs to it. Never overwrites, leaves no half of one."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from dedupe_app.records import Problem
from dedupe_app.review.facts import BY_DESCRIPTOR, Facts, read_facts, set_facts
from dedupe_app.review.held import LeftAlone, digest, plain_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedupe_app.review.held import Held

PRIVATE = 0o600
# What drives without permissions and owners say, such as those of cameras and most sticks.
_UNKNOWN_FACTS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_PIECE = 1024 * 1024


def copy_held(held: Held, target: Path, facts: Facts | None = None) -> tuple[str, ...]:
    """Write the bytes of a held file to a new one, down to the disk, with what belongs to it or the given facts.

    Returns the names of given ones that the system did not take.

    Raises:
        LeftAlone: there is no copy; if `target` existed, it is as it was.
    """
    with plain_errors():
        held.hold_again()
        return write_new(target, lambda out: pour(held.descriptor, out), held, facts)


def write_new(
    target: Path, fill: Callable[[int], None], own: Held, facts: Facts | None = None
) -> tuple[str, ...]:
    """Make a new file, fill it with the bytes of a held one, and give it what belongs to that, or the given facts.

    Returns the names of what the system did not take. Leaves nothing when something goes wrong.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    out = os.open(target, flags | getattr(os, "O_BINARY", 0), PRIVATE)
    made = os.fstat(out)
    try:
        fill(out)
        os.fsync(out)
        if digest(out) != own.sha256:
            raise LeftAlone(Problem.CHANGED)
        if hasattr(os, "fchown"):
            with suppress(OSError):  # only some may give files away
                os.fchown(out, own.status.st_uid, own.status.st_gid)
        missed: tuple[str, ...] = ()
        if BY_DESCRIPTOR:
            _copy_flags(own, target, facts)
            missed = _keep_facts(out, facts or read_facts(own.descriptor))
    except BaseException:
        _unlink_made(target, out, made)
        raise
    os.close(out)
    return missed if BY_DESCRIPTOR else _copy_facts(target, made, own, facts)


def pour(source: int, out: int) -> None:
    """Write all bytes of one open file to another."""
    os.lseek(source, 0, os.SEEK_SET)
    while piece := os.read(source, _PIECE):
        view = memoryview(piece)
        while view:
            view = view[os.write(out, view) :]


def unlink_own(path: Path, own: os.stat_result) -> None:
    """Remove a file that was made here, if the name still leads to it."""
    with suppress(OSError):
        if os.path.samestat(path.lstat(), own):
            path.unlink()


def _keep_facts(place: Path | int, facts: Facts) -> tuple[str, ...]:
    """Give a copy what belonged to its original as far as its drive knows it: the journal has it too."""
    try:
        return set_facts(place, facts)
    except OSError as error:
        if error.errno not in _UNKNOWN_FACTS:
            raise
    return ()


def _copy_flags(own: Held, target: Path, facts: Facts | None) -> None:
    """Give a copy what only other systems than Linux keep of a file."""
    if sys.platform != "linux" and (facts is None or facts.attached is None):
        with suppress(OSError):  # what the other drive does not know
            shutil.copystat(own.path, target, follow_symlinks=False)


def _copy_facts(
    target: Path, made: os.stat_result, own: Held, facts: Facts | None
) -> tuple[str, ...]:
    """Give a new file what belongs to it by its name, where the system does so alone."""
    try:
        _copy_flags(own, target, facts)
        return _keep_facts(target, facts or Facts(own.status.st_mode, own.status.st_mtime_ns))
    except BaseException:
        unlink_own(target, made)
        raise


def _unlink_made(target: Path, out: int, made: os.stat_result) -> None:
    """Remove a new file that is still open, if the name still leads to it."""
    if sys.platform == "win32":
        os.close(out)
        unlink_own(target, made)
        return
    try:
        unlink_own(target, made)
    finally:
        os.close(out)
