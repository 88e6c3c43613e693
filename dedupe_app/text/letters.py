"""What the same-text hash of a text is taken of: all its letters, digits and signs, but for marks of the layout.

Vectorised, but for the few signs of which their neighbours decide. Reads normalised text, and changes none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.text.layout_marks import find_layout_marks
from dedupe_app.text.tokens import ANY_WORD, BLANK, HYPHEN, LETTER, SINGLE, Split, split_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.text.tokens import Points

# What stands for each sign that programs write in one way or another; 0 for those that say nothing anywhere.
_SPELT = np.arange(0x10000, dtype=np.uint32)
for _signs, _spelt in (
    ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", ord("-")),
    ("\u201c\u201d\u201e\u201f\u00ab\u00bb", ord('"')),
    ("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc", ord("'")),
    ("`\u00b6" + "".join(map(chr, range(0x2500, 0x2580))), 0),
):
    _SPELT[list(map(ord, _signs))] = _spelt
_NARROW = 128
_SPELT_ASCII = _SPELT[:_NARROW].astype(np.uint8)
# A hyphen between numbers says from which to which: sections A-C, articles I-V.
_NUMBERED = re.compile(
    r"(?<![^\W_])(?:[ivxlc]+|[^\W\d_])[-\u2010\u2011](?:[ivxlc]+|[^\W\d_])(?![^\W_])"
)
_LONGEST_NUMBER = 7
_ROMAN = np.zeros(_NARROW, bool)
_ROMAN[list(b"ivxlc")] = True
# Behind such a hyphen a word goes on elsewhere: before and after.
_SUSPENDED = re.compile(r"\s+(?:and|or|to|und|oder|bis|bzw|et|ou|y|e|o)\b")
_HANGUL = 0xAC00, 0xD7AF


def letters_and_digits(normalised: str) -> bytes:
    """Return what the same-text hash is taken of: letters, digits and signs, without marks of the layout.

    One space stands between words or figures that are parted. Hyphens within words do not count.
    """
    split = split_text(normalised)
    if not (split.kinds & ANY_WORD).any():
        return b""
    points = _spelt_alike(split.points)
    kept = (split.kinds > 0) & (points > 0)
    kept[_hyphens_of_words(normalised, split)] = False
    for start, end in find_layout_marks(normalised):
        kept[start:end] = False
    parting = _parting_blanks(split, kept)
    points[parting] = BLANK
    kept[parting] = True
    ground = points[kept]
    # A dash that does not count makes no other text of one in ASCII.
    is_narrow = ground.dtype == np.uint8 or ground.max() < _NARROW
    return ground.astype(np.uint8 if is_narrow else np.uint32).tobytes()


def _spelt_alike(points: Points) -> Points:
    """Return a copy in which each sign is the one that it stands for, and 0 if it says nothing anywhere."""
    if points.dtype == np.uint8:
        return _SPELT_ASCII[points]
    alike: Points = np.where(
        points < len(_SPELT), _SPELT[np.minimum(points, len(_SPELT) - 1)], points
    )
    return alike


def _hyphens_of_words(normalised: str, split: Split) -> NDArray[np.int64]:
    """Return where a hyphen stands within a word: nobody can tell whether the word or the end of a line has put it."""
    at = (split.kinds & HYPHEN).nonzero()[0]
    if not len(at):
        return at
    kinds = np.zeros(len(split.kinds) + 4, np.uint8)
    kinds[2:-2] = split.kinds
    at = at[(kinds[at + 1] & LETTER) > 0]
    within = (kinds[at + 3] & LETTER) > 0
    before, behind = split.points[at - 1], split.points[np.minimum(at + 1, len(split.points) - 1)]
    are_single = ((kinds[at] | kinds[at + 4]) & ANY_WORD) == 0
    may_number = within & (are_single | (_is_roman(before) & _is_roman(behind)))
    for each in may_number.nonzero()[0].tolist():
        within[each] = not _numbers(normalised, int(at[each]))
    for each in (kinds[at + 3] == 0).nonzero()[0].tolist():
        within[each] = _SUSPENDED.match(normalised, int(at[each]) + 1) is not None
    return at[within]


def _is_roman(points: Points) -> NDArray[np.bool_]:
    is_roman: NDArray[np.bool_] = _ROMAN[np.minimum(points, _NARROW - 1)]
    return is_roman


def _numbers(normalised: str, hyphen: int) -> bool:
    """Tell whether a hyphen stands between two letters that are words, or two Roman numerals."""
    first = max(0, hyphen - _LONGEST_NUMBER - 1)
    found = _NUMBERED.search(normalised, first, hyphen + _LONGEST_NUMBER + 2)
    return found is not None and found.start() < hyphen < found.end()


def _parting_blanks(split: Split, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where a blank parts two words or figures: one place of each gap that holds nothing else that counts.

    A hyphen parts no two words, nor does a blank behind it: there a line may have ended within a word. Of two figures
    with a sign between them the blank counts as well, so 1. 5 is not 1.5. Single characters are never parted, but for
    those of Korean, which has words.
    """
    ends, starts = split.ends[:-1], split.starts[1:]
    if not len(starts):
        return starts
    figures = split.figures
    both, either = figures[:-1] & figures[1:], figures[:-1] | figures[1:]
    pairs = np.ones(len(starts), bool)
    if split.has_singles:
        point = split.points[split.starts]
        is_single = (split.kinds[split.starts] & SINGLE) > 0
        is_single &= (point < _HANGUL[0]) | (point > _HANGUL[1])
        pairs = ~(is_single[:-1] | is_single[1:]) & (starts > ends)
    blank = ~(((split.kinds & HYPHEN) > 0) | kept)
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
