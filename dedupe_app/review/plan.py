"""Makes a plan from marked files: for each the copies that stay, and what stands against it. Looks, touches nothing.

The plan is what a person is shown. Right before each file everything is checked again: see actions.py.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from dedupe_app.records import (
    ActionKind,
    Plan,
    PlanItem,
    Problem,
    Relation,
    Role,
    Standby,
    mtime_of,
)
from dedupe_app.review.guard import is_guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from dedupe_app.records import FileRow, Folder

# Strongest first. What two files have in common through a third is the weaker of the two relations.
RELATIONS = (
    Relation.IDENTICAL,
    Relation.SAME_TEXT,
    Relation.REVISION,
    Relation.CONTAINED,
    Relation.SAME_MEANING,
    Relation.SAME_TEMPLATE,
)
SAME_TEXTS = frozenset({Relation.IDENTICAL, Relation.SAME_TEXT})
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
    files: tuple[tuple[Path, str], ...]
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
) -> Plan:
    """Plan what becomes of all marked files.

    `groups`: all files of their groups, by number; `hashes`: the SHA-256 that the scan found, by file; `folders`: those
    that are scanned. Every member that is not marked counts as staying, and no other.
    """
    rows_of: dict[int, list[FileRow]] = {}
    for row in marked:
        rows_of.setdefault(row.file, []).append(row)
    sight = _Sight(groups, hashes, folders, frozenset(rows_of))
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
        files=tuple((item.path, item.sha256) for item in ready),
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


class _Sight:
    """What is known of the files around the marked ones; looks at each path and folder once."""

    def __init__(
        self,
        groups: Mapping[int, Sequence[FileRow]],
        hashes: Mapping[int, str],
        folders: Sequence[Folder],
        marked: Collection[int],
    ) -> None:
        self.groups = groups
        self.hashes = hashes
        self.marked = marked
        self.roots = [folder.path for folder in folders]
        protected = [folder.path for folder in folders if folder.protected]
        self.look: Callable[[Path], os.stat_result | None] = cache(_look)
        self._is_guarded_folder = cache(lambda folder: is_guarded(folder / "_", protected))
        self.standby: Callable[[FileRow], Standby | None] = cache(self._make_standby)
        self._staying = cache(self._sort_staying)
        self._weakest = cache(self._find_weakest)

    def is_guarded(self, path: Path) -> bool:
        return self._is_guarded_folder(path.parent)

    def staying(self, row: FileRow) -> Iterator[FileRow]:
        """Yield the members of its group that are not marked: the same bytes first, then the most alike."""
        by_hash, everything = self._staying(row.group)
        sha256 = self.hashes.get(row.file, "")
        yield from by_hash.get(sha256, ())
        yield from (other for other in everything if self.hashes.get(other.file, "") != sha256)

    def group_relation(self, row: FileRow) -> Relation:
        """Return what a file has in common with its keeper; for the keeper what is least in its group."""
        return row.relation or self._weakest(row.group)

    def root_of(self, path: Path) -> Path:
        roots = [root for root in self.roots if path.is_relative_to(root)]
        return max(roots, key=lambda root: len(root.parts), default=path.parent)

    def _sort_staying(self, group: int) -> tuple[dict[str, list[FileRow]], list[FileRow]]:
        rows = [row for row in self.groups.get(group, ()) if row.file not in self.marked]
        rows.sort(key=_preference)
        by_hash: dict[str, list[FileRow]] = {}
        for row in rows:
            by_hash.setdefault(self.hashes.get(row.file, ""), []).append(row)
        return by_hash, rows

    def _find_weakest(self, group: int) -> Relation:
        found = (row.relation for row in self.groups.get(group, ()) if row.relation)
        return max(found, key=RELATIONS.index, default=Relation.REVISION)

    def _make_standby(self, other: FileRow) -> Standby | None:
        now, sha256 = self.look(other.path), self.hashes.get(other.file, "")
        if now is None or not sha256 or not stat.S_ISREG(now.st_mode):
            return None
        if (now.st_size, mtime_of(now)) != (other.size_bytes, other.mtime_ns):
            return None
        protected = other.role is Role.PROTECTED or self.is_guarded(other.path)
        return Standby(other.path, sha256, other.size_bytes, now.st_dev, now.st_ino, protected)


def _plan_file(rows: Sequence[FileRow], sight: _Sight) -> PlanItem:
    """Plan one file: as a duplicate if it is one, whatever other groups it is in."""
    row = min(rows, key=lambda each: RELATIONS.index(sight.group_relation(each)))
    now = sight.look(row.path)
    missing, kept = _find_standbys(row, now, sight)
    relation = _relation(row, kept[0][0], sight) if kept else sight.group_relation(row)
    return PlanItem(
        path=row.path,
        sha256=sight.hashes.get(row.file, ""),
        size_bytes=row.size_bytes,
        mtime_ns=row.mtime_ns,
        root=sight.root_of(row.path),
        relation=relation,
        decided=row.decided,
        kept=tuple(standby for _, standby in kept),
        device=now.st_dev if now else 0,
        inode=now.st_ino if now else 0,
        problem=_own_problem(row, now, sight) or missing,
    )


def _own_problem(row: FileRow, now: os.stat_result | None, sight: _Sight) -> Problem | None:
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
    row: FileRow, now: os.stat_result | None, sight: _Sight
) -> tuple[Problem | None, list[tuple[FileRow, Standby]]]:
    """Return the copies that stay, best first; or why there is none."""
    problem = Problem.LAST_COPY
    found: list[tuple[FileRow, Standby]] = []
    # No more than the likeliest: a group may have thousands of members.
    for other in islice(sight.staying(row), _MOST_LOOKED_AT):
        if not _can_stay(other, row, sight):
            continue
        standby = sight.standby(other)
        if standby is None:
            problem = problem if problem is Problem.SAME_FILE else Problem.KEPT_LOST
        elif now is not None and _is_same_file(standby, now):
            problem = Problem.SAME_FILE
        else:
            found.append((other, standby))
            if len(found) == _MOST_STANDBYS:
                break
    return None if found else problem, found


def _can_stay(other: FileRow, row: FileRow, sight: _Sight) -> bool:
    """Tell whether a member may count as the copy that stays for a marked one."""
    if other.file == row.file or other.file in sight.marked:
        return False
    relation = _relation(row, other, sight)
    if relation is Relation.CONTAINED:
        return other.file == row.compared_with  # an excerpt is no copy of what holds it
    # What a rule marked goes only if the very same text stays; a person may decide otherwise.
    return row.decided or relation in SAME_TEXTS


def _preference(row: FileRow) -> tuple[int, bool, bytes]:
    alike = RELATIONS.index(row.relation) if row.relation else 0
    return alike, row.compared_with is not None, os.fsencode(row.path)


def _relation(row: FileRow, other: FileRow, sight: _Sight) -> Relation:
    """Return what two members of a group have in common, directly or through their keeper."""
    own_hash = sight.hashes.get(row.file)
    if own_hash and own_hash == sight.hashes.get(other.file):
        return Relation.IDENTICAL
    known = [each.relation for each in (row, other) if each.relation]
    weakest = max(known, key=RELATIONS.index, default=Relation.REVISION)
    return Relation.SAME_TEXT if weakest is Relation.IDENTICAL else weakest


def _is_same_file(standby: Standby, now: os.stat_result) -> bool:
    return bool(now.st_ino) and (standby.device, standby.inode) == (now.st_dev, now.st_ino)


def _look(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None
