"""What every embedder has in common: its options, its results, and the protocol the pipeline relies on. No torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dedupe_app.embed.options import EncoderOptions

__all__ = [
    "SHORTEST_MAX_TOKENS",
    "Cancelled",
    "Encoder",
    "EncoderOptions",
    "Failure",
    "Progress",
    "Vector",
    "mean_of_windows",
]

SHORTEST_MAX_TOKENS = 64

Vector = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many texts are done, and how many there are."""
Cancelled = Callable[[], bool]
"""Looked at between batches; `threading.Event().is_set` fits."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a text has no vector, in one sentence."""

    reason: str


class Encoder(Protocol):
    """Turns texts into unit vectors of one space."""

    @property
    def space(self) -> str:
        """Name everything that changes vectors; vectors of different spaces are never compared."""

    @property
    def dimensions(self) -> int:
        """Count the components of each vector."""

    @property
    def account(self) -> tuple[str, ...]:
        """Say in sentences what is used, and what had to be worked around."""

    def encode(
        self,
        texts: Sequence[str],
        *,
        query: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Iterator[tuple[int, Vector | Failure]]:
        """Yield, in any order, the index of each text with its float32 (dimensions,) unit vector or why it has none.

        Ends early, without an error, once `cancelled` says so. Closing the iterator cancels too.
        """

    def close(self) -> None:
        """Give back memory and connections; the encoder is of no use afterwards."""


def mean_of_windows(vectors: NDArray[np.float32], weights: NDArray[np.float64]) -> Vector:
    """Average the unit vectors of one text's windows by length, and normalise.

    float32 (n, dimensions) and float64 (n,) in, float32 (dimensions,) out.
    """
    if len(vectors) == 1:
        only: Vector = vectors[0]
        return only
    total = weights @ vectors.astype(np.float64)
    norm = float(np.linalg.norm(total))
    mean: Vector = (total / norm if norm > 0 else total).astype(np.float32)
    return mean
