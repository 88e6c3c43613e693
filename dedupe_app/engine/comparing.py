"""Stage 5, second step: the evidence of each candidate pair, made once and kept. Shares the work among processes.

The outcome depends on the texts in scope alone, not on the order or the process in which pairs are compared.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from dedupe_app.engine.answering import answer
from dedupe_app.engine.cloud import compare_cloud, crowds_around
from dedupe_app.engine.crew import Crew, Questions
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.engine.shelf import Shelf
from dedupe_app.store import results

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe_app.engine.candidates import Cloud, Key
    from dedupe_app.engine.cloud import Ask, Crowds, Question
    from dedupe_app.records import Pair
    from dedupe_app.store.library import Library

_SAVE_SECONDS = 2.0
# Fewer pairs than this are compared before a process has started (about 0.4 s), or before one that is there has
# answered and thrice as many are under way.
_WORTH_STARTING = 1500
_WORTH_ASKING = 150
_BATCH_PAIRS = 200
# So many pieces for each process, so that all of them end at about the same time.
_SHARES = 4
_LEAST_PIECE = 25
# A cloud with more pairs than this, for one process besides the first, is shared pass by pass. Each process then has
# to load nearly all of its texts: measured with 17,000 pairs, two processes gain nothing.
_LARGEST_WHOLE = 20_000


def compare_pairs(
    library: Library,
    clouds: Sequence[Cloud],
    processes: int,
    crew: Crew | None = None,
    before: Sequence[Cloud] = (),
) -> Iterator[Progress]:
    """Compare every candidate pair whose crowds are not those it was compared in before, and keep the evidence.

    Done here when it is little, else by the processes of the crew. `before`: clouds that were compared already; those
    of which the same object comes again are left out.
    """
    known = {id(cloud) for cloud in before}
    due = [cloud for cloud in clouds if cloud.pairs and id(cloud) not in known]
    total = sum(len(cloud.pairs) for cloud in due)
    saver = _Saver(library)
    if processes > 1 and total >= (
        _WORTH_ASKING if crew is not None and len(crew) else _WORTH_STARTING
    ):
        if crew is not None:
            yield from _shared(library, crew, due, saver, total)
        else:
            from dedupe_app.settings import ReadLimits

            with Crew(processes, ReadLimits()) as own:
                yield from _shared(library, own, due, saver, total)
    else:
        yield from _each(library, due, partial(answer, Shelf(library)), saver, total)
    saver.save()
    yield Progress("compare", total, total)


def _shared(
    library: Library, crew: Crew, clouds: Sequence[Cloud], saver: _Saver, total: int
) -> Iterator[Progress]:
    """Give whole clouds to the processes of a crew; what one of them alone would be left with, in pieces."""
    share = max(_LARGEST_WHOLE / max(1, crew.processes - 1), 1.2 * total / crew.processes)
    small = [cloud for cloud in clouds if len(cloud.pairs) <= share]
    batches = list(_batches(small))
    left = [cloud for cloud in clouds if len(cloud.pairs) > share]
    done = 0
    for number, pairs in crew.compare(library.path, batches):
        if pairs is None:  # its process came to grief: done here
            left += batches[number]
            continue
        saver.save(pairs)
        done += sum(len(cloud.pairs) for cloud in batches[number])
        yield Progress("compare", done, total)
    yield from _each(library, left, partial(ask_crew, library, crew), saver, total, done)


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


def _each(
    library: Library,
    clouds: Sequence[Cloud],
    ask: Ask,
    saver: _Saver,
    total: int,
    done: int = 0,
) -> Iterator[Progress]:
    """Compare one cloud after the other."""
    for cloud in clouds:
        known = results.load_pair_states(library, cloud.neighbours)
        new = 0
        for pair in compare_cloud(cloud, known, ask):
            if pair is not None:
                saver.add(pair)
                new += 1
            yield Progress("compare", done + new, total)
        done += len(cloud.pairs)


def ask_crew(
    library: Library, crew: Crew, question: Question, pairs: Sequence[Key], crowds: Crowds
) -> Iterator[tuple[Key, Any]]:
    """Ask the processes of a crew, in pieces of up to some hundred pairs; what goes wrong there is done here."""
    even = len(pairs) // (_SHARES * crew.processes) + 1
    size = min(max(even, _LEAST_PIECE), _BATCH_PAIRS)
    parts = [tuple(pairs[first : first + size]) for first in range(0, len(pairs), size)]
    pieces = [
        Questions(library.path, question, part, crowds_around(part, crowds)) for part in parts
    ]
    for number, answers in crew.ask(pieces):
        piece = pieces[number]
        if answers is None:
            yield from answer(Shelf(library), question, piece.pairs, piece.crowds)
        else:
            yield from zip(piece.pairs, answers, strict=True)


class _Saver:
    """Collects pairs and saves them every few seconds."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._found: list[Pair] = []
        self._saved = time.monotonic()

    def add(self, pair: Pair) -> None:
        self._found.append(pair)
        if time.monotonic() - self._saved > _SAVE_SECONDS:
            self.save()

    def save(self, pairs: Sequence[Pair] = ()) -> None:
        results.save_pairs(self._library, [*self._found, *pairs])
        self._found, self._saved = [], time.monotonic()
