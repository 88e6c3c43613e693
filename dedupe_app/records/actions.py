"""Records of what is done to files: what is planned, what stands against it, what the journal says. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records.evidence import Relation


class ActionKind(StrEnum):
    """What is done to a marked file."""

    TRASH = "trash"
    MOVE = "move"
    LINK = "link"
    CLONE = "clone"
    DELETE = "delete"


class ActionState(StrEnum):
    """How far an entry of the journal is. UNKNOWN: the program ended in the middle, and the disk does not tell."""

    PLANNED = "planned"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"
    UNKNOWN = "unknown"


class Problem(StrEnum):
    """Why a file is left alone."""

    CHANGED = "changed"
    MISSING = "missing"
    PROTECTED = "protected"
    LAST_COPY = "last-copy"
    KEPT_LOST = "kept-lost"
    KEPT_PROTECTED = "kept-protected"
    SAME_FILE = "same-file"
    NOT_PLAIN = "not-plain"
    NOT_IDENTICAL = "not-identical"
    OTHER_DRIVE = "other-drive"
    NOT_MARKED = "not-marked"
    NOT_PERMITTED = "not-permitted"
    DISK_FULL = "disk-full"
    NO_TRASH = "no-trash"
    IN_THE_WAY = "in-the-way"
    GONE = "gone"
    NOT_POSSIBLE = "not-possible"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Standby:
    """A copy that stays, as it was when it was scanned and where it lies on its drive now."""

    path: Path
    sha256: str
    size_bytes: int
    device: int
    inode: int
    protected: bool = False


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One marked file. `relation`: to the first of `kept`, the copies that stay, best first.

    `root`: the folder that was scanned. `device`, `inode`: of the file now, 0 if it is not there. `decided`: a person
    marked it, not a rule. `problem`: why it will be left alone whatever is done to the others.
    """

    path: Path
    sha256: str
    size_bytes: int
    mtime_ns: int
    root: Path
    relation: Relation
    decided: bool
    kept: tuple[Standby, ...] = ()
    device: int = 0
    inode: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All marked files, in byte order of their paths."""

    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """What the system keeps of a file beside its bytes, time and mode: owner, last access, extended attributes.

    `attributes`: name and value of each, access lists too. `missed`: names of those that could not be read.
    """

    owner: int
    group: int
    accessed_ns: int
    attributes: tuple[tuple[str, bytes], ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """What was, is or shall be done to one file. `number` and `batch` 0: not yet in the journal.

    `target`: where the file is now, or the name it has while it is replaced. `mode`, `device`, `inode`, `attached`: of
    the file before. `target_device`, `kept_device`: of the folder of `target` and of `kept`, 0 where it is not known.
    `made`: ISO 8601 in UTC.
    """

    kind: ActionKind
    path: Path
    sha256: str
    size_bytes: int
    mtime_ns: int
    relation: Relation
    kept: Path | None = None
    kept_sha256: str = ""
    mode: int = 0
    device: int = 0
    inode: int = 0
    target: Path | None = None
    state: ActionState = ActionState.PLANNED
    problem: Problem | None = None
    message: str = ""
    made: str = ""
    batch: int = 0
    number: int = 0
    attached: Attached | None = None
    target_device: int = 0
    kept_device: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """One action as a whole: how many files are in which state. `freed_bytes`: the size of those that are done."""

    number: int
    kind: ActionKind
    made: str
    files: int
    done: int
    failed: int
    undone: int
    unknown: int
    freed_bytes: int
