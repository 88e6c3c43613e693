"""The folders named on the command line as the options of a scan. Looks at no file."""

from __future__ import annotations

import glob
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.engine.messages import ScanOptions

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
    scanned = tuple(dict.fromkeys(_absolute(folder) for folder in folders))
    protected, references = _protected(scanned, protect)
    own = [glob.escape(str(_absolute(target))) for target in targets if target]
    return ScanOptions(
        (*scanned, *references),
        protected,
        (*exclude, *own),
        similarity=similarity,
        embedder=embedder,
    )


def protected_too(options: ScanOptions, stored: Sequence[Path]) -> ScanOptions:
    """Return the options with folders protected that are so in the library; none is scanned for that."""
    met, _ = _protected(options.folders, stored)
    return replace(options, protected=tuple(dict.fromkeys((*options.protected, *met))))


def _protected(
    folders: Sequence[Path], protect: Sequence[Path]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return protected folders by the names that a scan meets, and those outside of all `folders`.

    A scanned folder and a protected one may be named through different links. What is outside is
    scanned too: it is what the scanned files are compared with.
    """
    names: list[Path] = []
    outside: list[Path] = []
    for protected in protect:
        real = Path(os.path.realpath(protected))
        met: list[Path] = []
        for folder in folders:
            real_folder = Path(os.path.realpath(folder))
            if real.is_relative_to(real_folder):
                met.append(folder / real.relative_to(real_folder))
            elif real_folder.is_relative_to(real):
                met.append(folder)
        if not any(real.is_relative_to(os.path.realpath(folder)) for folder in folders):
            outside.append(_absolute(protected))
        names += [*met, _absolute(protected)]
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(outside))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - a link that the user names is followed as such
