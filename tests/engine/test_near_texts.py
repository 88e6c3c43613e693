"""Near pairs are the same whether everything is searched, or only what changed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.engine.near_texts import MOST_TWINS, NearFinder, find_families


def found_by(finder, numbers, families, cut=0.8, space="m"):
    vectors = np.stack([VECTORS[number] for number in numbers]) if numbers else np.zeros((0, 3))
    work = finder.find(
        space, np.array(numbers, np.int64), vectors.astype(np.float32), families, cut
    )
    while True:
        try:
            next(work)
        except StopIteration as stop:
            return [(a, b, round(cosine, 5)) for a, b, cosine in stop.value]


def unit(*numbers):
    vector = np.array(numbers, np.float64)
    return vector / np.linalg.norm(vector)


CHANCE = np.random.default_rng(3)
VECTORS = [unit(*CHANCE.normal(size=3)) for _ in range(24)]

states = st.tuples(
    st.sets(st.integers(0, 23)),
    st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=8),
    st.sampled_from([0.7, 0.8, 0.9]),
    st.sampled_from(["one", "two"]),
)


@given(st.lists(states, min_size=2, max_size=5))
def test_searching_only_what_changed_finds_the_same(course):
    lasting = NearFinder()
    for numbers, related, cut, space in course:
        arguments = (sorted(numbers), find_families(related), cut, space)
        assert found_by(lasting, *arguments) == found_by(NearFinder(), *arguments)


def test_every_pair_above_the_cut_is_found_once():
    numbers = list(range(24))
    expected = [
        (a, b)
        for a in numbers
        for b in numbers[a + 1 :]
        if VECTORS[a] @ VECTORS[b] >= 0.8 and (a, b) != (0, 1)
    ]
    assert [
        (a, b) for a, b, _ in found_by(NearFinder(), numbers, find_families([(0, 1)]))
    ] == expected


def test_blocks_change_nothing(monkeypatch):
    numbers = list(range(24))
    whole = found_by(NearFinder(), numbers, {})
    monkeypatch.setattr("dedupe_app.similarity.across._ROWS", 5)
    monkeypatch.setattr("dedupe_app.similarity.across._COLUMNS", 10)
    assert found_by(NearFinder(), numbers, {}) == whole


def test_copies_do_not_take_the_places_of_a_translation(monkeypatch):
    count = 3 * MOST_TWINS
    near = [unit(1, 0.01 * number / count, 0) for number in range(count)]
    monkeypatch.setattr("test_near_texts.VECTORS", [*near, unit(1, 0, 0.5)])
    families = find_families((0, number) for number in range(1, count))
    pairs = found_by(NearFinder(), list(range(count + 1)), families)
    assert len(pairs) == MOST_TWINS  # the translation has that many twins at most
    assert {b for _, b, _ in pairs} == {count}


def test_only_new_texts_are_searched(monkeypatch):
    finder = NearFinder()
    found_by(finder, list(range(20)), {})
    searched = []
    real = __import__("dedupe_app.similarity.across", fromlist=["pairs_across"]).pairs_across

    def noted(vectors, family, cut, fresh=None):
        searched.append(None if fresh is None else fresh.tolist())
        return real(vectors, family, cut, fresh)

    monkeypatch.setattr("dedupe_app.engine.near_texts.pairs_across", noted)
    found_by(finder, list(range(21)), {})
    found_by(finder, list(range(1, 21)), {})
    found_by(finder, list(range(1, 21)), find_families([(2, 3), (3, 4)]))
    found_by(finder, list(range(1, 21)), find_families([(2, 3)]))
    assert searched == [[20], [], [], [1, 2, 3]]


def test_model_that_puts_all_texts_in_one_place_finds_nothing_and_fills_no_memory(monkeypatch):
    monkeypatch.setattr("dedupe_app.engine.near_texts.MOST_PAIRS", 50)
    monkeypatch.setattr(f"{__name__}.VECTORS", [unit(1, 1, 1)] * 200)
    assert found_by(NearFinder(), list(range(200)), {}) == []


def test_of_too_many_pairs_the_nearest_stay(monkeypatch):
    vectors = [unit(number, 1, 0) for number in range(100, 160)]
    vectors += [unit(0, 0, 1), unit(0, 0.0001, 1)]
    monkeypatch.setattr(f"{__name__}.VECTORS", vectors)
    whole = found_by(NearFinder(), list(range(62)), {})
    monkeypatch.setattr("dedupe_app.engine.near_texts.MOST_PAIRS", 300)
    some = found_by(NearFinder(), list(range(62)), {})
    assert (60, 61, 1.0) in some
    assert set(some) <= set(whole)
