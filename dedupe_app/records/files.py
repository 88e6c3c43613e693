"""Records of files on disk and what happened to them. Data only, and how a time is kept in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from pathlib import Path

# Nanoseconds since 1970 that 64 bits hold: the years 1677 to 2262. A file may have any time.
LATEST_NS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class FileState:
    """What the file system says of one file; enough to tell whether it changed."""

    path: Path
    size_bytes: int
    mtime_ns: int
    device: int
    inode: int


def mtime_of(status: os.stat_result) -> int:
    """Return the time of last change in nanoseconds; one that 64 bits do not hold is the nearest that they do."""
    return max(-LATEST_NS, min(LATEST_NS, status.st_mtime_ns))


class ChangeKind(StrEnum):
    """What happened to a file since the stored state."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the stored state and the file system.

    `state` is the new state (for REMOVED the last known one); `old_path` is set for MOVED only.
    """

    kind: ChangeKind
    state: FileState
    old_path: Path | None = None
