"""What goes into the engine and what comes out: small frozen dataclasses, nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedupe_app.settings import ReadLimits

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records import Skipped

DEFAULT_SIMILARITY = 30.0


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What to scan and how. `folders` and `protected` are absolute paths; `similarity` is the cut, 0-100."""

    folders: tuple[Path, ...]
    protected: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    similarity: float = DEFAULT_SIMILARITY
    limits: ReadLimits = field(default_factory=ReadLimits)
    processes: int = field(default_factory=lambda: max(1, os.cpu_count() or 1))

    @property
    def scope(self) -> str:
        """Name what the groups are about: the folders, in a fixed order."""
        return "\n".join(sorted(os.fsencode(folder).hex() for folder in self.folders))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is. `total` is None while it is not known."""

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class ScanFinished:
    """What a scan did. `seconds` by stage, with "total".

    `skipped`: what could not be compared, by path; `partly`: what was left out in reading, by path.
    """

    files: int
    read: int
    skipped: tuple[tuple[Path, Skipped], ...]
    partly: tuple[tuple[Path, str], ...]
    groups: int
    duplicate_files: int
    reclaimable_bytes: int
    seconds: dict[str, float]


Event = Progress | ScanFinished
