"""What is found out about two texts once, whatever crowds they are in."""

from __future__ import annotations

import pytest

from dedupe_app.similarity.alignment import LONGEST, align
from dedupe_app.similarity.crowd import find_places
from dedupe_app.similarity.differences import Differences, find_differences
from tests.similarity.compared import comparable


def differences(one: str, other: str) -> Differences:
    a, b = comparable(0, one), comparable(1, other)
    return find_differences(a, b, align(a.tokens, b.tokens), find_places(a), find_places(b))


def fresh_words(one: str, other: str) -> tuple[list[str], list[str]]:
    """Return the words of either text that the other lacks."""
    found = differences(one, other)
    halves = (found.a, found.b)
    return (
        [halves[0].tokens.word(at) for at in halves[0].fresh.nonzero()[0].tolist()],
        [halves[1].tokens.word(at) for at in halves[1].fresh.nonzero()[0].tolist()],
    )


def test_words_that_the_other_text_lacks_are_fresh_and_moved_ones_are_not():
    assert fresh_words("the red house on the hill", "on the hill the blue house") == (
        ["red"],
        ["blue"],
    )


@pytest.mark.parametrize("at", [0, 1000])
def test_of_a_long_text_only_the_first_tokens_count(at: int):
    words = [f"w{number}" for number in range(LONGEST)]
    late = " ".join([*words, "needle"])
    early = " ".join([*words[:at], "needle", *words[at:]])

    assert fresh_words(early, late) == (["needle"], [f"w{LONGEST - 1}"])


def test_what_both_texts_have_and_where_they_differ():
    found = differences("invoice 17 for a new roof", "invoice 18 for a new roof")

    assert len(found.words) == 5
    assert [(block.a, block.b) for block in found.blocks] == [((1,), (1,))]
    assert found.exchanges == ()
    assert found.alignment.lookalikes == 0


def test_an_empty_text_has_nothing_in_common_with_another():
    assert fresh_words("", "some words") == ([], ["some", "words"])
