"""The folders that people added, and what is in them. The order is that in which they were added."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from dedupe_app.records import Folder
from dedupe_app.store.effects import (
    apply_decisions,
    recount_groups,
    recounted,
    touch_folder,
)
from dedupe_app.store.paths import span, to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dedupe_app.store.library import Library


def folders(library: Library) -> list[Folder]:
    """Return all folders that people added."""
    rows = library.rows("select path, watch, protected, exclude, id from folders order by id")
    return [
        Folder(to_path(path), bool(watch), bool(protected), tuple(json.loads(exclude)), number)
        for path, watch, protected, exclude, number in rows
    ]


def add_folders(library: Library, paths: Sequence[Path]) -> list[Folder]:
    """Add folders, absolute paths, and return them as stored; one that is there already stays as it is.

    One that was in the list before is watched, protected and searched as it was then.
    """
    with library.atomic():
        for own in map(os.fsencode, paths):
            library.execute(
                "insert or ignore into folders (path, watch, protected, exclude) "
                "select * from former_folders where path = ?",
                [own],
            )
            library.execute("insert or ignore into folders (path) values (?)", [own])
            library.execute("delete from former_folders where path = ?", [own])
        stored = {folder.path: folder for folder in folders(library)}
        for path in paths:
            if stored[path].protected:
                touch_folder(library, path)
                apply_decisions(library)
    return [stored[path] for path in dict.fromkeys(paths)]


def change_folder(library: Library, folder: Folder) -> None:
    """Store what is other about a folder than before; nothing happens if it is gone.

    What comes under protection is kept at once, in every group. What leaves it waits for the groups to be made anew.
    """
    with library.atomic():
        library.execute(
            "update folders set watch = ?, protected = ?, exclude = ? where id = ?",
            [
                int(folder.watch),
                int(folder.protected),
                json.dumps(folder.exclude, ensure_ascii=False),
                folder.number,
            ],
        )
        if not folder.protected:
            return
        touch_folder(library, folder.path)
        apply_decisions(library)


def remove_folder(library: Library, number: int, *, forget: bool) -> None:
    """Take a folder from the list; `forget` takes its files from the library too, unless another folder holds them.

    What only those files needed goes when the groups are made the next time. What was decided about them stays, and
    how the folder was set up, for when it is added again.
    """
    with library.atomic():
        gone = next((folder for folder in folders(library) if folder.number == number), None)
        if gone is None:
            return
        library.execute(
            "insert or replace into former_folders select path, watch, protected, exclude from folders where id = ?",
            [number],
        )
        library.execute("delete from folders where id = ?", [number])
        if not forget:
            return
        touch_folder(library, gone.path)
        for other in folders(library):
            library.execute(
                "delete from temp.touched where file_id in (select id from files where path >= ? and path < ?)",
                span(other.path),
            )
        with recounted(library):
            library.execute("delete from files where id in (select file_id from temp.touched)")
            recount_groups(library)


def folder_files(library: Library) -> dict[Path, int]:
    """Return how many files are known below each folder that people added."""
    return {folder.path: count_below(library, [folder.path]) for folder in folders(library)}


def set_offline(library: Library, path: Path, offline: bool) -> None:
    """Note whether a folder is gone for now, such as one on a drive that is not plugged in."""
    with library.atomic():
        library.execute(
            "update folders set offline = ? where path = ?", [int(offline), os.fsencode(path)]
        )


def offline_folders(library: Library) -> list[Path]:
    """Return the folders that are gone for now."""
    rows = library.rows("select path from folders where offline order by id")
    return [to_path(path) for (path,) in rows]


def protected_folders(library: Library) -> list[Path]:
    """Return the folders in which nothing may be marked."""
    return [folder.path for folder in folders(library) if folder.protected]


def outermost(paths: Iterable[Path]) -> list[Path]:
    """Return the folders that are not inside another of them."""
    all_paths = set(paths)
    return sorted(path for path in all_paths if all_paths.isdisjoint(path.parents))


def count_below(library: Library, paths: Iterable[Path]) -> int:
    """Count the known files below some folders, each once."""
    return sum(
        row[0]
        for path in outermost(paths)
        for row in library.rows(
            "select count(*) from files where path >= ? and path < ?", span(path)
        )
    )
