"""The table of contents: the stages of a scan in their order. Yields events; knows no threads, no terminal, no window.

Every stage asks the library what is missing, so a scan that was killed goes on where it stopped, and a scan of an
unchanged tree does nothing twice. To cancel, close the generator.
"""

from __future__ import annotations

import math
import os
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_app.engine.crew import Crew
from dedupe_app.engine.meaning import embed_missing, model_state, with_model
from dedupe_app.engine.memory import Memory
from dedupe_app.engine.regrouping import look, recall, regroup, remember
from dedupe_app.engine.scan_messages import Event, Progress, ScanFinished, ScanOptions
from dedupe_app.engine.taking_in import TakenIn, take_in
from dedupe_app.records import Skipped
from dedupe_app.store import documents, results
from dedupe_app.text import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator
    from pathlib import Path

    from dedupe_app.records import Document
    from dedupe_app.store.library import Library

# For fewer files another process is not worth its start.
_FILES_PER_PROCESS = 8


def scan(
    library: Library,
    options: ScanOptions,
    memory: Memory | None = None,
    only: Collection[Path] | None = None,
) -> Generator[Event, None, None]:
    """Bring the library up to date with the folders and yield progress, then ScanFinished.

    With the `memory` of a scan before, and the paths in `only`, no other files are looked at.
    """
    clock = _Clock()
    memory = memory or Memory()
    done, memory.done, memory.in_scope = memory.done, None, ()
    taken = yield from take_in(library, options, memory, only)
    clock.stop("intake")
    if memory.summary and done == options and only is not None and not taken.is_news:
        memory.done = done
        yield replace(memory.summary, seconds=clock.seconds())
        return
    with Crew(options.processes, options.limits) as crew:
        yield from _read(library, options, memory, taken.offline, crew)
        clock.stop("text")
        model = yield from embed_missing(library, options)
        clock.stop("embed")
        seen = look(library, options, memory)
        regrouped = yield from regroup(library, options, memory, seen, model, clock.stop, crew)
    if regrouped:
        documents.forget_unused(library)
    remember(library, memory, seen)
    clock.stop("groups")
    summary = _summary(library, options, seen.documents, taken, regrouped=regrouped)
    summary = with_model(library, summary, model)
    # A model that failed is asked again next time, whether files changed or not.
    memory.done = None if summary.model_problem else options
    memory.summary = replace(summary, changes=(), regrouped=False)
    yield replace(summary, seconds=clock.seconds())


def make_groups_anew(
    library: Library, options: ScanOptions, memory: Memory
) -> Generator[Progress, None, bool]:
    """Make the groups anew if they would be others; looks at no folder. Returns whether they were made anew."""
    seen = recall(library, options, memory)
    if seen is None:
        documents.define_scope(library, options.folders)
        seen = look(library, options, memory)
    model = model_state(library, options)
    # To find all neighbours again takes longer than anybody waits for a slider: what is stored will do meanwhile.
    early = memory.compared is None and bool(results.scope_signature(library, options.scope))
    regrouped = yield from regroup(library, options, memory, seen, model, early=early)
    remember(library, memory, seen)
    return regrouped


def make_groups_early(
    library: Library, options: ScanOptions, memory: Memory
) -> Generator[Progress, None, bool]:
    """Make the groups anew in the middle of a scan that reads, as far as its pairs are known; the scan goes on then."""
    documents.define_scope(library, options.folders)
    try:
        seen, model = look(library, options, memory), model_state(library, options)
        return (yield from regroup(library, options, memory, seen, model, early=True))
    finally:
        documents.define_scope(library, memory.in_scope or options.folders)


def _read(
    library: Library,
    options: ScanOptions,
    memory: Memory,
    offline: Collection[Path],
    crew: Crew,
) -> Iterator[Progress]:
    """Hash the files that are new, and read the contents that are, as far as they are there."""
    if offline:
        memory.in_scope = tuple(each for each in options.folders if each not in offline)
        documents.define_scope(library, memory.in_scope)
    new = len(documents.files_without_content(library))
    if new or documents.contents_to_read(library, READER_VERSION):
        crew.start(math.ceil(new / _FILES_PER_PROCESS))  # they get ready while files are hashed
        # Imported here, as below: a scan of an unchanged tree takes half as long without readers and numbers.
        from dedupe_app.engine.reading import hash_files, read_contents

        with closing(hash_files(library, options)) as hashing:
            events = read_contents(library, options, crew, hashing)
            for event in events:
                yield event
                if event.stage == "text":
                    break
            # While the processes read, and not when they have nothing to do.
            from dedupe_app.engine import comparing, explaining, grouping  # noqa: F401

            yield from events
    if offline:
        memory.in_scope = ()
        documents.define_scope(library, options.folders)


def _summary(
    library: Library,
    options: ScanOptions,
    found: list[Document],
    taken: TakenIn,
    *,
    regrouped: bool,
) -> ScanFinished:
    skipped = {each.path: Skipped(each.reason, each.detail) for each in taken.unreadable}
    skipped |= {
        document.path: Skipped(document.reason, document.detail)
        for document in found
        if document.reason
    }
    groups, copies, reclaimable = results.count_duplicates(library, options.scope)
    return ScanFinished(
        files=len(found),
        read=sum(document.text is not None for document in found),
        partly=tuple((each.path, each.detail) for each in found if each.detail and not each.reason),
        skipped=tuple(sorted(skipped.items(), key=lambda item: os.fsencode(item[0]))),
        groups=groups,
        duplicate_files=copies,
        reclaimable_bytes=reclaimable,
        seconds={},
        changes=taken.changes,
        regrouped=regrouped,
        offline=taken.offline,
    )


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
