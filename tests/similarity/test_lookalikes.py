from __future__ import annotations

import pytest

from dedupe_app.similarity.lookalikes import alike, confusion, misread, run_together, shape


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("lnvoice", "invoice"),
        ("signatrue", "signature"),
        ("modern", "modem"),
        ("1,000.00", "1.000,00"),
        ("2021-3-05", "2021-03-05"),
        ("2o19", "2019"),
        ("teh", "the"),
        ("recieved", "received"),
    ],
)
def test_misread_and_mistyped_words_are_alike(a, b):
    assert alike(a, b)
    assert alike(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1234", "1235"),
        ("cve-2024-1234", "cve-2024-1235"),
        ("12.50", "12.80"),
        ("1.50", "150"),
        ("1.500", "1.50"),
        ("2021-03-05", "2021-05-03"),
        ("now", "not"),
        ("audio", "video"),
        ("a1", "b2"),
        ("tenant", "landlord"),
    ],
)
def test_other_values_are_never_alike(a, b):
    assert not alike(a, b)
    assert not alike(b, a)


def test_words_split_by_a_scanner_are_one():
    assert run_together(["equ", "ivalent"], ["equivalent"])
    assert run_together(["2", "o"], ["2.0"])
    assert not run_together(["north", "wind"], ["southwind"])


def test_one_letter_is_a_misreading_but_one_digit_is_not():
    assert misread("tbe", "the")
    assert not misread("a", "b")
    assert not misread("1", "7")
    assert not misread("the", "and")


def test_shape_masks_figures_of_identifiers_only():
    assert shape("rustsec-2024-0413") == "rustsec-#-#"
    assert shape("kb_4012") == "kb_#"
    assert shape("2024-01-02") == ""
    assert shape("plain") == ""


@pytest.mark.parametrize(
    ("a", "b", "letters"),
    [
        ("the", "thc", ("e", "c")),
        ("dgemm", "sgemm", ("d", "s")),
        ("debian", "clebian", ("d", "cl")),
        ("tenant", "landlord", None),
        ("2019", "year", None),
    ],
)
def test_confusion_names_the_letters(a, b, letters):
    assert confusion(a, b) == letters
