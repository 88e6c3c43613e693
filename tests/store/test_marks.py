"""What marking a million files needs to know of them: the same as what is shown, but less of it."""

from planted import SCOPE, add, group, member, save

from dedupe_app.records import Decision, Group, GroupKind, Relation
from dedupe_app.store import browse, decisions, marks


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
