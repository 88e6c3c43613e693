"""The tokens of texts that the processes of a crew have read, kept until they are compared while there is room.

On Linux in memory that all of them see and that has no name in any folder: it is gone with the program. Elsewhere each
process keeps its own.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from isal import isal_zlib

from dedupe_app.records import Tokens

if sys.platform == "linux":
    import fcntl
if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOM_BYTES = 64 * 1024 * 1024
# What stands before the arrays of a text in shared memory: a mark, the name of what is stored of the text, the bytes of
# its canonical text, its tokens, its shingles, and the checksum of all that follows.
_HEAD = struct.Struct("<8s16sIIII")
_MARK = b"kepttext"
_ALIGNED = 8
# Of all processes together, with those that were replaced.
_MOST_SHARED = 4 * ROOM_BYTES

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class KeptText:
    """A text that was read: its tokens and its shingles, uint64 (m,)."""

    tokens: Tokens
    shingles: NDArray[np.uint64]


def share_memory() -> int | None:
    """Return the descriptor of memory that processes can share, None where there is none without a name."""
    if sys.platform != "linux":
        return None
    try:
        descriptor = os.memfd_create("dedupe-app texts")
        # All writers have this one opening of it: each entry goes to the end, wherever that is.
        fcntl.fcntl(descriptor, fcntl.F_SETFL, os.O_APPEND)
    except OSError as error:
        logger.info("Each process keeps its own texts: %s", error)
        return None
    return descriptor


class KeptTexts:
    """Texts by what is stored of them. What comes when there is no more room is not kept."""

    def __init__(self, room_bytes: int = ROOM_BYTES, shared: int | None = None) -> None:
        """Start with nothing. `shared`: a descriptor of shared memory; without one they are kept for this process."""
        self._left = room_bytes
        self._texts: dict[bytes, KeptText] = {}
        self._file = shared
        self._places: dict[bytes, tuple[int, int, int, int, int, int]] = {}
        self._seen = 0
        self._view = memoryview(b"")

    def keep(self, packed: bytes, tokens: Tokens, shingles: NDArray[np.uint64]) -> None:
        """Keep a text, if there is room."""
        size = _size(packed, tokens, shingles)
        if size > self._left or packed in self._texts:
            return
        self._left -= size
        if self._file is None:
            self._texts[packed] = KeptText(tokens, shingles)
        elif os.fstat(self._file).st_size + size <= _MOST_SHARED:
            self._write(self._file, packed, tokens, shingles)

    def take(self, packed: bytes) -> KeptText | None:
        """Return a text and, if it is kept for this process, keep it no longer; None if it is not there."""
        if self._file is not None:
            return self._find(self._file, packed)
        found = self._texts.pop(packed, None)
        if found is not None:
            self._left += _size(packed, found.tokens, found.shingles)
        return found

    def _write(
        self, file: int, packed: bytes, tokens: Tokens, shingles: NDArray[np.uint64]
    ) -> None:
        """Append an entry; in one piece, because others write as well."""
        text = tokens.text.encode("utf-8", "surrogatepass")
        arrays = (tokens.hashes, shingles, tokens.starts, tokens.ends, tokens.figures)
        body = b"".join([*(array.tobytes() for array in arrays), text])
        body += bytes(-len(body) % _ALIGNED)
        lengths = len(text), len(tokens), len(shingles)
        head = _HEAD.pack(_MARK, _name(packed), *lengths, isal_zlib.crc32(body))
        try:
            whole = os.writev(file, [head, body]) == len(head) + len(body)
        except OSError as error:
            logger.info("No more texts are shared: %s", error)
            whole = False
        if not whole:  # its checksum tells that
            self._left = 0

    def _find(self, file: int, packed: bytes) -> KeptText | None:
        name = _name(packed)
        if name not in self._places:
            self._look_on(file)
        place = self._places.pop(name, None)
        if place is None:
            return None
        at, end, letters, tokens, shingles, checksum = place
        if isal_zlib.crc32(self._view[at:end]) != checksum:
            logger.warning("A shared text is damaged, and made anew")
            return None
        self._places[name] = place
        hashes = np.frombuffer(self._view, np.uint64, tokens, at)
        runs = np.frombuffer(self._view, np.uint64, shingles, at := at + hashes.nbytes)
        starts = np.frombuffer(self._view, np.int32, tokens, at := at + runs.nbytes)
        ends = np.frombuffer(self._view, np.int32, tokens, at := at + starts.nbytes)
        figures = np.frombuffer(self._view, np.bool_, tokens, at := at + ends.nbytes)
        at += figures.nbytes
        text = str(self._view[at : at + letters], "utf-8", "surrogatepass")
        return KeptText(Tokens(text, hashes, starts, ends, figures), runs)

    def _look_on(self, file: int) -> None:
        """Find the entries that were written since the last time."""
        size = os.fstat(file).st_size
        if size <= self._seen:
            return
        self._view = memoryview(mmap.mmap(file, size, prot=mmap.PROT_READ))
        while self._seen + _HEAD.size <= size:
            mark, name, *lengths, checksum = _HEAD.unpack_from(self._view, self._seen)
            letters, tokens, shingles = lengths
            at = self._seen + _HEAD.size
            length = 8 * shingles + (8 + 4 + 4 + 1) * tokens + letters
            end = at + length + (-length % _ALIGNED)
            if mark != _MARK or end > size:
                break
            self._places[name] = at, end, letters, tokens, shingles, checksum
            self._seen = end


def _name(packed: bytes) -> bytes:
    return hashlib.blake2b(packed, digest_size=16).digest()


def _size(packed: bytes, tokens: Tokens, shingles: NDArray[np.uint64]) -> int:
    arrays = (tokens.hashes, tokens.starts, tokens.ends, tokens.figures, shingles)
    return len(packed) + sum(array.nbytes for array in arrays) + 2 * len(tokens.text)
