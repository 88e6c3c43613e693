"""Candidate pairs from sketches: one text (nearly) inside another, and copies lost in a dense crowd of siblings.

A whole-document vector cannot see an excerpt; rare shingles that two sketches share can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import count_distinct, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# A shingle that more texts have than this says little and would cost their number squared.
MOST_HOLDERS = 32
LEAST_SHARED = 3
LEAST_SHARE = 0.4
# Pairs counted in one step: 4 million are 32 MB.
_PAIRS_AT_ONCE = 4_000_000


def sketch_candidates(sketches: Sequence[tuple[NDArray[np.uint64], int]]) -> NDArray[np.int64]:
    """Return the pairs of texts of which one shares much of its rarer sketch with the other: int64 (m, 2), a < b.

    Counted are the shingles that at most 32 texts have, at the coarser scale of the two sketches; a pair needs three
    of them, and two fifths of those of the poorer text.
    """
    hashes = np.concatenate([kept for kept, _ in sketches]) if sketches else np.zeros(0, np.uint64)
    if not len(hashes):
        return np.zeros((0, 2), np.int64)
    owners = np.repeat(np.arange(len(sketches)), [len(kept) for kept, _ in sketches])
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    holders = np.diff(np.append(starts, len(hashes)))
    a, b, shared = _count_shared(owners, starts, holders, len(sketches))
    rare = np.repeat(holders <= MOST_HOLDERS, holders)
    shifts = np.array([shift for _, shift in sketches])
    coarser = np.maximum(shifts[a], shifts[b])
    poorer = np.zeros(len(a), np.int64)
    for shift in distinct(coarser):
        below = hashes < np.uint64(1) << np.uint64(64 - int(shift))
        counts = np.bincount(owners[rare & below], minlength=len(sketches))
        here = coarser == shift
        poorer[here] = np.minimum(counts[a[here]], counts[b[here]])
    good = (shared >= LEAST_SHARED) & (shared >= LEAST_SHARE * poorer)
    return np.column_stack([a[good], b[good]])


def _count_shared(
    owners: NDArray[np.int64], starts: NDArray[np.int64], holders: NDArray[np.int64], texts: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Count for each pair of texts the shingles that both have, leaving out those of more than MOST_HOLDERS."""
    keys, counts = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for number in range(2, MOST_HOLDERS + 1):
        of = starts[holders == number]
        left, right = np.triu_indices(number, 1)
        step = max(1, _PAIRS_AT_ONCE // len(left))
        for first in range(0, len(of), step):
            who = owners[of[first : first + step, None] + np.arange(number)]
            key, count = count_distinct((who[:, left] * texts + who[:, right]).ravel())
            keys.append(key)
            counts.append(count)
    every, order = np.concatenate(keys), np.argsort(np.concatenate(keys), kind="stable")
    every, count = every[order], np.concatenate(counts)[order]
    if not len(every):
        return every, every, every
    starting = np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]]))
    return every[starting] // texts, every[starting] % texts, np.add.reduceat(count, starting)
