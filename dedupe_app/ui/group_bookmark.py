"""Remembers what is chosen and where the list stands, and finds it again after the groups were read anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.records import FileRow
from dedupe_app.ui.group_rows import HEADER, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe_app.ui.group_model import GroupModel
    from dedupe_app.ui.group_table import GroupTable

# A choice of more rows than this is only remembered when it is all of them.
_MOST_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Spot:
    """A row by what stands there: a group, and a file of it or its header (None)."""

    number: int
    file: int | None
    line: int
    row: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """What was chosen, which row was current, and which was uppermost with how many pixels of it out of sight."""

    current: Spot | None
    top: Spot | None
    hidden: int
    everything: bool
    chosen: tuple[Spot, ...]


def set_bookmark(table: GroupTable, model: GroupModel) -> Bookmark:
    """Remember the place of a table."""
    if not model.rowCount():
        return Bookmark(None, None, 0, False, ())
    top_row = max(0, table.rowAt(0))
    ranges = table.chosen_rows() if table.selectionModel().hasSelection() else []
    count = sum(bottom - top + 1 for top, bottom in ranges)
    few = ranges if count <= _MOST_ROWS else []
    return Bookmark(
        current=_spot(model, table.current_row()),
        top=_spot(model, top_row),
        hidden=-table.rowViewportPosition(top_row),
        everything=bool(ranges) and count == model.rowCount(),
        chosen=tuple(
            spot
            for first, last in few
            for row in range(first, last + 1)
            if (spot := _spot(model, row)) is not None
        ),
    )


def follow_files(bookmark: Bookmark, table: GroupTable, model: GroupModel) -> None:
    """Choose the same files as before where only the order inside their groups may be another; scroll if need be."""
    known = table.current_row()
    ranges, current = _find_choice(bookmark, model, stay=True)
    if table.chosen_rows() != ranges or current != known:
        table.choose_rows(ranges, current)
    if current not in (-1, known):
        table.show_row(current)


def return_to(bookmark: Bookmark, table: GroupTable, model: GroupModel, *, stay: bool) -> None:
    """Go back to a place.

    `stay`: the same list as before, only read anew: the view does not move, and when the current file is gone, the one
    that took its place is current. Otherwise (another order or filter) the current file is looked for, and shown.
    """
    ranges, current = _find_choice(bookmark, model, stay=stay)
    table.doItemsLayout()  # the scroll bar has to know how many rows there are now
    if ranges or current >= 0:
        table.choose_rows(ranges, current)
    if stay:
        top = _find(model, model.positions(_numbers(bookmark.top)), bookmark.top)
        if top < 0 and bookmark.top is not None:
            top = bookmark.top.row
        table.verticalScrollBar().setValue(table.top_of(top) + bookmark.hidden)
    elif current >= 0:
        table.show_row(current)
    else:
        table.verticalScrollBar().setValue(0)


def _find_choice(
    bookmark: Bookmark, model: GroupModel, *, stay: bool
) -> tuple[list[tuple[int, int]], int]:
    """Return the rows where the chosen files stand now, as ranges, and that of the current one, -1 without one."""
    positions = model.positions(_numbers(bookmark.current, *bookmark.chosen))
    current = _find(model, positions, bookmark.current)
    if current < 0 and stay and bookmark.current is not None:
        current = _nearest_file(model, bookmark.current.row)
    if bookmark.everything and stay and model.rowCount():
        return [(0, model.rowCount() - 1)], current
    found = [_find(model, positions, spot) for spot in bookmark.chosen]
    rows = sorted({row for row in found if row >= 0})
    return list(_joined(rows)) or ([(current, current)] if current >= 0 else []), current


def _numbers(*spots: Spot | None) -> set[int]:
    return {spot.number for spot in spots if spot is not None}


def _spot(model: GroupModel, row: int) -> Spot | None:
    if not 0 <= row < model.rowCount():
        return None
    place = model.rows.place(row)
    entry = model.entry(row)
    file = entry.file if isinstance(entry, FileRow) else None
    return Spot(model.number(place.position), file, place.line, row)


def _find(model: GroupModel, positions: dict[int, int], spot: Spot | None) -> int:
    """Return the row where something stands now, -1 if it is gone."""
    if spot is None or spot.number not in positions:
        return -1
    position = positions[spot.number]
    if spot.file is None:
        return model.rows.header_row(position)
    line = model.line_of(position, spot.file, spot.line)
    return model.rows.row(Place(position, line)) if line != HEADER else -1


def _nearest_file(model: GroupModel, row: int) -> int:
    """Return the row of the first file from a row on, the last row if there is none; -1 in an empty list."""
    last = model.rowCount() - 1
    row = min(row, last)
    if row < 0:
        return -1
    is_header = model.rows.place(row).line == HEADER
    return row + 1 if is_header and row < last else row


def _joined(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Yield rows as ranges of neighbours."""
    first = previous = -2
    for row in rows:
        if row != previous + 1:
            if first >= 0:
                yield first, previous
            first = row
        previous = row
    if first >= 0:
        yield first, previous
