"""What the window lists: any order, any filter, page by page, and counts that agree with it."""

import itertools
import os
from dataclasses import replace
from pathlib import Path

import pytest
from planted import ROOT, SCOPE, add, change, group, member, number_of, save, state

from dedupe_app.records import (
    ChangeKind,
    Changes,
    Decision,
    Evidence,
    Group,
    GroupKind,
    GroupQuery,
    GroupRow,
    Pair,
    Relation,
    Role,
    Show,
    Skipped,
    SkipReason,
    SortKey,
)
from dedupe_app.store import browse, documents, folders, results
from dedupe_app.store.database import open_for_reading
from dedupe_app.store.paths import fold, fold_path, span

NOT_UTF8 = os.fsdecode(b"b\xff.txt")


@pytest.fixture
def four(library):
    """A library with a group of each kind; returns its numbers by what they show."""
    one = [add(library, f"Board/{name}.txt", "words", 100, 5) for name in ("Zeta", "b")]
    two = [add(library, f"archive/{name}.txt", "text", 300, 1) for name in ("alpha", "B", "c")]
    three = [add(library, f"Çelik/{name}.txt", f"{name}", 200, 9) for name in ("Änderung", "x")]
    numbers = save(
        library,
        group(*one, frees=100, similarity=100.0),
        group(*two, relation=Relation.REVISION, frees=600, similarity=70.0),
        group(
            *three, relation=Relation.CONTAINED, kind=GroupKind.CONTAINED, frees=0, similarity=80.0
        ),
    )
    return dict(zip((Show.IDENTICAL, Show.REVISION, Show.CONTAINED), numbers, strict=True))


def listed(library, scope=SCOPE, **query):
    return list(browse.group_list(library, scope, GroupQuery(**query))[0])


# ---- lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "ascending"),
    [
        (SortKey.FREES, [Show.CONTAINED, Show.IDENTICAL, Show.REVISION]),
        (SortKey.NAME, [Show.REVISION, Show.IDENTICAL, Show.CONTAINED]),
        (SortKey.FOLDER, [Show.REVISION, Show.IDENTICAL, Show.CONTAINED]),
        (SortKey.SIZE, [Show.IDENTICAL, Show.CONTAINED, Show.REVISION]),
        (SortKey.MODIFIED, [Show.REVISION, Show.IDENTICAL, Show.CONTAINED]),
        (SortKey.SIMILAR, [Show.REVISION, Show.CONTAINED, Show.IDENTICAL]),
    ],
)
def test_groups_are_listed_in_any_order(library, four, key, ascending):
    wanted = [four[show] for show in ascending]
    assert listed(library, sort=key, descending=False) == wanted
    assert listed(library, sort=key, descending=True) == wanted[::-1]


def test_groups_of_equal_rank_are_listed_by_number(library, four):
    assert listed(library, sort=SortKey.FILES, descending=False) == [
        four[Show.IDENTICAL],
        four[Show.CONTAINED],
        four[Show.REVISION],
    ]


def test_every_sort_key_sorts(library, four):
    for key in SortKey:
        assert set(listed(library, sort=key)) == set(four.values())


def test_list_tells_how_many_files_each_group_has(library, four):
    numbers, sizes = browse.group_list(library, SCOPE, GroupQuery())
    assert dict(zip(numbers, sizes, strict=True)) == {
        number: len(browse.file_rows(library, [number])[number]) for number in numbers
    }


def test_the_first_of_a_list_are_those_it_begins_with(library, four):
    for key in SortKey:
        query = GroupQuery(sort=key)
        numbers, sizes = browse.group_list(library, SCOPE, query)
        first = browse.group_list(library, SCOPE, query, 2)
        assert first == (numbers[:2], sizes[:2])


def test_list_shows_one_relation(library, four):
    for show, number in four.items():
        assert listed(library, show=show) == [number]
    assert listed(library, show=Show.SAME_TEMPLATE) == []


def test_list_of_an_unknown_scope_is_empty(library, four):
    assert listed(library, scope="elsewhere") == []
    assert set(browse.count_all(library, "elsewhere").groups.values()) == {0}


def test_list_of_a_folder_has_groups_with_a_file_in_it(library, four):
    add(library, "Boarding/b.txt", "words")
    assert listed(library, folder=ROOT / "Board") == [four[Show.IDENTICAL]]
    assert len(listed(library, folder=ROOT)) == 3
    assert listed(library, folder=Path("/")) == listed(library, folder=ROOT)
    assert listed(library, folder=ROOT / "Board", show=Show.REVISION) == []


@pytest.mark.parametrize(
    ("words", "shows"),
    [
        ("ALPHA", [Show.REVISION]),
        ("änderung", [Show.CONTAINED]),
        ("ÄNDERUNG", [Show.CONTAINED]),
        ("a\u0308nderung", [Show.CONTAINED]),
        ("çelik", [Show.CONTAINED]),
        ("board/zeta", [Show.IDENTICAL]),
        ("  zeta   board ", [Show.IDENTICAL]),
        ("zeta alpha", []),
        ("%", []),
        ("_", []),
        ("'", []),
        ("archive", [Show.REVISION]),
        (".txt", [Show.REVISION, Show.IDENTICAL, Show.CONTAINED]),
        ("   ", [Show.REVISION, Show.IDENTICAL, Show.CONTAINED]),
    ],
)
def test_list_has_groups_with_a_file_of_that_name_or_folder(library, four, words, shows):
    assert listed(library, words=words) == [four[show] for show in shows]


def test_words_are_looked_for_in_the_name_that_a_file_has_now(library, four):
    moved = change(ChangeKind.MOVED, state("archive/renamed.txt", 300, 1), "archive/alpha.txt")
    documents.apply_changes(library, [moved])
    assert listed(library, words="alpha") == []
    assert listed(library, words="renamed") == [four[Show.REVISION]]


def test_words_in_names_that_are_not_text(library):
    number = add(library, "a.txt", "words")
    documents.apply_changes(library, [change(ChangeKind.ADDED, state(NOT_UTF8))])
    other = library.row("select max(id) from files")[0]
    save(library, group(number, other))
    assert len(listed(library, words="b")) == 1


@pytest.mark.parametrize(
    "words", ["STRASSE straße", "Ｂericht bericht", "℡ tel", "ΟΔΟΣ οδος", "É e\u0301"]
)
def test_folding_makes_one_of_all_cases_and_forms(words):
    one, other = words.split()
    assert fold(one) == fold(other)


def test_folding_a_path_that_is_not_text():
    assert fold_path(b"/A/\xff\xc3\x84") == "/a/\ufffdä"


def test_everything_is_below_the_root():
    first, last = span(Path("/"))
    assert first <= b"/a" < last
    first, last = span(Path("/a"))
    assert not first <= b"/a" < last
    assert not first <= b"/ab" < last
    assert first <= b"/a/\xff" < last


# ---- rows --------------------------------------------------------------------------------------


def test_rows_of_groups_come_in_the_order_asked_for(library, four):
    numbers = [four[Show.CONTAINED], 4711, four[Show.IDENTICAL]]
    assert browse.group_rows(library, numbers) == [
        GroupRow(
            four[Show.CONTAINED],
            *(GroupKind.CONTAINED, Relation.CONTAINED, "Änderung.txt", 2, 0, 80.0),
        ),
        GroupRow(
            four[Show.IDENTICAL],
            *(GroupKind.DUPLICATES, Relation.IDENTICAL, "Zeta.txt", 2, 100, 100.0),
        ),
    ]


@pytest.mark.parametrize(
    ("relations", "weakest"),
    [
        (["identical", "identical"], "identical"),
        (["identical", "same-text"], "same-text"),
        (["revision", "same-text"], "revision"),
    ],
)
def test_badge_is_the_weakest_relation(library, relations, weakest):
    files = [add(library, f"{at}.txt", "words") for at in range(3)]
    copies = (member(file, Relation(each)) for file, each in zip(files[1:], relations, strict=True))
    own = Group(GroupKind.DUPLICATES, (member(files[0]), *copies), 0, 50.0)
    (number,) = save(library, own)
    assert browse.group_rows(library, [number])[0].relation == weakest


def test_files_of_a_group_keeper_first(library, four):
    number = four[Show.REVISION]
    rows = browse.file_rows(library, [4711, number])
    assert rows[4711] == []
    assert [row.path.name for row in rows[number]] == ["alpha.txt", "B.txt", "c.txt"]
    keeper, copy, _ = rows[number]
    assert (keeper.relation, keeper.similarity, keeper.compared_with) == (None, None, None)
    assert (keeper.role, keeper.decision) == (Role.KEEPER, Decision.KEEP)
    assert (copy.relation, copy.compared_with) == (Relation.REVISION, keeper.file)
    assert (copy.similarity, copy.shared_text, copy.contained) == (90.0, 91.0, 92.0)
    assert (copy.figures_changed, copy.meaning) == (2, None)
    assert (copy.size_bytes, copy.mtime_ns, copy.format, copy.words) == (300, 1, "txt", 7)
    assert (copy.decided, copy.offline, copy.reason) == (False, False, f"why {copy.file}")


def test_files_of_a_large_group_come_in_pieces(library):
    files = [add(library, f"{name:02}.txt", "words") for name in range(20)]
    (number,) = save(library, group(*files))
    pieces = [browse.file_page(library, number, first, 6) for first in range(0, 24, 6)]
    assert list(itertools.chain(*pieces)) == browse.file_rows(library, [number])[number]
    assert [len(piece) for piece in pieces] == [6, 6, 6, 2]


def test_marked_files_are_listed_once(library):
    files = [add(library, f"{name}.txt", "words") for name in "abc"]
    template = Group(
        GroupKind.TEMPLATE,
        (member(files[0]), member(files[1], Relation.SAME_TEMPLATE, Decision.REMOVE)),
        *(0, 1.0),
    )
    save(library, group(*files), template)
    assert [row.file for row in browse.marked(library, SCOPE)] == files[1:]
    counts = browse.count_all(library, SCOPE)
    assert (counts.marked_files, counts.marked_bytes) == (2, 20)


def test_a_file_has_one_mark_in_all_its_groups(library):
    files = [add(library, f"{name}.txt", "words") for name in "abcd"]
    excerpts = Group(
        GroupKind.CONTAINED,
        (member(files[1]), *(member(file, Relation.CONTAINED) for file in (files[0], files[3]))),
        *(0, 1.0),
    )
    numbers = save(library, group(*files[:3]), excerpts)
    save(library, group(*reversed(files[:3])), scope="elsewhere")
    keep, remove, undecided = Decision.KEEP, Decision.REMOVE, Decision.UNDECIDED
    found = browse.file_rows(library, numbers)
    assert [row.decision for row in found[numbers[0]]] == [keep, remove, remove]
    assert [row.decision for row in found[numbers[1]]] == [remove, keep, undecided]
    assert browse.file_page(library, numbers[1], 0, 3) == found[numbers[1]]


# ---- counts ------------------------------------------------------------------------------------


def test_counts_agree_with_lists(library, four):
    counts = browse.count_all(library, SCOPE)
    assert counts.files == 7
    assert counts.groups == {show: len(listed(library, show=show)) for show in Show}
    assert counts.marked_files == len(browse.marked(library, SCOPE)) == 1


@pytest.mark.parametrize(
    "narrow",
    [{"words": "zeta"}, {"folder": ROOT / "archive"}, {"words": "nothing like it"}],
)
def test_counts_follow_what_narrows_the_list(library, four, narrow):
    counts = browse.count_all(library, SCOPE, GroupQuery(show=Show.REVISION, **narrow))
    assert counts.groups == {show: len(listed(library, show=show, **narrow)) for show in Show}
    assert counts.files == 7


def test_group_that_lost_its_files_is_none(library, four):
    documents.apply_changes(library, [change(ChangeKind.REMOVED, state("Board/b.txt"))])
    assert four[Show.IDENTICAL] not in listed(library)
    counts = browse.count_all(library, SCOPE)
    assert counts.groups[Show.IDENTICAL] == 0
    assert counts.groups[Show.ALL] == 2
    assert (counts.marked_files, counts.marked_bytes) == (0, 0)


def test_title_of_a_group_whose_keeper_went_is_empty(library, four):
    documents.apply_changes(library, [change(ChangeKind.REMOVED, state("archive/alpha.txt"))])
    (row,) = browse.group_rows(library, [four[Show.REVISION]])
    assert (row.title, row.files) == ("", 2)


def test_unread_files_are_those_below_the_folders(library):
    names = ("in/a.txt", "in/b.png", "in/c.txt", "d.txt")
    for name in names:
        add(library, name)
    why = {name: Skipped(SkipReason.NOT_PERMITTED, "Not yours.") for name in names}
    why["in/b.png"] = Skipped(SkipReason.UNSUPPORTED, "A picture.")
    documents.skip_files(library, [(ROOT / name, each) for name, each in why.items()])
    own = state("in/c.txt")
    documents.set_contents(library, [(own, "sha")])
    documents.save_readings(library, [(1, Skipped(SkipReason.ENCRYPTED, "Locked."))], 1, "lexical")
    add(library, "in/good.txt", "words")
    assert [row.path.name for row in browse.unread(library)] == ["d.txt", "a.txt", "c.txt", "b.png"]
    assert browse.count_all(library, SCOPE).unread == 4
    folders.add_folders(library, [ROOT / "in", ROOT / "in/deep"])
    rows = browse.unread(library)
    assert [(row.path.name, row.reason, row.detail) for row in rows] == [
        ("a.txt", SkipReason.NOT_PERMITTED, "Not yours."),
        ("c.txt", SkipReason.ENCRYPTED, "Locked."),
        ("b.png", SkipReason.UNSUPPORTED, "A picture."),
    ]
    assert rows[0].file == number_of(library, "in/a.txt")
    counts = browse.count_all(library, SCOPE)
    assert (counts.files, counts.unread) == (4, 3)
    folders.add_folders(library, [ROOT])
    counts = browse.count_all(library, SCOPE)
    assert (counts.files, counts.unread) == (5, 4)


# ---- texts and evidence ------------------------------------------------------------------------


def test_text_of_a_file(library):
    assert browse.file_text(library, add(library, "a.txt", "words of a")) == "words of a"
    assert browse.file_text(library, add(library, "b.txt")) == ""
    assert browse.file_text(library, 4711) == ""


def test_evidence_of_two_files(library):
    a, b, c = (add(library, f"{name}.txt", f"words {name}") for name in "abc")
    copy, unread = add(library, "d.txt", "words a"), add(library, "e.txt")
    changes = Changes(1, 2, 3, 4, ("the date",), (("old", "new"),))
    known = Evidence(Relation.REVISION, 87.5, 88.0, 91.25, changes)
    text_a, text_b = (
        library.row(
            "select text_id from contents join files on content_id = contents.id where files.id = ?",
            [file],
        )[0]
        for file in (a, b)
    )
    results.save_pairs(library, [Pair(text_a, text_b, False, b"", True, b"", known)])
    assert browse.file_evidence(library, b, a) == known
    flipped = Changes(1, 3, 2, 4, ("the date",), (("new", "old"),))
    assert browse.file_evidence(library, a, b) == replace(known, changes=flipped)
    assert browse.file_evidence(library, a, c) is None
    assert browse.file_evidence(library, a, unread) is None
    assert browse.file_evidence(library, a, 4711) is None
    same = browse.file_evidence(library, a, copy)
    assert same == Evidence(Relation.IDENTICAL, 100.0, 100.0, 100.0, Changes())


def test_evidence_of_the_same_letters_or_words(library):
    files = [add(library, f"{name}.txt", f"words {name}") for name in "abc"]
    library.execute("update contents set same_text = 'one' where id <= 2")
    library.execute("update contents set text_id = 1 where id = 3")
    assert browse.file_evidence(library, files[0], files[1]).relation is Relation.SAME_TEXT
    assert browse.file_evidence(library, files[0], files[2]).relation is Relation.REVISION


def test_evidence_of_the_same_letters_with_other_pictures(library):
    word, signed, printed = (add(library, f"{name}.txt", f"words {name}") for name in "abc")
    names = {word: "one docx:0:a", signed: "one docx:1:b", printed: "one pdf:0:c"}
    for file, name in names.items():
        library.execute("update contents set same_text = ? where id = ?", [name, file])
    assert browse.file_evidence(library, word, printed).relation is Relation.SAME_TEXT
    assert browse.file_evidence(library, signed, printed).relation is Relation.REVISION
    library.execute("update contents set same_text = 'one docx:0:d' where id = ?", [signed])
    # Which of the two was printed cannot be told.
    assert browse.file_evidence(library, word, printed).relation is Relation.REVISION


def test_browsing_needs_no_writing(library, four):
    with open_for_reading(library.path) as reader:
        assert len(listed(reader)) == 3
        assert browse.count_all(reader, SCOPE).files == 7
        assert browse.unread(reader) == []
        assert len(browse.marked(reader, SCOPE)) == 1
