"""`dedupe-app watch`: keeps the library up to date without a window; one line per change, until Ctrl+C."""

from __future__ import annotations

import queue
from contextlib import closing
from typing import TYPE_CHECKING

import click

from dedupe_app.cli_folders import protected_too
from dedupe_app.cli_output import check_targets, path_text, stdout, write_rows
from dedupe_app.cli_progress import shown_progress
from dedupe_app.engine.encoders import kept_loaded
from dedupe_app.engine.meaning import check_embedder
from dedupe_app.engine.memory import Memory
from dedupe_app.engine.near_copies import near_copies
from dedupe_app.engine.pipeline import scan
from dedupe_app.engine.scan_messages import ScanFinished
from dedupe_app.intake.watch import FolderWatch
from dedupe_app.records import GroupKind
from dedupe_app.review.export import neutral
from dedupe_app.signals import cancelled_at_once
from dedupe_app.store import membership
from dedupe_app.store.database import open_library
from dedupe_app.store.folders import protected_folders

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from dedupe_app.engine.scan_messages import ScanOptions
    from dedupe_app.records import Change
    from dedupe_app.store.library import Library

# Python does not notice Ctrl+C on every system while it waits.
_LISTEN_S = 1.0


def run_watch(
    library_path: Path,
    options: ScanOptions,
    *,
    csv_target: Path | None,
    json_target: Path | None,
    quiet: bool,
) -> None:
    """Scan folders, then again whatever changes in them; write the reports anew whenever groups changed."""
    check_embedder(options)
    touched: queue.SimpleQueue[tuple[Path, ...]] = queue.SimpleQueue()
    with (
        open_library(library_path) as library,
        kept_loaded(),
        closing(FolderWatch(touched.put, library_path)) as watch,
    ):
        check_targets(library, csv_target, json_target)
        options = protected_too(options, protected_folders(library))
        watch.watch(options.folders)
        memory = Memory()
        paths: Collection[Path] | None = None
        while True:
            finished = _look(library, options, memory, paths, quiet=quiet)
            if finished.regrouped or paths is None:
                targets = {"csv_target": csv_target, "json_target": json_target}
                write_rows(library, options.scope, set(GroupKind), **targets)
            if paths is None:
                _warn(watch)
            paths = _next(touched)


def _look(
    library: Library,
    options: ScanOptions,
    memory: Memory,
    paths: Collection[Path] | None,
    *,
    quiet: bool,
) -> ScanFinished:
    before = dict(membership.groups_with(library, options.scope, paths or ()))
    finished = None
    with (
        closing(scan(library, options, memory, paths)) as events,
        shown_progress(quiet=quiet or paths is not None) as show,
    ):
        for event in events:
            if isinstance(event, ScanFinished):
                finished = event
            else:
                show(event)
    if finished is None:
        raise RuntimeError("a scan ended without its summary")
    if finished.model_problem:  # the model is asked again when something changes
        click.echo(neutral(" ".join(finished.model_problem)), err=True)
    for change in finished.changes:
        _print(_words(change))
    many = len(finished.changes)
    for near in near_copies(library, options.scope, finished.changes, before, most=many):
        _print(f"grouped {path_text(near.path)} with {path_text(near.other)} ({near.relation})")
    return finished


def _words(change: Change) -> str:
    path = path_text(change.state.path)
    if change.old_path is not None:
        return f"moved {path_text(change.old_path)} -> {path}"
    return f"{change.kind} {path}"


def _print(line: str) -> None:
    with stdout() as stream:
        click.echo(neutral(line), file=stream)


def _warn(watch: FolderWatch) -> None:
    """Say of which folders changes are not noticed at once, and what can be done."""
    for folder, (_, detail) in watch.states().items():
        if detail:
            click.echo(neutral(f"{path_text(folder)}: {detail}"), err=True)


def _next(touched: queue.SimpleQueue[tuple[Path, ...]]) -> Collection[Path] | None:
    """Wait for touched paths; None when everything is to be looked at."""
    batch: list[tuple[Path, ...]] = []
    while not batch:
        batch += _waiting(touched)
    return None if () in batch else {path for paths in batch for path in paths}


def _waiting(touched: queue.SimpleQueue[tuple[Path, ...]]) -> Iterator[tuple[Path, ...]]:
    try:
        with cancelled_at_once():
            yield touched.get(timeout=_LISTEN_S)
        while True:
            yield touched.get_nowait()
    except queue.Empty:
        return
