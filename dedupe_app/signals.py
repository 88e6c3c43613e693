"""When signals take effect: Ctrl+C and SIGTERM between two steps of a command, and held back while a process starts.

A signal that were to raise anywhere could leave a lock taken for good: Python looks for signals between taking a
`threading.Condition` and the block that gives it back. What waits for that lock would then never end.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

CANCELLED = 130
# A step that takes longer is broken off where it is.
_STEP_S = 1.0
# Whoever asks again after so long does not want to wait for the clean-up. What is stored survives that.
_CLEAN_UP_S = 3.0


@contextmanager
def held_back(name: str) -> Iterator[None]:
    """Let a signal wait, such as "SIGINT", where the system can.

    A process that is started inherits this: from its very first moment Ctrl+C is not for it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {getattr(signal, name)})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Cancellation:
    """Whether somebody asked the command to end, and whether it does so already."""

    def __init__(self) -> None:
        self._asked = False
        self._ends_since: float | None = None
        self._at_once = False
        self._disarm: Callable[[], None] | None = None

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """Take SIGINT or SIGTERM: end at the next step, and without any clean-up when asked again long after."""
        if self._ends_since is not None:
            if time.monotonic() - self._ends_since > _CLEAN_UP_S:
                os._exit(CANCELLED)
        elif not self._asked:
            self._asked = True
            if self._at_once or not hasattr(signal, "setitimer"):
                self.end()
            self._disarm = _alarm(_STEP_S, self.end)

    def end(self) -> None:
        """Raise KeyboardInterrupt, once, if somebody asked."""
        if self._asked and self._ends_since is None:
            self._ends_since = time.monotonic()
            self.disarm()
            raise KeyboardInterrupt

    def disarm(self) -> None:
        """Let the step that is under way go on."""
        if self._disarm is not None:
            self._disarm()
            self._disarm = None

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let signals raise wherever they come."""
        self._at_once = True
        try:
            self.end()
            yield
        finally:
            self._at_once = False


def _alarm(seconds: float, ring: Callable[[], None]) -> Callable[[], None]:
    """Have the system call a function later; return what takes that back."""

    def hear(_number: int, _frame: FrameType | None) -> None:
        ring()

    own = signal.signal(signal.SIGALRM, hear)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds)

    def take_back() -> None:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, own)

    return take_back


_current = _Cancellation()


@contextmanager
def cancelled_by_signals() -> Iterator[None]:
    """Turn SIGINT and SIGTERM into one KeyboardInterrupt, at the next step or a second later wherever it comes.

    Where the system has no timers it is raised at once. Only the main thread hears of signals.
    """
    global _current
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    own = _current = _Cancellation()
    earlier = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    # What is ignored by request (nohup, a job in the background) stays so.
    earlier = {number: before for number, before in earlier.items() if before is not signal.SIG_IGN}
    for number in earlier:
        signal.signal(number, own.ask)
    try:
        yield
    finally:
        own.disarm()
        for number, before in earlier.items():
            signal.signal(number, before)


def cancel_if_asked() -> None:
    """Raise KeyboardInterrupt if a signal asked for it: to be called between two steps."""
    _current.end()


@contextmanager
def cancelled_at_once() -> Iterator[None]:
    """Let a signal break off what is done here: only for waiting that holds no lock of Python's own making."""
    with _current.at_once():
        yield
