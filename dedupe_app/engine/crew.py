"""The processes that do the heavy work of a scan: they read files, and later compare the texts.

One set for all of it, because the start of a process costs more than hundreds of pairs. Imports nothing heavy itself.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dedupe_app.engine.head_start import NEEDED
from dedupe_app.records import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dedupe_app.engine.candidates import Cloud, Key
    from dedupe_app.engine.cloud import Crowds, Question
    from dedupe_app.records import Pair, ReadText
    from dedupe_app.settings import ReadLimits
    from dedupe_app.text.pool import ReaderPool


@dataclass(frozen=True, slots=True)
class Clouds:
    """Whole clouds to compare; the library is opened to read it."""

    library: Path
    clouds: tuple[Cloud, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """What to find out about some pairs."""

    library: Path
    question: Question
    pairs: tuple[Key, ...]
    crowds: Crowds


class Crew:
    """Starts processes when there is work for them; ends them at once when it is closed, busy or not."""

    def __init__(self, processes: int, limits: ReadLimits) -> None:
        """Start nothing yet."""
        self._processes = processes
        self._limits = limits
        self._made: ReaderPool[Any] | None = None
        self._shared: int | None = None

    def __enter__(self) -> Crew:
        """Return the crew itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes."""
        self.close()

    def __len__(self) -> int:
        """Count the processes that were started."""
        return 0 if self._made is None else len(self._made)

    @property
    def processes(self) -> int:
        """Return how many processes there may be."""
        return self._processes

    def start(self, processes: int) -> None:
        """Get up to this many processes ready before there is work. Waits for nothing."""
        self._pool.get_ready(processes)

    def read(self, files: Iterable[tuple[int, Path]]) -> Iterator[tuple[int, ReadText | Skipped]]:
        """Read files: yield key and outcome of each, as they come."""
        yield from self._pool.map(files)

    def compare(
        self, library: Path, batches: Sequence[Sequence[Cloud]]
    ) -> Iterator[tuple[int, list[Pair] | None]]:
        """Compare whole clouds: yield the number of each batch with its pairs, None where a process came to grief."""
        yield from self._all([Clouds(library, tuple(batch)) for batch in batches])

    def ask(self, pieces: Sequence[Questions]) -> Iterator[tuple[int, list[Any] | None]]:
        """Yield the number of each piece with its answers in order, None where a process came to grief."""
        yield from self._all(pieces)

    def close(self) -> None:
        """End all processes, busy ones too."""
        if self._made is not None:
            self._made.close()
        if self._shared is not None:
            os.close(self._shared)
            self._shared = None

    @property
    def _pool(self) -> ReaderPool[Any]:
        if self._made is None:
            # Imported here: a scan of an unchanged tree needs no processes, and is done before they could be started.
            from dedupe_app.engine.kept_texts import ROOM_BYTES, share_memory
            from dedupe_app.text.pool import ReaderPool

            # Texts that are kept from file to file take nothing away from a file.
            limits = replace(self._limits, memory_bytes=self._limits.memory_bytes + ROOM_BYTES)
            self._shared = share_memory()
            work = _Chores(self._limits)
            self._made = ReaderPool(work, limits, self._processes, NEEDED, self._shared)
        return self._made

    def _all(self, chores: Sequence[Clouds | Questions]) -> Iterator[tuple[int, Any]]:
        if not chores:
            return
        self._pool.start(min(self._processes, len(chores)))
        for number, outcome in self._pool.map(enumerate(chores), seconds=math.inf, in_flight=1):
            yield number, None if isinstance(outcome, Skipped) else outcome


class _Chores:
    """What a process of the crew can do. Its imports happen there, where this is unpickled, not in the program."""

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits

    def __reduce__(self) -> tuple[Callable[[ReadLimits], object], tuple[ReadLimits]]:
        return _take_up, (self._limits,)

    def __call__(self, _job: object) -> object:
        raise RuntimeError("chores are done in a process of their own")


def _take_up(limits: ReadLimits) -> object:
    from dedupe_app.engine.chores import Chores

    return Chores(limits)
