"""Tells which named folders are one, or lie in one another: by a link, another mount, or other letters of a name.

Looks at the folders themselves, never at what is in them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_app.spelling import as_written, place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


def new_folders(listed: Sequence[Path], named: Iterable[Path]) -> list[Path]:
    """Return the named folders that are not listed yet, each once, as their drive writes them; links stay links."""
    found: list[Path] = []
    for folder in named:
        written = as_written(Path(os.path.abspath(folder)))  # noqa: PTH100 - links stay
        places = real_places([*listed, *found, written])
        if list(places.values()).count(places[written]) == 1 and written not in (*listed, *found):
            found.append(written)
    return found


def namesakes(listed: Sequence[Path], named: Sequence[Path]) -> list[tuple[Path, Path]]:
    """Return the named folders that are listed under another name, each with that name."""
    places = real_places([*listed, *named])
    return [
        (each, folder)
        for each in dict.fromkeys(named)
        for folder in listed
        if each not in listed and places[each] == places[folder]
    ]


def real_places(folders: Sequence[Path]) -> dict[Path, Path]:
    """Return where each folder is; the same one named twice is where its first name leads."""
    first: dict[tuple[int, int], Path] = {}
    places: dict[Path, Path] = {}
    for folder in folders:
        place = place_of(folder)
        identity = _identity(place)
        places[folder] = place if identity is None else first.setdefault(identity, place)
    return places


def do_meet(places: Mapping[Path, Path]) -> bool:
    """Tell whether some folder is, or lies in, another one, given where each is."""
    all_places = set(places.values())
    return len(all_places) < len(places) or any(
        not all_places.isdisjoint(place.parents) for place in all_places
    )


def other_ways(paths: Collection[Path], folders: Collection[Path]) -> Iterator[Path]:
    """Yield the other paths by which some paths below folders are reached from other ones of the folders."""
    places = real_places(list(folders))
    if all(folder == place for folder, place in places.items()) or not do_meet(places):
        return
    for path in paths:
        for folder, place in places.items():
            if path.is_relative_to(folder):
                real = place / path.relative_to(folder)
                for other, there in places.items():
                    if real.is_relative_to(there):
                        yield other / real.relative_to(there)


def met_names(folders: Sequence[Path], protected: Sequence[Path]) -> tuple[Path, ...]:
    """Return protected folders by the names that a scan of `folders` meets, and by their own.

    A scanned folder and a protected one may be named through different links, or in different letters.
    """
    places = real_places([*folders, *protected])
    names: list[Path] = []
    for each in protected:
        for folder in folders:
            if places[each].is_relative_to(places[folder]):
                names.append(folder / places[each].relative_to(places[folder]))
            elif places[folder].is_relative_to(places[each]):
                names.append(folder)
        names.append(each)
    return tuple(dict.fromkeys(names))


def outside(folders: Sequence[Path], others: Sequence[Path]) -> tuple[Path, ...]:
    """Return those of the other folders that lie in none of `folders`."""
    places = real_places([*folders, *others])
    return tuple(
        each
        for each in dict.fromkeys(others)
        if not any(places[each].is_relative_to(places[folder]) for folder in folders)
    )


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status.st_ino else None
