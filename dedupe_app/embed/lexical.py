"""The built-in embedder: 256 signed-hash features of characters and words. No model, no learning, no network.

It finds copies (same wording); it knows nothing of meaning. Version 1 of the space is fixed by the constants here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dedupe_app.hashing import MULTIPLIER, count_distinct, mix, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SPACE = "lexical-1"
DIMENSIONS = 256
LONGEST_CHARS = 65_000
LONGEST_TOKENS = 14_000
_CHARS = 4
_SALT_CHARS, _SALT_WORDS, _SALT_PAIRS = np.uint64(31676), np.uint64(101), np.uint64(202)
_BUCKET_SHIFT, _SIGN_SHIFT, _SIGN_BIT = np.uint64(20), np.uint64(63), np.uint64(8)
_PEAK = 127
_BYTE = 256
# All pairs of bytes, first and second, in the order of the number that they are in memory.
_BYTE_PAIRS = np.arange(_BYTE**2, dtype=np.uint16).view(np.uint8).reshape(-1, 2).T
_SQUARE = np.uint64(pow(int(MULTIPLIER), 2, 1 << 64))
_HALF, _NEARLY = 0.5, 1e-6
_FIRST_LETTERS = np.arange(_BYTE, dtype=np.uint64)
# What a feature weighs that occurs 0, 1, 2, ... times.
_WEIGHTS = 1 + np.log(np.arange(LONGEST_CHARS + 1).clip(1))
_Kind = TypeVar("_Kind", bound=np.generic)


def lexical_vector(chars: NDArray[Any], words: NDArray[np.uint64]) -> NDArray[np.int8]:
    """Return the lexical vector of one text: int8 (256,), all zero for an empty text.

    `chars`: code points of the tokens with one space between (any whole numbers), `words`: token hashes (uint64).
    Features are runs of 4 characters, words and pairs of words; weight 1 + ln(count); bucket and sign come from the
    mixed hash (feature hashing, Weinberger et al. 2009). The sum is scaled so that its largest component is 127 and
    rounded:
    a dot product of two such vectors is a whole number below 2**24, so float32 computes it exactly, in any order and
    on any device. Long texts are sampled: first half, middle and end quarters.
    """
    words = _sampled(words, LONGEST_TOKENS)
    pairs = words[:-1] * np.uint64(3)
    pairs += words[1:] * MULTIPLIER
    features = (
        _runs(_sampled(chars, LONGEST_CHARS)),
        _counted(words, _SALT_WORDS),
        _counted(pairs, _SALT_PAIRS),
    )
    hashes, counts = (np.concatenate(each) for each in zip(*features, strict=True))
    scaled = _scaled(hashes, counts)
    rounded = np.rint(scaled)
    if (np.abs(scaled - rounded) > _HALF - _NEARLY).any():
        # The sum of fractions depends on their order, and so may the rounding of such a number: here it never does.
        rounded = np.rint(_scaled_in_order([_sorted(*feature) for feature in features]))
    return rounded.astype(np.int8)


def _scaled(hashes: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Add up features, and scale the sum so that its largest component is 127."""
    places = hashes >> _BUCKET_SHIFT
    places &= np.uint64(DIMENSIONS - 1)
    places |= (hashes >> _SIGN_SHIFT) << _SIGN_BIT
    sums: NDArray[np.float64] = np.bincount(
        places.view(np.int64), _WEIGHTS[counts], 2 * DIMENSIONS
    ).astype(np.float64)  # of nothing at all, whole numbers come out
    return _to_peak(sums[:DIMENSIONS] - sums[DIMENSIONS:])


def _scaled_in_order(
    features: Sequence[tuple[NDArray[np.uint64], NDArray[np.int64]]],
) -> NDArray[np.float64]:
    """Do the same feature by feature, in the order that version 1 was first made in."""
    total = np.zeros(DIMENSIONS, np.float64)
    for hashes, counts in features:
        signs = 1.0 - 2.0 * (hashes >> _SIGN_SHIFT)
        buckets = ((hashes >> _BUCKET_SHIFT) & np.uint64(DIMENSIONS - 1)).astype(np.int64)
        total += np.bincount(buckets, signs * _WEIGHTS[counts], DIMENSIONS)
    return _to_peak(total)


def _to_peak(total: NDArray[np.float64]) -> NDArray[np.float64]:
    peak = float(np.abs(total).max())
    return total * (_PEAK / peak) if peak else total


def _sorted(
    hashes: NDArray[np.uint64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    order = np.argsort(hashes)
    return hashes[order], counts[order]


def _counted(
    values: NDArray[np.uint64], salt: np.uint64
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hashes of the distinct values (m,), and how often each occurs (m,)."""
    different, counts = count_distinct(values)
    return mix(different + salt), counts


def _runs(chars: NDArray[Any]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hashes of the distinct runs of 4 characters (m,), and how often each occurs (m,)."""
    letters, places = _alphabet(chars)
    if len(chars) < _CHARS or len(letters) > _BYTE:
        every = windows(chars.astype(np.uint64) + np.uint64(1), _CHARS)
        return count_distinct(mix(every + _SALT_CHARS))
    # Four bytes are one number: a run is sorted as such, and hashed once however often it occurs.
    codes = np.empty(len(places) - _CHARS + 1, np.uint32)
    for offset in range(_CHARS):
        part = codes[offset::_CHARS]
        part[:] = places[offset : offset + _CHARS * len(part)].view(np.uint32)
    runs, counts = count_distinct(codes)
    hashed_pairs = _hashed_pairs(len(letters), letters.tobytes())
    halves = runs.view(np.uint16)
    hashes = hashed_pairs[halves[::2]]
    hashes *= _SQUARE
    hashes += hashed_pairs[halves[1::2]]
    return mix(mix(hashes) + _SALT_CHARS), counts


@lru_cache(maxsize=4)
def _hashed_pairs(count: int, letters: bytes) -> NDArray[np.uint64]:
    """Return what each pair of letters counts in a hash as of hashing.windows, by the number that their places are."""
    values = np.zeros(_BYTE, np.uint64)
    values[:count] = np.frombuffer(letters, np.uint64) + np.uint64(1)
    hashed: NDArray[np.uint64] = values[_BYTE_PAIRS[0]] * MULTIPLIER + values[_BYTE_PAIRS[1]]
    return hashed


def _alphabet(chars: NDArray[Any]) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Return the different characters of a text, and for each character its place among them.

    Of a text with none but the first 256 characters, these; of one with more than 256 different ones, nothing useful.
    """
    if chars.dtype == np.uint8 or int(chars.max(initial=0)) < _BYTE:
        return _FIRST_LETTERS, chars.astype(np.uint8)
    most = int(chars.max())
    seen = np.zeros(most + 1, bool)
    seen[chars] = True
    letters = np.flatnonzero(seen)
    place = np.zeros(most + 1, np.uint8)
    place[letters] = np.arange(len(letters)).astype(np.uint8)
    return letters.astype(np.uint64), place[chars]


def _sampled(values: NDArray[_Kind], most: int) -> NDArray[_Kind]:
    if len(values) <= most:
        return values
    quarter, middle = most // 4, len(values) // 2
    return np.concatenate(
        [values[: 2 * quarter], values[middle : middle + quarter], values[-quarter:]]
    )
