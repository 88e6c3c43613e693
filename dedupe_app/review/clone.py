"""Makes a file that shares the space of another on drives that can (Btrfs, XFS, ...). Never changes the other."""

from __future__ import annotations

import errno
import shutil
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from dedupe_app.records import Problem
from dedupe_app.review.facts import Facts, set_facts
from dedupe_app.review.held import LeftAlone, plain_errors
from dedupe_app.review.moving import write_new

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.review.held import Held

_FICLONE = 0x40049409
_CANNOT = frozenset({errno.ENOTTY, errno.EOPNOTSUPP, errno.EINVAL, errno.EXDEV, errno.ENOSYS})


def clone_file(kept: Held, own: Held, target: Path) -> None:
    """Make a new file of the bytes of `kept`, in the same space, with the times and permissions of `own`.

    Raises:
        LeftAlone: there is no new file.
    """
    with plain_errors():
        write_new(target, lambda out: _share(kept.descriptor, out), own.status, own.sha256)
        try:
            with suppress(OSError):
                shutil.copystat(own.path, target, follow_symlinks=False)
            set_facts(target, Facts(own.status.st_mode, own.status.st_mtime_ns))
        except BaseException:
            target.unlink()
            raise


def _share(source: int, out: int) -> None:
    if sys.platform != "linux":
        raise LeftAlone(Problem.NOT_POSSIBLE)
    import fcntl  # not there on Windows

    try:
        fcntl.ioctl(out, _FICLONE, source)
    except OSError as error:
        if error.errno in _CANNOT:
            raise LeftAlone(Problem.NOT_POSSIBLE, error.strerror or "") from error
        raise
