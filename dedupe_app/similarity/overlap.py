"""Set arithmetic on sorted arrays of hashes. All inputs are sorted, distinct uint64 arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """What two sets share: the places of the same values in either, ascending. int64 (m,) both."""

    in_a: NDArray[np.int64]
    in_b: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the shared values."""
        return len(self.in_a)

    def flipped(self) -> Common:
        """Return the same, seen from the other set."""
        return Common(self.in_b, self.in_a)


def common(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> Common:
    """Find what two sets share."""
    if len(a) > len(b):
        return common(b, a).flipped()
    found = b.searchsorted(a)
    # What is beyond the last of `b` is compared with that, and differs.
    in_a = (b.take(found, mode="clip") == a).nonzero()[0]
    return Common(in_a, found[in_a])


def jaccard(a: NDArray[np.uint64], b: NDArray[np.uint64], shared: int) -> float:
    """Return the share of all values that both sets have, 0-1; 0 when both are empty. `shared`: how many both have."""
    return shared / max(1, len(a) + len(b) - shared)
