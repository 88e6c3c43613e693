"""How many tokens go to the device at once: batches by token budget, which shrinks when memory runs out. No torch."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RECOVERY = 16
_CHUNK_SECONDS = 8.0
_FIRST_CHARS, _LEAST_CHARS, _MOST_CHARS = 100_000, 20_000, 8_000_000
_MOST_TEXTS = 8192
_GROWTH = 4.0


class TokenBudget:
    """The most tokens of one batch. Halves when memory runs out, doubles again after 16 batches that fitted."""

    def __init__(self, most: int, least: int = 256) -> None:
        """Start at the most."""
        self._most = self.tokens = most
        self._least = min(least, most)
        self._fitted = 0

    def halve(self, used: int) -> None:
        """Note that a batch of so many tokens did not fit."""
        self.tokens = max(self._least, min(self.tokens, used) // 2)
        self._fitted = 0

    def fitted(self) -> None:
        """Note that a batch fitted; other programs may have given memory back."""
        self._fitted += 1
        if self._fitted >= _RECOVERY and self.tokens < self._most:
            self.tokens = min(self._most, self.tokens * 2)
            self._fitted = 0


def batch_end(lengths: Sequence[int], start: int, budget: int, *, padded: bool) -> int:
    """Return where the batch that starts at `start` ends; it holds at least one. `lengths`: descending.

    A padded batch costs its longest times its count, a packed one the sum.
    """
    end, used = start, 0
    while end < len(lengths):
        used = lengths[start] * (end + 1 - start) if padded else used + lengths[end]
        if used > budget and end > start:
            break
        end += 1
    return end


class Pace:
    """How many characters make a chunk: about eight seconds of work, so that a kill loses little."""

    def __init__(self) -> None:
        """Start small; nothing is known of the device yet."""
        self._chars = _FIRST_CHARS
        self._started = time.monotonic()

    def start(self) -> None:
        """Note that a chunk starts."""
        self._started = time.monotonic()

    def finish(self, chars: int) -> None:
        """Note that a chunk of so many characters is done."""
        seconds = max(1e-3, time.monotonic() - self._started)
        wanted = min(chars / seconds * _CHUNK_SECONDS, self._chars * _GROWTH)
        self._chars = int(min(_MOST_CHARS, max(_LEAST_CHARS, wanted)))

    def chunks(self, texts: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Yield runs of texts in their order with the index of the first, each as large as the pace says by then."""
        first, chunk, chars = 0, list[str](), 0
        for index in range(len(texts)):
            chunk.append(texts[index])
            chars += len(chunk[-1]) + 1
            if chars >= self._chars or len(chunk) >= _MOST_TEXTS:
                yield first, chunk
                first, chunk, chars = index + 1, [], 0
        if chunk:
            yield first, chunk
