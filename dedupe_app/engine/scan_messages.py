"""What a scan is given and what it tells: all of the messages that the command line needs, which starts quickly."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dedupe_app.embed.options import EncoderOptions
from dedupe_app.engine.defaults import DEFAULT_SIMILARITY
from dedupe_app.settings import ReadLimits

if TYPE_CHECKING:
    from pathlib import Path

    from dedupe_app.records import Change, Skipped


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What to scan and how. `folders` and `protected` are absolute paths; `similarity` is the cut, 0-100.

    `exclude` holds everywhere, `exclude_in` only below one of the folders.
    """

    folders: tuple[Path, ...]
    protected: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    similarity: float = DEFAULT_SIMILARITY
    limits: ReadLimits = field(default_factory=ReadLimits)
    processes: int = field(default_factory=lambda: max(1, os.cpu_count() or 1))
    embedder: str = "lexical"
    name: str = ""
    exclude_in: tuple[tuple[Path, tuple[str, ...]], ...] = ()
    model: EncoderOptions = field(default_factory=EncoderOptions)

    @property
    def scope(self) -> str:
        """Name what the groups are about: the given name, or else the folders in a fixed order."""
        if self.name:
            return self.name
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

    `skipped`: what could not be compared, by path; `partly`: what was left out in reading, by path. `changes`: what
    happened to the files since the scan before. `regrouped`: the groups were made anew. `offline`: folders that are not
    there, such as a drive that was unplugged; what is known of their files is kept. `model_problem`: title and hint, if
    the chosen model could not be used (any more); all that needs no model was done.
    """

    files: int
    read: int
    skipped: tuple[tuple[Path, Skipped], ...]
    partly: tuple[tuple[Path, str], ...]
    groups: int
    duplicate_files: int
    reclaimable_bytes: int
    seconds: dict[str, float]
    changes: tuple[Change, ...] = ()
    regrouped: bool = False
    offline: tuple[Path, ...] = ()
    model_problem: tuple[str, str] | None = None


Event = Progress | ScanFinished
