"""The decision: measures of a pair to a relation. Every threshold of the program's heart stands here, nowhere else.

Source and measurements: docs/decision.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe_app.records import Relation
from dedupe_app.similarity.measures import worth_aligning

if TYPE_CHECKING:
    from dedupe_app.records import Measures

CONTAINED_SHARE = 0.80
CONTAINED_SHORTER = 0.67
MOST_REPLACED = 0.10
MOST_HEAD_REPLACED = 0.095
LEAST_REPLACED_WITH_HEAD = 0.04
SHORT_RECORD = 300


def decide(m: Measures) -> Relation | None:
    """Return revision, contained, same-template, or None for two texts that are simply different."""
    if not worth_aligning(m):
        contained = m.containment >= CONTAINED_SHARE and m.length_ratio < CONTAINED_SHORTER
        return Relation.CONTAINED if contained else None
    if m.identifiers:
        return Relation.SAME_TEMPLATE
    if m.head_figures >= 2 and m.figure_share >= 0.5:
        return Relation.SAME_TEMPLATE
    if m.head_figures and m.head_words >= 2 and m.shorter < SHORT_RECORD:
        return Relation.SAME_TEMPLATE
    if m.replaced > MOST_REPLACED:
        return Relation.SAME_TEMPLATE
    if m.head_replaced > MOST_HEAD_REPLACED and m.replaced > LEAST_REPLACED_WITH_HEAD:
        return Relation.SAME_TEMPLATE
    return Relation.REVISION


def is_sure(m: Measures) -> bool:
    """Tell whether two texts are so surely one that neither belongs into the crowd of the other."""
    return (
        m.replaced <= 0.03
        and m.head_replaced <= 0.03
        and m.weighted_jaccard >= 0.30
        and m.weighted_containment >= 0.60
        and m.length_ratio >= 0.4
    )
