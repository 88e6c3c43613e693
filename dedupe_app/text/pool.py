"""Reader processes: the work on each job, mostly a path, runs in one, under limits on time and memory.

A file that hangs, crashes or eats memory costs its reader, which is replaced; the others go on.
Never more than a few jobs are taken from the input ahead of need.
"""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import deque
from contextlib import ExitStack, suppress
from multiprocessing import connection, reduction
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dedupe_app.errors import DedupeError
from dedupe_app.records import Skipped, SkipReason
from dedupe_app.signals import held_back
from dedupe_app.text import forking
from dedupe_app.text.grip import Grip
from dedupe_app.text.reader import STOPPED, TOO_MUCH_MEMORY, Answer, run_reader, shown_job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.process import BaseProcess
    from types import TracebackType

    from dedupe_app.settings import ReadLimits

T = TypeVar("T")
Job = tuple[int, Any]

# Several, so that a reader goes on while its results are on the way and the program writes others. The messages, four
# paths, fit into any pipe, so the program never waits to send to a reader that waits to send to the program.
JOBS_IN_FLIGHT = 4
_START_SECONDS = 120.0
_FAILED_STARTS = 3
# A reader whose pipe is closed has this long to be gone.
_LAST_SECONDS = 5.0

logger = logging.getLogger(__name__)


class ReadersUnavailableError(DedupeError):
    """Report that no reader process could be started."""


class ReaderPool(Generic[T]):
    """Runs `work` on jobs in reader processes; `work` and the jobs are something that pickle takes."""

    def __init__(
        self,
        work: Callable[[Any], T],
        limits: ReadLimits,
        processes: int,
        modules: Sequence[str] = (),
        shared: int | None = None,
    ) -> None:
        """Keep what readers need; each is started with the first job it gets, or by `start`.

        `modules`: what the work will import, for all readers at once where they are forked. `shared`: the descriptor of
        memory for all of them, given to `work.share`; it stays the caller's.
        """
        self._work = pickle.dumps(work)
        self._modules = modules
        self._shared = None if shared is None else _Inherited(shared)
        self._limits = limits
        self._processes = max(1, processes)
        self._readers: list[_Reader[T]] = []
        self._mapping = False
        self._failed_starts = 0  # in a row

    def __enter__(self) -> ReaderPool[T]:
        """Return the pool itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End all readers."""
        self.close()

    def close(self) -> None:
        """End all readers, busy ones too."""
        with ExitStack() as ends:  # one that makes trouble keeps no other alive
            for reader in self._readers:
                ends.callback(reader.see_out)
            # Before that, all at once: each takes a while to give its memory back.
            for reader in self._readers:
                ends.callback(reader.strike)
            self._readers.clear()

    def __len__(self) -> int:
        """Count the readers that are there."""
        return len(self._readers)

    def get_ready(self, readers: int) -> None:
        """Let readers start quickly, up to this many in all, without waiting for anything."""
        if forking.FORKS:
            forking.begin_forking(self._modules)
        else:
            self.start(readers)

    def start(self, readers: int) -> None:
        """Start readers ahead of their first jobs, up to this many in all."""
        while len(self._readers) < min(readers, self._processes):
            self._readers.append(_Reader(self._work, self._limits, self._modules, self._shared))

    def map(
        self, jobs: Iterable[Job], *, seconds: float | None = None, in_flight: int = JOBS_IN_FLIGHT
    ) -> Iterator[tuple[int, T | Skipped]]:
        """Yield (key, result) for each (key, job), in the order in which results come.

        `seconds` a job may take, in place of the limit for files. `in_flight`: how many a reader has at a time; one if
        jobs do not fit into a pipe.

        Raises:
            ReadersUnavailableError: Readers ended before they were ready, several in a row.
        """
        if self._mapping:
            raise RuntimeError("the pool is in use")
        self._mapping = True
        try:
            yield from self._run(iter(jobs), seconds or self._limits.seconds, in_flight)
        finally:
            self._mapping = False
            for reader in [reader for reader in self._readers if reader.jobs]:
                self._drop(reader)

    def _run(
        self, jobs: Iterator[Job], seconds: float, in_flight: int
    ) -> Iterator[tuple[int, T | Skipped]]:
        returned: deque[Job] = deque()  # taken from readers that had to go
        self._hand_out(jobs, returned, seconds, in_flight)
        while True:
            busy = {reader.answers: reader for reader in self._readers if reader.jobs}
            if not busy:
                return
            due = min(reader.deadline for reader in busy.values())
            timeout = None if due == math.inf else max(0.0, due - time.monotonic())
            ready = connection.wait(busy, timeout)
            now = time.monotonic()  # before results are yielded: the caller may take long
            late = Skipped(SkipReason.TIMED_OUT, f"Took longer than {seconds:g} s.")
            results: list[tuple[int, T | Skipped]] = []
            for pipe, reader in busy.items():
                if pipe not in ready and reader.deadline <= now:
                    results += self._replace(reader, returned, late)
            for reader in [reader for pipe, reader in busy.items() if pipe in ready]:
                results += self._take_answer(reader, returned)
            # First of all, so that no reader waits while the caller keeps what came.
            self._hand_out(jobs, returned, seconds, in_flight)
            yield from results

    def _hand_out(
        self, jobs: Iterator[Job], returned: deque[Job], seconds: float, in_flight: int
    ) -> None:
        while True:
            reader = min(self._readers, key=lambda each: len(each.jobs), default=None)
            may_start = len(self._readers) < self._processes
            if reader is not None and len(reader.jobs) >= in_flight and not may_start:
                return
            job = returned.popleft() if returned else next(jobs, None)
            if job is None:
                return
            if reader is None or (reader.jobs and may_start):
                reader = _Reader(self._work, self._limits, self._modules, self._shared)
                self._readers.append(reader)
            # One that does not take its only job ended while it was idle.
            if not reader.send(job, seconds) and len(reader.jobs) == 1:
                self._drop(reader)
                returned.append(job)

    def _take_answer(
        self, reader: _Reader[T], returned: deque[Job]
    ) -> Iterator[tuple[int, T | Skipped]]:
        try:
            answer = reader.receive()
        except (EOFError, OSError):
            stopped = Skipped(SkipReason.DAMAGED, STOPPED)
            if reader.has_aborted():  # as libraries do that get no more memory
                stopped = TOO_MUCH_MEMORY
            yield from self._replace(reader, returned, stopped)
            return
        if answer is None:
            self._failed_starts = 0
            return
        for line in answer.log:
            logging.getLogger(line.name).log(line.level, "%s", line.message)
        yield reader.finish(), answer.result

    def _replace(
        self, reader: _Reader[T], returned: deque[Job], outcome: Skipped
    ) -> Iterator[tuple[int, Skipped]]:
        """End a reader, keep its waiting jobs for others, yield the outcome of the one to blame."""
        self._drop(reader)
        if reader.started:
            key, job = reader.jobs.popleft()
            logger.warning("reader ended or overdue on %s", shown_job(job))
            returned.extendleft(reversed(reader.jobs))
            yield key, outcome
            return
        # One may be ended from outside, as when memory is short. When none starts, it is no use to go on.
        self._failed_starts += 1
        if self._failed_starts >= _FAILED_STARTS:
            raise ReadersUnavailableError(
                "The processes that read files cannot be started.",
                "Start the program from a terminal to see what they report.",
            )
        logger.warning("reader ended before it was ready")
        returned.extendleft(reversed(reader.jobs))

    def _drop(self, reader: _Reader[T]) -> None:
        self._readers.remove(reader)
        reader.kill()


class _Inherited:
    """A descriptor that a new process gets as one of its own: its path could not be opened there, without rights."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __reduce__(self) -> tuple[Callable[[Any], int], tuple[Any]]:
        return _taken_over, (reduction.DupFd(self._descriptor),)


def _taken_over(handed: Any) -> int:  # noqa: ANN401 - one of two classes of multiprocessing
    return int(handed.detach())


class _Reader(Generic[T]):
    """One reader process as the program sees it: its pipes, its jobs, when the first is due."""

    def __init__(
        self,
        work: bytes,
        limits: ReadLimits,
        modules: Sequence[str],
        shared: _Inherited | None,
    ) -> None:
        their_jobs, self._job_pipe = multiprocessing.Pipe(duplex=False)
        self.answers, their_answers = multiprocessing.Pipe(duplex=False)
        self._seconds = limits.seconds
        self.jobs: deque[Job] = deque()
        self.started = False
        self.deadline = time.monotonic() + _START_SECONDS
        self._process = _start(
            (work, their_jobs, their_answers, limits.memory_bytes, dict(os.environ), shared),
            modules,
        )
        self._grip = Grip(self._process.pid)
        their_jobs.close()
        their_answers.close()

    def send(self, job: Job, seconds: float) -> bool:
        """Give the reader one job more; tell whether it is still there to take it."""
        self._seconds = seconds
        self.jobs.append(job)
        if self.started and len(self.jobs) == 1:
            self._begin()
        try:
            self._job_pipe.send(job[1])
        except OSError:
            return False
        return True

    def receive(self) -> Answer[T] | None:
        """Return the answer to the oldest job, None for the message that the reader is ready."""
        answer: Answer[T] | None = self.answers.recv()
        if answer is None:
            self.started = True
            self._begin()
        return answer

    def finish(self) -> int:
        """Take the oldest job off the list and return its key; the next one begins now."""
        key, _ = self.jobs.popleft()
        self._begin()
        return key

    def has_aborted(self) -> bool:
        """Tell whether the process, whose pipe is closed, ended itself by a signal."""
        self._process.join(_LAST_SECONDS)
        return self._process.exitcode == -signal.SIGABRT

    def kill(self) -> None:
        """End the process and what it has started, and wait until it is gone."""
        self.strike()
        self.see_out()

    def strike(self) -> None:
        """End the process and what it has started, without waiting."""
        pid = self._process.pid
        # One that was forked counts as ended when the process that forked it was killed from outside; the grip knows.
        is_there = self._grip.is_there() or self._process.is_alive()
        if self.started and pid is not None and sys.platform != "win32" and is_there:
            # A forked one is waited for by the process that forked it, and may be gone at any moment.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)

    def see_out(self) -> None:
        """Wait until the process is gone, and end it once more if need be."""
        if not self._grip.end():  # its number may be of another by now
            self._process.kill()
        self._grip.let_go()
        self._process.join()
        self._process.close()
        self._job_pipe.close()
        self.answers.close()

    def _begin(self) -> None:
        self.deadline = time.monotonic() + self._seconds if self.jobs else math.inf


def _start(arguments: tuple[Any, ...], modules: Sequence[str]) -> BaseProcess:
    """Start a reader process: forked where that is possible, else by starting Python anew."""
    if forking.FORKS and forking.begin_forking(modules):
        try:
            return _started(multiprocessing.get_context("forkserver").Process, arguments)
        except (OSError, EOFError) as error:
            logger.warning("readers cannot be forked (%s): started one by one", error)
    return _started(multiprocessing.get_context("spawn").Process, arguments)


def _started(make: type[BaseProcess], arguments: tuple[Any, ...]) -> BaseProcess:
    process = make(target=run_reader, args=arguments, name="dedupe-app reader", daemon=True)
    with held_back("SIGINT"):
        process.start()
    return process
