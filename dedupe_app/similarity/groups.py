"""Groups from verified pairs: the HDBSCAN hierarchy of their graph, and cuts through it. Never sees a vector.

The hierarchy is that of HDBSCAN (Campello et al. 2013; min_samples = 1) on distances replaced by min(d, 1), computed
exactly from the pairs alone: minimum spanning forest, its trees joined at distance 1. hdbscan's tree functions are
private, so the version is pinned and a test compares with a dense run of hdbscan itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Pairs that were not verified are this far apart; verified ones are never farther than _FARTHEST.
UNRELATED = 1.0
_FARTHEST = 0.999
# SciPy's spanning tree takes a distance of 0 for "no edge".
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


def load_clustering() -> None:
    """Import what grouping needs: seconds of work that can be done while files are read."""
    import hdbscan._hdbscan_linkage
    import hdbscan._hdbscan_tree  # noqa: F401
    import scipy.sparse.csgraph  # noqa: F401


def distances(similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn similarities (0-100) of verified pairs into distances above 0 and below 1."""
    return np.clip(1 - np.asarray(similarity, np.float64) / 100, _NEAREST, _FARTHEST)


def build_hierarchy(
    first: NDArray[np.int64], second: NDArray[np.int64], distance: NDArray[np.float64]
) -> Hierarchy:
    """Build the tree of the texts that occur in the pairs (first[i], second[i]) with the given distances.

    Of a pair that occurs more than once, either way round, the least distance counts.
    """
    # Imported here: the package takes seconds to load, and a scan that changes nothing does not need it.
    from hdbscan._hdbscan_linkage import label
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

    nodes, inverse = np.unique(np.concatenate([first, second]), return_inverse=True)
    if len(nodes) < 2:
        return Hierarchy(nodes, np.zeros((0, 4)))
    a, b, distance = _once(inverse[: len(first)], inverse[len(first) :], distance)
    graph = coo_matrix((distance, (a, b)), shape=(len(nodes), len(nodes))).tocsr()
    forest = minimum_spanning_tree(graph).tocoo()
    _, component = connected_components(forest, directed=False)
    roots = np.unique(component, return_index=True)[1]
    edges = np.empty((len(nodes) - 1, 3))
    kept = len(forest.data)
    edges[:kept] = np.column_stack([forest.row, forest.col, forest.data])
    edges[kept:] = np.column_stack([roots[:-1], roots[1:], np.full(len(roots) - 1, UNRELATED)])
    edges = edges[np.lexsort((np.arange(len(edges)), edges[:, 2]))]
    return Hierarchy(nodes, label(edges))


def cut(hierarchy: Hierarchy, similarity: float) -> NDArray[np.int64]:
    """Return the group of each node at a similarity of 0-100: int64 (m,), -1 for those that stay alone."""
    if not len(hierarchy.linkage):
        return np.full(len(hierarchy.nodes), -1)
    from hdbscan._hdbscan_tree import labelling_at_cut

    at = min(max(1 - similarity / 100, _NEAREST), _FARTHEST)
    # hdbscan joins what is nearer than the cut; what lies on it belongs too.
    return np.asarray(labelling_at_cut(hierarchy.linkage, np.nextafter(at, 1), 2), np.int64)


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


def _once(
    first: NDArray[np.int64], second: NDArray[np.int64], distance: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    # A sparse matrix would add up what is named twice, and put two equal files apart.
    a, b = np.minimum(first, second), np.maximum(first, second)
    order = np.lexsort((distance, b, a))
    a, b, distance = a[order], b[order], distance[order]
    fresh = np.ones(len(a), bool)
    fresh[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    return a[fresh], b[fresh], distance[fresh]
