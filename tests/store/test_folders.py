"""Folders that people added: kept in order, counted, protected, gone for a while, forgotten."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from planted import ROOT, SCOPE, add, group, number_of, save
from sqlite_utils import Database

from dedupe_app.records import Decision, Folder, GroupQuery, Role
from dedupe_app.store import browse, decisions, documents, folders, results

NOT_UTF8 = Path(os.fsdecode(b"/odd \xff"))


def test_folders_come_back_as_they_were_added(library):
    added = folders.add_folders(library, [ROOT, NOT_UTF8])
    assert added == folders.folders(library)
    assert added == [Folder(ROOT, number=1), Folder(NOT_UTF8, number=2)]


def test_adding_a_folder_again_changes_nothing(library):
    (folder,) = folders.add_folders(library, [ROOT])
    changed = replace(folder, watch=False, exclude=("*.bak", "Änderung"))
    folders.change_folder(library, changed)
    assert folders.add_folders(library, [ROOT, ROOT, NOT_UTF8])[0] == changed
    assert folders.folders(library)[0] == changed
    assert len(folders.folders(library)) == 2


def test_number_of_a_folder_is_never_used_again(library):
    (folder,) = folders.add_folders(library, [ROOT])
    folders.remove_folder(library, folder.number, forget=True)
    assert folders.folders(library) == []
    assert folders.add_folders(library, [ROOT])[0].number != folder.number
    folders.remove_folder(library, folder.number, forget=True)
    assert len(folders.folders(library)) == 1


def test_files_are_counted_below_each_folder(library):
    for name in ("a.txt", "in/b.txt", "in/deep/c.txt", "inside/d.txt"):
        add(library, name)
    folders.add_folders(library, [ROOT, ROOT / "in", ROOT / "empty"])
    assert folders.folder_files(library) == {ROOT: 4, ROOT / "in": 2, ROOT / "empty": 0}
    assert folders.count_below(library, [ROOT / "in", ROOT / "in/deep", ROOT / "inside"]) == 3
    assert folders.count_below(library, []) == 0


def test_folders_inside_others_are_left_out():
    all_paths = [ROOT / "in/deep", ROOT / "in", ROOT / "inside", ROOT / "in"]
    assert folders.outermost(all_paths) == [ROOT / "in", ROOT / "inside"]
    assert folders.outermost([Path("/"), ROOT]) == [Path("/")]


def test_protection_holds_at_once_for_what_is_inside(library):
    copy, keeper = add(library, "in/a.txt", "words"), add(library, "b.txt", "words")
    (number,) = save(library, group(keeper, copy))
    folder, other = folders.add_folders(library, [ROOT / "in", ROOT / "i"])
    folders.change_folder(library, replace(other, protected=True))
    assert browse.count_all(library, SCOPE).marked_files == 1
    folders.change_folder(library, replace(folder, protected=True))
    assert folders.protected_folders(library) == [ROOT / "in", ROOT / "i"]
    rows = browse.file_rows(library, [number])[number]
    assert [(row.role, row.decision) for row in rows] == [
        (Role.KEEPER, Decision.KEEP),
        (Role.PROTECTED, Decision.KEEP),
    ]
    assert browse.count_all(library, SCOPE).marked_files == 0


def test_groups_that_do_not_know_of_a_protection_are_made_anew(library):
    copy, keeper = add(library, "in/a.txt", "words"), add(library, "b.txt", "words")
    save(library, group(keeper, copy))
    (folder,) = folders.add_folders(library, [ROOT / "in"])
    assert results.scope_signature(library, SCOPE) == "signature"
    folders.change_folder(library, replace(folder, protected=True))
    assert results.scope_signature(library, SCOPE) == ""
    (number,) = save(library, group(keeper, copy))
    assert browse.file_rows(library, [number])[number][1].role is Role.PROTECTED
    assert results.scope_signature(library, SCOPE) == ""
    folders.change_folder(library, folder)
    save(library, group(keeper, copy))
    assert results.scope_signature(library, SCOPE) == "signature"
    assert browse.count_all(library, SCOPE).marked_files == 1


def test_removed_folder_leaves_its_files(library):
    add(library, "a.txt", "words")
    (folder,) = folders.add_folders(library, [ROOT])
    folders.remove_folder(library, folder.number, forget=False)
    assert documents.count_files(library) == 1


def test_forgotten_folder_takes_its_files_and_what_only_they_need(library):
    inside, outside = add(library, "in/a.txt", "words"), add(library, "b.txt", "words")
    alone, also = add(library, "in/c.txt", "others"), add(library, "in/deep/d.txt", "others")
    first, second = save(library, group(outside, inside, also), group(alone, also))
    decisions.decide(library, [inside], Decision.REMOVE)
    folder, deep = folders.add_folders(library, [ROOT / "in", ROOT / "in/deep"])
    folders.remove_folder(library, folder.number, forget=True)
    assert folders.folders(library) == [deep]
    assert documents.count_files(library) == 2
    # What another folder holds stays; a group of one file is none.
    sizes = dict(zip(*browse.group_list(library, SCOPE, GroupQuery()), strict=True))
    assert sizes == {first: 2}
    assert browse.file_rows(library, [second])[second][0].file == also
    assert results.scope_signature(library, SCOPE) == ""
    counts = browse.count_all(library, SCOPE)
    assert counts.marked_files == len(browse.marked(library, SCOPE)) == 1
    documents.forget_unused(library)
    assert library.row("select count(*) from contents") == (2,)
    assert add(library, "in/a.txt", "words") not in (inside, outside, alone, also)


def test_forgetting_the_last_files_leaves_no_content(library):
    add(library, "in/a.txt", "words")
    (folder,) = folders.add_folders(library, [ROOT / "in"])
    folders.remove_folder(library, folder.number, forget=True)
    documents.forget_unused(library)
    assert not any(
        Database(library.connection)[table].count
        for table in ("files", "contents", "texts", "vectors")
    )


def test_files_of_a_folder_that_is_gone_are_offline(library):
    inside, outside = add(library, "in/a.txt", "words"), add(library, "b.txt", "words")
    (number,) = save(library, group(outside, inside))
    folders.add_folders(library, [ROOT / "in", ROOT])
    folders.set_offline(library, ROOT / "in", True)
    assert folders.offline_folders(library) == [ROOT / "in"]
    rows = browse.file_rows(library, [number])[number]
    assert [row.offline for row in rows] == [False, True]
    folders.set_offline(library, ROOT / "in", False)
    assert folders.offline_folders(library) == []
    assert number_of(library, "in/a.txt") == inside


@pytest.mark.parametrize("forget", [False, True])
def test_folder_that_is_added_again_is_as_protected_as_it_was(library, forget):
    (folder,) = folders.add_folders(library, [ROOT / "in"])
    folders.change_folder(
        library, replace(folder, protected=True, watch=False, exclude=("*.bak", "x/**"))
    )
    folders.remove_folder(library, folder.number, forget=forget)
    assert folders.folders(library) == []
    assert folders.protected_folders(library) == []
    back, other = folders.add_folders(library, [ROOT / "in", ROOT / "other"])
    assert (back.protected, back.watch, back.exclude) == (True, False, ("*.bak", "x/**"))
    assert back.number > folder.number
    assert (other.protected, other.watch, other.exclude) == (False, True, ())
    # What changes now holds the next time.
    folders.change_folder(library, replace(back, protected=False))
    folders.remove_folder(library, back.number, forget=forget)
    (again,) = folders.add_folders(library, [ROOT / "in"])
    assert (again.protected, again.exclude) == (False, ("*.bak", "x/**"))


def test_files_of_a_protected_folder_that_is_added_again_are_kept_at_once(library):
    inside, outside = add(library, "in/a.txt", "words"), add(library, "b.txt", "words")
    (folder,) = folders.add_folders(library, [ROOT / "in"])
    folders.change_folder(library, replace(folder, protected=True))
    folders.remove_folder(library, folder.number, forget=False)
    (number,) = save(library, group(outside, inside))
    assert browse.marked(library, SCOPE)
    folders.add_folders(library, [ROOT / "in"])
    assert not browse.marked(library, SCOPE)
    rows = browse.file_rows(library, [number])[number]
    assert Role.PROTECTED in {row.role for row in rows}
