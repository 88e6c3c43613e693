"""The hash functions under every stored fingerprint: their values are pinned."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.hashing import MULTIPLIER, mix, windows

WORDS = st.lists(st.integers(0, 2**64 - 1), max_size=30)
MASK = 2**64 - 1
# Stored fingerprints depend on these: a change needs a new READER_VERSION.
MIXED = [0, 4717996019076358352, 2060787363917578834, 4939931809569846361]
WINDOWED = [2578954424283571301, 1952767870154115596, 4975280548266998437]


def slow_mix(value):
    value ^= value >> 32
    value = value * 0xD6E8FEB86659FD93 & MASK
    value ^= value >> 32
    value = value * 0xD6E8FEB86659FD93 & MASK
    return value ^ value >> 32


def test_mix_keeps_its_values():
    found = mix(np.array([0, 1, 2, 2**64 - 1], np.uint64)).tolist()
    assert found == MIXED


def test_windows_keep_their_values():
    assert windows(np.arange(1, 6, dtype=np.uint64), 3).tolist() == WINDOWED


def test_multiplier_is_odd_so_that_it_can_be_undone():
    assert int(MULTIPLIER) == 0x9E3779B97F4A7C15
    assert int(MULTIPLIER) % 2 == 1


def test_windows_longer_than_the_values_are_none():
    assert len(windows(np.arange(2, dtype=np.uint64), 3)) == 0


def test_mix_leaves_its_input_alone():
    values = np.array([7], np.uint64)
    mix(values)
    assert values.tolist() == [7]


@given(WORDS)
def test_mix_is_the_formula(values):
    assert mix(np.array(values, np.uint64)).tolist() == [slow_mix(value) for value in values]


@given(WORDS, st.integers(1, 5))
def test_windows_are_the_formula(values, length):
    expected = []
    for first in range(len(values) - length + 1):
        total = 0
        for value in values[first : first + length]:
            total = (total * int(MULTIPLIER) + value) & MASK
        expected.append(slow_mix(total))
    assert windows(np.array(values, np.uint64), length).tolist() == expected


@given(st.sets(st.integers(0, 2**64 - 1), max_size=50))
def test_different_values_mix_to_different_ones(values):
    assert len(set(mix(np.array(sorted(values), np.uint64)).tolist())) == len(values)
