"""The engine process from within: commands come in, one at a time is done, events go out. Knows no stage.

Commands are received in a thread of their own; all else, the library too, happens in the main thread. The process ends
with the window, and leaves no reader behind.
"""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import contextmanager
from multiprocessing import connection
from typing import TYPE_CHECKING

from dedupe_app.engine.commands import HANDLERS
from dedupe_app.engine.desk import Desk, open_desk
from dedupe_app.engine.inbox import Inbox
from dedupe_app.engine.messages import (
    Cancelled,
    Command,
    EngineEvent,
    EngineOptions,
    Failed,
    Finished,
    Paused,
    Ready,
    Regroup,
    Resumed,
    Shutdown,
)
from dedupe_app.engine.outlet import Outlet
from dedupe_app.engine.scan_messages import Progress, ScanFinished
from dedupe_app.errors import DedupeError, EmbedderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from types import FrameType

    from dedupe_app.engine.scanning import Steps

logger = logging.getLogger(__name__)

_NICENESS = 10
_BELOW_NORMAL = 0x00004000
# A command that does not come to its next event in this time after Cancel is interrupted where it is.
_PATIENCE_S = 0.25
# Then the process ends whatever it is doing: its window is gone.
_LAST_SECONDS = 5.0
# Before these stages are over, no group is made: another command may make some in between.
_LONG_STAGES = frozenset({"intake", "hash", "text", "model", "embed", "download"})
_LOG_BYTES = 1_000_000
_FULL = "The disk is full."
_DISK = "Something on the disk cannot be read or written."
_RESCUED = "The library was damaged. What you decided was rescued into a new one."
_KEPT = "The damaged one is kept as {}. The documents are read again."
_BUG = "Something went wrong in the program itself."


class _GivenUp(BaseException):
    """Raised in the middle of a command that was cancelled and does not come to its next event."""


def serve_commands(pipe: Connection, options: EngineOptions) -> None:
    """Open the library, do what comes through the pipe, and return when the other end says so or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which tells us
    _be_nice()
    with _log_file(options):
        worker = _Worker(pipe, options)
        threading.Thread(target=worker.receive, name="commands", daemon=True).start()
        worker.work()


class _Worker:
    """The one who works: takes commands from the inbox and says what comes of them."""

    def __init__(self, pipe: Connection, options: EngineOptions) -> None:
        self._pipe = pipe
        self._options = options
        self._inbox = Inbox()
        self._outlet = Outlet(self._send)
        self._told_paused = False
        self._interruptible = False
        self._main = threading.main_thread().ident or 0
        self._signal = getattr(signal, "SIGUSR1", signal.SIGINT)
        signal.signal(self._signal, self._interrupted)

    # ---- the thread that receives --------------------------------------------------------------

    def receive(self) -> None:
        """Put what comes through the pipe into the inbox; end when the other side is gone."""
        parent = multiprocessing.parent_process()
        watched: list[Connection | int] = [self._pipe]
        if parent is not None:
            watched.append(parent.sentinel)
        while True:
            giving_up = self._inbox.giving_up
            ready = connection.wait(watched, _PATIENCE_S if giving_up else None)
            if not ready and self._inbox.giving_up:
                self._interrupt()
            try:
                if self._pipe in ready:
                    self._inbox.put(self._pipe.recv())
                elif ready:
                    raise EOFError
            except (EOFError, OSError):
                self._end_soon()
                return

    def _end_soon(self) -> None:
        """End with the window: in an orderly way if that does not take long."""
        self._inbox.put(Shutdown())
        pause = threading.Event()
        for _ in range(int(_LAST_SECONDS / _PATIENCE_S)):
            pause.wait(_PATIENCE_S)
            self._interrupt()
        os._exit(1)  # the readers see it and end too

    def _interrupt(self) -> None:
        if sys.platform == "win32":
            import _thread

            _thread.interrupt_main(self._signal)
        else:
            signal.pthread_kill(self._main, self._signal)

    # ---- the main thread -----------------------------------------------------------------------

    def work(self) -> None:
        """Open the library and do one command after the other."""
        try:
            desk = open_desk(self._options, self._inbox.put_once, self._inbox.waits)
        except DedupeError as error:
            self._outlet.say(Failed(None, error.title, error.hint, fatal=True))
            return
        with desk:
            self._outlet.say(Ready(desk.options.embedder, desk.device))
            if desk.rescued is not None:
                self._outlet.say(Failed(None, _RESCUED, _KEPT.format(desk.rescued.aside.name)))
            desk.start()
            while not self._inbox.ended:
                command = self._inbox.take()
                self._tell(desk)
                if command is not None:
                    self._do(desk, command)
            self._tell(desk)

    def _do(self, desk: Desk, command: Command) -> None:
        """Do one command: it ends in exactly one of Finished, Cancelled, Failed."""
        before = set(multiprocessing.active_children())
        self._outlet.begin()
        end: Finished | Cancelled | Failed
        try:
            end = self._run(desk, command)
        except _GivenUp:
            end = Cancelled(command)
            for child in set(multiprocessing.active_children()) - before:
                child.kill()
        except DedupeError as error:
            of_model = isinstance(error, EmbedderUnavailableError)
            end = Failed(command, error.title, error.hint, model=of_model)
        except OSError as error:
            logger.exception("%s failed", type(command).__name__)
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            end = Failed(command, _FULL if full else _DISK, f"{error.strerror or error}.")
        except Exception:
            logger.exception("%s failed", type(command).__name__)
            log = self._options.log
            end = Failed(command, _BUG, f"The details are in {log}." if log else "")
        if not isinstance(end, Finished):
            desk.give_up(command)
        self._tell(desk)
        self._outlet.say(end)
        if isinstance(end, Finished) and end.scan is not None:
            _give_memory_back()

    def _run(self, desk: Desk, command: Command) -> Finished | Cancelled:
        handler = HANDLERS.get(type(command))
        if handler is None:
            raise NotImplementedError(f"nobody does {type(command).__name__}")
        events = handler(desk.library, desk, command)
        try:
            while not self._inbox.giving_up:
                event = self._next(events)
                self._outlet.say(event)
                if self._inbox.paused:
                    self._tell(desk)
                    self._inbox.stand_still()
                    self._tell(desk)
                self._regroup_meanwhile(desk, event)
        except StopIteration as stop:
            scan: ScanFinished | None = stop.value
            return Finished(command, scan)
        finally:
            events.close()
        return Cancelled(command)

    def _regroup_meanwhile(self, desk: Desk, event: Progress | EngineEvent) -> None:
        """Let what people decide show while a long command reads: its groups are made only at its end."""
        if not isinstance(event, Progress) or event.stage not in _LONG_STAGES or desk.busy:
            return
        if desk.memory.compared is None:
            return
        command = self._inbox.take_waiting(Regroup)
        if command is not None:
            desk.busy = True
            try:
                self._do(desk, command)
            finally:
                desk.busy = False
            self._inbox.put_once(Regroup())  # the running command knows nothing of it

    def _next(self, events: Steps) -> Progress | EngineEvent:
        self._interruptible = True
        try:
            return next(events)
        finally:
            self._interruptible = False

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        if self._interruptible and self._inbox.giving_up:
            self._interruptible = False  # what follows is cleaning up
            raise _GivenUp

    def _tell(self, desk: Desk) -> None:
        """Say what became of commands that waited, whether the engine stands still, and how the folders are."""
        for command in self._inbox.take_dropped():
            desk.give_up(command)
            self._outlet.say(Cancelled(command))
        if self._inbox.paused != self._told_paused:
            self._told_paused = not self._told_paused
            self._outlet.say(Paused() if self._told_paused else Resumed())
        for states in desk.folder_states():
            self._outlet.say(states)

    def _send(self, event: EngineEvent) -> None:
        try:
            self._pipe.send(event)
        except OSError:
            self._inbox.put(Shutdown())  # nobody listens any more


def _be_nice() -> None:
    """Let the window and the other programs go first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        os.nice(_NICENESS)


def _give_memory_back() -> None:
    """Let the system have the memory of what a scan has freed.

    glibc keeps it in pieces: after 6,600 changes to 5,000 files 131 MB were resident, and 109 once it had given back.
    """
    if sys.platform == "linux":
        import ctypes

        libc = ctypes.CDLL(None)
        if hasattr(libc, "malloc_trim"):
            libc.malloc_trim(0)


@contextmanager
def _log_file(options: EngineOptions) -> Iterator[None]:
    if options.log is None:
        yield
        return
    from logging.handlers import RotatingFileHandler

    handler: logging.Handler
    try:
        options.log.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            options.log, maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8", errors="replace"
        )
    except OSError:
        handler = logging.NullHandler()  # a program without a log is better than none
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("dedupe_app").setLevel(logging.INFO)
    try:
        yield
    finally:
        handler.close()
