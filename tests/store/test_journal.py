"""The journal of actions: what is written stays, in order, and says what can still be taken back."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from dedupe_app.errors import LibraryError
from dedupe_app.records import (
    ActionKind,
    ActionState,
    Attached,
    Decision,
    JournalEntry,
    Problem,
    Relation,
)
from dedupe_app.store import decisions, journal, marks
from dedupe_app.store.database import open_for_reading, open_library

ODD = Path(os.fsdecode(b"/docs/caf\xe9 \xff.txt"))


def entry(path="/docs/a.txt", **facts):
    known = {
        "kind": ActionKind.TRASH,
        "path": Path(path),
        "sha256": "ab" * 32,
        "size_bytes": 7,
        "mtime_ns": 1_500_000_000_123_456_789,
        "relation": Relation.IDENTICAL,
        "device": 2**63 + 5,
        "inode": 2**64 - 1,
    }
    return JournalEntry(**{**known, **facts})


def test_entries_come_back_as_they_were_written(library):
    [written] = journal.begin_batch(library, [entry(ODD)])
    assert (written.batch, written.number) == (1, 1)
    done = replace(
        written,
        state=ActionState.DONE,
        target=Path("/trash/x"),
        kept=ODD,
        kept_sha256="cd",
        mode=0o100644,
        problem=Problem.GONE,
        message="words",
    )
    journal.note(library, [done])
    assert journal.batch_entries(library, 1) == [done]


def test_what_was_attached_to_a_file_is_kept_as_it_was_first_said(library):
    odd = os.fsdecode(b"user.\xff")
    attached = Attached(1000, 2**31, -5, ((odd, b"\0\xff"), ("user.tags", b"")), ("trusted.x",))
    [written] = journal.begin_batch(library, [entry()])
    assert journal.planned_entries(library) == [written]
    drives = {"target_device": 2**64 - 1, "kept_device": 65024}
    done = replace(written, attached=attached, state=ActionState.DONE, **drives)
    journal.note(library, [done])
    assert journal.batch_entries(library, 1) == [done]
    journal.note(library, [replace(done, state=ActionState.UNDONE, attached=None)])
    assert journal.batch_entries(library, 1) == [replace(done, state=ActionState.UNDONE)]


def test_entries_of_earlier_versions_know_no_drives(library):
    [written] = journal.begin_batch(library, [entry()])
    attached = Attached(1000, 1000, 5)
    journal.note(library, [replace(written, attached=attached, target_device=7, kept_device=8)])
    with library.atomic():
        library.execute(
            "update attached set facts = json_remove(facts, '$.target_device', '$.kept_device')"
        )
    assert journal.batch_entries(library, 1) == [replace(written, attached=attached)]


def test_what_could_not_be_taken_back_is_told_apart(library):
    tried, gone, other = journal.begin_batch(library, [entry(f"/{i}") for i in range(3)])
    done = [replace(each, state=ActionState.DONE) for each in (tried, gone, other)]
    problems = (Problem.MISSING, Problem.GONE, None)
    noted = [replace(each, problem=why) for each, why in zip(done, problems, strict=True)]
    journal.note(library, noted)
    assert journal.set_back(library) == noted[:1]
    assert journal.last_undoable(library).number == 1
    journal.note(library, [replace(noted[2], state=ActionState.UNDONE)])
    assert journal.last_undoable(library) is None
    assert journal.can_take_back(library)
    assert journal.find_batch(library, 1).done == 2
    assert journal.find_batch(library, 2) is None
    journal.note(library, [replace(noted[0], problem=Problem.GONE)])
    assert not journal.can_take_back(library)


def test_planned_entries_are_those_nobody_knows_the_end_of(library):
    first, second = journal.begin_batch(library, [entry(), entry("/docs/b.txt")])
    assert journal.planned_entries(library) == [first, second]
    journal.note(library, [replace(first, state=ActionState.FAILED)])
    assert journal.planned_entries(library) == [second]


def test_batches_are_counted_latest_first(library):
    for count in (1, 3):
        written = journal.begin_batch(library, [entry(f"/{i}") for i in range(count)])
        journal.note(library, [replace(each, state=ActionState.DONE) for each in written])
    journal.note(library, [replace(written[0], state=ActionState.UNDONE)])
    latest, first = journal.batches(library)
    assert (latest.number, latest.files, latest.done, latest.undone) == (2, 3, 2, 1)
    assert latest.freed_bytes == 14
    assert (first.number, first.files, first.done) == (1, 1, 1)
    assert [each.number for each in journal.batches(library, 1)] == [2]


def test_last_action_that_can_be_taken_back(library):
    assert journal.last_undoable(library) is None
    [first] = journal.begin_batch(library, [entry()])
    [second] = journal.begin_batch(library, [entry()])
    journal.note(library, [replace(each, state=ActionState.DONE) for each in (first, second)])
    assert journal.last_undoable(library).number == 2
    journal.note(library, [replace(second, state=ActionState.DONE, problem=Problem.GONE)])
    assert journal.last_undoable(library).number == 1
    journal.note(library, [replace(first, state=ActionState.UNDONE)])
    assert journal.last_undoable(library) is None


def test_empty_action_gets_no_number(library):
    assert journal.begin_batch(library, []) == []
    assert journal.batches(library) == []


def test_every_commit_is_on_the_disk_only_while_asked(library):
    with journal.durable(library):
        assert library.row("pragma synchronous") == (2,)
    assert library.row("pragma synchronous") == (1,)


def test_journal_outlives_the_program(tmp_path):
    with open_library(tmp_path / "library.sqlite") as first:
        journal.begin_batch(first, [entry()])
    with open_for_reading(tmp_path / "library.sqlite") as second:
        assert len(journal.planned_entries(second)) == 1
        with pytest.raises(LibraryError):
            journal.begin_batch(second, [entry()])


def test_rules_are_one_change_that_is_taken_back_at_once(library, tmp_path, plant, run_scan):
    from dedupe_app.engine.pipeline import scan
    from dedupe_app.engine.scan_messages import ScanOptions

    docs = plant(tmp_path / "docs", dict.fromkeys(("a.txt", "b.txt", "c.txt"), "words " * 50))
    for _ in scan(library, ScanOptions((docs,), processes=1)):
        pass
    files = marks.file_numbers(library, [docs / "a.txt", docs / "b.txt", docs / "none.txt"])
    assert len(files) == 2
    marks.mark_by_rules(library, "", files[:1], files[1:], {})
    found = {each.path.name: each.decision for each in decisions.decisions(library)}
    assert found == {"a.txt": Decision.KEEP, "b.txt": Decision.REMOVE}
    assert decisions.undo_last(library) == "apply keep rules"
    assert [each for each in decisions.decisions(library) if each.decision] == []
    assert marks.paths_of(library, files) == [docs / "a.txt", docs / "b.txt"]


def test_a_file_that_the_rules_remove_is_not_the_keeper_any_more(library, tmp_path, plant):
    from dedupe_app.engine.pipeline import scan
    from dedupe_app.engine.scan_messages import ScanOptions
    from dedupe_app.store import browse, results

    docs = plant(tmp_path / "docs", dict.fromkeys(("a.txt", "b.txt", "c.txt"), "words " * 50))
    options = ScanOptions((docs,), processes=1)
    for _ in scan(library, options):
        pass
    (group,) = results.group_files(library, options.scope)
    keeper, *rest = (row.file for row in browse.file_rows(library, [group])[group])
    marks.mark_by_rules(library, options.scope, [], [keeper, rest[0]], {group: rest[1]})
    for _ in scan(library, options):
        pass
    rows = browse.file_rows(library, [group])[group]
    assert rows[0].file == rest[1]
    assert {row.file for row in rows if row.decision is Decision.REMOVE} == {keeper, rest[0]}
    assert decisions.undo_last(library) == "apply keep rules"
    assert [each for each in decisions.decisions(library) if each.decision or each.keeper] == []
