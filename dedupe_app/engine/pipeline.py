"""The table of contents: the stages of a scan in their order. Yields events; knows no threads, no terminal, no window.

Every stage asks the library what is missing, so a scan that was killed goes on where it stopped, and a scan of an
unchanged tree does nothing twice. To cancel, close the generator.
"""

from __future__ import annotations

import hashlib
import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dedupe_app.engine.messages import Event, Progress, ScanFinished, ScanOptions
from dedupe_app.intake.scan import ScanRules, Unreadable, compare, walk
from dedupe_app.records import GroupKind, Role, Skipped
from dedupe_app.similarity import DECISION_VERSION
from dedupe_app.store import documents, results
from dedupe_app.text import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from dedupe_app.records import Document, FileState
    from dedupe_app.store.database import Library

# Raised whenever the grouping or the keep rules change, so that stored groups are made anew.
GROUPING_VERSION = 1
_FILES_BETWEEN_EVENTS = 1000


def scan(library: Library, options: ScanOptions) -> Generator[Event, None, None]:
    """Bring the library up to date with the folders and yield progress, then ScanFinished."""
    clock = _Clock()
    unreadable = yield from _take_in(library, options)
    clock.stop("intake")
    yield from _read(library, options)
    clock.stop("text")
    found = documents.documents(library)
    signature = _signature(found, options)
    if results.scope_signature(library, options.scope) != signature:
        yield from _regroup(library, options, signature, found, clock)
        documents.forget_unused(library)
    else:
        results.touch_scope(library, options.scope, _now())
    clock.stop("groups")
    yield _summary(library, options, found, unreadable, clock.seconds())


def _take_in(library: Library, options: ScanOptions) -> Generator[Progress, None, list[Unreadable]]:
    """Walk the folders, store what changed, and return what could not be looked at."""
    documents.define_scope(library, options.folders)
    rules = ScanRules(exclude=options.exclude, library=library.path)
    states: list[FileState] = []
    unreadable: list[Unreadable] = []
    for found in walk(options.folders, rules):
        if isinstance(found, Unreadable):
            unreadable.append(found)
            continue
        states.append(found)
        if len(states) % _FILES_BETWEEN_EVENTS == 0:
            yield Progress("intake", len(states), None)
    changes = compare(
        documents.known_files(library), states, gone_roots=[each.path for each in unreadable]
    )
    documents.apply_changes(library, changes)
    documents.define_scope(library, options.folders)
    yield Progress("intake", len(states), len(states))
    return unreadable


def _read(library: Library, options: ScanOptions) -> Iterator[Progress]:
    """Hash the files that are new, and read the contents that are."""
    if not documents.files_without_content(library) and not documents.contents_to_read(
        library, READER_VERSION
    ):
        return
    # Imported here, as below: a scan of an unchanged tree takes half as long without readers and numbers.
    from dedupe_app.engine.reading import hash_files, read_contents

    yield from hash_files(library, options)
    yield from read_contents(library, options)


def _regroup(
    library: Library, options: ScanOptions, signature: str, found: list[Document], clock: _Clock
) -> Iterator[Progress]:
    """Find neighbours, compare pairs, and store the groups that follow."""
    from dedupe_app.engine.candidates import find_candidates
    from dedupe_app.engine.comparing import compare_pairs, make_comparer
    from dedupe_app.engine.grouping import make_groups, number_groups

    yield Progress("neighbours", 0, None)
    clouds = find_candidates(library)
    clock.stop("neighbours")
    yield from compare_pairs(library, clouds, options.processes)
    clock.stop("evidence")
    yield Progress("groups", 0, None)
    pairs = {pair for cloud in clouds for pair in cloud.pairs}
    related = [row for row in results.related_pairs(library) if row[:2] in pairs]
    protected = {document.file for document in found if _is_below(document.path, options.protected)}
    groups = make_groups(
        found, related, protected, options.similarity, make_comparer(library, clouds)
    )
    numbered = number_groups(groups, results.group_files(library, options.scope))
    results.save_groups(library, options.scope, signature, _now(), numbered)


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _signature(found: list[Document], options: ScanOptions) -> str:
    """Name all that the groups depend on."""
    digest = hashlib.sha256(f"{DECISION_VERSION} {GROUPING_VERSION} {options.similarity}".encode())
    for folder in sorted(options.protected):
        digest.update(b"\0protected " + os.fsencode(folder))
    for document in found:
        digest.update(
            os.fsencode(document.path)
            + f"\0{document.sha256} {document.mtime_ns} {document.same_text} ".encode()
            + f"{document.text} {document.reason}\0".encode()
        )
    return digest.hexdigest()


def _summary(
    library: Library,
    options: ScanOptions,
    found: list[Document],
    unreadable: list[Unreadable],
    seconds: dict[str, float],
) -> ScanFinished:
    skipped = {each.path: Skipped(each.reason, each.detail) for each in unreadable}
    skipped |= {
        document.path: Skipped(document.reason, document.detail)
        for document in found
        if document.reason
    }
    rows = list(results.report_rows(library, options.scope, {GroupKind.DUPLICATES}))
    copies = [row for row in rows if row.compared_with is not None]
    return ScanFinished(
        files=len(found),
        read=sum(document.text is not None for document in found),
        partly=tuple((each.path, each.detail) for each in found if each.detail and not each.reason),
        skipped=tuple(sorted(skipped.items(), key=lambda item: os.fsencode(item[0]))),
        groups=len({row.group for row in rows}),
        duplicate_files=len(copies),
        reclaimable_bytes=sum(row.size_bytes for row in copies if row.role is not Role.PROTECTED),
        seconds=seconds,
    )


def _is_below(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()
        self._stages: dict[str, float] = {}

    def stop(self, stage: str) -> None:
        now = time.monotonic()
        self._stages[stage] = now - self._last
        self._last = now

    def seconds(self) -> dict[str, float]:
        names = ("intake", "text", "embed", "neighbours", "evidence", "groups")
        stages = {name: round(self._stages.get(name, 0.0), 3) for name in names}
        return {**stages, "total": round(time.monotonic() - self._start, 3)}
