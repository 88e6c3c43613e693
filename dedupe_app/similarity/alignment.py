"""Aligns the tokens of two texts and says what was replaced, added, removed; what only moved is not a change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Indel

from dedupe_app.similarity.lookalikes import alike, run_together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.records import Tokens

LONGEST = 3000
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


def align(a: Tokens, b: Tokens) -> Alignment:
    """Align the first 3,000 tokens of two texts (longest common subsequence) and return where they differ."""
    ids_a, ids_b = a.hashes[:LONGEST].tolist(), b.hashes[:LONGEST].tolist()
    raw = _changed_blocks(ids_a, ids_b)
    left_a: Counter[int] = Counter()
    left_b: Counter[int] = Counter()
    for first_a, last_a, first_b, last_b in raw:
        left_a.update(ids_a[first_a:last_a])
        left_b.update(ids_b[first_b:last_b])
    # What is left of a word on the other side as well has only moved.
    unmoved_a = {word for word, count in left_a.items() if count > left_b.get(word, 0)}
    unmoved_b = {word for word, count in left_b.items() if count > left_a.get(word, 0)}
    blocks, lookalikes = [], 0
    for first_a, last_a, first_b, last_b in raw:
        only_a = [i for i in range(first_a, last_a) if ids_a[i] in unmoved_a]
        only_b = [i for i in range(first_b, last_b) if ids_b[i] in unmoved_b]
        if only_a and only_b and max(len(only_a), len(only_b)) <= _LONGEST_BLOCK:
            before = len(only_a)
            only_a, only_b = _without_lookalikes(a, b, only_a, only_b)
            lookalikes += before - len(only_a)
        if only_a or only_b:
            blocks.append(Block(tuple(only_a), tuple(only_b), min(first_a, first_b)))
    return Alignment(
        *(tuple(blocks), tuple(raw), lookalikes, len(ids_a), len(ids_b)),
        _side([block.a for block in blocks]),
        _side([block.b for block in blocks]),
    )


def _side(blocks: list[tuple[int, ...]]) -> Side:
    lengths = [len(block) for block in blocks]
    tokens = np.fromiter(chain.from_iterable(blocks), np.int64, sum(lengths))
    return Side(tokens, np.repeat(np.arange(len(blocks)), lengths), len(blocks))


def _changed_blocks(ids_a: list[int], ids_b: list[int]) -> list[tuple[int, int, int, int]]:
    blocks: list[tuple[int, int, int, int]] = []
    touching = False
    for operation in Indel.opcodes(ids_a, ids_b):
        if operation.tag == "equal":
            touching = False
            continue
        place = (operation.src_start, operation.src_end, operation.dest_start, operation.dest_end)
        if touching:
            first = blocks.pop()
            place = (first[0], place[1], first[2], place[3])
        blocks.append(place)
        touching = True
    return blocks


def _without_lookalikes(
    a: Tokens, b: Tokens, only_a: list[int], only_b: list[int]
) -> tuple[list[int], list[int]]:
    rest_a, rest_b = [], list(only_b)
    for i in only_a:
        word = a.word(i)
        match = next((j for j in rest_b if alike(word, b.word(j))), None)
        if match is None:
            rest_a.append(i)
        else:
            rest_b.remove(match)
    words_a, words_b = [a.word(i) for i in rest_a], [b.word(j) for j in rest_b]
    # A word split in two by a line end or a scanner, or two words run together.
    may_be_one = rest_a and rest_b and (len(rest_a) != len(rest_b) or len(rest_a) == 1)
    return ([], []) if may_be_one and run_together(words_a, words_b) else (rest_a, rest_b)
