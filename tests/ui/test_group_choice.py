"""What chosen rows stand for, and what a decision spares."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic_groups import make_file, make_model

from dedupe_app.records import Decision, Relation, Role
from dedupe_app.ui.group_choice import Chosen, chosen_rows, files_to_mark, read_choice


def choice(model, *ranges):
    return read_choice(model.rows, model.numbers, ranges, model.file)


def files(group, *lines):
    return frozenset(group * 100_000 + line for line in lines)


@pytest.fixture
def model(qapp):
    return make_model([3, 2, 4])[0]


# Rows: 0 header of 1, 1-3 its files, 4 header of 2, 5-6 its files, 7 header of 3, 8-11 its files.
def test_files_stand_for_themselves(model):
    assert choice(model, (2, 2), (9, 10)).files == {1: files(1, 1), 3: files(3, 1, 2)}


def test_all_files_of_a_group_are_the_group(model):
    chosen = choice(model, (0, 3))
    assert chosen.files == {1: None}
    assert chosen.headed == frozenset()
    assert chosen.count == 3


def test_a_header_passed_over_says_nothing_about_files_that_are_not_chosen(model):
    chosen = choice(model, (3, 5))
    assert chosen.files == {1: files(1, 2), 2: files(2, 0)}


def test_a_header_alone_stands_for_its_group(model):
    chosen = choice(model, (4, 4))
    assert chosen.files == {2: None}
    assert chosen.headed == {2}
    assert chosen.count == 2


def test_the_header_of_a_closed_group_stands_for_its_group(model):
    model.set_open(1, is_open=False)
    chosen = choice(model, (3, 4))
    assert chosen.files == {1: files(1, 2), 2: None}
    assert chosen.headed == {2}


def test_chosen_rows_are_those_of_the_chosen_files():
    groups = {1: [make_file(1, 0), make_file(1, 1)], 2: [make_file(2, 0)]}
    chosen = Chosen({1: files(1, 1), 2: None}, count=2)
    assert chosen_rows(chosen, groups) == [groups[1][1], groups[2][0]]


def undecided(group, count, **changed):
    return [make_file(group, line, decision=Decision.UNDECIDED, **changed) for line in range(count)]


def test_a_whole_group_keeps_its_keeper():
    marking = files_to_mark(Chosen({1: None}, count=3), {1: undecided(1, 3)}, Decision.REMOVE)
    assert marking.files == tuple(sorted(files(1, 1, 2)))
    assert marking.spared == (1,)
    assert marking.bare == ()


def test_a_keeper_marked_by_itself_is_marked_and_told():
    rows = [make_file(1, 0), make_file(1, 1)]
    marking = files_to_mark(Chosen({1: files(1, 0)}, count=1), {1: rows}, Decision.REMOVE)
    assert marking.files == tuple(files(1, 0))
    assert marking.bare == (1,)


def test_a_group_with_another_file_that_stays_is_not_bare():
    rows = undecided(1, 2)
    marking = files_to_mark(Chosen({1: files(1, 0)}, count=1), {1: rows}, Decision.REMOVE)
    assert marking.bare == ()


def test_protected_files_are_never_marked_and_make_others_free():
    rows = undecided(1, 3)
    rows[1] = replace(rows[1], role=Role.PROTECTED, decision=Decision.KEEP)
    for decision in Decision:
        marking = files_to_mark(Chosen({1: None}, count=3), {1: rows}, decision)
        assert set(marking.files) == files(1, 0, 2)
        assert marking.spared == marking.bare == ()


def test_a_header_marks_only_the_copies():
    chosen = Chosen({1: None}, frozenset({1}), 2)
    for decision in Decision:
        assert files_to_mark(chosen, {1: undecided(1, 2)}, decision).files == tuple(files(1, 1))


def test_a_header_of_a_group_whose_keeper_goes_leaves_nothing_and_that_is_told():
    rows = undecided(1, 2)
    rows[0] = replace(rows[0], decision=Decision.REMOVE)
    marking = files_to_mark(Chosen({1: None}, frozenset({1}), 2), {1: rows}, Decision.REMOVE)
    assert marking.bare == (1,)


def test_a_file_in_two_groups_is_marked_once():
    rows = undecided(1, 2)
    chosen = Chosen({1: files(1, 1), 2: files(1, 1)}, count=2)
    marking = files_to_mark(chosen, {1: rows, 2: rows}, Decision.REMOVE)
    assert marking.files == tuple(files(1, 1))


def test_a_keeper_stays_also_where_it_is_a_copy_of_another_kind():
    first = undecided(1, 2)
    second = [make_file(2, 0), replace(first[0], group=2, role=Role.COPY)]
    groups = {1: first, 2: second}
    marking = files_to_mark(Chosen({1: None, 2: None}, count=4), groups, Decision.REMOVE)
    assert marking.files == tuple(files(1, 1))
    headed = Chosen({1: None, 2: None}, frozenset({1, 2}), 4)
    assert files_to_mark(headed, groups, Decision.REMOVE).files == tuple(files(1, 1))


@given(
    sizes=st.lists(st.integers(2, 5), min_size=1, max_size=4),
    data=st.data(),
)
def test_what_is_chosen_together_never_takes_the_last_file_of_a_group(sizes, data):
    decided = st.sampled_from([Decision.KEEP, Decision.UNDECIDED])
    groups = {
        number: [make_file(number, line, decision=data.draw(decided)) for line in range(size)]
        for number, size in enumerate(sizes, 1)
    }
    chosen = Chosen(dict.fromkeys(groups), frozenset(), sum(sizes))
    marking = files_to_mark(chosen, groups, Decision.REMOVE)
    assert marking.bare == ()
    for rows in groups.values():
        assert any(row.file not in marking.files for row in rows)


def alike_only(group, count, relation):
    rows = undecided(group, count)
    return [rows[0], *(replace(row, relation=relation) for row in rows[1:])]


@pytest.mark.parametrize("relation", [Relation.SAME_TEMPLATE, Relation.SAME_MEANING])
@pytest.mark.parametrize("headed", [frozenset(), frozenset({1})])
def test_documents_of_their_own_are_left_alone_when_several_are_marked(relation, headed):
    rows = alike_only(1, 3, relation)
    marking = files_to_mark(Chosen({1: None}, headed, 3), {1: rows}, Decision.REMOVE)
    assert marking.files == ()
    assert marking.different == files(1, 1, 2, *([] if headed else [0]))


def test_a_document_of_its_own_is_marked_when_it_is_the_only_one_chosen():
    rows = alike_only(1, 3, Relation.SAME_TEMPLATE)
    marking = files_to_mark(Chosen({1: files(1, 2)}, count=1), {1: rows}, Decision.REMOVE)
    assert marking.files == tuple(files(1, 2))
    assert not marking.different


def test_a_copy_is_marked_also_when_it_shares_a_template_with_others():
    copies = undecided(1, 2)
    alike = [*alike_only(2, 2, Relation.SAME_TEMPLATE), replace(copies[1], group=2)]
    chosen = Chosen({1: None, 2: None}, count=5)
    marking = files_to_mark(chosen, {1: copies, 2: alike}, Decision.REMOVE)
    assert marking.files == tuple(files(1, 1))
    assert marking.different == files(2, 0, 1)
