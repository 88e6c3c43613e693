"""Where things are kept, and the choices of the user. Reads the environment; never opens the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What one file may cost before it is skipped with a reason.

    `memory_bytes` is the address space one reader process may use beyond what it has after start.
    """

    size_bytes: int = 512 * MIB
    text_chars: int = 5_000_000
    seconds: float = 60.0
    memory_bytes: int = 2048 * MIB
    unpacked_bytes: int = 512 * MIB


def library_path() -> Path:
    """Return the place of the library when none is named: the user's data folder."""
    return Path(platformdirs.user_data_dir("dedupe-app", appauthor=False)) / "library.sqlite"
