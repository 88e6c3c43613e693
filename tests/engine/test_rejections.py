"""What a person said about files and pairs holds in the groups, whatever the evidence."""

import os
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe_app.engine.grouping import make_groups
from dedupe_app.records import Changes, Decision, Document, Evidence, GroupKind, Relation, Role
from dedupe_app.store import decisions, results
from dedupe_app.store.database import open_library

STORY = (
    "An old clockmaker lived above the bakery and counted the bells at night. When the tower fell silent in winter, he "
    "climbed its stairs with a lantern, oiled the wheels, and found a nest of owls among the weights and chains. "
)
NOTE = (
    "The harbour office writes that the crane will be repaired in spring, and that ships which carry timber have to "
    "wait outside of the mole until noon, when the pilots come back with the tide and the fog has gone from the bay. "
)


def document(file, tmp_path, text=None, sha=None):
    name = sha or f"sha{file}"
    return Document(
        *(file, Path(tmp_path, f"{file}.txt"), 10, 10**9 * file, name, "txt", 5),
        *(text, f"letters-{text}" if text else "", None, ""),
    )


def evidence(_a, _b):
    return Evidence(Relation.REVISION, 90.0, 90.0, 90.0, Changes())


def grouped(documents, pairs=(), rejected=(), kept=(), similarity=30.0):
    groups = make_groups(
        documents, list(pairs), set(), similarity, evidence, kept=kept, rejected=rejected
    )
    return sorted(sorted(member.file for member in group.members) for group in groups)


def test_rejected_file_leaves_its_star(tmp_path):
    files = [document(number, tmp_path, text=1) for number in (1, 2, 3)]
    assert grouped(files) == [[1, 2, 3]]
    assert grouped(files, rejected=[("sha1", "sha2")]) == [[1, 3]]


def test_others_stay_together_when_the_first_of_a_star_goes(tmp_path):
    files = [document(number, tmp_path, text=1) for number in (1, 2, 3, 4)]
    rejected = [("sha1", f"sha{number}") for number in (2, 3, 4)]
    assert grouped(files, rejected=rejected) == [[2, 3, 4]]


def test_equal_bytes_stay_together_and_apart_from_what_one_was_rejected_with(tmp_path):
    twins = [document(number, tmp_path, text=1, sha="a") for number in (1, 2)]
    files = [*twins, document(3, tmp_path, text=1), document(4, tmp_path, text=1)]
    assert grouped(files, rejected=[("a", "sha3")]) == [[1, 2, 4]]


def test_most_similar_pair_is_joined_first(tmp_path):
    files = [document(number, tmp_path, text=number) for number in (1, 2, 3)]
    pairs = [(1, 2, Relation.REVISION, 80.0), (2, 3, Relation.REVISION, 95.0)]
    assert grouped(files, pairs) == [[1, 2, 3]]
    assert grouped(files, pairs, [("sha1", "sha3")]) == [[2, 3]]


def test_copy_of_a_rejected_text_carries_the_edge_for_it(tmp_path):
    files = [document(1, tmp_path, text=1), document(2, tmp_path, text=1)]
    files.append(document(3, tmp_path, text=2))
    pairs = [(1, 2, Relation.REVISION, 80.0)]
    assert grouped(files, pairs, [("sha1", "sha2"), ("sha1", "sha3")]) == [[2, 3]]


def test_rejection_holds_for_every_kind(tmp_path):
    files = [document(number, tmp_path, text=number) for number in (1, 2)]
    for relation in (Relation.CONTAINED, Relation.SAME_TEMPLATE):
        assert grouped(files, [(1, 2, relation, 80.0)]) == [[1, 2]]
        assert grouped(files, [(1, 2, relation, 80.0)], [("sha1", "sha2")]) == []


FILES = range(7)
PAIR = st.tuples(st.sampled_from(FILES), st.sampled_from(FILES)).filter(
    lambda pair: pair[0] < pair[1]
)


@given(
    texts=st.lists(st.integers(1, 4), min_size=7, max_size=7),
    contents=st.lists(st.integers(1, 6), min_size=7, max_size=7),
    edges=st.dictionaries(
        st.tuples(st.integers(1, 4), st.integers(1, 4)).filter(lambda pair: pair[0] < pair[1]),
        st.sampled_from([40.0, 70.0, 70.1, 99.0]),
    ),
    rejected=st.sets(PAIR, max_size=6),
)
def test_no_rejected_pair_shares_a_group_and_nothing_more_could_be_joined(
    texts, contents, edges, rejected
):
    shas = [f"{text}-{content}" for text, content in zip(texts, contents, strict=True)]
    files = [document(file, "/t", texts[file], shas[file]) for file in FILES]
    apart = {tuple(sorted((shas[a], shas[b]))) for a, b in rejected if shas[a] != shas[b]}
    edges = {pair: alike for pair, alike in edges.items() if {*pair} <= {*texts}}
    pairs = [(a, b, Relation.REVISION, alike) for (a, b), alike in edges.items()]
    alone = grouped(files, pairs)
    found = grouped(files, pairs, apart)
    for group in found:
        assert not any(
            tuple(sorted((shas[a], shas[b]))) in apart for a, b in combinations(group, 2)
        )
        assert any(set(group) <= set(whole) for whole in alone)
    linked = {frozenset(pair) for pair in edges} | {frozenset([text]) for text in texts}
    parts = found + [[file] for file in FILES if not any(file in group for group in found)]
    for one, other in combinations(parts, 2):
        together = any(frozenset({texts[a], texts[b]}) in linked for a in one for b in other)
        foes = any(tuple(sorted((shas[a], shas[b]))) in apart for a in one for b in other)
        assert foes or not together


def test_chosen_keeper_goes_before_the_rules_but_not_before_protection(tmp_path):
    files = [document(number, tmp_path, text=1) for number in (1, 2, 3)]
    plain, chosen, guarded = (
        make_groups(files, [], protected, 30.0, evidence, kept=kept)[0]
        for protected, kept in ((set(), ()), (set(), {1}), ({2}, {1}))
    )
    assert [group.members[0].file for group in (plain, chosen, guarded)] == [3, 1, 2]
    assert chosen.members[0].role is Role.KEEPER
    assert "you chose it" in chosen.members[0].reason


# ---- from end to end ---------------------------------------------------------------------------


@pytest.fixture
def tree(plant, tmp_path):
    folder = plant(
        tmp_path / "tree",
        {
            "a.txt": STORY,
            "b.md": STORY.upper(),
            "c.txt": STORY.replace("night", "dusk"),
            "d.txt": NOTE,
        },
    )
    for age, name in enumerate(("d.txt", "c.txt", "b.md", "a.txt")):
        os.utime(folder / name, (1_700_000_000 + age, 1_700_000_000 + age))
    return folder


def number_of(rows, name):
    return next(row for row in rows if row.path.name == name)


def ids(path):
    with open_library(path) as library:
        return {
            Path(os.fsdecode(name)).name: file
            for file, name in library.rows("select id, path from files")
        }


def test_plain_scan_respects_what_was_decided(tree, tmp_path, run_scan):
    path = tmp_path / "library.sqlite"
    before = run_scan(path, tree)
    assert set().union(*before.numbers().values()) == {"a.txt", "b.md", "c.txt"}
    files = ids(path)
    with open_library(path) as library:
        scope = results.latest_scope(library)
        decisions.decide(library, [files["b.md"]], Decision.KEEP)
        decisions.choose_keeper(library, scope, before.rows[0].group, files["c.txt"])
    after = run_scan(path, tree)
    assert number_of(after.rows, "c.txt").role is Role.KEEPER
    assert number_of(after.rows, "b.md").decision is Decision.KEEP
    with open_library(path) as library:
        decisions.reject(library, [files["a.txt"]], [files["b.md"], files["c.txt"]])
    apart = run_scan(path, tree)
    assert set().union(*apart.numbers().values()) == {"b.md", "c.txt"}
    with open_library(path) as library:
        decisions.undo_last(library)
    assert run_scan(path, tree).groups == after.groups
    assert {row.kind for row in after.rows} == {GroupKind.DUPLICATES}
