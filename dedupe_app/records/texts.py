"""Records of what was read from a file. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


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
    """The plain text of one file, lines parted by newlines, and the format it was read as.

    `shows_more`: pictures or scanned pages say something that the text does not. `beside`: names what the file shows
    besides its text (see `sameness`).
    """

    text: str
    format: str
    warning: str = ""
    shows_more: bool = False
    beside: str = ""


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

    `packed`: the text, compressed. `same_text`: names its letters, digits and signs that say something, and what is
    shown besides; compared by `sameness`. For a text that was not read to its end, was recognised from a picture, or is
    hardly more than its pictures, equal only for equal bytes. `hash`: names the canonical tokens; `words` counts them.
    `sketch` uint64 (m,) with its `shift`. `vector` int8 (256,): the lexical vector.
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

    `text` is the number of its text, None when there is none to compare; `same_text` its same-text name. `detail` says
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
