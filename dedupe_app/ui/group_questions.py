"""What the list of groups asks the library and writes into it. Knows no widgets.

The store is imported when the first question is asked, in the background thread: the window is there before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedupe_app.engine.messages import WINDOW_SCOPE
from dedupe_app.records import Decision
from dedupe_app.ui.group_choice import (
    Chosen,
    Marking,
    chosen_rows,
    files_to_mark,
    joined,
    read_choice,
)
from dedupe_app.ui.group_model import Listing, Openness, make_listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe_app.records import FileRow, GroupQuery, GroupRow
    from dedupe_app.store.library import Library
    from dedupe_app.store.marks import Member
    from dedupe_app.ui.group_rows import GroupRows
    from dedupe_app.ui.library import LibraryThread

_PIECE = 256
# More than fit in any window.
FIRST_GROUPS = 256
# Every pair that is rejected is remembered: of very many files that would be too much.
_MOST_PAIRS = 200_000


@dataclass(frozen=True, slots=True)
class Selected:
    """Chosen rows of one listing as it was, for the background thread."""

    rows: GroupRows
    numbers: Sequence[int]
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """What came of saying that files are no duplicates: how many pairs that was, and whether some were too many."""

    pairs: int
    too_many: bool


class LibrarySource:
    """Reads pages with the connection of the GUI thread, a few milliseconds each."""

    def __init__(self, library: LibraryThread) -> None:
        """Read what `library` reads."""
        self._library = library

    def groups(self, numbers: Sequence[int]) -> list[GroupRow]:
        """Return some groups; those that are gone are left out."""
        from dedupe_app.store import browse

        return browse.group_rows(self._library.reading(), numbers)

    def files(self, numbers: Sequence[int]) -> dict[int, list[FileRow]]:
        """Return the files of some groups, keeper first."""
        from dedupe_app.store import browse

        return browse.file_rows(self._library.reading(), numbers)

    def page(self, number: int, first: int, count: int) -> list[FileRow]:
        """Return some files of one group, counted from 0, keeper first."""
        from dedupe_app.store import browse

        return browse.file_page(self._library.reading(), number, first, count)

    def marking(self, file: int, group: int) -> GroupRow | None:
        """Return another group than `group` according to which a file is to be removed, None without."""
        from dedupe_app.store import browse, marks

        library = self._library.reading()
        number = marks.marking_group(library, file, group)
        return next(iter(browse.group_rows(library, [number])), None) if number else None


def read_listing(
    library: Library, *, query: GroupQuery, openness: Openness
) -> tuple[GroupQuery, Listing]:
    """List the groups of the window that a query asks for; the query comes along."""
    return _read_listing(library, query, openness, -1)


def read_first_listing(
    library: Library, *, query: GroupQuery, openness: Openness
) -> tuple[GroupQuery, Listing]:
    """List the first groups of a query alone: soon enough to be looked at while the others are sorted."""
    return _read_listing(library, query, openness, FIRST_GROUPS)


def decide(
    library: Library, *, files: tuple[int, ...], decision: Decision, groups: tuple[int, ...]
) -> tuple[int, ...]:
    """Remember a decision about some files; returns the groups they were chosen in."""
    from dedupe_app.store import decisions

    decisions.decide(library, files, decision)
    return groups


def decide_selected(library: Library, *, selected: Selected, decision: Decision) -> Marking:
    """Remember a decision about chosen rows, as one change; returns what it was about."""
    from dedupe_app.store import decisions

    chosen = _read_selected(library, selected)
    parts = (files_to_mark(chosen, groups, decision) for groups in _members(library, chosen))
    marking = joined(parts)
    if marking.files:
        decisions.decide(library, marking.files, decision)
    return marking


def choose_keeper(library: Library, *, group: int, file: int) -> None:
    """Remember that a file is the one to keep in its group."""
    from dedupe_app.store import decisions

    decisions.choose_keeper(library, WINDOW_SCOPE, group, file)


def reject_selected(library: Library, *, selected: Selected) -> Rejected:
    """Remember that chosen files are no duplicates of the others in their group; of each other, if all are chosen."""
    from dedupe_app.store import decisions

    chosen = _read_selected(library, selected)
    pairs, too_many = 0, False
    for groups in _file_rows(library, chosen):
        for number, rows in groups.items():
            files = [row.file for row in chosen_rows(chosen, {number: rows})]
            others = list({row.file for row in rows}.difference(files)) or files
            if len(files) * len(others) > _MOST_PAIRS:
                too_many = True
            else:
                pairs += decisions.reject(library, files, others)
    return Rejected(pairs, too_many)


def read_chosen(library: Library, chosen: Chosen) -> Iterator[FileRow]:
    """Yield the chosen files, each once."""
    seen: set[int] = set()
    for groups in _file_rows(library, chosen):
        for row in chosen_rows(chosen, groups):
            if row.file not in seen:
                seen.add(row.file)
                yield row


def _read_listing(
    library: Library, query: GroupQuery, openness: Openness, most: int
) -> tuple[GroupQuery, Listing]:
    from dedupe_app.store import browse, folders

    numbers, sizes = browse.group_list(library, WINDOW_SCOPE, query, most)
    roots = tuple(folder.path for folder in folders.folders(library))
    return query, make_listing(numbers, sizes, roots, openness)


def _read_selected(library: Library, selected: Selected) -> Chosen:
    from dedupe_app.store import browse

    def file_at(position: int, line: int) -> FileRow | None:
        page = browse.file_page(library, selected.numbers[position], line - 1, 1)
        return page[0] if page else None

    return read_choice(selected.rows, selected.numbers, selected.ranges, file_at)


def _members(library: Library, chosen: Chosen) -> Iterator[dict[int, list[Member]]]:
    """Yield the groups of what is chosen, a piece at a time, with the least that has to be known of their files."""
    from dedupe_app.store import marks

    gone = marks.marked_elsewhere(library, WINDOW_SCOPE)
    numbers = tuple(chosen.files)
    for first in range(0, len(numbers), _PIECE):
        groups = marks.members(library, numbers[first : first + _PIECE])
        yield {
            number: [
                replace(each, decision=Decision.REMOVE) if each.file in gone else each
                for each in rows
            ]
            for number, rows in groups.items()
        }


def _file_rows(library: Library, chosen: Chosen) -> Iterator[dict[int, list[FileRow]]]:
    from dedupe_app.store import browse

    numbers = tuple(chosen.files)
    for first in range(0, len(numbers), _PIECE):
        yield browse.file_rows(library, numbers[first : first + _PIECE])
