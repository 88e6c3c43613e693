"""Stage 5, second step: the evidence of each candidate pair, made once and kept. Shares the clouds among processes.

The outcome depends on the texts in scope alone, not on the order or the process in which pairs are compared.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_app.engine.cloud import compare_cloud
from dedupe_app.engine.messages import Progress
from dedupe_app.engine.shelf import Shelf
from dedupe_app.records import Changes, Pair, Relation
from dedupe_app.similarity.evidence import explain
from dedupe_app.similarity.measures import measure
from dedupe_app.similarity.reasons import describe, flipped
from dedupe_app.store import results
from dedupe_app.store.database import open_for_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from dedupe_app.engine.candidates import Cloud
    from dedupe_app.records import Comparable, Evidence
    from dedupe_app.similarity.crowd import Crowd
    from dedupe_app.store.database import Library

_SAVE_SECONDS = 2.0
# Fewer pairs than this are compared before another process has started (about a second).
_WORTH_A_PROCESS = 6000
_BATCH_PAIRS = 400
# The pairs of a cloud larger than this are too many to be sent from one process to another in one piece.
_LARGEST_SENT = 20_000
_NICENESS = 5


def compare_pairs(library: Library, clouds: Sequence[Cloud], processes: int) -> Iterator[Progress]:
    """Compare every candidate pair whose crowds are not those it was compared in before, and keep the evidence."""
    total = sum(len(cloud.pairs) for cloud in clouds)
    small = [cloud for cloud in clouds if len(cloud.pairs) <= _LARGEST_SENT]
    large = [cloud for cloud in clouds if len(cloud.pairs) > _LARGEST_SENT]
    done = 0
    if processes > 1 and sum(len(cloud.pairs) for cloud in small) >= _WORTH_A_PROCESS:
        for pairs, compared in _in_processes(library.path, small, processes):
            results.save_pairs(library, pairs)
            done += compared
            yield Progress("compare", done, total)
    else:
        large = [*small, *large]
    yield from _here(library, large, done, total)
    yield Progress("compare", total, total)


def _here(library: Library, clouds: Sequence[Cloud], done: int, total: int) -> Iterator[Progress]:
    shelf = Shelf(library)
    found: list[Pair] = []
    saved = time.monotonic()
    for cloud in clouds:
        known = results.load_pair_states(library, cloud.neighbours)
        new = 0
        for pair in compare_cloud(cloud, shelf, known):
            if pair is not None:
                found.append(pair)
                new += 1
            if time.monotonic() - saved > _SAVE_SECONDS:
                results.save_pairs(library, found)
                found, saved = [], time.monotonic()
            yield Progress("compare", done + new, total)
        done += len(cloud.pairs)
    results.save_pairs(library, found)


def _in_processes(
    path: Path, clouds: Sequence[Cloud], processes: int
) -> Iterator[tuple[list[Pair], int]]:
    """Yield the pairs compared anew, and how many pairs that settles, batch by batch as they come."""
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=spawn, initializer=_begin, initargs=(path,))
    try:
        waiting = {
            pool.submit(_compare_batch, batch): sum(len(cloud.pairs) for cloud in batch)
            for batch in _batches(clouds)
        }
        for future in as_completed(waiting):
            yield future.result(), waiting[future]
    finally:
        # Whoever stops the scan does not wait for more than the batches that are under way.
        pool.shutdown(cancel_futures=True)


def _batches(clouds: Sequence[Cloud]) -> Iterator[list[Cloud]]:
    """Put clouds together, the largest first, so that no process is left with a large one at the end."""
    batch: list[Cloud] = []
    size = 0
    for cloud in sorted(clouds, key=lambda cloud: -len(cloud.pairs)):
        batch.append(cloud)
        size += len(cloud.pairs)
        if size >= _BATCH_PAIRS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Worker:
    """What a comparing process keeps from batch to batch: its own connection and shelf. Never used by the program."""

    library: Library
    shelf: Shelf


def _begin(path: Path) -> None:
    # Ctrl+C reaches every process of the terminal; the program itself says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_program, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    _Worker.library = open_for_reading(path)
    _Worker.shelf = Shelf(_Worker.library)


def _compare_batch(batch: Sequence[Cloud]) -> list[Pair]:
    found: list[Pair] = []
    for cloud in batch:
        known = results.load_pair_states(_Worker.library, cloud.neighbours)
        found += [pair for pair in compare_cloud(cloud, _Worker.shelf, known) if pair is not None]
    return found


def _end_with_program() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def make_comparer(library: Library, clouds: Sequence[Cloud]) -> Callable[[int, int], Evidence]:
    """Return a function that tells what differs from one text to another: as stored, or else compared now.

    Texts that were not candidates of each other are compared with their neighbours as crowds.
    """
    shelf = Shelf(library)
    pairs = {pair for cloud in clouds for pair in cloud.pairs}
    neighbours = {text: near for cloud in clouds for text, near in cloud.neighbours.items()}

    def crowd_of(text: Comparable) -> Crowd:
        return shelf.crowd(text.key, neighbours.get(text.key, ()))

    def loaded(a: int, b: int) -> tuple[Comparable, Comparable]:
        shelf.load([a, b])
        return shelf.text(a), shelf.text(b)

    def compare_two(a: int, b: int) -> Evidence:
        if (a, b) in pairs:
            found = results.find_evidence(library, a, b)
        elif (b, a) in pairs:
            found = results.find_evidence(library, b, a)
            found = replace(found, changes=flipped(found.changes))
        else:
            first, second = loaded(a, b)
            shared = shelf.common(a, b)
            measures, _ = measure(first, second, crowd_of, shelf.alignment, shared)
            return explain(first, second, measures, shelf.alignment(first, second))
        if found.relation is Relation.SAME_TEMPLATE and found.changes == Changes():
            # Too unlike to be aligned for the decision; people still want to know what differs.
            first, second = loaded(a, b)
            changes = describe(first.tokens, second.tokens, shelf.alignment(first, second))
            return replace(found, changes=changes)
        return found

    return compare_two
