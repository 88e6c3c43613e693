"""Makes a plan from marked files: for each the copies that stay, and what stands against it. Looks, touches nothing.

The plan is what a person is shown. Right before each file everything is checked again: see actions.py.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from dedupe_app.records import (
    SAME_TEXTS,
    ActionKind,
    Plan,
    PlanItem,
    Problem,
    Relation,
    Role,
    mtime_of,
)
from dedupe_app.review.sight import RELATIONS, Known, Sight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from dedupe_app.records import FileRow, Folder, Standby

_DIFFERENT = frozenset({Relation.CONTAINED, Relation.SAME_MEANING, Relation.SAME_TEMPLATE})
# What can be taken back whatever happens to the copies that stay: only so may the last copy go.
_RECOVERABLE = frozenset({ActionKind.TRASH, ActionKind.MOVE})
_IN_PLACE = frozenset({ActionKind.LINK, ActionKind.CLONE})
_MOST_STANDBYS, _MOST_LOOKED_AT = 8, 100


@dataclass(frozen=True, slots=True)
class Reason:
    """How many files are marked because of a relation, and their bytes."""

    relation: Relation
    files: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What an action would do with a plan: the files that go, those that are left alone and why, in numbers.

    `folders`: how many the files are in. `different`: files that what stays is like, but no copy of. `alone`: files of
    which nothing stays, each confirmed.
    """

    kind: ActionKind
    last_copies: frozenset[Path]
    files: tuple[tuple[Path, str, Relation], ...]
    reasons: tuple[Reason, ...]
    size_bytes: int
    folders: int
    left: tuple[tuple[PlanItem, Problem], ...]
    problems: tuple[tuple[Problem, int], ...]
    different: int
    alone: int


def make_plan(
    marked: Sequence[FileRow],
    groups: Mapping[int, Sequence[FileRow]],
    hashes: Mapping[int, str],
    folders: Sequence[Folder],
    *,
    names: Mapping[int, str],
    outdated: Collection[tuple[int, int]],
) -> Plan:
    """Plan what becomes of all marked files.

    `groups`: all files of their groups, by number; `hashes`: the SHA-256 that the scan found, by file; `names`: their
    same-text names, by file; `outdated`: members, as (group, file), whose bytes are others than when their group was
    made; `folders`: those that are scanned. Every member that is not marked counts as staying, and no other.
    """
    rows_of: dict[int, list[FileRow]] = {}
    for row in marked:
        rows_of.setdefault(row.file, []).append(row)
    known = Known(groups, hashes, names, outdated)
    sight = Sight(known, folders, frozenset(rows_of))
    items = (_plan_file(rows, sight) for rows in rows_of.values())
    return Plan(tuple(sorted(items, key=lambda item: os.fsencode(item.path))))


def problem_of(
    item: PlanItem, kind: ActionKind, last_copies: Collection[Path] = ()
) -> Problem | None:
    """Return why a file will be left alone, None if nothing is known to stand against this action."""
    if item.problem is Problem.LAST_COPY and item.path in last_copies and kind in _RECOVERABLE:
        return None
    if item.problem:
        return item.problem
    if kind not in _IN_PLACE or standbys(item, kind):
        return None
    same = [each for each in item.kept if each.sha256 == item.sha256]
    if not same:
        return Problem.NOT_IDENTICAL
    near = any(each.device == item.device for each in same)
    return Problem.KEPT_PROTECTED if near else Problem.OTHER_DRIVE


def standbys(item: PlanItem, kind: ActionKind) -> tuple[Standby, ...]:
    """Return the copies that may stand for a file in an action, best first."""
    if kind not in _IN_PLACE:
        return item.kept
    return tuple(
        each
        for each in item.kept
        if (each.sha256, each.device) == (item.sha256, item.device)
        # A second name of a protected file would be a way to change it.
        and not (kind is ActionKind.LINK and each.protected)
    )


def summarise(plan: Plan, kind: ActionKind, last_copies: frozenset[Path]) -> Summary:
    """Count what an action would do with a plan."""
    ready: list[PlanItem] = []
    left: list[tuple[PlanItem, Problem]] = []
    for item in plan.items:
        problem = problem_of(item, kind, last_copies)
        if problem:
            left.append((item, problem))
        else:
            ready.append(item)
    return Summary(
        kind,
        last_copies,
        files=tuple((item.path, item.sha256, item.relation) for item in ready),
        reasons=tuple(reasons(ready)),
        size_bytes=sum(item.size_bytes for item in ready),
        folders=len({item.path.parent for item in ready}),
        left=tuple(left),
        problems=tuple(Counter(problem for _, problem in left).most_common()),
        different=sum(item.relation in _DIFFERENT and bool(item.kept) for item in ready),
        alone=sum(not item.kept for item in ready),
    )


def reasons(items: Iterable[PlanItem]) -> list[Reason]:
    """Count files by relation, strongest first."""
    files: Counter[Relation] = Counter()
    sizes: Counter[Relation] = Counter()
    for item in items:
        files[item.relation] += 1
        sizes[item.relation] += item.size_bytes
    return [
        Reason(relation, files[relation], sizes[relation])
        for relation in RELATIONS
        if relation in files
    ]


def _plan_file(rows: Sequence[FileRow], sight: Sight) -> PlanItem:
    """Plan one file: as a duplicate if it is one, whatever other groups it is in."""
    row = min(rows, key=lambda each: RELATIONS.index(sight.group_relation(each)))
    now = sight.look(row.path)
    missing, relation, kept = _find_standbys(row, now, sight)
    return PlanItem(
        path=row.path,
        sha256=sight.hashes.get(row.file, ""),
        size_bytes=row.size_bytes,
        mtime_ns=row.mtime_ns,
        root=sight.root_of(row.path),
        relation=relation or sight.group_relation(row),
        decided=row.decided,
        kept=kept,
        device=now.st_dev if now else 0,
        inode=now.st_ino if now else 0,
        problem=_own_problem(row, now, sight)
        or _outdated(rows, sight, has_kept=bool(kept))
        or missing,
    )


def _outdated(rows: Sequence[FileRow], sight: Sight, *, has_kept: bool) -> Problem | None:
    """Tell what changed since a file was marked: it or what it was compared with, so that no rule would mark it now.

    A person's mark is about the bytes that the file has; whether they are elsewhere does not depend on the scan.
    """
    if rows[0].decided and has_kept:
        return None
    if any(map(sight.is_outdated, rows)):
        return Problem.CHANGED
    if not rows[0].decided and any(map(sight.is_keeper_outdated, rows)):
        return Problem.KEPT_LOST
    return None


def _own_problem(row: FileRow, now: os.stat_result | None, sight: Sight) -> Problem | None:
    if row.role is Role.PROTECTED or sight.is_guarded(row.path):
        return Problem.PROTECTED
    if now is None:
        return Problem.MISSING
    if not stat.S_ISREG(now.st_mode):
        return Problem.NOT_PLAIN
    seen = (row.size_bytes, row.mtime_ns)
    if not sight.hashes.get(row.file) or (now.st_size, mtime_of(now)) != seen:
        return Problem.CHANGED
    return None


def _find_standbys(
    row: FileRow, now: os.stat_result | None, sight: Sight
) -> tuple[Problem | None, Relation | None, tuple[Standby, ...]]:
    """Return the copies that stay, best first, all as strong as the first: no weaker one stands in for it unseen.

    Or why there is none, if there is none.
    """
    problem = Problem.LAST_COPY
    found: list[tuple[Relation, Standby]] = []
    # No more than the likeliest: a group may have thousands of members.
    for other in islice(sight.staying(row), _MOST_LOOKED_AT):
        relation = sight.relation(row, other)
        if relation is not None and not _can_stay(relation, other, row, sight):
            continue
        standby = sight.standby(other) if relation is not None else None
        if relation is None or standby is None:
            problem = problem if problem is Problem.SAME_FILE else Problem.KEPT_LOST
        elif now is not None and _is_same_file(standby, now):
            problem = Problem.SAME_FILE
        else:
            found.append((relation, standby))
            if len(found) == _MOST_STANDBYS:
                break
    if not found:
        return problem, None, ()
    best = min((relation for relation, _ in found), key=RELATIONS.index)
    return None, best, tuple(standby for relation, standby in found if relation is best)


def _can_stay(relation: Relation, other: FileRow, row: FileRow, sight: Sight) -> bool:
    """Tell whether a member may count as the copy that stays for a marked one to which it has a relation."""
    if relation is Relation.CONTAINED:
        return other.file == row.compared_with  # an excerpt is no copy of what holds it
    if relation in SAME_TEXTS:
        return True
    # What a rule marked goes only if the very same text stays. A person may decide otherwise, who saw no more than
    # that beside it, or marked the last of that text as well.
    saw_same_text = row.for_same_text or row.relation in SAME_TEXTS
    return row.decided and (not saw_same_text or sight.is_last_marked(row))


def _is_same_file(standby: Standby, now: os.stat_result) -> bool:
    return bool(now.st_ino) and (standby.device, standby.inode) == (now.st_dev, now.st_ino)
