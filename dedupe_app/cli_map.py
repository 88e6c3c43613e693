"""`dedupe-app map`: draws the map of a library as a picture or writes it as CSV. Makes the map if there is none."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from dedupe_app.cli_output import check_targets, is_stdout, make_console, stdout
from dedupe_app.cli_progress import shown_progress
from dedupe_app.engine.mapping import make_map, scope_options
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.errors import LibraryError
from dedupe_app.records import Relation
from dedupe_app.review.earlier import MARK, check_target, is_picture, may_be_picture
from dedupe_app.review.export import neutral, write_file, write_table
from dedupe_app.store import maps
from dedupe_app.store.database import open_for_reading, open_library
from dedupe_app.store.known import is_known
from dedupe_app.store.map_files import map_files, paths_on_map
from dedupe_app.store.results import latest_scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dedupe_app.records import MapFiles
    from dedupe_app.store.library import Library

COLUMNS = ("path", "x", "y", "topic", "subtopic", "detail_topic", "relation", "group")


def run_map(
    library_path: Path,
    *,
    png: Path | None,
    csv_target: Path | None,
    size: tuple[int, int],
    dark: bool,
    quiet: bool,
) -> None:
    """Write the map of the folders that were scanned last."""
    if png is not None and not is_stdout(png):
        check_picture(png, size)  # before all the work
    with _open(library_path) as library:
        scope = latest_scope(library)
        _make(library, scope, quiet=quiet)
        found = map_files(library, scope, scope_options(library, scope).folders)
        if not len(found.files):
            raise LibraryError("There is nothing to draw.", "Scan a folder with documents first.")
        if png is not None:
            _write_png(library, found, png, size, dark=dark)
        if csv_target is not None:
            _write_csv(library, found, csv_target)


def _open(path: Path) -> Library:
    """Open the library for the map to be drawn; if another program writes it, for the map that is there."""
    if not path.is_file():
        return open_for_reading(path)  # says what is wrong
    try:
        return open_library(path)
    except LibraryError:
        return open_for_reading(path)


def _make(library: Library, scope: str, *, quiet: bool) -> None:
    """Draw the map, or put on it what is new."""
    if not library.is_writer:
        info = maps.latest_map(library, scope)
        if info is None:
            raise LibraryError(
                "The map cannot be drawn while another program uses the library.",
                "Close it and try again, or open the map there.",
            )
        make_console(sys.stderr).print("Another program has the library: the map as it is there.")
        return
    options = scope_options(library, scope)
    with closing(make_map(library, options)) as steps, shown_progress(quiet=quiet) as show:
        for step in steps:
            if isinstance(step, Progress):
                show(step)


def _write_png(
    library: Library, found: MapFiles, target: Path, size: tuple[int, int], *, dark: bool
) -> None:
    from dedupe_app.ui.map_picture import make_png  # Qt, only for a picture
    from dedupe_app.ui.map_scene import make_scene

    data = make_png(make_scene(found), *size, dark=dark, mark=MARK)
    if is_stdout(target):
        with stdout() as stream:
            stream.buffer.write(data)
        return
    check_picture(target, size, library)
    write_file([data], target, f"The picture could not be written to {neutral(str(target))}.")


def check_picture(target: Path, size: tuple[int, int], library: Library | None = None) -> None:
    """Refuse to write over what is no earlier picture of a map.

    Raises:
        UsageError: the file stays as it is.
    """
    check_target(
        target,
        is_picture,
        is_document=partial(is_known, library) if library else None,
        may_be_own=partial(may_be_picture, size=size),
    )


def _write_csv(library: Library, found: MapFiles, target: Path) -> None:
    rows = _rows(library, found)
    if is_stdout(target):
        with stdout() as stream:
            write_table(COLUMNS, rows, stream)
        return
    check_targets(library, target, None)
    write_table(COLUMNS, rows, target)


def _rows(library: Library, found: MapFiles) -> Iterator[list[Any]]:
    """Yield the cells of each file, by path."""
    names = {topic.number: topic.name for topic in found.topic_list}
    relations = [None, *(relation.value for relation in Relation)]
    place = {file: at for at, file in enumerate(found.files.tolist())}
    for file, path in paths_on_map(library, found):
        at = place[file]
        topics = [names.get(number) for number in found.topics[at].tolist()]
        x, y = found.places[at].tolist()
        group = int(found.groups[at])
        yield [path, x, y, *topics, relations[found.relations[at]], group or None]
