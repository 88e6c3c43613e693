"""What the engine says to the window: progress ten times a second with a rate, everything else as it comes.

Never drops the last progress of a stage, nor any other event.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from dedupe_app.engine.messages import EngineEvent, Working
from dedupe_app.engine.scan_messages import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS_BETWEEN = 0.1
# The rate is that of the last seconds: files are as different in size as folders are.
_RATE_SECONDS = 8.0
_RATE_AFTER = 0.5


class Outlet:
    """Passes events on through `send`; knows how fast the running stage is."""

    def __init__(
        self, send: Callable[[EngineEvent], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with nothing said. `clock` gives seconds."""
        self._send = send
        self._clock = clock
        self._said_at = -_SECONDS_BETWEEN
        self._held: Progress | None = None
        self._stage = ""
        self._course: deque[tuple[float, int]] = deque()

    def say(self, event: Progress | EngineEvent) -> None:
        """Send an event; progress only now and then."""
        if not isinstance(event, Progress):
            self.flush()
            self._send(event)
            return
        if event.stage != self._stage:
            self.flush()
            self._stage = event.stage
            self._course.clear()
            self._said_at = self._clock() - _SECONDS_BETWEEN
        self._held = event
        now = self._clock()
        if now - self._said_at >= _SECONDS_BETWEEN or event.done == event.total:
            self.flush()

    def flush(self) -> None:
        """Send the progress that is still held back."""
        if self._held is not None:
            event, self._held = self._held, None
            self._said_at = self._clock()
            self._send(self._working(event))

    def begin(self) -> None:
        """Forget the stage and the rate of the command before."""
        self.flush()
        self._stage = ""

    def _working(self, event: Progress) -> Working:
        now = self._clock()
        self._course.append((now, event.done))
        while len(self._course) > 2 and now - self._course[0][0] > _RATE_SECONDS:
            self._course.popleft()
        since, before = self._course[0]
        if now - since < _RATE_AFTER or event.done <= before:
            return Working(event.stage, event.done, event.total)
        rate = (event.done - before) / (now - since)
        left = None if event.total is None else (event.total - event.done) / rate
        return Working(event.stage, event.done, event.total, rate, left)
