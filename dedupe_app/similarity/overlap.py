"""Set arithmetic on sorted arrays of hashes. All inputs are sorted, distinct uint64 arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def members(values: NDArray[np.uint64], of: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Tell for each of `values` whether it is in `of`: bool (len(values),)."""
    if not len(of):
        return np.zeros(len(values), bool)
    found = np.searchsorted(of, values)
    found[found == len(of)] = 0
    return np.equal(of[found], values)


def overlap(
    a: NDArray[np.uint64], b: NDArray[np.uint64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell for each value of `a` whether it is in `b`, and the other way round; one search for both."""
    if len(a) > len(b):
        in_a, in_b = overlap(b, a)
        return in_b, in_a
    in_a = np.zeros(len(b), bool)
    if not len(a):
        return np.zeros(0, bool), in_a
    found = np.searchsorted(b, a)
    found[found == len(b)] = 0
    in_b = b[found] == a
    in_a[found[in_b]] = True
    return in_b, in_a


def jaccard(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    """Return the share of all values that both sets have, 0-1; 0 when both are empty."""
    both = int(members(a, b).sum()) if len(a) <= len(b) else int(members(b, a).sum())
    return both / max(1, len(a) + len(b) - both)
