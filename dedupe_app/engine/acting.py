"""Does to marked files what a person confirmed, takes it back, and finds out after a crash what was done.

Every file stands in the journal, on the disk, before anything is done to it. One that fails stops no other.
"""

from __future__ import annotations

import logging
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING

from dedupe_app.engine.ledger import Ledger
from dedupe_app.engine.messages import WINDOW_SCOPE, Act, Acted, NearCopy, Scan, Settle, UndoAction
from dedupe_app.engine.planning import plan_marked
from dedupe_app.engine.reporting import report
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.engine.scanning import run_scan
from dedupe_app.records import ActionKind, ActionState, Decision, JournalEntry, Problem
from dedupe_app.review.actions import Deed
from dedupe_app.review.settle import settle_all
from dedupe_app.review.sight import is_weaker
from dedupe_app.store import decisions, journal, marks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.engine.desk import Desk
    from dedupe_app.engine.reporting import Left
    from dedupe_app.engine.scanning import Steps
    from dedupe_app.records import PlanItem
    from dedupe_app.store.library import Library


logger = logging.getLogger(__name__)


def run_act(library: Library, desk: Desk, command: Act) -> Steps:
    """Do something to the marked files that were confirmed, each after checking everything again."""
    items, left = _chosen(library, command)
    deed = Deed(command.kind, command.folder, (), command.last_copies)
    with journal.durable(library):
        entries = journal.begin_batch(library, [_entry(item, command.kind) for item in items])
        ledger = Ledger(library, entries)
        try:
            for index, item in enumerate(items):
                yield Progress("act", index, len(items))
                ledger.act(index, item, deed)
        finally:
            ledger.close()
            desk.missed |= ledger.paths()
    yield Progress("act", len(items), len(items))
    if command.kind is ActionKind.CLONE:
        _decide(library, ledger.entries, ActionState.DONE, Decision.KEEP)
    told = report(command.kind, ledger.entries, left)
    logger.info("%s: %d done, %d left alone", command.kind, told.done, len(told.left))
    yield told
    return (yield from _look(library, desk, ledger.paths()))


def run_undo(library: Library, desk: Desk, command: UndoAction) -> Steps:
    """Take back what the journal says was done, the last file first."""
    entries = [
        entry
        for entry in reversed(journal.batch_entries(library, command.batch))
        if entry.state is ActionState.DONE
        and (not command.entries or entry.number in command.entries)
    ]
    ledger = Ledger(library, entries)
    with journal.durable(library):
        try:
            for index in range(len(entries)):
                yield Progress("undo", index, len(entries))
                ledger.undo(index)
        finally:
            ledger.flush()
            desk.missed |= ledger.paths()
    yield Progress("undo", len(entries), len(entries))
    if not entries:
        return None
    if entries[0].kind is ActionKind.CLONE:
        _decide(library, ledger.entries, ActionState.UNDONE, Decision.REMOVE)
    yield report(entries[0].kind, ledger.entries, undone=True)
    return (yield from _look(library, desk, ledger.paths()))


def run_settle(library: Library, _desk: Desk, _command: Settle) -> Steps:
    """Tell what became of actions that the program did not end."""
    yield from reconcile(library)
    return None


def reconcile(library: Library) -> list[Acted]:
    """Ask the disk what became of files when the program ended in the middle; say it for each action."""
    entries = journal.planned_entries(library)
    settled = settle_all(entries)
    with journal.durable(library):
        journal.note(library, settled)
    found = []
    for batch, _ in groupby(settled, key=lambda entry: entry.batch):
        whole = journal.batch_entries(library, batch)
        found.append(report(whole[0].kind, whole, stopped=True))
        logger.warning("Action %d was interrupted: %d files done", batch, found[-1].done)
    return found


def _chosen(library: Library, command: Act) -> tuple[list[PlanItem], list[Left]]:
    """Return the confirmed files that are still marked with the same bytes, and what is said of the others.

    Left alone is also that of which nothing stays any more that is as much like it as what was shown.
    """
    wanted = {path: (sha256, shown) for path, sha256, shown in command.files}
    items: list[PlanItem] = []
    left: dict[Path, Problem] = dict.fromkeys(wanted, Problem.NOT_MARKED)
    for item in plan_marked(library, WINDOW_SCOPE).items:
        sha256, shown = wanted.get(item.path, ("", item.relation))
        if sha256 != item.sha256:
            continue
        if item.kept and is_weaker(item.relation, shown):
            left[item.path] = Problem.KEPT_LOST
            continue
        del left[item.path]
        items.append(item)
    return items, [(path, problem, "") for path, problem in left.items()]


def _entry(item: PlanItem, kind: ActionKind) -> JournalEntry:
    return JournalEntry(
        *(kind, item.path, item.sha256, item.size_bytes, item.mtime_ns, item.relation),
        device=item.device,
        inode=item.inode,
    )


def _decide(
    library: Library, entries: Sequence[JournalEntry], state: ActionState, decision: Decision
) -> None:
    """Decide about files that stay where they are, so that they are not done again, or are as they were."""
    paths = [entry.path for entry in entries if entry.state is state]
    numbers = marks.file_numbers(library, paths)
    if numbers:
        decisions.decide(library, numbers, decision)


def _look(library: Library, desk: Desk, paths: frozenset[Path]) -> Steps:
    """Bring files and groups up to date with what was done; a file that came back is no news."""
    if paths:
        with closing(run_scan(library, desk, Scan(tuple(sorted(paths))))) as events:
            for event in events:
                if not isinstance(event, NearCopy):
                    yield event
    return None
