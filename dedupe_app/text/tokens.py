"""Canonical text to tokens: words, figures, identifiers, single CJK characters. Vectorised; no Python loop per token.

A token is a run of letters and digits. Inside it stand: an underscore (snake_case), an apostrophe between letters,
one of . , : / - between digits (1,234.50, 2024-01-02, 12:30), a hyphen between a letter and a digit (CVE-2024-1).
A comma between digits counts as a full stop, so that 1.234,50 equals 1,234.50. Each CJK, Thai, Lao, Khmer or
Burmese character is a token of its own.
"""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import MULTIPLIER, mix
from dedupe_app.records import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.uint8] | NDArray[np.uint32]

_LETTER, _DIGIT, _SINGLE = 1, 2, 4
_FIGURE_JOINER, _UNDERSCORE, _APOSTROPHE, _HYPHEN = 8, 16, 32, 64
_JOINERS = _FIGURE_JOINER | _UNDERSCORE | _APOSTROPHE
_WORD = _LETTER | _DIGIT
_SINGLE_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF),
                  (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF))  # fmt: skip
# Characters beyond this place in a token share one multiplier: longer tokens are rare and still told apart.
_LONGEST = 64
# Characters hashed at a time; their powers, and the inverses modulo 2**64, stay in the cache.
_BLOCK = 16_384
_ONE = np.ones(1, np.uint64)
_POWERS = np.multiply.accumulate(
    np.concatenate([_ONE, np.full(_BLOCK + _LONGEST, MULTIPLIER, np.uint64)])
)
_INVERSES = np.multiply.accumulate(
    np.concatenate([_ONE, np.full(_BLOCK + _LONGEST, pow(int(MULTIPLIER), -1, 1 << 64), np.uint64)])
)
_BLANK, _MINUS, _COMMA, _STOP = 32, 45, 44, 46
_MINUSES = (0x2D, 0x2212, 0x2013)
# The kind of every code point, filled in when it first occurs: asking for all of them takes a quarter of a second.
_UNKNOWN = 255
_KINDS = np.full(sys.maxunicode + 1, _UNKNOWN, np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class _Split:
    """A text cut into tokens; arrays over its n characters and its t tokens.

    `points`: code points (n,), uint8 for an ASCII text. `kinds` uint8 (n,). `inside` bool (n,): belongs to a token.
    `starts`, `ends` int64 (t,). `figures` bool (t,): holds a digit.
    """

    points: Points
    kinds: NDArray[np.uint8]
    inside: NDArray[np.bool_]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    figures: NDArray[np.bool_]


def tokenise(canonical: str) -> Tokens:
    """Split canonical text into tokens.

    Returns hashes uint64 (n,), starts and ends int32 (n,) into `canonical`, is_figure bool (n,): whether the token
    holds a digit.
    """
    split = _split(canonical)
    return Tokens(
        canonical,
        _hashes(split),
        split.starts.astype(np.int32),
        split.ends.astype(np.int32),
        split.figures,
    )


def joined(tokens: Tokens) -> NDArray[np.uint32]:
    """Return the code points of all tokens with one space between them: uint32 (m,)."""
    split = _split(tokens.text)
    starts, ends = split.starts, split.ends
    chars = split.points[split.inside].astype(np.uint32)
    if not len(starts):
        return chars
    lengths = ends - starts
    places = np.cumsum(lengths[:-1])
    return _with_signs(chars, places, np.full(len(places), _BLANK, np.uint32))


def letters_and_digits(normalised: str) -> bytes:
    """Return what the same-text hash is taken of: letters and digits only, figures kept apart by spaces.

    The separators inside a figure stay (1.50, 12:30), so 1.50 never equals 150; so does its sign, so -5 never equals 5.
    """
    split = _split(normalised)
    first, last = split.starts[split.figures], split.ends[split.figures]
    kept = (split.kinds & (_WORD | _SINGLE)) > 0
    kept |= _joiners_in_figures(split, kept, first, last)
    chars = split.points[kept].astype(np.uint32)
    if not len(first):
        return chars.tobytes()
    before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
    signs = np.full(2 * len(first), _BLANK, np.uint32)
    signs[::2][_is_negative(split, first)] = _MINUS
    places = np.column_stack([before[first], before[last]]).ravel()
    return _with_signs(chars, places, signs).tobytes()


def _with_signs(
    chars: NDArray[np.uint32], places: NDArray[np.int64], signs: NDArray[np.uint32]
) -> NDArray[np.uint32]:
    """Put each sign before the character at its place; places ascend."""
    out = np.empty(len(chars) + len(signs), np.uint32)
    at = places + np.arange(len(places))
    rest = np.ones(len(out), bool)
    rest[at] = False
    out[at] = signs
    out[rest] = chars
    return out


def _joiners_in_figures(
    split: _Split,
    kept: NDArray[np.bool_],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Tell for each character whether it is a sign inside a figure."""
    joiners = split.inside & ~kept
    if len(first):
        at = np.flatnonzero(joiners)
        figure = np.searchsorted(first, at, "right") - 1
        joiners[at[(figure < 0) | (at >= last[figure])]] = False
    else:
        joiners[:] = False
    return joiners


def _is_negative(split: _Split, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for some tokens whether a minus stands right before, and no word right before that."""
    sign = split.points[starts - 1]
    signed = (sign == _MINUSES[0]) | (sign == _MINUSES[1]) | (sign == _MINUSES[2])
    before = split.kinds[np.maximum(starts - 2, 0)]
    negative: NDArray[np.bool_] = signed & (starts > 0)
    negative &= (starts < 2) | ((before & (_WORD | _SINGLE)) == 0)
    return negative


def _hashes(split: _Split) -> NDArray[np.uint64]:
    """Return the hash of each token: the mixed sum of its characters + 1, each times a power of its place.

    Summed over a whole block at once: a token is the difference of two sums, divided by the power of its start.
    """
    hashes = np.empty(len(split.starts), np.uint64)
    tokens = 0
    while tokens < len(split.starts):
        start = int(split.starts[tokens])
        until = int(np.searchsorted(split.starts, start + _BLOCK))
        values = split.points[start : start + _BLOCK + _LONGEST].astype(np.uint64)
        values[values == _COMMA] = _STOP
        values += np.uint64(1)
        values *= _POWERS[: len(values)]
        sums = np.zeros(len(values) + 1, np.uint64)
        np.cumsum(values, out=sums[1:])
        first = split.starts[tokens:until] - start
        last = np.minimum(split.ends[tokens:until] - start, len(values))
        hashes[tokens:until] = (sums[last] - sums[first]) * _INVERSES[first]
        tokens = until
    long = np.flatnonzero(split.ends - split.starts > _LONGEST)
    for token in long.tolist():
        chars = split.points[split.starts[token] : split.ends[token]].astype(np.uint64)
        chars[chars == _COMMA] = _STOP
        powers = _POWERS[np.minimum(np.arange(len(chars)), _LONGEST - 1)]
        hashes[token] = ((chars + np.uint64(1)) * powers).sum()
    return mix(hashes)


@lru_cache(maxsize=2)  # the hash, the tokens and the vector of one text ask one after the other
def _split(text: str) -> _Split:
    points, kinds = _classified(text)
    inside, starts, ends = _boundaries(kinds)
    digits = np.zeros(len(kinds) + 1, np.int32)
    np.cumsum(kinds & _DIGIT, out=digits[1:], dtype=np.int32)
    return _Split(points, kinds, inside, starts, ends, digits[starts] != digits[ends])


def _classified(text: str) -> tuple[Points, NDArray[np.uint8]]:
    if text.isascii():
        data = text.encode("ascii")
        kinds = np.frombuffer(data.translate(_ASCII_KINDS), np.uint8)
        return np.frombuffer(data, np.uint8), kinds
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _KINDS[points]
    if (new := kinds == _UNKNOWN).any():
        for point in set(points[new].tolist()):
            _KINDS[point] = _kind(point)
        kinds = _KINDS[points]
    return points, kinds


def _boundaries(
    kinds: NDArray[np.uint8],
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """Tell which characters belong to tokens, and return start and end of each token."""
    padded = np.zeros(len(kinds) + 2, np.uint8)
    padded[1:-1] = kinds
    inside = (padded & _WORD) > 0
    at = np.flatnonzero((padded & _JOINERS) > 0)
    before, here, after = padded[at - 1], padded[at], padded[at + 1]
    joins = ((here & _UNDERSCORE) > 0) & ((before & _WORD) > 0) & ((after & _WORD) > 0)
    joins |= ((here & _FIGURE_JOINER) > 0) & ((before & _DIGIT) > 0) & ((after & _DIGIT) > 0)
    joins |= ((here & _HYPHEN) > 0) & ((before & _LETTER) > 0) & ((after & _DIGIT) > 0)
    joins |= ((here & _APOSTROPHE) > 0) & ((before & _LETTER) > 0) & ((after & _LETTER) > 0)
    inside[at[joins]] = True
    single = (padded & _SINGLE) > 0
    if not single.any():
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        return inside[1:-1], edges[::2], edges[1::2]
    starts = np.flatnonzero(single[1:-1] | (inside[1:-1] & ~inside[:-2]))
    ends = np.flatnonzero(single[1:-1] | (inside[1:-1] & ~inside[2:])) + 1
    return (single | inside)[1:-1], starts, ends


def _kind(point: int) -> int:
    char = chr(point)
    if char in ".,:/":
        return _FIGURE_JOINER
    if char in "-\u2010\u2011":
        return _FIGURE_JOINER | _HYPHEN
    if char == "_":
        return _UNDERSCORE
    if char == "'":
        return _APOSTROPHE
    category = unicodedata.category(char)
    if category == "Nd":
        return _DIGIT
    if any(first <= point <= last for first, last in _SINGLE_RANGES) or 0x20000 <= point <= 0x3FFFF:
        return _SINGLE if category[0] in "LM" else 0
    return _LETTER if category[0] in "LMN" else 0


_ASCII_KINDS = bytes(_kind(point) for point in range(128)) + bytes(128)
