"""Which parts of a map belong together: HDBSCAN on its places, at three levels of detail. Names nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Labels = NDArray[np.int64]

NONE = -1
# For each level of detail: how many topics there may be at most, the fewest texts of one, and which share of all texts
# these may be where there are few.
_LEVELS = ((24, 10, 12), (80, 7, 15), (250, 5, 20))
_SMALLEST = 3
# A topic with more than this share of the texts says nothing about them: it is taken apart. Not of very few texts.
_LARGEST, _FEW = 0.4, 25
# How many others near it make a place a dense one; fewer where there are few.
_SAMPLES, _FEWEST_SAMPLES, _SAMPLES_SHARE = 5, 2, 15
# More places than this are looked at in a part chosen by chance; the others follow their neighbours.
_MOST_PLACES = 30_000
# A text that is in no topic joins the one that so many of its neighbours on the map are in, if it is that near.
_NEIGHBOURS, _ENOUGH, _NEAR = 8, 5, 4.0
# A new topic is an old one if it has this share of its texts, and the old one has this share of its own.
_SAME = 0.5


def find_topics(places: NDArray[np.float64], seed: int = 0) -> Labels:
    """Return the topic of each place (n, 2) by level of detail: int64 (n, 3), NONE where there is none.

    Topics of a level are numbered from 0 in the order of their first place.
    """
    size = len(places)
    found = np.full((size, len(_LEVELS)), NONE, np.int64)
    chosen = np.arange(size)
    if size > _MOST_PLACES:
        chosen = np.sort(np.random.default_rng(seed).permutation(size)[:_MOST_PLACES])
    for level, (most, fewest, share) in enumerate(_LEVELS):
        few = min(fewest, max(_SMALLEST, len(chosen) // share))
        least = max(few, len(chosen) // (4 * most))
        if len(chosen) >= 2 * least:
            labels = _cluster(places[chosen], least)
            found[:, level] = _renumbered(_spread(places, chosen, labels))
    return found


def middles(places: NDArray[np.float64], labels: Labels) -> NDArray[np.float64]:
    """Return for each topic of one level the place of a text in its middle: float64 (topics, 2)."""
    found = np.zeros((int(labels.max(initial=NONE)) + 1, 2))
    for topic in range(len(found)):
        own = places[labels == topic]
        middle = np.median(own, axis=0)
        found[topic] = own[np.linalg.norm(own - middle, axis=1).argmin()]
    return found


def same_topics(labels: Labels, before: Labels) -> dict[int, int]:
    """Return which new topic (of one level, NONE for none) is which old one: where most of the texts of both are.

    `labels`, `before` int64 (n,): the new and the old topic of the same texts.
    """
    both = (labels != NONE) & (before != NONE)
    pairs, counts = np.unique(
        np.column_stack([labels[both], before[both]]), axis=0, return_counts=True
    )
    new_sizes, old_sizes = _sizes(labels), _sizes(before)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for place in np.argsort(-counts, kind="stable").tolist():
        new, old = pairs[place].tolist()
        share = counts[place] / min(new_sizes[new], old_sizes[old])
        most = counts[place] / max(new_sizes[new], old_sizes[old])
        if new not in found and old not in taken and share > _SAME and most > _SAME / 2:
            found[new] = old
            taken.add(old)
    return found


def _cluster(places: NDArray[np.float64], least: int) -> Labels:
    from hdbscan import HDBSCAN  # here: it takes two seconds

    samples = min(_SAMPLES, max(_FEWEST_SAMPLES, len(places) // _SAMPLES_SHARE))
    model = HDBSCAN(
        min_cluster_size=least,
        min_samples=min(samples, len(places) - 1),
        max_cluster_size=int(_LARGEST * len(places)) if len(places) >= _FEW else 0,
        core_dist_n_jobs=1,
        approx_min_span_tree=False,
    )
    return np.asarray(model.fit(places).labels_, np.int64)


def _spread(places: NDArray[np.float64], chosen: NDArray[np.int64], labels: Labels) -> Labels:
    """Let the places that are in no topic, or were not looked at, follow their neighbours."""
    from scipy.spatial import cKDTree

    found = np.full(len(places), NONE, np.int64)
    found[chosen] = labels
    rest = np.flatnonzero(found == NONE)
    if not len(rest) or not (labels != NONE).any():
        return found
    tree = cKDTree(places[chosen])
    count = min(_NEIGHBOURS, len(chosen))
    apart, near = tree.query(places[rest], count)
    apart, near = apart.reshape(len(rest), -1), near.reshape(len(rest), -1)
    inside = chosen[labels != NONE]
    usual = np.median(tree.query(places[inside[:: max(1, len(inside) // 2000)]], count)[0])
    for place, others, distance in zip(rest.tolist(), labels[near], apart, strict=True):
        there = others[(others != NONE) & (distance <= _NEAR * usual)]
        if len(there) >= min(_ENOUGH, count):
            values, counts = np.unique(there, return_counts=True)
            if counts.max() >= min(_ENOUGH, count):
                found[place] = values[counts.argmax()]
    return found


def _renumbered(labels: Labels) -> Labels:
    known: dict[int, int] = {NONE: NONE}
    for label in labels.tolist():
        if label not in known:
            known[label] = len(known) - 1
    return np.array([known[label] for label in labels.tolist()], np.int64).reshape(labels.shape)


def _sizes(labels: Labels) -> Mapping[int, int]:
    values, counts = np.unique(labels[labels != NONE], return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
