"""Measures a pair of texts: how much is shared, how much was *replaced*, and how rare that is in their crowds.

Text only added or only removed is no contradiction; text replaced by other text is. Words that the whole crowd has
(the frame of a template) count for little, both as shared and as replaced.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from dedupe_app.records import Measures
from dedupe_app.similarity.alignment import LONGEST, Alignment, Block, align
from dedupe_app.similarity.crowd import Crowd, weights
from dedupe_app.similarity.lookalikes import shape
from dedupe_app.similarity.overlap import members

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_app.records import Comparable, Tokens

HEAD = 40
# Below these no alignment is made: the texts are too unlike (verdict.py says what that means).
LEAST_LENGTH_RATIO = 0.35
LEAST_JACCARD = 0.20
LEAST_WEIGHTED_JACCARD = 0.15
LEAST_WEIGHTED_CONTAINMENT = 0.30
_TINY = 1e-9


def measure(a: Comparable, b: Comparable, crowd_a: Crowd, crowd_b: Crowd) -> tuple[Measures, Alignment | None]:
    """Measure a pair; the alignment is None when the texts are too unlike to be aligned.

    length_ratio: shorter/longer token count. jaccard, containment: of three-word shingles; weighted_*: the same with
    crowd weights. replaced: weight replaced / (replaced + kept). head_*: the same in the first 40 tokens, counting
    only what occurs nowhere in the other text.
    """
    lengths = sorted((len(a.tokens), len(b.tokens)))
    in_b, in_a = members(a.shingles, b.shingles), members(b.shingles, a.shingles)
    both = int(in_b.sum())
    coarse = {
        "length_ratio": lengths[0] / max(1, lengths[1]),
        "jaccard": both / max(1, len(a.shingles) + len(b.shingles) - both),
        "containment": both / max(1, min(len(a.shingles), len(b.shingles))),
    }
    weight_a = weights(crowd_a.shingles, crowd_a, b.key, in_b)
    weight_b = weights(crowd_b.shingles, crowd_b, a.key, in_a)
    shared = float(np.minimum(weight_a[in_b], weight_b[in_a]).sum())
    only_a, only_b = float(weight_a[~in_b].sum()), float(weight_b[~in_a].sum())
    coarse["weighted_jaccard"] = shared / max(_TINY, shared + only_a + only_b)
    coarse["weighted_containment"] = shared / max(_TINY, shared + min(only_a, only_b))
    measures = Measures(shorter=lengths[0], **coarse)
    if not worth_aligning(measures):
        return measures, None
    alignment = align(a.tokens, b.tokens)
    return _with_alignment(coarse, lengths[0], a, b, crowd_a, crowd_b, alignment), alignment


def worth_aligning(m: Measures) -> bool:
    """Tell whether two texts share enough for their differences to mean anything."""
    return (
        m.length_ratio >= LEAST_LENGTH_RATIO
        and m.jaccard >= LEAST_JACCARD
        and m.weighted_jaccard >= LEAST_WEIGHTED_JACCARD
        and m.weighted_containment >= LEAST_WEIGHTED_CONTAINMENT
    )


def _with_alignment(
    coarse: dict[str, float], shorter: int, a: Comparable, b: Comparable, crowd_a: Crowd, crowd_b: Crowd, found: Alignment
) -> Measures:
    weight_a, new_a = _token_weights(a, b, crowd_a)
    weight_b, new_b = _token_weights(b, a, crowd_b)
    replaced = head_replaced = changed = 0.0
    counts: Counter[str] = Counter()
    for block in found.blocks:
        left, right = list(block.a), list(block.b)
        sum_a, sum_b = float(weight_a[left].sum()), float(weight_b[right].sum())
        changed += sum_a
        counts.update(_count_block(block, a.tokens.figures, b.tokens.figures))
        if not (left and right):
            continue
        replaced += min(sum_a, sum_b)
        if block.at < HEAD:
            fresh_a, fresh_b = [i for i in left if new_a[i]], [i for i in right if new_b[i]]
            if fresh_a and fresh_b:
                head_replaced += min(float(weight_a[fresh_a].sum()), float(weight_b[fresh_b].sum()))
                counts.update(_count_head(a.tokens, b.tokens, fresh_a, fresh_b))
    kept = max(0.0, float(weight_a.sum()) - changed)
    head_kept = float(weight_a[:HEAD][~new_a[:HEAD]].sum())
    return Measures(
        shorter=shorter,
        **coarse,
        replaced=replaced / max(_TINY, replaced + kept),
        head_replaced=head_replaced / max(_TINY, head_replaced + head_kept),
        head_figures=counts["head figures"],
        head_words=counts["head words"],
        identifiers=counts["identifiers"],
        figure_share=counts["figures"] / max(1, counts["tokens"]),
        words_replaced=counts["replaced"],
        words_added=counts["added"],
        words_removed=counts["removed"],
        figures_changed=counts["figures replaced"],
        kept=kept,
    )


def _token_weights(own: Comparable, other: Comparable, crowd: Crowd) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return for each of the first tokens its weight, and whether the other text lacks it altogether."""
    shared = members(own.words, other.words)
    by_word = weights(crowd.words, crowd, other.key, shared)
    place = np.searchsorted(own.words, own.tokens.hashes[:LONGEST])
    lacking = ~members(own.tokens.hashes[:LONGEST], np.unique(other.tokens.hashes[:LONGEST]))
    return by_word[place], lacking


def _count_block(block: Block, figures_a: NDArray[np.bool_], figures_b: NDArray[np.bool_]) -> dict[str, int]:
    in_a, in_b = int(figures_a[list(block.a)].sum()), int(figures_b[list(block.b)].sum())
    pairs = min(len(block.a), len(block.b))
    return {
        "tokens": len(block.a) + len(block.b),
        "figures": in_a + in_b,
        "figures replaced": min(in_a, in_b),
        "replaced": pairs,
        "added": len(block.b) - pairs,
        "removed": len(block.a) - pairs,
    }


def _count_head(a: Tokens, b: Tokens, fresh_a: list[int], fresh_b: list[int]) -> dict[str, int]:
    figures_a, figures_b = int(a.figures[fresh_a].sum()), int(b.figures[fresh_b].sum())
    shapes_a = Counter(shape(a.word(i)) for i in fresh_a)
    shapes_b = Counter(shape(b.word(i)) for i in fresh_b)
    del shapes_a[""]
    return {
        "head figures": min(figures_a, figures_b),
        "head words": min(len(fresh_a) - figures_a, len(fresh_b) - figures_b),
        "identifiers": (shapes_a & shapes_b).total(),
    }
