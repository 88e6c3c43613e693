"""Writes the report of a scope: all of it, what a query shows, or some files. Reads the library only."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from dedupe_app.errors import ReportError
from dedupe_app.records import GroupKind
from dedupe_app.review.export import only_rows, write_csv, write_json
from dedupe_app.store import browse, results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dedupe_app.records import GroupQuery, ReportRow
    from dedupe_app.store.database import Library


def export_report(
    library: Library,
    scope: str,
    target: Path,
    query: GroupQuery | None = None,
    paths: Sequence[Path] | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Path:
    """Write CSV, or JSON if the name of `target` says so, as the command line does; return `target`.

    `query`: only the groups that it shows; `paths`: only these files. `is_stopped` is asked between rows; then, and
    when the report cannot be written, ReportError is raised and an earlier report is as it was.
    """
    numbers = frozenset(browse.group_list(library, scope, query)[0]) if query else None
    files = None if paths is None else frozenset(paths)
    write = write_json if target.suffix.lower() == ".json" else write_csv
    # Closed here: rows that were not read to their end would outlive the library.
    with closing(results.report_rows(library, scope, set(GroupKind))) as rows:
        write(only_rows(_until(is_stopped, rows), numbers, files), target)
    return target


def _until(is_stopped: Callable[[], bool], rows: Iterable[ReportRow]) -> Iterator[ReportRow]:
    for row in rows:
        if is_stopped():
            raise ReportError("The export was stopped.")
        yield row
