"""The table of contents: the stages of a scan in their order. Yields events; knows no threads, no terminal, no window.

Every stage asks the library what is missing, so a scan that was killed goes on where it stopped, and a scan of an
unchanged tree does nothing twice. To cancel, close the generator.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from dedupe_app.engine.meaning import embed_missing, model_state, with_model
from dedupe_app.engine.memory import Compared, Memory
from dedupe_app.engine.messages import Event, Progress, ScanFinished, ScanOptions
from dedupe_app.engine.taking_in import TakenIn, take_in
from dedupe_app.records import GroupKind, Role, Skipped
from dedupe_app.similarity import DECISION_VERSION
from dedupe_app.store import decisions, documents, results
from dedupe_app.text import READER_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterator
    from pathlib import Path

    from dedupe_app.engine.candidates import Key
    from dedupe_app.engine.meaning import Meanings, ModelState
    from dedupe_app.records import Document, Evidence
    from dedupe_app.store.database import Library

# Raised whenever the grouping or the keep rules change, so that stored groups are made anew.
GROUPING_VERSION = 1
# About 1 kB each.
_MOST_EVIDENCE = 100_000


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
    done, memory.done = memory.done, None
    taken = yield from take_in(library, options, memory, only)
    clock.stop("intake")
    if memory.summary and done == options and only is not None and not taken.is_news:
        memory.done = done
        yield replace(memory.summary, seconds=clock.seconds())
        return
    yield from _read(library, options, taken.offline)
    clock.stop("text")
    model = yield from embed_missing(library, options)
    clock.stop("embed")
    found = documents.documents(library)
    regrouped = yield from _regroup(library, options, memory, found, clock, model)
    clock.stop("groups")
    summary = _summary(library, options, found, taken, regrouped=regrouped)
    summary = with_model(library, summary, model)
    # A model that failed is asked again next time, whether files changed or not.
    memory.done = None if summary.model_problem else options
    memory.summary = replace(summary, changes=(), regrouped=False)
    yield replace(summary, seconds=clock.seconds())


def regroup(
    library: Library, options: ScanOptions, memory: Memory
) -> Generator[Progress, None, bool]:
    """Make the groups anew if they would be others; looks at no folder. Returns whether they were made anew."""
    documents.define_scope(library, options.folders)
    found = documents.documents(library)
    model = model_state(library, options)
    return (yield from _regroup(library, options, memory, found, _Clock(), model))


def _read(library: Library, options: ScanOptions, offline: Collection[Path]) -> Iterator[Progress]:
    """Hash the files that are new, and read the contents that are, as far as they are there."""
    if offline:
        documents.define_scope(library, [each for each in options.folders if each not in offline])
    if documents.files_without_content(library) or documents.contents_to_read(
        library, READER_VERSION
    ):
        # Imported here, as below: a scan of an unchanged tree takes half as long without readers and numbers.
        from dedupe_app.engine.reading import hash_files, read_contents

        yield from hash_files(library, options)
        yield from read_contents(library, options)
    if offline:
        documents.define_scope(library, options.folders)


def _regroup(
    library: Library,
    options: ScanOptions,
    memory: Memory,
    found: list[Document],
    clock: _Clock,
    model: ModelState,
) -> Generator[Progress, None, bool]:
    """Store the groups of the documents in scope, unless the stored ones are those already."""
    kept, rejected = decisions.kept_files(library), decisions.rejections(library)
    signature = _signature(found, options, kept, rejected) + model.name
    if results.scope_signature(library, options.scope) == signature:
        results.touch_scope(library, options.scope, _now())
        return False
    from dedupe_app.engine.comparing import make_comparer
    from dedupe_app.engine.grouping import make_groups, number_groups

    compared = yield from _compare(library, options, memory, clock)
    meanings = yield from _meanings(library, model, compared)
    yield Progress("groups", 0, None)
    protected = {document.file for document in found if _is_below(document.path, options.protected)}
    comparer = _remembering(partial(make_comparer, library, compared.clouds), compared.evidence)
    groups = make_groups(
        *(found, compared.related, protected, options.similarity, comparer),
        kept=kept,
        rejected=rejected,
        meanings=meanings,
    )
    numbered = number_groups(groups, results.group_files(library, options.scope))
    results.save_groups(library, options.scope, signature, _now(), numbered)
    documents.forget_unused(library)
    return True


def _compare(
    library: Library, options: ScanOptions, memory: Memory, clock: _Clock
) -> Generator[Progress, None, Compared]:
    """Find the neighbours of the texts in scope and compare the pairs, unless that was just done."""
    texts = documents.texts_in_scope(library)
    if memory.compared is not None and memory.compared.texts == texts:
        return memory.compared
    from dedupe_app.engine.candidates import find_candidates
    from dedupe_app.engine.comparing import compare_pairs

    yield Progress("neighbours", 0, None)
    clouds = find_candidates(library)
    clock.stop("neighbours")
    yield from compare_pairs(library, clouds, options.processes)
    clock.stop("evidence")
    pairs = {pair for cloud in clouds for pair in cloud.pairs}
    related = [row for row in results.related_pairs(library) if row[:2] in pairs]
    memory.compared = Compared(texts, clouds, related)
    return memory.compared


def _meanings(
    library: Library, model: ModelState, compared: Compared
) -> Generator[Progress, None, Meanings | None]:
    """Find out what the model says of the texts, unless that was just done."""
    if model.space is None or not model.name:
        return None
    if compared.meanings is None or compared.meant != model.name:
        from dedupe_app.engine.same_meaning import find_meanings

        related = [(a, b) for a, b, _, _ in compared.related]
        compared.meanings = yield from find_meanings(library, model.space, related)
        compared.meant = model.name
    return compared.meanings


def _remembering(
    make: Callable[[], Callable[[int, int], Evidence]], known: dict[Key, Evidence]
) -> Callable[[int, int], Evidence]:
    """Return a comparer that looks into what is `known` first, and is made when that is not enough."""
    comparer = cache(make)

    def compare(a: int, b: int) -> Evidence:
        found = known.get((a, b)) or comparer()(a, b)
        if len(known) < _MOST_EVIDENCE:
            known[a, b] = found
        return found

    return compare


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _signature(
    found: list[Document],
    options: ScanOptions,
    kept: Collection[int],
    rejected: Collection[tuple[str, str]],
) -> str:
    """Name all that the groups depend on."""
    digest = hashlib.sha256(f"{DECISION_VERSION} {GROUPING_VERSION} {options.similarity}".encode())
    for folder in sorted(options.protected):
        digest.update(b"\0protected " + os.fsencode(folder))
    for one, other in sorted(rejected):
        digest.update(f"\0rejected {one} {other}".encode())
    for document in found:
        if document.file in kept:
            digest.update(b"\0kept ")
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
        seconds={},
        changes=taken.changes,
        regrouped=regrouped,
        offline=taken.offline,
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
