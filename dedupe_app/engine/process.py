"""The engine process from outside: started, given commands, started again when it crashed, ended. Needs no Qt.

The window imports this module: nothing in it imports a stage.
"""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import threading
import time
from collections import deque
from contextlib import suppress
from multiprocessing import connection
from typing import TYPE_CHECKING

from dedupe_app.engine.launching import Launcher
from dedupe_app.engine.messages import (
    Act,
    Cancel,
    Cancelled,
    Command,
    Configure,
    EngineEvent,
    EngineLost,
    EngineOptions,
    Failed,
    Finished,
    Pause,
    Resume,
    Shutdown,
    UndoAction,
)
from dedupe_app.signals import held_back

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from dedupe_app.engine.wire import ForeignProcess

logger = logging.getLogger(__name__)

_MOST_CRASHES = 3
_CRASH_SECONDS = 60.0
_BACKOFF_S = 0.5
# A process whose pipe is closed is given this long to end by itself.
_LAST_SECONDS = 2.0
# A file is not touched twice because a process ended: people say whether that is to go on.
_NOT_REPEATED = (Act, UndoAction)

_LOST = "The engine ended before this was done."
_LOST_HINT = "What was done so far is kept. Try it once more."


def serve(pipe: Connection, options: EngineOptions) -> None:
    """Be the engine process: what `Engine` starts."""
    from dedupe_app.engine.serving import serve_commands  # only here: the window needs none of it

    serve_commands(pipe, options)


class Engine:
    """Keeps an engine process running. `on_event` is called in a thread of the engine's own.

    Every command but Pause, Resume, Cancel and Shutdown ends in exactly one of Finished, Cancelled, Failed, whatever
    happens to the process: what it was doing is given to the next one.
    """

    def __init__(self, options: EngineOptions, on_event: Callable[[EngineEvent], None]) -> None:
        """Start nothing yet."""
        self._options = options
        self._on_event = on_event
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._bell = _Bell()
        self._submitted: deque[Command] = deque()
        self._running: list[Command] = []
        self._given_up: list[Command] = []
        self._paused = False
        self._stop_by: float | None = None
        self._fatal = False
        self._crashes: deque[float] = deque(maxlen=_MOST_CRASHES)
        self._fruitless = 0
        self._launcher = Launcher()
        self._look = False
        self._moves = False
        self._is_given_up = False
        self._starts_again = False
        self._is_over = False

    def start(self) -> None:
        """Start the process, also again after it was given up; nothing happens while it runs."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive() and not self._is_over:
                # Whoever has just heard of the end need not wait for it.
                self._starts_again = self._is_given_up or self._fatal
                return
            self._begin_anew()
            self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
            self._thread.start()
        # Before multiprocessing waits for its processes at exit: this one waits for us.
        atexit.register(self.stop)

    def submit(self, command: Command) -> None:
        """Give the engine a command; never waits. What comes before the start is done after it."""
        self._submitted.append(command)
        self._bell.ring()
        if self._is_given_up:
            self._refuse()

    def look_again(self) -> None:
        """Look whether the process should run elsewhere: an environment for the graphics card came or went."""
        self._launcher.let_try_again()
        self._look = True
        self._bell.ring()

    def stop(self, seconds: float = 5.0) -> None:
        """End the process, by force if it takes longer, and return when it is gone."""
        atexit.unregister(self.stop)
        with self._lock:
            self._stop_by = time.monotonic() + seconds
            thread = self._thread
        self._bell.ring()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    # ---- the thread ----------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            self._supervise()
            with self._lock:
                if not self._starts_again or self._stop_by is not None:
                    self._is_over = True
                    return
                self._begin_anew()

    def _begin_anew(self) -> None:
        self._stop_by, self._fatal, self._fruitless = None, False, 0
        self._is_given_up = self._starts_again = self._is_over = False
        self._crashes.clear()

    def _supervise(self) -> None:
        while self._stop_by is None:
            code = self._live()
            if self._stop_by is not None or self._fatal:
                break
            if self._moves:
                self._moves = False
                for command in self._take_back(self._given_up):
                    self._on_event(Cancelled(command))
                continue
            if not self._try_again(code):
                break
        if self._stop_by is None:
            self._is_given_up = True
            self._refuse()
        for command in self._take_back(self._given_up + self._running):
            self._on_event(Cancelled(command))

    def _live(self) -> int | None:
        """Run one process as long as it lives; return its exit status."""
        with held_back("SIGINT"):
            pipe, process = self._launcher.start(serve, self._options)
        try:
            waiting = ([Pause()] if self._paused else []) + self._running
            if all(_send(pipe, command) for command in waiting):
                self._converse(process, pipe)
        finally:
            pipe.close()
            process.join(0.0 if self._is_late() else _LAST_SECONDS)
            if process.is_alive():
                process.kill()
            process.join()
            code = process.exitcode
            process.close()
        return code

    def _converse(self, process: SpawnProcess | ForeignProcess, pipe: Connection) -> None:
        """Pass commands and events on until the process ends, is to be ended by force, or to run elsewhere."""
        is_told = False
        while not self._is_late():
            self._pass_on(pipe)
            if self._is_to_move():
                return
            if self._stop_by is not None and not is_told:
                is_told = True
                _send(pipe, Shutdown())
            left = None if self._stop_by is None else max(0.0, self._stop_by - time.monotonic())
            ready = connection.wait([pipe, process.sentinel, self._bell.reader], left)
            self._bell.quieten()
            if pipe in ready:
                try:
                    event = pipe.recv()
                except (EOFError, OSError):
                    return
                self._note(event)
                self._on_event(event)
            elif process.sentinel in ready:
                return

    def _pass_on(self, pipe: Connection) -> None:
        while self._submitted:
            command = self._submitted.popleft()
            if isinstance(command, Cancel | Shutdown):
                self._given_up += self._running
                self._running.clear()
                self._paused = False
            elif isinstance(command, Pause | Resume):
                self._paused = isinstance(command, Pause)
            else:
                self._running.append(command)
            if isinstance(command, Configure):
                self._options = command.options
                self._look = True
            _send(pipe, command)  # if the process is gone, the next one gets it

    def _is_to_move(self) -> bool:
        """Tell whether the process is to end because the next one runs elsewhere; never in the middle of an action."""
        at_work = (*self._running, *self._given_up)
        if not self._look or any(isinstance(each, _NOT_REPEATED) for each in at_work):
            return False
        self._look = False
        self._moves = self._stop_by is None and self._launcher.is_misplaced(self._options)
        return self._moves

    def _note(self, event: EngineEvent) -> None:
        self._launcher.note(event)
        if isinstance(event, Finished | Cancelled | Failed):
            self._fruitless = 0
            for commands in (self._given_up, self._running):
                if event.command in commands:
                    commands.remove(event.command)
                    break
        if isinstance(event, Failed) and event.fatal:
            self._fatal = True

    def _try_again(self, code: int | None) -> bool:
        """Tell of a crash and wait a moment; return whether it is worth another try."""
        logger.error("The engine ended by itself with status %s", code)
        elsewhere, failed = self._launcher.took_the_card_away()
        if failed is not None:
            self._on_event(failed)
        again = elsewhere or self._count_crash()
        self._is_given_up = not again
        if not elsewhere:
            self._on_event(EngineLost(again=again, detail=_in_words(code)))
        for command in self._take_back(self._given_up):
            self._on_event(Cancelled(command))
        for command in self._take_back(self._running):
            if again and not isinstance(command, _NOT_REPEATED):
                self._running.append(command)
            else:
                self._on_event(Failed(command, _LOST, _LOST_HINT))
        if not again:
            self._refuse()
        until = time.monotonic() + _BACKOFF_S * 2**self._fruitless
        while again and self._stop_by is None and (left := until - time.monotonic()) > 0:
            connection.wait([self._bell.reader], left)
            self._bell.quieten()
        return again

    def _refuse(self) -> None:
        """Let what must not be done by itself at some later time fail: the engine was given up."""
        for command in [each for each in self._submitted.copy() if isinstance(each, _NOT_REPEATED)]:
            with suppress(ValueError):  # another thread refused it
                self._submitted.remove(command)
                self._on_event(Failed(command, _LOST, _LOST_HINT))

    def _count_crash(self) -> bool:
        """Return whether it is worth another try after so many crashes."""
        now = time.monotonic()
        self._crashes.append(now)
        self._fruitless += 1
        too_many = len(self._crashes) == _MOST_CRASHES and now - self._crashes[0] < _CRASH_SECONDS
        return not too_many and self._fruitless < _MOST_CRASHES

    def _take_back(self, commands: list[Command]) -> list[Command]:
        taken = list(commands)
        for own in (self._given_up, self._running):
            own[:] = [command for command in own if command not in taken]
        return taken

    def _is_late(self) -> bool:
        return self._stop_by is not None and time.monotonic() > self._stop_by


class _Bell:
    """Wakes a thread that waits for several things; rung often, it rings once."""

    def __init__(self) -> None:
        self.reader, self._writer = multiprocessing.Pipe(duplex=False)
        self._lock = threading.Lock()
        self._rings = False

    def ring(self) -> None:
        with self._lock:
            if not self._rings:
                self._rings = True
                self._writer.send_bytes(b"!")

    def quieten(self) -> None:
        with self._lock:
            if self._rings:
                self._rings = False
                self.reader.recv_bytes()


def _send(pipe: Connection, command: Command) -> bool:
    try:
        pipe.send(command)
    except OSError:
        return False
    return True


def _in_words(code: int | None) -> str:
    if code is not None and code < 0:
        return f"It was ended by signal {-code}."
    return f"It ended with status {code}."
