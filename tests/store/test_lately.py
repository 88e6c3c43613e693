"""What was done last is told by numbers: a clock that was wrong changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from planted import SCOPE, add, group, save

from dedupe_app.records import ActionKind, ActionState, Decision, JournalEntry, Relation
from dedupe_app.store import decisions, journal
from dedupe_app.store.lately import was_decided_after


def act(library, path="x.txt"):
    """Write an action down that was done; return it."""
    entry = JournalEntry(ActionKind.TRASH, Path("/docs", path), "a" * 64, 1, 2, Relation.IDENTICAL)
    [written] = journal.begin_batch(library, [entry])
    journal.note(library, [replace(written, state=ActionState.DONE)])
    return journal.find_batch(library, written.batch)


@pytest.mark.parametrize("year", ["1999", "2999"])
def test_order_of_decisions_and_actions_is_that_in_which_they_were_made(library, monkeypatch, year):
    files = [add(library, f"{name}.txt", "words") for name in "ab"]
    [number] = save(library, group(*files))
    monkeypatch.setattr(decisions, "_now", lambda: f"{year}-01-01T00:00:00+00:00")
    decisions.decide(library, files, Decision.KEEP)
    batch = act(library)
    assert not was_decided_after(library, batch)
    decisions.choose_keeper(library, SCOPE, number, files[1])
    assert was_decided_after(library, batch)
    later = act(library, "y.txt")
    assert not was_decided_after(library, later)
    assert decisions.undo_last(library)
    # The first decision is older than both.
    assert not was_decided_after(library, batch)


def test_without_an_action_any_decision_is_the_last(library):
    assert not was_decided_after(library, None)
    decisions.decide(library, [add(library, "a.txt", "words")], Decision.KEEP)
    assert was_decided_after(library, None)
