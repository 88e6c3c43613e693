"""Tells when the subject itself was exchanged throughout: audio for video, one party for another.

A letter that a scanner misreads again and again is no other word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.similarity.lookalikes import confusion, folded
from dedupe_app.similarity.slots import LONGEST_SLOT
from dedupe_app.similarity.stamps import LONGEST_STAMP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from dedupe_app.records import Tokens
    from dedupe_app.similarity.alignment import Alignment
    from dedupe_app.similarity.crowd import Half

NEARLY_EVERYWHERE = 0.5
# One letter for another may be another name (dgemm, sgemm); so many different ones are a scanner's.
FEWEST_CONFUSIONS = 4
# Within so many letters before a word of an address stands the end of its protocol.
LONGEST_ADDRESS = 200
_PROTOCOL_END = "://"
_BLANK = re.compile(r"[\s<>\"']")
# "we'll" for "we will" renames nobody.
_CONTRACTED = re.compile(r".+'(?:d|ll|m|re|s|t|ve)")
# A name with a number in it: sha256sum, md5.
_NAME = re.compile(r"[^\W\d_]{2,}\d+[^\W\d_]*")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word that another text has another word for, again and again, and (mostly) instead of it.

    `times`: how often; `at`: where first; `fresh_a`, `fresh_b`: the other text lacks it altogether.
    """

    times: int
    at: int
    fresh_a: bool
    fresh_b: bool


def find_exchanges(a: Half, b: Half, alignment: Alignment) -> list[Exchange]:
    """Find the words that are exchanged at least twice.

    One or the other text has only one of both, or they are exchanged nearly wherever they stand.
    """
    opposite = _find_opposite(a, b, alignment)
    found: list[Exchange] = []
    confused: list[bool] = []
    for everywhere in opposite:
        if len(everywhere) < 2:
            continue
        i, j = everywhere[0]
        one, other = a.tokens.word(i), b.tokens.word(j)
        if (
            folded(one) == folded(other)
            or _CONTRACTED.fullmatch(one)
            or _CONTRACTED.fullmatch(other)
        ):
            continue
        places = [
            (i, j)
            for i, j in everywhere
            if not (_is_address(a.tokens, i) and _is_address(b.tokens, j))
        ]
        count = len(places)
        if count < 2:
            continue
        i, j = places[0]
        exchange = Exchange(count, min(i, j), bool(a.fresh[i]), bool(b.fresh[j]))
        if (
            exchange.fresh_a
            or exchange.fresh_b
            or count >= NEARLY_EVERYWHERE * max(_times(a.tokens, i), _times(b.tokens, j))
        ):
            found.append(exchange)
            confused.append(confusion(a.tokens.word(i), b.tokens.word(j)) is not None)
    if any(confused) and _is_scanned(a, b, (places[0] for places in opposite)):
        return [
            exchange
            for exchange, is_confused in zip(found, confused, strict=True)
            if not is_confused
        ]
    return found


def _find_opposite(a: Half, b: Half, alignment: Alignment) -> list[list[tuple[int, int]]]:
    """Find for each two words that stand against each other where they do."""
    left, right = a.tokens, b.tokens
    places = [place for region in alignment.regions for place in _opposite(a, b, region)]
    if len(places) < 2:
        return []
    found: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    at_a, at_b = np.array(places).T
    # Figures have slots; and sections are renumbered when others come before them.
    named = np.flatnonzero(~(_pure_figures(left, at_a) & _pure_figures(right, at_b)))
    ids_a, ids_b = left.hashes[at_a[named]].tolist(), right.hashes[at_b[named]].tolist()
    for pair, place in zip(zip(ids_a, ids_b, strict=True), named.tolist(), strict=True):
        found[pair].append(places[place])
    return list(found.values())


def _opposite(a: Half, b: Half, region: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    first_a, last_a, first_b, last_b = region
    length_a, length_b = last_a - first_a, last_b - first_b
    if length_a == length_b <= LONGEST_SLOT:
        yield from zip(range(first_a, last_a), range(first_b, last_b), strict=True)
    elif 0 < length_a <= LONGEST_STAMP and 0 < length_b <= LONGEST_STAMP:
        yield from (
            (i, j)
            for i in range(first_a, last_a)
            for j in range(first_b, last_b)
            if not _is_part(a.tokens.word(i), b.tokens.word(j))
        )


def _is_part(one: str, other: str) -> bool:
    """Tell whether one word begins or ends with the other, as the halves of a word do: docu, mentation."""
    part, whole = sorted((one, other), key=len)
    return part.isalpha() and whole.isalpha() and (whole.startswith(part) or whole.endswith(part))


def _is_address(tokens: Tokens, at: int) -> bool:
    """Tell whether a word stands in the address of a page, which moves without becoming another."""
    start, end = int(tokens.starts[at]), int(tokens.ends[at])
    before = _BLANK.split(tokens.text[max(0, start - LONGEST_ADDRESS) : start])[-1]
    after = tokens.text[end : end + len(_PROTOCOL_END)]
    return _PROTOCOL_END in before or after == _PROTOCOL_END


def _is_scanned(a: Half, b: Half, opposite: Iterable[tuple[int, int]]) -> bool:
    """Tell whether so many different letters were confused that it was a machine that misread them."""
    letters = {confusion(a.tokens.word(i), b.tokens.word(j)) for i, j in opposite}
    return len(letters - {None}) >= FEWEST_CONFUSIONS


def _pure_figures(tokens: Tokens, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which tokens are figures and no names with a number in them."""
    found = tokens.figures[at].copy()
    for k in np.flatnonzero(found).tolist():
        found[k] = not _NAME.fullmatch(tokens.word(int(at[k])))
    return found


def _times(tokens: Tokens, token: int) -> int:
    """Count how often the word stands in the text."""
    return int(np.count_nonzero(tokens.hashes == tokens.hashes[token]))
