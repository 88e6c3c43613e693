"""Tells which of the files that were just saved are near-copies of others. Only of what was not so before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.engine.messages import NearCopy
from dedupe_app.records import ChangeKind
from dedupe_app.store import browse, membership

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dedupe_app.records import Change, FileRow
    from dedupe_app.store.library import Library

# More notices than this at once are read by nobody: the list of groups has them all.
MOST = 3
_SAVED = (ChangeKind.ADDED, ChangeKind.CHANGED)


def near_copies(
    library: Library,
    scope: str,
    changes: Sequence[Change],
    before: Mapping[Path, tuple[int, frozenset[Path]]],
    most: int = MOST,
) -> Iterator[NearCopy]:
    """Yield files, one of a group, that were added or changed and are in a group now with another than before."""
    saved = [change.state.path for change in changes if change.kind in _SAVED]
    told = 0
    groups_told: set[int] = set()
    for path, (group, others) in membership.groups_with(library, scope, saved):
        was_with = before[path][1] if path in before else frozenset()
        if told == most or group in groups_told or others <= was_with:
            continue
        found = _pair(browse.file_rows(library, [group]).get(group, []), path, was_with)
        if found is not None:
            told += 1
            groups_told.add(group)
            yield found


def _pair(rows: Sequence[FileRow], path: Path, was_with: frozenset[Path]) -> NearCopy | None:
    """Choose the one to be told of: the keeper, or for the keeper itself the nearest of the others."""
    others = [row for row in rows if row.path != path and row.path not in was_with]
    own = next((row for row in rows if row.path == path), None)
    if own is None or not others:
        return None
    if own.relation is not None and others[0].relation is None:
        return NearCopy(path, others[0].path, own.relation)
    near = max(others, key=lambda row: row.similarity or 0.0)
    relation = near.relation or own.relation
    return NearCopy(path, near.path, relation) if relation is not None else None
