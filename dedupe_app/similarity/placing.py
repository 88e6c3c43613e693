"""Puts new texts among their neighbours on a map that is there. Never moves what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.similarity.neighbours import Vectors

# The nearest few say where a text belongs; the mean of many lies between all places.
NEAREST = 5
_ROWS = 256
# A text is drawn to a neighbour this much nearer e times as strongly.
_SOFT = 0.05
_LEAST_REACH = 0.05
# What lies at one place cannot be told apart: new texts are shifted a little, each in its own direction.
_SHIFT = 0.004
_TURNS = 10.0


def unit(vectors: Vectors) -> NDArray[np.float32]:
    """Return vectors (n, d) at unit length, as float32."""
    matrix = vectors.astype(np.float32)
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9))


def nearest_among(
    vectors: Vectors, others: Vectors, most: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return for each vector (n, d) the `most` nearest of `others` (m, d), nearest first: rows and cosines."""
    matrix, there = unit(vectors), unit(others)
    most = min(most, len(there))
    rows = np.empty((len(matrix), most), np.int64)
    cosines = np.empty((len(matrix), most), np.float32)
    for first in range(0, len(matrix), _ROWS):
        piece = slice(first, first + _ROWS)
        products = matrix[piece] @ there.T
        found = np.argpartition(products, len(there) - most, axis=1)[:, len(there) - most :]
        near = np.take_along_axis(products, found, 1)
        order = np.lexsort((found, -near), axis=1)
        rows[piece] = np.take_along_axis(found, order, 1)
        cosines[piece] = np.take_along_axis(near, order, 1)
    return rows, cosines


def place_among(
    vectors: Vectors, others: Vectors, places: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return where vectors (n, d) belong on a map: amid the places (m, 2) of their nearest others. float64 (n, 2)."""
    return amid(vectors, *nearest_among(vectors, others, NEAREST), places)


def amid(
    vectors: Vectors,
    rows: NDArray[np.int64],
    cosines: NDArray[np.float32],
    places: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the place of each vector (n, d) amid those (m, 2) of its nearest others, given by nearest_among."""
    weights = np.exp((cosines - cosines[:, :1]).astype(np.float64) / _SOFT)
    # Neighbours may lie in two parts of the map; between them is nowhere. The part of the nearest counts.
    found = places[rows]
    apart = np.linalg.norm(found - found[:, :1], axis=2)
    reach = np.maximum(np.median(apart, axis=1, keepdims=True) * 2, _LEAST_REACH)
    weights = np.where(apart <= reach, weights, 0.0)
    weights /= weights.sum(1, keepdims=True)
    middle = np.einsum("ij,ijk->ik", weights, found)
    # The direction depends on the vector alone: the same whenever the text comes.
    turn = _TURNS * (unit(vectors).astype(np.float64) @ np.arange(vectors.shape[1]))
    return np.asarray(middle + _SHIFT * np.column_stack([np.cos(turn), np.sin(turn)]))


def most_common(rows: NDArray[np.int64], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each list of neighbours (n, k) the label that most of them have; 0 for none counts as one too."""
    found = np.zeros(len(rows), np.int64)
    for place, row in enumerate(labels[rows]):
        values, counts = np.unique(row, return_counts=True)
        found[place] = values[counts.argmax()]
    return found
