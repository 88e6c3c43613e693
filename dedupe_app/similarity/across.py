"""Pairs of vectors above a cut that are of two families: an exact, blocked matrix product. Never decides anything.

Unlike the lists of neighbours.py it keeps every pair: copies of a text do not take the places of its translations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Found = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]

_ROWS, _COLUMNS = 512, 2048


def pairs_across(
    vectors: NDArray[np.float32],
    family: NDArray[np.int64],
    cut: float,
    fresh: NDArray[np.int64] | None = None,
) -> Iterator[tuple[int, Found]]:
    """Yield, block by block, how many rows are done, and the pairs found there: two rows and their cosine, each once.

    Unit vectors (n, d), family (n,): rows of one family are no pair. `fresh`: only pairs with one of these rows,
    ascending; all rows without.
    """
    rows = np.arange(len(vectors)) if fresh is None else fresh
    is_fresh = np.zeros(len(vectors), bool)
    is_fresh[rows] = True
    for first in range(0, len(rows), _ROWS):
        own = rows[first : first + _ROWS]
        for start in range(0, len(vectors), _COLUMNS):
            if fresh is None and start + _COLUMNS <= first:
                continue  # found from the other side
            cosines = vectors[own] @ vectors[start : start + _COLUMNS].T
            hit = np.flatnonzero(cosines >= cut)
            i, j = np.divmod(hit, cosines.shape[1])
            a, b = own[i], j + start
            # Of two fresh rows the first finds the pair.
            wanted = (family[a] != family[b]) & ((b > a) | ~is_fresh[b])
            found = a[wanted], b[wanted], cosines.ravel()[hit[wanted]]
            yield min(first + _ROWS, len(rows)), found
