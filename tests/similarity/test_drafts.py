"""Drafts of one contract among contracts from the same form; versions of a long text."""

from __future__ import annotations

import pytest

from dedupe_app.records import Relation
from dedupe_app.similarity.slots import is_reference
from tests.similarity.compared import compare, measures_of
from tests.similarity.test_other_matter import NAMES, prose

FORM = (
    "Service agreement made on {date} between {a} of {place} and {b}. {body} "
    "{clause} The fee is {fee} EUR, payable within {days} days. {end}"
)
BODY, END = " ".join(prose(201, 24)), " ".join(prose(202, 16))
CLAUSES = [" ".join(prose(210 + number, 1)) for number in range(12)]
PLACES = ("Leeds", "Bath", "Ripon", "Wells", "Truro", "Ely")


def contract(number=0, clause=0, days=30, fee=4200, date="4 March 2019"):
    """Return a contract; `number` says between whom."""
    return FORM.format(
        date=date if number == 0 else f"{number + 5} May 20{number + 10}",
        a=NAMES[number],
        b=NAMES[-1 - number],
        place=PLACES[number],
        body=BODY,
        clause=CLAUSES[clause],
        fee=fee,
        days=days,
        end=END,
    )


OTHERS = [contract(number, clause=0, fee=3000 + number) for number in range(1, 6)]


@pytest.mark.parametrize("days", [30, 60])
def test_a_clause_negotiated_in_a_contract_among_others_is_a_draft(days):
    evidence = compare(contract(), contract(clause=1, days=days), OTHERS)
    assert evidence.relation is Relation.REVISION


def test_drafts_among_other_drafts_and_contracts_are_drafts():
    drafts = [contract(clause=number, days=30 + number) for number in range(2, 5)]
    evidence = compare(contract(), contract(clause=1, days=60), [*drafts, *OTHERS])
    assert evidence.relation is Relation.REVISION


@pytest.mark.parametrize(
    "other",
    [
        contract(1),
        contract(1, clause=1),
        contract(date="9 June 2020", clause=1),
        contract(days=60, fee=5100),
    ],
    ids=["other parties", "and another clause", "the next one of the same parties", "values alone"],
)
def test_another_filling_of_the_form_is_another_document(other):
    others = [text for text in OTHERS if text[:80] != other[:80]]
    assert compare(contract(), other, others).relation is Relation.SAME_TEMPLATE


def lease(landlord, tenant, start, rent, clause):
    """Return a lease whose head names the landlord alone, as a form with a letterhead has it."""
    head = f"{landlord} Housing, {' '.join(prose(300 + len(landlord), 5))} "
    names = f"Tenant is {tenant} in flat {rent % 97} from {start}. {' '.join(prose(301, 40))} "
    return f"{head}{names}Rent {rent} EUR. {CLAUSES[clause]} {END} Signed by {tenant} on {start}."


def test_leases_of_one_landlord_to_two_tenants_are_two():
    others = [
        lease(f"House {name}", name, f"{9 + i} May", 700 + i, 0) for i, name in enumerate(NAMES)
    ]
    a = lease("Weaver", "Anna Birk", "3 June", 812, 1)
    b = lease("Weaver", "Jonas Thal", "7 July", 954, 2)
    assert compare(a, b, others).relation is Relation.SAME_TEMPLATE


def test_what_the_whole_form_has_is_not_particular():
    assert measures_of(contract(), contract(clause=1), OTHERS).particulars > 0
    plain = [text.partition(". ")[2] for text in (contract(), contract(clause=1), *OTHERS)]
    assert measures_of(plain[0], plain[1], plain[2:]).particulars == 0


def versions(titles=("Constitution of the guild",) * 4):
    """Return versions of a long text, each with sentences of its own here and there."""
    sentences = prose(220, 150)
    found = []
    for number, title in enumerate(titles):
        own = list(sentences)
        for place, sentence in zip((40, 95), prose(230 + number, 2), strict=True):
            own[place] = sentence
        found.append(f"{title}. " + " ".join(own))
    return found


def test_versions_of_a_long_text_are_not_each_others_form():
    first, second, *others = versions()
    assert compare(first, second, others).relation is Relation.REVISION


def test_a_word_in_one_title_only_is_noticed():
    titles = ["Share alike licence", "Share alike commercial licence", *["No share licence"] * 2]
    first, second, *others = versions(titles)
    assert measures_of(first, second, others).new_title_words == 1


MENU = (
    "青禾区政府\n首页\n新闻动态\n政务公开\n办事服务\n户籍办理\n社会保障\n医疗卫生\n"
    "教育招生\n住房保障\n交通出行\n环境保护\n招商引资\n人才招聘\n"
)
FOOT = "公示公告\n法规文件\n统计数据\n财政预算\n领导信箱\n在线访谈\n意见征集\n网站地图\n联系我们\n"


def test_characters_of_a_script_without_spaces_are_no_words():
    """Two pages under a menu of eighty characters, which are fifty words."""
    a = MENU + "居住证办理申请人须持身份证租房合同和一张照片到街道服务中心办理。" + FOOT
    b = MENU + "垃圾分类厨余垃圾每天早上投放大件垃圾请提前一天电话预约收集。" + FOOT
    assert measures_of(a, b).words_per_token < 1
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("2020/117", True),
        ("08812047", True),
        ("co-2021-000640", True),
        ("2020-06-14", False),
        ("14/06/2019", False),
        ("10:28:47", False),
        ("12,500.00", False),
        ("10.4.12", False),
        ("2021", False),
    ],
)
def test_number_of_a_document_is_no_date_time_amount_or_version(word, is_one):
    assert is_reference(word) is is_one


def test_agreement_with_another_reference_and_party_is_another_also_alone():
    body = " ".join(prose(260, 60))
    form = "Framework agreement for {what} reference NWB-FA {number} between the board and {who}. "
    a = form.format(what="consulting work", number="2020/117", who="Tallow Finch") + body
    b = form.format(what="ground works", number="2020/122", who="Strand Geotechnics") + body
    assert measures_of(a, b).references == 1
    assert compare(a, b).relation is Relation.SAME_TEMPLATE
