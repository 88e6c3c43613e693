"""Stages 2 and 3: bytes to hashes, contents to texts, vectors and sketches. Writes them in small batches.

The heavy work runs in reader processes; what is stored is never read again.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from dedupe_app.embed.lexical import SPACE
from dedupe_app.engine.crew import Crew
from dedupe_app.engine.scan_messages import Progress
from dedupe_app.records import FileState, ReadText, Skipped, SkipReason, mtime_of
from dedupe_app.settings import MIB
from dedupe_app.store import documents
from dedupe_app.text import READER_VERSION
from dedupe_app.text.fingerprint import hash_file
from dedupe_app.text.reading import UnreadableError
from dedupe_app.text.sniff import HEAD_BYTES, SUFFIXES, choose_format, format_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from dedupe_app.engine.scan_messages import ScanOptions
    from dedupe_app.settings import ReadLimits
    from dedupe_app.store.library import Library

logger = logging.getLogger(__name__)

_BATCH_SECONDS = 1.0
_BATCH_CONTENTS = 200
_FIRST_HASHED = 256
_HASH_THREADS = 4
# Files given to a thread at a time: to hand over one takes longer than to hash a small one.
_HASHED = 16
# Files that lie in memory take a fiftieth of this: threads would only wait for each other (measured: twice the
# time). They are for disks and networks that let one wait.
_WORTH_THREADS_SECONDS = _HASHED * 0.002
_CHANGED = Skipped(
    SkipReason.VANISHED, "It changed or went away while it was being read; scan again."
)


def hash_files(library: Library, options: ScanOptions) -> Generator[Progress, None, None]:
    """Note the SHA-256 of every file in scope that has none, or the reason why it cannot be opened.

    Yields when some are noted: a few first, so that they can be read while others are hashed, then more and more.
    """
    states = documents.files_without_content(library)
    enough = _FIRST_HASHED
    good: list[tuple[FileState, str]] = []
    bad: list[tuple[Path, Skipped]] = []
    saved = time.monotonic()
    with closing(_hashed(states, options.limits)) as outcomes:
        for done, (state, outcome) in enumerate(zip(states, outcomes, strict=True), 1):
            if isinstance(outcome, Skipped):
                bad.append((state.path, outcome))
            else:
                good.append((state, outcome))
            if done in {enough, len(states)} or time.monotonic() - saved > _BATCH_SECONDS:
                documents.set_contents(library, good)
                documents.skip_files(library, bad)
                enough = 2 * done
                good, bad, saved = [], [], time.monotonic()
                yield Progress("hash", done, len(states))


def read_contents(
    library: Library,
    options: ScanOptions,
    crew: Crew | None = None,
    hashing: Iterator[Progress] | None = None,
) -> Iterator[Progress]:
    """Read every content in scope that is not read yet, in the processes of a crew, and keep texts and reasons.

    A file that changed or vanished in between is noted as such; another file with the same bytes is tried then.
    `hashing`: what notes further contents, taken on whenever there is nothing to read.
    """
    with (
        nullcontext(crew)
        if crew is not None
        else Crew(options.processes, options.limits) as readers
    ):
        waiting = _Waiting(library, hashing or iter(()))
        while (yield from waiting.find()):
            yield from _read(library, readers, waiting)


class _Waiting:
    """The contents that are to be read, as far as they are known; hashes on when they run out."""

    def __init__(self, library: Library, hashing: Iterator[Progress]) -> None:
        self._library = library
        self._hashing = hashing
        self._unhashed = 0
        self.before = 0  # contents of earlier rounds
        self._next: list[tuple[int, FileState]] = []
        self.states: dict[int, FileState] = {}

    def find(self) -> Generator[Progress, None, bool]:
        """Begin anew: hash until there is something to read, and tell whether there is."""
        self.before += len(self.states)
        self.states = {}
        while not self._found():
            progress = next(self._hashing, None)
            if progress is None:
                return False
            self._note(progress)
            yield progress
        return True

    def jobs(self) -> Iterator[tuple[int, Path]]:
        """Yield number and path of each content, hashing on in between."""
        while self._found():
            found, self._next = self._next, []
            self.states.update(found)
            for content, state in found:
                yield content, state.path
            # One step: find() goes on, and says how far it is.
            if not self._found() and (progress := next(self._hashing, None)):
                self._note(progress)

    def __len__(self) -> int:
        """Count the contents, and the files that may hold others."""
        return self.before + len(self.states) + self._unhashed

    def _found(self) -> bool:
        if not self._next:
            found = documents.contents_to_read(self._library, READER_VERSION)
            self._next = [each for each in found if each[0] not in self.states]
        return bool(self._next)

    def _note(self, progress: Progress) -> None:
        self._unhashed = (progress.total or 0) - progress.done


def _read(library: Library, crew: Crew, waiting: _Waiting) -> Iterator[Progress]:
    batch: list[tuple[int, ReadText | Skipped]] = []
    gone: list[tuple[Path, Skipped]] = []
    saved = time.monotonic()
    for done, (content, reading) in enumerate(crew.read(waiting.jobs()), waiting.before + 1):
        state = waiting.states[content]
        if _unchanged(state):
            batch.append((content, reading))
        else:
            gone.append((state.path, _CHANGED))
        if len(batch) >= _BATCH_CONTENTS or time.monotonic() - saved > _BATCH_SECONDS:
            documents.save_readings(library, batch, READER_VERSION, SPACE)
            batch, saved = [], time.monotonic()
        yield Progress("text", done, len(waiting))
    documents.save_readings(library, batch, READER_VERSION, SPACE)
    documents.skip_files(library, gone)


def _hashed(states: list[FileState], limits: ReadLimits) -> Generator[str | Skipped, None, None]:
    """Yield the SHA-256 of each file, or why there is none, in order; with threads once files let one wait."""
    several = iter([states[first : first + _HASHED] for first in range(0, len(states), _HASHED)])
    for some in several:
        start = time.monotonic()
        outcomes = _hash_several(some, limits)
        took = time.monotonic() - start  # without what the caller does with them
        yield from outcomes
        if took > _WORTH_THREADS_SECONDS:
            break
    threads = ThreadPoolExecutor(_HASH_THREADS)
    try:
        hash_some = partial(_hash_several, limits=limits)
        yield from chain.from_iterable(threads.map(hash_some, several))
    finally:
        # Whoever stops the scan does not wait for the files that are still in the queue.
        threads.shutdown(cancel_futures=True)


def _hash_several(states: list[FileState], limits: ReadLimits) -> list[str | Skipped]:
    return [_hash(state, limits) for state in states]


def _hash(state: FileState, limits: ReadLimits) -> str | Skipped:
    if state.size_bytes > limits.size_bytes:
        return Skipped(SkipReason.TOO_LARGE, f"Larger than {limits.size_bytes // MIB:,} MB.")
    try:
        if foreign := _foreign(state.path):
            return foreign
        sha256, size = hash_file(state.path)
    except PermissionError:
        return Skipped(SkipReason.NOT_PERMITTED, "You do not have permission to read it.")
    except FileNotFoundError:
        return _CHANGED
    except OSError as error:
        logger.warning("Could not read %s: %s", ascii(str(state.path)), error)
        return Skipped(SkipReason.DAMAGED, f"Cannot be read: {error.strerror or error}.")
    return sha256 if size == state.size_bytes and _unchanged(state) else _CHANGED


def _foreign(path: Path) -> Skipped | None:
    """Look at the first bytes of a file without a known suffix: pictures and films are not worth hashing."""
    if path.suffix.lower() in SUFFIXES:
        return None
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    try:
        choose_format(format_of(path), head)
    except UnreadableError as error:
        return Skipped(error.reason, error.title)
    return None


def _unchanged(state: FileState) -> bool:
    try:
        now = state.path.stat(follow_symlinks=False)
    except OSError:
        return False
    return now.st_size == state.size_bytes and mtime_of(now) == state.mtime_ns
