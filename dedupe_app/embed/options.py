"""The choices that are open for every embedder. No numpy and no torch: the engine's messages carry them."""

from __future__ import annotations

from dataclasses import dataclass

DIMENSIONS = 256
MAX_TOKENS = 8192
MOST_WINDOWS = 8


@dataclass(frozen=True, slots=True)
class EncoderOptions:
    """The choices that are open for every model.

    template: a name of templates.py, or None for what suits the model. dimensions: vectors are cut to these, then
    normalised. max_tokens: the longest window (also of the model itself); longer texts are read in several, at most
    `most_windows` spread over the text. device: "auto", "cuda", "mps" or "cpu". four_bit: on CUDA, with bitsandbytes.
    """

    template: str | None = None
    dimensions: int = DIMENSIONS
    max_tokens: int = MAX_TOKENS
    most_windows: int = MOST_WINDOWS
    device: str = "auto"
    four_bit: bool = False
