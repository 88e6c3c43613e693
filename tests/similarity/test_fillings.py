"""Two fillings of one form, and drafts of one filling: names with values, deeds, reminders, contracts in Japanese."""

from __future__ import annotations

import pytest

from dedupe_app.records import Relation
from tests.similarity.compared import compare, measures_of
from tests.similarity.test_drafts import OTHERS, contract
from tests.similarity.test_other_matter import NAMES, prose

ROOMS = ("two rooms", "three rooms", "four rooms", "one room")


def lease(number, clauses=4):
    """Return a lease of one house with much wording of its own."""
    own = " ".join(prose(400 + number, clauses))
    return (
        f"Lease between Lone Miller and {NAMES[number]} on a flat in Chantry Row, {ROOMS[number]}, "
        f"{43 + 9 * number} square metres. {' '.join(prose(390, 22))} The rent is {470 + 70 * number}.00 and the "
        f"charges are {62 + 8 * number}.50. {own} {' '.join(prose(391, 6))}"
    )


def test_two_leases_alone_are_two_whatever_clauses_they_have():
    measured = measures_of(lease(0), lease(1))
    assert measured.slot_share < 0.5
    assert measured.frame == 0
    assert compare(lease(0), lease(1)).relation is Relation.SAME_TEMPLATE


def deed(number, deals):
    return (
        f"Special power of attorney number {number}. In the town of Laredo before me, the notary, appears Petra Ruiz, "
        f"of age, and gives her brother leave to {deals}. {' '.join(prose(410, 11))}"
    )


def test_two_deeds_of_the_same_people_are_two_by_their_numbers():
    purposes = " ".join(prose(411, 1)), " ".join(prose(412, 2))
    assert measures_of(*map(deed, (611, 652), purposes)).title_numbers == 1
    assert compare(*map(deed, (611, 652), purposes)).relation is Relation.SAME_TEMPLATE
    assert compare(*map(deed, (611, 611), purposes)).relation is Relation.REVISION


def test_a_number_in_the_title_that_numbers_nothing_makes_no_other_document():
    page = "Minutes of the garden board, held in room {n} on 4 March. " + " ".join(prose(413, 10))
    a, b = page.format(n=204), page.format(n=206)
    assert measures_of(a, b).title_numbers == 0


def reminder(which, day, invoice="C-5512", who="Harrow Bakery"):
    return (
        f"To {who}. This is our {which} reminder for the invoice {invoice} that we sent you in March and that we have "
        f"not seen paid. {' '.join(prose(420, 4))} Yours faithfully, the accounts, {day}."
    )


def test_three_reminders_for_one_invoice_are_three():
    ours = [
        reminder("first", "12 April"),
        reminder("second", "26 April"),
        reminder("third", "10 May"),
    ]
    others = [
        reminder(which, f"{number} June", f"D-{number}71", NAMES[number])
        for number, which in enumerate(["first", "second", "first"])
    ]
    for a, b in ((0, 1), (1, 2), (0, 2)):
        rest = [text for i, text in enumerate(ours) if i not in (a, b)]
        assert compare(ours[a], ours[b], [*rest, *others]).relation is Relation.SAME_TEMPLATE


@pytest.mark.parametrize("fee", [4200, 5100])
def test_values_and_words_of_the_form_changed_are_a_draft(fee):
    """Who fills in a form leaves its words alone: here one says other words than all others."""
    first = contract(days=60)
    sentence = prose(202, 16)[7]
    wording = " ".join([*sentence.split()[:3], "otherwise", *sentence.split()[6:]])
    draft = contract(days=60, fee=fee).replace(sentence, wording)
    measured = measures_of(first, draft, OTHERS)
    assert measured.form_words == 3
    assert compare(first, draft, OTHERS).relation is Relation.REVISION


def test_values_alone_are_no_words_of_the_form():
    assert measures_of(contract(), contract(days=60, fee=5100), OTHERS).form_words == 0


COMPANIES = ("北嶺製紙株式会社", "松葉屋旅館有限会社", "青海造船株式会社", "道央警備有限会社")
WORKS = (
    "夜間の巡回警備及び入退場の管理",
    "予約管理機の保守及び電話による支援",
    "工場事務棟の清掃及び廃棄物の分別",
)
CLAUSES = (
    "第二条 甲は乙に対し委託料として月額{fee}円を翌月末日までに支払う。"
    "第三条 乙は善良な管理者の注意をもって業務を行い、業務上知り得た秘密を第三者に漏らしてはならない。"
    "第四条 乙は甲の書面による承諾なく業務の全部又は一部を第三者に再委託してはならない。"
    "第五条 甲又は乙は相手方が本契約に違反し、催告後相当の期間内に是正しないときは本契約を解除することができる。"
    "第六条 本契約の有効期間は令和{year}年四月一日から一年間とする。"
    "第七条 本契約に定めのない事項は甲乙協議のうえ定める。"
)


def japanese(number, fee, year):
    head = f"業務委託契約書 {COMPANIES[number]}を甲とし、{COMPANIES[number + 2]}を乙とし、次のとおり契約を締結する。"
    work = f"第一条 甲は{WORKS[number]}の業務を乙に委託し、乙はこれを受託する。"
    return head + work + CLAUSES.format(fee=fee, year=year)


def test_contracts_with_japanese_numerals_between_other_parties_are_two():
    a, b = japanese(0, "九十八万", "三"), japanese(1, "四十二万五千", "七")
    assert measures_of(a, b).figure_slots >= 2
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_numbers_of_articles_are_no_values():
    a = japanese(0, "九十八万", "三")
    b = a.replace("第六条", "第八条").replace("第七条", "第九条")
    assert measures_of(a, b).figure_slots == 0


def test_a_word_of_two_characters_is_lacking_where_only_its_characters_stand():
    a, b = japanese(0, "九十八万", "三"), japanese(1, "九十八万", "三")
    assert "屋" not in a
    assert measures_of(a, b).title_words >= 4


def certificate(holder, car, plate, premium, clause=True):
    optional = f" {prose(470, 1)[0]} {prose(471, 1)[0]}" if clause else ""
    return (
        f"Certificate of insurance for {holder}, a customer of this house since 1998 and known to us. "
        f"{' '.join(prose(472, 6))}{optional} Insured is the car {car} with the plate {plate}, for a premium of "
        f"{premium} a year. {' '.join(prose(473, 6))}"
    )


def test_two_cars_of_one_holder_are_two_although_one_lacks_a_clause():
    others = [
        certificate(name, f"Model {number}", f"KX {number}07", f"{300 + number}.00")
        for number, name in enumerate(NAMES)
    ]
    a = certificate("Lena Vogt", "Heron Estate", "RB 4471", "412.50")
    b = certificate("Lena Vogt", "Plover Van", "TS 9120", "655.00", clause=False)
    measured = measures_of(a, b, others)
    assert measured.form_lacking >= 3
    assert measured.form_words == 0
    assert compare(a, b, others).relation is Relation.SAME_TEMPLATE
    draft = certificate("Lena Vogt", "Heron Estate", "RB 4471", "398.00", clause=False)
    assert compare(a, draft, others).relation is Relation.REVISION
