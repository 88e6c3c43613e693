"""Vectors to a map: UMAP from exact neighbours, and what keeps people oriented on it. Never uses chance unseeded.

McInnes, Healy, Melville 2018, written out in similarity/layout.py: umap-learn compiles itself for half a minute in each
process, cannot be cancelled or asked how far it is, and gives no better maps (benchmarks/map.py compares them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.similarity.layout import (
    INITIAL_RATE,
    NEIGHBOURS,
    Neighbours,
    edges_of,
    optimise,
)
from dedupe_app.similarity.neighbours import nearest
from dedupe_app.similarity.placing import nearest_among, place_among, unit

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    from dedupe_app.similarity.neighbours import Vectors

    Places = NDArray[np.float64]
    Steps = Generator[tuple[str, int, int], None, Places]

# Fewer texts than this are shown as they lie in the plane of their greatest spread: there is nothing to unfold.
FEWEST = 12
# Of few texts, so large a share are neighbours of each; if all were, all would be one island.
_NEIGHBOURS_SHARE, _FEWEST_NEIGHBOURS = 6, 4
# More than this are drawn from a sample, and the others placed among it: exact neighbours take time squared.
MOST_DRAWN = 60_000
# Unrelated texts are nearer than this in both kinds of spaces; looking for all neighbours takes three times as long.
_CUT = 0.2
_SMALL, _EPOCHS_SMALL, _EPOCHS_LARGE, _EPOCHS_AGAIN = 10_000, 400, 200, 150
# A map that is drawn again starts from the old one, and is shaken less, so that it stays like it.
_RATE_AGAIN = 0.35
_START_SPREAD = 10.0
# How far apart places are, as a share of the map, when the start is that of an earlier map.
_NOISE = 1e-4
# The map is cut into so many stretches; the fuller one is, the wider it becomes; an empty one is as wide as this.
_STRETCHES, _NARROWEST = 48, 0.2
_SMOOTHING = np.array([1.0, 2.0, 3.0, 2.0, 1.0])


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where texts lay on an earlier map. `places` float64 (n, 2); `known` bool (n,): it did lie there."""

    places: Places
    known: NDArray[np.bool_]


def sketch(vectors: Vectors) -> Places:
    """Return where vectors (n, d) lie in the plane of their greatest spread: float64 (n, 2), about -1 to 1."""
    matrix = unit(vectors).astype(np.float64)
    if len(matrix) < 2:
        return np.zeros((len(matrix), 2))
    matrix -= matrix.mean(0)
    _, axes = np.linalg.eigh(matrix.T @ matrix)
    plane = axes[:, -2:][:, ::-1]
    if plane.shape[1] < 2:
        plane = np.column_stack([plane, np.zeros(len(plane))])
    # The sign of an axis is arbitrary: its largest part points to the right, or down.
    plane = plane * np.sign(plane[np.abs(plane).argmax(0), [0, 1]] + 1e-12)
    return _normalised(matrix @ plane)


def draw(vectors: Vectors, seed: int = 0, start: Start | None = None) -> Steps:
    """Lay texts out so that neighbours by cosine are neighbours on the map; yield how far it is as (what, done, total).

    Vectors (n, d), in an order that does not depend on chance. Returns float64 (n, 2), about -1 to 1: the same each
    time for the same input. Equal vectors lie at one place. With an earlier map as `start` the new one is turned,
    mirrored and sized like it.
    """
    first, back = _fold(vectors)
    folded = vectors[first]
    own = None if start is None else Start(start.places[first], start.known[first])
    if len(folded) < FEWEST:
        places = sketch(folded)
    elif len(folded) > MOST_DRAWN:
        places = yield from _draw_sample(folded, seed, own)
    else:
        places = yield from _draw_all(folded, seed, own)
    if own is not None and own.known.sum() > 1:
        places = align(places, own.places, own.known)
    return places[back]


def align(places: Places, old: Places, known: NDArray[np.bool_]) -> Places:
    """Turn, mirror, size and shift a map (n, 2) so that it comes nearest to an old one where that is `known`.

    Gower and Dijksterhuis 2004: orthogonal Procrustes with scaling.
    """
    own, theirs = places[known], old[known]
    centre, target = own.mean(0), theirs.mean(0)
    left, strength, right = np.linalg.svd((own - centre).T @ (theirs - target))
    spread = ((own - centre) ** 2).sum()
    scale = strength.sum() / spread if spread > 0 else 1.0
    return np.asarray((places - centre) @ (left @ right) * (scale or 1.0) + target)


def _fold(vectors: Vectors) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first of each set of equal vectors, as they came, and for each vector its place among these."""
    _, first, back = np.unique(vectors, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[back.ravel()]


def _draw_sample(vectors: Vectors, seed: int, start: Start | None) -> Steps:
    """Draw a part of the texts, chosen by chance, and place the others among it."""
    chosen = np.sort(np.random.default_rng(seed).permutation(len(vectors))[:MOST_DRAWN])
    own = None if start is None else Start(start.places[chosen], start.known[chosen])
    drawn = yield from _draw_all(vectors[chosen], seed, own)
    places = np.empty((len(vectors), 2))
    places[chosen] = drawn
    others = np.setdiff1d(np.arange(len(vectors)), chosen)
    piece = 2048
    for done in range(0, len(others), piece):
        yield "place", done, len(others)
        rows = others[done : done + piece]
        places[rows] = place_among(vectors[rows], vectors[chosen], drawn)
    return places


def _draw_all(vectors: Vectors, seed: int, start: Start | None) -> Steps:
    yield "neighbours", 0, len(vectors)
    edges = edges_of(_neighbours(vectors))
    began = sketch(vectors)
    if start is not None and start.known.any():
        began = began.copy()
        began[start.known] = start.places[start.known]
        fresh = np.flatnonzero(~start.known)
        if len(fresh):
            known = np.flatnonzero(start.known)
            began[fresh] = place_among(vectors[fresh], vectors[known], start.places[known])
    again = start is not None and bool(start.known.mean() > 0.5)
    epochs = _EPOCHS_SMALL if len(vectors) <= _SMALL else _EPOCHS_LARGE
    if again:
        epochs = _EPOCHS_AGAIN
    chance = np.random.default_rng(seed)
    spread = np.abs(began).max() or 1.0
    began = (began / spread + chance.normal(0, _NOISE, began.shape)) * _START_SPREAD
    rate = _RATE_AGAIN if again else INITIAL_RATE
    layout = optimise(began, edges, epochs, rate, chance)
    while True:
        try:
            done = next(layout)
        except StopIteration as stop:
            return _normalised(_filled(_normalised(stop.value)))
        yield "map", done, epochs


def _neighbours(vectors: Vectors) -> Neighbours:
    """Find the neighbours of each vector; those that are far from all others get some nevertheless."""
    size = len(vectors)
    most = min(NEIGHBOURS, max(_FEWEST_NEIGHBOURS, size // _NEIGHBOURS_SHARE))
    lists = nearest(vectors, cut=_CUT, most=most)
    columns = np.full((size, most), -1, np.int64)
    cosines = np.full((size, most), -1.0, np.float32)
    rows = np.repeat(np.arange(size), np.diff(lists.starts))
    rank = np.arange(len(rows)) - lists.starts[rows]
    columns[rows, rank], cosines[rows, rank] = lists.columns, lists.cosines
    lonely = np.flatnonzero(np.diff(lists.starts) < min(most, size - 1))
    if len(lonely):
        found, near = nearest_among(vectors[lonely], vectors, most + 1)
        for row, others, values in zip(lonely.tolist(), found, near, strict=True):
            keep = np.flatnonzero(others != row)[: min(most, size - 1)]
            columns[row, : len(keep)], cosines[row, : len(keep)] = others[keep], values[keep]
    return Neighbours(columns, np.clip(1 - cosines.astype(np.float64), 0, 2))


def _filled(places: Places) -> Places:
    """Narrow the empty stretches between far islands, along each axis: what is near, and on which side, stays so."""
    found = places.copy()
    for axis in (0, 1):
        values = places[:, axis]
        edges = np.linspace(values.min(), values.max() + 1e-9, _STRETCHES + 1)
        fullness = np.histogram(values, edges)[0].astype(np.float64)
        smooth = np.convolve(
            np.pad(fullness, 2, mode="edge"), _SMOOTHING / _SMOOTHING.sum(), "valid"
        )
        width = np.sqrt(smooth)
        width = width / width.mean() + _NARROWEST
        found[:, axis] = np.interp(values, edges, np.concatenate([[0.0], np.cumsum(width)]))
    return found


def _normalised(places: Places) -> Places:
    """Centre a map, and size it so that nearly all of it is within -1 to 1."""
    middle = places - np.median(places, axis=0)
    far = float(np.quantile(np.abs(middle).max(1), 0.98)) if len(middle) else 1.0
    return middle / (far or 1.0)
