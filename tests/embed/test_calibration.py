"""Cuts of a space follow from the cosines of unrelated pairs."""

import math

import numpy as np
import pytest

from dedupe_app.embed.calibration import Sample, calibrate, careful_cuts, likely_cut

NONE = np.zeros(0, np.float32)


def sample(cosines, texts=600, copies=NONE):
    return Sample(tuple(range(texts)), np.asarray(cosines, np.float32), copies)


def normal(mean, deviation, count=180_000, seed=1):
    return np.tanh(np.random.default_rng(seed).normal(mean, deviation, count))


@pytest.mark.parametrize(("mean", "deviation"), [(0.0, 0.06), (0.4, 0.1), (0.8, 0.15)])
@pytest.mark.parametrize("count", [5_000, 180_000])
def test_cut_lies_where_one_pair_of_100_000_does_or_a_little_above(mean, deviation, count):
    found = calibrate(sample(normal(mean, deviation, count)), "m")
    true = mean + deviation * 4.265
    assert found.fitted
    assert math.tanh(true - 0.4 * deviation) < found.cut < math.tanh(true + 1.4 * deviation)
    assert found.cut < found.strict < 0.995
    assert found.false_share < 5e-5
    assert (found.texts, found.pairs) == (600, count)
    assert found.usual == pytest.approx(math.tanh(mean), abs=0.01)


def test_some_hidden_translations_hardly_move_the_cut():
    clean = normal(0.4, 0.1)
    without = calibrate(sample(clean), "m").cut
    with_some = calibrate(sample(np.concatenate([clean, np.full(60, 0.93)])), "m")
    assert with_some.cut == pytest.approx(without, abs=0.02)
    assert with_some.false_share == pytest.approx(60 / len(clean), rel=0.1)


def test_space_in_which_everything_is_near_allows_nothing():
    found = calibrate(sample(normal(2.6, 0.3)), "m")
    assert found.cut == found.strict == 0.995


@pytest.mark.parametrize(("texts", "pairs"), [(99, 100_000), (600, 200), (0, 0)])
def test_too_little_leaves_careful_cuts(texts, pairs):
    found = calibrate(sample(normal(0.2, 0.1, pairs), texts), "qwen3-0.6b@0123")
    assert not found.fitted
    assert found.false_share is None
    assert (found.cut, found.strict) == careful_cuts("qwen3-0.6b@0123") == (0.85, 0.93)
    assert careful_cuts("server/bge") == (0.88, 0.95)


def test_copies_are_told():
    found = calibrate(sample(normal(0.2, 0.1), copies=np.linspace(0.8, 1.0, 101)), "m")
    assert (found.copies, found.copies_usual, found.copies_low) == (101, 0.9, 0.81)


@pytest.mark.parametrize(("mean", "deviation"), [(0.0, 0.06), (0.4, 0.1), (0.8, 0.15)])
def test_likely_cut_is_the_99th_percentile_and_rises_with_the_library(mean, deviation):
    cosines = normal(mean, deviation)
    found = calibrate(sample(cosines), "m")
    assert likely_cut(found, 100) == pytest.approx(np.quantile(cosines, 0.99), abs=0.01)
    cuts = [likely_cut(found, texts) for texts in (1, 100, 1000, 10_000, 100_000, 10**9)]
    assert cuts == sorted(cuts)
    assert cuts[-1] == found.cut
    for texts, cut in zip((1000, 10_000), cuts[2:4], strict=True):
        assert (cosines >= cut).mean() < 4.5 / texts


def test_likely_cut_of_a_small_library_is_the_careful_one():
    found = calibrate(sample(normal(0.4, 0.1, 500), texts=30), "qwen3")
    assert likely_cut(found, 30) == found.cut == 0.85
