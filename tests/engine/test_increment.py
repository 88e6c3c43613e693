"""What is made anew after a change alone leaves the library as if all groups had been written again."""

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_pipeline_history import CONTENTS, NAMES, NOTE, STEP, STORY, act

from dedupe_app.engine import candidates, regrouping
from dedupe_app.engine.memory import Memory
from dedupe_app.engine.pipeline import make_groups_anew, scan
from dedupe_app.engine.scan_messages import ScanOptions
from dedupe_app.records import Decision
from dedupe_app.store import decisions, membership
from dedupe_app.store.database import open_beside, open_library

SAID = st.tuples(
    st.sampled_from(["remove", "keep", "keeper", "reject", "undo"]),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
)
HISTORY = st.lists(
    st.tuples(st.lists(STEP, min_size=1, max_size=3), st.lists(SAID, max_size=2)),
    min_size=1,
    max_size=5,
)


class Kept:
    """A library that stays open with its memory, as in the engine."""

    def __init__(self, library, tree):
        self.library = library
        self.tree = tree
        self.options = ScanOptions((tree,), processes=1)
        self.memory = Memory(is_lasting=True)

    def scan(self, only=None):
        return list(scan(self.library, self.options, self.memory, only))[-1]

    def regroup(self):
        return list(make_groups_anew(self.library, self.options, self.memory))

    def say(self, what, name, other):
        numbers = dict(self.library.rows("select path, id from files"))
        one, two = (numbers.get(bytes(self.tree / each)) for each in (name, other))
        if what == "undo":
            decisions.undo_last(self.library)
        elif what == "reject" and one and two:
            decisions.reject(self.library, [one], [two])
        elif what in ("remove", "keep") and one:
            decisions.decide(self.library, [one], Decision(what))
        elif what == "keeper" and one:
            found = dict(
                membership.groups_with(self.library, self.options.scope, [self.tree / name])
            )
            for group, _ in found.values():
                decisions.choose_keeper(self.library, self.options.scope, group, one)

    def tables(self):
        asked = (
            "select * from groups order by id",
            "select * from group_members order by group_id, place",
            "select id, name, signature, marked_files, marked_bytes from scopes order by id",
            "select seq from sqlite_sequence where name = 'groups'",
        )
        return [list(self.library.rows(question)) for question in asked]


@pytest.fixture(scope="module", autouse=True)
def _few_are_enough():
    """Have even a tiny library brought up to date rather than read anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regrouping, "_ALTERED_SHARE", 0)
        patch.setattr(candidates, "_NEW_SHARE", 0)
        yield


@pytest.fixture
def parts(monkeypatch):
    """Return how many files were grouped again, each time that it was less than all."""
    found = []

    def spy(*arguments):
        affected = find_affected(*arguments)
        found.append(len(affected))
        return affected

    find_affected = regrouping.find_affected
    monkeypatch.setattr(regrouping, "find_affected", spy)
    return found


@pytest.fixture
def engine(plant, tmp_path):
    tree = plant(
        tmp_path / "tree",
        {"a/1.txt": STORY, "a/2.txt": STORY, "b/3.txt": NOTE, "b/4.txt": NOTE, "b/5.txt": NOTE},
    )
    with open_library(tmp_path / "library.sqlite") as library:
        engine = Kept(library, tree)
        engine.scan()
        yield engine


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(history=HISTORY)
def test_groups_made_in_part_are_those_of_a_full_rewrite(plant, history):
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        tree = plant(Path(temporary, "tree"), dict(zip(NAMES, CONTENTS[:7], strict=False)))
        part, full = (
            Kept(stack.enter_context(open_library(Path(temporary, f"{name}.sqlite"))), tree)
            for name in ("part", "full")
        )
        part.scan()
        full.scan()
        for steps, said in history:
            for step in steps:
                act(tree, step)
            paths = [tree / name for _, *both in steps for name in both if name in NAMES]
            full.memory.made = full.memory.seen = None
            summaries = [replace(each.scan(paths), seconds={}) for each in (part, full)]
            assert summaries[0] == summaries[1]
            assert part.tables() == full.tables()
            for words in said:
                part.say(*words)
                full.say(*words)
            full.memory.made = full.memory.seen = None
            part.regroup()
            full.regroup()
            assert part.tables() == full.tables()


def test_only_what_hangs_together_with_a_change_is_grouped_again(engine, parts):
    path = engine.tree / "a/2.txt"
    path.write_text(STORY.replace("winter", "January"))
    before = engine.tables()
    engine.scan([path])
    assert parts == [2]
    groups, members, *_ = engine.tables()
    assert [row[0] for row in groups] == [row[0] for row in before[0]]
    assert members[2:] == before[1][2:]


def test_group_that_went_altogether_is_gone(engine, parts):
    for name in ("a/1.txt", "a/2.txt"):
        (engine.tree / name).unlink()
    engine.scan([engine.tree / "a/1.txt"])
    engine.scan([engine.tree / "a/2.txt"])
    assert parts
    assert len(engine.tables()[0]) == 1


def test_all_groups_are_made_anew_after_another_connection_wrote(engine, parts):
    with open_beside(engine.library.path) as window:
        file = window.row("select min(id) from files")[0]
        decisions.decide(window, [file], Decision.REMOVE)
    path = engine.tree / "a/2.txt"
    path.write_text(NOTE.upper())
    engine.scan([path])
    assert parts == []


def test_all_groups_are_made_anew_with_another_cut_and_in_part_after_that(engine, parts):
    engine.options = replace(engine.options, similarity=95.0)
    engine.regroup()
    assert parts == []
    path = engine.tree / "b/5.txt"
    path.write_text(NOTE.replace("spring", "autumn"))
    engine.scan([path])
    assert parts == [3]
