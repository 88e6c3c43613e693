"""Makes a file that shares the space of another on drives that can (Btrfs, XFS, ...). Never changes the other."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from dedupe_app.records import Problem
from dedupe_app.review.copying import write_new
from dedupe_app.review.held import LeftAlone, plain_errors

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.review.held import Held

_FICLONE = 0x40049409
_CANNOT = frozenset({errno.ENOTTY, errno.EOPNOTSUPP, errno.EINVAL, errno.EXDEV, errno.ENOSYS})


def clone_file(kept: Held, own: Held, target: Path) -> None:
    """Make a new file of the bytes of `kept`, in the same space, with what belongs to `own`.

    Raises:
        LeftAlone: there is no new file.
    """
    with plain_errors():
        write_new(target, lambda out: _share(kept.descriptor, out), own)


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
