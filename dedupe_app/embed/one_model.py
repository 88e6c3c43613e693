"""Tells whether vectors came from one model: the same text has nearly the same one wherever that computes. No torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.errors import EmbedderUnavailableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Measured: on other servers .999995, with weights of 8 bits .9990, 36 layers in bfloat16 .9967. Vectors of two models
# have nothing in common. A model that was trained a little further may stay above it, and is not noticed.
_LEAST_COSINE = 0.97
# Texts that tell models apart have at least so many words.
FEWEST_WORDS = 5


def is_known_by_name(space: str) -> bool:
    """Tell whether only a name says which model a space is of: what a server computes with, nobody else sees."""
    return space.startswith("server/")


def is_one_model(first: NDArray[np.float32], other: NDArray[np.float32]) -> bool:
    """Compare two vectors float32 (d,) of one text, as far as the shorter one goes."""
    length = min(len(first), len(other))
    a, b = first[:length].astype(np.float64), other[:length].astype(np.float64)
    return float(a @ b) >= _LEAST_COSINE * float(np.linalg.norm(a) * np.linalg.norm(b))


def another_model(embedder: str) -> EmbedderUnavailableError:
    """Say that vectors came from another model than those before, under the same name."""
    return EmbedderUnavailableError(
        f"Another model runs behind {embedder} than before.",
        "Nothing was mixed. Give the other model a name of its own behind the #, or start the first one again.",
    )
