"""The decision: measures of a pair to a relation. Every threshold of it stands here, in other_matter or in measures.

A rule and no learnt model: a model that has seen no template calls all siblings duplicates. What each rule is worth,
and on which documents it was measured: docs/decision.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.records import Quotation, Relation
from dedupe_app.similarity.measures import LEAST_JACCARD, worth_aligning
from dedupe_app.similarity.other_matter import (
    CONTAINED_WEIGHTED,
    HALF_SLOTS,
    SHORT_RECORD,
    VALUES_IN_FORM,
    is_hardly_more_than_frame,
    is_other_matter,
    words,
)

if TYPE_CHECKING:
    from dedupe_app.records import Measures

CONTAINED_SHARE = 0.80
CONTAINED_SHORTER = 0.67
# An excerpt this short, and this surely inside, is an excerpt although it could pass for an early draft.
EXCERPT_SHARE = 0.90
EXCERPT_SHORTER = 0.45
# So few words, of which the other text has most and as many again, are a passage of it.
SHORT_PASSAGE = 120
PASSAGE_SHARE = 0.80
PASSAGE_WEIGHTED = 0.75
PASSAGE_SHORTER = 0.50
# Of a text that an answer quotes so much stands in the answer.
QUOTED_SHARE = 0.50
SURE_JACCARD = 0.40
MOST_REPLACED = 0.10
MOST_HEAD_REPLACED = 0.095
LEAST_REPLACED_WITH_HEAD = 0.04
# From this many words on a text is prose whose title may have this many new words.
LONG_PROSE = ((400, 2), (300, 1), (200, 0))
MOST_REPLACED_IN_PROSE = 0.25
MOST_HEAD_REPLACED_IN_PROSE = 0.30
LEAST_JACCARD_IN_PROSE = 0.60
NO_FRAME = 0.10
MOST_SLOTS_IN_PROSE = 0.30
# A list of versions or codes is no prose: below so many tokens, with more figures among what changed.
LONG_LIST = 400
MOST_FIGURES_IN_PROSE = 0.10
LEAST_JACCARD_IN_SERIES = 0.30
# Sentences exchanged in a text of at least so many words.
SHORT_PROSE = 100
LEAST_JACCARD_IN_SHORT_PROSE = 0.40
MOST_SLOTS_IN_SHORT_PROSE = 0.10
# Drafts of one filling of a form: so much of what is particular in the head is the same, and so little was replaced.
LEAST_PARTICULARS = 3
# Who fills in a form leaves its words alone.
LEAST_FORM_WORDS = 3
MOST_VALUES_IN_DRAFT = 2
MOST_REPLACED_IN_DRAFTS = 0.08
# A text of so many tokens of which hardly anything was replaced.
LONG_TEXT = 1000
HARDLY_REPLACED = 0.03


def decide(m: Measures) -> Relation | None:
    """Return revision, contained, same-template, or None for two texts that are simply different."""
    if m.quotation is Quotation.SENT_ON:
        return Relation.REVISION
    if _is_contained(m):
        return Relation.CONTAINED
    if m.quotation:
        return None
    if not worth_aligning(m):
        # Much in common, but nothing that the crowd has not: the frame of a template.
        return (
            Relation.SAME_TEMPLATE if m.jaccard >= LEAST_JACCARD and m.length_ratio >= 0.5 else None
        )
    if _is_redrafted(m) or _is_reworded(m):
        return Relation.REVISION
    if is_other_matter(m):
        return Relation.SAME_TEMPLATE
    return (
        Relation.REVISION
        if _is_little_replaced(m)
        or _is_revised_prose(m)
        or _is_short_prose(m)
        or _has_new_beginning(m)
        else Relation.SAME_TEMPLATE
    )


def _is_redrafted(m: Measures) -> bool:
    """Tell whether one filling of a form kept a head of its own while its wording changed: drafts of a contract."""
    return (
        m.particulars >= LEAST_PARTICULARS
        and m.head_changed == 0
        and m.replaced <= MOST_REPLACED_IN_DRAFTS
        and m.anywhere_exchanged < 2
        and m.title_exchanged < 2
        and (_is_form_reworded(m) or _is_rather_reworded(m))
    )


def _is_form_reworded(m: Measures) -> bool:
    """Tell whether words of the form were replaced, or left out or added where hardly a value was replaced."""
    few_values = m.figure_slots <= 1 and m.telling_slots <= MOST_VALUES_IN_DRAFT
    return m.form_words >= LEAST_FORM_WORDS or (m.form_lacking >= LEAST_FORM_WORDS and few_values)


def _is_rather_reworded(m: Measures) -> bool:
    """Tell whether most of what stands against something else is wording, and few names are among it."""
    return m.value_share < HALF_SLOTS and not (
        m.framed_name_slots >= VALUES_IN_FORM and m.varying_slots >= VALUES_IN_FORM
    )


def _is_reworded(m: Measures) -> bool:
    """Tell whether a long text is the same but for some wording, however many versions of it stand around."""
    return (
        m.shorter >= LONG_TEXT
        and m.replaced <= HARDLY_REPLACED
        and m.head_replaced <= MOST_HEAD_REPLACED
        and m.new_title_words == 0
        and m.value_share < HALF_SLOTS
        and m.figure_slots == 0
        and m.identifiers == 0
        and m.title_identifiers == 0
        and max(m.exchanged, m.title_exchanged) < 2
        and not is_hardly_more_than_frame(m)
    )


def is_sure(m: Measures) -> bool:
    """Tell whether two texts are so surely one that neither belongs into the crowd of the other."""
    return may_be_sure(m) and not m.quotation and (_is_the_same(m) or _is_surely_revised(m))


def may_be_sure(m: Measures) -> bool:
    """Tell the same from what is known before two texts are aligned: False settles it."""
    return (
        m.jaccard >= SURE_JACCARD
        and m.weighted_jaccard >= 0.30
        and m.weighted_containment >= 0.60
        and m.length_ratio >= 0.4
    )


def _is_the_same(m: Measures) -> bool:
    return m.replaced <= 0.03 and m.head_replaced <= 0.03


def _is_surely_revised(m: Measures) -> bool:
    """Tell whether one is a revision of the other in which no value stands against another.

    Otherwise the drafts of one letter would be each other's crowd, and what they share would pass for a form.
    """
    return (
        m.jaccard >= 0.50
        and m.replaced <= MOST_REPLACED
        and m.weighted_jaccard >= 0.40
        and m.weighted_containment >= 0.60
        and m.length_ratio >= 0.5
        and m.figure_slots == 0
        and m.framed_name_slots == 0
        and decide(m) is Relation.REVISION
    )


def _is_contained(m: Measures) -> bool:
    if m.quotation is Quotation.WHOLE and m.containment >= QUOTED_SHARE:
        return True
    if m.containment >= EXCERPT_SHARE and m.length_ratio < EXCERPT_SHORTER:
        return m.weighted_containment >= CONTAINED_WEIGHTED
    if m.shorter < SHORT_PASSAGE and m.length_ratio < PASSAGE_SHORTER:
        return m.containment >= PASSAGE_SHARE and m.weighted_containment >= PASSAGE_WEIGHTED
    return (
        m.containment >= CONTAINED_SHARE
        and m.weighted_containment >= CONTAINED_WEIGHTED
        and m.length_ratio < CONTAINED_SHORTER
        and not worth_aligning(m)
    )


def _is_little_replaced(m: Measures) -> bool:
    if m.head_figures >= 2 and m.figure_share >= 0.5:
        return False
    if m.head_figures and m.head_words >= 2 and m.shorter < SHORT_RECORD:
        return False
    if m.replaced > MOST_REPLACED:
        return False
    return m.head_replaced <= MOST_HEAD_REPLACED or m.replaced <= LEAST_REPLACED_WITH_HEAD


def _is_revised_prose(m: Measures) -> bool:
    """Tell whether a long text was rewritten in part, (nearly) under its old title."""
    return (
        any(words(m) >= long and m.title_words <= new for long, new in LONG_PROSE)
        and m.replaced <= MOST_REPLACED_IN_PROSE
        and m.head_replaced <= MOST_HEAD_REPLACED_IN_PROSE
        and not _is_next_of_a_series(m)
        and not _is_list(m)
    )


def _is_short_prose(m: Measures) -> bool:
    """Tell whether sentences of a text that nobody else resembles have others in their place, and hardly a value."""
    return (
        words(m) >= SHORT_PROSE
        and m.title_words <= 1
        and m.jaccard >= LEAST_JACCARD_IN_SHORT_PROSE
        and m.frame < NO_FRAME
        and m.replaced <= MOST_REPLACED_IN_PROSE
        and m.head_replaced <= MOST_HEAD_REPLACED_IN_PROSE
        and m.slot_share <= MOST_SLOTS_IN_SHORT_PROSE
        and m.figure_slots == 0
        and m.half_exchanged < 2
    )


def _is_list(m: Measures) -> bool:
    """Tell whether what changed in a text of some length are figures as well as words: changes, versions, codes."""
    return m.shorter < LONG_LIST and m.figure_share > MOST_FIGURES_IN_PROSE


def _is_next_of_a_series(m: Measures) -> bool:
    """Tell whether a word of the title has another against it again and again, and figures too: the next month's."""
    return m.rare_figure_slots > 0 and (
        (m.half_exchanged >= 2 and m.title_exchanged >= 2)
        or (m.title_words > 0 and m.jaccard < LEAST_JACCARD_IN_SERIES)
    )


def _has_new_beginning(m: Measures) -> bool:
    """Tell whether a text that nobody else resembles was left as it was but for sentences at its beginning."""
    return (
        words(m) >= LONG_PROSE[-1][0]
        and m.jaccard >= LEAST_JACCARD_IN_PROSE
        and m.frame < NO_FRAME
        and m.replaced <= MOST_REPLACED
        and m.slot_share <= MOST_SLOTS_IN_PROSE
        and m.half_exchanged < 2
    )
