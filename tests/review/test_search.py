"""Lists that become one, snippets with marks, and languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.records import Term, Why
from dedupe_app.review.search import fuse, language_of, make_snippet, telling


def marked(text, *terms):
    """Return the snippet with its marks in brackets."""
    wanted = [Term(each.rstrip("*"), is_prefix=each.endswith("*")) for each in terms]
    snippet = make_snippet(text, wanted)
    shown = snippet.text
    for first, last in reversed(snippet.marks):
        shown = f"{shown[:first]}[{shown[first:last]}]{shown[last:]}"
    return shown


def test_what_is_in_two_lists_comes_before_what_leads_one():
    fused = fuse({Why.WORDS: [1, 2, 3], Why.MEANING: [4, 2, 1, 1]})
    assert fused[0] == (2, (Why.WORDS, Why.MEANING)) or fused[0][0] == 1
    assert {key for key, _ in fused[:2]} == {1, 2}
    assert dict(fused)[3] == (Why.WORDS,)
    assert dict(fused)[4] == (Why.MEANING,)


def test_one_list_keeps_its_order():
    assert [key for key, _ in fuse({Why.WORDS: [7, 5, 9], Why.NAME: []})] == [7, 5, 9]


@pytest.mark.parametrize(
    ("text", "terms", "shown"),
    [
        ("Invoices are payable.", ["invoices", "payable"], "[Invoices] are [payable]."),
        ("unpayable debts", ["payable"], "unpayable debts"),
        ("payables are due", ["payable"], "payables are due"),
        ("payables are due", ["payable*"], "[payables] are due"),
        ("two\n\n  lines", ["two lines"], "[two lines]"),
        ("# Heading\n- item", ["item"], "[item]"),
        ("zu prüfen ist", ["prufen"], "zu [prüfen] ist"),
        ("the o\ufb03ce", ["office"], "the [o\ufb03ce]"),
        ("发票须在收到后支付", ["发票", "支付"], "[发票]须在收到后[支付]"),
        ("İSTANBUL and more", ["and"], "İSTANBUL [and] more"),
        ("nothing of it", ["granite"], "nothing of it"),
        ("", ["granite"], ""),
    ],
)
def test_words_are_marked_where_they_stand(text, terms, shown):
    assert marked(text, *terms) == shown


def test_snippet_shows_where_most_words_stand_together():
    text = (
        "granite here. " + "filler words in between. " * 40 + "In the end granite and marble. Over."
    )
    assert "[granite] and [marble]" in marked(text, "granite", "marble")
    assert marked(text, "granite", "marble").startswith("In the end")


def test_snippet_is_short_and_says_that_it_is_cut():
    snippet = make_snippet("word " * 500 + "granite" + " word" * 500, [Term("granite")])
    assert snippet.text.startswith("…")
    assert snippet.text.endswith("…")
    assert len(snippet.text) < 260
    (place,) = snippet.marks
    assert snippet.text[slice(*place)] == "granite"


@given(text=st.text(max_size=400), words=st.lists(st.text(min_size=1, max_size=6), max_size=3))
def test_marks_are_in_order_within_the_snippet(text, words):
    snippet = make_snippet(text, [Term(word.lower(), is_prefix=True) for word in words])
    ends = [0, *(end for mark in snippet.marks for end in mark), len(snippet.text)]
    assert ends == sorted(ends)
    assert "\n" not in snippet.text
    assert all(last > first for first, last in snippet.marks)


def test_articles_are_not_pointed_out():
    terms = [Term("the"), Term("lease"), Term("of")]
    assert telling(terms) == [Term("lease")]
    assert telling(terms[:1]) == terms[:1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The invoices are payable within the month and that is all of it.", "en"),
        ("Die Rechnung ist mit der Lieferung und den Belegen zu begleichen.", "de"),
        ("Les factures sont à payer avec le solde dans le mois qui suit.", "fr"),
        ("发票须在收到后四十五日内支付", "zh"),
        ("請求書は受領後に支払う", "ja"),
        ("청구서는 45일 이내에 지급한다", "ko"),
        ("Счета подлежат оплате", "ru"),
        ("Рахунки підлягають оплаті після їх отримання", "uk"),
        ("12.5 44 1.080,00", ""),
        ("", ""),
    ],
)
def test_language_is_told_where_it_can_be(text, language):
    assert language_of(text) == language
