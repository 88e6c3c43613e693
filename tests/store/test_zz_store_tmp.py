"""Whatever happens to files, groups and decisions: what is counted is what is there."""

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from planted import ROOT, SCOPE, change, group, read, save, state

from dedupe_app.records import ChangeKind, Decision, GroupQuery, Relation
from dedupe_app.store import browse, decisions, documents, folders
from dedupe_app.store.database import open_library

NAMES = [f"{folder}/{at}.txt" for folder in ("in", "out") for at in range(4)]
_NAME = st.sampled_from(NAMES)
_STEPS = st.one_of(
    st.tuples(st.just("add"), _NAME),
    st.tuples(st.just("change"), _NAME),
    st.tuples(st.just("remove"), _NAME),
    st.tuples(st.just("move"), _NAME, _NAME),
    st.tuples(st.just("save"), st.permutations(range(8)), st.sampled_from(["window", "other"])),
    st.tuples(st.just("decide"), _NAME, st.sampled_from(Decision)),
    st.tuples(st.just("keep"), _NAME),
    st.tuples(st.just("protect"), st.booleans()),
    st.tuples(st.just("forget"), st.just(0)),
    st.tuples(st.just("undo"), st.just(0)),
)
_fresh = itertools.count()


def files_of(library):
    return [file for (file,) in library.rows("select id from files order by id")]


def number_at(library, name):
    row = library.row("select id from files where path = ?", [str(ROOT / name).encode()])
    return row[0] if row else 0


class World:
    """A library and what happens to it."""

    def __init__(self, library):
        self.library = library
        self.sizes = itertools.count(10)

    def add(self, name):
        if number_at(self.library, name):
            return
        own = state(name, next(self.sizes))
        documents.apply_changes(self.library, [change(ChangeKind.ADDED, own)])
        read(self.library, own, "words")

    def change(self, name):
        if number_at(self.library, name):
            own = state(name, next(self.sizes))
            documents.apply_changes(self.library, [change(ChangeKind.CHANGED, own)])

    def remove(self, name):
        documents.apply_changes(self.library, [change(ChangeKind.REMOVED, state(name))])

    def move(self, old, new):
        if old != new and (number := number_at(self.library, old)):
            (size,) = self.library.row("select size_bytes from files where id = ?", [number])
            moved = change(ChangeKind.MOVED, state(new, size), old)
            documents.apply_changes(self.library, [moved])

    def save(self, order, scope):
        numbers = files_of(self.library)
        chosen = [numbers[at] for at in order if at < len(numbers)]
        parts = [chosen[:4], chosen[4:], chosen[2:5]]
        relations = (Relation.IDENTICAL, Relation.IDENTICAL, Relation.REVISION)
        groups = [
            group(*part, relation=relation)
            for part, relation in zip(parts, relations, strict=True)
            if len(part) > 1
        ]
        save(self.library, *groups, scope=scope)

    def decide(self, name, decision):
        decisions.decide(self.library, [number_at(self.library, name)], decision)

    def keep(self, name):
        file = number_at(self.library, name)
        row = self.library.row("select group_id from group_members where file_id = ?", [file])
        if row:
            decisions.choose_keeper(self.library, SCOPE, row[0], file)

    def protect(self, protected):
        (folder,) = folders.add_folders(self.library, [ROOT / "in"])
        folders.change_folder(self.library, replace(folder, protected=protected))

    def forget(self, _):
        (folder,) = folders.add_folders(self.library, [ROOT / "in"])
        folders.remove_folder(self.library, folder.number, forget=True)

    def undo(self, _):
        decisions.undo_last(self.library)


def check(library):
    for scope in ("window", "other"):
        rows = browse.marked(library, scope)
        counts = browse.count_all(library, scope)
        assert counts.marked_files == len(rows)
        assert counts.marked_bytes == sum(row.size_bytes for row in rows)
        numbers, sizes = browse.group_list(library, scope, GroupQuery())
        assert counts.groups["all"] == len(numbers)
        found = browse.file_rows(library, numbers)
        assert [len(found[number]) for number in numbers] == list(sizes)
        protected = folders.protected_folders(library)
        assert not any(row.path.is_relative_to(path) for row in rows for path in protected)
    assert list(library.rows("pragma foreign_key_check")) == []


@settings(max_examples=1200)
@given(st.lists(_STEPS, max_size=25))
def test_counts_are_right_whatever_happens(tmp_path_factory, steps):
    path = tmp_path_factory.getbasetemp() / f"world {next(_fresh)}.sqlite"
    with open_library(path) as library:
        world = World(library)
        for name in NAMES:
            world.add(name)
        world.save(range(8), "window")
        for name, *values in steps:
            getattr(world, name)(*values)
            check(library)
