"""What a plan sees of the files around the marked ones: which stay, what two have in common, what is on the disk.

Goes by what is known of the bytes that files have now. Looks, touches nothing.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from dedupe_app.records import SAME_TEXTS, Relation, Role, Standby, mtime_of
from dedupe_app.review.guard import is_guarded
from dedupe_app.sameness import find_doubtful, is_same_text, letters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from dedupe_app.records import FileRow, Folder

# A group may have thousands of one text.
_MOST_LAST_MARKED = 100
# Strongest first. What two files have in common through a third is the weaker of the two relations.
RELATIONS = (
    Relation.IDENTICAL,
    Relation.SAME_TEXT,
    Relation.REVISION,
    Relation.CONTAINED,
    Relation.SAME_MEANING,
    Relation.SAME_TEMPLATE,
)


def is_weaker(relation: Relation, other: Relation) -> bool:
    """Tell whether files of one relation have less in common than those of another."""
    return RELATIONS.index(relation) > RELATIONS.index(other)


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows: the files of groups, and by file the SHA-256 and the same-text name of its bytes.

    `outdated`: members, as (group, file), whose bytes are others than when their group was made.
    """

    groups: Mapping[int, Sequence[FileRow]]
    hashes: Mapping[int, str]
    names: Mapping[int, str]
    outdated: Collection[tuple[int, int]]


class Sight:
    """What is known of the files around the marked ones; looks at each path and folder once."""

    def __init__(self, known: Known, folders: Sequence[Folder], marked: Collection[int]) -> None:
        """Look at nothing yet. `marked`: the numbers of the files that do not stay."""
        self.hashes = known.hashes
        self._known = known
        self._marked = marked
        self._roots = [folder.path for folder in folders]
        protected = [folder.path for folder in folders if folder.protected]
        self.look: Callable[[Path], os.stat_result | None] = cache(_look)
        self._is_guarded_folder = cache(lambda folder: is_guarded(folder / "_", protected))
        self.standby: Callable[[FileRow], Standby | None] = cache(self._make_standby)
        self._doubtful = cache(lambda: find_doubtful(known.names.values()))
        self._staying = cache(self._sort_staying)
        self._weakest = cache(self._find_weakest)
        self._last_marked = cache(self._find_last_marked)
        # Whether a person marked the same text elsewhere, then or later, when no more of it was to stay.
        self.is_last_marked: Callable[[FileRow], bool] = cache(self._is_last_marked)

    def is_guarded(self, path: Path) -> bool:
        """Tell whether nothing may be touched where a file lies."""
        return self._is_guarded_folder(path.parent)

    def is_outdated(self, row: FileRow) -> bool:
        """Tell whether a file has other bytes than those that all is said about in its group."""
        return (row.group, row.file) in self._known.outdated

    def is_keeper_outdated(self, row: FileRow) -> bool:
        """Tell whether what a file was compared with has other bytes by now."""
        return (row.group, row.compared_with) in self._known.outdated

    def staying(self, row: FileRow) -> Iterator[FileRow]:
        """Yield the members of its group that are not marked: the same bytes first, then the most alike."""
        by_hash, everything = self._staying(row.group)
        sha256 = self.hashes.get(row.file, "")
        yield from by_hash.get(sha256, ())
        yield from (other for other in everything if self.hashes.get(other.file, "") != sha256)

    def relation(self, row: FileRow, other: FileRow) -> Relation | None:
        """Return what two members of a group have in common by the bytes that they have now.

        None: nothing that is known, since what was found out is about other bytes.
        """
        own = self.hashes.get(row.file)
        if own and own == self.hashes.get(other.file):
            return Relation.IDENTICAL
        if self.is_outdated(row) or self.is_outdated(other):
            return None
        if self._is_same_text(row, other):
            return Relation.SAME_TEXT  # whatever they are to their keeper
        found = [each.relation for each in (row, other) if each.relation]
        weakest = max(found, key=RELATIONS.index, default=Relation.REVISION)
        if weakest is Relation.IDENTICAL:
            return None  # their bytes are not
        return Relation.REVISION if weakest is Relation.SAME_TEXT else weakest

    def group_relation(self, row: FileRow) -> Relation:
        """Return what a file has in common with its keeper; for the keeper what is least in its group."""
        return row.relation or self._weakest(row.group)

    def root_of(self, path: Path) -> Path:
        """Return the scanned folder that a file is in."""
        roots = [root for root in self._roots if path.is_relative_to(root)]
        return max(roots, key=lambda root: len(root.parts), default=path.parent)

    def _is_same_text(self, row: FileRow, other: FileRow) -> bool:
        name, other_name = (self._known.names.get(each.file, "") for each in (row, other))
        return bool(name) and is_same_text(name, other_name, self._doubtful())

    def _sort_staying(self, group: int) -> tuple[dict[str, list[FileRow]], list[FileRow]]:
        rows = [row for row in self._known.groups.get(group, ()) if row.file not in self._marked]
        rows.sort(key=_preference)
        by_hash: dict[str, list[FileRow]] = {}
        for row in rows:
            by_hash.setdefault(self.hashes.get(row.file, ""), []).append(row)
        return by_hash, rows

    def _is_last_marked(self, row: FileRow) -> bool:
        last = self._last_marked(row.group)
        alike = chain.from_iterable(last.get(key, ()) for key in self._keys(row))
        return any(
            other.file != row.file
            and other.decided_at >= row.decided_at
            and self.relation(row, other) in SAME_TEXTS
            for other in islice(alike, _MOST_LAST_MARKED)
        )

    def _find_last_marked(self, group: int) -> dict[str, list[FileRow]]:
        found: dict[str, list[FileRow]] = {}
        for row in self._known.groups.get(group, ()):
            if row.file in self._marked and row.decided and not row.for_same_text:
                for key in {*self._keys(row)} - {""}:
                    found.setdefault(key, []).append(row)
        for rows in found.values():
            rows.sort(key=lambda row: row.decided_at, reverse=True)
        return found

    def _keys(self, row: FileRow) -> tuple[str, str]:
        """Return what is equal where two files are the same text: the hash of their bytes, or their letters."""
        return self.hashes.get(row.file, ""), letters_of(self._known.names.get(row.file, ""))

    def _find_weakest(self, group: int) -> Relation:
        found = (row.relation for row in self._known.groups.get(group, ()) if row.relation)
        return max(found, key=RELATIONS.index, default=Relation.REVISION)

    def _make_standby(self, other: FileRow) -> Standby | None:
        now, sha256 = self.look(other.path), self.hashes.get(other.file, "")
        if now is None or not sha256 or not stat.S_ISREG(now.st_mode):
            return None
        if (now.st_size, mtime_of(now)) != (other.size_bytes, other.mtime_ns):
            return None
        protected = other.role is Role.PROTECTED or self.is_guarded(other.path)
        return Standby(other.path, sha256, other.size_bytes, now.st_dev, now.st_ino, protected)


def _preference(row: FileRow) -> tuple[int, bool, bytes]:
    alike = RELATIONS.index(row.relation) if row.relation else 0
    return alike, row.compared_with is not None, os.fsencode(row.path)


def _look(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None
