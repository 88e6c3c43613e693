"""Candidate pairs from sketches, kept up to date as texts come and go: the same as if all were counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import count_distinct, distinct
from dedupe_app.similarity.sketches import (
    LEAST_SHARE,
    LEAST_SHARED,
    MOST_HOLDERS,
    sketch_candidates,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Sketch = tuple[NDArray[np.uint64], int]


class SketchIndex:
    """All sketches of some texts by their hashes, and the pairs that follow. 12 bytes for each hash of a sketch.

    `pairs` int64 (m, 2): numbers of texts, the smaller first, in no order.
    """

    def __init__(self, sketches: Mapping[int, Sketch]) -> None:
        """Count all pairs; texts have numbers below 2**31."""
        numbers = np.array(list(sketches), np.int64)
        kept = [sketch for sketch, _ in sketches.values()]
        hashes = np.concatenate(kept) if kept else np.zeros(0, np.uint64)
        owners = np.repeat(numbers, [len(sketch) for sketch in kept]).astype(np.int32)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._owners = hashes[order], owners[order]
        self._shifts = {number: shift for number, (_, shift) in sketches.items()}
        self.pairs = np.sort(numbers[sketch_candidates(list(sketches.values()))], axis=1)

    def change(self, gone: set[int], new: Mapping[int, Sketch]) -> NDArray[np.int64]:
        """Take texts out and in; return the texts whose pairs may be others now, sorted.

        Whether a shingle is rare depends on how many have it. Where that tips, all who have it are counted again.
        """
        leaving = np.isin(self._owners, np.array(sorted(gone), np.int32))
        lost = self._hashes[leaving]
        self._hashes, self._owners = self._hashes[~leaving], self._owners[~leaving]
        came = np.concatenate([np.zeros(0, np.uint64), *(sketch for sketch, _ in new.values())])
        owners = np.repeat(
            np.array(list(new), np.int32), [len(sketch) for sketch, _ in new.values()]
        )
        places = np.searchsorted(self._hashes, came)
        order = np.argsort(came, kind="stable")
        self._hashes = np.insert(self._hashes, places[order], came[order])
        self._owners = np.insert(self._owners, places[order], owners[order])
        for number in gone:
            del self._shifts[number]
        self._shifts |= {number: shift for number, (_, shift) in new.items()}
        affected = np.union1d(self._tipped(lost, came), np.array(list(new), np.int64))
        stale = np.isin(self.pairs, np.concatenate([affected, np.array(sorted(gone), np.int64)]))
        self.pairs = np.concatenate([self.pairs[~stale.any(axis=1)], self._pairs_of(affected)])
        return affected

    def _tipped(self, lost: NDArray[np.uint64], came: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the texts with a shingle that was rare and is not any more, or the other way round."""
        values = distinct(np.concatenate([lost, came]))
        first, last = self._range(values)
        now = last - first
        before = now + _count(values, lost) - _count(values, came)
        tipped = np.flatnonzero((now <= MOST_HOLDERS) != (before <= MOST_HOLDERS))
        return np.unique(self._owners[_expanded(first[tipped], now[tipped])[1]]).astype(np.int64)

    def _pairs_of(self, texts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count what some texts share with all others; the pairs that share enough."""
        own, hashes = self._sketches(texts)
        first, last = self._range(hashes)
        holders = last - first
        rare = np.flatnonzero(holders <= MOST_HOLDERS)
        which, at = _expanded(first[rare], holders[rare])
        one, other = own[rare[which]], self._owners[at].astype(np.int64)
        pair = np.stack([np.minimum(one, other), np.maximum(one, other)])[:, one != other]
        keys, shared = count_distinct(
            (pair[0].astype(np.uint64) << np.uint64(32)) | pair[1].astype(np.uint64)
        )
        a = (keys >> np.uint64(32)).astype(np.int64)
        b = (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
        # A pair of two of them was met from both sides.
        shared = shared // (1 + (np.isin(a, texts) & np.isin(b, texts)))
        enough = shared >= LEAST_SHARED
        a, b, shared = a[enough], b[enough], shared[enough]
        good = shared >= LEAST_SHARE * self._poorer(a, b)
        return np.column_stack([a[good], b[good]])

    def _poorer(self, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count the rare shingles of the poorer text of each pair, at the coarser of both scales."""
        texts = np.union1d(a, b)
        own, hashes = self._sketches(texts)
        first, last = self._range(hashes)
        rare = last - first <= MOST_HOLDERS
        place = np.searchsorted(texts, own)
        shifts = np.array([self._shifts[text] for text in texts.tolist()], np.int64)
        at_a, at_b = np.searchsorted(texts, a), np.searchsorted(texts, b)
        coarser = np.maximum(shifts[at_a], shifts[at_b])
        poorer = np.zeros(len(a), np.int64)
        for shift in np.unique(coarser):
            below = hashes < np.uint64(1) << np.uint64(64 - int(shift))
            counts = np.bincount(place[rare & below], minlength=len(texts))
            here = coarser == shift
            poorer[here] = np.minimum(counts[at_a[here]], counts[at_b[here]])
        return poorer

    def _sketches(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        mine = np.isin(self._owners, texts.astype(np.int32))
        return self._owners[mine].astype(np.int64), self._hashes[mine]

    def _range(self, values: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return (
            np.searchsorted(self._hashes, values, "left"),
            np.searchsorted(self._hashes, values, "right"),
        )


def _count(values: NDArray[np.uint64], among: NDArray[np.uint64]) -> NDArray[np.int64]:
    ordered = np.sort(among)
    counts: NDArray[np.int64] = np.searchsorted(ordered, values, "right") - np.searchsorted(
        ordered, values, "left"
    )
    return counts


def _expanded(
    first: NDArray[np.int64], lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all places of some ranges, and for each place the number of its range."""
    which = np.repeat(np.arange(len(first)), lengths)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return which, first[which] + offset
