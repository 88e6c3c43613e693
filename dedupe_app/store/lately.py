"""What was done last: marks and choices, or an action on files. Tells them apart by their times, changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dedupe_app.store.journal import last_undoable

if TYPE_CHECKING:
    from dedupe_app.records import Batch
    from dedupe_app.store.database import Library


def can_undo(library: Library) -> bool:
    """Tell whether there is a decision or an action that can be taken back."""
    if library.row("select 1 from decision_log limit 1") is not None:
        return True
    return last_undoable(library) is not None


def last_deed(library: Library) -> Batch | None:
    """Return the latest action that can be taken back, None if there is none or if something was decided after it."""
    batch = last_undoable(library)
    if batch is None:
        return None
    row = library.row("select made from decision_log order by id desc limit 1")
    decided_after = row is not None and datetime.fromisoformat(row[0]) > datetime.fromisoformat(
        batch.made
    )
    return None if decided_after else batch
