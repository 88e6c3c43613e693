"""Writes the report of a scope: all of it, what a query shows, or some files. Reads the library only."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from dedupe_app.errors import ReportError
from dedupe_app.records import GroupKind
from dedupe_app.review.earlier import check_target, is_facts, is_table
from dedupe_app.review.export import only_rows, write_csv, write_json
from dedupe_app.store import browse, results
from dedupe_app.store.known import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dedupe_app.records import GroupQuery, ReportRow
    from dedupe_app.store.library import Library


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
    when the report cannot be written, ReportError is raised and an earlier report is as it was. What is there is
    replaced, but for documents that the library knows (UsageError).
    """
    numbers = frozenset(browse.group_list(library, scope, query)[0]) if query else None
    files = None if paths is None else frozenset(paths)
    is_json = target.suffix.lower() == ".json"
    write, is_own = (write_json, is_facts) if is_json else (write_csv, is_table)
    check_target(target, is_own, is_document=partial(is_known, library), confirmed=True)
    # Closed here: rows that were not read to their end would outlive the library.
    with closing(results.report_rows(library, scope, set(GroupKind))) as rows:
        write(only_rows(_until(is_stopped, rows), numbers, files), target)
    return target


def _until(is_stopped: Callable[[], bool], rows: Iterable[ReportRow]) -> Iterator[ReportRow]:
    for row in rows:
        if is_stopped():
            raise ReportError("The export was stopped.")
        yield row
