"""The files of a map, sorted by where they lie, so that what is in sight or under the pointer is found at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.records import MapFiles

    Rows = NDArray[np.int64]
    Bounds = tuple[float, float, float, float]

# Files at one place are spread around it, the more the farther out: near, one sees how many there are.
_SPREAD = 0.0035
# Files that are all alike shall look so: the map is at least so wide.
_LEAST_ROOM = 0.25
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
# So many files lie in a cell of the index, on average; so many cells are there at most, along one side.
_IN_A_CELL, _MOST_CELLS = 8, 512
# While a very large map moves, so many of its files are drawn.
_SAMPLE = 150_000
_DIRECTIONS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What there is on the map. `data`: its arrays in the order of the cells; `x`, `y` float32 (n,): spread places.

    `starts` int64 (cells + 1,): where the files of each cell begin, cell after cell, row after row, `side` in a row.
    `sample`: some of the files, chosen by chance.
    """

    data: MapFiles
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    bounds: Bounds
    side: int
    starts: NDArray[np.int64]
    sample: Rows

    def __len__(self) -> int:
        """Count the files."""
        return len(self.x)

    def rows_in(self, bounds: Bounds) -> Rows | None:
        """Return the files in a part of the map, and some around it; None for all."""
        left, right = self._cell(bounds[0], 0), self._cell(bounds[2], 0)
        top, bottom = self._cell(bounds[1], 1), self._cell(bounds[3], 1)
        if left == top == 0 and right == bottom == self.side - 1:
            return None
        first = np.arange(top, bottom + 1) * self.side
        starts, ends = self.starts[first + left], self.starts[first + right + 1]
        counts = ends - starts
        shifts = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        return np.asarray(np.arange(int(counts.sum())) + shifts)

    def nearest(self, x: float, y: float, radius: float) -> int:
        """Return the file that is nearest to a place, within a radius; -1 if there is none."""
        rows = self._around(x, y, radius)
        if not len(rows):
            return -1
        squared = (self.x[rows] - x) ** 2 + (self.y[rows] - y) ** 2
        place = int(squared.argmin())
        return int(rows[place]) if squared[place] <= radius * radius else -1

    def neighbours(self, row: int, count: int) -> list[int]:
        """Return the files that lie nearest to one, nearest first."""
        x, y = float(self.x[row]), float(self.y[row])
        radius = self._first_radius()
        while True:
            rows = self._around(x, y, radius)
            squared = (self.x[rows] - x) ** 2 + (self.y[rows] - y) ** 2
            if int((squared <= radius * radius).sum()) > count or len(rows) == len(self):
                order = np.argsort(squared, kind="stable")
                return [each for each in rows[order].tolist() if each != row][:count]
            radius *= 2

    def towards(self, row: int, direction: str) -> int:
        """Return the nearest file to the left, to the right, up or down of one; the same if there is none."""
        across, down = _DIRECTIONS[direction]
        x, y = float(self.x[row]), float(self.y[row])
        radius = self._first_radius()
        while True:
            rows = self._around(x, y, radius)
            ahead = (self.x[rows] - x) * across + (self.y[rows] - y) * down
            aside = np.abs((self.x[rows] - x) * down + (self.y[rows] - y) * across)
            fits = (ahead > 0) & (aside <= ahead) & (rows != row)
            if fits.any():
                cost = np.where(fits, ahead + 2 * aside, np.inf)
                return int(rows[cost.argmin()])
            if len(rows) == len(self):
                return row
            radius *= 2

    def rows_of(self, files: list[int]) -> Rows:
        """Return where files are in the arrays; those that are not on the map are left out."""
        return np.flatnonzero(np.isin(self.data.files, np.array(files, np.int64)))

    def _around(self, x: float, y: float, radius: float) -> Rows:
        rows = self.rows_in((x - radius, y - radius, x + radius, y + radius))
        return np.arange(len(self)) if rows is None else rows

    def _first_radius(self) -> float:
        return 2 * max(self.bounds[2] - self.bounds[0], 1e-6) / self.side

    def _cell(self, value: float, axis: int) -> int:
        low, high = self.bounds[axis], self.bounds[axis + 2]
        return int(min(max((value - low) / max(high - low, 1e-9) * self.side, 0), self.side - 1))


def make_scene(found: MapFiles) -> Scene:
    """Sort the files of a map into cells."""
    x, y = _spread(found.places)
    size = len(x)
    bounds = _bounds(x, y)
    side = int(min(max(np.sqrt(size / _IN_A_CELL), 4), _MOST_CELLS))
    column = _cells(x, bounds[0], bounds[2], side)
    row = _cells(y, bounds[1], bounds[3], side)
    cell = row * side + column
    order = np.argsort(cell, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=side * side))])
    chance = np.random.default_rng(0)
    sample = np.sort(chance.permutation(size)[:_SAMPLE]) if size > 2 * _SAMPLE else np.arange(size)
    return Scene(
        _reordered(found, order), x[order], y[order], bounds, side, starts.astype(np.int64), sample
    )


def _bounds(x: NDArray[np.float32], y: NDArray[np.float32]) -> Bounds:
    """Return left, top, right, bottom of all files, and some room around files that all lie at nearly one place."""
    if not len(x):
        return (-1.0, -1.0, 1.0, 1.0)
    left, top, right, bottom = float(x.min()), float(y.min()), float(x.max()), float(y.max())
    if max(right - left, bottom - top) >= _LEAST_ROOM:
        return left, top, right, bottom
    across, down, room = (left + right) / 2, (top + bottom) / 2, _LEAST_ROOM / 2
    return across - room, down - room, across + room, down + room


def _spread(places: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Put files at one place around it, each at its own angle."""
    order = np.lexsort((np.arange(len(places)), places[:, 1], places[:, 0]))
    lined = places[order]
    begins = np.ones(len(places), bool)
    begins[1:] = (lined[1:] != lined[:-1]).any(1)
    starts = np.flatnonzero(begins)
    rank = np.empty(len(places))
    rank[order] = np.arange(len(places)) - np.repeat(starts, np.diff([*starts, len(places)]))
    reach, angle = _SPREAD * np.sqrt(rank), _GOLDEN_ANGLE * rank
    x = places[:, 0] + reach * np.cos(angle)
    y = places[:, 1] + reach * np.sin(angle)
    return x.astype(np.float32), y.astype(np.float32)


def _cells(values: NDArray[np.float32], low: float, high: float, side: int) -> NDArray[np.int64]:
    cells = ((values - low) / max(high - low, 1e-9) * side).astype(np.int64)
    return np.clip(cells, 0, side - 1)


def _reordered(found: MapFiles, order: Rows) -> MapFiles:
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return replace(
        found,
        files=found.files[order],
        texts=found.texts[order],
        places=found.places[order],
        topics=found.topics[order],
        relations=found.relations[order],
        formats=found.formats[order],
        modified_ns=found.modified_ns[order],
        groups=found.groups[order],
        links=back[found.links] if len(found.links) else found.links,
    )
