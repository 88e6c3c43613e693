"""How two texts differ whatever crowds they are in: found once, and weighed in each crowd (measures.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import distinct, windows
from dedupe_app.similarity.alignment import LONGEST
from dedupe_app.similarity.answers import find_quotation
from dedupe_app.similarity.crowd import Half
from dedupe_app.similarity.exchanges import find_exchanges
from dedupe_app.similarity.overlap import common
from dedupe_app.similarity.stamps import without_stamps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.records import Comparable, Quotation
    from dedupe_app.similarity.alignment import Alignment, Block
    from dedupe_app.similarity.crowd import Places
    from dedupe_app.similarity.exchanges import Exchange
    from dedupe_app.similarity.overlap import Common


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Two texts and how they differ.

    `words`: those that both have. `blocks`: those of the alignment that say something. `exchanges`, `quotation`:
    see there.
    """

    a: Half
    b: Half
    words: Common
    alignment: Alignment
    blocks: tuple[Block, ...]
    exchanges: tuple[Exchange, ...]
    quotation: Quotation

    @property
    def size_bytes(self) -> int:
        """Return about how much memory what grows with the texts takes."""
        return 2 * self.words.in_a.nbytes + self.a.fresh.nbytes + self.b.fresh.nbytes


def find_differences(
    a: Comparable, b: Comparable, alignment: Alignment, places_a: Places, places_b: Places
) -> Differences:
    """Find how two texts differ in their first 3,000 tokens, which are aligned."""
    words = common(a.words, b.words)
    left = Half(a.tokens, _lacking(a, places_a, words, b, places_b))
    right = Half(b.tokens, _lacking(b, places_b, words.flipped(), a, places_a))
    blocks = without_stamps(left, right, alignment)
    exchanges = find_exchanges(left, right, alignment)
    quotation = find_quotation(a.tokens, b.tokens, alignment)
    return Differences(left, right, words, alignment, blocks, tuple(exchanges), quotation)


def _lacking(
    own: Comparable, places: Places, words: Common, other: Comparable, places_there: Places
) -> NDArray[np.bool_]:
    """Tell which of the first tokens of a text (a) are words that the first tokens of another (b) lack: bool (n,)."""
    there = np.zeros(len(other.words), bool)
    there[places_there.words] = True
    lacking = np.ones(len(own.words), bool)
    lacking[words.in_a] = ~there[words.in_b]
    found = lacking[places.words]
    if not own.tokens.text.isascii() and (singles := _singles(own)).any():
        found |= singles & _unpaired(own, other)
    return found


def _singles(own: Comparable) -> NDArray[np.bool_]:
    """Tell which of the first tokens are single characters of a script without spaces."""
    starts, ends = own.tokens.starts[:LONGEST], own.tokens.ends[:LONGEST]
    single = ends - starts == 1
    single &= ~own.tokens.figures[:LONGEST]
    beside = starts[1:] == ends[:-1]
    beside &= single[1:] & single[:-1]
    return _either_side(beside)


def _unpaired(own: Comparable, other: Comparable) -> NDArray[np.bool_]:
    """Tell which of the first tokens stand in no pair, with the one before or the one after, that the other has.

    In Chinese and Japanese a word mostly has two characters, and each character occurs somewhere in any longer text.
    """
    mine = windows(own.tokens.hashes[:LONGEST], 2)
    if len(other.tokens) < 2:
        return np.ones(len(mine) + 1, bool)
    theirs = distinct(windows(other.tokens.hashes[:LONGEST], 2))
    known = theirs.take(theirs.searchsorted(mine), mode="clip") == mine
    return ~_either_side(known)


def _either_side(gaps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell for each token whether it is so in the gap before or after it: bool (n,) from (n - 1,)."""
    before: NDArray[np.bool_] = np.concatenate([[False], gaps])
    before[:-1] |= gaps
    return before
