"""Aligns the tokens of two texts and says what was replaced, added, removed; what only moved is not a change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Indel

from dedupe_app.hashing import distinct
from dedupe_app.similarity.lookalikes import alike, run_together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.records import Tokens

LONGEST = 3000
# Words that are numbered are written as characters, and from here on there are none.
MOST_WORDS = 0xD800
# Look-alikes are sought in blocks of at most this many tokens: longer ones were rewritten, not misread.
_LONGEST_BLOCK = 12


@dataclass(frozen=True, slots=True)
class Block:
    """One place where two texts differ: the token numbers on both sides that have no counterpart, and where.

    `at` is the smaller token number at which the block starts.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    at: int


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """All tokens of one text that have no counterpart: `tokens` int64 (m,), and the block of each, `block` (m,)."""

    tokens: NDArray[np.int64]
    block: NDArray[np.int64]
    blocks: int

    def sums(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up the weights of the tokens of each block: float64 (blocks,)."""
        added: NDArray[np.float64] = np.bincount(
            self.block, weight[self.tokens], self.blocks
        ).astype(np.float64)  # of nothing at all, whole numbers come out
        return added


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """Where two token sequences differ, and how many tokens were paired as look-alikes.

    `regions`: the differing stretches as they are, moved text and look-alikes included: start and end in a and in b.
    `only_a`, `only_b`: the tokens of all blocks, on either side.
    """

    blocks: tuple[Block, ...]
    regions: tuple[tuple[int, int, int, int], ...]
    lookalikes: int
    length_a: int
    length_b: int
    only_a: Side
    only_b: Side


def align(
    a: Tokens, b: Tokens, words: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None
) -> Alignment:
    """Align the first 3,000 tokens of two texts (longest common subsequence) and return where they differ.

    `words`: the words of these tokens as numbers below MOST_WORDS, the same for the same word, if they are known: int64
    (n,).
    """
    ids_a, ids_b = words or _numbered(a.hashes[:LONGEST], b.hashes[:LONGEST])
    places = _changed_regions(ids_a, ids_b)
    regions = np.array(places, np.int64).reshape(-1, 4)
    left_a, left_b = _inside(regions[:, :2], len(ids_a)), _inside(regions[:, 2:], len(ids_b))
    words_in_all = 1 + int(max(ids_a.max(initial=0), ids_b.max(initial=0)))
    counts_a = np.bincount(ids_a[left_a], minlength=words_in_all)
    counts_b = np.bincount(ids_b[left_b], minlength=words_in_all)
    # What is left of a word on the other side as well has only moved.
    unmoved_a = left_a[(counts_a > counts_b)[ids_a[left_a]]]
    unmoved_b = left_b[(counts_b > counts_a)[ids_b[left_b]]]
    cuts_a = unmoved_a.searchsorted(regions[:, :2]).tolist()
    cuts_b = unmoved_b.searchsorted(regions[:, 2:]).tolist()
    every_a, every_b = unmoved_a.tolist(), unmoved_b.tolist()
    blocks, lookalikes = [], 0
    for place, cut_a, cut_b in zip(places, cuts_a, cuts_b, strict=True):
        only_a, only_b = every_a[slice(*cut_a)], every_b[slice(*cut_b)]
        if only_a and only_b and max(len(only_a), len(only_b)) <= _LONGEST_BLOCK:
            before = len(only_a)
            only_a, only_b = _without_lookalikes(a, b, only_a, only_b)
            lookalikes += before - len(only_a)
        if only_a or only_b:
            blocks.append(Block(tuple(only_a), tuple(only_b), min(place[0], place[2])))
    return Alignment(
        *(tuple(blocks), tuple(places), lookalikes, len(ids_a), len(ids_b)),
        _side([block.a for block in blocks]),
        _side([block.b for block in blocks]),
    )


def _numbered(
    a: NDArray[np.uint64], b: NDArray[np.uint64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    known = distinct(np.concatenate([a, b]))
    return known.searchsorted(a), known.searchsorted(b)


def _inside(spans: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Return all numbers that lie in spans, which ascend and do not touch: int64 (m,)."""
    filled = spans[spans[:, 0] < spans[:, 1]]
    edges = np.zeros(length + 1, np.int8)
    edges[filled[:, 0]] = 1
    edges[filled[:, 1]] = -1
    return np.cumsum(edges, dtype=np.int8).nonzero()[0]


def _side(blocks: list[tuple[int, ...]]) -> Side:
    lengths = [len(block) for block in blocks]
    tokens = np.fromiter(chain.from_iterable(blocks), np.int64, sum(lengths))
    return Side(tokens, np.repeat(np.arange(len(blocks)), lengths), len(blocks))


def _changed_regions(
    ids_a: NDArray[np.int64], ids_b: NDArray[np.int64]
) -> list[tuple[int, int, int, int]]:
    """Return start and end, in a and in b, of what lies between what both have."""
    regions = []
    last_a = last_b = 0
    for block in Indel.opcodes(_as_text(ids_a), _as_text(ids_b)).as_matching_blocks():
        if block.a > last_a or block.b > last_b:
            regions.append((last_a, block.a, last_b, block.b))
        last_a, last_b = block.a + block.size, block.b + block.size
    return regions


def _as_text(ids: NDArray[np.int64]) -> str:
    """Write numbers as characters: compared twice as fast as a list."""
    return ids.astype("<u4").tobytes().decode("utf-32-le")


def _without_lookalikes(
    a: Tokens, b: Tokens, only_a: list[int], only_b: list[int]
) -> tuple[list[int], list[int]]:
    rest_a, rest_b = [], list(only_b)
    theirs = {j: b.word(j) for j in only_b}
    for i in only_a:
        word = a.word(i)
        match = next((j for j in rest_b if alike(word, theirs[j])), None)
        if match is None:
            rest_a.append(i)
        else:
            rest_b.remove(match)
    words_a, words_b = [a.word(i) for i in rest_a], [theirs[j] for j in rest_b]
    # A word split in two by a line end or a scanner, or two words run together.
    may_be_one = rest_a and rest_b and (len(rest_a) != len(rest_b) or len(rest_a) == 1)
    return ([], []) if may_be_one and run_together(words_a, words_b) else (rest_a, rest_b)
