"""Canonical text: one spelling for what means the same, and no content lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.text.canonical import canonicalise, normalise
from dedupe_app.text.tokens import tokenise

PLAIN = st.text("abcXYZ019 .,;\n-é文ß", max_size=80)


def words(text):
    tokens = tokenise(canonicalise(text))
    return [tokens.word(index) for index in range(len(tokens))]


def pages(count, header="Annual report", footer="Page {}"):
    return "\f".join(
        f"{header}\nwords of page {chr(97 + number)}\nmore text\nand more\n"
        f"last line {chr(97 + number)}\n{footer.format(number + 1)}"
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße", "strasse"),
        ("ﬁnance ﬂow", "finance flow"),
        ("co\u00adop", "coop"),
        ("exam-\nple", "example"),
        ("exam-\r\nple", "example"),
        ("exam- \n  ple", "example"),
        ("1-\n2", "1-2"),
        ("KS-\n  2103", "ks-2103"),
        ("first -\n2 more", "first -\n2 more"),
        ("don\u2019t", "don't"),
        ("a\u2010b", "a-b"),
        ("Ｆｕｌｌ　width", "full width"),
        ("e\u0301", "é"),
        ("a\rb\u2028c\r\nd", "a\nb\nc\nd"),
        ("", ""),
    ],
)
def test_normalised_text_of(text, expected):
    assert normalise(text) == expected


def test_link_target_is_left_out_and_its_words_stay():
    assert words("See [the manual](https://example.org/a_(b)) now") == [
        "see",
        "the",
        "manual",
        "now",
    ]


def test_picture_is_left_out_with_its_caption():
    assert words("before ![a cat](cat.png) [after](x)") == ["before", "after"]


def test_tags_are_left_out_of_marked_up_text():
    assert words("<p class='x'>Good <b>day</b></p>") == ["good", "day"]


def test_angle_brackets_of_plain_text_stay():
    assert words("if a < b and c > d") == ["if", "a", "b", "and", "c", "d"]


def test_dot_leaders_do_not_join_what_they_part():
    assert words("Chapter 1 ........ 5\n____________\nSigned") == ["chapter", "1", "5", "signed"]


def test_running_headers_and_page_numbers_are_left_out():
    text = canonicalise(pages(4))
    assert text.count("annual report") == 1
    assert text.count("page") - text.count("words of page") <= 1
    assert all(f"words of page {letter}" in text for letter in "abcd")


def test_two_pages_have_no_furniture():
    assert canonicalise(pages(2)).count("annual report") == 2


def test_a_line_in_the_middle_of_many_pages_stays():
    body = "\f".join(
        f"start {chr(97 + n)}\nx\ny\nsame clause\nu\nv\nend {chr(97 + n)}" for n in range(5)
    )
    assert canonicalise(body).count("same clause") == 5


@given(PLAIN)
def test_normalising_twice_is_normalising_once(text):
    once = normalise(text)
    # A word broken over three lines may be joined once more.
    assert "-" in text or normalise(once) == once


@given(PLAIN)
def test_text_without_markup_keeps_every_letter_and_digit(text):
    kept = [char for char in normalise(text) if char.isalnum()]
    assert [char for char in canonicalise(text) if char.isalnum()] == kept


@given(st.text(max_size=200))
def test_any_text_is_taken(text):
    assert isinstance(canonicalise(text), str)


@given(PLAIN)
def test_case_does_not_count(text):
    assert words(text.upper()) == words(text.lower())
