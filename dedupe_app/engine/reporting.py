"""Says in one event what the journal knows of an action. Reads the library only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.engine.messages import Acted
from dedupe_app.records import ActionState, Problem
from dedupe_app.store import journal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.records import ActionKind, JournalEntry
    from dedupe_app.store.library import Library

    Left = tuple[Path, Problem, str]


def report(
    kind: ActionKind,
    entries: Sequence[JournalEntry],
    left: Sequence[Left] = (),
    *,
    undone: bool = False,
    stopped: bool = False,
) -> Acted:
    """Report what came of doing some entries, or of taking them back; `left`: files that got no entry."""
    wanted = ActionState.UNDONE if undone else ActionState.DONE
    done = [entry for entry in entries if entry.state is wanted]
    rest = [entry for entry in entries if entry.state is not wanted]
    return Acted(
        batch=entries[0].batch if entries else 0,
        kind=kind,
        done=len(done),
        size_bytes=sum(entry.size_bytes for entry in done),
        left=(
            *left,
            *((entry.path, _problem_of(entry), entry.message) for entry in rest),
        ),
        undone=undone,
        stopped=stopped,
    )


def report_stopped(library: Library, batch: int = 0) -> Acted | None:
    """Report what came of an action that was cancelled, or of taking back `batch`; None if nothing was begun."""
    latest = journal.batches(library, 1)
    if not latest:
        return None
    entries = journal.batch_entries(library, batch or latest[0].number)
    return report(entries[0].kind, entries, undone=bool(batch), stopped=True) if entries else None


def _problem_of(entry: JournalEntry) -> Problem:
    if entry.problem is not None:
        return entry.problem
    # Not known yet: the engine finds out when it starts again.
    return Problem.STOPPED if entry.state is ActionState.PLANNED else Problem.FAILED
