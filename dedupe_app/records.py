"""Frozen dataclasses that are passed between the stages. Data only: no behaviour, no imports of stages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


# ---- intake ----------------------------------------------------------------------------------


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


# ---- text ------------------------------------------------------------------------------------


class SkipReason(StrEnum):
    """Why a file could not be compared. The values are part of the report."""

    ENCRYPTED = "encrypted"
    NO_TEXT = "no text (scanned)"
    EMPTY = "empty"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TIMED_OUT = "timed out"
    NOT_PERMITTED = "not permitted"
    VANISHED = "vanished"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The plain text of one file, lines parted by newlines, and the format it was read as."""

    text: str
    format: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one canonical text.

    `hashes` uint64 (n,), `starts` and `ends` int32 (n,) into `text`, `figures` bool (n,): holds a digit.
    """

    text: str
    hashes: NDArray[np.uint64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    figures: NDArray[np.bool_]

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.hashes)

    def word(self, index: int) -> str:
        """Return one token as it stands in the canonical text."""
        return self.text[self.starts[index] : self.ends[index]]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file whose text could not be read: the reason, and one sentence with what to do."""

    reason: SkipReason
    detail: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ReadText:
    """What the store keeps of one text that was read.

    `packed`: the text, compressed. `same_text`: equal for the same letters and digits; for a text that was not read to
    its end, or recognised from a picture, equal only for equal bytes. `hash`: names the canonical tokens; `words`
    counts them. `sketch` uint64 (m,) with its `shift`. `vector` int8 (256,): the lexical vector.
    """

    format: str
    packed: bytes
    same_text: str
    hash: str
    words: int
    sketch: NDArray[np.uint64]
    shift: int
    vector: NDArray[np.int8]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the library with what is known of its content.

    `text` is the number of its text, None when there is none to compare; `same_text` its same-text hash. `detail` says
    more of the `reason`; without one it says what was left out in reading, "" if nothing was.
    """

    file: int
    path: Path
    size_bytes: int
    mtime_ns: int
    sha256: str
    format: str
    words: int
    text: int | None
    same_text: str
    reason: SkipReason | None
    detail: str


# ---- similarity ------------------------------------------------------------------------------


class Relation(StrEnum):
    """How two files are alike, strongest first. Fixed words: code, tables, window and CSV."""

    IDENTICAL = "identical"
    SAME_TEXT = "same-text"
    REVISION = "revision"
    CONTAINED = "contained"
    SAME_TEMPLATE = "same-template"
    SAME_MEANING = "same-meaning"


class GroupKind(StrEnum):
    """What the members of a group share."""

    DUPLICATES = "duplicates"
    CONTAINED = "contained"
    TEMPLATE = "template"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """One text, ready to be compared: `key` names it; `words` and `shingles` are sorted, distinct uint64 hashes."""

    key: int
    tokens: Tokens
    words: NDArray[np.uint64]
    shingles: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured on a pair of texts; shares are 0-1. Those that were not needed keep their default.

    length_ratio: shorter / longer token count; shorter: the shorter count. jaccard, containment: of three-word
    shingles; weighted_*: the same with crowd weights. replaced: weight replaced / (replaced + kept). head_*: in the
    first 40 tokens, counting only what occurs nowhere in the other text; title_words: the same in the first 20.
    identifiers: replaced by others of the same form, in the head. figure_share: of all changed tokens. *_slots,
    slot_share: similarity/slots.py. frame: share that two others of the crowd have word for word. exchanged: how often
    the most exchanged word of the head is, both words being only in their own text; half_exchanged: one of them;
    title_exchanged: the same in the title.
    """

    length_ratio: float
    shorter: int
    jaccard: float
    containment: float
    weighted_jaccard: float = 0.0
    weighted_containment: float = 0.0
    replaced: float = 1.0
    head_replaced: float = 1.0
    head_figures: int = 0
    head_words: int = 0
    title_words: int = 0
    identifiers: int = 0
    figure_share: float = 0.0
    figure_slots: int = 0
    rare_figure_slots: int = 0
    framed_name_slots: int = 0
    slot_share: float = 0.0
    frame: float = 0.0
    exchanged: int = 0
    half_exchanged: int = 0
    title_exchanged: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from one text to another, in words. `kinds`: what was replaced, such as "the date"."""

    replaced: int = 0
    added: int = 0
    removed: int = 0
    figures: int = 0
    kinds: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two texts are, or are not, duplicates. `relation` is None when they are simply different.

    `similarity`, `shared_text`, `contained`: 0-100. `changes`: from the first text to the second.
    """

    relation: Relation | None
    similarity: float
    shared_text: float
    contained: float
    changes: Changes


@dataclass(frozen=True, slots=True)
class PairState:
    """In which crowds a pair was compared, and what matters for the crowds of others."""

    family: bool
    first_crowds: bytes
    sure: bool
    crowds: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """The verified comparison of two texts, with the crowds it was made in.

    `family`: surely one, whatever the crowd. `first_crowds` names the crowds without families, `sure` what came of
    them; `crowds` names the final ones, `evidence` what came of those.
    """

    text_a: int
    text_b: int
    family: bool
    first_crowds: bytes
    sure: bool
    crowds: bytes
    evidence: Evidence

    @property
    def state(self) -> PairState:
        """Leave out the evidence."""
        return PairState(self.family, self.first_crowds, self.sure, self.crowds)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """One file in a group, compared with the keeper. `strength` 0-1: how firmly it belongs."""

    file: int
    role: Role
    decision: Decision
    relation: Relation | None
    evidence: Evidence | None
    strength: float
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of files, keeper first. `number` 0: not yet stored."""

    kind: GroupKind
    members: tuple[GroupMember, ...]
    reclaimable_bytes: int
    similarity: float
    number: int = 0


# ---- review ----------------------------------------------------------------------------------


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
