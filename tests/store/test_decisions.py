"""Decisions: about a file and its bytes, above all suggestions, taken back exactly."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import ROOT, SCOPE, add, change, group, member, number_of, read, save, state

from dedupe_app.records import ChangeKind, Decision, Folder, Group, GroupKind, Relation, Role
from dedupe_app.store import browse, decisions, documents, folders
from dedupe_app.store.database import open_beside, open_library

KEEP, REMOVE, UNDECIDED = Decision.KEEP, Decision.REMOVE, Decision.UNDECIDED
OTHER_SCOPE = "elsewhere"


@pytest.fixture
def three(library):
    """A library with a group of a.txt, the keeper, and its copies b.txt and c.txt; returns their numbers."""
    numbers = [add(library, f"{name}.txt", "words") for name in "abc"]
    save(library, group(*numbers))
    return numbers


def effective(library, scope=SCOPE):
    """Return what shall happen to each file of a scope in each of its groups."""
    rows = library.rows(
        "select group_id, file_id, decision from group_members join groups on groups.id = group_id "
        "join scopes on scopes.id = scope_id where name = ?",
        [scope],
    )
    return {(number, file): Decision(word) for number, file, word in rows}


def by_file(library, scope=SCOPE):
    return {file: word for (_, file), word in effective(library, scope).items()}


def counted(library, scope=SCOPE):
    found = browse.count_all(library, scope)
    return found.marked_files, found.marked_bytes


def counted_anew(library, scope=SCOPE):
    rows = browse.marked(library, scope)
    return len(rows), sum(row.size_bytes for row in rows)


def content_of(library):
    """Return all that undo has to restore."""
    tables = (
        "select path, sha256, decision, keeper, made from decisions where decision is not null or keeper",
        "select sha256_a, sha256_b from rejections",
        "select group_id, file_id, suggested, decision from group_members",
        "select name, marked_files, marked_bytes from scopes",
        "select entry, decision_id, decision, keeper, made from decision_log_files",
        "select id, what, files from decision_log",
    )
    return [sorted(library.rows(query), key=repr) for query in tables]


# ---- decide ------------------------------------------------------------------------------------


def test_decision_takes_the_place_of_the_suggestion(library, three):
    a, b, c = three
    decisions.decide(library, [b], KEEP)
    assert by_file(library) == {a: KEEP, b: KEEP, c: REMOVE}
    assert counted(library) == counted_anew(library) == (1, 10)
    rows = browse.file_rows(library, [1])[1]
    assert [row.decided for row in rows] == [False, True, False]


def test_decision_outlives_new_groups(library, three):
    a, b, c = three
    decisions.decide(library, [b], UNDECIDED)
    decisions.decide(library, [a], REMOVE)
    save(library, group(c, a, b), group(b, a, kind=GroupKind.TEMPLATE))
    assert effective(library) == {
        (2, c): KEEP,
        (2, a): REMOVE,
        (2, b): UNDECIDED,
        (3, b): UNDECIDED,
        (3, a): REMOVE,
    }
    assert counted(library) == counted_anew(library) == (1, 10)


def for_same_text(library, group=1):
    """Return the names of the files that are marked only because the same text was to stay."""
    rows = browse.file_rows(library, [group])[group]
    return {row.path.stem for row in rows if row.for_same_text}


def test_mark_remembers_that_the_same_text_was_to_stay(library, three):
    a, b, c = three
    decisions.decide(library, [b], REMOVE)
    assert for_same_text(library) == {"b"}
    for name in ("a.txt", "c.txt"):
        own = state(name, mtime=2000)
        documents.apply_changes(library, [change(ChangeKind.CHANGED, own)])
        read(library, own, f"other {name}")
    (number,) = save(library, group(a, b, c, relation=Relation.REVISION))
    assert for_same_text(library, number) == {"b"}
    decisions.decide(library, [b], KEEP)
    assert for_same_text(library, number) == set()
    decisions.decide(library, [b], REMOVE)  # knowing what it is beside now
    assert for_same_text(library, number) == set()
    for _ in range(2):
        decisions.undo_last(library)
    assert for_same_text(library, number) == {"b"}
    decisions.undo_last(library)
    assert list(library.rows("select * from same_text_marks")) == []


@pytest.mark.parametrize(
    ("texts", "marked", "expected"),
    [
        *((same, marked, marked) for same in ("===", "AAA") for marked in ("a", "b", "ab", "bc")),
        *((same, "abc", "") for same in ("===", "AAA", "A==", "ABC")),
        *(("A==", marked, expected) for marked, expected in [("b", "b"), ("bc", ""), ("ab", "b")]),
        *(("ABC", marked, "") for marked in ("a", "b", "ab", "bc")),
    ],
)
def test_mark_is_for_the_same_text_where_some_of_it_stays(library, texts, marked, expected):
    """`texts`: files of one letter have one text, "=" are the same bytes; whatever they are to the keeper."""
    files = {}
    for name, text in zip("abc", texts, strict=True):
        files[name] = add(library, f"{name}.txt", "equal" if text == "=" else f"words {name}")
        library.execute(
            "update contents set same_text = ? where id = (select content_id from files where id = ?)",
            [text, files[name]],
        )
    copies = [member(files[name], Relation.REVISION, decision=UNDECIDED) for name in "bc"]
    save(library, Group(GroupKind.DUPLICATES, (member(files["a"]), *copies), 10, 90.0))
    decisions.decide(library, [files[name] for name in marked], REMOVE)
    assert for_same_text(library) == set(expected)


def test_other_pictures_are_not_the_same_text(library):
    files = [add(library, f"{name}.docx", f"words {name}") for name in "ab"]
    for file, name in zip(files, ("L word:1:x", "L word:1:y"), strict=True):
        library.execute("update contents set same_text = ? where id = ?", [name, file])
    save(library, group(*files, relation=Relation.REVISION))
    decisions.decide(library, files[1:], REMOVE)
    assert for_same_text(library) == set()


def test_last_mark_of_a_text_is_not_for_the_same_text(library, three):
    a, b, c = three
    decisions.decide(library, [c], UNDECIDED)
    for file in (b, a, c):
        decisions.decide(library, [file], REMOVE)
    assert for_same_text(library) == {"a", "b"}


def test_mark_for_the_same_text_moves_with_the_file(library, three):
    _, b, _ = three
    decisions.decide(library, [b], REMOVE)
    documents.apply_changes(library, [change(ChangeKind.MOVED, state("new/name.txt"), "b.txt")])
    assert for_same_text(library) == {"name"}


def test_decision_holds_in_every_scope(library, three):
    save(library, group(*three), scope=OTHER_SCOPE)
    decisions.decide(library, three, REMOVE)
    assert set(by_file(library, OTHER_SCOPE).values()) == {REMOVE}
    assert counted(library, OTHER_SCOPE) == counted(library) == (3, 30)


def test_decision_moves_with_the_file(library, three):
    _, b, _ = three
    decisions.decide(library, [b], KEEP)
    documents.apply_changes(library, [change(ChangeKind.MOVED, state("new/name.txt"), "b.txt")])
    assert number_of(library, "new/name.txt") == b
    assert [each.path for each in decisions.decisions(library)] == [ROOT / "new/name.txt"]
    save(library, group(*three))
    assert by_file(library)[b] is KEEP
    assert decisions.undo_last(library) == "keep 1 file"
    assert decisions.decisions(library) == []
    assert by_file(library)[b] is REMOVE


def test_decision_is_void_while_the_bytes_are_others(library, three):
    a, b, _ = three
    decisions.decide(library, [b], KEEP)
    documents.apply_changes(library, [change(ChangeKind.CHANGED, state("b.txt", size=11))])
    assert by_file(library)[b] is UNDECIDED
    assert counted(library) == counted_anew(library)
    read(library, state("b.txt", size=11), "other words")
    save(library, group(a, b))
    assert by_file(library)[b] is REMOVE
    documents.apply_changes(library, [change(ChangeKind.CHANGED, state("b.txt"))])
    read(library, state("b.txt"), "words")
    save(library, group(a, b))
    assert by_file(library)[b] is KEEP


def test_changed_file_is_not_marked_any_more(library, three):
    _, b, _ = three
    documents.apply_changes(library, [change(ChangeKind.CHANGED, state("b.txt", size=11))])
    assert by_file(library)[b] is UNDECIDED
    assert counted(library) == (1, 10)


def test_file_that_comes_back_has_its_decision_again(library, three):
    a, b, _ = three
    decisions.decide(library, [b], KEEP)
    documents.apply_changes(library, [change(ChangeKind.REMOVED, state("b.txt"))])
    again = add(library, "b.txt", "words")
    assert again not in three
    save(library, group(a, again))
    assert by_file(library)[again] is KEEP


def test_protected_file_is_never_marked(library, three):
    a, b, _ = three
    folders.add_folders(library, [ROOT])
    (folder,) = folders.folders(library)
    folders.change_folder(library, Folder(folder.path, protected=True, number=folder.number))
    assert set(by_file(library).values()) == {KEEP}
    assert counted(library) == (0, 0)
    decisions.decide(library, three, REMOVE)
    assert decisions.decisions(library) == []
    assert decisions.undo_last(library) == ""
    protected = Group(
        GroupKind.DUPLICATES,
        (member(a), member(b, Relation.IDENTICAL, KEEP, Role.PROTECTED)),
        *(0, 90.0),
    )
    folders.remove_folder(library, folder.number, forget=False)
    decisions.decide(library, [b], REMOVE)
    save(library, protected)
    assert by_file(library) == {a: KEEP, b: KEEP}


def test_file_without_known_bytes_cannot_be_decided_about(library):
    file = add(library, "a.txt")
    decisions.decide(library, [file, 4711], REMOVE)
    assert decisions.decisions(library) == []


def test_same_decision_again_is_no_change(library, three):
    decisions.decide(library, three, KEEP)
    decisions.decide(library, three[:2], KEEP)
    assert decisions.undo_last(library) == "keep 3 files"
    assert decisions.undo_last(library) == ""


def test_many_files_at_once(library):
    numbers = [add(library, f"{name}.txt", "words") for name in range(1500)]
    save(library, group(*numbers))
    decisions.decide(library, numbers, UNDECIDED)
    assert counted(library) == (0, 0)
    decisions.undo_last(library)
    assert counted(library) == counted_anew(library) == (1499, 14990)


# ---- keepers and rejections --------------------------------------------------------------------


def test_chosen_keeper_is_kept_and_takes_the_place_of_another(library, three):
    a, b, c = three
    decisions.decide(library, [b], REMOVE)
    decisions.choose_keeper(library, SCOPE, 1, b)
    assert decisions.kept_files(library) == {b}
    assert by_file(library) == {a: KEEP, b: KEEP, c: REMOVE}
    decisions.choose_keeper(library, SCOPE, 1, c)
    assert decisions.kept_files(library) == {c}
    assert by_file(library) == {a: KEEP, b: REMOVE, c: KEEP}
    decisions.undo_last(library)
    assert decisions.kept_files(library) == {b}
    decisions.undo_last(library)
    assert decisions.kept_files(library) == set()
    assert by_file(library)[b] is REMOVE


def test_keeper_of_another_group_stays(library, three):
    others = [add(library, f"{name}.txt", "other words") for name in "de"]
    first, second = save(library, group(*three), group(*others))
    decisions.choose_keeper(library, SCOPE, first, three[1])
    decisions.choose_keeper(library, SCOPE, second, others[1])
    assert decisions.kept_files(library) == {three[1], others[1]}


def test_choosing_the_same_keeper_again_is_no_change(library, three):
    decisions.choose_keeper(library, SCOPE, 1, three[1])
    decisions.choose_keeper(library, SCOPE, 1, three[1])
    decisions.undo_last(library)
    assert decisions.undo_last(library) == ""


def test_keeper_whose_bytes_changed_is_none(library, three):
    decisions.choose_keeper(library, SCOPE, 1, three[1])
    documents.apply_changes(library, [change(ChangeKind.CHANGED, state("b.txt", size=11))])
    assert decisions.kept_files(library) == set()


@pytest.mark.parametrize("decision", [REMOVE, UNDECIDED])
def test_keeper_that_is_decided_about_otherwise_is_none(library, three, decision):
    decisions.choose_keeper(library, SCOPE, 1, three[1])
    decisions.decide(library, [three[1]], KEEP)
    assert decisions.kept_files(library) == {three[1]}
    decisions.decide(library, [three[1]], decision)
    assert decisions.kept_files(library) == set()
    decisions.undo_last(library)
    assert decisions.kept_files(library) == {three[1]}


def test_rejected_pairs_are_pairs_of_bytes(library):
    a, b, c = (add(library, f"{name}.txt", f"words {name}") for name in "abc")
    copy = add(library, "copy of a.txt", "words a")
    sha = {name: f"sha of words {name}" for name in "abc"}
    assert decisions.reject(library, [a, copy], [b, copy]) == 1
    assert decisions.rejections(library) == {(sha["a"], sha["b"])}
    assert decisions.reject(library, [b, c], [a]) == 1
    assert decisions.reject(library, [a], [a, copy]) == 0
    assert decisions.undo_last(library) == "these are not duplicates: 3 files"
    assert decisions.rejections(library) == {(sha["a"], sha["b"])}


def test_pairs_of_several_groups_are_rejected_as_one_change(library):
    a, b, c, d = (add(library, f"{name}.txt", f"words {name}") for name in "abcd")
    assert decisions.reject_each(library, [([a], [b]), ([c], [d]), ([b], [a])]) == 2
    assert decisions.undo_last(library) == "these are not duplicates: 4 files"
    assert decisions.rejections(library) == set()


# ---- undo --------------------------------------------------------------------------------------

_FILES = st.lists(st.integers(0, 5), max_size=4)
_ACTIONS = st.one_of(
    st.tuples(st.just("decide"), _FILES, st.sampled_from(Decision)),
    st.tuples(st.just("keep"), st.integers(0, 1), st.integers(0, 5)),
    st.tuples(st.just("reject"), _FILES, _FILES),
)
_fresh = itertools.count()


def _planted(tmp_path_factory):
    library = open_library(tmp_path_factory.getbasetemp() / f"undo {next(_fresh)}.sqlite")
    numbers = [add(library, f"{at}.txt", f"words {at // 2}", size=at + 1) for at in range(6)]
    first = group(*numbers[:3])
    both = group(numbers[2], *numbers[3:], relation=Relation.CONTAINED, kind=GroupKind.CONTAINED)
    return library, numbers, save(library, first, both)


def _act(library, numbers, groups, action):
    kind, first, second = action
    if kind == "decide":
        decisions.decide(library, [numbers[at] for at in first], second)
    elif kind == "keep":
        decisions.choose_keeper(library, SCOPE, groups[first], numbers[second])
    else:
        decisions.reject(library, [numbers[at] for at in first], [numbers[at] for at in second])


@settings(max_examples=40)
@given(earlier=st.lists(_ACTIONS, max_size=5), undone=st.lists(_ACTIONS, max_size=5))
def test_what_is_undone_was_never_done(tmp_path_factory, earlier, undone):
    library, numbers, groups = _planted(tmp_path_factory)
    with library:
        for action in earlier:
            _act(library, numbers, groups, action)
        before = content_of(library)
        (entries,) = library.row("select count(*) from decision_log")
        for action in undone:
            _act(library, numbers, groups, action)
            assert counted(library) == counted_anew(library)
        while library.row("select count(*) from decision_log")[0] > entries:
            assert decisions.undo_last(library)
            assert counted(library) == counted_anew(library)
        assert content_of(library) == before


def test_only_the_last_changes_can_be_undone(library, three, monkeypatch):
    monkeypatch.setattr(decisions, "_MOST_ENTRIES", 2)
    for decision in (KEEP, REMOVE, UNDECIDED):
        decisions.decide(library, three, decision)
    assert decisions.undo_last(library) == "leave 3 files undecided"
    assert decisions.undo_last(library) == "mark 3 files to remove"
    assert decisions.undo_last(library) == ""
    assert set(by_file(library).values()) == {KEEP}


def test_the_last_change_can_be_undone_however_large(library, three, monkeypatch):
    monkeypatch.setattr(decisions, "_MOST_LOGGED_FILES", 2)
    decisions.decide(library, three[:1], REMOVE)
    decisions.decide(library, three, KEEP)
    assert decisions.undo_last(library) == "keep 3 files"
    assert decisions.undo_last(library) == ""


def test_undo_works_after_a_restart_beside_the_engine(tmp_path, library, three):
    with open_beside(library.path) as beside:
        decisions.decide(beside, three, UNDECIDED)
    with open_beside(library.path) as beside:
        assert decisions.undo_last(beside) == "leave 3 files undecided"
    assert counted(library) == (2, 20)
