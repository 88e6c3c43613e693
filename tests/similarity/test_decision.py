"""What people would call a duplicate, and what they would not: the decision from raw text to relation."""

from __future__ import annotations

import random

import pytest

from dedupe_app.records import Relation
from tests.similarity.compared import compare, measures_of

LINES = "\n".join(f"{i} office chair model {i} qty {i} price {i * 13}.50" for i in range(1, 12))
INVOICE = (
    "Vantage Trading\nInvoice number: {n}\nInvoice date: {d}\nCustomer: {c}\nMain St 33, Hamburg\n"
    f"{LINES}\n"
    "Terms: net 30. Returned goods are subject to a charge. Title passes upon payment. This invoice was created "
    "electronically and is valid without a signature. Total due: {t} EUR\n"
)
CUSTOMERS = (
    "Quartz Engineering",
    "Alder and Sons",
    "Nordlicht Verlag",
    "Heron Books",
    "Pilar Montes",
    "Quay Foods",
)
FIRST = INVOICE.format(n="2019-6565", d="2019-07-05", c=CUSTOMERS[0], t="806.02")
SIBLINGS = [
    INVOICE.format(n=f"2019-70{i}1", d=f"2019-08-{i + 10}", c=customer, t=f"{i}12.8{i}")
    for i, customer in enumerate(CUSTOMERS)
]
WORDS = (
    "harbour ledger orchard signal quarry lantern meadow anchor thicket parcel voyage copper timber garden "
    "railway sermon chapel bridge weaver miller tenant charter council fever archive"
).split()


def prose(seed: int, sentences: int) -> list[str]:
    """Make sentences that no other seed makes."""
    draw = random.Random(seed)
    return [
        " ".join(
            ["The", *(draw.choice(WORDS) for _ in range(9)), f"of{draw.randrange(10**6)}."]
        ).capitalize()
        for _ in range(sentences)
    ]


LEASE_BODY = " ".join(prose(5, 60))
LEASE = (
    "Lease of a flat. Tenant: {name}. Flat number {flat}. Monthly rent {rent} EUR. " + LEASE_BODY
)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("case", str.upper),
        ("line ends", lambda text: text.replace(" ", "\n")),
        (
            "scanned",
            lambda text: text.replace("Invoice", "lnvoice").replace(
                "electronically", "eiectronically"
            ),
        ),
        ("a letter for a digit", lambda text: text.replace("2019", "2O19")),
        ("printed", lambda text: "COPY for your files\nPrinted on 23.06.2024 by mkoch\n" + text),
        ("stamped", lambda text: text + "\nReceived 12 May 2024, J. Pereira, accounts\n"),
        (
            "typing errors",
            lambda text: text.replace("signature", "signatrue").replace("charge", "chagre"),
        ),
        ("decimal comma", lambda text: text.replace("806.02", "806,02")),
    ],
)
@pytest.mark.parametrize("others", [[], SIBLINGS], ids=["alone", "among siblings"])
def test_altered_copy_is_a_revision(name, change, others):
    assert compare(FIRST, change(FIRST), others).relation is Relation.REVISION, name


@pytest.mark.parametrize("others", [[], SIBLINGS], ids=["alone", "among siblings"])
@pytest.mark.parametrize(
    "other",
    [
        INVOICE.format(n="2019-7011", d="2019-08-05", c=CUSTOMERS[0], t="806.02"),
        INVOICE.format(n="2019-6565", d="2019-07-05", c=CUSTOMERS[0], t="912.40"),
        INVOICE.format(n="2019-7088", d="2019-07-05", c=CUSTOMERS[0], t="806.02"),
        INVOICE.format(n="2020-0101", d="2020-01-31", c=CUSTOMERS[3], t="99.00"),
    ],
    ids=["reissued", "other amount", "other number", "other customer"],
)
def test_invoices_of_one_template_are_no_duplicates(other, others):
    assert compare(FIRST, other, others).relation is Relation.SAME_TEMPLATE


def test_records_with_other_identifiers_are_no_duplicates():
    body = " ".join(f"word{i}x" for i in range(80))
    relation = compare(f"id = CVE-2024-1234\n{body}", f"id = CVE-2024-1235\n{body}").relation
    assert relation is Relation.SAME_TEMPLATE


def test_long_leases_to_different_tenants_are_no_duplicates():
    a = LEASE.format(name="Amara Lind", flat="12", rent="840.00")
    b = LEASE.format(name="Joaquim Belfort", flat="14", rent="910.00")
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_one_amended_amount_in_a_long_lease_is_not_called_a_duplicate():
    a = LEASE.format(name="Amara Lind", flat="12", rent="840.00")
    b = LEASE.format(name="Amara Lind", flat="12", rent="910.00")
    evidence = compare(a, b)
    assert evidence.relation is Relation.SAME_TEMPLATE
    assert evidence.changes.examples == (("840.00", "910.00"),)


def test_new_version_stamp_alone_is_a_revision():
    policy = "Travel policy\nLast updated 2023-01-17\n" + " ".join(prose(7, 40))
    assert compare(policy, policy.replace("2023-01-17", "2024-11-02")).relation is Relation.REVISION


def test_another_date_alone_in_long_prose_is_a_revision():
    page = "Manual page 6.03 2022-10-30. " + " ".join(prose(12, 60))
    later = page.replace("6.03 2022-10-30", "6.9.1 2024-05-02")
    assert compare(page, later).relation is Relation.REVISION


def test_another_number_alone_in_long_prose_is_another_record():
    page = "Policy number 448812. " + " ".join(prose(12, 60))
    assert compare(page, page.replace("448812", "519034")).relation is Relation.SAME_TEMPLATE


@pytest.mark.parametrize("step", ["41.{0}", "31.{1}"], ids=["chapter", "chapter and section"])
def test_renumbered_sections_are_a_revision(step):
    sections = [" ".join(prose(20 + i, 6)) for i in range(1, 6)]
    old, new = (
        " ".join(f"Section {form.format(i, i + 3)} {text}" for i, text in enumerate(sections, 1))
        for form in ("43.{0}", step)
    )
    assert compare(old, new).relation is Relation.REVISION


def test_dates_written_out_beside_a_version_stamp_are_part_of_it():
    page = "Mailing lists\nRevision: {r} Date: {d}\n" + " ".join(prose(13, 15))
    old = page.format(r="7644", d="2013-04-06 22:29:26 sat 06 apr 2013")
    new = page.format(r="9051", d="2022-05-02 23:59:06 mon 02 may 2022")
    assert compare(old, new).relation is Relation.REVISION


def test_a_letter_misread_throughout_is_no_other_word():
    body = prose(14, 12)
    page = "How the miller of the quarry met the tenant. " + " ".join(body).replace("The ", "A ")
    scanned = page
    for clean, misread in (("the", "thc"), ("of", "oi"), ("and", "ancl"), ("miller", "rniller")):
        scanned = scanned.replace(f" {clean} ", f" {misread} ")
    scanned = scanned.replace("harbour", "horbour").replace("lantern", "lanfern")
    assert compare(page, scanned).relation is Relation.REVISION


def test_a_command_with_another_number_in_its_name_is_another_subject():
    page = "{c} - checksums. {c} prints or checks them. " + " ".join(prose(15, 30)) + " See {c}."
    a, b = page.replace("{c}", "sha256sum"), page.replace("{c}", "sha512sum")
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_other_names_in_a_form_are_another_document():
    form = "Last will of {a}. " + " ".join(prose(16, 25)) + " The rest goes to {b}."
    pairs = [(f"first{i} last{i}", f"heir{i} name{i}") for i in range(6)]
    wills = [form.format(a=a, b=b) for a, b in pairs]
    added = wills[1] + " " + " ".join(prose(17, 1))
    assert compare(wills[0], added, wills[2:]).relation is Relation.SAME_TEMPLATE


def test_files_that_share_a_licence_and_little_else_are_no_duplicates():
    licence = " ".join(prose(18, 25))
    files = [" ".join([*prose(30 + i, 4), licence, *prose(50 + i, 4)]) for i in range(8)]
    assert compare(files[0], files[1], files[2:]).relation is not Relation.REVISION


def test_long_text_with_a_new_beginning_is_a_revision():
    old, new = prose(19, 30), prose(60, 2)
    assert compare(" ".join(old), " ".join(new + old[2:])).relation is Relation.REVISION


def test_subject_exchanged_throughout_is_another_document():
    body = [
        f"Provide {{x}} for part {word} of the page, so that the {{x}} is heard." for word in WORDS
    ]
    a, b = (" ".join(["How to provide {x}.", *body]).replace("{x}", x) for x in ("audio", "video"))
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_revised_prose_with_a_third_of_its_sentences_rewritten_is_a_revision():
    old, new = prose(1, 60), prose(2, 60)
    revised = [new[i] if i % 4 == 3 else sentence for i, sentence in enumerate(old)]
    assert compare(" ".join(old), " ".join(revised)).relation is Relation.REVISION


def test_clauses_added_and_removed_are_a_revision():
    old = prose(3, 50)
    assert (
        compare(" ".join(old), " ".join(old[:20] + prose(4, 6) + old[24:])).relation
        is Relation.REVISION
    )


def test_paragraphs_in_another_order_are_a_revision():
    old = prose(8, 30)
    assert compare(" ".join(old), " ".join(old[15:] + old[:15])).relation is Relation.REVISION


def test_excerpt_is_contained_and_says_how_much():
    whole = prose(9, 100)
    evidence = compare(" ".join(whole[30:60]), " ".join(whole))
    assert evidence.relation is Relation.CONTAINED
    assert evidence.contained > 95


def test_unrelated_texts_have_no_relation():
    assert compare(" ".join(prose(10, 40)), " ".join(prose(11, 40))).relation is None


def test_decision_does_not_depend_on_the_order_of_the_pair():
    for a, b in ((FIRST, SIBLINGS[0]), (FIRST, FIRST.upper()), (SIBLINGS[1], SIBLINGS[2])):
        assert compare(a, b, SIBLINGS).relation is compare(b, a, SIBLINGS).relation


def test_frame_words_weigh_little_among_siblings_and_much_alone():
    alone, among = (
        measures_of(FIRST, SIBLINGS[3]),
        measures_of(FIRST, SIBLINGS[3], SIBLINGS[:3] + SIBLINGS[4:]),
    )
    assert among.weighted_jaccard < alone.weighted_jaccard
    assert among.frame > 0.5
    assert alone.frame == 0


def test_empty_and_tiny_texts_do_not_fail():
    assert compare("", "x").relation is None
    assert compare("x", "x y").relation in {
        None,
        Relation.REVISION,
        Relation.CONTAINED,
        Relation.SAME_TEMPLATE,
    }
