"""Two texts side by side: nothing is lost, only what changed is marked, and what matters most is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.review.differences import alone, compare, mirrored, side_by_side
from dedupe_app.review.matching import ComparisonStoppedError
from dedupe_app.review.rows import RowKind, Weight

WORDS = st.sampled_from(
    ["the", "The", "fee", "fees", "30", "45", "1,500", "Müller", "如", "何", "安", "a-\nb", "ab", "(12)",
     "€", "😀", ".", ";", "\n", "\n\n", "\f", "  ", "-----\n", "This Agreement begins on\n", "of receipt.\n",
     "Invoices are payable within thirty days.\n"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.lists(WORDS, max_size=40).map("".join)

LEFT = """4.1 Fees
The Client shall pay the
Supplier the fees set out in
Schedule 2.

4.2 Invoices are payable within
30 days of receipt.

4.3 Late payment bears
interest at the statutory rate.

5.1 Term
This Agreement begins on
1 March 2024 and continues
for twelve (12) months.
"""
RIGHT = LEFT.replace("30", "45").replace("March", "May").replace("twelve (12)", "twenty-four (24)")


def texts(found, side):
    """Return what stands on one side of each change."""
    text = found.left if side == "left" else found.right
    return [text[slice(*getattr(change, side))] for change in found.changes]


def told(found):
    """Return the changes that are more than signs, both sides."""
    return [
        (found.left[slice(*change.left)], found.right[slice(*change.right)])
        for change in found.changes
        if change.weight is not Weight.SIGNS
    ]


@given(TEXTS, TEXTS)
def test_the_rows_put_together_are_both_texts(left, right):
    for found in (compare(left, right), side_by_side(left, right)):
        assert "".join(found.left[slice(*row.left)] for row in found.rows) == found.left
        assert "".join(found.right[slice(*row.right)] for row in found.rows) == found.right
        assert found.left.replace("\n", "") == left.replace("\n", "").replace("\f", "")
        assert (len(found.left), len(found.right)) == (len(left), len(right))


@given(TEXTS, TEXTS)
def test_spans_follow_each_other(left, right):
    found = compare(left, right)
    for before, after in zip(found.rows, found.rows[1:], strict=False):
        assert before.left[1] == after.left[0]
        assert before.right[1] == after.right[0]
    for row in found.rows:
        for marks, span in ((row.left_marks, row.left), (row.right_marks, row.right)):
            places = [place for mark in marks for place in (mark.start, mark.end)]
            assert places == sorted(places)
            assert all(span[0] <= place <= span[1] for place in places)
            assert all(row.changes[0] <= mark.change < row.changes[1] for mark in marks)


@given(TEXTS, TEXTS)
def test_every_change_is_in_the_row_it_names(left, right):
    found = compare(left, right)
    rows = [change.row for change in found.changes]
    assert rows == sorted(rows)
    for number, change in enumerate(found.changes):
        first, last = found.rows[change.row].changes
        assert first <= number < last


@given(TEXTS, TEXTS)
def test_exchanging_the_sides_mirrors_what_is_found(left, right):
    assert compare(right, left) == mirrored(compare(left, right))


@given(TEXTS)
def test_equal_texts_have_no_changes(text):
    found = compare(text, text)
    assert found.changes == ()
    assert {row.kind for row in found.rows} <= {RowKind.ALIKE}


@given(
    st.lists(st.sampled_from(["one", "two", "three", "4", "五"]), min_size=1, max_size=60),
    st.randoms(),
)
def test_line_breaks_are_no_change(words, random):
    left, right = (
        "".join(word + random.choice([" ", "\n", "  ", " \n\n"]) for word in words)
        for _ in range(2)
    )
    assert compare(left, right).changes == ()


@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_the_same_on_both_sides(left, right):
    """Leaving out the changes leaves the same letters and digits on both sides."""
    found = compare(left, right)
    if any(change.moved for change in found.changes):
        return
    rest = []
    for side, text in (("left", left), ("right", right)):
        kept, place = [], 0
        for change in found.changes:
            start, end = getattr(change, side)
            kept.append(text[place:start])
            place = max(place, end)
        kept.append(text[place:])
        rest.append("".join(char for char in "".join(kept).casefold() if char.isalnum()))
    assert rest[0] == rest[1]


def test_figures_and_dates_are_told_whole():
    found = compare(LEFT, RIGHT)
    assert told(found) == [
        ("30", "45"),
        ("1 March 2024", "1 May 2024"),
        ("twelve (12)", "twenty-four (24)"),
    ]
    assert [change.weight for change in found.changes] == [Weight.FIGURES] * 3
    assert found.figures_changed == 2
    assert found.figures == 9


def test_a_changed_row_shows_its_marks_and_the_rest_is_alike():
    found = compare(LEFT, RIGHT)
    changed = [row for row in found.rows if row.kind is RowKind.CHANGED]
    assert [LEFT[slice(*row.left)].strip() for row in changed] == [
        "30 days of receipt.",
        "1 March 2024 and continues",
        "for twelve (12) months.",
    ]
    assert {row.kind for row in found.rows} == {RowKind.ALIKE, RowKind.CHANGED}


@pytest.mark.parametrize(
    ("left", "right", "weight"),
    [
        ("We pay 30 euros.", "We pay 45 euros.", Weight.FIGURES),
        ("It costs €5 a day.", "It costs $5 a day.", Weight.FIGURES),
        ("The result was 5 degrees.", "The result was -5 degrees.", Weight.FIGURES),
        ("Signed by Alice Brown today.", "Signed by Alice Green today.", Weight.NAMES),
        ("We shall pay the fee.", "We may pay the fee.", Weight.WORDS),
        ("We shall pay the fee.", "We shall pay the fee;", Weight.SIGNS),
        ("we shall pay the fee.", "WE shall pay the fee.", Weight.SIGNS),
        ("All soft ware is old.", "All software is old.", Weight.SIGNS),
    ],
)
def test_a_change_weighs_what_it_touches(left, right, weight):
    assert [change.weight for change in compare(left, right).changes] == [weight]


def test_nouns_with_capitals_are_no_names():
    left = "Der Mieter zahlt die Miete an den Vermieter und die Kaution an die Bank in der Stadt."
    found = compare(left, left.replace("Kaution", "Gebühr"))
    assert [change.weight for change in found.changes] == [Weight.WORDS]


def test_chinese_is_compared_by_characters():
    found = compare("发票须在收到后三十日内支付。", "发票须在收到后四十五日内支付。")
    assert told(found) == [("三", "四"), ("", "五")]


def test_a_wrapped_text_shows_only_what_was_changed():
    left = "The Client shall pay the Supplier the fees set out in Schedule 2 within thirty days of receipt.\n"
    right = "The Client shall pay the Sup-\nplier the fees set\nout in Schedule 3 within\nthirty days of receipt.\n"
    assert told(compare(left, right)) == [("2", "3")]


def test_a_paragraph_that_was_moved_is_told_so():
    paragraphs = [f"Paragraph number {word} says something of its own, at length.\n" for word in
                  ("one", "two", "three", "four", "five", "six")]  # fmt: skip
    moved = [*paragraphs[1:5], paragraphs[0], paragraphs[5]]
    found = compare("".join(paragraphs), "".join(moved))
    rows = [row for row in found.rows if row.kind is RowKind.MOVED]
    assert len(rows) == 2
    assert found.rows[rows[0].partner] is rows[1]
    assert [change.moved for change in found.changes] == [True, True]
    assert {row.kind for row in found.rows} == {RowKind.ALIKE, RowKind.MOVED}


def test_a_page_break_is_a_line_break():
    left = "The meeting was closed by the Chair.\nMinutes taken by Mr Moor.\n"
    right = "The meeting was closed by the Chair.\fMinutes of the next meeting.\nMinutes taken by Mr Moor."
    kinds = [row.kind for row in compare(left, right).rows]
    assert kinds == [RowKind.ALIKE, RowKind.ADDED, RowKind.ALIKE]


def test_an_added_paragraph_begins_where_it_begins():
    first = "The Client shall pay the fees.\n"
    left = first + "The Client shall sign here.\n"
    right = first + "The Client shall send the forms.\n" + "The Client shall sign here.\n"
    assert told(compare(left, right)) == [("", "The Client shall send the forms")]
    kinds = [row.kind for row in compare(left, right).rows]
    assert kinds == [RowKind.ALIKE, RowKind.ADDED, RowKind.ALIKE]


def test_words_that_are_the_same_by_chance_do_not_split_a_rewritten_sentence():
    left = "Our garden had the finest roses of all in summer."
    right = "Whoever drives on the motorway must beware of lorries."
    assert len(told(compare(left, right))) <= 2


def test_long_lines_are_cut_into_rows():
    left = " ".join(f"word{n}" for n in range(20_000))
    found = compare(left, left.replace("word7000 ", "other "))
    assert max(row.left[1] - row.left[0] for row in found.rows) < 5000
    assert told(found) == [("word7000", "other")]


def test_hopeless_texts_are_compared_coarsely_and_say_so():
    left = " ".join(str(n % 7) for n in range(9_000))
    right = " ".join(str(n % 5) for n in range(9_000))
    found = compare(left, right, seconds=0)
    assert found.coarse
    assert "".join(left[slice(*row.left)] for row in found.rows) == left


def test_a_comparison_nobody_waits_for_stops():
    with pytest.raises(ComparisonStoppedError):
        compare(LEFT, RIGHT, stopped=lambda: True)


def test_translations_stand_side_by_side_with_their_own_figures_marked():
    found = side_by_side("Pay 30 euros.\n\nBy 5 May.\n", "Zahlen Sie 30 Euro.\nBis 6. Mai.\n")
    assert texts(found, "left") == ["5", ""]
    assert texts(found, "right") == ["", "6"]
    assert (found.figures, found.figures_changed) == (2, 1)


def test_one_text_stands_alone():
    found = alone(LEFT)
    assert "".join(LEFT[slice(*row.left)] for row in found.rows) == LEFT
    assert found.changes == ()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("I agree:\n\u2612\n", "I agree:\n\u2610\n"),
        ("\u2611 approve \u2610 reject", "\u2610 approve \u2611 reject"),
        ("blood group A+ and more", "blood group A- and more"),
        ("\u2612", "\u2610"),
    ],
)
def test_a_sign_that_says_something_is_a_change_and_no_mere_layout(left, right):
    found = compare(left, right)
    assert any(change.weight is Weight.WORDS for change in found.changes)
    assert all(row.kind in {RowKind.ALIKE, RowKind.CHANGED} for row in found.rows)


def test_bullets_and_quotes_are_layout():
    found = compare("\u2022 one \u201ctwo\u201d", '- one "two"')
    assert all(change.weight is Weight.SIGNS for change in found.changes)
