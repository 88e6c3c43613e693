"""Neighbours after changes: the same as those of a fresh search, whatever changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.similarity import renewal
from dedupe_app.similarity.neighbours import nearest
from dedupe_app.similarity.renewal import renew

# Few different values in few dimensions: many ties, equal rows and rows of zeros.
ROW = st.lists(st.integers(-2, 2), min_size=3, max_size=3)
KEYED = st.dictionaries(st.integers(0, 60), ROW, max_size=30)


def lists_of(found):
    return [
        list(
            zip(
                found.columns[found.starts[row] : found.starts[row + 1]].tolist(),
                found.cosines[found.starts[row] : found.starts[row + 1]].tolist(),
                strict=True,
            )
        )
        for row in range(len(found.starts) - 1)
    ]


def matrix(rows):
    return np.array([rows[key] for key in sorted(rows)], np.int8).reshape(-1, 3)


def places(before, after):
    """A key that has another vector is another row."""
    keys = {key: place for place, key in enumerate(sorted(after))}
    return np.array(
        [keys[key] if after.get(key) == before[key] else -1 for key in sorted(before)], np.int64
    )


@given(
    KEYED, KEYED, st.sets(st.integers(0, 60)), st.sampled_from([-0.5, 0.0, 0.6]), st.integers(1, 6)
)
def test_renewed_neighbours_are_those_of_a_fresh_search(before, added, removed, cut, most):
    after = {key: row for key, row in {**before, **added}.items() if key not in removed}
    old = nearest(matrix(before), cut=cut, most=most)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(renewal, "_SEARCHED_SHARE", 0)
        patch.setattr(renewal, "_ROWS", 3)
        patch.setattr(renewal, "_COLUMNS", 5)
        found, changed = renew(old, places(before, after), matrix(after), cut=cut, most=most)
    fresh = nearest(matrix(after), cut=cut, most=most)
    assert lists_of(found) == lists_of(fresh)
    where = places(before, after)
    for row, place in enumerate(where.tolist()):
        if place >= 0 and not changed[place]:
            kept = [(int(where[column]), cosine) for column, cosine in lists_of(old)[row]]
            assert kept == lists_of(found)[place]


def test_one_row_more_among_thousands():
    random = np.random.default_rng(3)
    vectors = np.clip(
        random.integers(-90, 90, (40, 16)).repeat(75, 0) + random.integers(-40, 41, (3000, 16)),
        -127,
        127,
    ).astype(np.int8)
    more = np.insert(vectors, 1700, vectors[5] // 2, axis=0)
    where = np.arange(3000) + (np.arange(3000) >= 1700)
    found, changed = renew(nearest(vectors), where, more)
    assert lists_of(found) == lists_of(nearest(more))
    assert 1 <= changed.sum() < 200


def test_many_changes_are_a_fresh_search():
    vectors = np.random.default_rng(4).integers(-90, 90, (50, 16)).astype(np.int8)
    found, changed = renew(nearest(vectors[:10]), np.arange(10), vectors)
    assert lists_of(found) == lists_of(nearest(vectors))
    assert changed.all()
