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
    return of[found] == values


def jaccard(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    """Return the share of all values that both sets have, 0-1; 0 when both are empty."""
    both = int(members(a, b).sum()) if len(a) <= len(b) else int(members(b, a).sum())
    return both / max(1, len(a) + len(b) - both)
