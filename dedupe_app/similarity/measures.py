"""Measures a pair of texts: how much is shared, how much was *replaced*, and how rare that is in their crowds.

Text only added or only removed is no contradiction; text replaced by other text is. Words that the whole crowd has
(the frame of a template) count for little, both as shared and as replaced.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from dedupe_app.records import Measures
from dedupe_app.similarity.alignment import LONGEST
from dedupe_app.similarity.crowd import view, weights
from dedupe_app.similarity.lookalikes import shape
from dedupe_app.similarity.overlap import overlap
from dedupe_app.similarity.slots import find_exchanges, find_slots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from dedupe_app.records import Comparable
    from dedupe_app.similarity.alignment import Alignment
    from dedupe_app.similarity.crowd import Crowd, View
    from dedupe_app.similarity.slots import Exchange

HEAD = 40
TITLE = 20
# Below these no alignment is made: the texts are too unlike (verdict.py says what that means).
LEAST_LENGTH_RATIO = 0.35
LEAST_JACCARD = 0.20
LEAST_WEIGHTED_JACCARD = 0.15
LEAST_WEIGHTED_CONTAINMENT = 0.30
_TINY = 1e-9


def measure(
    a: Comparable,
    b: Comparable,
    crowd_of: Callable[[Comparable], Crowd],
    aligned: Callable[[Comparable, Comparable], Alignment],
) -> tuple[Measures, Alignment | None]:
    """Measure a pair; the alignment is None when the texts are too unlike to be aligned.

    The measures are defined at records.Measures. `crowd_of` and `aligned` are asked only when it matters.
    """
    shorter, longer = sorted((len(a.tokens), len(b.tokens)))
    in_b, in_a = overlap(a.shingles, b.shingles)
    both = int(in_b.sum())
    found: dict[str, Any] = {
        "length_ratio": shorter / max(1, longer),
        "shorter": shorter,
        "jaccard": both / max(1, len(a.shingles) + len(b.shingles) - both),
        "containment": both / max(1, min(len(a.shingles), len(b.shingles))),
    }
    if max(found["jaccard"], found["containment"] / 2) < LEAST_JACCARD:
        return Measures(**found), None
    crowd_a, crowd_b = crowd_of(a), crowd_of(b)
    found |= _weighted(a, b, crowd_a, crowd_b, in_b, in_a)
    measures = Measures(**found)
    if not worth_aligning(measures):
        return measures, None
    alignment = aligned(a, b)
    left, right = view(a, b, crowd_a, in_b, LONGEST), view(b, a, crowd_b, in_a, LONGEST)
    return Measures(**found, **_replaced(left, right, alignment)), alignment


def _weighted(
    a: Comparable,
    b: Comparable,
    crowd_a: Crowd,
    crowd_b: Crowd,
    in_b: NDArray[np.bool_],
    in_a: NDArray[np.bool_],
) -> dict[str, Any]:
    weight_a = weights(crowd_a.shingles, crowd_a, b.key, in_b)
    weight_b = weights(crowd_b.shingles, crowd_b, a.key, in_a)
    shared = float(np.minimum(weight_a[in_b], weight_b[in_a]).sum())
    only_a, only_b = float(weight_a[~in_b].sum()), float(weight_b[~in_a].sum())
    return {
        "weighted_jaccard": shared / max(_TINY, shared + only_a + only_b),
        "weighted_containment": shared / max(_TINY, shared + min(only_a, only_b)),
    }


def worth_aligning(m: Measures) -> bool:
    """Tell whether two texts share enough for their differences to mean anything."""
    return (
        m.length_ratio >= LEAST_LENGTH_RATIO
        and m.jaccard >= LEAST_JACCARD
        and m.weighted_jaccard >= LEAST_WEIGHTED_JACCARD
        and m.weighted_containment >= LEAST_WEIGHTED_CONTAINMENT
    )


def _replaced(a: View, b: View, alignment: Alignment) -> dict[str, Any]:
    replaced = head_replaced = changed = 0.0
    counts: Counter[str] = Counter()
    for block in alignment.blocks:
        left, right = list(block.a), list(block.b)
        sum_a, sum_b = float(a.weight[left].sum()), float(b.weight[right].sum())
        changed += sum_a
        counts["tokens"] += len(left) + len(right)
        counts["figures"] += int(a.tokens.figures[left].sum() + b.tokens.figures[right].sum())
        if not (left and right):
            continue
        replaced += min(sum_a, sum_b)
        fresh_a, fresh_b = [i for i in left if a.fresh[i]], [i for i in right if b.fresh[i]]
        if block.at < HEAD and fresh_a and fresh_b:
            head_replaced += min(float(a.weight[fresh_a].sum()), float(b.weight[fresh_b].sum()))
            counts.update(_count_head(a, b, fresh_a, fresh_b))
        if block.at < TITLE:
            words_a = [i for i in fresh_a if not a.tokens.figures[i]]
            words_b = [i for i in fresh_b if not b.tokens.figures[i]]
            counts["title"] += min(len(words_a), len(words_b))
    kept = max(0.0, float(a.weight.sum()) - changed)
    head_kept = float(a.weight[:HEAD][~a.fresh[:HEAD]].sum())
    slots = find_slots(a, b, alignment)
    return {
        "replaced": replaced / max(_TINY, replaced + kept),
        "head_replaced": head_replaced / max(_TINY, head_replaced + head_kept),
        "head_figures": counts["head figures"],
        "head_words": counts["head words"],
        "title_words": counts["title"],
        "identifiers": counts["identifiers"],
        "figure_share": counts["figures"] / max(1, counts["tokens"]),
        "figure_slots": slots.figures,
        "rare_figure_slots": slots.rare_figures,
        "framed_name_slots": slots.framed_names,
        "slot_share": slots.share,
        "frame": min(a.frame, b.frame),
        **_count_exchanges(find_exchanges(a, b, alignment)),
    }


def _count_head(a: View, b: View, fresh_a: list[int], fresh_b: list[int]) -> dict[str, int]:
    figures_a, figures_b = (
        int(a.tokens.figures[fresh_a].sum()),
        int(b.tokens.figures[fresh_b].sum()),
    )
    shapes_a = Counter(shape(a.tokens.word(i)) for i in fresh_a)
    shapes_b = Counter(shape(b.tokens.word(i)) for i in fresh_b)
    del shapes_a[""]
    return {
        "head figures": min(figures_a, figures_b),
        "head words": min(len(fresh_a) - figures_a, len(fresh_b) - figures_b),
        "identifiers": (shapes_a & shapes_b).total(),
    }


def _count_exchanges(exchanges: Iterable[Exchange]) -> dict[str, int]:
    """Return how often the most exchanged word of the head is: lacking in both other texts, or in one."""
    mutual = one_sided = titled = 0
    for exchange in exchanges:
        if exchange.at < HEAD:
            one_sided = max(one_sided, exchange.times)
            if exchange.fresh_a and exchange.fresh_b:
                mutual = max(mutual, exchange.times)
        if exchange.at < TITLE:
            titled = max(titled, exchange.times)
    return {"exchanged": mutual, "half_exchanged": one_sided, "title_exchanged": titled}
