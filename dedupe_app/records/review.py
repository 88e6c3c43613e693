"""Records of what people see and decide. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records.evidence import GroupKind, Relation
    from dedupe_app.records.texts import SkipReason


class Role(StrEnum):
    """The part of a file in its group."""

    KEEPER = "keeper"
    COPY = "copy"
    PROTECTED = "protected"


class Decision(StrEnum):
    """What shall happen to a file."""

    KEEP = "keep"
    REMOVE = "remove"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a group, with what the keep rules look at."""

    path: Path
    size_bytes: int
    mtime_ns: int
    format: str
    words: int
    sha256: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class KeeperChoice:
    """The file of a group to keep, and the rule that chose it, in words."""

    member: Member
    reason: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One file of one group, as the report shows it. Evidence fields are None on the keeper's row.

    `similarity`, `shared_text`, `contained`: 0-100. `meaning`: cosine 0-1, None without a model.
    `figures_changed`: how many figures were replaced by others.
    """

    group: int
    kind: GroupKind
    relation: Relation | None
    similarity: float | None
    role: Role
    decision: Decision
    path: Path
    size_bytes: int
    mtime_ns: int
    format: str
    words: int
    shared_text: float | None
    contained: float | None
    meaning: float | None
    figures_changed: int | None
    compared_with: Path | None
    sha256: str
    reason: str = ""


class Show(StrEnum):
    """What the list of groups shows: all of them, or those of one relation."""

    ALL = "all"
    IDENTICAL = "identical"
    SAME_TEXT = "same-text"
    REVISION = "revision"
    CONTAINED = "contained"
    SAME_MEANING = "same-meaning"
    SAME_TEMPLATE = "same-template"


class SortKey(StrEnum):
    """What the list of groups is sorted by."""

    FREES = "frees"
    NAME = "name"
    FOLDER = "folder"
    FILES = "files"
    SIZE = "size"
    MODIFIED = "modified"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class GroupQuery:
    """Which groups to list and in which order. `words`: part of a name, a folder or the text; `folder`: only there.

    `files`: only groups with one of these; none stands for all.
    """

    show: Show = Show.ALL
    words: str = ""
    folder: Path | None = None
    files: tuple[int, ...] = ()
    sort: SortKey = SortKey.FREES
    descending: bool = True

    @property
    def narrows(self) -> bool:
        """Tell whether words, a folder or files leave groups out, whatever is shown of the others."""
        return bool(self.words or self.folder or self.files)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the list. `relation` is the weakest in it: its badge; `title` the name of its keeper."""

    number: int
    kind: GroupKind
    relation: Relation
    title: str
    files: int
    reclaimable_bytes: int
    similarity: float


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file of a group in the list, keeper first. Evidence fields are None on the keeper's row.

    `decided`: a person decided, not a rule. `offline`: its folder is not there now. `reason` says also when it belongs
    to the group only through other files. `decided_at`: when, in ISO 8601, "" if nobody did.
    `for_same_text`: it was marked while the very same text was to stay.
    """

    group: int
    file: int
    path: Path
    size_bytes: int
    mtime_ns: int
    format: str
    words: int
    relation: Relation | None
    similarity: float | None
    shared_text: float | None
    contained: float | None
    meaning: float | None
    figures_changed: int | None
    role: Role
    decision: Decision
    decided: bool
    offline: bool
    reason: str
    compared_with: int | None
    decided_at: str = ""
    for_same_text: bool = False


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """One file that could not be compared, and why."""

    file: int
    path: Path
    size_bytes: int
    reason: SkipReason
    detail: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What the sidebar and the status line count. `groups` by what they show; marked: files to be removed."""

    files: int
    groups: dict[Show, int]
    unread: int
    marked_files: int
    marked_bytes: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the user added. `number` 0: not yet stored. `exclude`: patterns of names to pass over."""

    path: Path
    watch: bool = True
    protected: bool = False
    exclude: tuple[str, ...] = ()
    number: int = 0


class FolderState(StrEnum):
    """How a folder is kept up to date now."""

    SCANNING = "scanning"
    WATCHED = "watched"
    POLLED = "polled"
    UNWATCHED = "unwatched"
    OFFLINE = "offline"
