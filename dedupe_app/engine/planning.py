"""Puts together what a plan is made from: marked files, their groups, their bytes, the folders. Reads the library only.

The window plans to show it, the engine plans anew to do it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_app.records import Decision
from dedupe_app.review.plan import make_plan
from dedupe_app.store import browse, folders, marks

if TYPE_CHECKING:
    from dedupe_app.records import Plan
    from dedupe_app.store.library import Library


def plan_marked(library: Library, scope: str) -> Plan:
    """Plan what becomes of all files of a scope that are marked to be removed."""
    groups = browse.file_rows(library, marks.marked_groups(library, scope))
    rows = [row for files in groups.values() for row in files if row.decision is Decision.REMOVE]
    known = marks.likenesses(library, list(groups))
    return make_plan(
        rows,
        groups,
        {file: likeness.sha256 for file, likeness in known.items()},
        folders.folders(library),
        names={file: likeness.same_text for file, likeness in known.items()},
        outdated=marks.outdated_members(library, list(groups)),
    )
