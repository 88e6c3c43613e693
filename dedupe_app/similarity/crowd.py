"""How rare each word and shingle of a text is among the texts around it: its crowd.

What everybody in the crowd has is the frame of a template and says nothing; what only two have says much.
Definition and measurements: the duplicate decision, section 3 (local rarity).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import windows
from dedupe_app.similarity.overlap import jaccard, members

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dedupe_app.records import Comparable, Tokens

# A crowd smaller than this cannot fully discount a token.
SMALLEST_CROWD = 10
# The weight left to what the whole crowd has.
LEAST_WEIGHT = 0.05
# A shingle that this many others have belongs to the frame.
FRAME_HOLDERS = 2
# Tokens in a shingle: as many as in text/fingerprint.py, which made those that come here.
SHINGLE = 3
FAMILY_JACCARD = 0.85
FAMILY_FIGURES = 0.97


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """The crowd of one text: `keys` of its members, and for each of the text's words and shingles how many have it.

    `word_at`, `shingle_at`: for each token of the text the place of its word, and of the shingle that begins there.
    """

    keys: frozenset[int]
    words: NDArray[np.int32]
    shingles: NDArray[np.int32]
    word_at: NDArray[np.int64]
    shingle_at: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One text of a pair as the comparison sees it; all arrays run over its first tokens.

    `weight`: 1 = rare in its crowd, 0.05 = everybody has it. `fresh`: the other text lacks the word altogether.
    `holders`: how many other members of the crowd have the shingle that begins here (shorter by two).
    """

    tokens: Tokens
    weight: NDArray[np.float32]
    fresh: NDArray[np.bool_]
    holders: NDArray[np.int32]

    @property
    def frame(self) -> float:
        """Return the share of the text that at least two others have, word for word: 0-1."""
        return float((self.holders >= FRAME_HOLDERS).mean()) if len(self.holders) else 0.0


def is_family(a: Comparable, b: Comparable) -> bool:
    """Tell whether two texts are surely one: nearly all shingles and figures are the same.

    Depends on the two texts alone, so it never changes when others come or go.
    """
    fewer, more = sorted((len(a.shingles), len(b.shingles)))
    if fewer < FAMILY_JACCARD * more or jaccard(a.shingles, b.shingles) < FAMILY_JACCARD:
        return False
    return _figures_in_common(a, b) >= FAMILY_FIGURES


def crowd_keys(
    key: int, neighbours: Sequence[int], families: Mapping[int, frozenset[int]]
) -> tuple[int, ...]:
    """Choose the crowd of a text: its neighbours without its own family, one of each other family.

    `neighbours` nearest first; `families` maps a text to the texts that are surely the same.
    """
    nobody: frozenset[int] = frozenset()
    taken = {key} | families.get(key, nobody)
    crowd = []
    for neighbour in neighbours:
        if neighbour not in taken:
            crowd.append(neighbour)
            taken |= families.get(neighbour, nobody) | {neighbour}
    return tuple(crowd)


def build_crowd(own: Comparable, others: Sequence[Comparable]) -> Crowd:
    """Count in how many members of the crowd each word and each shingle of a text occurs."""
    words = np.zeros(len(own.words), np.int32)
    shingles = np.zeros(len(own.shingles), np.int32)
    for other in others:
        words += members(own.words, other.words)
        shingles += members(own.shingles, other.shingles)
    hashes = own.tokens.hashes
    return Crowd(
        frozenset(other.key for other in others),
        words,
        shingles,
        np.searchsorted(own.words, hashes),
        np.searchsorted(own.shingles, windows(hashes, min(SHINGLE, len(hashes)))),
    )


def view(
    own: Comparable, other: Comparable, crowd: Crowd, in_other: NDArray[np.bool_], longest: int
) -> View:
    """Look at the first `longest` tokens of a text from another; `in_other`: which of its shingles the other has."""
    shared = members(own.words, other.words)
    weight = weights(crowd.words, crowd, other.key, shared)[crowd.word_at[:longest]]
    if max(len(own.tokens), len(other.tokens)) <= longest:
        fresh = ~shared[crowd.word_at]
    else:
        fresh = ~members(own.tokens.hashes[:longest], np.unique(other.tokens.hashes[:longest]))
    holders = crowd.shingles
    if other.key in crowd.keys:
        holders = np.maximum(holders - in_other, 0)
    return View(
        own.tokens, weight, fresh, holders[crowd.shingle_at[: max(0, longest - SHINGLE + 1)]]
    )


def weights(
    counts: NDArray[np.int32], crowd: Crowd, other: int, shared: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Weigh each word or shingle of a text for the comparison with `other`: 1 = only here, 0.05 = everybody has it.

    w = max(0.05, ln((M+1)/(k+1)) / ln(M+1)) with k = members besides `other` that have it, M = max(members, 10).
    `shared`: which of them `other` has.
    """
    size, k = len(crowd.keys), counts
    if other in crowd.keys:
        size, k = size - 1, np.maximum(counts - shared, 0)
    table = _weight_table(max(size, SMALLEST_CROWD))
    return table[k]


@cache
def _weight_table(size: int) -> NDArray[np.float32]:
    k = np.arange(size + 1)
    return np.maximum(LEAST_WEIGHT, np.log((size + 1) / (k + 1)) / math.log(size + 1)).astype(
        np.float32
    )


def _figures_in_common(a: Comparable, b: Comparable) -> float:
    values_a, counts_a = np.unique(a.tokens.hashes[a.tokens.figures], return_counts=True)
    values_b, counts_b = np.unique(b.tokens.hashes[b.tokens.figures], return_counts=True)
    total = int(counts_a.sum() + counts_b.sum())
    if not total:
        return 1.0
    _, at_a, at_b = np.intersect1d(values_a, values_b, assume_unique=True, return_indices=True)
    both = int(np.minimum(counts_a[at_a], counts_b[at_b]).sum())
    return both / (total - both)
