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

LETTER, _DIGIT, SINGLE = 1, 2, 4
_FIGURE_JOINER, _UNDERSCORE, _APOSTROPHE, HYPHEN = 8, 16, 32, 64
_SIGN = 128
_JOINERS = _FIGURE_JOINER | _UNDERSCORE | _APOSTROPHE
_WORD = LETTER | _DIGIT
ANY_WORD = _WORD | SINGLE
# The kinds before, of and after a sign that may join are one number below 256.
_ANY_JOINER = _FIGURE_JOINER | _UNDERSCORE | _APOSTROPHE | HYPHEN
_JOINER_SHIFT, _AFTER_SHIFT = 1, 6
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
BLANK, _COMMA, _STOP = map(ord, " ,.")
# The kind of every code point, filled in when it first occurs: asking for all of them takes a quarter of a second.
_UNKNOWN = 255
_KINDS = np.full(sys.maxunicode + 1, _UNKNOWN, np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A text cut into tokens; arrays over its n characters and its t tokens.

    `points`: code points (n,), uint8 for an ASCII text. `kinds` uint8 (n,). `inside` bool (n,): belongs to a token.
    `joints` int64 (j,): where a sign joins two parts of a token. `starts`, `ends` int64 (t,). `figures` bool (t,):
    holds a digit. `has_singles`: some characters are tokens of their own.
    """

    points: Points
    kinds: NDArray[np.uint8]
    inside: NDArray[np.bool_]
    joints: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    figures: NDArray[np.bool_]
    has_singles: bool


def tokenise(canonical: str) -> Tokens:
    """Split canonical text into tokens.

    Returns hashes uint64 (n,), starts and ends int32 (n,) into `canonical`, is_figure bool (n,): whether the token
    holds a digit.
    """
    split = split_text(canonical)
    return Tokens(
        canonical,
        _hashes(split),
        split.starts.astype(np.int32),
        split.ends.astype(np.int32),
        split.figures,
    )


def joined(tokens: Tokens) -> Points:
    """Return the code points of all tokens with one space between them: (m,), uint8 for an ASCII text."""
    split = split_text(tokens.text)
    starts, lengths = split.starts, split.ends - split.starts
    if split.has_singles:
        chars = split.points[split.inside]
        places = np.cumsum(lengths[:-1])
        return _with_signs(chars, places, np.full(len(places), BLANK, chars.dtype))
    # Two words never touch: what stands before each but the first becomes the space.
    kept = split.inside.copy()
    kept[starts[1:] - 1] = True
    joined_points: Points = np.where(split.inside, split.points, split.points.dtype.type(BLANK))[
        kept
    ]
    return joined_points


def _with_signs(chars: Points, places: NDArray[np.int64], signs: Points) -> Points:
    """Put each sign before the character at its place; places ascend."""
    out = np.empty(len(chars) + len(signs), chars.dtype)
    at = places + np.arange(len(places))
    rest = np.ones(len(out), bool)
    rest[at] = False
    out[at] = signs
    out[rest] = chars
    return out


def _hashes(split: Split) -> NDArray[np.uint64]:
    """Return the hash of each token: the mixed sum of its characters + 1, each times a power of its place.

    Summed over a whole block at once: a token is the difference of two sums, divided by the power of its start.
    """
    hashes = np.empty(len(split.starts), np.uint64)
    tokens = 0
    while tokens < len(split.starts):
        start = int(split.starts[tokens])
        until = int(np.searchsorted(split.starts, start + _BLOCK))
        values = _values(split.points[start : start + _BLOCK + _LONGEST])
        values *= _POWERS[: len(values)]
        sums = np.zeros(len(values) + 1, np.uint64)
        np.cumsum(values, out=sums[1:])
        first = split.starts[tokens:until] - start
        last = np.minimum(split.ends[tokens:until] - start, len(values))
        hashes[tokens:until] = (sums[last] - sums[first]) * _INVERSES[first]
        tokens = until
    long = np.flatnonzero(split.ends - split.starts > _LONGEST)
    for token in long.tolist():
        values = _values(split.points[split.starts[token] : split.ends[token]])
        powers = _POWERS[np.minimum(np.arange(len(values)), _LONGEST - 1)]
        hashes[token] = (values * powers).sum()
    return mix(hashes)


def _values(points: Points) -> NDArray[np.uint64]:
    """Return what each character counts in a hash: uint64 (n,)."""
    values = points.astype(np.uint64)
    values[values == _COMMA] = _STOP
    values += np.uint64(1)
    return values


@lru_cache(maxsize=2)  # the hash, the tokens and the vector of one text ask one after the other
def split_text(text: str) -> Split:
    """Return a text cut into tokens."""
    points, padded = _classified(text)
    kinds, inside = padded[1:-1], (padded & _WORD) > 0
    at = ((padded & _JOINERS) > 0).nonzero()[0]
    around = (padded[at] & _ANY_JOINER) >> _JOINER_SHIFT
    around |= padded[at - 1] & _WORD
    around |= (padded[at + 1] & _WORD) << _AFTER_SHIFT
    joints = at[_JOINS[around]]
    inside[joints] = True
    starts, ends, has_singles = _boundaries(padded, inside)
    digits = np.zeros(len(kinds) + 1, np.int32)
    np.cumsum(kinds & _DIGIT, out=digits[1:], dtype=np.int32)
    return Split(
        *(points, kinds, inside[1:-1], joints - 1, starts, ends),
        digits[starts] != digits[ends],
        has_singles,
    )


def _classified(text: str) -> tuple[Points, NDArray[np.uint8]]:
    """Return code points (n,), and their kinds with a 0 before and after: uint8 (n + 2,)."""
    if text.isascii():
        data = text.encode("ascii")
        kinds = np.frombuffer(b"\0%b\0" % data.translate(_ASCII_KINDS), np.uint8)
        return np.frombuffer(data, np.uint8), kinds
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    padded = np.zeros(len(points) + 2, np.uint8)
    kinds = _KINDS[points]
    if (new := kinds == _UNKNOWN).any():
        for point in set(points[new].tolist()):
            _KINDS[point] = _kind(point)
        kinds = _KINDS[points]
    padded[1:-1] = kinds
    return points, padded


def _boundaries(
    padded: NDArray[np.uint8], inside: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64], bool]:
    """Return start and end of each token, and whether there are characters that are tokens of their own.

    Those are put `inside` as well. Both arrays have one place more than the text on either side.
    """
    single = (padded & SINGLE) > 0
    if not single.any():
        edges = (inside[1:] != inside[:-1]).nonzero()[0]
        return edges[::2], edges[1::2], False
    starts = (single[1:-1] | (inside[1:-1] & ~inside[:-2])).nonzero()[0]
    ends = (single[1:-1] | (inside[1:-1] & ~inside[2:])).nonzero()[0] + 1
    inside |= single
    return starts, ends, True


def _kind(point: int) -> int:
    char = chr(point)
    if char in ".,:/":
        return _FIGURE_JOINER
    if char in "-\u2010\u2011":
        return _FIGURE_JOINER | HYPHEN
    if char == "_":
        return _UNDERSCORE
    if char == "'":
        return _APOSTROPHE
    category = unicodedata.category(char)
    if category == "Nd":
        return _DIGIT
    if any(first <= point <= last for first, last in _SINGLE_RANGES) or 0x20000 <= point <= 0x3FFFF:
        return SINGLE if category[0] in "LM" else _SIGN * (category[0] in "PSN")
    if category[0] in "LMN":
        return LETTER
    return _SIGN if category[0] in "PS" or category == "Co" else 0


_ASCII_KINDS = bytes(_kind(point) for point in range(128)) + bytes(128)


def _joins(before: int, sign: int, after: int) -> bool:
    """Tell whether a sign between two characters of these kinds is part of a token."""
    return (
        (sign & _UNDERSCORE > 0 and before & _WORD > 0 and after & _WORD > 0)
        or (sign & _FIGURE_JOINER > 0 and before & _DIGIT > 0 and after & _DIGIT > 0)
        or (sign & HYPHEN > 0 and before & LETTER > 0 and after & _DIGIT > 0)
        or (sign & _APOSTROPHE > 0 and before & LETTER > 0 and after & LETTER > 0)
    )


_JOINS = np.array(
    [
        _joins(each & _WORD, (each << _JOINER_SHIFT) & _ANY_JOINER, each >> _AFTER_SHIFT)
        for each in range(256)
    ]
)
