from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.similarity.alignment import LONGEST, align
from dedupe_app.text.tokens import tokenise


def words(tokens, numbers):
    return [tokens.word(i) for i in numbers]


def test_replaced_words_stand_against_each_other():
    a, b = tokenise("the rent is 840.00 a month"), tokenise("the rent is 910.00 a month")
    (block,) = align(a, b).blocks
    assert (words(a, block.a), words(b, block.b), block.at) == (["840.00"], ["910.00"], 3)


def test_moved_text_is_no_change():
    a, b = (
        tokenise("alpha beta gamma delta epsilon zeta"),
        tokenise("delta epsilon zeta alpha beta gamma"),
    )
    found = align(a, b)
    assert found.blocks == ()
    assert found.regions


def test_lookalikes_are_paired_and_counted():
    found = align(tokenise("this lnvoice is due"), tokenise("this invoice is due"))
    assert found.blocks == ()
    assert found.lookalikes == 1


def test_added_text_has_nothing_on_the_other_side():
    a, b = tokenise("one two three"), tokenise("one two entirely new three")
    (block,) = align(a, b).blocks
    assert block.a == ()
    assert words(b, block.b) == ["entirely", "new"]


def test_only_the_first_tokens_are_aligned():
    long = " ".join(f"w{i}" for i in range(LONGEST + 50))
    found = align(tokenise(long), tokenise(long + " more"))
    assert (found.length_a, found.length_b) == (LONGEST, LONGEST)
    assert found.blocks == ()


@given(
    st.lists(st.sampled_from("ab cd ef gh 12 13".split())),
    st.lists(st.sampled_from("ab cd ef gh 12 14".split())),
)
def test_blocks_hold_only_tokens_that_differ_in_number(left, right):
    a, b = tokenise(" ".join(left)), tokenise(" ".join(right))
    for block in align(a, b).blocks:
        assert all(0 <= i < len(a) for i in block.a)
        assert all(0 <= j < len(b) for j in block.b)
        assert not set(words(a, block.a)) & set(words(b, block.b))
