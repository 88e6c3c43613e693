"""Where the groups and their files stand in one flat list of rows. Pure: knows neither Qt nor the library."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Heights are summed by blocks, so that a change costs one block and the list of blocks, never all groups.
_BLOCK = 512
HEADER = 0


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a row. `position`: of the group in the list; `line`: 0 its header, from 1 on its files."""

    position: int
    line: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive rows of one group: the lines `first` to `last`, both included."""

    position: int
    first: int
    last: int


class GroupRows:
    """Knows which groups are open, and finds rows by group and groups by row, also among a million rows."""

    def __init__(
        self, sizes: Sequence[int], *, is_open: bool = True, others: Iterable[int] = ()
    ) -> None:
        """Lay out groups of these sizes: all of them open, or closed, but for the `others` by position."""
        self._sizes = array("l", sizes)
        self._heights = array("l", [1]) * len(self._sizes)
        if is_open:
            self._heights = array("l", (size + 1 for size in self._sizes))
        for position in others:
            self._heights[position] = 1 if is_open else self._sizes[position] + 1
        blocks = range(0, len(self._heights), _BLOCK)
        self._sums = array("l", (sum(self._heights[first : first + _BLOCK]) for first in blocks))
        self._starts = array("l", [0])
        self._add_up()
        # The block that was looked into last, with the rows in it where its groups begin.
        self._known = -1
        self._begins: list[int] = []

    def __len__(self) -> int:
        """Count the rows."""
        return self._starts[-1]

    def copy(self) -> GroupRows:
        """Return the same as it is now, for another thread to read."""
        return GroupRows(self._sizes, others=self.closed())

    @property
    def groups(self) -> int:
        """Count the groups."""
        return len(self._sizes)

    def size(self, position: int) -> int:
        """Return how many files a group has."""
        return self._sizes[position]

    def place(self, row: int) -> Place:
        """Return what stands in a row."""
        block = bisect_right(self._starts, row) - 1
        begins = self._look_into(block)
        inside = row - self._starts[block]
        within = bisect_right(begins, inside) - 1
        return Place(block * _BLOCK + within, inside - begins[within])

    def header_row(self, position: int) -> int:
        """Return the row of the header of a group."""
        block, within = divmod(position, _BLOCK)
        return self._starts[block] + self._look_into(block)[within]

    def row(self, place: Place) -> int:
        """Return the row of a header or file; that of the header when the group is closed or has fewer files."""
        header = self.header_row(place.position)
        return header + place.line if place.line < self._heights[place.position] else header

    def is_open(self, position: int) -> bool:
        """Tell whether the files of a group are shown."""
        return self._heights[position] > 1

    def set_open(self, position: int, *, is_open: bool) -> None:
        """Show or hide the files of a group."""
        height = self._sizes[position] + 1 if is_open else 1
        block = position // _BLOCK
        self._sums[block] += height - self._heights[position]
        self._heights[position] = height
        self._add_up()
        if block == self._known:
            self._known = -1

    def closed(self) -> Iterator[int]:
        """Yield the positions of the groups that show only their header."""
        return (position for position, height in enumerate(self._heights) if height == 1)

    def stretches(self, top: int, bottom: int) -> Iterator[Stretch]:
        """Yield the rows from `top` to `bottom`, both included, group by group."""
        row = top
        place = self.place(top)
        position, line = place.position, place.line
        while row <= bottom:
            last = min(self._heights[position] - 1, line + bottom - row)
            yield Stretch(position, line, last)
            row += last - line + 1
            position, line = position + 1, HEADER

    def _add_up(self) -> None:
        self._starts = array("l", accumulate(self._sums, initial=0))

    def _look_into(self, block: int) -> list[int]:
        if block != self._known:
            first = block * _BLOCK
            heights = self._heights[first : first + _BLOCK]
            self._begins = list(accumulate(heights[:-1], initial=0))
            self._known = block
        return self._begins
