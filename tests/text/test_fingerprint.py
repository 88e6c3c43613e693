"""Fingerprints: what two texts must share to be the same, and what must tell them apart."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.fingerprint import (
    SKETCH_MOST,
    SKETCH_SHIFT,
    hash_file,
    shingles,
    sketch,
    text_hash,
)
from dedupe_app.text.tokens import tokenise

INVOICE = "Invoice 2024-017 of 3 May 2024: 1,234.50 EUR. Don't pay twice; see CVE-2024-1234 and snake_case."
LETTER = "Dear Sir, the efficient office will find 1.50 at 12:30 in room 7. A well known example follows."


def test_stored_fingerprints_stay_valid():
    tokens = tokenise(canonicalise(INVOICE))
    assert text_hash(INVOICE) == "cf254d1e07d1e9d432bd9978bbeda8466b2f59819cda730a7c8cc6f254d56cfe"
    assert hashlib.sha256(tokens.hashes.tobytes()).hexdigest() == (
        "9fdc189205bf6ec6072e5faed6f8dd5eeb91a0610dc4df0c5a062c0434f27151"
    )
    assert int(shingles(tokens)[0]) == 0x251F15FFB6B7CBE2


@pytest.mark.parametrize(
    "copy",
    [
        LETTER.upper(),
        LETTER.replace(" ", "\n"),
        LETTER.replace(" ", "  "),
        LETTER.replace("example", "exam-\nple"),
        LETTER.replace("example", "exam-\r\n  ple"),
        LETTER.replace("ffi", "ﬃ").replace("fi", "ﬁ"),
        LETTER.replace("follows", "fol\u00adlows"),
        LETTER.replace("example follows", "*example* follows"),
        LETTER.replace("A well", "\n\n-   A well"),
        f"# {LETTER}\n* * *",
        f"\ufeff{LETTER}\f",
    ],
)
def test_same_text_for(copy):
    assert text_hash(copy) == text_hash(LETTER)


@pytest.mark.parametrize(
    "other",
    [
        LETTER.replace("1.50", "150"),
        LETTER.replace("1.50", "1.51"),
        LETTER.replace("1.50", "15.0"),
        LETTER.replace("12:30", "1230"),
        LETTER.replace("12:30", "12 30"),
        LETTER.replace("room 7", "room 8"),
        LETTER.replace("Sir", "Sirs"),
        LETTER.replace("find", "fine"),
        LETTER + " Postscript",
    ],
)
def test_not_the_same_text_for(other):
    assert text_hash(other) != text_hash(LETTER)


@pytest.mark.parametrize("text", ["", "  \n", "--- ... !!!", "😀"])
def test_text_without_letters_has_no_hash(text):
    assert text_hash(text) == ""


def test_bytes_are_hashed_and_counted(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"x" * 3_000_000)
    assert hash_file(file) == (hashlib.sha256(b"x" * 3_000_000).hexdigest(), 3_000_000)


def test_a_missing_file_is_an_error_of_the_file_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        hash_file(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one", 1), ("one two", 1), ("a b c", 1), ("a b c d", 2), ("a a a a", 1)],
)
def test_number_of_shingles(text, count):
    assert len(shingles(tokenise(text))) == count


def test_shingles_are_sorted_and_distinct():
    found = shingles(tokenise(" ".join(f"w{number % 40} x" for number in range(200))))
    assert np.all(found[1:] > found[:-1])


def test_word_order_counts_in_shingles():
    assert shingles(tokenise("a b c")).tolist() != shingles(tokenise("c b a")).tolist()


@given(st.sets(st.integers(0, 2**64 - 1), max_size=200))
def test_sketch_keeps_the_eighth_below_the_bound(values):
    hashes = np.array(sorted(values), np.uint64)
    kept, shift = sketch(hashes)
    assert shift == SKETCH_SHIFT
    assert kept.tolist() == [value for value in sorted(values) if value < 2**61]


def test_sketch_of_a_very_long_text_is_coarser_and_bounded():
    hashes = np.arange(0, 2**64, 2**64 // (12 * SKETCH_MOST), dtype=np.uint64)
    kept, shift = sketch(hashes)
    assert shift == SKETCH_SHIFT + 1
    assert SKETCH_MOST // 2 < len(kept) <= SKETCH_MOST
    assert int(kept[-1]) < 2 ** (64 - shift)


def test_sign_of_a_figure_counts_for_the_same_text():
    assert text_hash("total -500.00 EUR") != text_hash("total 500.00 EUR")
    assert text_hash("total \u2212500.00 EUR") == text_hash("total -500.00 EUR")
    assert text_hash("- pages 5") == text_hash("\u2013 pages 5")


TOLD_APART = [
    ("\u2611 approve \u2610 reject", "\u2610 approve \u2611 reject"),
    ("\uf0fe yes\n\uf0a8 no", "\uf0a8 yes\n\uf0fe no"),
    ("\u25a0 yes\n\u25a1 no", "\u25a1 yes\n\u25a0 no"),
    ("12,500 \u20ac", "12,500 $"),
    ("dose < 5 mg", "dose > 5 mg"),
    ("limit \u2264 5", "limit \u2265 5"),
    ("5 %", "5 \u2030"),
    ("x + y", "x - y"),
    ("blood group A+", "blood group A-"),
    ("C++ code", "C code"),
    ("\u2642 3", "\u2640 3"),
    ("\u2605\u2605\u2605\u2606 good", "\u2605\u2606\u2606\u2606 good"),
    ("K\ufffdhler", "Khler"),
    ("the rent is ~~900~~ 800", "the rent is 900 ~~800~~"),
    ("the donor is HIV- according to both", "the donor is HIV according to both"),
    ("the ion Cl\u2212 and argon", "the ion Cl and argon"),
    ("the ion Cl- and argon", "the ion Cl and argon"),
    ("Rhesus: -\nfirst", "Rhesus: +\nfirst"),
    ("Protein: -", "Protein:"),
    ("result: (12)", "result: 12"),
    ("9 - 4 apples", "9 4 apples"),
    ("5 * (3 + 2)", "(5 * 3) + 2"),
    ("he wins if a < b", "he wins if a > b"),
    ("he wins if a <= b", "he wins if a >= b"),
    ("if a != b", "if a = b"),
    ("f(x) = |x| is", "f(x) = x is"),
    ("\u25cf yes\n\u25cb no", "\u25cb yes\n\u25cf no"),
    ("~500 visitors", "500 visitors"),
    ("p and \u00acq", "p and q"),
    ("9 * 4 is", "9 / 4 is"),
    ("5! ways", "5 ways"),
    ("he has won?", "he has won."),
    ("pipes of 12' length", 'pipes of 12" length'),
    ("54 12' 30''", "54 12'' 30'"),
    ("work in C#", "work in C"),
    ("anna_b@example.org", "annab@example.org"),
    ("anna.b@example.org", "annab@example.org"),
    ("10\u00b3 items", "103 items"),
    ("x\u00b2 = 9", "x = 29"),
    ("\u25b2 rates", "\u25bc rates"),
    ("she was now here", "she was nowhere"),
    ("+ 500 EUR\n", "- 500 EUR\n"),
    ("\u2013 500 \u20ac", "500 \u20ac"),
    ("r = -.45", "r = .45"),
    ("-USD 500", "USD 500"),
    ("0.45*** and", "0.45* and"),
    ("shall [not] keep", "shall not keep"),
    ("grade I-II", "grade III"),
    ("sections A\u2013C", "sections AC"),
    ("Lead: < LOD", "Lead: > LOD"),
    ("A -> B", "A <- B"),
    ("slope in %", "slope in \u2030"),
    ("y = -x", "y = x"),
    ("2^n", "2*n"),
    ("2\u207f", "2n"),
    ("x\u00b2", "x\u2082"),
    ("the members \u2014 who paid \u2014 vote", "the members who paid vote"),
    ("my sons' wives", "my sons wives"),
    ("\uc544\ubc84\uc9c0\uac00 \ubc29\uc5d0", "\uc544\ubc84\uc9c0 \uac00\ubc29\uc5d0"),
    ("in Ma\u00dfen", "in Massen"),
    ("\u274c Feed the dog", "\u2705 Feed the dog"),
    ("[*] yes\n[ ] no", "[ ] yes\n[*] no"),
    ("Meier, \u2020 12.3.1950", "Meier, * 12.3.1950"),
    ("\u6708\u301c\u91d1", "\u6708\u30fb\u91d1"),
    ("rm -r ../build", "rm -r /build"),
    ("C:\\temp", "C:temp"),
    ("H2C=CH2", "H2C-CH2"),
    ("A \u24b7 C", "\u24b6 B C"),
    ("3\u00bd pages", "31\u20442 pages"),
    ("item 1. 5 apples", "item 1.5 apples"),
    ("Let us eat, Anna", "Let us eat Anna"),
    ('he said "Mr Brown stole"', 'he "said Mr Brown stole"'),
    ("its owner", "it's owner"),
    ("and/or", "and or"),
    ("Wait! Stop.", "Wait. Stop!"),
]


@pytest.mark.parametrize(("one", "other"), TOLD_APART)
def test_signs_that_say_something_tell_texts_apart(one, other):
    assert text_hash(one) != text_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u2022 one\n\u2022 two", "- one\n- two"),
        ("\u25cf one\n \u25cf two", "* one\n* two"),
        ("\uf0b7 one", "\u2022 one"),
        ("+ one\n+ two", "- one\n- two"),
        ("It says:\n- one", "It says: one"),
        ("He paid -- late", "He paid \u2014 late"),
        ("*one* and __two__", "one and two"),
        ("`code` and ``more``", "code and more"),
        ("[a link](b)", "a link(b)"),
        ("one\n\n* * *\n\ntwo", "one\n\ntwo"),
        ("a \u2022 b", "a b"),
        ("54\u00b0 12\u2033", "54\u00b0 12''"),
        ("Title\n=====\ntext", "# Title\ntext"),
        ("> quoted line", "quoted line"),
        ("| a | b |\n|---|---|", "a b"),
        ("\u250c a \u2502 b", "a b"),
        ("\u201cx\u201d \u2013 y\u2026", '"x" - y...'),
        ("x+y = 5", "x + y=5"),
        ("25 \u00b0C", "25\u00b0C"),
        ("see 5.^([7])", "see 5. [7]"),
        ("chapter 1 ........ 7", "chapter 1 . . . 7"),
        ("it costs \u20ac 5 %", "it costs \u20ac5%"),
        ("\u00ab oui \u00bb", '"oui"'),
        ("pre- and postwar", "pre-\nand postwar"),
        ("a well-known case", "a well-\nknown case"),
        ("|:---|---:|\n| a | b |", "a\tb"),
        ("![the map](map.png) a", "[the map](map.png) a"),
        ("C\\# and 9 \\* 4", "C# and 9 * 4"),
        ("甲 方 5", "甲方5"),
        ("one\n~~~~\ntwo", "one two"),
    ],
)
def test_signs_that_say_nothing_do_not(one, other):
    assert text_hash(one) == text_hash(other)
