"""Figures confirm or refute that two texts in different words say the same."""

import pytest

from dedupe_app.similarity.agreement import compare_figures, profile
from dedupe_app.similarity.reasons import say_agreement
from dedupe_app.text.canonical import canonicalise
from dedupe_app.text.tokens import tokenise

FILLER = "words that hold nothing to count and only make the text as long as the other one is "


def compared(a, b):
    return compare_figures(*(profile(tokenise(canonicalise(FILLER + text))) for text in (a, b)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("1,234.50 on 2024-03-05 for 20 crates", "1.234,50 am 05.03.2024 für 20 Kisten"),
        ("pages 17, 18, 19 and 20", "Seiten 17, 18, 19 und 20"),
        (
            "CVE-2024-1234 in the file read_me of 2023",
            "in der Datei read_me von 2023: CVE-2024-1234",
        ),
        # One of many is written in words on one side.
        ("14 25 36 47 58 69 70 81 and 3", "14 25 36 47 58 69 70 81 und drei"),
        ("第14条 25日 36 47", "Article 14, 25 days, 36, 47"),
    ],
)
def test_same_figures_fit(a, b):
    assert compared(a, b).fits is True
    assert compared(b, a) == compared(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("14 25 36 47", "15 26 37 48"),
        (
            "invoice 2041 of 2024-03-05: 20 crates, 1,234.50",
            "invoice 2042 of 2024-04-09: 20 crates, 1,234.50",
        ),
        ("14 25", "14 26"),
        ("14 25 36 47 58", "no figures at all"),
        ("14 25 36 47", "14 25 36 47 " + FILLER * 3),
    ],
)
def test_other_figures_do_not(a, b):
    assert compared(a, b).fits is False
    assert compared(b, a) == compared(a, b)


@pytest.mark.parametrize(("a", "b"), [("", ""), ("14 and 25", "14 und 25")])
def test_too_few_to_tell(a, b):
    assert compared(a, b).fits is None


def test_it_is_said_in_words():
    assert say_agreement(compared("14 25 36 47", "14 25 36 47")).endswith("4 of 4 figures agree.")
    assert "no figures" in say_agreement(compared("", ""))


@pytest.mark.parametrize(
    ("a", "b", "firm"),
    [
        ("14 25 36 47", "14 25 36 47", True),
        ("read_me b2b c3po to_do", "to_do c3po b2b read_me", True),
        ("14 25 36 47 58 69 70 82", "14 25 36 47 58 69 70", True),
        ("14 25 36 47 58 69 70 82 91 93", "14 25 36 47 58 69 70 82", False),
        # Numbered lists, pages and chapters are numbered alike in texts that have nothing in common.
        ("1 2 3 4 5 6 7 8 9 10 11 12", "1 2 3 4 5 6 7 8 9 10 11 12", False),
        (" ".join(map(str, range(1, 90))), " ".join(map(str, range(1, 90))), False),
        ("2023 2023 2023 2023 2023", "2023 2023 2023 2023 2023", False),
        ("14 25 36", "14 25 36", False),
        ("9" * 500 + " 14 25 36", "9" * 500 + " 14 25 36", False),
    ],
)
def test_many_telling_figures_agree_firmly(a, b, firm):
    assert compared(a, b).firm is firm
    assert compared(b, a).firm is firm
