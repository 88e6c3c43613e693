"""What a plan says of marked files: which copies stay, what stands against it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
from planned import Shelf, twins

from dedupe_app.records import ActionKind, Decision, Problem, Relation
from dedupe_app.review.guard import is_guarded
from dedupe_app.review.plan import problem_of, summarise

REMOVE = Decision.REMOVE


def test_identical_copy_stays_for_a_marked_file(tmp_path):
    item = twins(tmp_path).items()["b.txt"]
    assert item.problem is None
    assert item.relation is Relation.IDENTICAL
    assert [each.path.name for each in item.kept] == ["a.txt"]
    assert item.root == tmp_path


def test_file_that_changed_since_the_scan_is_left_alone(tmp_path):
    shelf = twins(tmp_path)
    (tmp_path / "b.txt").write_bytes(b"other words now")
    assert shelf.items()["b.txt"].problem is Problem.CHANGED


def test_file_that_was_only_touched_counts_as_changed(tmp_path):
    shelf = twins(tmp_path)
    os.utime(tmp_path / "b.txt", ns=(1, 1))
    assert shelf.items()["b.txt"].problem is Problem.CHANGED


def test_file_that_went_is_missing(tmp_path):
    shelf = twins(tmp_path)
    (tmp_path / "b.txt").unlink()
    assert shelf.items()["b.txt"].problem is Problem.MISSING


def test_link_in_place_of_a_file_is_no_plain_file(tmp_path):
    shelf = twins(tmp_path)
    (tmp_path / "b.txt").unlink()
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert shelf.items()["b.txt"].problem is Problem.NOT_PLAIN


def test_all_marked_leaves_no_copy(tmp_path):
    shelf = Shelf(tmp_path)
    for name in ("a.txt", "b.txt"):
        shelf.add(*(1, name, b"words"), decision=REMOVE, relation=Relation.IDENTICAL, decided=True)
    problems = {item.problem for item in shelf.plan().items}
    assert problems == {Problem.LAST_COPY}


def test_last_copy_may_go_to_the_trash_only_when_confirmed(tmp_path):
    shelf = Shelf(tmp_path)
    path = shelf.add(1, "a.txt", b"words", decision=REMOVE, decided=True)
    item = shelf.items()["a.txt"]
    assert problem_of(item, ActionKind.TRASH) is Problem.LAST_COPY
    assert problem_of(item, ActionKind.TRASH, {path}) is None
    assert problem_of(item, ActionKind.MOVE, {path}) is None
    for kind in (ActionKind.DELETE, ActionKind.LINK, ActionKind.CLONE):
        assert problem_of(item, kind, {path}) is Problem.LAST_COPY


def test_copy_that_changed_does_not_count_as_staying(tmp_path):
    shelf = twins(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"quite another text")
    assert shelf.items()["b.txt"].problem is Problem.KEPT_LOST


def test_another_copy_stands_in_for_one_that_changed(tmp_path):
    shelf = twins(tmp_path)
    shelf.add(1, "c.txt", b"the same words", relation=Relation.IDENTICAL)
    (tmp_path / "a.txt").write_bytes(b"quite another text")
    item = shelf.items()["b.txt"]
    assert item.problem is None
    assert [each.path.name for each in item.kept] == ["c.txt"]


def test_two_names_of_one_file_are_not_two_copies(tmp_path):
    shelf = Shelf(tmp_path)
    kept = shelf.add(1, "a.txt", b"words", decision=Decision.KEEP)
    shelf.add(1, "b.txt", kept, decision=REMOVE, relation=Relation.IDENTICAL)
    assert shelf.items()["b.txt"].problem is Problem.SAME_FILE


def test_what_a_rule_marked_needs_the_same_text_to_stay(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "a.txt", b"words", decision=REMOVE, decided=True)
    shelf.add(1, "b.txt", b"words", decision=REMOVE, relation=Relation.IDENTICAL)
    shelf.add(1, "c.txt", b"other words", relation=Relation.REVISION)
    items = shelf.items()
    assert items["b.txt"].problem is Problem.LAST_COPY
    assert items["a.txt"].problem is None
    assert items["a.txt"].relation is Relation.REVISION


def test_excerpt_is_no_copy_of_the_whole(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "whole.txt", b"all the words", decision=REMOVE, decided=True)
    shelf.add(1, "part.txt", b"the words", relation=Relation.CONTAINED)
    assert shelf.items()["whole.txt"].problem is Problem.LAST_COPY


def test_excerpt_may_go_while_the_whole_stays(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "whole.txt", b"all the words", decision=Decision.KEEP)
    shelf.add(
        1, "part.txt", b"the words", decision=REMOVE, relation=Relation.CONTAINED, decided=True
    )
    item = shelf.items()["part.txt"]
    assert item.problem is None
    assert item.relation is Relation.CONTAINED


def test_file_in_several_groups_is_planned_as_a_duplicate(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "other.txt", b"a like text", decision=Decision.KEEP)
    path = shelf.add(
        *(1, "b.txt", b"words"), decision=REMOVE, relation=Relation.SAME_TEMPLATE, decided=True
    )
    shelf.add(2, "a.txt", b"words", decision=Decision.KEEP)
    row = shelf.groups[1][1]
    second = type(row)(
        **{
            **{name: getattr(row, name) for name in row.__slots__},
            "group": 2,
            "relation": Relation.IDENTICAL,
            "compared_with": shelf.groups[2][0].file,
        }
    )
    shelf.groups[2].append(second)
    [item] = shelf.plan().items
    assert item.path == path
    assert item.relation is Relation.IDENTICAL


def test_protected_by_link_and_by_case_of_the_path(tmp_path):
    real = tmp_path / "safe"
    real.mkdir()
    (tmp_path / "way").symlink_to(real)
    assert is_guarded(tmp_path / "way" / "x.txt", [real])
    assert is_guarded(real / "x.txt", [tmp_path / "way"])
    assert is_guarded(real / "deep" / "x.txt", [real])
    assert not is_guarded(tmp_path / "x.txt", [real])
    assert not is_guarded(tmp_path / "safe2" / "x.txt", [real])


def test_protected_folder_that_is_not_there_is_known_by_name(tmp_path):
    assert is_guarded(tmp_path / "gone" / "x.txt", [tmp_path / "gone"])


@pytest.mark.skipif(not Path("/usr/bin").is_dir(), reason="other systems have other folders")
def test_folders_of_the_system_are_guarded():
    assert is_guarded(Path("/usr/share/doc/readme.txt"), [])


def test_marked_file_in_a_protected_folder_is_left_alone(tmp_path):
    shelf = twins(tmp_path)
    folder = tmp_path / "other"
    folder.mkdir()
    shelf.protected = folder
    (folder / "way").symlink_to(tmp_path)
    shelf.protected = folder / "way"  # leads to where the files are
    assert shelf.items()["b.txt"].problem is Problem.PROTECTED


def test_links_need_identical_files_on_one_drive_and_no_protection(tmp_path):
    shelf = twins(tmp_path, protected=tmp_path / "safe")
    shelf.add(2, "safe/d.txt", b"more words", decision=Decision.KEEP)
    shelf.add(2, "e.txt", b"more words", decision=REMOVE, relation=Relation.IDENTICAL)
    shelf.add(3, "f.txt", b"some text", decision=Decision.KEEP)
    shelf.add(3, "g.txt", b"some  text", decision=REMOVE, relation=Relation.SAME_TEXT)
    items = shelf.items()
    assert problem_of(items["b.txt"], ActionKind.LINK) is None
    assert problem_of(items["e.txt"], ActionKind.LINK) is Problem.KEPT_PROTECTED
    assert problem_of(items["e.txt"], ActionKind.TRASH) is None
    assert problem_of(items["g.txt"], ActionKind.LINK) is Problem.NOT_IDENTICAL


def test_summary_counts_what_goes_and_what_is_left(tmp_path):
    shelf = twins(tmp_path)
    shelf.add(1, "c.txt", b"the same words", decision=REMOVE, relation=Relation.IDENTICAL)
    shelf.add(2, "x.txt", b"text", decision=REMOVE, decided=True)
    (tmp_path / "c.txt").unlink()
    summary = summarise(shelf.plan(), ActionKind.TRASH, frozenset())
    assert [path.name for path, *_ in summary.files] == ["b.txt"]
    assert dict(summary.problems) == {Problem.MISSING: 1, Problem.LAST_COPY: 1}
    assert [(each.relation, each.files) for each in summary.reasons] == [(Relation.IDENTICAL, 1)]
    assert summary.size_bytes == 14
    confirmed = summarise(shelf.plan(), ActionKind.TRASH, frozenset({tmp_path / "x.txt"}))
    assert confirmed.alone == 1


# ---- bytes that are others than when the groups were made ----------------------------------------


def rewrite(shelf, name, content):
    """Give a file other bytes that the scan has seen, while its groups are as they were."""
    for number, rows in shelf.groups.items():
        for place, row in enumerate(rows):
            if row.path.name == name:
                row.path.write_bytes(content)
                status = row.path.stat()
                facts = {"size_bytes": status.st_size, "mtime_ns": status.st_mtime_ns}
                rows[place] = replace(row, **facts)
                shelf.hashes[row.file] = hashlib.sha256(content).hexdigest()
                shelf.names[row.file] = f"letters of {row.file}".replace(" ", "")
                shelf.outdated.add((number, row.file))


@pytest.mark.parametrize("decided", [False, True])
def test_file_is_left_alone_when_what_it_was_compared_with_is_another_text_by_now(
    tmp_path, decided
):
    shelf = Shelf(tmp_path)
    shelf.add(1, "a.txt", b"the same words", decision=Decision.KEEP)
    shelf.add(
        *(1, "b.txt", b"the same words"),
        **{"decision": REMOVE, "relation": Relation.IDENTICAL, "decided": decided},
    )
    rewrite(shelf, "a.txt", b"quite another text")
    item = shelf.items()["b.txt"]
    assert (item.problem, item.kept) == (Problem.KEPT_LOST, ())
    for kind in ActionKind:
        assert problem_of(item, kind, {item.path}) is Problem.KEPT_LOST


@pytest.mark.parametrize("decided", [False, True])
def test_file_that_is_another_text_by_now_is_left_alone(tmp_path, decided):
    shelf = Shelf(tmp_path)
    shelf.add(1, "a.txt", b"the same words", decision=Decision.KEEP)
    shelf.add(
        *(1, "b.txt", b"the same words"),
        **{"decision": REMOVE, "relation": Relation.IDENTICAL, "decided": decided},
    )
    rewrite(shelf, "b.txt", b"quite another text")
    item = shelf.items()["b.txt"]
    assert (item.problem, item.kept) == (Problem.CHANGED, ())


@pytest.mark.parametrize("relation", [Relation.SAME_TEXT, Relation.REVISION, Relation.CONTAINED])
def test_a_persons_mark_needs_what_is_known_of_the_bytes_of_now(tmp_path, relation):
    shelf = Shelf(tmp_path)
    shelf.add(1, "a.txt", b"some words", decision=Decision.KEEP)
    shelf.add(1, "b.txt", b"some Words", decision=REMOVE, relation=relation, decided=True)
    assert shelf.items()["b.txt"].problem is None
    rewrite(shelf, "a.txt", b"quite another text")
    assert shelf.items()["b.txt"].problem is Problem.KEPT_LOST


def test_a_persons_mark_holds_while_the_very_bytes_stay_elsewhere(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "a.txt", b"the same words", decision=Decision.KEEP)
    for name, decision in (("b.txt", REMOVE), ("c.txt", Decision.KEEP)):
        same = {"relation": Relation.IDENTICAL, "decided": True}
        shelf.add(1, name, b"the same words", decision=decision, **same)
    rewrite(shelf, "a.txt", b"quite another text")
    item = shelf.items()["b.txt"]
    assert (item.problem, item.relation) == (None, Relation.IDENTICAL)
    assert [each.path.name for each in item.kept] == ["c.txt"]


def test_what_a_rule_suggested_is_void_when_the_keeper_changed(tmp_path):
    shelf = twins(tmp_path)
    shelf.add(1, "c.txt", b"the same words", relation=Relation.IDENTICAL)
    rewrite(shelf, "a.txt", b"quite another text")
    assert shelf.items()["b.txt"].problem is Problem.KEPT_LOST


def test_the_same_text_is_asked_of_the_texts_themselves(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "a.txt", b"some words", decision=Decision.KEEP)
    for name, decided in (("b.txt", False), ("c.txt", True)):
        shelf.add(
            *(1, name, f"some Words {name}".encode()),
            **{"decision": REMOVE, "relation": Relation.SAME_TEXT, "decided": decided},
        )
        shelf.names[len(shelf.names)] = f"other{name}"  # read anew since, and read better
    items = shelf.items()
    assert items["b.txt"].problem is Problem.LAST_COPY
    assert items["c.txt"].problem is Problem.LAST_COPY


def test_marks_made_beside_the_same_text_do_not_go_for_a_version_of_it(tmp_path):
    shelf = Shelf(tmp_path)
    kept = shelf.add(1, "v2.rtf", b"the words of v2", decision=Decision.KEEP)
    for name in ("v2.docx", "v2.odt"):
        same = {"relation": Relation.SAME_TEXT, "decided": True, "for_same_text": True}
        shelf.add(1, name, f"the words of v2 {name}".encode(), decision=REMOVE, **same)
    shelf.add(1, "v1.docx", b"the words of v1", relation=Relation.REVISION)
    assert [item.problem for item in shelf.plan().items] == [None, None]
    kept.unlink()  # by hand, before the others go
    assert {item.problem for item in shelf.plan().items} == {Problem.KEPT_LOST}


@pytest.mark.parametrize("for_same_text", [True, False])
def test_after_a_new_scan_such_a_mark_still_does_not_go_for_a_version(tmp_path, for_same_text):
    shelf = Shelf(tmp_path)
    shelf.add(1, "v1.docx", b"the words of v1", decision=Decision.KEEP)
    version = {"relation": Relation.REVISION, "decided": True, "for_same_text": for_same_text}
    shelf.add(1, "v2.docx", b"the words of v2", decision=REMOVE, **version)
    item = shelf.items()["v2.docx"]
    assert item.problem is (Problem.LAST_COPY if for_same_text else None)
    assert bool(item.kept) is not for_same_text


@pytest.mark.parametrize(
    ("last", "at", "problem"),
    [
        (False, "2026-11-24", None),
        (False, "2026-11-23", None),
        (False, "2026-11-22", Problem.LAST_COPY),  # before there was another
        (True, "2026-11-24", Problem.LAST_COPY),
    ],
)
def test_who_marks_the_last_of_a_text_as_well_means_all_of_it(tmp_path, last, at, problem):
    shelf = Shelf(tmp_path)
    for number in range(200):
        shelf.add(1, f"{number}.txt", b"%d" % number, decision=REMOVE, decided=True)
    known = {"decided": True, "for_same_text": last, "decided_at": at}
    shelf.add(1, "v2.rtf", b"the words of v2", decision=REMOVE, **known)
    same = {"decided": True, "for_same_text": True, "decided_at": "2026-11-23"}
    shelf.add(1, "v2.docx", b"the words of v2, too", decision=REMOVE, **same)
    shelf.names[202] = shelf.names[201]
    shelf.add(1, "v1.docx", b"the words of v1", relation=Relation.REVISION)
    items = shelf.items()
    assert items["v2.docx"].problem is problem
    assert items["v2.rtf"].problem is (Problem.LAST_COPY if last else None)


def test_all_of_a_text_marked_at_once_goes_for_a_version_of_it(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "v2.rtf", b"the words of v2", decision=REMOVE, decided=True)
    same = {"relation": Relation.SAME_TEXT, "decided": True}
    shelf.add(1, "v2.docx", b"the words of v2, too", decision=REMOVE, **same)
    shelf.add(1, "v1.docx", b"the words of v1", relation=Relation.REVISION)
    items = shelf.items()
    assert {name: item.relation for name, item in items.items()} == dict.fromkeys(
        ("v2.rtf", "v2.docx"), Relation.REVISION
    )


def test_two_versions_of_the_keeper_may_be_the_same_text(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "v1.docx", b"the words of v1", decision=Decision.KEEP)
    version = {"relation": Relation.REVISION, "decided": True}
    shelf.add(1, "v2.docx", b"the words of v2", decision=REMOVE, **version)
    shelf.add(1, "v2.odt", b"the words of v2, too", **version)
    shelf.names[3] = shelf.names[2]
    item = shelf.items()["v2.docx"]
    assert (item.relation, [each.path.name for each in item.kept]) == (
        Relation.SAME_TEXT,
        ["v2.odt"],
    )


def test_only_what_is_as_much_like_it_stands_in_for_a_file(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.add(1, "a.txt", b"the same words", decision=Decision.KEEP)
    same = {"relation": Relation.IDENTICAL, "decided": True}
    shelf.add(1, "b.txt", b"the same words", decision=REMOVE, **same)
    shelf.add(1, "c.txt", b"the same words", **same)
    shelf.add(1, "d.txt", b"The same words", relation=Relation.SAME_TEXT)
    shelf.add(1, "e.txt", b"nearly the same words", relation=Relation.REVISION)
    item = shelf.items()["b.txt"]
    assert [each.path.name for each in item.kept] == ["a.txt", "c.txt"]
