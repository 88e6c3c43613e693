"""What is chosen in the list of groups, and which of it a decision is about. Pure: knows no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from dedupe_app.records import Decision, Relation, Role
from dedupe_app.ui.group_rows import HEADER, Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from dedupe_app.records import FileRow
    from dedupe_app.ui.group_rows import GroupRows

# What is alike only in this way are documents of their own: no copies of each other.
_DIFFERENT = frozenset({Relation.SAME_TEMPLATE, Relation.SAME_MEANING})


class Member(Protocol):
    """What has to be known of a file of a group."""

    @property
    def file(self) -> int:
        """The number of the file."""

    @property
    def relation(self) -> Relation | None:
        """What it has in common with the keeper."""

    @property
    def role(self) -> Role:
        """What it is in its group."""

    @property
    def decision(self) -> Decision:
        """What is decided about it."""


_Row = TypeVar("_Row", bound=Member)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen files by the number of their group: None stands for all of them, however many.

    `headed`: groups that were chosen by their header alone. `count`: how many files that is.
    """

    files: Mapping[int, frozenset[int] | None]
    headed: frozenset[int] = frozenset()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Marking:
    """Files to be marked, and what has to be said about it.

    `spared`: groups whose keeper was chosen with all others, and is left alone. `bare`: groups of which nothing stays.
    `kept`: keepers that are left alone, also where they are copies in a group of another kind. `different`: files that
    are left alone because they are documents of their own: such are only marked one by one.
    """

    files: tuple[int, ...]
    spared: tuple[int, ...] = ()
    bare: tuple[int, ...] = ()
    kept: frozenset[int] = frozenset()
    different: frozenset[int] = frozenset()


def joined(markings: Iterable[Marking]) -> Marking:
    """Return what several parts of one choice come to."""
    parts = list(markings)
    kept = frozenset(file for part in parts for file in part.kept)
    files = dict.fromkeys(file for part in parts for file in part.files if file not in kept)
    return Marking(
        tuple(files),
        tuple(number for part in parts for number in part.spared),
        tuple(number for part in parts for number in part.bare),
        kept,
        frozenset(file for part in parts for file in part.different).difference(files, kept),
    )


def read_choice(
    rows: GroupRows,
    numbers: Sequence[int],
    ranges: Iterable[tuple[int, int]],
    file_at: Callable[[int, int], FileRow | None],
) -> Chosen:
    """Return what chosen rows stand for; `file_at` returns a file by the position of its group and its line.

    A header stands for the files of its group when they are hidden, or when nothing but headers is chosen; passing
    over it on the way from file to file says nothing about the other files below it.
    """
    headers: list[int] = []
    whole: set[int] = set()
    parts: dict[int, set[int]] = {}
    for top, bottom in ranges:
        for stretch in rows.stretches(top, bottom):
            if stretch.first == HEADER:
                headers.append(stretch.position)
            if stretch.first <= HEADER + 1 and stretch.last == rows.size(stretch.position):
                whole.add(stretch.position)
            elif stretch.last > HEADER:
                parts.setdefault(stretch.position, set()).update(_lines(stretch))
    whole.update(each for each, lines in parts.items() if len(lines) == rows.size(each))
    alone = not whole and not parts
    standing = [
        each
        for each in headers
        if alone or (each not in whole and each not in parts and not rows.is_open(each))
    ]
    chosen: dict[int, frozenset[int] | None] = {
        numbers[each]: frozenset(
            file.file for line in lines if (file := file_at(each, line)) is not None
        )
        for each, lines in parts.items()
        if each not in whole
    }
    count = sum(len(files or ()) for files in chosen.values())
    for position in (*standing, *whole):
        chosen[numbers[position]] = None
        count += rows.size(position)
    return Chosen(chosen, frozenset(numbers[each] for each in standing), count)


def chosen_rows(chosen: Chosen, groups: Mapping[int, Sequence[_Row]]) -> list[_Row]:
    """Return those files of some groups that are chosen."""
    return [row for number, rows in groups.items() for row in rows if _is_in(chosen, number, row)]


def files_to_mark(
    chosen: Chosen, groups: Mapping[int, Sequence[Member]], decision: Decision
) -> Marking:
    """Return which of the chosen files a decision is about; protected ones never, and of whole groups not the keeper.

    One file that is marked by itself is marked, whatever it is; of several, only those that are copies.
    """
    return joined(_mark_group(chosen, number, rows, decision) for number, rows in groups.items())


def _mark_group(chosen: Chosen, number: int, rows: Sequence[Member], decision: Decision) -> Marking:
    marked = [row for row in rows if _is_in(chosen, number, row) and not _is_safe(row)]
    keepers = [row for row in marked if row.role is Role.KEEPER]
    copies = tuple(row.file for row in marked if row.role is not Role.KEEPER)
    files = tuple(row.file for row in marked)
    kept = frozenset(row.file for row in keepers)
    if number in chosen.headed:
        files = copies
    if decision is not Decision.REMOVE or not files:
        return Marking(files)
    if chosen.count > 1 and any(row.relation in _DIFFERENT for row in rows):
        return Marking((), different=frozenset(files))
    if number in chosen.headed:
        bare = () if _leaves_one(rows, set(files)) else (number,)
        return Marking(files, bare=bare, kept=kept)
    if _leaves_one(rows, set(files)):
        return Marking(files)
    if keepers and chosen.count > 1:
        return Marking(copies, spared=(number,), kept=kept)
    return Marking(files, bare=(number,))


def _lines(stretch: Stretch) -> range:
    return range(max(stretch.first, HEADER + 1), stretch.last + 1)


def _is_in(chosen: Chosen, number: int, row: Member) -> bool:
    if number not in chosen.files:
        return False
    ids = chosen.files[number]
    return ids is None or row.file in ids


def _is_safe(row: Member) -> bool:
    return row.role is Role.PROTECTED


def _leaves_one(rows: Sequence[Member], marked: Collection[int]) -> bool:
    return any(
        _is_safe(row) or (row.file not in marked and row.decision is not Decision.REMOVE)
        for row in rows
    )
