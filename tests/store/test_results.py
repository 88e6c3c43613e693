"""Pairs and groups: kept as they were found, numbered for good."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedupe_app.engine.grouping import number_groups
from dedupe_app.records import (
    Change,
    ChangeKind,
    Changes,
    Decision,
    Evidence,
    FileState,
    Group,
    GroupKind,
    GroupMember,
    Pair,
    Relation,
    Role,
)
from dedupe_app.store import documents, results

WORD = st.text(st.characters(codec="utf-8"), max_size=12)
SHARE = st.floats(0, 100)
CHANGES = st.builds(
    Changes,
    *([st.integers(0, 10_000)] * 4),
    st.lists(WORD, max_size=3).map(tuple),
    st.lists(st.tuples(WORD, WORD), max_size=3).map(tuple),
)
EVIDENCE = st.builds(Evidence, st.none() | st.sampled_from(Relation), SHARE, SHARE, SHARE, CHANGES)
PAIRS = st.builds(
    Pair,
    st.just(1),
    st.just(2),
    st.booleans(),
    st.binary(max_size=8),
    st.booleans(),
    st.binary(max_size=8),
    EVIDENCE,
)
ROOT = Path("/papers")
NOT_UTF8 = os.fsdecode(b"b\xff.txt")
REVISION = Evidence(Relation.REVISION, 87.5, 88.0, 91.25, Changes(replaced=3, figures=2))


@pytest.fixture
def texts(library):
    """A library with three texts, named c, b, a, that no file holds."""
    for name in "cba":
        library.execute(
            "insert into texts (hash, words, sketch, sketch_shift) values (?, 1, x'', 3)", [name]
        )
    return library


@pytest.fixture
def files(library):
    """A library with the files 1-4."""
    names = ("a.txt", NOT_UTF8, "c.txt", "d.txt")
    states = [
        FileState(ROOT / name, 10 * number, number, 1, number)
        for number, name in enumerate(names, 1)
    ]
    documents.apply_changes(library, [Change(ChangeKind.ADDED, own) for own in states])
    return library


def pair(a, b, relation=Relation.REVISION):
    return Pair(a, b, False, b"1", True, b"2", Evidence(relation, 1.0, 2.0, 3.0, Changes()))


def member(file, role=Role.COPY, evidence=REVISION):
    relation = evidence and evidence.relation
    return GroupMember(file, role, Decision.UNDECIDED, relation, evidence, 0.5, f"file {file}")


def group(*files, kind=GroupKind.DUPLICATES, number=0):
    first = member(files[0], Role.KEEPER, None)
    return Group(kind, (first, *map(member, files[1:])), 40, 87.5, number)


def save(library, *groups, scope="s", signature="x", finished="2026"):
    results.save_groups(library, scope, signature, finished, groups, {})


# ---- pairs -------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(PAIRS)
def test_pairs_come_back_as_they_were_saved(texts, own):
    results.save_pairs(texts, [own])
    evidence = own.evidence
    assert results.load_pair_states(texts, {1, 2}) == {(1, 2): own.state}
    assert results.find_evidence(texts, 1, 2) == evidence
    expected = [(1, 2, evidence.relation, evidence.similarity)] if evidence.relation else []
    assert results.related_pairs(texts) == expected


def test_later_comparison_takes_the_place_of_the_earlier(texts):
    results.save_pairs(texts, [pair(1, 2)])
    results.save_pairs(texts, [pair(1, 2, Relation.CONTAINED)])
    assert results.related_pairs(texts) == [(1, 2, Relation.CONTAINED, 1.0)]


def test_pair_that_was_never_compared_has_no_evidence(texts):
    results.save_pairs(texts, [pair(1, 2)])
    with pytest.raises(LookupError):
        results.find_evidence(texts, 2, 1)


def test_only_states_of_the_texts_in_question_are_given(texts):
    results.save_pairs(texts, [pair(1, 2), pair(2, 3)])
    assert set(results.load_pair_states(texts, {2, 3})) == {(2, 3)}


def test_pairs_come_in_the_order_of_the_hashes(texts):
    results.save_pairs(texts, [pair(1, 2), pair(3, 1), pair(3, 2)])
    assert [found[:2] for found in results.related_pairs(texts)] == [(3, 2), (3, 1), (1, 2)]


def test_pairs_go_with_their_texts(texts):
    results.save_pairs(texts, [pair(1, 2), pair(2, 3)])
    documents.forget_unused(texts)
    assert results.load_pair_states(texts, {1, 2, 3}) == {}


# ---- groups ------------------------------------------------------------------------------------


def test_groups_come_back_as_a_report(files):
    save(files, group(1, 2, 4))
    first, second, third = results.report_rows(files, "s", {GroupKind.DUPLICATES})
    assert (first.role, first.path, first.compared_with, first.relation, first.similarity) == (
        *(Role.KEEPER, ROOT / "a.txt", None, None, None),
    )
    assert (second.path, second.compared_with, second.size_bytes) == (
        ROOT / NOT_UTF8,
        ROOT / "a.txt",
        20,
    )
    assert (second.similarity, second.shared_text, second.contained, second.figures_changed) == (
        87.5,
        88.0,
        91.25,
        2,
    )
    assert (third.path, third.reason, third.decision) == (
        ROOT / "d.txt",
        "file 4",
        Decision.UNDECIDED,
    )


def test_report_has_the_kinds_asked_for(files):
    save(files, group(1, 2), group(3, 4, kind=GroupKind.TEMPLATE))
    assert {row.kind for row in results.report_rows(files, "s", {GroupKind.TEMPLATE})} == {
        GroupKind.TEMPLATE
    }
    assert list(results.report_rows(files, "s", set())) == []


def test_keeper_comes_first_then_paths_in_order(files):
    save(files, group(4, 3, 1))
    assert [row.path.name for row in results.report_rows(files, "s", set(GroupKind))] == [
        "d.txt",
        "a.txt",
        "c.txt",
    ]


def test_saving_replaces_the_groups_of_the_scope_only(files):
    save(files, group(1, 2))
    save(files, group(1, 2), scope="other")
    save(files, group(3, 4))
    assert [own[1] for own in results.group_files(files, "s").values()] == [{3, 4}]
    assert [own[1] for own in results.group_files(files, "other").values()] == [{1, 2}]


def test_number_is_kept_and_never_used_again(files):
    save(files, group(1, 2), group(3, 4))
    save(files, group(3, 4, number=2))
    save(files, group(1, 2), group(3, 4, number=2))
    assert {number: set(own) for number, (_, own) in results.group_files(files, "s").items()} == {
        2: {3, 4},
        3: {1, 2},
    }


def test_signature_and_time_of_a_scope(files):
    assert (results.scope_signature(files, "s"), results.latest_scope(files)) == ("", "")
    save(files, finished="2026-01")
    save(files, scope="other", signature="y", finished="2026-02")
    assert (results.scope_signature(files, "s"), results.latest_scope(files)) == ("x", "other")
    results.touch_scope(files, "s", "2026-03")
    assert results.latest_scope(files) == "s"


def test_groups_of_a_removed_file_have_to_be_made_again(files):
    save(files, group(1, 2), signature="with both")
    save(files, group(3, 4), scope="other")
    gone = FileState(ROOT / "a.txt", 10, 1, 1, 1)
    documents.apply_changes(files, [Change(ChangeKind.REMOVED, gone)])
    documents.apply_changes(files, [Change(ChangeKind.ADDED, gone)])
    assert results.scope_signature(files, "s") == ""
    assert results.scope_signature(files, "other") == "x"


def test_failed_saving_keeps_the_earlier_groups(files):
    save(files, group(1, 2))

    def breaking():
        yield group(3, 4)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        results.save_groups(files, "s", "y", "2027", breaking(), {})
    assert [own[1] for own in results.group_files(files, "s").values()] == [{1, 2}]
    assert results.scope_signature(files, "s") == "x"


def test_files_that_went_meanwhile_are_left_out(files):
    gone = FileState(ROOT / "c.txt", 10, 3, 1, 3)
    documents.apply_changes(files, [Change(ChangeKind.REMOVED, gone)])
    save(files, group(1, 2, 3), group(4, 3))
    assert [own[1] for own in results.group_files(files, "s").values()] == [{1, 2}, {4}]
    assert [row[0] for row in files.rows("select files from groups order by id")] == [2, 1]


def test_evidence_of_two_texts_seen_from_either(texts):
    changes = Changes(1, 2, 3, 4, ("the date",), (("old", "new"),))
    known = Evidence(Relation.REVISION, 87.5, 88.0, 91.25, changes)
    results.save_pairs(texts, [replace(pair(1, 2), evidence=known)])
    assert results.find_evidence_between(texts, 1, 2) == known
    flipped = Changes(1, 3, 2, 4, ("the date",), (("new", "old"),))
    assert results.find_evidence_between(texts, 2, 1) == replace(known, changes=flipped)
    assert results.find_evidence_between(texts, 1, 3) is None


# ---- numbers -----------------------------------------------------------------------------------

PARTITIONS = st.lists(st.integers(0, 5), min_size=1, max_size=14).map(
    lambda labels: [
        {file for file, own in enumerate(labels, 1) if own == label}
        for label in sorted(set(labels))
    ]
)


def numbered(parts, earlier):
    groups = [group(*sorted(files)) for files in parts if len(files) > 1]
    return number_groups(
        groups, {number: (GroupKind.DUPLICATES, frozenset(own)) for number, own in earlier.items()}
    )


@given(PARTITIONS)
def test_unchanged_groups_keep_their_numbers(parts):
    earlier = {10 + place: files for place, files in enumerate(parts) if len(files) > 1}
    assert [own.number for own in numbered(parts, earlier)] == list(earlier)


@given(PARTITIONS, PARTITIONS)
def test_no_number_is_given_twice(parts, before):
    earlier = {10 + place: files for place, files in enumerate(before) if len(files) > 1}
    given_numbers = [own.number for own in numbered(parts, earlier) if own.number]
    assert len(given_numbers) == len(set(given_numbers))
    assert set(given_numbers) <= set(earlier)


@given(PARTITIONS, st.integers(1, 14))
def test_group_that_loses_or_gains_one_file_keeps_its_number(parts, file):
    earlier = {10 + place: files for place, files in enumerate(parts) if len(files) > 3}
    changed = [files ^ {file} if file in files else files for files in parts if len(files) > 3]
    assert [own.number for own in numbered(changed, earlier)] == list(earlier)


def test_group_of_another_kind_is_another_group():
    earlier = {7: (GroupKind.TEMPLATE, frozenset({1, 2}))}
    assert [own.number for own in number_groups([group(1, 2)], earlier)] == [0]
