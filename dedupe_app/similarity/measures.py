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
from dedupe_app.similarity.crowd import view, weigh_shingles
from dedupe_app.similarity.lookalikes import misread, shape
from dedupe_app.similarity.particulars import find_particulars
from dedupe_app.similarity.slots import HEAD, find_slots, is_reference, numbers_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dedupe_app.records import Comparable, Tokens
    from dedupe_app.similarity.alignment import Alignment, Block
    from dedupe_app.similarity.crowd import Crowd, View
    from dedupe_app.similarity.differences import Differences
    from dedupe_app.similarity.exchanges import Exchange
    from dedupe_app.similarity.overlap import Common

TITLE = 20
LETTERS_IN_NAME = 4
# A Chinese word has about 1.6 characters.
WORDS_PER_CHARACTER = 0.6
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
    differences: Callable[[Comparable, Comparable], Differences],
    shared: Common,
    worthwhile: Callable[[Measures], bool] | None = None,
) -> tuple[Measures, Alignment | None]:
    """Measure a pair; the alignment is None when the texts are too unlike to be aligned.

    The measures are defined at records.Measures. `crowd_of` and `differences` are asked only when it matters.
    `shared`: the shingles that both have. `worthwhile`: what else has to be so for the texts to be aligned.
    """
    shorter, longer = sorted((len(a.tokens), len(b.tokens)))
    both = len(shared)
    found: dict[str, Any] = {
        "length_ratio": shorter / max(1, longer),
        "shorter": shorter,
        "jaccard": both / max(1, len(a.shingles) + len(b.shingles) - both),
        "containment": both / max(1, min(len(a.shingles), len(b.shingles))),
    }
    if max(found["jaccard"], found["containment"] / 2) < LEAST_JACCARD:
        return Measures(**found), None
    crowd_a, crowd_b = crowd_of(a), crowd_of(b)
    found |= _weighted(a, b, crowd_a, crowd_b, shared)
    measures = Measures(**found)
    if not worth_aligning(measures) or (worthwhile and not worthwhile(measures)):
        return measures, None
    pair = differences(a, b)
    left = view(pair.a, crowd_a, b.key, shared.in_a, pair.words.in_a)
    right = view(pair.b, crowd_b, a.key, shared.in_b, pair.words.in_b)
    return Measures(**found, **_replaced(left, right, pair)), pair.alignment


def _weighted(
    a: Comparable, b: Comparable, crowd_a: Crowd, crowd_b: Crowd, shared: Common
) -> dict[str, Any]:
    shared_a, only_a = weigh_shingles(crowd_a, b.key, shared.in_a)
    shared_b, only_b = weigh_shingles(crowd_b, a.key, shared.in_b)
    both = float(np.minimum(shared_a, shared_b).sum())
    return {
        "weighted_jaccard": both / max(_TINY, both + only_a + only_b),
        "weighted_containment": both / max(_TINY, both + min(only_a, only_b)),
    }


def worth_aligning(m: Measures) -> bool:
    """Tell whether two texts share enough for their differences to mean anything."""
    return (
        m.length_ratio >= LEAST_LENGTH_RATIO
        and m.jaccard >= LEAST_JACCARD
        and m.weighted_jaccard >= LEAST_WEIGHTED_JACCARD
        and m.weighted_containment >= LEAST_WEIGHTED_CONTAINMENT
    )


def _replaced(a: View, b: View, pair: Differences) -> dict[str, Any]:
    left, right = pair.alignment.only_a, pair.alignment.only_b
    sum_a, sum_b = left.sums(a.weight), right.sums(b.weight)
    # What stands on one side only is no replacement: there the lesser sum is 0.
    replaced = float(np.minimum(sum_a, sum_b).sum())
    kept = max(0.0, float(a.weight.sum() - sum_a.sum()))
    figures = int(a.tokens.figures[left.tokens].sum() + b.tokens.figures[right.tokens].sum())
    head = _head_replaced(a, b, pair.blocks)
    head_kept = float(a.weight[:HEAD][~a.fresh[:HEAD]].sum())
    slots = find_slots(a, b, pair.alignment, pair.blocks)
    return {
        "replaced": replaced / max(_TINY, replaced + kept),
        "head_replaced": head["replaced"] / max(_TINY, head["replaced"] + head_kept),
        "head_figures": head["figures"],
        "head_words": head["words"],
        "title_words": head["title"],
        "identifiers": head["identifiers"],
        "title_identifiers": head["renamed"],
        "references": head["references"],
        "title_numbers": head["numbers"],
        "figure_share": figures / max(1, len(left.tokens) + len(right.tokens)),
        "figure_slots": slots.figures,
        "rare_figure_slots": slots.rare_figures,
        "framed_name_slots": slots.framed_names,
        "telling_slots": slots.telling,
        "varying_slots": slots.varying,
        "varying_head_slots": slots.varying_head,
        "slot_share": slots.share,
        "value_share": slots.value_share,
        "frame": min(a.frame, b.frame),
        **_count_exchanges(pair.exchanges),
        **find_particulars(a, b, pair.alignment, pair.blocks, TITLE),
        "quotation": pair.quotation,
        "words_per_token": max(_words_per_token(a.tokens), _words_per_token(b.tokens)),
    }


def _words_per_token(tokens: Tokens) -> float:
    """Return how many words a token is: where every character is one, a word takes several."""
    if tokens.text.isascii():
        return 1.0
    lengths = tokens.ends[:LONGEST] - tokens.starts[:LONGEST]
    single = np.count_nonzero((lengths == 1) & ~tokens.figures[:LONGEST])
    return WORDS_PER_CHARACTER if 2 * single > len(lengths) else 1.0


def _head_replaced(a: View, b: View, blocks: Iterable[Block]) -> dict[str, Any]:
    """Count what was replaced in the head by something that the other text lacks."""
    counts: Counter[str] = Counter()
    replaced = 0.0
    for block in blocks:
        if block.at >= HEAD:
            break
        fresh_a, fresh_b = [i for i in block.a if a.fresh[i]], [i for i in block.b if b.fresh[i]]
        if not (fresh_a and fresh_b):
            continue
        replaced += min(float(a.weight[fresh_a].sum()), float(b.weight[fresh_b].sum()))
        counts.update(_count_head(a, b, fresh_a, fresh_b))
        if block.at < TITLE:
            new = min(_count_names(a, fresh_a), _count_names(b, fresh_b))
            counts["title"] += max(0, new - _count_confused(a, fresh_a, b, fresh_b))
            counts["renamed"] += _count_renamed(a, fresh_a, b, fresh_b)
            counts["numbers"] += _have(numbers_document, a, fresh_a, b, fresh_b)
    names = ("figures", "words", "title", "identifiers", "renamed", "references", "numbers")
    return {"replaced": replaced, **{name: counts[name] for name in names}}


def _count_names(side: View, tokens: list[int]) -> int:
    """Count words, and identifiers with words in them: pkcs5_pbe_keyivgen, but not 5.36.0 or RX-104."""
    return sum(
        not side.tokens.figures[i] or sum(map(str.isalpha, side.tokens.word(i))) >= LETTERS_IN_NAME
        for i in tokens
    )


def _count_confused(a: View, fresh_a: list[int], b: View, fresh_b: list[int]) -> int:
    """Count the words that differ from the one against them in a letter, as in a scan: the, thc."""
    return sum(
        misread(a.tokens.word(i), b.tokens.word(j)) for i, j in zip(fresh_a, fresh_b, strict=False)
    )


def _count_renamed(a: View, fresh_a: list[int], b: View, fresh_b: list[int]) -> int:
    """Count the identifiers that share a part with the one against them: sensors_volt, sensors_fan."""
    return sum(
        not {*a.tokens.word(i).split("_")}.isdisjoint(b.tokens.word(j).split("_"))
        for i, j in zip(fresh_a, fresh_b, strict=False)
    )


def _count_head(a: View, b: View, fresh_a: list[int], fresh_b: list[int]) -> dict[str, int]:
    figures_a, figures_b = (
        int(a.tokens.figures[fresh_a].sum()),
        int(b.tokens.figures[fresh_b].sum()),
    )
    shapes_a = Counter(shape(a.tokens.word(i)) for i in fresh_a)
    shapes_b = Counter(shape(b.tokens.word(i)) for i in fresh_b)
    del shapes_a[""]
    return {
        "references": _have(_is_reference, a, fresh_a, b, fresh_b),
        "figures": min(figures_a, figures_b),
        "words": min(len(fresh_a) - figures_a, len(fresh_b) - figures_b),
        "identifiers": (shapes_a & shapes_b).total(),
    }


def _is_reference(side: View, token: int) -> bool:
    return is_reference(side.tokens.word(token))


def _have(
    kind: Callable[[View, int], bool], a: View, fresh_a: list[int], b: View, fresh_b: list[int]
) -> int:
    """Return 1 if on either side a word of some kind stands, 0 otherwise."""
    return int(all(any(kind(side, i) for i in own) for side, own in ((a, fresh_a), (b, fresh_b))))


def _count_exchanges(exchanges: Iterable[Exchange]) -> dict[str, int]:
    """Return how often the most exchanged word of the head is: lacking in both other texts, or in one."""
    mutual = one_sided = titled = anywhere = 0
    for exchange in exchanges:
        if exchange.fresh_a or exchange.fresh_b:
            anywhere = max(anywhere, exchange.times)
        if exchange.at < HEAD:
            one_sided = max(one_sided, exchange.times)
            if exchange.fresh_a and exchange.fresh_b:
                mutual = max(mutual, exchange.times)
        if exchange.at < TITLE:
            titled = max(titled, exchange.times)
    return {
        "exchanged": mutual,
        "half_exchanged": one_sided,
        "title_exchanged": titled,
        "anywhere_exchanged": anywhere,
    }
