"""The reader process: runs the work on one job, mostly a path, after another and sends each result back.

It has no network, little priority, a limit on memory, and it ends when the program ends. Started
by dedupe_app.text.pool only.
"""

from __future__ import annotations

import copyreg
import ctypes
import gc
import logging
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from dataclasses import dataclass, fields
from functools import partial
from multiprocessing import connection
from operator import attrgetter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Generic, TypeVar

from dedupe_app.records import Skipped, SkipReason
from dedupe_app.settings import OBJECTS_PER_COLLECTION
from dedupe_app.text.reading import trace_of
from dedupe_app.text.surroundings import set_surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.connection import Connection

T = TypeVar("T")

NICENESS = 5
STOPPED = "The reader stopped unexpectedly on this file."

_NETWORK_EVENTS = frozenset(
    f"socket.{name}"
    for name in ("bind", "connect", "getaddrinfo", "gethostbyaddr", "gethostbyname",
                 "getnameinfo", "sendmsg", "sendto")
)  # fmt: skip
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_M_ARENA_MAX = -8
TOO_MUCH_MEMORY = Skipped(SkipReason.TOO_LARGE, "Needs more memory than one file may use.")


@dataclass(frozen=True, slots=True)
class LogLine:
    """One log record of a reader, to be logged again by the program."""

    name: str
    level: int
    message: str


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a reader sends: the result of its oldest job, and what was logged meanwhile."""

    result: T | Skipped
    log: tuple[LogLine, ...]


def run_reader(
    work: bytes,
    jobs: Connection,
    answers: Connection,
    memory_bytes: int,
    environment: Mapping[str, str],
    shared: int | None = None,
) -> None:
    """Serve jobs until their pipe is closed; the first message, None, says that all is ready.

    `work` is pickled, because what it imports shall see the environment and the lost network. `environment`: that of
    the program now; the process that this one was forked from may have an older one. `shared`: the descriptor of memory
    that all readers share, for work that takes one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(environment)
    set_surroundings()
    _drop_network()
    function = pickle.loads(work)
    if shared is not None:
        function.share(shared)
    pass_quickly(Answer)
    gc.freeze()  # what was imported is never garbage: not looked through again and again
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    threading.Thread(target=_end_with_program, daemon=True).start()
    _leave_terminal()
    _limit_memory(memory_bytes)
    log = _LogLines()
    logging.getLogger().addHandler(log)
    answers.send(None)
    _serve(function, jobs, answers, log)


def _serve(
    function: Callable[[object], object], jobs: Connection, answers: Connection, log: _LogLines
) -> None:
    """Answer one job after another until their pipe is closed."""
    while True:
        try:
            job = jobs.recv()
        except EOFError:
            return
        try:
            answers.send(Answer(function(job), log.take()))
        except MemoryError:
            answers.send(Answer(TOO_MUCH_MEMORY, log.take()))
        except Exception as error:  # noqa: BLE001 - logged, without its message
            text = "work failed on %s: %s"
            logging.getLogger(__name__).error(text, shown_job(job), trace_of(error))
            answers.send(Answer(Skipped(SkipReason.DAMAGED, STOPPED), log.take()))


def pass_quickly(*records: type) -> None:
    """Let frozen dataclasses with slots be pickled by this process as their values alone: four times as fast."""
    for kind in records:
        values = attrgetter(*(field.name for field in fields(kind)))
        copyreg.pickle(kind, partial(_reduced, kind, values))


def _reduced(
    kind: type, values: Callable[[object], tuple[object, ...]], record: object
) -> tuple[type, tuple[object, ...]]:
    return kind, values(record)


def shown_job(job: object) -> str:
    """Return what a log may say of a job: where its file is. Other jobs may hold texts."""
    return ascii(str(job))[:200] if isinstance(job, PurePath) else type(job).__name__


class _LogLines(logging.Handler):
    """Keeps warnings and errors until the next answer: a reader has no log file and no terminal.

    What libraries say may quote the document, and no log shall hold its text: of that only the place is kept.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: list[LogLine] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record as text."""
        is_ours = record.name.partition(".")[0] == __name__.partition(".")[0]
        text = self.format(record) if is_ours else f"{record.module}, line {record.lineno}"
        self._lines.append(LogLine(record.name, record.levelno, text))

    def take(self) -> tuple[LogLine, ...]:
        """Return what was kept, and begin anew."""
        taken, self._lines = tuple(self._lines), []
        return taken


def _refuse_network(event: str, _arguments: object) -> None:
    if event in _NETWORK_EVENTS:
        raise PermissionError("A reader has no network.")


def _drop_network() -> None:
    """Take the network away from Python code everywhere, and on Linux from native code too."""
    sys.addaudithook(_refuse_network)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        # Root needs no user namespace, and would lose its right to read all files in one.
        spaces = _CLONE_NEWNET | (0 if os.geteuid() == 0 else _CLONE_NEWUSER)
        if libc.unshare(spaces):
            logging.getLogger(__name__).debug("unshare: %s", os.strerror(ctypes.get_errno()))


def _end_with_program() -> None:
    """End at once when the program is gone, even in the middle of a file."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _leave_terminal() -> None:
    """Become the head of a group, so that OCR ends with its reader; be silent, as Rust is not."""
    if sys.platform != "win32":
        os.setpgid(0, 0)
        os.nice(NICENESS)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.close(silence)


def _limit_memory(memory_bytes: int) -> None:
    """Limit the address space to what is in use now and `memory_bytes` more; Linux only.

    macOS refuses such a limit, and Windows has none: there only the size of the file counts.
    """
    if sys.platform != "linux":
        return
    import resource

    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 2)  # each thread of a library would reserve 64 MiB of addresses
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + memory_bytes
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
