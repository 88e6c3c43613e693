"""The built-in embedder: 256 signed-hash features of characters and words. No model, no learning, no network.

It finds copies (same wording); it knows nothing of meaning. Version 1 of the space is fixed by the constants here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dedupe_app.hashing import MULTIPLIER, mix, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPACE = "lexical-1"
DIMENSIONS = 256
LONGEST_CHARS = 65_000
LONGEST_TOKENS = 14_000
_CHARS = 4
_SALT_CHARS, _SALT_WORDS, _SALT_PAIRS = np.uint64(31676), np.uint64(101), np.uint64(202)
_BUCKET_SHIFT, _SIGN_SHIFT = np.uint64(20), np.uint64(63)
_PEAK = 127
_Kind = TypeVar("_Kind", bound=np.generic)


def lexical_vector(chars: NDArray[np.uint32], words: NDArray[np.uint64]) -> NDArray[np.int8]:
    """Return the lexical vector of one text: int8 (256,), all zero for an empty text.

    `chars`: code points of the tokens with one space between (uint32), `words`: token hashes (uint64). Features are
    runs of 4 characters, words and pairs of words; weight 1 + ln(count); bucket and sign come from the mixed hash
    (feature hashing, Weinberger et al. 2009). The sum is scaled so that its largest component is 127 and rounded:
    a dot product of two such vectors is a whole number below 2**24, so float32 computes it exactly, in any order and
    on any device. Long texts are sampled: first half, middle and end quarters.
    """
    total = np.zeros(DIMENSIONS, np.float64)
    words = _sampled(words, LONGEST_TOKENS)
    features = (
        windows(_sampled(chars, LONGEST_CHARS).astype(np.uint64) + np.uint64(1), _CHARS)
        + _SALT_CHARS,
        words + _SALT_WORDS,
        words[:-1] * np.uint64(3) + words[1:] * MULTIPLIER + _SALT_PAIRS,
    )
    for feature in features:
        hashes, counts = np.unique(mix(feature), return_counts=True)
        signs = np.where((hashes >> _SIGN_SHIFT).astype(bool), -1.0, 1.0)
        buckets = ((hashes >> _BUCKET_SHIFT) % np.uint64(DIMENSIONS)).astype(np.int64)
        total += np.bincount(buckets, signs * (1 + np.log(counts)), DIMENSIONS)
    peak = float(np.abs(total).max())
    if peak == 0:
        return np.zeros(DIMENSIONS, np.int8)
    return np.rint(total * (_PEAK / peak)).astype(np.int8)


def _sampled(values: NDArray[_Kind], most: int) -> NDArray[_Kind]:
    if len(values) <= most:
        return values
    quarter, middle = most // 4, len(values) // 2
    return np.concatenate(
        [values[: 2 * quarter], values[middle : middle + quarter], values[-quarter:]]
    )
