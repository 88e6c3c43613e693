"""The folders named on the command line as the options of a scan. Looks at no file."""

from __future__ import annotations

import glob
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.intake.roots import met_names, new_folders, outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def scan_options(
    folders: Sequence[Path],
    *,
    embedder: str,
    similarity: float,
    protect: Sequence[Path],
    exclude: Sequence[str],
    targets: Iterable[Path | None],
) -> ScanOptions:
    """Return the options that were named; the reports to write, `targets`, are no documents."""
    scanned = tuple(new_folders((), folders))
    safe = new_folders((), protect)
    # What is outside is scanned too: it is what the scanned files are compared with.
    references = outside(scanned, safe)
    own = [glob.escape(str(_absolute(target))) for target in targets if target]
    return ScanOptions(
        (*scanned, *references),
        met_names(scanned, safe),
        (*exclude, *own),
        similarity=similarity,
        embedder=embedder,
    )


def protected_too(options: ScanOptions, stored: Sequence[Path]) -> ScanOptions:
    """Return the options with folders protected that are so in the library; none is scanned for that."""
    met = met_names(options.folders, stored)
    return replace(options, protected=tuple(dict.fromkeys((*options.protected, *met))))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - a link that the user names is followed as such
