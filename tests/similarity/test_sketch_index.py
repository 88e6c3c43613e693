"""Pairs from sketches after changes: the same as if all were counted anew."""

import random

import numpy as np
import pytest

from dedupe_app.similarity import sketch_index, sketches
from dedupe_app.similarity.sketch_index import SketchIndex
from dedupe_app.similarity.sketches import sketch_candidates


def fresh_pairs(texts):
    numbers = np.array(list(texts), np.int64)
    found = sketch_candidates(list(texts.values()))
    return {tuple(sorted(pair)) for pair in numbers[found].tolist()}


def draw_sketch(chance):
    """Few different hashes, so that shingles are now rare and now not; two scales."""
    shift = chance.choice([3, 3, 3, 4])
    every = [place << 55 for place in range(1 << (9 - shift))]
    return np.array(sorted(chance.sample(every, chance.randint(0, 12))), np.uint64), shift


@pytest.mark.parametrize("seed", range(40))
def test_pairs_after_changes_are_those_of_a_fresh_count(seed, monkeypatch):
    for module in (sketches, sketch_index):
        monkeypatch.setattr(module, "MOST_HOLDERS", 4)
    chance = random.Random(seed)
    texts = {number: draw_sketch(chance) for number in range(1, 20)}
    index = SketchIndex(texts)
    number = 20
    for _ in range(12):
        before = {tuple(pair) for pair in index.pairs.tolist()}
        gone = set(chance.sample(sorted(texts), min(len(texts), chance.randint(0, 3))))
        new = {number + place: draw_sketch(chance) for place in range(chance.randint(0, 3))}
        number += len(new)
        affected = set(index.change(gone, new).tolist())
        texts = {key: value for key, value in texts.items() if key not in gone} | new
        after = {tuple(pair) for pair in index.pairs.tolist()}
        assert after == fresh_pairs(texts)
        assert len(after) == len(index.pairs)
        assert all(set(pair) & (affected | gone) for pair in before ^ after)


def test_index_of_nothing():
    index = SketchIndex({})
    assert index.pairs.shape == (0, 2)
    assert index.change(set(), {7: (np.arange(1, 9, dtype=np.uint64), 3)}).tolist() == [7]
    assert index.change({7}, {}).tolist() == []
    assert index.pairs.shape == (0, 2)
