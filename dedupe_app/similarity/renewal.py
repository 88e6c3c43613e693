"""Neighbours after a change: only what changed is searched again. Never approximate: equal to a fresh search.

A row is searched again if it is new, or if its list was full and one of it is gone: then others come up that nobody
remembers. A list that was not full holds all there are. A new row enters the lists of others as far as it is near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.similarity.neighbours import (
    LEXICAL_CUT,
    MOST,
    NeighbourLists,
    inverse_lengths,
    nearest,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.similarity.neighbours import Vectors

    Entries = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]

# Products at a time: rows that are searched, and columns against which.
_ROWS, _COLUMNS = 64, 16_384
# When more than one row in this many is to be searched again, a fresh search is as fast: it looks at each pair once.
_SEARCHED_SHARE = 8


def renew(
    old: NeighbourLists,
    places: NDArray[np.int64],
    vectors: Vectors,
    *,
    cut: float = LEXICAL_CUT,
    most: int = MOST,
) -> tuple[NeighbourLists, NDArray[np.bool_]]:
    """Bring the lists of a search with the same `cut` and `most` up to date; also tell which rows have another list.

    `places`: for each old row its row among `vectors` (n, d), -1 if it is gone; those that stay keep their order and
    their vectors. The second result is bool (n,).
    """
    lengths = np.diff(old.starts)
    owners = np.repeat(np.arange(len(places)), lengths)
    rows, columns = places[owners], places[old.columns]
    is_new = np.ones(len(vectors), bool)
    is_new[places[places >= 0]] = False
    searched = is_new.copy()
    lost = (rows >= 0) & (columns < 0)
    searched[rows[lost & (lengths >= most)[owners]]] = True
    if searched.sum() * _SEARCHED_SHARE > len(vectors):
        return nearest(vectors, cut=cut, most=most), np.ones(len(vectors), bool)
    changed = searched.copy()
    changed[rows[lost]] = True
    floor = np.full(len(vectors), cut, np.float32)
    full = np.flatnonzero((lengths >= most) & (places >= 0))
    floor[places[full]] = old.cosines[old.starts[full] + most - 1]
    kept = (rows >= 0) & (columns >= 0)
    kept[kept] = ~searched[rows[kept]]
    found = _search(vectors, np.flatnonzero(searched), is_new, floor, cut, most)
    changed[found[0]] = True
    stays = kept.copy()
    stays[kept] = ~changed[rows[kept]]
    again = kept & ~stays
    fresh = _nearest(
        np.concatenate([rows[again], found[0]]),
        np.concatenate([columns[again], found[1]]),
        np.concatenate([old.cosines[again], found[2]]),
        most,
    )
    before = rows[stays], columns[stays], old.cosines[stays]
    return _merged(before, fresh, len(vectors)), changed


def _search(
    vectors: Vectors,
    searched: NDArray[np.int64],
    is_new: NDArray[np.bool_],
    floor: NDArray[np.float32],
    cut: float,
    most: int,
) -> Entries:
    """Return what is nearest to the rows that are searched, and the new ones among them as entries for all others."""
    parts: list[Entries] = []
    inverse = np.concatenate(
        [inverse_lengths(_part(vectors, first)) for first in range(0, len(vectors), _COLUMNS)]
        or [np.zeros(0, np.float32)]
    )
    own = np.zeros(len(vectors), bool)
    own[searched] = True
    for first in range(0, len(searched), _ROWS):
        rows = searched[first : first + _ROWS]
        cosines = _cosines(vectors, rows, inverse)
        cosines[np.arange(len(rows)), rows] = -np.inf
        least = np.full(len(rows), cut, np.float32)
        if len(vectors) > most:
            last = np.partition(cosines, -most, axis=1)[:, -most]
            least = np.maximum(least, last)
        row, column = np.nonzero(cosines >= least[:, None])
        parts.append((rows[row], column, cosines[row, column]))
        new = is_new[rows]
        row, column = np.nonzero((cosines[new] >= floor) & ~own)
        parts.append((column, rows[new][row], cosines[new][row, column]))
    if not parts:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
    entries, columns, cosines = (np.concatenate(part) for part in zip(*parts, strict=True))
    return entries, columns, cosines


def _cosines(
    vectors: Vectors, rows: NDArray[np.int64], inverse: NDArray[np.float32]
) -> NDArray[np.float32]:
    left = vectors[rows].astype(np.float32)
    products = [left @ _part(vectors, first).T for first in range(0, len(vectors), _COLUMNS)]
    cosines: NDArray[np.float32] = np.concatenate(products, axis=1)
    cosines *= np.multiply.outer(inverse[rows], inverse)
    return cosines


def _part(vectors: Vectors, first: int) -> NDArray[np.float32]:
    return vectors[first : first + _COLUMNS].astype(np.float32)


def _nearest(
    rows: NDArray[np.int64], columns: NDArray[np.int64], cosines: NDArray[np.float32], most: int
) -> Entries:
    order = np.lexsort((columns, -cosines, rows))
    rows, columns, cosines = rows[order], columns[order], cosines[order]
    near = np.arange(len(rows)) - np.searchsorted(rows, rows) < most
    return rows[near], columns[near], cosines[near]


def _merged(one: Entries, other: Entries, size: int) -> NeighbourLists:
    """Put the lists of some rows, in order, and those of other rows together."""
    counts = [np.bincount(rows, minlength=size) for rows, _, _ in (one, other)]
    starts = np.concatenate([[0], np.cumsum(counts[0] + counts[1])])
    columns, cosines = np.empty(starts[-1], np.int64), np.empty(starts[-1], np.float32)
    for (rows, near, alike), count in zip((one, other), counts, strict=True):
        rank = np.arange(len(rows)) - (np.cumsum(count) - count)[rows]
        columns[starts[rows] + rank] = near
        cosines[starts[rows] + rank] = alike
    return NeighbourLists(starts, columns, cosines)
