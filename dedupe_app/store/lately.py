"""What was done last: marks and choices, or an action on files. Tells by numbers, not by the clock; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.store.journal import can_take_back

if TYPE_CHECKING:
    from dedupe_app.records import Batch
    from dedupe_app.store.library import Library


def can_undo(library: Library) -> bool:
    """Tell whether there is a decision or an action that can be taken back."""
    if library.row("select 1 from decision_log limit 1") is not None:
        return True
    return can_take_back(library)


def was_decided_after(library: Library, batch: Batch | None) -> bool:
    """Tell whether something was decided after an action, or at all where there is none."""
    row = library.row("select after_batch from decision_log order by id desc limit 1")
    if row is None or batch is None:
        return row is not None
    return int(row[0]) >= batch.number
