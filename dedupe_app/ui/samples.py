"""Copies the samples to where they may be moved and removed, with the times at which they were written."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

from dedupe_app.settings import resource_folder

if TYPE_CHECKING:
    from pathlib import Path


def copy_samples(place: Path) -> None:
    """Copy the samples into a folder, which need not be there yet.

    Raises:
        OSError: they cannot be copied.
    """
    import tomllib

    shutil.copytree(resource_folder() / "samples", place, dirs_exist_ok=True)
    dates = tomllib.loads((resource_folder() / "sample_dates.toml").read_text(encoding="utf-8"))
    for name, written in dates.items():
        if isinstance(written, datetime):
            os.utime(place / name, (written.timestamp(), written.timestamp()))
