"""`dedupe-app scan`: runs the pipeline in this process and writes what was found."""

from __future__ import annotations

import atexit
import gc
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

from dedupe_app.cli_folders import protected_too, scan_options
from dedupe_app.cli_output import (
    check_targets,
    make_console,
    path_text,
    stdout,
    write_facts,
    write_rows,
)
from dedupe_app.cli_progress import shown_progress
from dedupe_app.cli_tables import (
    print_groups,
    print_paragraph,
    print_partly,
    print_skipped,
    summary,
)
from dedupe_app.engine.meaning import check_embedder, demand_model, embedder_name
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanFinished
from dedupe_app.records import GroupKind
from dedupe_app.settings import OBJECTS_PER_COLLECTION
from dedupe_app.store.database import open_library
from dedupe_app.store.folders import protected_folders
from dedupe_app.store.results import report_rows
from dedupe_app.store.spaces import forget_failures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dedupe_app.engine.scan_messages import ScanOptions
    from dedupe_app.store.library import Library


def run_scan(
    library_path: Path,
    *,
    folders: Sequence[Path],
    embedder: str,
    similarity: float,
    protect: Sequence[Path],
    exclude: Sequence[str],
    csv_target: Path | None,
    json_target: Path | None,
    quiet: bool,
    retry_failed: bool = False,
) -> None:
    """Scan folders and write the reports; without any, print the groups as a table."""
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    # What is still there at the end is not looked through for garbage: a tenth of a second scan.
    atexit.register(gc.freeze)
    options = scan_options(
        folders,
        embedder=embedder,
        similarity=similarity,
        protect=protect,
        exclude=exclude,
        targets=(csv_target, json_target),
    )
    check_embedder(options)
    with open_library(library_path) as library:
        check_targets(library, csv_target, json_target)
        options = protected_too(options, protected_folders(library))
        if retry_failed:
            forget_failures(library)
        finished = _run(library, options, quiet=quiet)
        demand_model(finished)
        write_rows(library, options.scope, set(GroupKind), csv_target=csv_target)
        if json_target is not None:
            write_facts(_facts(library_path, options, finished), json_target, library)
        if quiet:
            return
        if csv_target is None and json_target is None:
            _print_table(library, options, finished)
        else:
            print_paragraph(make_console(sys.stderr), summary(finished))


def _run(library: Library, options: ScanOptions, *, quiet: bool) -> ScanFinished:
    # Closing the generator ends the reader processes, whatever happens here.
    with closing(scan(library, options)) as events, shown_progress(quiet=quiet) as show:
        for event in events:
            if isinstance(event, ScanFinished):
                return event
            show(event)
    raise RuntimeError("a scan ended without its summary")


def _facts(library_path: Path, options: ScanOptions, finished: ScanFinished) -> dict[str, Any]:
    return {
        "library": path_text(library_path),
        "embedder": embedder_name(options),
        "files": finished.files,
        "read": finished.read,
        "skipped": [
            {"path": path_text(path), "reason": why.reason.value, "detail": why.detail}
            for path, why in finished.skipped
        ],
        "groups": finished.groups,
        "duplicate_files": finished.duplicate_files,
        "reclaimable_bytes": finished.reclaimable_bytes,
        "seconds": finished.seconds,
    }


def _print_table(library: Library, options: ScanOptions, finished: ScanFinished) -> None:
    with stdout() as stream:
        console = make_console(stream)
        print_groups(console, report_rows(library, options.scope, set(GroupKind)), options.folders)
        print_skipped(console, finished.skipped, options.folders)
        print_partly(console, finished.partly, options.folders)
        print_paragraph(console, summary(finished))
