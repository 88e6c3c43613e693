"""Candidates from sketches: excerpts are found, what all have in common is not."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe_app.similarity.sketches import (
    LEAST_SHARE,
    LEAST_SHARED,
    MOST_HOLDERS,
    sketch_candidates,
)
from dedupe_app.text.fingerprint import shingles, sketch
from dedupe_app.text.tokens import tokenise

BOUND = 2**61
SETS = st.lists(st.sets(st.integers(0, 40), max_size=15), max_size=8)


def kept(values, shift=3):
    bound = 2 ** (64 - shift)
    return np.array(sorted(value for value in values if value < bound), np.uint64), shift


def prose(seed, words):
    random = np.random.default_rng(seed)
    return " ".join(f"w{number}" for number in random.integers(0, 5000, words))


def sketched(text):
    return sketch(shingles(tokenise(text)))


def pairs(found):
    return {tuple(pair) for pair in found.tolist()}


def test_excerpt_is_found_in_a_long_text():
    book = prose(1, 20_000)
    texts = [prose(2, 3000), book, prose(3, 3000), " ".join(book.split()[9000:9600])]
    assert pairs(sketch_candidates([sketched(text) for text in texts])) == {(1, 3)}


def test_frame_of_a_template_makes_no_candidates():
    frame = prose(1, 600)
    texts = [f"{frame} {prose(seed, 200)}" for seed in range(10, 10 + MOST_HOLDERS + 1)]
    assert pairs(sketch_candidates([sketched(text) for text in texts])) == set()


def test_copies_are_found_among_many_of_one_template():
    frame = prose(1, 600)
    texts = [f"{frame} {prose(seed, 400)}" for seed in range(10, 10 + MOST_HOLDERS + 8)]
    assert pairs(sketch_candidates([sketched(text) for text in [*texts, texts[5]]])) == {
        (5, len(texts))
    }


def test_as_many_holders_as_allowed_still_count():
    same = [kept({1, 2, 3})] * MOST_HOLDERS
    assert len(sketch_candidates(same)) == MOST_HOLDERS * (MOST_HOLDERS - 1) // 2
    assert len(sketch_candidates([*same, same[0]])) == 0


def test_one_more_than_too_few_shared_is_enough():
    assert len(sketch_candidates([kept({1, 2}), kept({1, 2})])) == 0
    assert pairs(sketch_candidates([kept({1, 2, 3}), kept({1, 2, 3})])) == {(0, 1)}


def test_small_share_of_both_is_no_candidate():
    assert (
        len(sketch_candidates([kept({1, 2, 3, *range(10, 20)}), kept({1, 2, 3, *range(30, 40)})]))
        == 0
    )


def test_sketches_of_different_scale_are_compared_at_the_coarser():
    coarse = kept({1, 2, 3, 4}, shift=10)
    fine = kept({1, 2, 3, 4, *range(2**55, 2**55 + 100)})
    assert pairs(sketch_candidates([fine, coarse])) == {(0, 1)}


def test_hashes_above_the_coarser_bound_do_not_count():
    coarse = kept({1, 2}, shift=10)
    fine = kept({1, 2, *range(2**55, 2**55 + 100)})
    assert len(sketch_candidates([fine, coarse])) == 0


def test_nothing_gives_nothing():
    assert sketch_candidates([]).shape == (0, 2)
    assert sketch_candidates([kept(set()), kept(set())]).shape == (0, 2)


@settings(max_examples=60)
@given(SETS)
def test_candidates_are_those_of_the_definition(sets):
    expected = set()
    for b, second in enumerate(sets):
        for a, first in enumerate(sets[:b]):
            shared = len(first & second)
            rare = [
                {value for value in own if sum(value in each for each in sets) <= MOST_HOLDERS}
                for own in (first, second)
            ]
            if shared >= LEAST_SHARED and shared >= LEAST_SHARE * min(map(len, rare)):
                expected.add((a, b))
    assert pairs(sketch_candidates([kept(values) for values in sets])) == expected
