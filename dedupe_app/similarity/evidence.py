"""Why a pair is, or is not, a duplicate: measures, decision and words, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.records import Changes, Evidence, Relation
from dedupe_app.similarity.measures import measure
from dedupe_app.similarity.reasons import describe
from dedupe_app.similarity.verdict import decide, is_sure

if TYPE_CHECKING:
    from dedupe_app.records import Comparable
    from dedupe_app.similarity.crowd import Crowd

IDENTICAL = Evidence(Relation.IDENTICAL, 100.0, 100.0, 100.0, Changes())
SAME_TEXT = Evidence(Relation.SAME_TEXT, 100.0, 100.0, 100.0, Changes())
SAME_WORDS = Evidence(Relation.REVISION, 100.0, 100.0, 100.0, Changes())


def compare(a: Comparable, b: Comparable, crowd_a: Crowd, crowd_b: Crowd) -> tuple[Evidence, bool]:
    """Compare two texts in their crowds; return the evidence, and whether they are surely one.

    `shared_text`: of the words of both, the share that has a counterpart (of the first 3,000 tokens; of shingles when
    the texts are too unlike to be aligned). `contained`: share of the shorter text's three-word runs in the longer.
    `similarity`: `contained` for that relation, else `shared_text`.
    """
    measures, alignment = measure(a, b, crowd_a, crowd_b)
    relation = decide(measures)
    contained = 100 * measures.containment
    if alignment is None:
        shared, changes = 100 * measures.jaccard, Changes()
    else:
        changes = describe(a.tokens, b.tokens, alignment)
        total = max(1, alignment.length_a + alignment.length_b)
        shared = 100 * (1 - (2 * changes.replaced + changes.added + changes.removed) / total)
    similarity = contained if relation is Relation.CONTAINED else shared
    evidence = Evidence(relation, *(round(value, 2) for value in (similarity, shared, contained)), changes)
    return evidence, alignment is not None and is_sure(measures)
