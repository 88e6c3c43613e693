"""The decision: measures of a pair to a relation. Every threshold of the program's heart stands here or in measures.

A rule and no learnt model: a model that has seen no template calls all siblings duplicates. What each rule is worth,
and on which documents it was measured: docs/decision.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.records import Relation
from dedupe_app.similarity.measures import LEAST_JACCARD, worth_aligning

if TYPE_CHECKING:
    from dedupe_app.records import Measures

CONTAINED_SHARE = 0.80
CONTAINED_WEIGHTED = 0.60
CONTAINED_SHORTER = 0.67
# An excerpt this short, and this surely inside, is an excerpt although it could pass for an early draft.
EXCERPT_SHARE = 0.90
EXCERPT_SHORTER = 0.45
# So few words, of which the other text has most and as many again, are a passage of it.
SHORT_PASSAGE = 120
PASSAGE_SHARE = 0.70
PASSAGE_SHORTER = 0.50
SURE_JACCARD = 0.40
MOST_REPLACED = 0.10
MOST_HEAD_REPLACED = 0.095
LEAST_REPLACED_WITH_HEAD = 0.04
SHORT_RECORD = 300
MOSTLY_SLOTS = 0.80
HALF_SLOTS = 0.50
MANY_SLOTS = 0.30
# So many figures, and words or amounts besides, make another filling of a form that nobody else shows.
FIGURES_IN_FORM = 3
VALUES_IN_FORM = 3
VARYING_PLACES = 5
LITTLE_BESIDE_FRAME = 0.20
# A first name and a surname.
WORDS_IN_NAME = 2
# In a text this short so many figures make it the next one: next year's prices.
SHORT_TERMS = 600
MOSTLY_FIGURES = 0.50
# A note of so few tokens of which more than so much was replaced; shorter ones, also without a frame.
NOTE, SHORTER_NOTE = 150, 100
MUCH_OF_A_NOTE = 0.05
FRAME_OF_A_NOTE = 0.35
# A text this long for every figure in it that was replaced is not another filling of a form.
TOKENS_PER_FIGURE = 400
LITTLE_FRAME = 0.30
HALF_FRAME = 0.50
VARYING_FRAME = 0.60
MOSTLY_FRAME = 0.70
NAMES_ONLY_FRAME = 0.75
LEAST_WEIGHTED_JACCARD_IN_FRAME = 0.35
NEARLY_ALL_FRAME = 0.80
WHOLLY_FRAME = 0.85
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
MOST_REPLACED_IN_DRAFTS = 0.08
# A text of so many tokens of which hardly anything was replaced.
LONG_TEXT = 1000
HARDLY_REPLACED = 0.03


def decide(m: Measures) -> Relation | None:
    """Return revision, contained, same-template, or None for two texts that are simply different."""
    if _is_contained(m):
        return Relation.CONTAINED
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


def is_other_matter(m: Measures) -> bool:
    """Tell whether what was replaced makes it another document: another number, party, subject or amount."""
    return (
        m.identifiers > 0
        or (m.title_identifiers > 0 and m.telling_slots <= 1)
        or (m.figure_slots > 0 and m.slot_share >= MOSTLY_SLOTS and not _is_lone_figure(m))
        or (m.figure_slots >= 2 and m.shorter < SHORT_RECORD)
        or _is_filled_anew(m)
        or _is_filled_as_others(m)
        or _is_page_of_a_series(m)
        or (m.rare_figure_slots > 0 and m.frame >= HALF_FRAME)
        or (max(m.figure_slots, m.head_figures) > 0 and m.frame >= WHOLLY_FRAME)
        or _is_other_name(m)
        or _is_other_note(m)
        or (m.references > 0 and m.head_words >= WORDS_IN_NAME)
        or _is_next_terms(m)
        or m.exchanged >= 2
        or _is_other_party(m)
        or _is_hardly_more_than_frame(m)
        or m.title_exchanged >= 4
    )


def _is_redrafted(m: Measures) -> bool:
    """Tell whether one filling of a form kept a head of its own while its wording changed: drafts of a contract."""
    return (
        m.particulars >= LEAST_PARTICULARS
        and m.head_changed == 0
        and m.replaced <= MOST_REPLACED_IN_DRAFTS
        and m.value_share < HALF_SLOTS
        and m.anywhere_exchanged < 2
        and m.title_exchanged < 2
        and not (m.framed_name_slots >= VALUES_IN_FORM and m.varying_slots >= VALUES_IN_FORM)
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
        and not _is_hardly_more_than_frame(m)
    )


def is_sure(m: Measures) -> bool:
    """Tell whether two texts are so surely one that neither belongs into the crowd of the other."""
    return may_be_sure(m) and not m.is_answer and (_is_the_same(m) or _is_surely_revised(m))


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


def _is_filled_anew(m: Measures) -> bool:
    """Tell whether half of what changed are values, from the head on: a lease on another flat."""
    return (
        m.figure_slots >= FIGURES_IN_FORM
        and m.telling_slots >= 2
        and m.slot_share >= HALF_SLOTS
        and m.head_replaced > 0
    )


def _is_filled_as_others(m: Measures) -> bool:
    """Tell whether values differ where those of others differ as well: at the head, or at several places."""
    return (
        m.varying_head_slots > 0 and m.frame >= HALF_FRAME and m.slot_share >= MOSTLY_SLOTS
    ) or (
        m.varying_slots >= VALUES_IN_FORM
        and m.frame >= VARYING_FRAME
        and m.slot_share >= HALF_SLOTS
    )


def _is_page_of_a_series(m: Measures) -> bool:
    """Tell whether names stand against others in a frame where those of others differ as well: pages of one site."""
    if m.framed_name_slots == 0 or m.frame < HALF_FRAME:
        return False
    return (
        (m.framed_name_slots >= VALUES_IN_FORM and m.varying_slots >= VARYING_PLACES)
        or (m.frame >= NEARLY_ALL_FRAME and m.varying_slots >= VALUES_IN_FORM)
        or m.weighted_jaccard < LITTLE_BESIDE_FRAME
    )


def _is_lone_figure(m: Measures) -> bool:
    """Tell whether a long text that is no form differs in a figure or two: a date, a version, a number put right."""
    return (
        m.telling_slots == 0
        and m.figure_slots * TOKENS_PER_FIGURE <= m.shorter
        and m.frame < LITTLE_FRAME
    )


def _is_other_name(m: Measures) -> bool:
    """Tell whether names stand against others in a form: so many of the changes are, or in the title."""
    if m.anywhere_exchanged >= 2 and m.frame >= MOSTLY_FRAME:
        return True
    if m.title_words >= WORDS_IN_NAME and m.slot_share >= MOSTLY_SLOTS and m.shorter < SHORT_RECORD:
        return True
    if m.framed_name_slots == 0:
        return False
    return (
        (m.frame >= MOSTLY_FRAME and m.figure_slots > 0)
        or (
            m.frame >= NAMES_ONLY_FRAME
            and (m.slot_share >= MOSTLY_SLOTS or m.title_words >= WORDS_IN_NAME)
        )
        or (m.frame >= NEARLY_ALL_FRAME and m.slot_share >= MANY_SLOTS)
    )


def _is_next_terms(m: Measures) -> bool:
    """Tell whether most of what changed in a text of some length are figures: the prices of next year."""
    return (
        m.shorter < SHORT_TERMS
        and m.rare_figure_slots >= FIGURES_IN_FORM
        and m.telling_slots >= 2
        and m.figure_share >= MOSTLY_FIGURES
    )


def _is_other_note(m: Measures) -> bool:
    """Tell whether the head of a note has other words: above the same signature, or with another date."""
    return m.replaced > MUCH_OF_A_NOTE and (
        (m.shorter < NOTE and m.frame >= FRAME_OF_A_NOTE and m.head_words >= 2)
        or (m.shorter < SHORTER_NOTE and m.head_words >= 1 and m.head_figures >= 1)
    )


def _is_other_party(m: Measures) -> bool:
    """Tell whether a name of the title has another against it wherever it stands, the form being the same."""
    return (
        m.half_exchanged >= 2
        and m.title_exchanged >= 2
        and (m.frame >= NEARLY_ALL_FRAME or (m.figure_slots > 0 and m.shorter < SHORT_RECORD))
    )


def _is_hardly_more_than_frame(m: Measures) -> bool:
    """Tell whether most of two texts is what others have as well, and they share little besides."""
    return (
        m.frame >= MOSTLY_FRAME
        and m.weighted_jaccard < LEAST_WEIGHTED_JACCARD_IN_FRAME
        and m.weighted_containment < CONTAINED_WEIGHTED
    )


def _is_contained(m: Measures) -> bool:
    if m.is_answer and m.containment >= PASSAGE_SHARE:
        return True
    if m.containment >= EXCERPT_SHARE and m.length_ratio < EXCERPT_SHORTER:
        return m.weighted_containment >= CONTAINED_WEIGHTED
    if m.shorter < SHORT_PASSAGE and m.length_ratio < PASSAGE_SHORTER:
        return m.containment >= PASSAGE_SHARE and m.weighted_containment >= CONTAINED_WEIGHTED
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


def _words(m: Measures) -> float:
    return m.shorter * m.words_per_token


def _is_revised_prose(m: Measures) -> bool:
    """Tell whether a long text was rewritten in part, (nearly) under its old title."""
    return (
        any(_words(m) >= long and m.title_words <= new for long, new in LONG_PROSE)
        and m.replaced <= MOST_REPLACED_IN_PROSE
        and m.head_replaced <= MOST_HEAD_REPLACED_IN_PROSE
        and not _is_next_of_a_series(m)
        and not _is_list(m)
    )


def _is_short_prose(m: Measures) -> bool:
    """Tell whether sentences of a text that nobody else resembles have others in their place, and hardly a value."""
    return (
        _words(m) >= SHORT_PROSE
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
        _words(m) >= LONG_PROSE[-1][0]
        and m.jaccard >= LEAST_JACCARD_IN_PROSE
        and m.frame < NO_FRAME
        and m.replaced <= MOST_REPLACED
        and m.slot_share <= MOST_SLOTS_IN_PROSE
        and m.half_exchanged < 2
    )
