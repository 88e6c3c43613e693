from __future__ import annotations

import pytest

from dedupe_app.records import Changes, Evidence, Relation
from dedupe_app.similarity.alignment import align
from dedupe_app.similarity.evidence import IDENTICAL, SAME_TEXT, SAME_WORDS
from dedupe_app.similarity.reasons import MOST_EXAMPLES, describe, flipped, sentence
from dedupe_app.text.tokens import tokenise


def changes(a: str, b: str) -> Changes:
    left, right = tokenise(a), tokenise(b)
    return describe(left, right, align(left, right))


def evidence(relation: Relation, found: Changes) -> Evidence:
    return Evidence(relation, 90.0, 90.0, 88.0, found)


def test_amount_and_date_are_named_and_come_first():
    found = changes(
        "the tall harbour office on 2024-01-02 asks for 840.00 from you",
        "the small harbour office on 2024-03-09 asks for 910.00 from you",
    )
    assert found.examples[:2] == (("2024-01-02", "2024-03-09"), ("840.00", "910.00"))
    assert found.figures == 2
    text = sentence(Relation.REVISION, evidence(Relation.REVISION, found))
    assert text == "3 words replaced, among them a date and an amount."


@pytest.mark.parametrize(
    ("relation", "given", "expected"),
    [
        (Relation.IDENTICAL, IDENTICAL, "The same file, byte for byte."),
        (
            Relation.SAME_TEXT,
            SAME_TEXT,
            "The same text, letter for letter; only format or layout differ.",
        ),
        (
            Relation.REVISION,
            SAME_WORDS,
            "The same words, some perhaps misread or mistyped; only signs, pictures, links or page headers differ.",
        ),
        (
            Relation.CONTAINED,
            Evidence(Relation.CONTAINED, 97.4, 40.0, 97.4, Changes()),
            "97 % of the shorter text stands in the longer one.",
        ),
        (
            Relation.SAME_TEMPLATE,
            Evidence(
                Relation.SAME_TEMPLATE, 70.0, 70.0, 70.0, Changes(replaced=1, kinds=("an amount",))
            ),
            "The same wording for another matter: 1 word replaced, among them an amount.",
        ),
    ],
)
def test_every_relation_has_its_sentence(relation, given, expected):
    assert sentence(relation, given) == expected


def test_added_and_removed_change_places_seen_from_the_other_side():
    found = changes("one two three four", "one two new words three four")
    assert (found.added, found.removed) == (2, 0)
    assert (flipped(found).added, flipped(found).removed) == (0, 2)
    assert flipped(flipped(found)) == found


def test_no_more_examples_than_can_be_read():
    a = " ".join(f"kept{i} old{i}{i}" for i in range(20))
    b = " ".join(f"kept{i} other{i}" for i in range(20))
    assert len(changes(a, b).examples) <= MOST_EXAMPLES


def test_member_through_others_says_so():
    assert "through other files" in sentence(Relation.REVISION, SAME_WORDS, direct=False)
