"""Every file that is written, or whose content is, is told of, and no other."""

from contextlib import suppress
from pathlib import Path

import pytest

from dedupe_app.records import Change, ChangeKind, FileState
from dedupe_app.store import alterations, documents
from dedupe_app.store.database import open_beside, open_library


@pytest.fixture
def library(tmp_path):
    with open_library(tmp_path / "library.sqlite") as opened:
        alterations.note_alterations(opened)
        yield opened


def put(library, name, kind=ChangeKind.ADDED, size=1):
    state = FileState(Path("/tree", name), size, 1, 1, 1)
    documents.apply_changes(library, [Change(kind, state)])
    return state


def number(library, name):
    return library.row("select id from files where path = ?", [f"/tree/{name}".encode()])[0]


def test_files_that_come_change_and_go_are_told_of(library):
    put(library, "a")
    put(library, "b")
    one, two = number(library, "a"), number(library, "b")
    assert alterations.altered_files(library) == {one, two}
    alterations.note_alterations(library)
    assert alterations.altered_files(library) == set()
    put(library, "a", ChangeKind.CHANGED, size=2)
    assert alterations.altered_files(library) == {one}
    put(library, "b", ChangeKind.REMOVED)
    assert alterations.altered_files(library) == {one, two}


def test_all_files_of_a_content_that_is_written_are_told_of(library):
    states = [put(library, name) for name in "abc"]
    documents.set_contents(library, [(states[0], "x"), (states[1], "x"), (states[2], "y")])
    alterations.note_alterations(library)
    library.execute("update contents set warning = 'w' where sha256 = 'x'")
    assert alterations.altered_files(library) == {number(library, "a"), number(library, "b")}


def test_what_was_rolled_back_is_not_told_of(library):
    with suppress(ZeroDivisionError), library.atomic():
        put(library, "a")
        raise ZeroDivisionError
    assert alterations.altered_files(library) == set()


def test_only_writes_of_others_change_the_foreign_version(library):
    before = alterations.foreign_version(library)
    put(library, "a")
    assert alterations.foreign_version(library) == before
    with open_beside(library.path) as other:
        other.execute("insert into rejections values ('x', 'y', '', 0)")
    assert alterations.foreign_version(library) != before


def test_scope_is_summed_up(library):
    put(library, "a")
    put(library, "b")
    documents.define_scope(library, [Path("/tree")])
    numbers = [number(library, name) for name in "ab"]
    assert alterations.scope_sums(library) == (2, sum(numbers))
