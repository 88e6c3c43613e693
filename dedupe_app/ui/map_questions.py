"""What the map asks the library. Knows no widgets; the store is imported in the background, with the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.ui.group_choice import Chosen, Marking, files_to_mark, joined
from dedupe_app.ui.map_scene import make_scene

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.records import Decision, FileRow
    from dedupe_app.store.library import Library
    from dedupe_app.ui.map_scene import Scene

_PIECE = 256


def read_scene(library: Library) -> tuple[Scene, tuple[Path, ...]]:
    """Read the map of the window's folders, and the folders."""
    from dedupe_app.store import folders, map_files

    roots = tuple(folder.path for folder in folders.folders(library))
    return make_scene(map_files.map_files(library, WINDOW_SCOPE, roots)), roots


def read_folders(library: Library, *, files: Sequence[int]) -> tuple[list[int], list[str]]:
    """Return for each file the place of its folder in a list of names."""
    from dedupe_app.store import map_files

    return map_files.file_folders(library, files)


def read_rows(library: Library, files: Sequence[int]) -> list[FileRow]:
    """Return files by their numbers, in the order asked for; those that are gone are left out."""
    from dedupe_app.store import map_files

    return map_files.rows_of(library, WINDOW_SCOPE, files)


def mark_files(library: Library, *, files: Sequence[int], decision: Decision) -> Marking:
    """Decide about those of some files that are in groups; of each group one always stays."""
    from dedupe_app.store import browse, decisions, marks

    wanted = frozenset(files)
    numbers = marks.groups_of(library, WINDOW_SCOPE, files)
    parts: list[Marking] = []
    for first in range(0, len(numbers), _PIECE):
        groups = browse.file_rows(library, numbers[first : first + _PIECE])
        own = {
            number: frozenset(row.file for row in rows if row.file in wanted)
            for number, rows in groups.items()
        }
        chosen = Chosen(dict(own), frozenset(), sum(map(len, own.values())))
        parts.append(files_to_mark(chosen, groups, decision))
    marking = joined(parts)
    if marking.files:
        decisions.decide(library, marking.files, decision)
    return marking
