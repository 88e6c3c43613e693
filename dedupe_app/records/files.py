"""Records of files on disk and what happened to them. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileState:
    """What the file system says of one file; enough to tell whether it changed."""

    path: Path
    size_bytes: int
    mtime_ns: int
    device: int
    inode: int


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
