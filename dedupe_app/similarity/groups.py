"""Groups from verified pairs: the HDBSCAN hierarchy of their graph, and cuts through it. Never sees a vector.

The hierarchy is that of HDBSCAN (Campello et al. 2013; min_samples = 1) on distances replaced by min(d, 1), computed
exactly from the pairs alone: their minimum spanning forest (Kruskal), its trees joined at distance 1. Written out here,
because importing hdbscan costs more time than most scans need for grouping; a test compares with a dense run of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import count_distinct, distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

# Pairs that were not verified are this far apart; verified ones are never farther than _FARTHEST.
UNRELATED = 1.0
_FARTHEST = 0.999
# Strengths divide by distances.
_NEAREST = 1e-6
# Below this distance no pair is firmer than another: else one identical pair would make its looser copies look weak.
_FLOOR = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """The single-linkage tree of some texts.

    `nodes` int64 (m,): which texts. `linkage` float64 (m - 1, 4): as in scipy.cluster.hierarchy.
    """

    nodes: NDArray[np.int64]
    linkage: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Apart:
    """What must not come together: `contents` names what is in a node, `foes` which names do not go with a name."""

    contents: Mapping[int, str] = field(default_factory=dict)
    foes: Mapping[str, frozenset[str]] = field(default_factory=dict)


def distances(similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn similarities (0-100) of verified pairs into distances above 0 and below 1."""
    return np.clip(1 - np.asarray(similarity, np.float64) / 100, _NEAREST, _FARTHEST)


def build_hierarchy(
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    distance: NDArray[np.float64],
    apart: Apart | None = None,
) -> Hierarchy:
    """Build the tree of the texts that occur in the pairs (first[i], second[i]) with the given distances.

    Of a pair that occurs more than once, either way round, the least distance counts. What is to stay `apart` does not
    come together below the distance of unrelated texts: trees that hold such texts are not joined.
    """
    nodes = distinct(np.concatenate([first, second]))
    a, b = nodes.searchsorted(first), nodes.searchsorted(second)
    order = np.lexsort((np.maximum(a, b), np.minimum(a, b), distance))
    pairs = zip(a[order].tolist(), b[order].tolist(), distance[order].tolist(), strict=True)
    # Whatever hangs together has been joined by then; the rest is joined in the order of the nodes.
    rest = ((0, node, UNRELATED) for node in range(1, len(nodes)))
    camps = _Camps(nodes.tolist(), apart) if apart and apart.contents else None
    return Hierarchy(nodes, _single_linkage(len(nodes), chain(pairs, rest), camps))


def cut(hierarchy: Hierarchy, similarity: float) -> NDArray[np.int64]:
    """Return the group of each node at a similarity of 0-100: int64 (m,), -1 for those that stay alone."""
    size = len(hierarchy.nodes)
    at = min(max(1 - similarity / 100, _NEAREST), _FARTHEST)
    joined = int(np.searchsorted(hierarchy.linkage[:, 2], at, "right"))
    # From the last joining down: each side belongs to what the joining belongs to.
    top = list(range(size + joined))
    for row, (left, right) in reversed(
        list(enumerate(hierarchy.linkage[:joined, :2].astype(int).tolist()))
    ):
        top[left] = top[right] = top[size + row]
    tops = np.array(top[:size], np.int64)
    found, counts = count_distinct(tops)
    grouped = counts > 1
    numbers = np.where(grouped, np.cumsum(grouped) - 1, -1)
    return numbers[found.searchsorted(tops)]


def strengths(hierarchy: Hierarchy, labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how firmly each node belongs to its group, 0-1: HDBSCAN's membership strength.

    lambda = 1 / distance at which the node leaves its group, over the largest in the group; distances below 0.05
    count as 0.05. 0 for nodes alone.
    """
    if not len(hierarchy.linkage):
        return np.zeros(len(hierarchy.nodes))
    size = len(hierarchy.nodes)
    rows = hierarchy.linkage
    # The row in which a point first appears is where it leaves, seen from the top of the tree.
    leaves_at = np.zeros(size)
    for side in (0, 1):
        child = rows[:, side].astype(np.int64)
        point = child < size
        leaves_at[child[point]] = 1 / np.maximum(rows[point, 2], _FLOOR)
    strongest = np.zeros(int(labels.max(initial=-1)) + 1)
    grouped = labels >= 0
    np.maximum.at(strongest, labels[grouped], leaves_at[grouped])
    out = np.zeros(size)
    out[grouped] = leaves_at[grouped] / strongest[labels[grouped]]
    return out


class _Camps:
    """What is in each tree and what must not come into it; only of trees that hold something rejected."""

    def __init__(self, nodes: Sequence[int], apart: Apart) -> None:
        names = {place: apart.contents.get(node) for place, node in enumerate(nodes)}
        self._own = {place: {name} for place, name in names.items() if name is not None}
        self._foes = {
            place: set(apart.foes.get(name, ()))
            for place, name in names.items()
            if name is not None
        }

    def refuse(self, a: int, b: int) -> bool:
        return not self._foes.get(a, set()).isdisjoint(self._own.get(b, ()))

    def join(self, a: int, b: int) -> None:
        for sets in (self._own, self._foes):
            if b in sets:
                sets.setdefault(a, set()).update(sets.pop(b))


def _single_linkage(
    size: int, edges: Iterable[tuple[int, int, float]], camps: _Camps | None
) -> NDArray[np.float64]:
    """Join `size` points along edges that come nearest first; those within one tree change nothing."""
    parents = list(range(size))
    tree, count = list(range(size)), [1] * size
    rows: list[tuple[int, int, float, int]] = []
    for first, second, distance in edges:
        a, b = _root(parents, first), _root(parents, second)
        if a == b:
            continue
        if camps is not None:
            if distance < UNRELATED and camps.refuse(a, b):
                continue
            camps.join(a, b)
        parents[b] = a
        count[a] += count[b]
        rows.append((tree[a], tree[b], distance, count[a]))
        tree[a] = size + len(rows) - 1
    return np.array(rows, np.float64).reshape(-1, 4)


def _root(parents: list[int], node: int) -> int:
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node
