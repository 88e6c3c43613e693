"""Groups: the hierarchy is that of hdbscan run on all distances, and its cuts are what they should be."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe_app.similarity.groups import (
    UNRELATED,
    build_hierarchy,
    cut,
    distances,
    strengths,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from hdbscan._hdbscan_tree import compute_stability, condense_tree, get_clusters
    from hdbscan.hdbscan_ import _hdbscan_generic, _tree_to_labels
    from hdbscan.plots import SingleLinkageTree

SEEDS = range(6)
EDGES = st.tuples(
    st.integers(0, 9), st.integers(0, 9), st.sampled_from([10.0, 50.0, 50.1, 99.9, 100.0])
).filter(lambda edge: edge[0] != edge[1])
CUTS = (100.0, 99.0, 90.0, 75.0, 60.0, 30.0, 1.0)


def random_pairs(seed, nodes=60, pairs=110, *, ties=True):
    """Return pairs with similarities: firm and loose ones, and with ties also equal ones and exact copies."""
    random = np.random.default_rng(seed)
    every = np.array([(a, b) for b in range(nodes) for a in range(b)])
    chosen = every[random.choice(len(every), pairs, replace=False)]
    similarity = random.uniform(20, 100, pairs)
    if ties:
        similarity = np.round(similarity, 1)
        similarity[random.random(pairs) < 0.15] = 100.0
    return chosen[:, 0], chosen[:, 1], similarity


def hierarchy_of(pairs):
    first, second, similarity = pairs
    return build_hierarchy(
        np.asarray(first), np.asarray(second), distances(np.asarray(similarity, float))
    )


def dense_run(pairs):
    """Run hdbscan itself on the full matrix of min(d, 1), as its own code does; return nodes and tree."""
    first, second, similarity = pairs
    nodes, inverse = np.unique(np.concatenate([first, second]), return_inverse=True)
    matrix = np.full((len(nodes), len(nodes)), UNRELATED)
    np.fill_diagonal(matrix, 0)
    a, b = inverse[: len(first)], inverse[len(first) :]
    matrix[a, b] = matrix[b, a] = distances(similarity)
    tree, _ = _hdbscan_generic(matrix, min_samples=1, metric="precomputed")
    return nodes, tree


def partition(labels):
    groups = {}
    for node, label in enumerate(labels):
        if label >= 0:
            groups.setdefault(label, set()).add(node)
    return {frozenset(group) for group in groups.values()}


def labels_at(pairs, similarity):
    hierarchy = hierarchy_of(pairs)
    labels = cut(hierarchy, similarity)
    return {int(node): int(label) for node, label in zip(hierarchy.nodes, labels, strict=True)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("similarity", CUTS)
def test_cut_is_that_of_a_dense_run(seed, similarity):
    pairs = random_pairs(seed)
    nodes, tree = dense_run(pairs)
    ours = hierarchy_of(pairs)
    at = np.nextafter(float(distances(np.array([similarity]))[0]), 1)
    dense = SingleLinkageTree(tree).get_clusters(at, min_cluster_size=2)
    assert ours.nodes.tolist() == nodes.tolist()
    assert partition(cut(ours, similarity)) == partition(dense)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["eom", "leaf"])
def test_clusters_are_those_of_a_dense_run(seed, method):
    # Among equal distances hdbscan takes any order, and its choice of clusters depends on it.
    pairs = random_pairs(seed, ties=False)
    _, tree = dense_run(pairs)
    # The flag makes the private function take the sizes as they are given.
    dense = _tree_to_labels(None, tree, 2, method, False, True)[0]
    condensed = condense_tree(hierarchy_of(pairs).linkage, 2)
    ours = get_clusters(
        condensed, compute_stability(condensed), method, False, True, 0.0, 0, float("inf")
    )[0]
    assert partition(ours) == partition(dense)


@settings(max_examples=40, deadline=None)
@given(st.lists(EDGES, max_size=20), st.sampled_from(CUTS))
def test_groups_of_a_cut_are_what_hangs_together(pairs, similarity):
    parents = {node: node for pair in pairs for node in pair[:2]}

    def root(node):
        while parents[node] != node:
            node = parents[node]
        return node

    for a, b, own in pairs:
        if own >= similarity:
            parents[root(a)] = root(b)
    expected = {}
    for node in parents:
        expected.setdefault(root(node), set()).add(node)
    columns = list(zip(*pairs, strict=True)) if pairs else [np.zeros(0, int)] * 3
    hierarchy = hierarchy_of(columns)
    found = {
        frozenset(hierarchy.nodes[list(group)].tolist())
        for group in partition(cut(hierarchy, similarity))
    }
    assert found == {frozenset(group) for group in expected.values() if len(group) > 1}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(CUTS))
def test_strengths_lie_between_0_and_1(seed, similarity):
    hierarchy = hierarchy_of(random_pairs(seed, nodes=12, pairs=15))
    labels = cut(hierarchy, similarity)
    found = strengths(hierarchy, labels)
    assert np.all((found >= 0) & (found <= 1))
    assert np.all((found > 0) == (labels >= 0))
    for label in range(labels.max() + 1):
        assert found[labels == label].max() == 1


def test_chain_of_versions_is_one_group():
    versions = np.arange(20)
    assert set(labels_at((versions[:-1], versions[1:], np.full(19, 80.0)), 80).values()) == {0}


def test_chain_is_parted_at_its_weak_link():
    found = labels_at(([0, 1, 2], [1, 2, 3], [90.0, 40.0, 90.0]), 50)
    assert found[0] == found[1] != found[2] == found[3]


def test_tight_pair_does_not_push_out_its_looser_copy():
    pairs = ([0, 0, 1], [1, 2, 2], [100.0, 70.0, 70.0])
    hierarchy = hierarchy_of(pairs)
    labels = cut(hierarchy, 60)
    assert labels.tolist() == [0, 0, 0]
    assert strengths(hierarchy, labels).tolist() == [1, 1, pytest.approx(0.05 / 0.3)]


def test_cut_at_100_keeps_only_identical_ones():
    assert labels_at(([0, 2], [1, 3], [100.0, 99.99]), 100) == {0: 0, 1: 0, 2: -1, 3: -1}


def test_pair_that_is_named_three_times_is_not_farther_apart():
    assert labels_at(([0, 0, 1], [1, 1, 0], [100.0, 100.0, 60.0]), 100) == {0: 0, 1: 0}


def test_similarity_on_the_cut_belongs():
    assert labels_at(([0], [1], [30.0]), 30) == {0: 0, 1: 0}
    assert labels_at(([0], [1], [29.9]), 30) == {0: -1, 1: -1}


def test_verified_pairs_of_any_similarity_hang_together_at_0():
    assert labels_at(([0], [1], [0.0]), 0) == {0: 0, 1: 0}


def test_no_pairs_make_no_groups():
    hierarchy = hierarchy_of((np.zeros(0, int), np.zeros(0, int), np.zeros(0)))
    labels = cut(hierarchy, 50)
    assert len(hierarchy.nodes) == len(labels) == len(strengths(hierarchy, labels)) == 0


def test_two_nodes_make_one_group():
    hierarchy = hierarchy_of(([7], [9], [88.0]))
    assert hierarchy.nodes.tolist() == [7, 9]
    assert cut(hierarchy, 80).tolist() == [0, 0]
    assert strengths(hierarchy, np.array([0, 0])).tolist() == [1, 1]


def test_distances_keep_the_order_of_similarities():
    found = distances(np.array([0.0, 30.0, 99.0, 100.0]))
    assert np.all(np.diff(found) < 0)
    assert np.all((found > 0) & (found < UNRELATED))
