"""Says which action is taken back next, as the window asks. Changes nothing.

An action that could not be taken back keeps nobody from those before it, and has its turn again when it may work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.review.undo import may_work_now
from dedupe_app.store import journal, lately

if TYPE_CHECKING:
    from dedupe_app.records import Batch
    from dedupe_app.store.library import Library


def next_undo(library: Library) -> Batch | None:
    """Return the action that is taken back next, None if there is none or if something was decided after it.

    What could not be taken back before comes last, unless what stood against it is no more.
    """
    failed = journal.set_back(library)
    again = next((entry.batch for entry in failed if may_work_now(entry)), 0)
    batch = journal.last_undoable(library)
    if batch is None or batch.number < again:
        batch = journal.find_batch(library, again)
    if lately.was_decided_after(library, batch):
        return None
    if batch is None and failed:
        return journal.find_batch(library, failed[0].batch)
    return batch
