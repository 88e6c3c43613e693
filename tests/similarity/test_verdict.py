"""Each rule of the decision by its measures: what it stops, and that nothing else would have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dedupe_app.records import Measures, Quotation, Relation
from dedupe_app.similarity.verdict import decide

# Little replaced in a text of 250 tokens, none of it a value: a revision by every rule.
REVISED = Measures(
    length_ratio=0.95,
    shorter=250,
    jaccard=0.80,
    containment=0.90,
    weighted_jaccard=0.70,
    weighted_containment=0.80,
    replaced=0.03,
    head_replaced=0.03,
)
REWRITTEN = replace(REVISED, jaccard=0.28, containment=0.45, replaced=0.20, title_words=0)
SHORT_DRAFT = replace(REVISED, shorter=120, jaccard=0.50, replaced=0.15, head_replaced=0.12)
PASSAGE = replace(
    REVISED, shorter=80, length_ratio=0.40, jaccard=0.30, containment=0.82, weighted_jaccard=0.36
)
RULES = {
    "a name at the top, alone": (
        REVISED,
        {"title_words": 2, "slot_share": 0.9},
        [{"title_words": 1}, {"slot_share": 0.7}, {"shorter": 400}],
    ),
    "a name exchanged anywhere in a form": (
        REVISED,
        {"anywhere_exchanged": 2, "frame": 0.72},
        [{"anywhere_exchanged": 1}, {"frame": 0.6}],
    ),
    "a name and a figure in a form": (
        REVISED,
        {"framed_name_slots": 1, "figure_slots": 1, "frame": 0.72, "slot_share": 0.2},
        [{"framed_name_slots": 0}, {"figure_slots": 0}, {"frame": 0.6}],
    ),
    "names alone in a form": (
        REVISED,
        {"framed_name_slots": 1, "slot_share": 0.9, "frame": 0.76},
        [{"framed_name_slots": 0}, {"slot_share": 0.5}, {"frame": 0.7}],
    ),
    "a full name in the title of a form": (
        REVISED,
        {"framed_name_slots": 1, "title_words": 2, "frame": 0.72},
        [
            {"framed_name_slots": 0},
            {"title_words": 1},
            {"frame": 0.68},
            {"shorter": 700},
        ],
    ),
    "a full name in the title of a long form": (
        replace(REVISED, shorter=900),
        {"framed_name_slots": 1, "title_words": 2, "frame": 0.76},
        [{"framed_name_slots": 0}, {"title_words": 1}, {"frame": 0.72}],
    ),
    "notes that share little under titles of their own": (
        replace(REVISED, shorter=120, jaccard=0.6),
        {"new_title_words": 2},
        [{"jaccard": 0.7}, {"new_title_words": 1}, {"shorter": 160}],
    ),
    "notes that share little but their frame": (
        replace(REVISED, shorter=120),
        {"weighted_jaccard": 0.3},
        [{"weighted_jaccard": 0.36}, {"shorter": 160}],
    ),
    "pages of one site with other names": (
        REVISED,
        {"framed_name_slots": 3, "varying_slots": 5, "frame": 0.55},
        [{"framed_name_slots": 2}, {"varying_slots": 4}, {"frame": 0.45}],
    ),
    "pages that are nearly all menu": (
        REVISED,
        {"framed_name_slots": 1, "varying_slots": 3, "frame": 0.82},
        [{"framed_name_slots": 0}, {"varying_slots": 2}, {"frame": 0.75}],
    ),
    "pages that share hardly more than a menu": (
        replace(REVISED, weighted_jaccard=0.18),
        {"framed_name_slots": 1, "frame": 0.55},
        [{"framed_name_slots": 0}, {"weighted_jaccard": 0.25}, {"frame": 0.45}],
    ),
    "short pages that share little besides their menu": (
        replace(REVISED, weighted_jaccard=0.30),
        {"framed_name_slots": 1, "varying_slots": 2, "frame": 0.72},
        [
            {"framed_name_slots": 0},
            {"varying_slots": 1},
            {"frame": 0.68},
            {"weighted_jaccard": 0.36},
            {"shorter": 700},
        ],
    ),
    "a form filled anew": (
        replace(REVISED, shorter=900),
        {"figure_slots": 3, "telling_slots": 2, "slot_share": 0.6},
        [{"figure_slots": 2}, {"telling_slots": 1}, {"slot_share": 0.4}, {"head_replaced": 0.0}],
    ),
    "a form filled anew with much, below its head": (
        replace(REVISED, shorter=500, head_replaced=0.0),
        {"figure_slots": 3, "telling_slots": 5, "slot_share": 0.6},
        [{"figure_slots": 2}, {"telling_slots": 4}, {"slot_share": 0.4}, {"shorter": 700}],
    ),
    "a form filled for another": (
        replace(REVISED, shorter=700),
        {"figure_slots": 2, "telling_slots": 4, "value_share": 0.35, "head_words": 2},
        [
            {"figure_slots": 1},
            {"telling_slots": 3},
            {"value_share": 0.25},
            {"head_words": 1},
            {"shorter": 900},
        ],
    ),
    "a form filled for another in a script without spaces": (
        replace(REVISED, shorter=900, words_per_token=0.6),
        {"figure_slots": 2, "telling_slots": 4, "value_share": 0.35, "head_words": 2},
        [{"words_per_token": 1.0}],
    ),
    "other values where others differ, at the head": (
        REVISED,
        {"varying_head_slots": 1, "frame": 0.55, "slot_share": 0.9},
        [{"varying_head_slots": 0}, {"frame": 0.4}, {"slot_share": 0.7}],
    ),
    "other values where others differ, at several places": (
        REVISED,
        {"varying_slots": 3, "frame": 0.65, "slot_share": 0.6},
        [{"varying_slots": 2}, {"frame": 0.55}, {"slot_share": 0.4}],
    ),
    "an identifier of the title and nothing else": (
        REVISED,
        {"title_identifiers": 1, "telling_slots": 1},
        [{"title_identifiers": 0}, {"telling_slots": 2}],
    ),
    "another reference and another name at the head": (
        replace(REVISED, shorter=1200),
        {"references": 1, "head_words": 2},
        [{"references": 0}, {"head_words": 1}],
    ),
    "another number in the title of a deed": (
        replace(REVISED, shorter=160),
        {"title_numbers": 1},
        [{"title_numbers": 0}, {"shorter": 240}],
    ),
    "next year's prices": (
        replace(REVISED, shorter=500),
        {"rare_figure_slots": 3, "telling_slots": 2, "figure_share": 0.6},
        [
            {"rare_figure_slots": 2},
            {"telling_slots": 1},
            {"figure_share": 0.4},
            {"shorter": 700},
        ],
    ),
    "other words above the same signature": (
        replace(REVISED, replaced=0.06, shorter=120),
        {"frame": 0.40, "head_words": 2},
        [{"frame": 0.30}, {"head_words": 1}, {"shorter": 160}, {"replaced": 0.04}],
    ),
    "the second reminder": (
        replace(REVISED, shorter=120),
        {"head_words": 1, "frame": 0.55, "varying_head_slots": 1, "varying_slots": 2},
        [
            {"head_words": 0},
            {"frame": 0.45},
            {"varying_head_slots": 0},
            {"varying_slots": 1},
            {"shorter": 160},
        ],
    ),
    "the next agenda": (
        replace(REVISED, replaced=0.06, shorter=80),
        {"head_figures": 1, "head_words": 1},
        [{"head_figures": 0}, {"head_words": 0}, {"shorter": 110}, {"replaced": 0.04}],
    ),
    "the years of another holder of a licence": (
        REVISED,
        {"head_figures": 1, "frame": 0.90},
        [{"head_figures": 0}, {"frame": 0.8}],
    ),
    "a list of the next release": (
        replace(REWRITTEN, shorter=350),
        {"figure_share": 0.12},
        [{"figure_share": 0.08}, {"shorter": 450}],
    ),
    "the next of a series": (
        replace(REWRITTEN, shorter=450),
        {"title_words": 1, "rare_figure_slots": 1},
        [{"title_words": 0}, {"rare_figure_slots": 0}, {"jaccard": 0.35}],
    ),
}


@pytest.mark.parametrize(("base", "measured", "short_of"), RULES.values(), ids=RULES.keys())
def test_rule_stops_what_it_names_and_no_less(base, measured, short_of):
    _assert_turned(base, measured, short_of, Relation.REVISION, Relation.SAME_TEMPLATE)


def _assert_turned(base, measured, short_of, before, after):
    """Assert that what was measured besides turns the decision, and that nothing short of it does."""
    turned = replace(base, **measured)
    assert (decide(base), decide(turned)) == (before, after)
    for change in short_of:
        assert decide(replace(turned, **change)) is before, change


# Half of the text is frame, and a rare figure was replaced: by the other rules another filling of a form.
FILLED = replace(REVISED, frame=0.6, rare_figure_slots=1)
FRAMED = replace(REVISED, frame=0.9, anywhere_exchanged=3, shorter=1200, replaced=0.02)
SPARED = {
    "drafts of one filling of a form": (
        FILLED,
        {"particulars": 3, "value_share": 0.4},
        [
            {"particulars": 2},
            {"value_share": 0.5},
            {"head_changed": 1},
            {"replaced": 0.09},
            {"anywhere_exchanged": 2},
            {"title_exchanged": 2},
            {"framed_name_slots": 3, "varying_slots": 3},
        ],
    ),
    "drafts in which values changed, and words of the form": (
        FILLED,
        {"particulars": 3, "form_words": 3},
        [
            {"particulars": 2},
            {"form_words": 2},
            {"head_changed": 1},
            {"replaced": 0.09},
            {"anywhere_exchanged": 2},
            {"title_exchanged": 2},
        ],
    ),
    "drafts with hardly a value, and without words of the form": (
        FILLED,
        {"particulars": 3, "form_lacking": 3, "figure_slots": 1, "telling_slots": 2},
        [{"form_lacking": 2}, {"figure_slots": 2}, {"telling_slots": 3}, {"particulars": 2}],
    ),
    "a long text reworded": (
        FRAMED,
        {"value_share": 0.4},
        [
            {"value_share": 0.5},
            {"shorter": 900},
            {"replaced": 0.04},
            {"head_replaced": 0.12},
            {"new_title_words": 1},
            {"figure_slots": 1},
            {"identifiers": 1},
            {"title_identifiers": 1},
            {"exchanged": 2},
            {"title_exchanged": 2},
            {"weighted_jaccard": 0.3, "weighted_containment": 0.5},
        ],
    ),
}


@pytest.mark.parametrize(("base", "measured", "short_of"), SPARED.values(), ids=SPARED.keys())
def test_rule_spares_what_it_names_and_no_more(base, measured, short_of):
    _assert_turned(base, measured, short_of, Relation.SAME_TEMPLATE, Relation.REVISION)


@pytest.mark.parametrize(
    ("quotation", "containment", "relation"),
    [
        (Quotation.WHOLE, 0.55, Relation.CONTAINED),
        (Quotation.WHOLE, 0.45, None),
        (Quotation.PART, 0.60, None),
        (Quotation.BOTH, 0.60, None),
        (Quotation.SENT_ON, 0.60, Relation.REVISION),
    ],
)
def test_an_answer_is_never_a_draft_of_what_it_quotes_and_what_was_sent_on_is_a_copy(
    quotation, containment, relation
):
    measured = replace(REVISED, quotation=quotation, containment=containment)
    assert decide(measured) is relation


DRAFT_BOUNDS = {
    "shorter": 90,
    "jaccard": 0.35,
    "frame": 0.2,
    "slot_share": 0.2,
    "title_words": 2,
    "figure_slots": 1,
    "half_exchanged": 2,
    "replaced": 0.30,
}


@pytest.mark.parametrize(("measure", "value"), DRAFT_BOUNDS.items())
def test_short_draft_is_a_revision_within_its_bounds(measure, value):
    assert decide(SHORT_DRAFT) is Relation.REVISION
    assert decide(replace(SHORT_DRAFT, **{measure: value})) is Relation.SAME_TEMPLATE


@pytest.mark.parametrize(
    "change",
    [
        {"shorter": 150},
        {"length_ratio": 0.55},
        {"containment": 0.75},
        {"weighted_containment": 0.7},
    ],
)
def test_short_passage_is_contained_within_its_bounds(change):
    assert decide(PASSAGE) is Relation.CONTAINED
    assert decide(replace(PASSAGE, **change)) is Relation.REVISION
