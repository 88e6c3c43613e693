"""The tokens of texts that a process has read itself, kept until it compares them; as many as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.records import Tokens

ROOM_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class KeptText:
    """A text that was read: its tokens and its shingles, uint64 (m,)."""

    tokens: Tokens
    shingles: NDArray[np.uint64]


class KeptTexts:
    """Texts by what is stored of them. What comes when there is no more room is not kept."""

    def __init__(self, room_bytes: int = ROOM_BYTES) -> None:
        """Start with nothing."""
        self._left = room_bytes
        self._texts: dict[bytes, KeptText] = {}

    def keep(self, packed: bytes, tokens: Tokens, shingles: NDArray[np.uint64]) -> None:
        """Keep a text, if there is room."""
        size = _size(packed, tokens, shingles)
        if size <= self._left and packed not in self._texts:
            self._left -= size
            self._texts[packed] = KeptText(tokens, shingles)

    def take(self, packed: bytes) -> KeptText | None:
        """Return a text and keep it no longer; None if it is not there."""
        found = self._texts.pop(packed, None)
        if found is not None:
            self._left += _size(packed, found.tokens, found.shingles)
        return found


def _size(packed: bytes, tokens: Tokens, shingles: NDArray[np.uint64]) -> int:
    arrays = (tokens.hashes, tokens.starts, tokens.ends, tokens.figures, shingles)
    return len(packed) + sum(array.nbytes for array in arrays) + 2 * len(tokens.text)
