"""Keep rules: which file stays, what is marked, and what is never touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.records import Decision, FileRow, Relation, Role
from dedupe_app.review.rules import (
    DEFAULT_ORDER,
    KeepRule,
    RuleSet,
    Verdict,
    apply_rules,
    read_order,
    spare_last,
    write_order,
)

KEEP, REMOVE, UNDECIDED = Decision.KEEP, Decision.REMOVE, Decision.UNDECIDED


def row(file, name="", **facts):
    """Return a file of group 1, the same text as file 1."""
    known = {
        "group": 1,
        "file": file,
        "path": Path(name or f"/docs/{file}.txt"),
        "size_bytes": 10,
        "mtime_ns": file,
        "format": "txt",
        "words": 100,
        "relation": None if file == 1 else Relation.SAME_TEXT,
        "similarity": 100.0,
        "shared_text": 100.0,
        "contained": 100.0,
        "meaning": None,
        "figures_changed": 0,
        "role": Role.KEEPER if file == 1 else Role.COPY,
        "decision": UNDECIDED,
        "decided": False,
        "offline": False,
        "reason": "",
        "compared_with": None if file == 1 else 1,
    }
    return FileRow(**{**known, **facts})


def judge(rows, rules=None, *, texts=None, related=None, only=None):
    """Apply rules to one group whose files have the same text unless `texts` says otherwise."""
    known = texts or {}
    return apply_rules(
        [rows],
        rules or RuleSet(),
        lambda each: known.get(each.file, "text"),
        lambda file, other: (related or {}).get(frozenset((file, other))),
        only,
    )


def numbers(rows):
    return sorted(each.file for each in rows)


def test_first_rule_that_tells_files_apart_decides():
    rows = [row(1, mtime_ns=5, words=10), row(2, mtime_ns=5, words=30), row(3, mtime_ns=1)]
    verdict = judge(rows, RuleSet((KeepRule.NEWEST, KeepRule.LONGEST)))
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([2], [1, 3])


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (KeepRule.NEWEST, 3),
        (KeepRule.OLDEST, 1),
        (KeepRule.LONGEST, 2),
        (KeepRule.BEST_FORMAT, 2),
        (KeepRule.SHORTEST_PATH, 1),
        (KeepRule.PLAIN_NAME, 1),
        (Path("/docs/kept"), 3),
    ],
)
def test_each_rule(rule, kept):
    rows = [
        row(1, "/docs/a.pdf", format="pdf", words=1),
        row(2, "/docs/a (1).docx", format="docx", words=9),
        row(3, "/docs/kept/a - Copy.txt", words=1),
    ]
    assert numbers(judge(rows, RuleSet((rule,))).keep) == [kept]


@pytest.mark.parametrize(
    "name",
    [
        *("letter (1)", "letter - Copy", "Copy of letter", "letter_copy 2", "letter - Kopie (3)"),
        *("Kopie von letter", "letter 副本", "letter copy"),
    ],
)
def test_names_of_copies_in_several_languages(name):
    rows = [row(1, f"/docs/{name}.txt", mtime_ns=1), row(2, "/docs/letter.txt", mtime_ns=1)]
    assert numbers(judge(rows, RuleSet((KeepRule.PLAIN_NAME,))).keep) == [2]


@pytest.mark.parametrize("name", ["photocopy", "Chapter (2024)", "copyright", "1"])
def test_names_that_only_look_like_copies(name):
    rows = [row(1, f"/docs/{name}.txt"), row(2, "/docs/zz (1).txt")]
    assert numbers(judge(rows, RuleSet((KeepRule.PLAIN_NAME,))).keep) == [1]


def test_revisions_are_not_marked_by_default():
    rows = [row(1), row(2, relation=Relation.REVISION)]
    assert judge(rows, texts={2: "other"}) == Verdict()


def test_revisions_are_marked_when_chosen_and_verified():
    rules = RuleSet((KeepRule.NEWEST,), frozenset({Relation.REVISION}))
    rows = [row(1), row(2, relation=Relation.REVISION), row(3, relation=Relation.REVISION)]
    known = {frozenset((3, 1)): Relation.REVISION}
    verdict = judge(rows, rules, texts={2: "other", 3: "third"}, related=known)
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([3], [1])


def test_only_identical_parts_same_texts():
    rules = RuleSet(relations=frozenset({Relation.IDENTICAL}))
    rows = [row(1), row(2), row(3)]
    verdict = judge(rows, rules, texts={1: "x", 2: "x", 3: "y"})
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([2], [1])


@pytest.mark.parametrize("relation", [Relation.SAME_TEMPLATE, Relation.SAME_MEANING])
def test_different_documents_are_never_marked(relation):
    rules = RuleSet(relations=frozenset(Relation))
    verdict = judge([row(1), row(2, relation=relation)], rules)
    assert verdict == Verdict()


def test_excerpts_are_marked_only_when_chosen_and_the_whole_stays():
    rows = [row(1), row(2, relation=Relation.CONTAINED)]
    rules = RuleSet(relations=frozenset({Relation.CONTAINED}))
    assert judge(rows) == Verdict()
    verdict = judge(rows, rules)
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([1], [2])
    gone = [row(1, offline=True), rows[1]]
    assert judge(gone, rules) == Verdict()


def test_protected_file_stays_and_all_others_may_go():
    rows = [row(1), row(2, role=Role.PROTECTED, decision=KEEP), row(3)]
    verdict = judge(rows)
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([], [1, 3])


def test_what_a_person_decided_stands():
    rows = [
        row(1, decision=KEEP, decided=True),
        row(2, decision=UNDECIDED, decided=True),
        row(3, decision=REMOVE, decided=True),
        row(4),
    ]
    verdict = judge(rows)
    assert (numbers(verdict.keep), numbers(verdict.remove), verdict.spared) == ([], [4], 1)


def test_what_a_person_decided_gives_way_when_asked():
    rows = [row(1, decision=KEEP, decided=True), row(2, decision=REMOVE, decided=True)]
    verdict = judge(rows, RuleSet((KeepRule.NEWEST,), overrule=True))
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([2], [1])


def test_offline_files_are_neither_kept_for_others_nor_marked():
    rows = [row(1), row(2), row(3, offline=True)]
    verdict = judge(rows)
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([2], [1])


def test_only_chosen_files_are_marked():
    verdict = judge([row(1), row(2), row(3)], only={1})
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([3], [1])


def test_nothing_is_said_of_what_is_so_already():
    rows = [row(1, decision=REMOVE), row(2, decision=KEEP)]
    assert judge(rows) == Verdict()


def test_file_kept_in_one_group_is_not_marked_in_another():
    first = [row(1, mtime_ns=1), row(2, mtime_ns=9)]
    second = [replace(row(2, mtime_ns=9), group=2), replace(row(3, mtime_ns=20), group=2)]
    verdict = apply_rules([first, second], RuleSet(), lambda _row: "t", lambda _a, _b: None)
    assert numbers(verdict.remove) == [1]


def test_last_file_of_another_group_is_spared():
    verdict = Verdict(remove=(row(2),), stays={2: row(1)})
    other = [row(2), row(5, decision=REMOVE)]
    assert spare_last(verdict, {7: other}).remove == ()
    assert spare_last(verdict, {7: [*other, row(6)]}) == verdict


def test_order_is_kept_as_names():
    order = (Path("/docs/first"), KeepRule.OLDEST, KeepRule.LONGEST)
    assert read_order(write_order(order)) == order
    assert read_order(["no such rule"]) == DEFAULT_ORDER
    assert read_order([]) == DEFAULT_ORDER


ROWS = st.lists(
    st.builds(
        lambda **facts: facts,
        decision=st.sampled_from([KEEP, REMOVE, UNDECIDED]),
        decided=st.booleans(),
        offline=st.sampled_from([False, False, False, True]),
        protected=st.sampled_from([False, False, False, True]),
        mtime_ns=st.integers(0, 3),
        text=st.sampled_from("ab"),
    ),
    min_size=1,
    max_size=7,
)


@given(
    facts=ROWS,
    overrule=st.booleans(),
    relations=st.sets(st.sampled_from(list(Relation))),
    order=st.permutations(list(KeepRule)),
)
def test_something_of_every_text_stays(facts, overrule, relations, order):
    rows, texts = [], {}
    for number, each in enumerate(facts, 1):
        texts[number] = each.pop("text")
        protected = each.pop("protected")
        if protected:
            each |= {"role": Role.PROTECTED, "decision": KEEP}
        same = texts[number] == texts[1]
        relation = None if number == 1 else Relation.SAME_TEXT if same else Relation.REVISION
        rows.append(row(number, relation=relation, **each))
    rules = RuleSet(tuple(order), frozenset(relations), overrule)
    verdict = judge(rows, rules, texts=texts)
    keep, remove = set(numbers(verdict.keep)), set(numbers(verdict.remove))
    assert not keep & remove
    for each in rows:
        if each.file in remove:
            assert each.role is not Role.PROTECTED
            assert not each.offline
            assert overrule or not each.decided
    for text in set(texts.values()):
        same = [each for each in rows if texts[each.file] == text]
        if any(each.file in remove for each in same):
            assert any(
                not each.offline
                and each.file not in remove
                and (each.file in keep or each.decision is not REMOVE)
                for each in same
            )


def test_files_that_show_other_pictures_do_not_stand_in_for_each_other():
    rows = [row(file) for file in range(1, 6)]
    texts = {1: "l docx:1:a", 2: "l docx:1:b", 3: "l docx:1:b", 4: "l pdf:1:c", 5: "l docx:1:a"}
    verdict = judge(rows, texts=texts)
    # Which of the two the PDF shows cannot be told.
    assert (numbers(verdict.keep), numbers(verdict.remove)) == ([3, 5], [1, 2])
    assert {file: kept.file for file, kept in verdict.stays.items()} == {1: 5, 2: 3}
