"""What goes into the engine and comes out about models: small frozen dataclasses, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class DownloadModel:
    """Download a model by its name, or import it from a folder; progress is Working("download", bytes, bytes)."""

    name: str
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class CheckModel:
    """Look whether a model is whole, load it, test it, and measure its speed."""

    name: str


@dataclass(frozen=True, slots=True)
class EmbedAgain:
    """Try the texts again that the model could not take: those of some files, or all; then scan."""

    files: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What was found out about a model that was downloaded or checked: sentences, and what is wrong, if anything.

    `words_per_second`: as measured just now, None if it was not.
    """

    name: str
    told: tuple[str, ...]
    problems: tuple[str, ...] = ()
    words_per_second: float | None = None
