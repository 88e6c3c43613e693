"""What speaks for two drafts of one document, although others were made from the same form.

Drafts keep what is particular to the document, the parties and the date of a contract, and change the wording; two
fillings of a form keep the wording and change what is particular.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_app.similarity.crowd import FRAME_HOLDERS, SHINGLE
from dedupe_app.similarity.lookalikes import misread
from dedupe_app.similarity.slots import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from dedupe_app.similarity.alignment import Alignment, Block, Side
    from dedupe_app.similarity.crowd import View

# The form is as common as the upper quartile of what two texts share.
_FORM = 0.75
_LEAST_FRAME = 0.25


def find_particulars(
    a: View, b: View, alignment: Alignment, blocks: Iterable[Block], title: int
) -> dict[str, Any]:
    """Measure what of two heads is particular to both, what stands in one of them only, and whose form was reworded."""
    left, right = alignment.only_a, alignment.only_b
    changed = min(
        np.count_nonzero(left.tokens < HEAD),
        np.count_nonzero(right.tokens < HEAD),
    )
    found = {
        "head_changed": int(changed),
        "new_title_words": _count_words(a, left, title)
        + _count_words(b, right, title)
        - 2 * _count_misread(a, b, blocks, title),
    }
    if not changed and min(a.frame, b.frame) >= _LEAST_FRAME:
        whole_a, whole_b = _shared(a, left), _shared(b, right)
        form_a, form_b = _form(a, whole_a), _form(b, whole_b)
        found["particulars"] = min(
            _count_particulars(a, whole_a, form_a), _count_particulars(b, whole_b, form_b)
        )
        if min(form_a, form_b) >= FRAME_HOLDERS:
            found |= _count_reworded(a, b, blocks, form_a, form_b)
    return found


def _count_words(side: View, only: Side, title: int) -> int:
    """Count the words of the title that the other text lacks altogether; figures and numbers of versions aside."""
    at = only.tokens[only.tokens < title]
    return int(np.count_nonzero(side.fresh[at] & ~side.tokens.figures[at]))


def _count_misread(a: View, b: View, blocks: Iterable[Block], title: int) -> int:
    """Count the words of the title that the other text lacks only because a letter was misread, as in a scan."""
    return sum(
        a.fresh[i] and b.fresh[j] and misread(a.tokens.word(i), b.tokens.word(j))
        for block in blocks
        for i, j in zip(block.a, block.b, strict=False)
        if max(i, j) < title
    )


def _shared(side: View, only: Side) -> NDArray[np.bool_]:
    """Tell which shingles consist of words that both texts have: bool, as many as holders."""
    holders = side.holders
    shared = np.ones(len(holders) + SHINGLE - 1, bool)
    shared[only.tokens[only.tokens < len(shared)]] = False
    whole = np.ones(len(holders), bool)
    for offset in range(SHINGLE):
        whole &= shared[offset : offset + len(holders)]
    return whole


def _form(side: View, whole: NDArray[np.bool_]) -> float:
    """Return how many of the crowd have what belongs to the form."""
    return _quantile(side.holders[whole], _FORM) if whole.any() else 0.0


def _count_particulars(side: View, whole: NDArray[np.bool_], form: float) -> int:
    """Count the shared shingles of the head that fewer of the crowd have than the form: by two, of two by one."""
    gap = FRAME_HOLDERS if form > FRAME_HOLDERS else 1
    return int(np.count_nonzero(whole[:HEAD] & (side.holders[:HEAD] <= form - gap)))


def _count_reworded(
    a: View, b: View, blocks: Iterable[Block], form_a: float, form_b: float
) -> dict[str, int]:
    """Count the words of the form against which the other text has others, and those that it merely lacks.

    Misread ones and figures aside. What is merely lacking may be left out in any filling.
    """
    words_a, words_b = _of_form(a, form_a), _of_form(b, form_b)
    counts = {"form_words": 0, "form_lacking": 0}
    for block in blocks:
        for own, at, words, other, there in (
            (a, block.a, words_a, b, block.b),
            (b, block.b, words_b, a, block.a),
        ):
            found = [own.tokens.word(i) for i in at if words[i]]
            opposite = [other.tokens.word(i) for i in there] if found else []
            counts["form_words" if there else "form_lacking"] += sum(
                not any(misread(word, each) for each in opposite) for word in found
            )
    return counts


def _of_form(side: View, form: float) -> list[bool]:
    """Tell which words, figures aside, so many have with both words on either side: as many as aligned tokens."""
    common = np.ones(len(side.weight), bool)
    held = side.holders >= max(FRAME_HOLDERS, form - 1)
    for offset in range(SHINGLE):
        common[offset : offset + len(held)] &= held
    found: list[bool] = (common & ~side.tokens.figures[: len(common)]).tolist()
    return found


def _quantile(values: NDArray[np.int32], share: float) -> float:
    """Return a quantile, between two values in proportion: as np.quantile, which is slow for so few."""
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    ordered = np.partition(values, (below, above))
    low, high = int(ordered[below]), int(ordered[above])
    return low + (place - below) * (high - low)
