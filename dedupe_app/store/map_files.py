"""The files on a map, as the window draws and colours them. Never writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_app.records import Decision, FileRow, GroupKind, MapFiles, Relation, Role
from dedupe_app.store import browse, maps
from dedupe_app.store.folders import folders
from dedupe_app.store.paths import below, to_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedupe_app.records import Topic
    from dedupe_app.store.library import Library

# Of a file in several groups the one that says most counts.
_KINDS = {kind: rank for rank, kind in enumerate(GroupKind)}
_RELATIONS = {relation: 1 + rank for rank, relation in enumerate(Relation)}


def map_files(library: Library, scope: str, within: Sequence[Path]) -> MapFiles:
    """Return the files `within` the folders of a scope that are on its latest map; without `info` if there is none."""
    import numpy as np

    info = maps.latest_map(library, scope)
    rows = _files(library, info.number, within) if info else []
    formats: dict[str, int] = {}
    table = np.array(
        [(*row[:7], formats.setdefault(row[7], len(formats))) for row in rows], np.float64
    ).reshape(-1, 8)
    whole = table[:, [0, 1, 4, 5, 6]].astype(np.int64)
    files = whole[:, 0]
    relations, groups, links = _relations(library, scope, files)
    modified = np.array([row[8] for row in rows], np.int64)
    return MapFiles(
        info,
        _topics(library, info.number, whole[:, 2:]) if info else (),
        *(files, whole[:, 1], table[:, 2:4], whole[:, 2:]),
        relations=relations,
        formats=table[:, 7].astype(np.int16),
        format_names=tuple(formats),
        modified_ns=modified,
        groups=groups,
        links=links,
        missing=_count_missing(library, info.number if info else 0, within),
    )


def file_folders(library: Library, files: Sequence[int]) -> tuple[list[int], list[str]]:
    """Return for each file the place of its folder in a list of names: the added folders, or those in the only one.

    -1 for files that are gone.
    """
    roots = [folder.path for folder in folders(library)]
    rows = library.rows(
        "select files.path from json_each(?) asked left join files on files.id = asked.value order by asked.key",
        [json.dumps(list(files))],
    )
    paths = [to_path(path) if path else None for (path,) in rows]
    if not roots:
        roots = _common_root([path for path in paths if path is not None])
    names: dict[str, int] = {}
    places = [
        -1 if path is None else names.setdefault(_folder_name(path, roots), len(names))
        for path in paths
    ]
    return places, list(names)


def rows_of(library: Library, scope: str, files: Sequence[int]) -> list[FileRow]:
    """Return files by their numbers, in the order asked for, each with its first group; group 0 for a single one."""
    asked = json.dumps(list(files))
    member = (
        "select group_id from group_members join groups on groups.id = group_id where file_id = files.id and "
        "scope_id = (select id from scopes where name = ?) and groups.files > 1 order by kind = 'duplicates' desc, "
        "group_id limit 1"
    )
    found: dict[int, FileRow] = {}
    singles: list[int] = []
    groups: dict[int, list[int]] = {}
    for file, group in library.rows(
        f"select files.id, ({member}) from json_each(?) asked join files on files.id = asked.value",  # noqa: S608
        [scope, asked],
    ):
        if group is None:
            singles.append(file)
        else:
            groups.setdefault(group, []).append(file)
    for group, members in browse.file_rows(library, list(groups)).items():
        found |= {row.file: row for row in members if row.file in groups[group]}
    found |= {row.file: row for row in _singles(library, singles)}
    return [found[file] for file in files if file in found]


def paths_on_map(library: Library, found: MapFiles) -> list[tuple[int, Path]]:
    """Return number and path of the files on a map, by path; those that are gone are left out."""
    rows = library.rows(
        "select files.id, files.path from json_each(?) asked join files on files.id = asked.value order by files.path",
        [json.dumps(found.files.tolist())],
    )
    return [(file, to_path(path)) for file, path in rows]


def _files(library: Library, number: int, within: Sequence[Path]) -> list[tuple[Any, ...]]:
    # A text may also be in folders that are not, or no longer, of this scope.
    where, values = below(within)
    return list(
        library.rows(
            "select files.id, map_points.text_id, x, y, coalesce(broad, 0), coalesce(middle, 0), coalesce(fine, 0), "  # noqa: S608
            "format, mtime_ns from map_points cross join contents on contents.text_id = map_points.text_id "
            f"cross join files on content_id = contents.id where map_id = ? and {where} "
            "order by map_points.text_id, files.id",
            [number, *values],
        )
    )


def _topics(library: Library, number: int, shown: NDArray[np.int64]) -> tuple[Topic, ...]:
    """Return the topics of a map in which any of the files are that are shown."""
    numbers = set(shown.ravel().tolist())
    return tuple(topic for topic in maps.topics(library, number) if topic.number in numbers)


def _relations(
    library: Library, scope: str, files: NDArray[np.int64]
) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """Return relation and group of each file, and which of them were compared."""
    import numpy as np

    rows = library.rows(
        "select file_id, group_id, coalesce(group_members.relation, groups.relation), compared_with, kind "
        "from scopes cross join groups on scope_id = scopes.id cross join group_members on group_id = groups.id "
        "where scopes.name = ? and groups.files > 1",
        [scope],
    )
    known = sorted(rows, key=lambda row: -_KINDS[GroupKind(row[4])])  # the last one counts
    relations = np.zeros(len(files), np.uint8)
    groups = np.zeros(len(files), np.int64)
    order = np.argsort(files, kind="stable")
    own = _places(files, order, (row[0] for row in known))
    others = _places(files, order, (row[3] or 0 for row in known))
    there = own >= 0
    kinds = np.array([_RELATIONS[Relation(row[2])] for row in known], np.uint8)
    numbers = np.array([row[1] for row in known], np.int64)
    for place in np.flatnonzero(there).tolist():  # in order: of several groups the last one stays
        relations[own[place]], groups[own[place]] = kinds[place], numbers[place]
    linked = there & (others >= 0)
    return relations, groups, np.column_stack([own[linked], others[linked]])


def _places(
    files: NDArray[np.int64], order: NDArray[np.int64], wanted: Iterable[int]
) -> NDArray[np.int64]:
    """Return where each number stands in `files`, -1 if it does not."""
    import numpy as np

    asked = np.fromiter(wanted, np.int64)
    if not len(files):
        return np.full(len(asked), -1, np.int64)
    at = np.minimum(np.searchsorted(files[order], asked), len(files) - 1)
    found = order[at]
    return np.where(files[found] == asked, found, -1)


def _count_missing(library: Library, number: int, within: Sequence[Path]) -> int:
    where, values = below(within)
    row = library.row(
        "select count(*) from contents cross join files on content_id = contents.id where text_id is not null "  # noqa: S608
        "and not exists (select 1 from map_points where map_id = ? and map_points.text_id = contents.text_id) "
        f"and {where}",
        [number, *values],
    )
    return int(row[0]) if row else 0


def _singles(library: Library, files: Sequence[int]) -> list[FileRow]:
    rows = library.rows(
        "select files.id, files.path, files.size_bytes, mtime_ns, coalesce(format, ''), coalesce(words, 0) "
        "from json_each(?) asked join files on files.id = asked.value "
        "left join contents on contents.id = content_id left join texts on texts.id = text_id",
        [json.dumps(list(files))],
    )
    return [
        FileRow(
            *(0, file, to_path(path), size, mtime, form, words),
            *(None, None, None, None, None, None),
            *(Role.KEEPER, Decision.UNDECIDED, False, False, "", None),
        )
        for file, path, size, mtime, form, words in rows
    ]


def _common_root(paths: Sequence[Path]) -> list[Path]:
    """Return the innermost folder that all paths are in."""
    if not paths:
        return []
    parts = [path.parent.parts for path in (min(paths), max(paths))]
    shared = [one for one, other in zip(*parts, strict=False) if one == other]
    return [Path(*shared)] if shared else []


def _folder_name(path: Path, roots: Sequence[Path]) -> str:
    for root in roots:
        if path.is_relative_to(root):
            inside = path.relative_to(root).parts
            if len(roots) > 1 or len(inside) < 2:
                return root.name or str(root)
            return inside[0]
    return str(path.parent)
