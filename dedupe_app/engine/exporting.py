"""Writes the report of a scope: all of it, what a query shows, or some files. Reads the library only."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from dedupe_app.records import GroupKind
from dedupe_app.review.export import only_rows, write_csv, write_json
from dedupe_app.store import browse, results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.records import GroupQuery
    from dedupe_app.store.database import Library


def export_report(
    library: Library,
    scope: str,
    target: Path,
    query: GroupQuery | None = None,
    paths: Sequence[Path] | None = None,
) -> Path:
    """Write CSV, or JSON if the name of `target` says so, as the command line does; return `target`.

    `query`: only the groups that it shows; `paths`: only these files. Raises ReportError.
    """
    numbers = frozenset(browse.group_list(library, scope, query)[0]) if query else None
    files = None if paths is None else frozenset(paths)
    write = write_json if target.suffix.lower() == ".json" else write_csv
    # Closed here: rows that were not read to their end would outlive the library.
    with closing(results.report_rows(library, scope, set(GroupKind))) as rows:
        write(only_rows(rows, numbers, files), target)
    return target
