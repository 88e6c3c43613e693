"""Maps from vectors: neighbours stay neighbours, the same input gives the same map, and what is there stays put."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.manifold import trustworthiness

from dedupe_app.similarity import projection
from dedupe_app.similarity.placing import most_common, nearest_among, place_among
from dedupe_app.similarity.projection import Start, align, draw, sketch


def make_vectors(subjects, texts, seed=0, wide=64):
    """Return int8 vectors of some texts about some subjects, and the subjects."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((subjects, wide))
    about = chance.integers(0, subjects, texts)
    vectors = centres[about] + 0.7 * chance.standard_normal((texts, wide))
    return np.clip(np.round(vectors * 30), -127, 127).astype(np.int8), about


def run(steps):
    """Run a generator to its end; return what it returned, and how far it said to be."""
    said = []
    while True:
        try:
            said.append(next(steps))
        except StopIteration as stop:
            return stop.value, said


def trust(vectors, places, neighbours=10):
    matrix = vectors.astype(float)
    return trustworthiness(matrix, places, n_neighbors=neighbours, metric="cosine")


@pytest.fixture(scope="module")
def drawn():
    vectors, about = make_vectors(12, 600)
    return vectors, about, run(draw(vectors))[0]


def test_neighbours_stay_neighbours(drawn):
    vectors, about, places = drawn
    assert trust(vectors, places) > 0.85
    rows = np.argsort(((places[:, None] - places[None]) ** 2).sum(2), axis=1)[:, 1]
    assert (about[rows] == about).mean() > 0.95


def test_same_vectors_give_the_same_map(drawn):
    vectors, _, places = drawn
    assert np.array_equal(run(draw(vectors))[0], places)


def test_another_seed_gives_another_map(drawn):
    vectors, _, places = drawn
    assert not np.allclose(run(draw(vectors, seed=1))[0], places)


def test_map_is_about_one_wide(drawn):
    places = drawn[2]
    assert 0.5 < np.abs(places).max() < 4
    assert np.abs(np.median(places, axis=0)).max() < 0.5


def test_equal_vectors_lie_at_one_place():
    vectors, _ = make_vectors(4, 100)
    vectors[7] = vectors[50]
    places, _ = run(draw(vectors))
    assert np.array_equal(places[7], places[50])
    assert len(np.unique(places, axis=0)) == 99


def test_says_how_far_it_is(drawn):
    said = run(draw(drawn[0]))[1]
    assert [stage for stage, _, _ in said][:2] == ["neighbours", "map"]
    done = [done for stage, done, _ in said if stage == "map"]
    assert done == sorted(done)
    assert done[-1] < said[-1][2]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 11])
def test_few_texts_are_sketched(count):
    vectors, _ = make_vectors(3, count)
    places, said = run(draw(vectors))
    assert said == []
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()
    assert np.array_equal(places, sketch(vectors))


def test_zeros_and_lonely_vectors_have_a_place():
    vectors, _ = make_vectors(5, 120)
    vectors[3] = 0
    vectors[4] = 0
    vectors[4, 0] = 127
    places, _ = run(draw(vectors))
    assert np.isfinite(places).all()


def test_one_vector_many_times():
    places, _ = run(draw(np.ones((200, 16), np.int8)))
    assert np.array_equal(places, np.zeros((200, 2)))


def test_new_texts_lie_among_their_neighbours(drawn):
    vectors, about, full = drawn
    new = np.arange(0, 600, 12)
    old = np.setdiff1d(np.arange(600), new)
    base, _ = run(draw(vectors[old]))
    before = base.copy()
    placed = place_among(vectors[new], vectors[old], base)
    assert np.array_equal(base, before)  # nothing else moves
    both = np.empty((600, 2))
    both[old], both[new] = base, placed
    assert trust_of(vectors, both, new) >= 0.9 * trust_of(vectors, full, new)
    near = np.argsort(((placed[:, None] - base[None]) ** 2).sum(2), axis=1)[:, 0]
    assert (about[old][near] == about[new]).mean() > 0.9


def trust_of(vectors, places, rows, neighbours=10):
    """Return the trustworthiness of a few places only, as sklearn defines it for all."""
    unit = vectors / np.linalg.norm(vectors.astype(float), axis=1, keepdims=True)
    far = 1 - unit[rows] @ unit.T
    apart = ((places[rows][:, None] - places[None]) ** 2).sum(2)
    far[np.arange(len(rows)), rows] = apart[np.arange(len(rows)), rows] = np.inf
    rank = np.argsort(np.argsort(far, axis=1), axis=1) + 1
    near = np.argsort(apart, axis=1)[:, :neighbours]
    wrong = np.maximum(np.take_along_axis(rank, near, 1) - neighbours, 0).sum()
    count = len(vectors)
    return 1 - 2 * wrong / (len(rows) * neighbours * (2 * count - 3 * neighbours - 1))


def test_placing_does_not_depend_on_company(drawn):
    vectors, _, places = drawn
    one = place_among(vectors[:1], vectors[100:], places[100:])
    many = place_among(vectors[:20], vectors[100:], places[100:])
    assert np.allclose(one[0], many[0], atol=1e-5)


def test_redrawn_map_is_like_the_one_before(drawn):
    vectors, _, places = drawn
    turned = (
        places @ np.array([[0.0, 1.0], [-1.0, 0.0]]) * 1.3 + 0.2
    )  # another orientation and size
    again, _ = run(draw(vectors, seed=5, start=Start(turned, np.ones(len(vectors), bool))))
    moved = np.linalg.norm(again - turned, axis=1)
    spread = np.linalg.norm(turned - turned.mean(0), axis=1)
    assert np.median(moved) < 0.25 * np.median(spread)


def test_redrawn_map_takes_new_texts_in(drawn):
    vectors, _, places = drawn
    known = np.ones(len(vectors), bool)
    known[::9] = False
    again, _ = run(draw(vectors, start=Start(np.where(known[:, None], places, 0), known)))
    assert trust(vectors, again) > 0.85


def test_large_sets_are_drawn_from_a_sample(drawn, monkeypatch):
    vectors, about, _ = drawn
    monkeypatch.setattr(projection, "MOST_DRAWN", 200)
    places, said = run(draw(vectors))
    assert "place" in {stage for stage, _, _ in said}
    rows = np.argsort(((places[:, None] - places[None]) ** 2).sum(2), axis=1)[:, 1]
    assert (about[rows] == about).mean() > 0.8
    assert np.array_equal(run(draw(vectors))[0], places)


@given(
    turn=st.floats(0, 6.3),
    size=st.floats(0.2, 5),
    mirrored=st.booleans(),
    shift=st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
)
def test_align_undoes_any_turn(turn, size, mirrored, shift):
    places = np.random.default_rng(1).standard_normal((30, 2))
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    if mirrored:
        matrix = matrix @ np.diag([1.0, -1.0])
    other = places @ matrix * size + np.array(shift)
    known = np.arange(30) < 20
    assert np.allclose(align(other, places, known), places, atol=1e-6)


def test_nearest_among_are_the_nearest():
    chance = np.random.default_rng(2)
    vectors = chance.standard_normal((700, 16)).astype(np.float32)
    rows, cosines = nearest_among(vectors[:300], vectors, 5)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    exact = np.sort(unit[:300] @ unit.T, axis=1)[:, ::-1][:, :5]
    assert np.allclose(cosines, exact, atol=1e-5)
    assert np.array_equal(rows[:, 0], np.arange(300))


def test_most_common_label():
    labels = np.array([4, 4, 9, 0, 0])
    assert most_common(np.array([[0, 1, 2], [3, 4, 0]]), labels).tolist() == [4, 0]
