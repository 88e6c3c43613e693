"""Canonical text to tokens: words, figures, identifiers, single CJK characters. Vectorised; no Python loop per token.

A token is a run of letters and digits. Inside it stand: an underscore (snake_case), an apostrophe between letters,
one of . , : / - between digits (1,234.50, 2024-01-02, 12:30), a hyphen between a letter and a digit (CVE-2024-1).
A comma between digits counts as a full stop, so that 1.234,50 equals 1,234.50. Each CJK, Thai, Lao, Khmer or
Burmese character is a token of its own.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.hashing import MULTIPLIER, mix
from dedupe_app.records import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LETTER, _DIGIT, _SINGLE = 1, 2, 4
_FIGURE_JOINER, _UNDERSCORE, _APOSTROPHE, _HYPHEN = 8, 16, 32, 64
_JOINERS = _FIGURE_JOINER | _UNDERSCORE | _APOSTROPHE
_WORD = _LETTER | _DIGIT
_SINGLE_RANGES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF),
                  (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF))  # fmt: skip
# Characters beyond this place in a token share one multiplier: longer tokens are rare and still told apart.
_LONGEST = 64
_POWERS = np.multiply.accumulate(
    np.concatenate([[np.uint64(1)], np.full(_LONGEST - 1, MULTIPLIER, np.uint64)])
)
_BLANK, _MINUS = np.uint32(32), np.uint32(45)
_MINUSES = np.array([0x2D, 0x2212, 0x2013], np.uint32)
# The kind of every code point, filled in when it first occurs: asking for all of them takes a quarter of a second.
_UNKNOWN = 255
_KINDS = np.full(sys.maxunicode + 1, _UNKNOWN, np.uint8)


def tokenise(canonical: str) -> Tokens:
    """Split canonical text into tokens.

    Returns hashes uint64 (n,), starts and ends int32 (n,) into `canonical`, is_figure bool (n,): whether the token
    holds a digit.
    """
    points, kinds, places, starts, lengths = _split(canonical)
    offsets = np.cumsum(lengths) - lengths
    within = np.arange(len(places)) - np.repeat(offsets, lengths)
    chars = points[places].astype(np.uint64)
    chars[chars == ord(",")] = ord(".")
    values = (chars + np.uint64(1)) * _POWERS[np.minimum(within, _LONGEST - 1)]
    if len(starts):
        hashes = mix(np.add.reduceat(values, offsets))
        figures = np.logical_or.reduceat((kinds[places] & _DIGIT) > 0, offsets)
    else:
        hashes, figures = np.zeros(0, np.uint64), np.zeros(0, bool)
    return Tokens(
        canonical, hashes, starts.astype(np.int32), (starts + lengths).astype(np.int32), figures
    )


def joined(tokens: Tokens) -> NDArray[np.uint32]:
    """Return the code points of all tokens with one space between them: uint32 (m,)."""
    points, _, places, starts, lengths = _split(tokens.text)
    out = np.full(len(places) + max(0, len(starts) - 1), _BLANK, np.uint32)
    out[np.arange(len(places)) + np.repeat(np.arange(len(starts)), lengths)] = points[places]
    return out


def letters_and_digits(normalised: str) -> bytes:
    """Return what the same-text hash is taken of: letters and digits only, figures kept apart by spaces.

    The separators inside a figure stay (1.50, 12:30), so 1.50 never equals 150; so does its sign, so -5 never equals 5.
    """
    points, kinds, places, starts, lengths = _split(normalised)
    if not len(starts):
        return b""
    offsets = np.cumsum(lengths) - lengths
    figures = np.logical_or.reduceat((kinds[places] & _DIGIT) > 0, offsets)
    in_figure = np.repeat(figures, lengths)
    # A blank before and after each figure: every character moves right by the blanks that come before it.
    moved = np.arange(len(places)) + np.repeat(2 * np.cumsum(figures) - figures, lengths)
    out = np.full(len(places) + 2 * int(figures.sum()), _BLANK, np.uint32)
    out[moved] = points[places]
    out[moved[offsets[figures & _is_negative(points, kinds, starts)]] - 1] = _MINUS
    dropped = ~in_figure & ((kinds[places] & (_WORD | _SINGLE)) == 0)
    return (np.delete(out, moved[dropped]) if dropped.any() else out).tobytes()


def _is_negative(
    points: NDArray[np.uint32], kinds: NDArray[np.uint8], starts: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Tell for each token whether a minus stands right before it, and no word right before that."""
    signed: NDArray[np.bool_] = (starts > 0) & np.isin(points[starts - 1], _MINUSES)
    before = kinds[np.maximum(starts - 2, 0)]
    free: NDArray[np.bool_] = (starts < 2) | ((before & (_WORD | _SINGLE)) == 0)
    return signed & free


@lru_cache(maxsize=2)  # the hash, the tokens and the vector of one text ask one after the other
def _split(text: str) -> tuple[
    NDArray[np.uint32], NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]
]:  # fmt: skip
    """Return code points and kinds of all characters; then the places of those in tokens, token starts and lengths."""
    points, kinds = _classified(text)
    return points, kinds, *_boundaries(kinds)


def _classified(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _KINDS[points]
    if (new := kinds == _UNKNOWN).any():
        for point in np.unique(points[new]).tolist():
            _KINDS[point] = _kind(point)
        kinds = _KINDS[points]
    return points, kinds


def _boundaries(
    kinds: NDArray[np.uint8],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of all characters of tokens, and for each token its start and its length."""
    padded = np.zeros(len(kinds) + 2, np.uint8)
    padded[1:-1] = kinds
    inside = (padded & _WORD) > 0
    at = np.flatnonzero(padded & _JOINERS)
    before, here, after = padded[at - 1], padded[at], padded[at + 1]
    joins = ((here & _UNDERSCORE) > 0) & ((before & _WORD) > 0) & ((after & _WORD) > 0)
    joins |= ((here & _FIGURE_JOINER) > 0) & ((before & _DIGIT) > 0) & ((after & _DIGIT) > 0)
    joins |= ((here & _HYPHEN) > 0) & ((before & _LETTER) > 0) & ((after & _DIGIT) > 0)
    joins |= ((here & _APOSTROPHE) > 0) & ((before & _LETTER) > 0) & ((after & _LETTER) > 0)
    inside[at[joins]] = True
    single = (padded & _SINGLE) > 0
    middle = inside[1:-1]
    starts = np.flatnonzero(single[1:-1] | (middle & ~inside[:-2]))
    ends = np.flatnonzero(single[1:-1] | (middle & ~inside[2:])) + 1
    return np.flatnonzero(single[1:-1] | middle), starts, ends - starts


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
