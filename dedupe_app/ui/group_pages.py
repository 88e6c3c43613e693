"""Reads groups and files a page at a time, when they are looked at, and forgets those not looked at for long."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from dedupe_app.errors import DedupeError
from dedupe_app.records import Decision, GroupKind, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dedupe_app.records import FileRow, GroupRow
    from dedupe_app.ui.group_rows import GroupRows

logger = logging.getLogger(__name__)

PAGE_GROUPS = 48
PAGE_FILES = 96
# What is kept of what was read.
KEPT_GROUPS = 4096
KEPT_FILES = 16_384
_Piece = tuple[int, int]


class GroupSource(Protocol):
    """Where pages come from: the library, or anything else that knows groups by their numbers."""

    def groups(self, numbers: Sequence[int]) -> list[GroupRow]:
        """Return some groups; those that are gone are left out."""

    def files(self, numbers: Sequence[int]) -> dict[int, list[FileRow]]:
        """Return the files of some groups, keeper first; in a few milliseconds."""

    def page(self, number: int, first: int, count: int) -> list[FileRow]:
        """Return some files of one group, counted from 0, keeper first."""

    def marking(self, file: int, group: int) -> GroupRow | None:
        """Return another group than `group` according to which a file is to be removed, None without."""


class GroupPages:
    """Holds what was read lately of one list of groups.

    Small groups are read several at a time; the files of a group that is larger than a page, in pieces.
    """

    def __init__(self, source: GroupSource, numbers: Sequence[int], rows: GroupRows) -> None:
        """Read from `source`; `numbers`: the groups in the order of the list."""
        self._source = source
        self._numbers = numbers
        self._rows = rows
        self._groups: OrderedDict[int, GroupRow | None] = OrderedDict()
        self._pieces: OrderedDict[_Piece, tuple[FileRow, ...]] = OrderedDict()
        self._held = 0
        self._markings: dict[_Piece, GroupRow | None] = {}

    def group(self, position: int) -> GroupRow | None:
        """Return a group, None if it is gone."""
        if position not in self._groups:
            self._read_groups(position)
        self._groups.move_to_end(position)
        return self._groups[position]

    def file(self, position: int, line: int) -> FileRow | None:
        """Return a file of a group, counted from 1, None if it is gone."""
        piece, place = divmod(line - 1, PAGE_FILES)
        files = self._piece(position, piece)
        return files[place] if place < len(files) else None

    def files(self, position: int) -> list[FileRow]:
        """Return all files of a group, keeper first; reads them all, so not for huge groups."""
        pieces = range((self._rows.size(position) - 1) // PAGE_FILES + 1)
        return [row for piece in pieces for row in self._piece(position, piece)]

    def known_files(self, position: int) -> Iterator[FileRow]:
        """Yield those files of a group that are in memory now."""
        for piece in range((self._rows.size(position) - 1) // PAGE_FILES + 1):
            yield from self._pieces.get((position, piece), ())

    def marking(self, position: int, row: FileRow) -> GroupRow | None:
        """Return the group in which a file was marked that is shown as marked in another; None for all others."""
        # Rules mark in groups of duplicates alone, and what a person marked needs no other reason.
        group = None if row.decided or row.decision is not Decision.REMOVE else self.group(position)
        if group is None or group.kind is GroupKind.DUPLICATES:
            return None
        key = row.file, row.group
        if key not in self._markings:
            try:
                self._markings[key] = self._source.marking(*key)
            except DedupeError as error:
                logger.warning("The group of a mark could not be read: %s", error)
                return None
        return self._markings[key]

    def redecide(self, files: Collection[int], decision: Decision) -> list[int]:
        """Show another decision about some files at once; return the positions of the groups it shows in."""
        changed = {}
        self._markings.clear()
        for (position, piece), rows in self._pieces.items():
            if not any(row.file in files for row in rows):
                continue
            self._pieces[position, piece] = tuple(
                replace(row, decision=decision, decided=True)
                if row.file in files and row.role is not Role.PROTECTED
                else row
                for row in rows
            )
            changed[position] = True
        return list(changed)

    def forget_groups(self, positions: Collection[int]) -> None:
        """Read the headers of some groups again when they are next looked at."""
        self._markings.clear()
        for position in positions:
            self._groups.pop(position, None)

    def _read_groups(self, position: int) -> None:
        first = position - position % PAGE_GROUPS
        page = range(first, min(first + PAGE_GROUPS, len(self._numbers)))
        wanted = [each for each in page if each not in self._groups]
        numbers = [self._numbers[each] for each in wanted]
        found: dict[int, GroupRow] = {}
        try:
            found = {group.number: group for group in self._source.groups(numbers)}
        except DedupeError as error:
            logger.warning("Groups could not be read: %s", error)
        for each, number in zip(wanted, numbers, strict=True):
            self._groups[each] = found.get(number)
        while len(self._groups) > KEPT_GROUPS:
            self._groups.popitem(last=False)

    def _piece(self, position: int, piece: int) -> tuple[FileRow, ...]:
        key = position, piece
        if key not in self._pieces:
            try:
                self._read_piece(position, piece)
            except DedupeError as error:
                logger.warning("Files could not be read: %s", error)
                self._keep(key, ())
        self._pieces.move_to_end(key)
        return self._pieces[key]

    def _read_piece(self, position: int, piece: int) -> None:
        if self._rows.size(position) > PAGE_FILES:
            number, first = self._numbers[position], piece * PAGE_FILES
            self._keep((position, piece), tuple(self._source.page(number, first, PAGE_FILES)))
            return
        wanted = list(self._page(position))
        found = self._source.files([self._numbers[each] for each in wanted])
        for each in reversed(wanted):  # the one that is wanted now is the last to be forgotten
            self._keep((each, 0), tuple(found.get(self._numbers[each], ())))

    def _page(self, position: int) -> Iterator[int]:
        """Yield a group and those after it, or before it when those after it are known: a page of files."""
        yield position
        room = PAGE_FILES - self._rows.size(position)
        step = -1 if (position + 1, 0) in self._pieces else 1
        for each in range(position + step, position + step * PAGE_GROUPS, step):
            if not 0 <= each < len(self._numbers) or (each, 0) in self._pieces:
                return
            room -= self._rows.size(each)
            if room < 0:
                return
            yield each

    def _keep(self, key: _Piece, files: tuple[FileRow, ...]) -> None:
        self._held += len(files) - len(self._pieces.pop(key, ()))
        self._pieces[key] = files
        while self._held > KEPT_FILES and len(self._pieces) > 1:
            _, dropped = self._pieces.popitem(last=False)
            self._held -= len(dropped)
