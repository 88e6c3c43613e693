"""Candidates after changes: the same clouds as those of a fresh search, and the same objects where nothing changed."""

from __future__ import annotations

import random

import numpy as np
import pytest

from dedupe_app.engine import candidates
from dedupe_app.engine.candidates import CandidateFinder, find_candidates


class Shelves:
    """Stands for the library: texts with vectors and sketches, in the order of their hashes."""

    def __init__(self) -> None:
        self.texts: dict[int, tuple[str, np.ndarray, tuple[np.ndarray, int]]] = {}

    def texts_in_scope(self, _library):
        return sorted(
            ((number, name) for number, (name, _, _) in self.texts.items()),
            key=lambda text: text[1],
        )

    def vectors(self, _library, numbers, _space, _dtype):
        return np.array([self.texts[number][1] for number in numbers])

    def sketches(self, _library, numbers):
        return [self.texts[number][2] for number in numbers]

    def add(self, number, chance):
        """Add a text near one of a few others, with shingles that some of them have."""
        family = chance.randrange(12)
        own = np.random.default_rng(chance.randrange(2**32))
        vector = np.random.default_rng(family).integers(-60, 60, 256) + own.integers(-70, 70, 256)
        hashes = own.choice(np.arange(family % 3 * 15, family % 3 * 15 + 40), 9, replace=False)
        sketch = np.sort(hashes.astype(np.uint64) << np.uint64(54))
        name = f"{own.integers(2**60):016x}"
        self.texts[number] = name, np.clip(vector, -127, 127).astype(np.int8), (sketch, 3)


def told(clouds):
    return {
        (tuple(sorted(cloud.neighbours.items())), tuple(sorted(cloud.pairs))) for cloud in clouds
    }


@pytest.fixture
def shelves(monkeypatch):
    found = Shelves()
    monkeypatch.setattr(candidates, "documents", found)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_found_again_after_changes_are_those_of_a_fresh_search(shelves, seed):
    chance = random.Random(seed)
    for number in range(1, 80):
        shelves.add(number, chance)
    finder = CandidateFinder()
    assert told(find_candidates(None, finder)) == told(find_candidates(None))
    number = 80
    for _ in range(10):
        for gone in chance.sample(sorted(shelves.texts), chance.randint(0, 4)):
            del shelves.texts[gone]
        for _ in range(chance.randint(0, 3)):
            shelves.add(number, chance)
            number += 1
        assert told(find_candidates(None, finder)) == told(find_candidates(None))


def test_clouds_in_which_nothing_changed_are_the_same_objects(shelves):
    chance = random.Random(1)
    for number in range(1, 60):
        shelves.add(number, chance)
    finder = CandidateFinder()
    before = find_candidates(None, finder)
    assert [id(cloud) for cloud in find_candidates(None, finder)] == [id(cloud) for cloud in before]
    shelves.texts[60] = ("z", np.full(256, 1, np.int8), (np.zeros(0, np.uint64), 3))
    after = find_candidates(None, finder)
    assert {id(cloud) for cloud in before} <= {id(cloud) for cloud in after}


def test_nothing_in_scope(shelves):
    finder = CandidateFinder()
    assert find_candidates(None) == ()
    assert find_candidates(None, finder) == ()
    shelves.add(1, random.Random(1))
    assert find_candidates(None, finder) == ()
    shelves.texts.clear()
    assert find_candidates(None, finder) == ()
