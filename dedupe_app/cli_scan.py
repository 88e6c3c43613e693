"""`dedupe-app scan`: runs the pipeline in this process and writes what was found."""

from __future__ import annotations

import glob
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedupe_app.cli_output import make_console, path_text, stdout, write_facts, write_rows
from dedupe_app.cli_progress import shown_progress
from dedupe_app.cli_tables import (
    print_groups,
    print_paragraph,
    print_partly,
    print_skipped,
    summary,
)
from dedupe_app.engine.messages import ScanFinished, ScanOptions
from dedupe_app.engine.pipeline import scan
from dedupe_app.records import GroupKind
from dedupe_app.store.database import open_library
from dedupe_app.store.results import report_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe_app.store.database import Library

_EMBEDDER = "lexical"


def run_scan(
    library_path: Path,
    *,
    folders: Sequence[Path],
    similarity: float,
    protect: Sequence[Path],
    exclude: Sequence[str],
    csv_target: Path | None,
    json_target: Path | None,
    quiet: bool,
) -> None:
    """Scan folders and write the reports; without any, print the groups as a table."""
    scanned = tuple(dict.fromkeys(_absolute(folder) for folder in folders))
    protected, references = _protected(scanned, protect)
    own = [glob.escape(str(_absolute(target))) for target in (csv_target, json_target) if target]
    options = ScanOptions(
        (*scanned, *references), protected, (*exclude, *own), similarity=similarity
    )
    with open_library(library_path) as library:
        finished = _run(library, options, quiet=quiet)
        write_rows(library, options.scope, set(GroupKind), csv_target=csv_target)
        if json_target is not None:
            write_facts(_facts(library_path, finished), json_target)
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


def _protected(
    folders: Sequence[Path], protect: Sequence[Path]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return protected folders by the names that a scan meets, and those outside of all `folders`.

    A scanned folder and a protected one may be named through different links. What is outside is
    scanned too: it is what the scanned files are compared with.
    """
    names: list[Path] = []
    outside: list[Path] = []
    for protected in protect:
        real = Path(os.path.realpath(protected))
        met: list[Path] = []
        for folder in folders:
            real_folder = Path(os.path.realpath(folder))
            if real.is_relative_to(real_folder):
                met.append(folder / real.relative_to(real_folder))
            elif real_folder.is_relative_to(real):
                met.append(folder)
        if not any(real.is_relative_to(os.path.realpath(folder)) for folder in folders):
            outside.append(_absolute(protected))
        names += [*met, _absolute(protected)]
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(outside))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - a link that the user names is followed as such


def _facts(library_path: Path, finished: ScanFinished) -> dict[str, Any]:
    return {
        "library": path_text(library_path),
        "embedder": _EMBEDDER,
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
