"""What speaks for two drafts of one document, although others were made from the same form.

Drafts keep what is particular to the document, the parties and the date of a contract, and change the wording; two
fillings of a form keep the wording and change what is particular.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_app.similarity.crowd import FRAME_HOLDERS, SHINGLE
from dedupe_app.similarity.slots import HEAD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.similarity.alignment import Alignment, Side
    from dedupe_app.similarity.crowd import View

# The form is as common as the upper quartile of what two texts share.
_FORM = 0.75
_LEAST_FRAME = 0.25


def find_particulars(a: View, b: View, alignment: Alignment, title: int) -> dict[str, Any]:
    """Measure what of two heads is particular to both, and what stands in one of them only."""
    left, right = alignment.only_a.tokens, alignment.only_b.tokens
    changed = min(np.count_nonzero(left < HEAD), np.count_nonzero(right < HEAD))
    found = {
        "head_changed": int(changed),
        "new_title_words": _count_words(a, alignment.only_a, title)
        + _count_words(b, alignment.only_b, title),
    }
    if not changed and min(a.frame, b.frame) >= _LEAST_FRAME:
        found["particulars"] = min(
            _count_particulars(a, alignment.only_a), _count_particulars(b, alignment.only_b)
        )
    return found


def _count_words(side: View, only: Side, title: int) -> int:
    """Count the words of the title that the other text lacks altogether; figures and numbers of versions aside."""
    at = only.tokens[only.tokens < title]
    return int(np.count_nonzero(side.fresh[at] & ~side.tokens.figures[at]))


def _count_particulars(side: View, only: Side) -> int:
    """Count the shared shingles of the head that fewer of the crowd have than the form, by two at least."""
    holders = side.holders
    shared = np.ones(len(holders) + SHINGLE - 1, bool)
    shared[only.tokens[only.tokens < len(shared)]] = False
    whole = np.ones(len(holders), bool)
    for offset in range(SHINGLE):
        whole &= shared[offset : offset + len(holders)]
    if not whole.any():
        return 0
    form = _quantile(holders[whole], _FORM)
    return int(np.count_nonzero(whole[:HEAD] & (holders[:HEAD] <= form - FRAME_HOLDERS)))


def _quantile(values: NDArray[np.int32], share: float) -> float:
    """Return a quantile, between two values in proportion: as np.quantile, which is slow for so few."""
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    ordered = np.partition(values, (below, above))
    low, high = int(ordered[below]), int(ordered[above])
    return low + (place - below) * (high - low)
