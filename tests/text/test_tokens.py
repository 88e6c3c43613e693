"""Tokens: what stands in one, where it begins and ends, and that fast and slow ways agree."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.hashing import MULTIPLIER
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.tokens import joined, tokenise

MASK = 2**64 - 1
# Stored texts are named by these hashes: a change needs a new version of all fingerprints.
PINNED = {
    "the": 0x572BF1419C36922C,
    "1,234.50": 0x9B74C8736D393C59,
    "cve-2024-1": 0x490DA1E4380A741B,
    "文": 0x625B282C52260D71,
}
# Letters, digits, joiners and signs next to each other: where tokens are joined or parted.
TRICKY = st.text(
    st.sampled_from("aßé1२٣.,:/-\u2010\u2011_' \n文ไ한\u0e48\u0301😀𠀀𐍈½²"), max_size=40
)
ANYTHING = st.text(st.characters(), max_size=60)


def words(text):
    tokens = tokenise(canonicalise(text))
    return [tokens.word(index) for index in range(len(tokens))]


def slow_kind(char):
    """Say what a character is, one by one: the definition in words."""
    if unicodedata.category(char) == "Nd":
        return "digit"
    ranges = [(0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF),
              (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)]  # fmt: skip
    if any(first <= ord(char) <= last for first, last in ranges):
        return "single" if unicodedata.category(char)[0] in "LM" else "sign"
    return "letter" if unicodedata.category(char)[0] in "LMN" else "sign"


def slow_joins(before, sign, after):
    left, right = slow_kind(before), slow_kind(after)
    if sign == "_":
        return {left, right} <= {"letter", "digit"}
    if sign == "'":
        return left == right == "letter"
    if sign in "-\u2010\u2011" and left == "letter" and right == "digit":
        return True
    return sign in ".,:/-\u2010\u2011" and left == right == "digit"


def slow_tokens(text):
    """Split a text character by character, as the module says in words."""
    found, current = [], ""
    for place, char in enumerate(text):
        kind = slow_kind(char)
        joins = 0 < place < len(text) - 1 and char in ".,:/-\u2010\u2011_'"
        if kind in ("letter", "digit") or (
            joins and slow_joins(text[place - 1], char, text[place + 1])
        ):
            current += char
            continue
        found += [current] if current else []
        found += [char] if kind == "single" else []
        current = ""
    return found + ([current] if current else [])


def slow_hash(token):
    total, power = 0, 1
    for place, char in enumerate(token):
        total += (ord("." if char == "," else char) + 1) * power
        power = power * int(MULTIPLIER) & MASK if place < 63 else power
    value = total & MASK
    for _ in range(2):
        value = (value ^ value >> 32) * 0xD6E8FEB86659FD93 & MASK
    return value ^ value >> 32


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t .,-'_ ", []),
        ("The report of 3 May", ["the", "report", "of", "3", "may"]),
        ("1,234.50 and 1.234,50", ["1,234.50", "and", "1.234,50"]),
        ("5, 6. 7", ["5", "6", "7"]),
        ("2024-01-02 3/5/24 12:30:05", ["2024-01-02", "3/5/24", "12:30:05"]),
        ("CVE-2024-1234 RUSTSEC-2023-0001", ["cve-2024-1234", "rustsec-2023-0001"]),
        ("snake_case __init__ _a", ["snake_case", "init", "a"]),
        ("don't 'quoted' O\u2019Neill dogs'", ["don't", "quoted", "o'neill", "dogs"]),
        ("rock-and-roll a/b a.b", ["rock", "and", "roll", "a", "b", "a", "b"]),
        ("v1.2.3 3rd b2b", ["v1.2.3", "3rd", "b2b"]),
        ("10-abc", ["10", "abc"]),
        ("合同abc3", ["合", "同", "abc3"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("한국어", ["한", "국", "어"]),
        ("naïve café", ["naïve", "café"]),
        ("😀 smile 👍🏽", ["smile"]),
        ("𠀀𐍈𐌰", ["𠀀", "𐍈𐌰"]),
        ("२०२४-०१", ["२०२४-०१"]),
    ],
)
def test_text_is_split_into(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize("token", PINNED)
def test_hash_of_a_token_stays(token):
    assert tokenise(token).hashes.tolist() == [PINNED[token]]


def test_comma_in_a_figure_counts_as_stop():
    assert tokenise("1,234.50").hashes.tolist() == tokenise("1.234,50").hashes.tolist()


@pytest.mark.parametrize(
    ("one", "other"), [("1.50", "150"), ("12:30", "1230"), ("1/2", "1.2"), ("ab", "ba")]
)
def test_different_tokens_have_different_hashes(one, other):
    assert tokenise(one).hashes.tolist() != tokenise(other).hashes.tolist()


def test_long_tokens_differ_by_their_last_character():
    assert tokenise("a" * 200 + "b").hashes.tolist() != tokenise("a" * 200 + "c").hashes.tolist()


def test_figures_are_tokens_with_a_digit():
    assert tokenise("a1 b 2 c३ d").figures.tolist() == [True, False, True, True, False]


def test_joined_puts_one_space_between_tokens():
    points = joined(tokenise("ab,  1.5\n文!"))
    assert points.tobytes().decode("utf-32-le") == "ab 1.5 文"


def test_joined_of_nothing_is_empty():
    assert len(joined(tokenise("..."))) == 0


@given(TRICKY | ANYTHING)
def test_fast_tokens_are_the_slow_ones(text):
    tokens = tokenise(text)
    expected = slow_tokens(text)
    assert [tokens.word(index) for index in range(len(tokens))] == expected
    assert tokens.hashes.tolist() == [slow_hash(token) for token in expected]
    assert tokens.figures.tolist() == [
        any(slow_kind(char) == "digit" for char in token) for token in expected
    ]


@given(TRICKY | ANYTHING)
def test_tokens_lie_in_the_text_one_after_the_other(text):
    tokens = tokenise(text)
    assert np.all(tokens.starts < tokens.ends)
    assert np.all(tokens.ends[:-1] <= tokens.starts[1:])
    assert len(tokens) == 0 or (tokens.starts[0] >= 0 and tokens.ends[-1] <= len(text))
    assert len(tokens.hashes) == len(tokens.starts) == len(tokens.ends) == len(tokens.figures)


@given(st.text(st.characters(categories=["Cs", "Co", "Cn", "Lo"]), max_size=20))
def test_lone_surrogates_and_unknown_characters_are_taken(text):
    assert len(tokenise(text)) <= len(text)
