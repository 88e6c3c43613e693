"""Why a pair is, or is not, a duplicate: measures, decision and words, put together. Never measures anything itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.records import Changes, Evidence, Relation
from dedupe_app.similarity.reasons import describe
from dedupe_app.similarity.verdict import decide

if TYPE_CHECKING:
    from dedupe_app.records import Comparable, Measures
    from dedupe_app.similarity.alignment import Alignment

IDENTICAL = Evidence(Relation.IDENTICAL, 100.0, 100.0, 100.0, Changes())
SAME_TEXT = Evidence(Relation.SAME_TEXT, 100.0, 100.0, 100.0, Changes())
SAME_WORDS = Evidence(Relation.REVISION, 100.0, 100.0, 100.0, Changes())


def explain(
    a: Comparable, b: Comparable, measures: Measures, alignment: Alignment | None
) -> Evidence:
    """Decide on a pair that was measured, and say why.

    `shared_text`: of the words of both, the share that has a counterpart (of the first 3,000 tokens; of shingles when
    the texts are too unlike to be aligned). `contained`: share of the shorter text's three-word runs in the longer.
    `similarity`: `contained` for that relation, else `shared_text`.
    """
    relation = decide(measures)
    contained = 100 * measures.containment
    shared, changes = 100 * measures.jaccard, Changes()
    if alignment is not None:
        changes = describe(a.tokens, b.tokens, alignment)
        total = max(1, alignment.length_a + alignment.length_b)
        shared = 100 * (1 - (2 * changes.replaced + changes.added + changes.removed) / total)
    similarity = contained if relation is Relation.CONTAINED else shared
    return Evidence(relation, round(similarity, 2), round(shared, 2), round(contained, 2), changes)
