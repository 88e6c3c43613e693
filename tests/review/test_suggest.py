"""The keep rules, one by one, and their independence of the order of the members."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.records import Decision, Member, Relation, Role
from dedupe_app.review.suggest import choose_container, choose_keeper, default_decision


def member(path: str, *, mtime=100, words=50, form="pdf", protected=False) -> Member:
    return Member(Path("/docs") / path, 10, round(mtime * 1e9), form, words, "0" * 64, protected)


@pytest.mark.parametrize(
    ("kept", "other", "reason"),
    [
        ({"protected": True}, {"mtime": 200, "words": 99}, "in a protected folder"),
        ({"mtime": 200}, {"words": 99, "form": "docx"}, "newest"),
        ({"words": 51}, {"form": "docx"}, "longest text"),
        ({"form": "docx"}, {"form": "pdf"}, "best format (docx before pdf)"),
        ({"form": "xls"}, {"form": "pdf"}, "best format (xls before pdf)"),
        ({"form": "ODT"}, {"form": ".rtf"}, "best format (odt before rtf)"),
        ({"form": "md"}, {"form": "pages"}, "best format (md before pages)"),
        ({"form": "csv"}, {"form": ""}, "best format (csv before unknown)"),
    ],
)
def test_first_rule_that_decides_is_the_reason(kept, other, reason):
    keeper, rest = member("long/path/kept", **kept), member("z", **other)
    for members in ([keeper, rest], [rest, keeper]):
        choice = choose_keeper(members)
        assert (choice.member, choice.reason) == (keeper, reason)


def test_a_part_of_a_second_makes_no_file_the_newer_one():
    early, late = member("a", mtime=100.1, words=60), member("b", mtime=100.9)
    assert choose_keeper([late, early]).reason == "longest text"
    assert choose_keeper([late, early]).member == early


def test_shortest_path_then_name():
    short, near = member("a.pdf"), member("sub/a.pdf")
    assert choose_keeper([near, short]).reason == "shortest path"
    assert choose_keeper([near, short]).member == short
    first, second = member("a.pdf"), member("b.pdf")
    assert choose_keeper([second, first]).reason == "first by name"
    assert choose_keeper([second, first]).member == first


def test_equal_formats_by_another_name_do_not_decide():
    assert choose_keeper([member("a", form="html"), member("bc", form="htm")]).reason == (
        "shortest path"
    )


def test_reason_is_the_rule_that_left_one():
    members = [member("a", mtime=200), member("b", mtime=200, words=60), member("c", words=99)]
    choice = choose_keeper(members)
    assert (choice.member.path.name, choice.reason) == ("b", "longest text")


def test_best_format_is_compared_with_the_next_best():
    members = [member("a", form="txt"), member("b", form="docx"), member("c", form="odt")]
    assert choose_keeper(members).reason == "best format (docx before odt)"


def test_single_member_and_none():
    assert choose_keeper([member("a")]).reason == "the only file"
    with pytest.raises(ValueError, match="without members"):
        choose_keeper([])


def test_container_is_the_longest_text_even_beside_a_protected_file():
    book, chapter = member("book", words=900), member("chapter", protected=True, mtime=999)
    choice = choose_container([chapter, book])
    assert (choice.member, choice.reason) == (book, "holds the others")


def test_container_of_equal_length_is_the_protected_one():
    book, copy = (
        member("archive/book", words=900, protected=True),
        member("book", words=900, mtime=9),
    )
    assert choose_container([copy, book]).member == book


def test_container_of_equal_length_is_the_newest():
    old, new = member("a", mtime=1), member("b", mtime=2)
    assert choose_container([old, new]).member == new


@pytest.mark.parametrize("relation", [None, *Relation])
@pytest.mark.parametrize("role", list(Role))
def test_only_copies_with_the_same_text_are_marked(relation, role):
    decision = default_decision(relation, role)
    if role is not Role.COPY:
        assert decision is Decision.KEEP
    elif relation in (Relation.IDENTICAL, Relation.SAME_TEXT):
        assert decision is Decision.REMOVE
    else:
        assert decision is Decision.UNDECIDED


MEMBERS = st.lists(
    st.builds(
        member,
        st.text("ab/\udcff", min_size=1, max_size=5),
        mtime=st.integers(1, 2),
        words=st.integers(1, 2),
        form=st.sampled_from(["pdf", "docx", "htm", "html", "odd", ""]),
        protected=st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.path,
)


@given(MEMBERS, st.randoms())
def test_order_of_the_members_does_not_matter(members, chance):
    expected = choose_keeper(members), choose_container(members)
    chance.shuffle(members)
    assert (choose_keeper(members), choose_container(members)) == expected
