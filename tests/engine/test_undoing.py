"""What Ctrl+Z takes back: the last thing done, past what cannot be taken back now, which has its turn again later."""

from __future__ import annotations

import marked
import pytest

from dedupe_app.engine.acting import run_act, run_undo
from dedupe_app.engine.messages import Act, Acted, UndoAction
from dedupe_app.engine.undoing import next_undo
from dedupe_app.records import ActionKind, ActionState, Decision, Problem
from dedupe_app.store import decisions, journal
from dedupe_app.store.lately import can_undo

FILES = {"a1.txt": b"one", "a2.txt": b"one", "b1.txt": b"other", "b2.txt": b"other"}


@pytest.fixture(autouse=True)
def own_trash(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def twice(tmp_path):
    """Return a library after two clean-ups of one file each, its desk, and the files, in their order."""
    library, desk, _docs = marked.prepare(tmp_path, FILES)
    out = tmp_path / "stick" / "out"
    out.mkdir(parents=True)
    with library:
        files = marked.all_marked(library)
        assert len(files) == 2
        for each, kind in zip(files, (ActionKind.TRASH, ActionKind.MOVE), strict=True):
            list(run_act(library, desk, Act(kind, (each,), out)))
        yield library, desk, [path for path, *_ in files]


def undo(library, desk):
    """Take back what is next; return its number, and how many files are back."""
    batch = next_undo(library)
    if batch is None:
        return None, 0
    steps = run_undo(library, desk, UndoAction(batch.number))
    [report] = [each for each in steps if isinstance(each, Acted)]
    return batch.number, report.done


def test_one_after_the_other_the_last_first(twice):
    library, desk, files = twice
    assert [undo(library, desk) for _ in range(3)] == [(2, 1), (1, 1), (None, 0)]
    assert all(path.exists() for path in files)
    assert not can_undo(library)


def test_journal_knows_the_drives_of_the_places(twice, tmp_path):
    library, _desk, _files = twice
    device = (tmp_path / "stick").stat().st_dev
    for batch in (1, 2):
        [entry] = journal.batch_entries(library, batch)
        assert (entry.target_device, entry.kept_device) == (device, device)


def test_what_cannot_be_taken_back_keeps_nobody_from_those_before_it(twice):
    library, desk, (first, second) = twice
    second.write_bytes(b"a new one of this name")
    assert undo(library, desk) == (2, 0)
    assert undo(library, desk) == (1, 1)
    assert first.exists()
    assert can_undo(library)
    assert undo(library, desk) == (2, 0)  # nothing else is left: it is told why
    second.unlink()
    assert undo(library, desk) == (2, 1)
    assert not can_undo(library)


def test_what_stood_in_the_way_and_does_not_any_more_has_its_turn_before_what_is_older(twice):
    library, desk, (first, second) = twice
    second.write_bytes(b"a new one of this name")
    assert undo(library, desk) == (2, 0)
    second.unlink()
    assert undo(library, desk) == (2, 1)
    assert undo(library, desk) == (1, 1)
    assert first.exists()


def test_what_was_decided_meanwhile_comes_before_what_cannot_be_taken_back(twice):
    library, desk, (_first, second) = twice
    second.write_bytes(b"a new one of this name")
    assert undo(library, desk) == (2, 0)
    undo(library, desk)
    number = marked.file_numbers(library)["a1.txt"]
    decisions.decide(library, [number], Decision.KEEP)
    assert next_undo(library) is None
    assert decisions.undo_last(library)
    assert next_undo(library).number == 2


def test_drive_that_comes_back_brings_its_turn_back(twice, tmp_path):
    library, desk, (_first, second) = twice
    stick, drawer = tmp_path / "stick", tmp_path / "drawer"
    with library.atomic():  # of another drive than the place where it is mounted
        library.execute(
            "update attached set facts = json_set(facts, '$.target_device', 7) where entry = 2"
        )
    stick.rename(drawer)
    stick.mkdir()
    assert undo(library, desk) == (2, 0)
    [entry] = journal.batch_entries(library, 2)
    assert (entry.state, entry.problem) == (ActionState.DONE, Problem.MISSING)
    assert next_undo(library).number == 1
    stick.rmdir()
    drawer.rename(stick)
    assert undo(library, desk) == (2, 1)
    assert second.read_bytes() == FILES[second.name]


def test_what_is_gone_is_not_offered_again(twice, tmp_path):
    library, desk, (first, _second) = twice
    for path in (tmp_path / "data").rglob(first.name):
        path.unlink()
    for path in first.parent.glob("a*.txt"):
        path.write_bytes(b"neither is the copy")
    undo(library, desk)
    assert undo(library, desk) == (1, 0)
    assert journal.batch_entries(library, 1)[0].problem is Problem.GONE
    assert next_undo(library) is None
    assert not can_undo(library)
