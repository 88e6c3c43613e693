"""What marking a million files needs to know of them: the same as what is shown, but less of it."""

from planted import SCOPE, add, change, group, member, read, save, state

from dedupe_app.records import ChangeKind, Decision, Group, GroupKind, Relation
from dedupe_app.store import browse, decisions, documents, marks


def test_members_are_what_is_shown_of_them(library):
    files = [add(library, f"{name}.txt", "words") for name in "abc"]
    others = [add(library, f"{name}.txt", name) for name in "de"]
    numbers = save(library, group(*files), group(*others, relation=Relation.REVISION))
    decisions.decide(library, others[1:], Decision.REMOVE)
    found = marks.members(library, numbers)
    for number, rows in browse.file_rows(library, numbers).items():
        shown = [(row.file, row.relation, row.role, row.decision) for row in rows]
        assert [(m.file, m.relation, m.role, m.decision) for m in found[number]] == shown


def test_files_in_several_groups_that_go_because_of_one(library):
    files = [add(library, f"{name}.txt", "words") for name in "abc"]
    excerpt = Group(
        GroupKind.CONTAINED,
        (member(files[0]), member(files[1], Relation.CONTAINED)),
        *(0, 1.0),
    )
    numbers = save(library, group(*files), excerpt)
    assert marks.marked_elsewhere(library, SCOPE) == {files[1]}
    assert marks.marked_elsewhere(library, "elsewhere") == set()
    assert marks.marking_group(library, files[1], numbers[1]) == numbers[0]
    assert marks.marking_group(library, files[1], numbers[0]) is None
    assert marks.marking_group(library, files[0], numbers[1]) is None


def test_members_with_other_bytes_than_their_group_was_made_for(library):
    files = [add(library, f"{name}.txt", "words") for name in "abc"]
    numbers = save(library, group(*files), group(files[0], add(library, "d.txt", "other")))
    assert marks.outdated_members(library, numbers) == set()
    edited = state("a.txt", size=11)
    documents.apply_changes(library, [change(ChangeKind.CHANGED, edited)])
    both = {(number, files[0]) for number in numbers}
    assert marks.outdated_members(library, numbers) == both
    read(library, edited, "quite another text")
    assert marks.outdated_members(library, numbers) == both
    assert marks.outdated_members(library, numbers[1:]) == {(numbers[1], files[0])}
    save(library, group(*files))
    read(library, state("b.txt"), "words")
    assert marks.outdated_members(library, numbers) == set()
