"""Nearest neighbours by exact cosine: a blocked matrix product, nothing approximate. Never decides anything.

Vectors may be int8 (lexical) or float32. With int8 every dot product is a whole number below 2**24, so the result is
the same whatever the block size, the number of threads or the device.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Vectors = NDArray[np.int8] | NDArray[np.float32]

MOST = 32
LEXICAL_CUT = 0.60
# Blocks of products of 4 MB: measured a fifth faster than 32 MB, which do not fit the cache.
_ROWS, _COLUMNS = 512, 2048
# Pairs added before the lists are cut to the nearest again: 2 million are 40 MB.
_BUFFER = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class NeighbourLists:
    """For each row its nearest others, nearest first: row `i` owns `columns[starts[i]:starts[i + 1]]`.

    `starts` int64 (n + 1,), `columns` int64 (m,), `cosines` float32 (m,).
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    cosines: NDArray[np.float32]

    def of(self, row: int) -> NDArray[np.int64]:
        """Return the neighbours of one row, nearest first."""
        return self.columns[self.starts[row] : self.starts[row + 1]]


def nearest(
    vectors: Vectors,
    *,
    cut: float = LEXICAL_CUT,
    most: int = MOST,
    progress: Callable[[int], None] | None = None,
) -> NeighbourLists:
    """Find for each vector the `most` others with the highest cosine of at least `cut`.

    Vectors (n, d). Equal cosines are ordered by row number, so give the rows in an order that does not depend on
    chance. Rows of zeros have no neighbours. Memory: the vectors as float32, and three times the lists while they
    are cut.
    `progress` is told how many rows are done.
    """
    matrix = vectors.astype(np.float32)
    inverse = inverse_lengths(matrix)
    found = _Found(len(matrix), cut, most)
    for first in range(0, len(matrix), _ROWS):
        rows = slice(first, first + _ROWS)
        for start in range(first, len(matrix), _COLUMNS):
            columns = slice(start, start + _COLUMNS)
            least = (
                np.minimum.outer(found.floor[rows], found.floor[columns]) if found.is_cut else cut
            )
            row, column, cosine = _at_least(matrix, inverse, rows, matrix, inverse, columns, least)
            upper = column > row
            row, column, cosine = row[upper], column[upper], cosine[upper]
            found.add(
                np.concatenate([row, column]), np.concatenate([column, row]), np.tile(cosine, 2)
            )
        if progress:
            progress(min(first + _ROWS, len(matrix)))
    return found.lists()


def inverse_lengths(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return 1 / length of each row, 0 for rows of zeros: float32 (n,)."""
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix)).astype(np.float32)
    inverse = np.zeros(len(matrix), np.float32)
    np.divide(1.0, lengths, out=inverse, where=lengths > 0)
    return inverse


def _at_least(
    left: NDArray[np.float32],
    inverse_left: NDArray[np.float32],
    rows: slice,
    right: NDArray[np.float32],
    inverse_right: NDArray[np.float32],
    columns: slice,
    least: float | NDArray[np.float32],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    cosines = left[rows] @ right[columns].T
    cosines *= np.multiply.outer(inverse_left[rows], inverse_right[columns])
    hit = np.flatnonzero(cosines >= least)
    row, column = np.divmod(hit, cosines.shape[1])
    return row + rows.start, column + columns.start, cosines.ravel()[hit]


class _Found:
    """The pairs found so far; forgets those that cannot be among the nearest when there are too many.

    `floor` float32 (n,): what a cosine must reach to be of use to a row. `is_cut`: some floor is above the cut. In a
    crowd of thousands that are all alike, this leaves few pairs to look at after the first blocks.
    """

    def __init__(self, n: int, cut: float, most: int) -> None:
        self.floor = np.full(n, cut, np.float32)
        self.is_cut = False
        self._most = most
        self._parts: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]] = []
        self._added = 0

    def add(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64], cosines: NDArray[np.float32]
    ) -> None:
        useful = cosines >= self.floor[rows]
        rows, columns, cosines = rows[useful], columns[useful], cosines[useful]
        self._parts.append((rows, columns, cosines))
        self._added += len(rows)
        if self._added > _BUFFER:
            self._parts = [self._nearest()]
            self._raise_floor(*self._parts[0])
            self._added = 0

    def lists(self) -> NeighbourLists:
        rows, columns, cosines = self._nearest()
        starts = np.searchsorted(rows, np.arange(len(self.floor) + 1))
        return NeighbourLists(starts, columns, cosines)

    def _raise_floor(
        self, rows: NDArray[np.int64], _columns: NDArray[np.int64], cosines: NDArray[np.float32]
    ) -> None:
        starts = np.searchsorted(rows, np.arange(len(self.floor) + 1))
        full = np.flatnonzero(np.diff(starts) >= self._most)
        self.floor[full] = cosines[starts[full] + self._most - 1]
        self.is_cut = len(full) > 0

    def _nearest(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        if not self._parts:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
        rows, columns, cosines = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        order = np.lexsort((columns, -cosines, rows))
        rows, columns, cosines = rows[order], columns[order], cosines[order]
        rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
        near = rank < self._most
        return rows[near], columns[near], cosines[near]
