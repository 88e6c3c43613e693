"""The hash functions that stored fingerprints depend on. Never change a constant: add a new version.

All arithmetic is modulo 2**64 on numpy uint64 arrays, so results are the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# 2**64 divided by the golden ratio, made odd: the multiplier of the polynomial hashes.
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble each value so that every bit depends on every other (the rrxmrrxmsx finaliser family).

    uint64 in, uint64 of the same shape out; a bijection, so equal only for equal input.
    """
    h = values >> _SHIFT
    h ^= values
    h *= _MIX
    h ^= h >> _SHIFT
    h *= _MIX
    h ^= h >> _SHIFT
    return h


def windows(values: NDArray[np.uint64], length: int) -> NDArray[np.uint64]:
    """Hash every run of `length` consecutive values.

    uint64 (n,) in, uint64 (max(0, n - length + 1),) out: mixed polynomial hash of each window.
    """
    count = len(values) - length + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    h = values[:count].copy()
    for offset in range(1, length):
        h *= MULTIPLIER
        h += values[offset : offset + count]
    return mix(h)


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return the distinct values, sorted. Any whole numbers (n,) in; the same dtype (m,) out."""
    ordered = np.sort(values)
    return ordered[_beginnings(ordered)]


def count_distinct(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the distinct values, sorted, and how often each occurs. A third faster than np.unique.

    Any whole numbers (n,) in; the same dtype (m,) and int64 (m,) out.
    """
    ordered = np.sort(values)
    places = _beginnings(ordered)
    counts = np.empty(len(places), np.int64)
    np.subtract(places[1:], places[:-1], out=counts[:-1])
    counts[-1:] = len(ordered) - places[-1:]
    return ordered[places], counts


def _beginnings(ordered: NDArray[Any]) -> NDArray[np.int64]:
    """Return where another value begins."""
    first = np.empty(len(ordered), bool)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first.nonzero()[0]
