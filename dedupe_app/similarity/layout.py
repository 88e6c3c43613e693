"""The two halves of UMAP: neighbours to a weighted graph, and a graph to places. In numpy, many edges at a time.

As umap-learn does it: 15 neighbours, 5 negative samples, edges drawn as often as they weigh; but min_dist is 0.3, and
batches of edges see the same places, not each edge those that the one before left (benchmarks/map.py compares).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    _Moves = NDArray[Any]  # of float32; numpy's types lose that in sums and powers

NEIGHBOURS = 15
INITIAL_RATE = 1.0
# The curve 1 / (1 + A d^2B) that comes nearest to 1 up to min_dist = 0.3 and falls with exp(0.3 - d) from there. Dots
# can be told apart sooner than with 0.1, for 0.005 less trustworthiness.
_A, _B = np.float32(0.9921756195894755), np.float32(1.112253384404663)
_NEGATIVE = 5
_FARTHEST_STEP = 4.0
# Edges that would be drawn less than once are left out; the rest is seen in so many parts an epoch.
_PARTS = 8
_STEPS_OF_SEARCH = 48
_LEAST_SCALE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The nearest others of each row, nearest first: `columns` int64 (n, k), -1 where there are fewer; `distances`."""

    columns: NDArray[np.int64]
    distances: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """An undirected graph, each edge once: `first`, `second` int64 (m,); `weights` float64 (m,): above 0, at most 1."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weights: NDArray[np.float64]


def edges_of(neighbours: Neighbours) -> Edges:
    """Return the fuzzy union of how firmly each row holds its neighbours."""
    from scipy import sparse  # as late as it can be: half a second

    size, most = neighbours.columns.shape
    there = neighbours.columns >= 0
    held = np.where(there, _memberships(neighbours.distances, there), 0.0)
    rows = np.repeat(np.arange(size), most).reshape(size, most)
    one = sparse.csr_matrix((held[there], (rows[there], neighbours.columns[there])), (size, size))
    other = one.T.tocsr()
    both = sparse.triu(one + other - one.multiply(other), k=1).tocoo()
    order = np.lexsort((both.col, both.row))
    return Edges(
        both.row[order].astype(np.int64), both.col[order].astype(np.int64), both.data[order]
    )


def optimise(
    start: NDArray[np.float64],
    edges: Edges,
    epochs: int,
    rate: float,
    chance: np.random.Generator,
) -> Generator[int, None, NDArray[np.float64]]:
    """Move places (n, 2) from `start` so that edges become short and all else long; yield the epochs done.

    `rate` falls evenly to nothing.
    """
    x, y = (np.ascontiguousarray(start[:, axis], np.float32) for axis in (0, 1))
    keep = edges.weights >= edges.weights.max(initial=0) / epochs
    shuffled = chance.permutation(np.flatnonzero(keep))
    first, second = edges.first[shuffled], edges.second[shuffled]
    period = edges.weights.max(initial=1) / edges.weights[shuffled]
    due = period / 2
    for epoch in range(epochs):
        yield epoch
        step = np.float32(rate * (1 - epoch / epochs))
        active = np.flatnonzero(due <= epoch + 1)
        due[active] += period[active]
        for part in np.array_split(active, _PARTS):
            _move(x, y, first[part], second[part], step, chance)
    return np.column_stack([x, y]).astype(np.float64)


def _move(
    x: NDArray[np.float32],
    y: NDArray[np.float32],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    step: np.float32,
    chance: np.random.Generator,
) -> None:
    """Draw the ends of some edges together, and push each from a few places drawn by chance; in place."""
    across, down = x[first] - x[second], y[first] - y[second]
    pull_x, pull_y = _pull(across, down)
    ends = np.concatenate([first, second])
    others = chance.integers(0, len(x), (_NEGATIVE, len(ends)))
    push_x, push_y = _push(x[ends] - x[others], y[ends] - y[others])
    # An edge stands in the graph in both directions, and moves both of its ends each time.
    moved_x = np.concatenate([pull_x, -pull_x]) * 2 + push_x
    moved_y = np.concatenate([pull_y, -pull_y]) * 2 + push_y
    x += step * np.bincount(ends, moved_x, len(x)).astype(np.float32)
    y += step * np.bincount(ends, moved_y, len(y)).astype(np.float32)


def _pull(across: _Moves, down: _Moves) -> tuple[_Moves, _Moves]:
    squared = np.maximum(across * across + down * down, np.float32(1e-12))
    power = np.power(squared, _B)
    slope = np.float32(-2) * _A * _B * power / (squared * (1 + _A * power))
    return _limited(slope * across), _limited(slope * down)


def _push(across: _Moves, down: _Moves) -> tuple[_Moves, _Moves]:
    squared = across * across + down * down
    slope = np.float32(2) * _B / ((np.float32(0.001) + squared) * (1 + _A * np.power(squared, _B)))
    return _limited(slope * across).sum(0), _limited(slope * down).sum(0)


def _limited(moves: _Moves) -> _Moves:
    return np.clip(moves, -_FARTHEST_STEP, _FARTHEST_STEP, out=moves)


def _memberships(distances: NDArray[np.float64], there: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how firmly each row holds its neighbours, 0-1: so that it holds log2(k) of them in all."""
    beyond = np.where(there, np.maximum(distances - distances[:, :1], 0), np.inf)
    wanted = np.log2(np.maximum(there.sum(1), 1) + 1.0)
    low, high = np.zeros(len(distances)), np.full(len(distances), np.inf)
    scale = np.ones(len(distances))
    for _ in range(_STEPS_OF_SEARCH):
        too_much = np.exp(-beyond / scale[:, None]).sum(1) > wanted
        high, low = np.where(too_much, scale, high), np.where(too_much, low, scale)
        scale = np.where(np.isinf(high), scale * 2, (low + high) / 2)
    least = _LEAST_SCALE * float(distances[there].mean()) if there.any() else 1.0
    return np.asarray(np.exp(-beyond / np.maximum(scale, max(least, 1e-12))[:, None]))
