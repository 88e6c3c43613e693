"""Says whether a name or path matches one of the user's exclude patterns. Never touches the disk.

`*.tmp` (no slash) is compared with every name, `build/**` (a slash) with the path below the scanned
folder, `/home/me/private` with the whole path too; a slash at the end means folders only.
`*`, `?` and `[...]` stay within one name, `**` stands for any number of folders.
"""

from __future__ import annotations

import fnmatch
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ANY_FOLDERS = "**"
# Windows tells names apart without case, and people write its separator in patterns.
_ON_WINDOWS = sys.platform == "win32"


@dataclass(frozen=True, slots=True)
class PathPattern:
    """One pattern with a slash, cut at the slashes."""

    segments: tuple[str, ...]
    folders_only: bool
    whole_path: bool


@dataclass(frozen=True, slots=True)
class Patterns:
    """Exclude patterns made ready for many comparisons."""

    names: re.Pattern[str] | None
    folder_names: re.Pattern[str] | None
    paths: tuple[PathPattern, ...]


def compile_patterns(patterns: Iterable[str]) -> Patterns:
    """Prepare glob patterns; empty ones are ignored, malformed brackets stand for themselves."""
    names: list[str] = []
    folder_names: list[str] = []
    paths: list[PathPattern] = []
    for written in patterns:
        pattern = _fold(written).removeprefix("./")
        folders_only = pattern.endswith("/")
        pattern = pattern.rstrip("/")
        if "/" in pattern:
            paths += _path_patterns(pattern, folders_only)
        elif pattern:
            (folder_names if folders_only else names).append(pattern)
    return Patterns(any_name(names), any_name(folder_names), tuple(paths))


def any_name(patterns: Sequence[str], flags: int = 0) -> re.Pattern[str] | None:
    """Join name patterns into one expression; None for no pattern at all."""
    if not patterns:
        return None
    return re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns), flags)


def is_excluded(patterns: Patterns, name: str, folder: str, below: str, is_folder: bool) -> bool:
    """Say whether the entry is excluded.

    Args:
        patterns: What `compile_patterns` returned.
        name: The entry's own name.
        folder: Whole path of the folder it lies in.
        below: The same path as seen from the scanned folder; empty for that folder itself.
        is_folder: Whether the entry is a folder.
    """
    name = _fold(name)
    if patterns.names and patterns.names.match(name):
        return True
    if is_folder and patterns.folder_names and patterns.folder_names.match(name):
        return True
    for pattern in patterns.paths:
        if is_folder or not pattern.folders_only:
            place = _fold(folder).rstrip("/") if pattern.whole_path else _fold(below)
            parts = [*place.split("/"), name] if place or pattern.whole_path else [name]
            if _path_matches(parts, pattern.segments):
                return True
    return False


def _path_patterns(pattern: str, folders_only: bool) -> list[PathPattern]:
    segments = [segment for at, segment in enumerate(pattern.split("/")) if segment or at == 0]
    if segments[-1] == _ANY_FOLDERS:
        segments.append("*")  # `build/**` is what lies in build, not a file of that name
    is_whole = not segments[0] or segments[0].endswith(":")
    found = [PathPattern(tuple(segments), folders_only, whole_path=True)] if is_whole else []
    if not segments[0] or not is_whole:
        below = tuple(segments[1:] if not segments[0] else segments)
        found.append(PathPattern(below, folders_only, whole_path=False))
    return found


def _path_matches(parts: Sequence[str], segments: Sequence[str]) -> bool:
    # Going back to the last `**` only is enough, and keeps hostile patterns linear per start.
    part = segment = 0
    retry_part, retry_segment = 0, -1
    while part < len(parts):
        if segment < len(segments) and segments[segment] == _ANY_FOLDERS:
            retry_part, retry_segment = part, segment
            segment += 1
        elif segment < len(segments) and fnmatch.fnmatchcase(parts[part], segments[segment]):
            part += 1
            segment += 1
        elif retry_segment >= 0:
            retry_part += 1
            part, segment = retry_part, retry_segment + 1
        else:
            return False
    return all(rest == _ANY_FOLDERS for rest in segments[segment:])


def _fold(text: str) -> str:
    return text.replace("\\", "/").lower() if _ON_WINDOWS else text
