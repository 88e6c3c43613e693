"""Tells whether what was replaced from one text to the other makes it another document, however alike they are.

Another number, party, subject or amount in the same form. What each rule is worth: docs/decision.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe_app.records import Measures

CONTAINED_WEIGHTED = 0.60
SHORT_RECORD = 300
MOSTLY_SLOTS = 0.80
HALF_SLOTS = 0.50
MANY_SLOTS = 0.30
# So many figures, and words or amounts besides, make another filling of a form that nobody else shows.
FIGURES_IN_FORM = 3
VALUES_IN_FORM = 3
# So many of the values have words, or are amounts and long numbers; fewer do beside a name.
TELLING_IN_FORM, TELLING_WITH_NAME = 5, 4
VARYING_PLACES, VARYING_PLACES_OF_SHORT = 5, 2
LITTLE_BESIDE_FRAME = 0.20
# A first name and a surname.
WORDS_IN_NAME = 2
# In a text this short so many figures make it the next one: next year's prices.
SHORT_TERMS = 600
MOSTLY_FIGURES = 0.50
# A text this short with another number in its title.
SHORT_DEED = 200
# A note of so few tokens of which more than so much was replaced; shorter ones, also without a frame.
NOTE, SHORTER_NOTE = 150, 100
MUCH_OF_A_NOTE = 0.05
FRAME_OF_A_NOTE = 0.35
# Two notes that share less than so much are pages of one manual, under titles with so many words of their own, or under
# any title, when what the crowd has as well is left out.
SHARED_BY_VERSIONS, SHARED_BESIDE_FRAME = 0.65, 0.35
WORDS_OF_OWN_TITLE = 2
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


def is_other_matter(m: Measures) -> bool:
    """Tell whether what was replaced makes it another document: another number, party, subject or amount."""
    return (
        m.identifiers > 0
        or (m.title_identifiers > 0 and m.telling_slots <= 1)
        or (m.figure_slots > 0 and m.slot_share >= MOSTLY_SLOTS and not _is_lone_figure(m))
        or (m.figure_slots >= 2 and m.shorter < SHORT_RECORD)
        or _is_filled_anew(m)
        or _is_filled_for_another(m)
        or _is_filled_as_others(m)
        or _is_page_of_a_series(m)
        or (m.rare_figure_slots > 0 and m.frame >= HALF_FRAME)
        or (max(m.figure_slots, m.head_figures) > 0 and m.frame >= WHOLLY_FRAME)
        or _is_other_name(m)
        or _is_other_note(m)
        or _is_sister_page(m)
        or (m.references > 0 and m.head_words >= WORDS_IN_NAME)
        or (m.title_numbers > 0 and m.shorter < SHORT_DEED)
        or _is_next_terms(m)
        or m.exchanged >= 2
        or _is_other_party(m)
        or is_hardly_more_than_frame(m)
        or m.title_exchanged >= 4
    )


def _is_filled_anew(m: Measures) -> bool:
    """Tell whether half of what changed are values, from the head on or many: a lease on another flat."""
    many = m.telling_slots >= TELLING_IN_FORM and words(m) < SHORT_TERMS
    return (
        m.figure_slots >= FIGURES_IN_FORM
        and m.telling_slots >= 2
        and m.slot_share >= HALF_SLOTS
        and (m.head_replaced > 0 or many)
    )


def _is_filled_for_another(m: Measures) -> bool:
    """Tell whether a name in the head and values besides stand against others, whatever clauses were reworded."""
    return (
        m.head_words >= WORDS_IN_NAME
        and m.telling_slots >= TELLING_WITH_NAME
        and m.value_share >= MANY_SLOTS
        and m.figure_slots >= 2
        and m.figure_slots * TOKENS_PER_FIGURE > words(m)
    )


def words(m: Measures) -> float:
    """Return how many words the shorter text has, in scripts without spaces too."""
    return m.shorter * m.words_per_token


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
        or (
            m.shorter < SHORT_TERMS
            and m.frame >= MOSTLY_FRAME
            and m.varying_slots >= VARYING_PLACES_OF_SHORT
            and m.weighted_jaccard < LEAST_WEIGHTED_JACCARD_IN_FRAME
        )
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
        or (m.frame >= MOSTLY_FRAME and m.title_words >= WORDS_IN_NAME and m.shorter < SHORT_TERMS)
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
    """Tell whether the head of a note has other words: above the same signature, with another date, or as others do."""
    # The first reminder and the second: others differ in the same place, and elsewhere.
    is_next = m.varying_head_slots >= 1 and m.varying_slots >= VARYING_PLACES_OF_SHORT
    if is_next and m.shorter < NOTE and m.frame >= HALF_FRAME and m.head_words >= 1:
        return True
    return m.replaced > MUCH_OF_A_NOTE and (
        (m.shorter < NOTE and m.frame >= FRAME_OF_A_NOTE and m.head_words >= 2)
        or (m.shorter < SHORTER_NOTE and m.head_words >= 1 and m.head_figures >= 1)
    )


def _is_sister_page(m: Measures) -> bool:
    """Tell whether two notes have too little in common for versions: to enable a key, to disable a key."""
    return m.shorter < NOTE and (
        m.weighted_jaccard < SHARED_BESIDE_FRAME
        or (m.jaccard < SHARED_BY_VERSIONS and m.new_title_words >= WORDS_OF_OWN_TITLE)
    )


def _is_other_party(m: Measures) -> bool:
    """Tell whether a name of the title has another against it wherever it stands, the form being the same."""
    return (
        m.half_exchanged >= 2
        and m.title_exchanged >= 2
        and (m.frame >= NEARLY_ALL_FRAME or (m.figure_slots > 0 and m.shorter < SHORT_RECORD))
    )


def is_hardly_more_than_frame(m: Measures) -> bool:
    """Tell whether most of two texts is what others have as well, and they share little besides."""
    return (
        m.frame >= MOSTLY_FRAME
        and m.weighted_jaccard < LEAST_WEIGHTED_JACCARD_IN_FRAME
        and m.weighted_containment < CONTAINED_WEIGHTED
    )
