"""What the side-by-side view lists: rows, and folds where many lines are alike; and how high all of it is. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from dedupe_app.review.rows import RowKind, Weight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dedupe_app.review.differences import Differences
    from dedupe_app.review.rows import Row

# Lines that stay to be seen around a change, and the fewest that are worth a fold.
CONTEXT = 3
_FEWEST_FOLDED = 6
_LINE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the view: a row, or the rows from `first` to before `last` folded into a line (`lines` alike)."""

    first: int
    last: int
    lines: int = 0

    @property
    def folded(self) -> bool:
        """Tell whether this is a fold."""
        return self.lines > 0


class Heights:
    """The heights of all items, estimated first and put right when an item is seen."""

    def __init__(self, heights: Iterable[int]) -> None:
        """Take the heights in pixels."""
        self._heights = list(heights)
        self._tops: list[int] | None = None

    def __len__(self) -> int:
        """Count the items."""
        return len(self._heights)

    def __getitem__(self, item: int) -> int:
        """Return the height of an item."""
        return self._heights[item]

    def __setitem__(self, item: int, height: int) -> None:
        """Put the height of an item right."""
        if self._heights[item] != height:
            self._heights[item] = height
            self._tops = None

    def top(self, item: int) -> int:
        """Return how far below the beginning an item starts."""
        return self._all_tops()[item]

    def total(self) -> int:
        """Return the height of everything."""
        return self._all_tops()[-1]

    def at(self, place: int) -> int:
        """Return the item at a place, the last one for places below."""
        return max(0, min(bisect_right(self._all_tops(), place) - 1, len(self) - 1))

    def _all_tops(self) -> list[int]:
        if self._tops is None:
            self._tops = [0, *accumulate(self._heights)]
        return self._tops


def make_items(found: Differences, open_rows: Collection[int]) -> list[Item]:
    """Return what to list; folds that hold one of `open_rows` are open."""
    plain = [_is_alike(found, row) for row in found.rows]
    if all(plain):
        return [Item(n, n + 1) for n in range(len(found.rows))]
    items: list[Item] = []
    at = 0
    while at < len(plain):
        stop = at
        while stop < len(plain) and plain[stop]:
            stop += 1
        if stop > at:
            items += _stretch(found, at, stop, open_rows)
        if stop < len(plain):
            items.append(Item(stop, stop + 1))
        at = stop + 1
    return items


def item_of(items: list[Item], row: int) -> int:
    """Return the item that shows a row or holds it folded."""
    return max(0, bisect_right(items, row, key=_first) - 1)


def estimate(found: Differences, item: Item, columns: int, *, stacked: bool) -> int:
    """Estimate how many lines of `columns` characters an item needs. `stacked`: one side below the other."""
    row = found.rows[item.first]
    lines = [
        _lines(text, span, columns) if span[0] < span[1] else 0
        for text, span in ((found.left, row.left), (found.right, row.right))
    ]
    if stacked:
        return lines[0] or lines[1] if row.kind is RowKind.ALIKE else sum(lines)
    return max(lines)


def _is_alike(found: Differences, row: Row) -> bool:
    return row.kind is RowKind.ALIKE and all(
        found.changes[number].weight is Weight.SIGNS for number in range(*row.changes)
    )


def _stretch(
    found: Differences, first: int, last: int, open_rows: Collection[int]
) -> Iterable[Item]:
    """List rows that are alike, folded but for those next to a change."""
    head, tail = first, last
    if first > 0:
        head = _context(found, range(first, last))
    if last < len(found.rows):
        tail = _context(found, range(last - 1, head - 1, -1)) + 1
    inside = range(head, max(head, tail))
    lines = sum(_row_lines(found.left, found.rows[n]) for n in inside)
    if lines < _FEWEST_FOLDED or any(row in open_rows for row in inside):
        return [Item(n, n + 1) for n in range(first, last)]
    return [
        *(Item(n, n + 1) for n in range(first, inside.start)),
        Item(inside.start, inside.stop, lines),
        *(Item(n, n + 1) for n in range(inside.stop, last)),
    ]


def _context(found: Differences, rows: range) -> int:
    """Return the first row, in the direction of `rows`, that is far enough from the change."""
    lines = 0
    for row in rows:
        if lines >= CONTEXT:
            return row
        lines += _row_lines(found.left, found.rows[row])
    return rows.stop


def _row_lines(text: str, row: Row) -> int:
    return _lines(text, row.left, _LINE_CHARACTERS)


def _lines(text: str, span: tuple[int, int], columns: int) -> int:
    return max(1, text.count("\n", *span), -(-(span[1] - span[0]) // max(1, columns)))


def _first(item: Item) -> int:
    return item.first
