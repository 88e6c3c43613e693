"""Where a revision ends and another document begins: addresses, names, forms filled anew, lists, drafts, passages."""

from __future__ import annotations

import random

import pytest

from dedupe_app.records import Relation
from tests.similarity.compared import compare, measures_of

NAMES = (
    "Grace Tanner",
    "Imogen Hollis",
    "Muriel Ashdown",
    "Rosalind Vane",
    "Tobias Reed",
    "Ada Moor",
)
TOPICS = ("roof", "heating", "garden", "stairs", "cellar", "lift")
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu za".split()


def prose(seed: int, sentences: int) -> list[str]:
    """Make sentences of nine words each that no other seed makes."""
    draw = random.Random(seed)
    words = ("".join(draw.choice(SYLLABLES) for _ in range(4)) for _ in range(9 * sentences))
    return [" ".join(next(words) for _ in range(9)).capitalize() + "." for _ in range(sentences)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sub process", "subprocess"),
        ("https://one.example/src/weaver", "https://two.example/blob/weaver"),
        ("we'll", "we will"),
    ],
    ids=["a word written as one", "an address", "a contraction"],
)
def test_what_names_nothing_may_be_exchanged_throughout(before, after):
    see = "In the harbour: {x}."
    page = " ".join([see, *prose(21, 20), see, *prose(22, 20), see, *prose(23, 20), see])
    assert compare(page.replace("{x}", before), page.replace("{x}", after)).relation is (
        Relation.REVISION
    )


def test_a_word_of_the_subject_inside_another_word_is_another_subject():
    page = " ".join(["How to use write_at{x}.", *(f"{s} write_at{{x}}" for s in prose(22, 12))])
    a, b = page.replace("{x}", ""), page.replace("{x}", "_all")
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_heirs_exchanged_deep_in_a_form_make_another_will():
    body = " ".join(prose(23, 14))
    will = "Last will of {a}, witnessed by Jasper Quarmby. " + body + " {g} To {b}. {b} may refuse."
    gifts = [" ".join(prose(100 + i, 3)) for i in range(len(NAMES))]
    wills = [will.format(a=a, b=a, g=g) for a, g in zip(NAMES, gifts, strict=True)]
    gift = " ".join(prose(99, 3))
    a, b = (will.format(a="Ed Cole", b=b, g=gift) for b in ("Jasper Quarmby", "Sebastian Hale"))
    assert compare(a, b, wills).relation is Relation.SAME_TEMPLATE


def test_a_form_with_another_name_at_the_top_is_anothers_also_alone():
    form = "We certify that {a} took part. " + " ".join(prose(24, 9))
    a, b = (form.format(a=name) for name in NAMES[:2])
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_a_scan_of_a_short_form_is_a_revision_also_alone():
    form = "Hail the guild of weavers. " + " ".join(prose(25, 14)) + " Sung and hailed at the gate."
    scanned = form
    for clean, misread in (("the", "thc"), ("of", "oi"), ("and", "aud"), ("at", "al")):
        scanned = scanned.replace(f" {clean} ", f" {misread} ")
    assert compare(form, scanned).relation is Relation.REVISION


def test_a_long_lease_with_other_values_and_clauses_is_another_also_alone():
    lease = "Lease of flat {n} to {a} from {d}. Rent {r}.50 EUR. " + " ".join(prose(26, 60))
    a = lease.format(n=25, a=NAMES[0], d="2020-11-19", r=912)
    b = lease.format(n=39, a=NAMES[1], d="2021-10-24", r=1140) + " Pets are allowed in the yard."
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_minutes_with_another_hour_and_topic_are_of_another_meeting():
    frame = prose(27, 8)
    minutes = "{} Ended at {} in the hall. Then they spoke about the {} of the house. {}"
    others = [
        minutes.format(" ".join(frame[:4]), f"21.{i}4", topic, " ".join(frame[4:]))
        for i, topic in enumerate(TOPICS)
    ]
    b = others[1].replace("Then", "Our office is closed in the last week of the year. Then")
    assert compare(others[0], b, others[2:]).relation is Relation.SAME_TEMPLATE


def test_a_licence_of_other_years_and_holders_is_another():
    licence = " ".join(prose(28, 30))
    files = [f"Copyright {1990 + i} {name} {licence}" for i, name in enumerate(NAMES)]
    longer = files[0].replace("Grace", "Silicon Works and Network Machines and Sons of Grace")
    assert compare(longer, files[1], files[2:]).relation is Relation.SAME_TEMPLATE


def _notes(seed: int, version: str) -> str:
    kept = "Changes in Weaver {v}. Current version {v}. Software configuration changes follow. "
    lines = [f"fixed CVE-{seed}00{i} in {s}" for i, s in enumerate(prose(seed, 8))]
    shared = [f"Section {i}: {s}" for i, s in enumerate(prose(29, 9))]
    return kept.replace("{v}", version) + " ".join(
        part for pair in zip(shared, [*lines, ""], strict=True) for part in pair
    )


def test_the_notes_of_the_next_release_are_no_revision():
    a, b = _notes(41, "v4.0.1"), _notes(42, "v4.0.2")
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_a_short_draft_with_a_sentence_rewritten_is_a_revision():
    old, new = prose(31, 14), prose(32, 2)
    draft = [*old[:5], new[0], *old[6:9], new[1], *old[10:]]
    assert measures_of(" ".join(old), " ".join(draft)).replaced > 0.10
    assert compare(" ".join(old), " ".join(draft)).relation is Relation.REVISION


def test_a_passage_of_a_few_sentences_is_contained_though_not_word_for_word():
    text = prose(33, 22)
    passage = ["An excerpt.", *text[6:13]]
    passage[4] = passage[4].replace("the ", "this ").replace(" of", " from")
    evidence = compare(" ".join(passage), " ".join(text))
    assert evidence.relation is Relation.CONTAINED


def test_a_page_on_another_sensor_is_no_revision():
    page = "Name: sensors_board_{x}. Reads the sensors of a board. " + " ".join(prose(34, 17))
    a, b = (page.format(x=x) for x in ("volt", "temp"))
    assert compare(a, b).relation is Relation.SAME_TEMPLATE


def test_the_receipt_of_another_month_is_no_revision_among_others():
    frame = " ".join(prose(35, 4))
    own = [" ".join(prose(200 + i, 2)) for i in range(6)]
    months = ("january", "march", "may", "july", "october", "december")
    receipts = [
        f"Receipt of rent for the month of {month} in full. {frame} {text}"
        for month, text in zip(months, [own[0], own[0], *own[2:]], strict=True)
    ]
    assert compare(receipts[0], receipts[1], receipts[2:]).relation is Relation.SAME_TEMPLATE
    assert compare(receipts[0], receipts[1]).relation is Relation.REVISION


SISTER = (
    "To {do} a key. The following {do}-key example {does} the key that is named in the request, which must belong to "
    "the account and to the region of the caller. Replace the identifier of the example by that of your own key before "
    "you run it. This command produces no output. For more, see the chapter on keys in the handbook."
)


def test_sister_pages_of_a_manual_are_no_versions():
    share = SISTER.format(do="share", does="shares")
    other = (
        share.replace("share a key.", "share all old versions of a key at once.")
        .replace("the key that is named", "every version of the key that is named")
        .replace(
            "Replace the identifier of the example by that of your own key before you run it.", ""
        )
        .replace(
            "no output.", "no output, unless one of them was shared before: then it names that one."
        )
    )
    found = measures_of(share, other)
    assert found.jaccard < 0.65
    assert found.new_title_words >= 2
    assert compare(share, other).relation is Relation.SAME_TEMPLATE


def test_a_page_of_a_manual_is_a_version_of_itself_with_a_sentence_more():
    page = SISTER.format(do="share", does="shares")
    longer = page.replace("This command", "Only its owner can do so. This command")
    assert compare(page, longer).relation is Relation.REVISION
