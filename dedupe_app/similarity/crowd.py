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

from dedupe_app.hashing import count_distinct, windows
from dedupe_app.similarity.alignment import LONGEST
from dedupe_app.similarity.overlap import common, jaccard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
FAMILY_JACCARD = 0.999
FAMILY_FIGURES = 0.97
_NOWHERE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """The crowd of one text: `keys` of its members, and how many of them have each of its shingles.

    `shingles` int32 (m,). `often` float64 (k,): how many of these are 0, 1, 2, ... `closely` looks at the words as
    well: costly, and asked only for pairs that are aligned.
    """

    keys: frozenset[int]
    shingles: NDArray[np.int32]
    often: NDArray[np.float64]
    closely: Callable[[], CloseLook]


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the words and shingles of a text stand: per token, among the distinct ones. The first 3,000 only.

    `words` int64 (n,) of its word, `shingles` int64 (n - 2,) of the shingle that begins there.
    """

    words: NDArray[np.int64]
    shingles: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class CloseLook:
    """How many members of a crowd have each word of a text, int32 (w,), and where its words and shingles stand."""

    words: NDArray[np.int32]
    places: Places


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """One text of a pair. `fresh` bool (n,), over its first tokens: the other text lacks the word altogether."""

    tokens: Tokens
    fresh: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class View(Half):
    """One text of a pair as the comparison sees it in its crowd; all arrays run over its first tokens.

    `weight`: 1 = rare in its crowd, 0.05 = everybody has it. `holders`: how many other members of the crowd have the
    shingle that begins here (shorter by two).
    """

    weight: NDArray[np.float64]
    holders: NDArray[np.int32]

    @property
    def frame(self) -> float:
        """Return the share of the text that at least two others have, word for word: 0-1."""
        return np.count_nonzero(self.holders >= FRAME_HOLDERS) / max(1, len(self.holders))


def may_be_family(a: Comparable, b: Comparable) -> bool:
    """Tell whether two texts are alike enough in length to be surely one."""
    fewer, more = sorted((len(a.shingles), len(b.shingles)))
    return fewer >= FAMILY_JACCARD * more


def is_family(a: Comparable, b: Comparable, shared: int) -> bool:
    """Tell whether two texts are surely one: nearly all shingles and figures are the same.

    `shared`: how many shingles both have. Depends on the two texts alone, so it never changes when others come or go.
    """
    if not may_be_family(a, b) or jaccard(a.shingles, b.shingles, shared) < FAMILY_JACCARD:
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


def build_crowd(
    own: Comparable,
    others: Sequence[int],
    held: Callable[[int], NDArray[np.int64]],
    closely: Callable[[], CloseLook],
) -> Crowd:
    """Count in how many members of the crowd each shingle of a text occurs.

    `held`: the places of the shingles of the text that a member has, too.
    """
    every = np.concatenate([_NOWHERE, *map(held, others)])
    shingles = np.bincount(every, minlength=len(own.shingles)).astype(np.int32)
    often = np.bincount(shingles).astype(np.float64)
    return Crowd(frozenset(others), shingles, often, closely)


def find_places(own: Comparable) -> Places:
    """Find where the words and shingles of a text stand; the crowd does not matter."""
    hashes = own.tokens.hashes[:LONGEST]
    runs = windows(hashes, min(SHINGLE, len(hashes)))
    return Places(own.words.searchsorted(hashes), own.shingles.searchsorted(runs))


def look_closely(
    own: Comparable, others: Sequence[Comparable], places: Places | None = None
) -> CloseLook:
    """Count in how many members of a crowd each word of a text occurs. `places` of the text, if known already."""
    # All at once: one search costs less than thirty.
    every = np.concatenate([own.words[:0], *(other.words for other in others)])
    at = own.words.searchsorted(every)
    at = at[own.words.take(at, mode="clip") == every]
    words = np.bincount(at, minlength=len(own.words)).astype(np.int32)
    return CloseLook(words, places or find_places(own))


def view(
    own: Half,
    crowd: Crowd,
    other: int,
    shingles: NDArray[np.int64],
    words: NDArray[np.int64],
) -> View:
    """Look at the first 3,000 tokens of a text in its crowd, for the comparison with `other`.

    `shingles`, `words`: the places of those that the other text has.
    """
    look = crowd.closely()
    weight = weights(look.words, crowd, other, words)[look.places.words]
    holders = crowd.shingles
    if other in crowd.keys:
        holders = holders.copy()
        holders[shingles] -= 1
    return View(own.tokens, own.fresh, weight, holders[look.places.shingles])


def weights(
    counts: NDArray[np.int32], crowd: Crowd, other: int, shared: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Weigh each word or shingle of a text for the comparison with `other`: 1 = only here, 0.05 = everybody has it.

    w = max(0.05, ln((M+1)/(k+1)) / ln(M+1)) with k = members besides `other` that have it, M = max(members, 10).
    `shared`: the places of those that `other` has.
    """
    inside = other in crowd.keys
    table = _table(crowd, other)
    found = table.take(counts)
    if inside:
        found[shared] = table.take(counts[shared] - 1)
    return found


def weigh_shingles(
    crowd: Crowd, other: int, shared: NDArray[np.int64]
) -> tuple[NDArray[np.float64], float]:
    """Weigh the shingles of a text that `other` has, as `weights` does; and all that it has not, together.

    The sums are exact, in whatever order, because the weights have few digits.
    """
    table = _table(crowd, other)
    counts = crowd.shingles[shared]
    listed = table.take(counts)
    every = float(table[: len(crowd.often)] @ crowd.often)
    mine = table.take(counts - 1) if other in crowd.keys else listed
    return mine, every - float(listed.sum())


def _table(crowd: Crowd, other: int) -> NDArray[np.float64]:
    """Return the weight of what 0, 1, 2, ... members of a crowd have besides `other`."""
    return _weight_table(max(len(crowd.keys) - (other in crowd.keys), SMALLEST_CROWD))


@cache
def _weight_table(size: int) -> NDArray[np.float64]:
    # One more than can be asked for besides the other text: whoever has all has the least.
    logs = [math.log((size + 1) / (k + 1)) / math.log(size + 1) for k in range(size + 1)]
    table = np.array([*logs, 0.0]).clip(LEAST_WEIGHT)
    # Rounded, so that no machine can differ from another.
    return table.astype(np.float32).astype(np.float64)


def _figures_in_common(a: Comparable, b: Comparable) -> float:
    values_a, counts_a = count_distinct(a.tokens.hashes[a.tokens.figures])
    values_b, counts_b = count_distinct(b.tokens.hashes[b.tokens.figures])
    total = int(counts_a.sum() + counts_b.sum())
    if not total:
        return 1.0
    shared = common(values_a, values_b)
    both = int(np.minimum(counts_a[shared.in_a], counts_b[shared.in_b]).sum())
    return both / (total - both)
