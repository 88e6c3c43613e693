"""What the same-text hash of a text is taken of: its letters and digits, and the signs that say something.

Vectorised, but for the few signs of which their neighbours decide. Reads normalised text, and changes none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_app.signs import EVERYWHERE, says_something, signs_by_place
from dedupe_app.text.tokens import ANY_WORD, BLANK, SIGN, SINGLE, Split, split_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.text.tokens import Points

_MINUS, _STOP, _COLON, _EXCLAMATION, _BRACKET = map(ord, "-.:![")
# What stands for each character below its end that counts wherever it stands; 0 for all others, its last among them.
_EVERYWHERE = np.zeros(max(map(ord, EVERYWHERE)) + 2, np.uint32)
_EVERYWHERE[list(map(ord, EVERYWHERE))] = list(map(ord, EVERYWHERE.values()))
_IS_EVERYWHERE = _EVERYWHERE > 0
_MINUSES = (0x2D, 0x2212, 0x2013)
_MONEY = (0x24, 0x20AC, 0xA3, 0xA5)
# So far is looked before and behind a figure, or another sign.
_MARGIN = 3


def letters_and_digits(normalised: str) -> bytes:
    """Return what the same-text hash is taken of: letters and digits, and signs that say something (signs.py).

    One space stands between words or figures that are parted. The separators inside a figure stay (1.50, 12:30), so
    1.50 never equals 150; so does its sign, so -5 never equals 5.
    """
    split = split_text(normalised)
    kept = (split.kinds & ANY_WORD) > 0
    if not kept.any():
        return b""
    points = _with_counted_signs(normalised, split, kept)
    parting = _parting_blanks(split, kept)
    points[parting] = BLANK
    kept[parting] = True
    return points[kept].astype(np.uint32).tobytes()


def _parting_blanks(split: Split, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where a blank parts two words or figures: one place of each gap that holds nothing else that counts.

    A hyphen parts no two words, nor does a blank behind it: there a line may have ended within a word. Of two figures
    with a sign between them the blank counts as well, so 1. 5 is not 1.5. Single characters are never parted.
    """
    ends, starts = split.ends[:-1], split.starts[1:]
    if not len(starts):
        return starts
    figures = split.figures
    both, either = figures[:-1] & figures[1:], figures[:-1] | figures[1:]
    pairs = np.ones(len(starts), bool)
    if split.has_singles:
        is_single = (split.kinds[split.starts] & SINGLE) > 0
        pairs = ~(is_single[:-1] | is_single[1:])
    blank = ~(_is_one_of(split.points, _MINUSES) | kept)
    parted = pairs & ~kept[ends] & (blank[ends] | either)
    # Most gaps are one blank; of the others all is looked at.
    longer = np.flatnonzero(pairs & (starts - ends > 1))
    if len(longer):
        bounds = np.column_stack([ends[longer], starts[longer]]).ravel()
        has_blank = np.logical_or.reduceat(blank, bounds)[::2]
        has_sign = np.logical_or.reduceat(kept, bounds)[::2]
        alone = ~has_sign & (has_blank & blank[ends[longer]] | either[longer])
        parted[longer] = alone | (both[longer] & has_blank)
    at = starts[parted] - 1
    at = np.where(kept[at], ends[parted], at)
    free: NDArray[np.int64] = at[~kept[at]]
    return free


def _with_counted_signs(normalised: str, split: Split, kept: NDArray[np.bool_]) -> Points:
    """Return the code points with each sign as the one that it stands for, and mark what counts as `kept`."""
    points = split.points.copy()
    low = points if points.dtype == np.uint8 else np.minimum(points, len(_EVERYWHERE) - 1)
    at = _IS_EVERYWHERE[low].nonzero()[0]
    at = at[~_says_nothing_there(split.points, at)]
    points[at] = _EVERYWHERE[points[at]]
    kept[at] = True
    kept[split.joints] = True
    minuses = _minuses(split)
    kept[minuses], points[minuses] = True, _MINUS
    for sign in (split.kinds & SIGN).nonzero()[0].tolist():
        kept[sign] = says_something(normalised, sign)
    if placed := dict(signs_by_place(normalised)):
        places = list(placed)
        kept[places] = True
        points[places] = list(map(ord, placed.values()))
    return points


def _says_nothing_there(points: Points, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which signs lead up to the number of a page, are of a table's border, or begin a picture in Markdown."""
    padded = _with_margin(points)
    sign, at = points[at], at + _MARGIN
    found: NDArray[np.bool_] = (sign == _EXCLAMATION) & (padded[at + 1] == _BRACKET)
    for side in (-1, 1):
        next_to, beyond = padded[at + side], padded[at + 2 * side]
        near = (next_to == _STOP) | ((next_to == BLANK) & (beyond == _STOP))
        found |= near & (sign == _STOP)
        found |= (next_to == _MINUS) & (beyond == _MINUS) & (sign == _COLON)
    return found


def _minuses(split: Split) -> NDArray[np.int64]:
    """Return where a figure is written as negative: -5, -$5 or 5-."""
    points, kinds = _with_margin(split.points), _with_margin(split.kinds)
    before = split.starts[split.figures] + _MARGIN - 1
    before -= _is_one_of(points[before], _MONEY)
    before = before[(kinds[before - 1] & ANY_WORD) == 0]
    behind = split.ends[split.figures] + _MARGIN
    behind = behind[(kinds[behind + 1] & ANY_WORD) == 0]
    at = np.concatenate([before, behind])
    return at[_is_one_of(points[at], _MINUSES)] - _MARGIN


def _is_one_of(points: NDArray[Any], chars: tuple[int, ...]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = points == chars[0]
    for char in chars[1:]:
        found |= points == char
    return found


def _with_margin(values: NDArray[Any]) -> NDArray[Any]:
    padded = np.zeros(len(values) + 2 * _MARGIN, values.dtype)
    padded[_MARGIN:-_MARGIN] = values
    return padded
