"""The streams of a compound file, as the older formats of Office are stored ([MS-CFB] 2). Reads memory only."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# What olefile raises on damaged files, tried with random damage; its own errors are OSErrors.
_FAULTS = (
    OSError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error,
)  # fmt: skip


def find_streams(data: bytes, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the streams of a compound file whose path is wanted, by path; what is damaged is left out."""
    import olefile  # seldom needed

    found: dict[str, bytes] = {}
    room = len(data)  # streams that all name the same bytes would be a bomb
    try:
        # What is only odd for it may be a chain without an end.
        with olefile.OleFileIO(data, raise_defects=olefile.DEFECT_INCORRECT) as streams:
            for parts in streams.listdir():
                path = "/".join(parts)
                if not is_wanted(path):
                    continue
                stream = streams.openstream(parts).read()
                room -= len(stream)
                if room < 0:
                    break
                found[path] = stream
    except _FAULTS:
        return found
    return found
