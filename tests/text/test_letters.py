"""What the same-text hash is taken of: blanks and signs as they count, whatever stands around them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.text.canonical import normalise
from dedupe_app.text.letters import letters_and_digits
from dedupe_app.text.tokens import split_text


def shown(text):
    found = letters_and_digits(text)
    return found.decode("utf-32-le", "surrogatepass") if b"\0" in found else found.decode("ascii")


WORDS = st.lists(st.text("abcäé", min_size=1, max_size=6), min_size=1, max_size=8)
BLANKS = st.lists(st.sampled_from([" ", "\n", "  \n", "\t", "   ", "\n\n"]), min_size=8, max_size=8)


@given(WORDS, BLANKS)
def test_the_width_of_a_blank_does_not_count(parts, gaps):
    spaced = "".join(part + gap for part, gap in zip(parts, gaps, strict=False))
    assert shown(spaced) == " ".join(parts)


@given(st.text("甲乙丙文字 \n", min_size=1, max_size=20))
def test_no_blank_counts_between_characters_that_are_words_of_their_own(text):
    assert shown(text) == re.sub(r"\s", "", text)


@given(
    st.lists(
        st.from_regex(r"[0-9]{1,3}([.:,/-][0-9]{1,3})?", fullmatch=True), min_size=1, max_size=6
    )
)
def test_figures_stay_apart_and_whole_for_the_same_text(figures):
    kept = shown(" ".join(figures))
    assert kept.split() == figures


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        (" - * - ", ""),
        ("one, two; three.", "one,two;three."),
        ("one (two) [three]", "one(two)[three]"),
        ("- one\n+ two\n\u2022 three", "one+two three"),
        ("- one\n- two\n\n+ three", "one two three"),
        ("a line ends in x\n- y, not in a point", "a line ends in x-y,not in a point"),
        ("a line\n   \n- one", "a line one"),
        ("a === b", "a===b"),
        ("- 500 EUR\n- 300 EUR", "-500 eur-300 eur"),
        ("# title\nand words", "title and words"),
        ("> quoted\n> words", "quoted words"),
        ("| a | b |\n|---|:-:|\n| c | d |", "a b c d"),
        ("p | q", "p|q"),
        ("*two words* and **one** _more_ 0.45** x*y", "two words and one more 0.45**x*y"),
        ("costs -5 or -$5 or 5-", "costs-5 or-$5 or 5-"),
        ("1. 5 and 1.5 and .5", "1. 5 and 1.5 and.5"),
        ("1 2", "1 2"),
        ("1 - 50 and 1-50", "1- 50 and 1-50"),
        ("5 甲 5甲 a甲", "5甲5甲a甲"),
        ("아버지가 방에", "아버지가 방에"),
        ("end of it ...... 7", "end of it 7"),
        ("name: ______", "name:"),
        ("\u00bbja\u00ab \u201cyes\u201d", '"ja""yes"'),
        ("![a picture](x)", "a picture(x)"),
        ("snake_case it's", "snake_case it's"),
        ("re-sign co-\noperate", "resign cooperate"),
        ("articles i-iv, sections a-c", "articles i-iv,sections a-c"),
        ("HIV- or not", "hivor not"),
        ("HIV- in both", "hiv-in both"),
        ("pages 3--5, he -- and she\u2014both", "pages 3--5,he-and she-both"),
        ("\u2022\u2022\u2022 good", "\u2022\u2022good"),
        (r"C\# and C:\temp", r"c#and c:\temp"),
        ("\u250c a \u2502 b", "a b"),
    ],
)
def test_what_is_kept(text, kept):
    assert shown(normalise(text)) == kept


@given(st.text(max_size=60))
def test_any_text_is_taken_and_all_its_letters_are_kept(text):
    folded = normalise(text)
    letters = [char for char in folded if char.isalpha()]
    assert [char for char in shown(folded) if char.isalpha()] == letters


@given(st.text("ab1 .,-+(\n", max_size=30))
def test_what_is_kept_does_not_depend_on_how_characters_are_stored(text):
    assert shown(text.replace("b", "\u0436")) == shown(text).replace("b", "\u0436")


def test_nothing_stored_is_changed():
    for text in ("a `(b)  - c", "a `(b)  \u2013 c"):
        before = split_text(text).points.copy()
        letters_and_digits(text)
        assert (split_text(text).points == before).all()
