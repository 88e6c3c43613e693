"""Neighbours: exactly those of a plain search over all pairs, in a defined order."""

import hypothesis.extra.numpy as st_numpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe_app.similarity import neighbours
from dedupe_app.similarity.neighbours import nearest

# Few different values in few dimensions: many ties, equal rows and rows of zeros.
VECTORS = st.integers(0, 40).flatmap(
    lambda n: st_numpy.arrays(np.int8, (n, 3), elements=st.integers(-2, 2))
)
CUTS = st.sampled_from([-0.5, 0.0, 0.3, 0.6, 0.95])


def plain_search(vectors, cut, most):
    """Return for each row its neighbours, best first, equal ones by number: the definition."""
    matrix = vectors.astype(np.float32)
    lengths = np.sqrt((matrix**2).sum(1)).astype(np.float32)
    inverse = np.array([1 / length if length else 0 for length in lengths], np.float32)
    products = vectors.astype(np.int64) @ vectors.astype(np.int64).T
    cosines = products.astype(np.float32) * np.multiply.outer(inverse, inverse)
    found = []
    for row in range(len(vectors)):
        others = [
            column
            for column in range(len(vectors))
            if column != row and cosines[row, column] >= np.float32(cut)
        ]
        found.append(sorted(others, key=lambda column: (-cosines[row, column], column))[:most])
    return found


def lists_of(found):
    return [found.of(row).tolist() for row in range(len(found.starts) - 1)]


def crowd(rows, seed=0):
    random = np.random.default_rng(seed)
    return np.clip(
        random.integers(-90, 90, 16) + random.integers(-30, 31, (rows, 16)), -127, 127
    ).astype(np.int8)


@given(VECTORS, CUTS, st.integers(1, 8))
def test_neighbours_are_those_of_a_plain_search(vectors, cut, most):
    assert lists_of(nearest(vectors, cut=cut, most=most)) == plain_search(vectors, cut, most)


@given(VECTORS, st.integers(1, 8), st.randoms())
def test_order_of_rows_changes_nothing_but_ties(vectors, most, random):
    order = list(range(len(vectors)))
    random.shuffle(order)
    plain, mixed = nearest(vectors, most=most), nearest(vectors[order], most=most)
    for place, row in enumerate(order):
        own = slice(plain.starts[row], plain.starts[row + 1])
        theirs = slice(mixed.starts[place], mixed.starts[place + 1])
        assert mixed.cosines[theirs].tolist() == plain.cosines[own].tolist()
        if len(set(plain.cosines[own].tolist())) == own.stop - own.start < most:
            assert [order[column] for column in mixed.columns[theirs]] == plain.columns[
                own
            ].tolist()


@settings(max_examples=25, deadline=None)
@given(VECTORS, st.integers(1, 4), st.integers(1, 7), st.integers(1, 9), st.integers(1, 30))
def test_blocks_and_early_cuts_change_nothing(vectors, most, rows, columns, buffer):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "_ROWS", rows)
        patch.setattr(neighbours, "_COLUMNS", columns)
        patch.setattr(neighbours, "_BUFFER", buffer)
        found = nearest(vectors, cut=0.0, most=most)
    assert lists_of(found) == plain_search(vectors, 0.0, most)


def test_neighbours_over_the_borders_of_real_blocks():
    vectors = crowd(9000)
    found = nearest(vectors, cut=0.9)
    for row in (0, 511, 512, 1024, 2047, 2048, 8191, 8192, 8999):
        assert row not in found.of(row)
        assert len(set(found.of(row).tolist())) == neighbours.MOST
        products = vectors.astype(np.int64) @ vectors[row].astype(np.int64)
        lengths = np.sqrt((vectors.astype(np.int64) ** 2).sum(1))
        cosines = products / lengths / lengths[row]
        cosines[row] = -1
        assert np.isclose(cosines[found.of(row)].min(), np.sort(cosines)[-neighbours.MOST])


def test_lists_are_no_longer_than_asked_for():
    assert np.diff(nearest(crowd(100), most=5).starts).tolist() == [5] * 100


def test_equal_vectors_are_neighbours_in_order_of_their_numbers():
    vectors = np.ones((5, 4), np.int8)
    assert lists_of(nearest(vectors, most=3)) == [
        [1, 2, 3],
        [0, 2, 3],
        [0, 1, 3],
        [0, 1, 2],
        [0, 1, 2],
    ]


def test_rows_of_zeros_have_no_neighbours():
    vectors = np.array([[0, 0], [1, 1], [0, 0], [1, 1]], np.int8)
    assert lists_of(nearest(vectors)) == [[], [3], [], [1]]


@pytest.mark.parametrize("rows", [0, 1])
def test_fewer_than_two_vectors_have_no_neighbours(rows):
    assert lists_of(nearest(np.ones((rows, 4), np.int8))) == [[]] * rows


def test_progress_counts_to_the_last_row():
    seen = []
    nearest(crowd(1500), progress=seen.append)
    assert seen == [512, 1024, 1500]


def test_float_vectors_are_taken_too():
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    assert lists_of(nearest(vectors, cut=0.7)) == [[1], [0], []]
